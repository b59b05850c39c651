"""Two editors on one post, and a line that breaks, in a real Chromium."""

import pytest

from posts.models import Autosave, Post
from tests.factories import make_editor, make_post
from tests.test_browser import WIDE, groups, open_page, sign_in  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def change_page(post):
    return f"/admin/posts/post/{post.pk}/change/"


def test_two_editors_see_each_other_and_a_stale_save_loses_neither_text(open_page):  # noqa: F811
    from playwright.sync_api import expect

    post = make_post("Dam", summary="The dam holds.")
    first, second = open_page(viewport=WIDE), open_page(viewport=WIDE)
    sign_in(first, make_editor("gulalai"))
    sign_in(second, make_editor("zarak"))
    first.goto(change_page(post))
    second.goto(change_page(post))
    expect(second.locator(".at-work-others")).to_contain_text("gulalai is editing this since")
    expect(second.locator("#take-over")).to_be_visible()

    second.fill("#id_summary", "The dam leaks.")
    second.locator("input[name=_save]").first.click()
    second.wait_for_url("**/admin/posts/post/")
    first.fill("#id_summary", "The dam broke.")
    first.locator("input[name=_save]").first.click()
    conflict = first.locator(".conflict")
    expect(conflict).to_contain_text("zarak saved version 1")
    expect(conflict.locator("del")).to_have_text("leaks.")
    expect(conflict.locator("ins")).to_have_text("broke.")
    expect(first.locator("#id_summary")).to_have_value("The dam broke.")
    post.refresh_from_db()
    assert post.summary == "The dam leaks."


def test_a_draft_outlives_a_cut_line_and_a_closed_tab(chromium, live_server, groups):  # noqa: F811
    from playwright.sync_api import expect

    post = make_post("Dam", status=Post.Status.DRAFT)
    # A context of its own: a cut line is an error in the browser's console, and is meant here.
    with chromium.new_context(viewport=WIDE, base_url=live_server.url) as context:
        page = context.new_page()
        sign_in(page, make_editor())
        page.goto(change_page(post))
        page.wait_for_load_state("networkidle")
        page.locator("#id_summary").click()
        context.set_offline(True)
        page.keyboard.type("Typed while the line was cut.")
        page.locator("input[name=_save]").first.click(no_wait_after=True)
        page.close()
        assert not Autosave.objects.exists()

        context.set_offline(False)
        page = context.new_page()
        page.goto(change_page(post))
        page.locator(".at-work-found a").click()
        expect(page.locator("#id_summary")).to_have_value("Typed while the line was cut.")
        page.locator("input[name=_save]").first.click()
        page.wait_for_url("**/admin/posts/post/")
    post.refresh_from_db()
    assert post.summary == "Typed while the line was cut."
    assert not Autosave.objects.exists()


def test_who_writes_a_post_begins_in_the_headline_and_sees_how_long_it_is(open_page):  # noqa: F811
    from playwright.sync_api import expect

    page = open_page(viewport=WIDE)
    sign_in(page, make_editor())
    page.goto("/admin/posts/post/add/")
    expect(page.locator("#id_headline")).to_be_focused()
    page.locator(".ProseMirror[contenteditable]").click()
    page.keyboard.type("د کابل سیند")
    expect(page.locator("#words-written")).to_have_text("3 words · 1 minute to read")


def test_unsaved_text_is_thrown_away_only_by_who_says_so_and_stays_away(open_page):  # noqa: F811
    from playwright.sync_api import expect

    post = make_post("Dam", status=Post.Status.DRAFT)
    editor = make_editor()
    Autosave.objects.create(by=editor, post=post, key="k" * 20, fields={"headline": ["Typed"]})
    page = open_page(viewport=WIDE)
    sign_in(page, editor)
    page.goto(change_page(post))
    page.get_by_role("link", name="Throw it away").click()
    expect(page.locator("blockquote.said")).to_contain_text("Typed")
    page.get_by_role("button", name="Throw it away").click()
    page.wait_for_load_state("networkidle")
    assert not Autosave.objects.exists()
    page.goto(change_page(post))
    page.wait_for_load_state("networkidle")
    expect(page.locator(".at-work-left:visible")).to_have_count(0)


def test_after_a_save_nothing_of_the_text_stays_in_the_browser(open_page):  # noqa: F811
    post = make_post("Dam", status=Post.Status.DRAFT)
    page = open_page(viewport=WIDE)
    sign_in(page, make_editor())
    page.goto(change_page(post))
    page.locator("#id_summary").click()
    page.keyboard.type("A source who must not be named.")
    page.locator("input[name=_save]").first.click()
    page.wait_for_url("**/admin/posts/post/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("JSON.stringify(localStorage)").count("source") == 0
    assert Post.objects.get().summary == "A source who must not be named."
