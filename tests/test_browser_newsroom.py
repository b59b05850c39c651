"""A post's whole life in a real Chromium, in each of the four languages."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from posts.models import OldSlug, Post
from tests.factories import make_author, make_editor, make_section, make_upload, make_user
from tests.test_browser import PHONE, WIDE, groups, open_page, sign_in  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORIES = {
    "en": ("The bridge at Behsud opens", "Farmers crossed it at dawn.", "Ali Khan", "ltr"),
    "ps": ("د بهسودو پل پرانیستل شو", "بزګران سهار وختي پرې تېر شول.", "ښکلا وردګ", "rtl"),
    "fa-AF": ("پل بهسود باز شد", "دهقانان صبح زود از آن گذشتند.", "فرهاد رسولی", "rtl"),
    "ur": ("بہسود کا پل کھل گیا", "کسان صبح سویرے اس پر سے گزرے۔", "عائشہ خان", "rtl"),
}
NEW_SLUG = {"en": "bridge", "ps": "پل-پرانیستل", "fa-AF": "پل-بهسود-باز", "ur": "بہسود-پل"}


def choose(page, field, words):
    """Pick a row in one of the admin's search boxes."""
    page.locator(f".field-{field} .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def save(page):
    page.locator("input[name=_continue]").first.click()
    page.wait_for_load_state()
    expect(page.locator("ul.messagelist li.success")).to_be_visible()


def when(page, field, moment):
    page.fill(f"#id_{field}_0", moment.strftime("%Y-%m-%d"))
    page.fill(f"#id_{field}_1", moment.strftime("%H:%M:%S"))


@pytest.mark.parametrize("code", STORIES)
def test_a_post_is_written_reviewed_published_corrected_and_withdrawn(  # noqa: PLR0915  a life
    open_page,  # noqa: F811
    time_machine,
    tmp_path,
    code,
):
    headline, text, name, direction = STORIES[code]
    section = make_section("Region")
    make_author(name)
    author = make_user("writer", ["Authors"], is_staff=True)
    editor = make_editor()
    picture = tmp_path / "bridge.jpg"
    picture.write_bytes(make_upload().read())

    # Photographed and written.
    page = open_page(viewport=WIDE)
    sign_in(page, author)
    page.goto("/admin/posts/photo/add/")
    page.set_input_files("#id_file", picture)
    page.fill("#id_caption", text)
    page.fill("#id_credit", name)
    page.fill("#id_alt_text", headline)
    page.click("input[name=_save]")
    page.goto("/admin/posts/post/add/")
    page.fill("#id_headline", headline)
    page.locator(".ProseMirror[contenteditable]").click()
    page.keyboard.type(text)
    page.select_option("#id_language", code)
    choose(page, "section", "Region")
    choose(page, "lead_photo", text.split()[0])
    choose(page, "author", name)
    assert "published" not in page.locator("#id_status").inner_text().lower()
    page.select_option("#id_status", "in_review")
    save(page)
    post = Post.objects.get()
    assert (post.status, post.language, post.section) == ("in_review", code, section)
    assert post.lead_photo.credit == name

    # Reviewed and scheduled by a second person, who finds it on the first page.
    second = open_page(viewport=WIDE)
    sign_in(second, editor)
    second.locator("#newsroom-review ~ ul a", has_text=headline).click()
    at = timezone.now().replace(microsecond=0) + timedelta(hours=3)
    second.select_option("#id_status", "published")
    when(second, "published_at", at)
    save(second)
    second.goto("/admin/")
    expect(second.locator(".newsroom-calendar a", has_text=headline)).to_be_visible()

    # Out on its second: no worker runs here.
    reader = open_page(viewport=PHONE)
    time_machine.move_to(at - timedelta(seconds=1), tick=False)
    reader.goto("/")
    assert headline not in reader.content()
    assert reader.goto(post.get_absolute_url()).status == 404
    time_machine.move_to(at, tick=False)
    reader.goto("/")
    reader.get_by_role("link", name=headline).first.click()
    article = reader.locator("article.post")
    assert (article.get_attribute("lang"), article.get_attribute("dir")) == (code, direction)
    expect(article.locator("h1")).to_have_text(headline)
    expect(article.locator(".byline")).to_contain_text(name)
    image = article.locator("figure img")
    image.evaluate("image => image.decode()")
    assert image.evaluate("image => image.currentSrc").endswith(".avif")
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    time_machine.move_to(at + timedelta(minutes=5))

    # Corrected, and given another address.
    change = f"/admin/posts/post/{post.pk}/change/"
    second.goto(change)
    second.select_option("#id_corrections-0-kind", "correction")
    second.fill("#id_corrections-0-text", text)
    save(second)
    old = post.get_absolute_url()
    second.goto(change)
    second.fill("#id_slug", NEW_SLUG[code])
    save(second)
    reader.goto(old)
    assert reader.url.endswith(Post.objects.get().get_absolute_url())
    expect(reader.locator(".corrections")).to_contain_text(text)
    assert OldSlug.objects.get().post == post

    # Withdrawn.
    second.goto(change)
    second.select_option("#id_status", "withdrawn")
    save(second)
    for address in (old, Post.objects.get().get_absolute_url()):
        assert reader.goto(address).status == 410
        assert headline not in reader.content()
    reader.goto("/")
    assert not re.search(f"{headline}|{name}", reader.content())
    changes = list(post.state_changes.order_by("pk").values_list("before", "after", "by__username"))
    assert changes == [
        ("", "in_review", "writer"),
        ("in_review", "published", "editor"),
        ("published", "withdrawn", "editor"),
    ]
