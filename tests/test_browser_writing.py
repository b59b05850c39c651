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
