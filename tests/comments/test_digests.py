"""Notices to moderators: as each chose, to nobody else, without texts unless asked for."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from comments import digests, letters
from comments.models import Comment, DigestChoice, DutyRun, Letter
from tests.factories import (
    make_comment,
    make_editor,
    make_forum,
    make_moderator,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db
Frequency = DigestChoice.Frequency
PAGE = "/admin/comments/digestchoice/"


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-11-24 12:00:00+00:00", tick=False)


@pytest.fixture
def moderator():
    user = make_moderator()
    user.email = "moderator@example.org"
    user.save()
    return user


def waits(minutes=0, **fields):
    return make_comment(
        status=Comment.Status.PENDING,
        submitted_at=timezone.now() - timedelta(minutes=minutes), **fields,
    )  # fmt: skip


def choose(user, frequency, **fields):
    return DigestChoice.objects.create(user=user, frequency=frequency, **fields)


def test_an_hourly_digest_says_how_much_waits_where_and_for_how_long(moderator):
    forum = make_forum(make_post("Make Nice"))
    waits(125, forum=forum, language="ps", text="A secret thought.", name="Eugenio")
    waits(10, forum=forum, language="ps")
    waits(5, forum=forum)
    choose(moderator, Frequency.HOURLY)
    assert digests.send_due() == "1 moderator was told."
    letters.deliver()
    (message,) = mail.outbox
    assert message.to == ["moderator@example.org"]
    assert message.subject == "3 comments wait"
    assert "Pashto: 2 comments, the oldest for 2 hours" in message.body
    assert "English: 1 comment, for 5 minutes" in message.body
    assert message.body.index("Pashto") < message.body.index("English")
    assert f"http://127.0.0.1:8000{digests.desk_address()}" in message.body
    for words in ("secret", "Eugenio", "Make Nice"):
        assert words not in message.body


def test_texts_stand_in_a_digest_only_for_whoever_asked_for_them(moderator):
    waits(text="A thought. " * 100, name="Eugenio", forum=make_forum(make_post("Make Nice")))
    choose(moderator, Frequency.HOURLY, contents=DigestChoice.Contents.TEXTS)
    digests.send_due()
    letters.deliver()
    assert "Make Nice" in mail.outbox[0].body
    assert "A thought." in mail.outbox[0].body
    assert "Eugenio" not in mail.outbox[0].body
    assert len(mail.outbox[0].body) < 1500


def test_no_digest_comes_when_nothing_waits_or_none_is_wanted(moderator):
    choice = choose(moderator, Frequency.HOURLY)
    assert digests.send_due() == ""
    choice.refresh_from_db()
    assert choice.sent_at is None
    waits()
    choice.frequency = Frequency.NEVER
    choice.save()
    assert digests.send_due() == ""
    assert not Letter.objects.exists()


def test_hourly_is_once_an_hour(moderator, time_machine):
    waits()
    choose(moderator, Frequency.HOURLY)
    sent = []
    for minute in range(0, 121, 10):
        time_machine.move_to(f"2026-11-24 {12 + minute // 60}:{minute % 60:02}+00:00", tick=False)
        if digests.send_due():
            sent.append(minute)
    assert sent == [0, 60, 120]


def test_daily_is_at_eight_oclock_of_the_site(moderator, time_machine, settings):
    settings.TIME_ZONE = "Asia/Kabul"  # UTC+4:30
    waits()
    choose(moderator, Frequency.DAILY, sent_at=timezone.now())
    sent = []
    for hour in range(48):
        time_machine.move_to(
            f"2026-11-{24 + (hour + 13) // 24} {(hour + 13) % 24:02}:31+00:00", tick=False
        )
        if digests.send_due():
            sent.append(timezone.localtime().strftime("%d %H"))
    assert sent == ["25 08", "26 08"]


def test_when_the_oldest_waited_too_long_counts_from_the_choice_and_tells_once_an_hour(
    moderator, time_machine
):
    waits(29)
    choose(moderator, Frequency.WAITING, minutes=30)
    assert not digests.send_due()
    time_machine.move_to("2026-11-24 12:01:00+00:00", tick=False)
    assert digests.send_due()
    time_machine.move_to("2026-11-24 13:00:00+00:00", tick=False)
    assert not digests.send_due()
    time_machine.move_to("2026-11-24 13:01:00+00:00", tick=False)
    assert digests.send_due()


def test_who_may_not_moderate_or_has_no_address_gets_nothing(moderator):
    waits()
    editor = make_editor()
    editor.email = "editor@example.org"
    editor.save()
    gone = make_user("gone", ["Moderators"], is_staff=True, is_active=False, email="g@example.org")
    for user in (editor, gone, make_moderator("without")):
        choose(user, Frequency.HOURLY)
    assert not digests.send_due()
    choose(moderator, Frequency.HOURLY)
    assert digests.send_due() == "1 moderator was told."


def test_two_workers_at_once_write_one_letter(moderator):
    waits()
    choice = choose(moderator, Frequency.HOURLY)
    waiting = digests.what_waits()
    assert digests._send(choice, waiting, timezone.now())
    assert not digests._send(choice, waiting, timezone.now())
    assert Letter.objects.count() == 1


# The page in the admin


def test_a_moderator_sets_the_own_choice_and_sees_nobody_elses(client, moderator):
    choose(make_moderator("other"), Frequency.DAILY, minutes=31777)
    client.force_login(moderator)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "moderator@example.org" in page.text
    assert "31777" not in page.text
    response = client.post(
        PAGE, {"frequency": "waiting", "minutes": "15", "contents": "numbers"}, follow=True
    )
    assert "Saved: When the oldest has waited too long." in response.text
    own = DigestChoice.objects.get(user=moderator)
    assert (own.frequency, own.minutes) == (Frequency.WAITING, 15)
    assert DigestChoice.objects.get(user__username="other").frequency == Frequency.DAILY


@pytest.mark.parametrize(
    ("field", "value"),
    [("minutes", "0"), ("minutes", "soon"), ("minutes", "9" * 30), ("frequency", "yearly")],
)
def test_a_bad_choice_is_given_back_and_not_stored(client, moderator, field, value):
    client.force_login(moderator)
    fields = {"frequency": "waiting", "minutes": "15", "contents": "numbers"} | {field: value}
    response = client.post(PAGE, fields)
    assert response.status_code == 422
    assert "Nothing was saved" in response.text
    assert not DigestChoice.objects.exists()


def test_without_an_address_the_page_says_so(client):
    client.force_login(make_moderator())
    assert "Your sign-in has no e-mail address" in client.get(PAGE).text


def test_who_may_not_moderate_has_no_such_page(client):
    client.force_login(make_editor())
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"frequency": "hourly"}).status_code == 403
    client.logout()
    assert client.get(PAGE).status_code == 302
    assert not DigestChoice.objects.exists()


def test_superusers_see_stuck_mail_and_duties_but_neither_addresses_nor_bodies(client):
    letters.put("reader@example.org", "A subject", "A body")
    Letter.objects.update(attempts=letters.MOST_ATTEMPTS)
    DutyRun.objects.create(duty="retention", said="Destroyed much.")
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    page = client.get("/admin/comments/letter/").text
    assert "1 is stuck" in page
    assert "A subject" in page
    assert "reader@" not in page
    assert Letter.objects.get().to not in page
    assert client.get(f"/admin/comments/letter/{Letter.objects.get().pk}/change/").status_code in (
        302,
        403,
    )
    assert "Destroyed much." in client.get("/admin/comments/dutyrun/").text
    client.post(
        "/admin/comments/letter/",
        {"action": "try_again", "_selected_action": Letter.objects.get().pk},
    )
    assert letters.waiting().count() == 1
    client.post(
        "/admin/comments/letter/",
        {"action": "throw_away", "_selected_action": Letter.objects.get().pk},
    )
    assert letters.waiting().count() == 1, "what still has a try is not thrown away"


@pytest.mark.parametrize("page", ["letter", "dutyrun"])
def test_moderators_see_neither_the_box_nor_the_duties(client, moderator, page):
    client.force_login(moderator)
    assert client.get(f"/admin/comments/{page}/").status_code == 403
