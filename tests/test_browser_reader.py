"""What a reader does beyond commenting, in a real Chromium; there is no script to it."""

import re

import pytest

from comments import pages, personal
from comments.models import Comment, Flag, Forum
from tests.factories import make_comment, make_forum, make_post
from tests.test_browser import NARROWEST, open_page  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Status = Comment.Status
both = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@pytest.fixture
def numbers_are_found(monkeypatch):
    """Every run of six digits is a phone number."""
    monkeypatch.setattr(
        personal,
        "findings",
        lambda text: [personal.Finding("phone", each) for each in re.findall(r"\d{6,}", text)],
    )


def write(page, name, text):
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Comment", exact=True).fill(text)


@both
def test_a_reader_corrects_a_waiting_comment_and_then_withdraws_it(open_page, script):  # noqa: F811
    post = make_post("Snow on the Lowari road")
    page = open_page(post.get_absolute_url(), script=script)
    write(page, "Zarghuna", "The tunel was open.")
    page.get_by_role("button", name="Send the comment").click()
    page.get_by_role("link", name="Correct it").click()
    assert page.get_by_label("Name", exact=True).input_value() == "Zarghuna"
    write(page, "Zarghuna", "The tunnel was open.")
    page.get_by_role("button", name="Send the correction").click()
    assert page.get_by_role("heading", name="It is waiting for a moderator").is_visible()
    assert page.get_by_text("The tunnel was open.").is_visible()
    assert Comment.objects.get().text == "The tunnel was open."

    page.get_by_role("link", name="Withdraw it").click()
    page.get_by_role("button", name="Withdraw and destroy it").click()
    assert page.get_by_role("heading", name="It was withdrawn").is_visible()
    assert not page.get_by_text("The tunnel was open.").is_visible()
    assert (Comment.objects.get().status, Comment.objects.get().text) == (Status.WITHDRAWN, "")
    assert page.context.cookies() == []


@both
@pytest.mark.usefixtures("numbers_are_found")
def test_a_reader_is_warned_and_sends_it_as_it_is(open_page, script):  # noqa: F811
    forum = make_forum()
    page = open_page(forum.post.get_absolute_url(), script=script, viewport=NARROWEST)
    write(page, "Zarghuna", "Ring me: 070012345")
    page.get_by_role("button", name="Send the comment").click()
    assert "a phone number: 070012345" in page.get_by_role("alert").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320 if script else True
    # The key that sends a form sends it to be looked at again, never as it is.
    page.get_by_label("Name", exact=True).press("Enter")
    page.wait_for_load_state()
    assert not Comment.objects.exists()
    page.get_by_role("button", name="Send it as it is").click()
    assert page.get_by_role("heading", name="It is on the page").is_visible()
    assert Comment.objects.get().text == "Ring me: 070012345"


@both
def test_a_reader_reports_a_comment_in_a_closed_forum(open_page, script):  # noqa: F811
    forum = make_forum(state=Forum.State.CLOSED)
    make_comment(forum, name="Jack", text="You fools.")
    page = open_page(forum.post.get_absolute_url(), script=script, viewport=NARROWEST)
    page.get_by_role("link", name="Report the comment by Jack").click()
    page.get_by_role("button", name="Send the report").click()
    assert "Please choose what is wrong with it." in page.get_by_role("group").inner_text()
    page.get_by_label("It insults somebody").check()
    page.get_by_label("In your own words").fill("He means us.")
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Send the report").click()
    assert page.get_by_role("heading", name="Thank you for the report").is_visible()
    assert (Flag.objects.get().why, Flag.objects.get().words) == ("insult", "He means us.")
    assert Comment.objects.get().status == Status.APPROVED


@both
def test_a_refused_readers_appeal_puts_the_comment_back_into_the_queue(open_page, script):  # noqa: F811
    page = open_page(make_post().get_absolute_url(), script=script)
    write(page, "Zarghuna", "A sharp word.")
    page.get_by_role("button", name="Send the comment").click()
    # A reload during the redirect would be aborted.
    page.wait_for_url("**/receipt/**")
    Comment.objects.get().moderate(Status.REJECTED, code="insult")
    page.reload()
    assert page.get_by_role("heading", name="It was not published").is_visible()
    page.get_by_role("button", name="Ask for another look").click()
    page.get_by_role("heading", name="It is waiting for a moderator").wait_for()
    assert Comment.objects.get().held_by == Comment.Phase.APPEAL
    Comment.objects.get().moderate(Status.REJECTED, code="insult")
    page.reload()
    assert not page.get_by_role("button", name="Ask for another look").is_visible()


@both
def test_a_reader_pages_through_threads_and_opens_a_long_one(open_page, script, monkeypatch):  # noqa: F811
    monkeypatch.setattr(pages, "THREADS_ON_A_PAGE", 2)
    monkeypatch.setattr(pages, "REPLIES_OF_A_THREAD", 1)
    forum = make_forum()
    first, _second, _third = (make_comment(forum, name=name) for name in ("Mir", "Jack", "Frud"))
    for name in ("Ali", "Gul"):
        make_comment(parent=first, name=name)
    page = open_page(forum.post.get_absolute_url(), script=script)
    names = page.locator(".comment .name")
    assert names.all_inner_texts() == ["Mir", "Ali", "Jack"]
    page.get_by_role("link", name="Further threads").click()
    page.wait_for_url("**page=2**")
    assert names.all_inner_texts() == ["Frud"]
    page.get_by_role("link", name="Earlier threads").click()
    page.get_by_role("link", name="Show all 2 replies").click()
    page.get_by_role("link", name="All comments on this post").wait_for()
    assert names.all_inner_texts() == ["Mir", "Ali", "Gul"]


@both
def test_a_reader_finds_a_post_and_then_a_comment_by_words(open_page, script):  # noqa: F811
    post = make_post("Snow on the Lowari pass")
    make_post("Figs of Kandahar")
    make_comment(make_forum(post), text="The pass was blocked in March.")
    page = open_page("/", script=script)
    page.get_by_role("link", name="Search", exact=True).click()
    page.fill("#id_q", "lowari pas")
    page.click("text=Narrow the search")
    page.select_option("#id_language", "en")
    page.click("form[role=search] button")
    assert "1 post found" in page.inner_text("main")
    assert page.inner_text(".results h2") == "Snow on the Lowari pass"
    page.fill("#id_q", "blocked")
    page.click("form[role=search] button")
    page.click("text=Look for these words in comments")
    assert "1 comment found" in page.inner_text("main")
    page.click(".results .when a")
    assert "The pass was blocked in March." in page.inner_text(".thread")


@both
def test_a_secret_phrase_puts_a_mark_beside_the_name(open_page, script):  # noqa: F811
    forum = make_forum()
    page = open_page(forum.post.get_absolute_url(), script=script)
    write(page, "Zarghuna", "It is me.")
    page.get_by_text("Keep your name yours").click()
    page.get_by_label("Secret phrase").fill("poplars")
    page.get_by_role("button", name="Send the comment").click()
    page.get_by_role("link", name="Show it").click()
    assert page.locator(".comment .mark").inner_text().endswith(Comment.objects.get().mark)
    assert len(Comment.objects.get().mark) == 9
