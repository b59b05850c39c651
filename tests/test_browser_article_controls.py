"""A moderator's work on the article itself and on a comment's own page, in a real Chromium."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment, Forum
from comments.text import REMOVED
from tests.factories import make_comment, make_forum, make_moderator, make_post
from tests.test_browser import NARROWEST, PHONE, WIDE, groups, open_page, sign_in  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Status = Comment.Status


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_moderator_approves_removes_and_closes_on_the_article(open_page, script):  # noqa: F811
    forum = make_forum()
    make_comment(forum, name="Shown", text="This will go.")
    make_comment(forum, name="Waits", text="This will come.", status=Status.PENDING)
    page = open_page(script=script)
    sign_in(page, make_moderator())
    page.goto(forum.post.get_absolute_url())
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("1 comment is now: Approved.")).to_be_visible()
    expect(page.get_by_text("This will come.")).to_be_visible()

    page.get_by_text("Remove what Shown wrote").click()
    page.locator("details[open] select").select_option("insult")
    page.locator("details[open]").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("This will go.")).to_have_count(0)

    page.get_by_role("button", name="Closed").click()
    expect(page.get_by_text("This forum has been closed.")).to_be_visible()
    assert Forum.objects.get().state == Forum.State.CLOSED
    assert set(Comment.objects.values_list("name", "status")) == {
        ("Shown", Status.REJECTED),
        ("Waits", Status.APPROVED),
    }


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_moderator_removes_a_passage_from_a_comment(open_page, script):  # noqa: F811
    comment = make_comment(text="Call me at 0799 123 today.")
    page = open_page(script=script, viewport=WIDE)
    sign_in(page, make_moderator())
    page.goto(f"/admin/comments/comment/{comment.pk}/change/")
    page.get_by_text("Remove a passage").click()
    if script:
        page.locator("#whole").evaluate("field => field.setSelectionRange(11, 19)")
        page.get_by_role("button", name="Use the selection").click()
    else:
        expect(page.get_by_role("button", name="Use the selection")).to_have_count(0)
        page.get_by_label("Words to remove").fill("0799 123")
    page.get_by_role("button", name="Remove these words for good").click()
    expect(page.get_by_text("[a moderator removed something here]")).to_be_visible()
    comment.refresh_from_db()
    assert comment.text == f"Call me at {REMOVED} today."


@pytest.mark.parametrize("viewport", [NARROWEST, PHONE, WIDE], ids=["320", "360", "1280"])
def test_no_page_of_a_moderator_is_wider_than_its_screen(open_page, viewport):  # noqa: F811
    forum = make_forum(make_post("بالائی سڑک پر برف", language="ur"))
    make_comment(forum, name="A" * 60, text="long" * 120, mark="k3f9", distinction="picked")
    waits = make_comment(
        forum, status=Status.PENDING, name="B" * 60, text="برفباری " * 60, language="ur"
    )
    page = open_page(viewport=viewport)
    sign_in(page, make_moderator())
    for path in (forum.post.get_absolute_url(), f"/admin/comments/comment/{waits.pk}/change/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
