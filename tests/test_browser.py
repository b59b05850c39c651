"""Journeys of a reader, a moderator and an editor in a real Chromium."""

import re
from contextlib import suppress
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from comments.models import Comment, Decision, Forum, Policy
from posts.models import Post
from tests.factories import (
    make_author,
    make_comment,
    make_editor,
    make_forum,
    make_moderator,
    make_photo,
    make_post,
    make_section,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture(autouse=True)
def groups(db):
    """A transactional test empties all tables, and with them what migrations put there."""
    with connection.schema_editor() as editor:
        import_module("gandhara.migrations.0002_groups").make_groups(apps, editor)
        import_module("gandhara.migrations.0003_rights_of_the_desk").give(apps, editor)
        import_module("gandhara.migrations.0004_rights_of_the_newsroom").give(apps, editor)


@pytest.fixture
def open_page(chromium, live_server):
    """`open_page(path, …)` gives a page; at the end no page may have complained or phoned out."""
    contexts, complaints, foreign = [], [], []

    def listen(page):
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type in ("error", "warning") and "status of 4" not in message.text
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                foreign.append(request.url)
                if not request.url.startswith((live_server.url, "data:"))
                else None
            ),
        )

    def open_(path="/", script=True, viewport=PHONE, **options):
        context = chromium.new_context(
            viewport=viewport, java_script_enabled=script, base_url=live_server.url, **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        context.on("page", listen)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_
    cookies = [context.cookies() for context in contexts]
    for context in contexts:
        context.close()
    assert complaints == []
    assert foreign == []
    assert all(cookie["name"] in ("sessionid", "csrftoken") for jar in cookies for cookie in jar)


def sign_in(page, user):
    page.goto("/admin/login/?next=/admin/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", "correct horse")
    page.click("input[type=submit]")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_reader_comments_and_a_moderator_approves_and_it_stands_at_the_next_request(
    open_page, script
):
    post = make_post("Snow on the Lowari road")
    reader = open_page(post.get_absolute_url(), script=script)
    reader.get_by_label("Name").fill("Zarghuna")
    reader.get_by_label("Place").fill("Chitral")
    reader.get_by_label("Comment", exact=True).fill("The tunnel was open on Friday.")
    reader.get_by_role("button", name="Send the comment").click()
    assert reader.get_by_role("heading", name="It is waiting for a moderator").is_visible()
    assert reader.context.cookies() == []
    reader.goto(post.get_absolute_url())
    assert not reader.get_by_text("The tunnel was open").is_visible()

    moderator = open_page(script=script, viewport=WIDE)
    sign_in(moderator, make_moderator())
    moderator.goto("/admin/comments/comment/")
    moderator.get_by_role("link", name="The tunnel was open on Friday.").click()
    moderator.get_by_role("button", name="Approve").click()
    moderator.wait_for_load_state()

    decision = Decision.objects.get(after=Comment.Status.APPROVED)
    assert decision.by.username == "moderator"
    reader.reload()
    heading = reader.get_by_role("heading", name="by: Zarghuna from: Chitral")
    assert heading.is_visible()
    assert reader.get_by_text("The tunnel was open on Friday.").is_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_reader_sorts_and_replies_in_an_open_forum(open_page, script):
    Policy(least_seconds=0).save()  # this reader types faster than people do
    forum = make_forum()
    make_comment(forum, name="Earlier", text="I was here early.")
    make_comment(forum, name="Later", text="I came late.")
    page = open_page(forum.post.get_absolute_url(), script=script)
    page.get_by_role("link", name="Newest").click()
    names = page.locator(".comment .name").all_inner_texts()
    assert names == ["Later", "Earlier"]

    page.get_by_role("link", name="Reply to Earlier").click()
    page.get_by_label("Name").fill("Third")
    page.get_by_label("Comment", exact=True).fill("An answer <b>to the first</b>.")
    page.get_by_role("button", name="Send the reply").click()
    page.get_by_role("link", name="Show it").click()
    assert page.get_by_text("An answer <b>to the first</b>.").is_visible()
    assert page.get_by_text("In Response", exact=True).is_visible()


def test_a_refused_form_gives_everything_back_and_ties_the_error_to_its_field(open_page):
    forum = make_forum()
    page = open_page(forum.post.get_absolute_url())
    page.get_by_label("Comment", exact=True).fill("Words without a name.")
    page.get_by_role("button", name="Send the comment").click()
    field = page.get_by_label("Name")
    assert field.get_attribute("aria-invalid") == "true"
    error = page.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}")
    assert "Please give a name" in error.inner_text()
    assert page.get_by_label("Comment", exact=True).input_value() == "Words without a name."
    assert Comment.objects.count() == 0


def test_the_skip_link_is_the_first_stop_of_the_keyboard_and_leads_to_the_text(open_page):
    page = open_page(make_post().get_absolute_url())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("viewport", [NARROWEST, PHONE, WIDE], ids=["320", "360", "1280"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_its_screen(open_page, viewport, scheme):
    section = make_section("پاکستان")
    post = make_post(
        "بالائی سڑک پر برف",
        language="ur",
        section=section,
        lead_photo=make_photo(credit="Agency"),
        authors=[make_author("صباحت")],
        summary="ایک لمبا خلاصہ " * 12,
        body="<p>"
        + "برفباری " * 60
        + "</p><table><tr>"
        + "<td>1200 kilometres</td>" * 9
        + "</tr></table>",
    )
    comment = None
    forum = make_forum(post)
    for _level in range(9):
        comment = make_comment(forum, comment, name="A" * 60, text="long" * 120)
    page = open_page(viewport=viewport, color_scheme=scheme)
    for path in (
        "/",
        post.get_absolute_url(),
        section.get_absolute_url(),
        f"{post.get_absolute_url()}comments/{comment.pk}/reply/",
        "/archive/",
        "/about/",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path


def test_the_page_of_a_right_to_left_post_runs_from_the_right(open_page):
    post = make_post("د کابل سیند ډک شو", language="ps", body="<p>خلک وايي چې ژمی به سخت وي.</p>")
    page = open_page(post.get_absolute_url(), viewport=WIDE)
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.post .body p')).direction")
        == "rtl"
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).direction") == "rtl"
    assert page.locator(".post").get_attribute("lang") == "ps"


def test_an_editor_writes_a_post_with_a_photo_in_its_body_and_publishes_it(open_page):
    from playwright._impl._errors import TargetClosedError
    from playwright.sync_api import expect

    photo = make_photo(caption="Poplars by the river", credit="Agency", alt_text="Bare trees")
    page = open_page(viewport=WIDE)
    sign_in(page, make_editor())
    page.goto("/admin/posts/post/add/")
    page.fill("#id_headline", "Poplars hold the bank")
    page.locator(".tiptap.ProseMirror").click()
    page.keyboard.type("Two  rows of trees stand there.")
    page.locator(".prose-menubar__button[data-name=figure]").click()
    with page.context.expect_page() as picker:
        page.get_by_text("Browse...").click()
    # The buttons work only once the window's deferred script has run.
    picker.value.wait_for_load_state("load")
    # The button closes its own window, at times before the click has been answered for.
    with suppress(TargetClosedError):
        picker.value.locator(f"button[data-photo='{photo.pk}']").click()
    expect(page.locator("dialog input[name=imageUrl]")).not_to_have_value("")
    page.locator("dialog button[type=submit]").click()
    page.select_option("#id_status", "published")
    page.select_option("#id_forum-0-state", "open")
    page.locator("input[name=_save]").first.click()
    page.wait_for_url("**/admin/posts/post/")

    post = Post.objects.get()
    assert post.status == Post.Status.PUBLISHED
    assert f'data-file="{photo.pk}"' in post.body
    assert "&nbsp;" not in post.body
    assert post.forum.state == Forum.State.OPEN
    page.goto(post.get_absolute_url())
    image = page.locator("figure img")
    assert image.get_attribute("alt") == "Bare trees"
    assert re.search(r"-640-\d+\.jpg 640w", image.get_attribute("srcset"))
    image.scroll_into_view_if_needed()
    image.evaluate("image => image.decode()")
    assert image.evaluate("image => image.naturalWidth") > 0
    assert page.get_by_text("Poplars by the river (Agency)").is_visible()
