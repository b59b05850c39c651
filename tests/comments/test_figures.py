"""The month in numbers: each comment once, by the last decision of the month."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from comments import figures
from comments.models import Comment, Figures
from tests.factories import make_comment, make_forum, make_moderator, make_user

pytestmark = pytest.mark.django_db
Status = Comment.Status
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def at(time_machine):
    return lambda text: time_machine.move_to(f"{text}+00:00", tick=False)


@pytest.fixture
def moderator():
    return make_moderator()


def submitted(text="2026-11-10 12:00", **fields):
    when = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return make_comment(status=Status.PENDING, submitted_at=when, **fields)


def test_a_month_counts_what_came_in_and_what_was_decided(at, moderator):
    at("2026-11-10 13:00")
    decided = [submitted() for _ in range(6)]
    decided[0].moderate(Status.APPROVED, by=moderator)
    decided[1].moderate(Status.APPROVED, by=moderator)
    decided[2].moderate(Status.REJECTED, by=moderator, code="insult")
    decided[3].moderate(Status.REJECTED, by=moderator)
    decided[4].moderate(Status.SPAM, by=moderator)
    decided[5].moderate(Status.WITHDRAWN)
    submitted()
    found = figures.count(NOVEMBER)
    assert (found.received, found.published, found.withdrawn) == (7, 2, 1)
    assert found.refused == {"insult": 1, "": 1, "spam": 1}


def test_nothing_is_counted_twice_after_an_undo_or_a_change_of_mind(at, moderator):
    at("2026-11-10 13:00")
    undone, changed, again = submitted(), submitted(), submitted()
    undone.moderate(Status.APPROVED, by=moderator)
    undone.moderate(Status.PENDING, by=moderator)
    changed.moderate(Status.REJECTED, by=moderator, code="insult")
    at("2026-11-11 13:00")
    changed.moderate(Status.APPROVED, by=moderator)
    for status in (Status.APPROVED, Status.PENDING, Status.APPROVED):
        again.moderate(status, by=moderator)
    found = figures.count(NOVEMBER)
    assert (found.published, found.refused) == (2, {})


def test_keeping_a_reported_comment_is_no_second_publishing(at, moderator):
    at("2026-10-10 12:00")
    comment = submitted("2026-10-10 11:00")
    comment.moderate(Status.APPROVED, by=moderator)
    at("2026-11-10 12:00")
    Comment.objects.update(flags=3)
    assert comment.moderate(Status.APPROVED, by=moderator)
    assert figures.count(NOVEMBER).published == 0
    assert figures.count(date(2026, 10, 1)).published == 1


def test_months_begin_and_end_at_midnight_of_the_sites_zone(settings, at):
    settings.TIME_ZONE = "Asia/Kabul"  # UTC+4:30
    at("2026-12-15 12:00")
    submitted("2026-10-31 19:29")
    submitted("2026-10-31 19:30")
    submitted("2026-11-30 19:29")
    submitted("2026-11-30 19:30")
    assert figures.count(NOVEMBER).received == 2
    assert figures.count(date(2026, 12, 1)).received == 1


@pytest.mark.parametrize(
    ("waits", "median"),
    [([], None), ([5], 5), ([5, 60], 32.5), ([1, 7, 600], 7)],
)
def test_the_median_wait_is_until_the_first_decision_by_a_person(at, moderator, waits, median):
    for minutes in waits:
        comment = submitted("2026-11-10 12:00")
        at(f"2026-11-10 {12 + minutes // 60}:{minutes % 60:02}")
        comment.moderate(Status.REJECTED, by=moderator)
        at("2026-11-20 12:00")
        comment.moderate(Status.APPROVED, by=moderator)
    submitted().moderate(Status.WITHDRAWN)
    make_comment(submitted_at=datetime(2026, 11, 1, tzinfo=UTC)).moderate(
        Status.REJECTED, by=moderator
    )
    expected = None if median is None else timedelta(minutes=median)
    assert figures.count(NOVEMBER).median_wait == expected


def test_a_second_decision_of_a_later_month_is_no_first_one(at, moderator):
    at("2026-10-31 12:00")
    comment = submitted("2026-10-31 11:00")
    comment.moderate(Status.REJECTED, by=moderator)
    at("2026-11-02 12:00")
    comment.moderate(Status.PENDING)
    comment.moderate(Status.APPROVED, by=moderator)
    found = figures.count(NOVEMBER)
    assert (found.received, found.published, found.median_wait) == (0, 1, None)


def test_this_month_and_the_last_are_counted_anew_and_older_ones_once(at):
    at("2026-11-24 12:00")
    for month in (8, 9, 10, 11):
        submitted(f"2026-{month:02}-10 12:00")
    assert figures.refresh() == "4 months counted."
    Figures.objects.update(received=99)
    assert figures.refresh() == "2 months counted."
    assert list(Figures.objects.values_list("month__month", "received")) == [
        (11, 1), (10, 1), (9, 99), (8, 99),
    ]  # fmt: skip


def test_the_turn_of_a_year_is_a_turn_of_a_month(at):
    at("2027-01-01 00:30")
    submitted("2026-12-31 23:59")
    figures.refresh()
    assert list(Figures.objects.values_list("month", "received")) == [
        (date(2027, 1, 1), 0), (date(2026, 12, 1), 1),
    ]  # fmt: skip


# The page


def test_the_page_shows_the_months_and_marks_the_one_that_is_not_over(client, at, moderator):
    forum = make_forum()
    at("2026-11-10 13:30")
    submitted(forum=forum).moderate(
        Status.REJECTED, by=moderator, code="insult", reason="A remark for us."
    )
    submitted(forum=forum, name="Eugenio").moderate(Status.SPAM, by=moderator)
    submitted("2026-10-10 12:00", forum=forum)
    at("2026-11-24 12:00")
    call_command("figures", verbosity=0)
    response = client.get("/transparency/")
    assert response.status_code == 200
    for words in (
        "November 2026, so far", ">October 2026<", "Insult: 1", "Spam: 1", "1\xa0hour, 30\xa0minutes",
        "November 24, 2026 12:00", "<caption", 'scope="col"', 'scope="row"',
    ):  # fmt: skip
        assert words in response.text
    for words in ("October 2026, so far", "Eugenio", "A remark", "moderator</"):
        assert words not in response.text
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_before_anything_was_counted_the_page_says_so(client):
    assert "Nothing has been counted yet." in client.get("/transparency/").text


def test_the_figures_cost_the_page_one_query(client, at, django_assert_max_num_queries):
    at("2026-11-24 12:00")
    submitted("2025-01-10 12:00")
    figures.refresh()
    # The figures and the settings; the rest belongs to every page's frame.
    with django_assert_max_num_queries(5):
        assert "January 2025" in client.get("/transparency/").text


def test_every_page_leads_to_the_figures_and_the_figures_take_no_form(client):
    assert 'href="/transparency/"' in client.get("/").text
    assert client.post("/transparency/").status_code == 405


def test_nobody_is_named_in_the_stored_figures(at):
    at("2026-11-24 12:00")
    make_user("somebody")
    submitted(name="Eugenio").moderate(Status.REJECTED, by=make_moderator("judge"), code="insult")
    figures.refresh()
    stored = str(list(Figures.objects.values()))
    for words in ("Eugenio", "judge", "Thought"):
        assert words not in stored
