"""The last pages read, without a connection, in a real Chromium."""

import pytest

from tests.factories import make_blog, make_comment, make_forum, make_photo, make_post
from tests.test_browser import open_page  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPT_IN = "Keep the last pages for reading without a connection"
FORGET = "Forget the pages kept on this device"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  return found;
}"""


@pytest.fixture
def reader(chromium, live_server):
    """A page of a reader whose browser may complain: the line is cut while it reads."""
    context = chromium.new_context(base_url=live_server.url)
    context.set_default_timeout(15_000)
    page = context.new_page()
    yield page
    context.close()


def start_keeping(page):
    page.goto("/offline/")
    page.get_by_role("button", name=OPT_IN).click()
    page.get_by_role("button", name=FORGET).wait_for()
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def until_kept(page, path):
    page.wait_for_function(
        "async (path) => { for (const name of await caches.keys())"
        " if (await (await caches.open(name)).match(path)) return true; return false; }",
        arg=path,
    )


def test_what_was_read_is_there_without_a_line_and_gone_when_it_is_to_be_forgotten(reader):
    make_blog()
    first = make_post("Snow on the Lowari road", lead_photo=make_photo())
    second = make_post("Poems under the orange trees")
    forum = make_forum(first)
    make_comment(forum, name="Jack")
    reader.goto(first.get_absolute_url())
    assert reader.evaluate(KEPT) == []

    start_keeping(reader)
    for post in (first, second):
        reader.goto(post.get_absolute_url())
        until_kept(reader, post.get_absolute_url())
    until_kept(reader, "/static/css/site.css")
    reader.goto(first.get_absolute_url())
    reader.get_by_label("Name", exact=True).fill("Zarghuna")
    reader.get_by_label("Comment", exact=True).fill("It was open.")
    reader.get_by_role("button", name="Send the comment").click()
    reader.wait_for_url("**/receipt/**")
    receipt = reader.url
    reader.goto(f"{first.get_absolute_url()}comments/")
    reader.goto("/nothing/here/")

    reader.context.set_offline(True)
    for post in (first, second):
        reader.goto(post.get_absolute_url())
        assert reader.get_by_role("heading", name=post.headline).is_visible()
        width = "getComputedStyle(document.querySelector('.skip')).position"
        assert reader.evaluate(width) == "absolute"
    reader.goto(first.get_absolute_url())
    assert (
        reader.locator(".photo img").evaluate(
            "image => image.decode().then(() => image.naturalWidth)"
        )
        > 0
    )
    for address in (receipt, "/about/", "/nothing/here/", f"{first.get_absolute_url()}comments/"):
        reader.goto(address)
        assert reader.get_by_role("heading", name="Reading without a connection").is_visible()
        assert not reader.get_by_text("It was open.").is_visible()
    reader.locator("#kept").wait_for()
    names = reader.locator("#kept a").all_inner_texts()
    assert sorted(name.partition(" · ")[0] for name in names) == sorted(
        [first.headline, second.headline]
    )
    reader.goto("/ps/section/nowhere/")
    assert reader.locator("html").get_attribute("lang") == "ps"
    reader.goto("/offline/")
    kept = reader.evaluate(KEPT)
    assert not any("receipt" in path or "comments" in path or "nothing" in path for path in kept)

    reader.get_by_role("button", name=FORGET).click()
    reader.get_by_text("Nothing is kept on this device.").wait_for()
    assert reader.evaluate("caches.keys()") == []
    assert (
        reader.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    )
    assert reader.context.cookies() == []


def test_only_the_last_twenty_pages_are_kept(reader):
    make_blog()
    posts = [make_post() for _number in range(22)]
    start_keeping(reader)
    for post in posts:
        reader.goto(post.get_absolute_url())
        until_kept(reader, post.get_absolute_url())
    reader.wait_for_function(
        "async () => (await (await caches.open((await caches.keys()).find(n => n.includes(' pages ')))).keys()).length === 20"
    )
    kept = [path for path in reader.evaluate(KEPT) if path.startswith("/a/")]
    assert sorted(kept) == sorted(post.get_absolute_url() for post in posts[2:])


def test_without_script_the_page_says_so_and_offers_no_button(open_page):  # noqa: F811
    page = open_page("/offline/", script=False)
    assert page.get_by_text("This browser can't do it, or has script switched off.").is_visible()
    assert page.get_by_role("button").count() == 0
