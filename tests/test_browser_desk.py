"""A moderator's work at the desk in a real Chromium: by keys, and by forms without script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import deciding
from comments.models import Comment, Decision
from tests.factories import make_comment, make_forum, make_moderator, make_post
from tests.test_browser import PHONE, WIDE, groups, open_page, sign_in  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Status, Code = Comment.Status, Decision.Code
DESK = "/admin/comments/comment/desk/"
CODES = list(Code.values)


@pytest.fixture
def expect():
    from playwright.sync_api import expect

    expect.set_options(timeout=15_000)
    return expect


def hold(number):
    """Comments that wait, the first of them longest."""
    forum, now = make_forum(make_post()), timezone.now()
    return [
        make_comment(
            forum, status=Status.PENDING, name=f"Reader {each:03}", text=f"Thought number {each}.",
            submitted_at=now - timedelta(minutes=number - each), held_by="forum",
        )
        for each in range(number)
    ]  # fmt: skip


def meant(key):
    """The decision and the code that a key stands for."""
    if key == "a":
        return Status.APPROVED, ""
    if key == "s":
        return Status.SPAM, ""
    if key == "r":
        return Status.REJECTED, Code.HATRED
    return Status.REJECTED, CODES[9 if key == "0" else int(key) - 1]


def record():
    """All decisions of moderators in the order in which they were made."""
    return [
        (each.comment_id, each.before, each.after, each.code, each.undoes_id is not None)
        for each in Decision.objects.filter(by__isnull=False).order_by("pk")
    ]


def card(page, comment):
    return page.locator(f"#card-{comment.pk}")


def test_a_queue_of_200_is_cleared_with_one_key_each_and_no_reload(open_page, expect):  # noqa: F811
    rows = hold(200)
    page = open_page(viewport=WIDE)
    sign_in(page, make_moderator())
    page.goto(DESK)
    page.select_option("#desk-code", Code.HATRED)
    page.locator("#desk-code").blur()
    page.evaluate("window.same = true")
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    card(page, rows[0]).focus()
    wanted, keys = [], "asr1a2s3a4r5s6a7a8s9r0"
    for number, comment in enumerate(rows):
        key = keys[number % len(keys)]
        expect(card(page, comment)).to_be_focused()
        page.keyboard.press(key)
        decision, code = meant(key)
        wanted.append((comment.pk, Status.PENDING, decision, code, False))
        if number % 40 == 7:
            # Taken back, and decided otherwise, without waiting for either.
            page.keyboard.press("u")
            page.keyboard.press("0")
            wanted.append((comment.pk, decision, Status.PENDING, "", True))
            wanted.append((comment.pk, Status.PENDING, Status.REJECTED, Code.OTHER, False))
    expect(page.locator("[data-count=waiting]")).to_have_text("0")
    expect(page.locator("#desk-empty")).to_be_visible()
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()

    assert loads == []
    assert page.evaluate("window.same") is True
    assert record() == wanted
    assert len(wanted) == 210
    assert not Comment.objects.pending().exists()
    for pk, _before, after, _code, _undo in wanted:
        last = [each for each in wanted if each[0] == pk][-1]
        assert Comment.objects.get(pk=pk).status == last[2], after


def test_a_queue_of_200_is_cleared_without_script_by_selections_and_buttons(open_page):  # noqa: F811
    rows = hold(200)
    page = open_page(script=False, viewport=WIDE)
    sign_in(page, make_moderator())
    page.goto(DESK)
    wanted, left = [], list(rows)

    def done(comments, decision, code=""):
        wanted.extend((each.pk, Status.PENDING, decision, code, False) for each in comments)

    first = card(page, left[0])
    first.get_by_text("Reject …").click()
    first.get_by_role("button", name="Insult").click()
    done([left.pop(0)], Status.REJECTED, Code.INSULT)
    card(page, left[0]).get_by_role("button", name="Spam").click()
    done([left.pop(0)], Status.SPAM)
    page.locator("#desk-last").get_by_role("button", name="Undo").click()
    left.insert(0, rows[1])
    wanted.append((rows[1].pk, Status.SPAM, Status.PENDING, "", True))
    card(page, left[0]).get_by_role("button", name="Approve").click()
    done([left.pop(0)], Status.APPROVED)
    pages = 0
    while left:
        some = left[:30]
        for comment in some:
            card(page, comment).locator("input[name=pick]").check()
        page.select_option("#desk-code", Code.ADVERT)
        name = ("Approve", "Reject", "Spam")[pages % 3]
        page.locator(".desk-bulk").get_by_role("button", name=name).click()
        decision, code = (("approved", ""), ("rejected", "advert"), ("spam", ""))[pages % 3]
        done(some, decision, code)
        left, pages = left[30:], pages + 1
    assert page.get_by_text("Nothing waits here.").is_visible()
    assert pages == 7
    assert record() == wanted
    batches = set(Decision.objects.exclude(batch=None).values_list("batch", flat=True))
    assert len(batches) == 7

    page.goto(f"{DESK}mine/")
    page.get_by_role("button", name="Undo all 18").click()
    assert page.get_by_text("18 decisions are undone.").is_visible()
    assert Comment.objects.pending().count() == 18


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_who_comes_second_reads_who_decided_what_and_the_card_stays(open_page, expect, script):  # noqa: F811
    first, second = hold(2)
    page = open_page(script=script, viewport=PHONE)
    sign_in(page, make_moderator())
    page.goto(DESK)
    deciding.decide({first.pk: "pending"}, Status.SPAM, make_moderator("bilal"))
    if script:
        card(page, first).focus()
        page.keyboard.press("a")
        expect(card(page, first).locator(".notice")).to_contain_text("bilal marked this as spam")
        expect(page.get_by_role("status")).to_contain_text("nothing was changed")
        expect(card(page, second)).to_be_focused()
    else:
        card(page, first).get_by_role("button", name="Approve").click()
        expect(page.locator(".messagelist")).to_contain_text("bilal marked this as spam")
    assert Comment.objects.get(pk=first.pk).status == Status.SPAM
    assert Decision.objects.count() == 1


def test_a_lost_line_keeps_the_card_and_says_so_and_the_next_press_decides(open_page, expect):  # noqa: F811
    first, second = hold(2)
    page = open_page(viewport=WIDE)
    sign_in(page, make_moderator())
    page.goto(DESK)
    page.route("**/desk/decide/", lambda route: route.fulfill(status=404, body="No"))
    page.keyboard.press("a")
    expect(card(page, first).locator(".notice")).to_contain_text("refused this (404)")
    expect(card(page, second)).to_be_focused()
    assert not Decision.objects.exists()
    page.unroute("**/desk/decide/")
    page.keyboard.press("k")
    expect(card(page, first)).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(f"#receipt-{first.pk}")).to_be_visible()
    assert Comment.objects.get(pk=first.pk).status == Status.APPROVED


def test_after_signing_in_again_elsewhere_the_desk_goes_on(open_page, expect):  # noqa: F811
    (comment,) = hold(1)
    moderator = make_moderator()
    page = open_page(viewport=WIDE)
    sign_in(page, moderator)
    page.goto(DESK)
    other = page.context.new_page()
    other.goto("/admin/")
    other.locator("#logout-form button").click()
    page.keyboard.press("s")
    expect(page.get_by_role("status")).to_contain_text("You are signed out")
    expect(card(page, comment)).to_be_visible()
    sign_in(other, moderator)
    card(page, comment).focus()
    page.keyboard.press("s")
    expect(page.locator(f"#receipt-{comment.pk}")).to_be_visible()
    assert Decision.objects.get().after == Status.SPAM


def test_keys_move_tick_take_and_are_silent_while_something_is_chosen(open_page, expect):  # noqa: F811
    first, second, third = hold(3)
    page = open_page(viewport=WIDE)
    sign_in(page, make_moderator())
    page.goto(DESK)
    expect(card(page, first)).to_be_focused()
    page.keyboard.press("j")
    expect(card(page, second)).to_be_focused()
    expect(card(page, second)).to_have_attribute("aria-current", "true")
    page.keyboard.press("k")
    expect(card(page, first)).to_be_focused()
    page.keyboard.press("c")
    expect(card(page, first)).to_contain_text("You took this until")
    expect(card(page, first)).to_be_focused()
    page.keyboard.press("c")
    expect(card(page, first)).not_to_contain_text("You took this until")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#desk-ticked")).to_have_text("2")
    page.locator("#desk-code").focus()
    page.keyboard.press("s")
    page.keyboard.press("Control+a")
    assert not Decision.objects.exists()
    page.locator(".desk-bulk").get_by_role("button", name="Spam").click()
    expect(page.locator(".receipt")).to_have_count(2)
    expect(card(page, third)).to_be_focused()
    assert set(Comment.objects.filter(status=Status.SPAM)) == {first, second}
    page.keyboard.press("u")
    expect(page.locator(".receipt")).to_have_count(0)
    expect(page.locator(".card")).to_have_count(3)
    assert Comment.objects.pending().count() == 3
    card(page, third).focus()
    page.keyboard.press("o")
    page.wait_for_url(f"**/{third.pk}/change/")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_keys_are_explained_on_a_question_mark_and_behind_a_link(open_page, expect, script):  # noqa: F811
    hold(1)
    page = open_page(script=script, viewport=WIDE)
    sign_in(page, make_moderator())
    page.goto(DESK)
    panel = page.get_by_role("dialog") if script else page.locator("#keys")
    if script:
        expect(panel).to_be_hidden()
        page.keyboard.press("?")
        expect(panel).to_contain_text("reject: Insult")
        page.keyboard.press("a")
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
    page.get_by_role("link", name="Keys").click()
    expect(panel).to_be_in_viewport()
    expect(panel).to_contain_text("undo your last decision")
    assert not Decision.objects.exists()


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["360", "1280"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_no_page_of_the_desk_is_wider_than_its_screen(open_page, viewport, scheme, direction):  # noqa: F811
    forum = make_forum(make_post("long" * 40))
    parent = make_comment(forum, name="B" * 60, text="wide" * 90)
    for language, text in (("en", "long" * 120), ("ps", "خلک وايي چې ژمی به سخت وي. " * 12)):
        make_comment(
            forum, parent, Status.PENDING, name="A" * 60, place="P" * 60, text=text,
            language=language, mark="k3x9qa",
        )  # fmt: skip
    moderator = make_moderator()
    page = open_page(viewport=viewport, color_scheme=scheme)
    sign_in(page, moderator)
    for path in (DESK, f"{DESK}?language=ps", f"{DESK}mine/"):
        page.goto(path)
        page.evaluate("direction => { document.documentElement.dir = direction }", direction)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
    page.goto(DESK)
    page.locator(".card summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.keyboard.press("s")
    page.locator(".receipt").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
