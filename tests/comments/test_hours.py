"""Duty hours: what may be typed, when a forum goes on, and what readers meet until then."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from comments import hours
from comments.models import Comment, Policy
from tests.factories import make_forum, make_post

NEVER = ("",) * 7
OFFICE = ("09:00-13:00, 14:00-18:00",) * 5 + ("", "")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PRAGUE, KABUL = ZoneInfo("Europe/Prague"), ZoneInfo("Asia/Kabul")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", []),
        ("09:00-13:00", [(540, 780)]),
        ("9:00 – 13:00", [(540, 780)]),
        ("09:00-13:00, 14:00-18:00", [(540, 780), (840, 1080)]),
        ("09:00-13:00,", [(540, 780)]),
        ("00:00-24:00", [(0, 1440)]),
        ("22:00-02:00", [(1320, 1560)]),
        ("22:00-00:00", [(1320, 1440)]),
        ("08:00-08:00", [(480, 1920)]),
        ("۰۹:۰۰-۱۳:۰۰، ۱۴:۰۰-۱۸:۰۰", [(540, 780), (840, 1080)]),
        ("٠٩:٠٠-١٣:٠٠", [(540, 780)]),
        ("\u200f۰۹:۰۰-۱۳:۰۰\u200e", [(540, 780)]),
    ],
)
def test_hours_are_read_as_people_type_them(text, minutes):
    assert hours.periods(text) == minutes
    hours.validate(text)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("nine to five", "nine to five"),
        ("9-17", "9-17"),
        ("09:00", "09:00"),
        ("09:00-25:00", "09:00-25:00"),
        ("24:00-02:00", "24:00-02:00"),
        ("09:00-24:01", "09:00-24:01"),
        ("09:60-10:00", "09:60-10:00"),
        ("09:00-10:75", "09:00-10:75"),
        ("09:00-13:00, ۹ تا ۵", "۹ تا ۵"),
        ("09:00-13:00 14:00-18:00", "09:00-13:00 14:00-18:00"),
        ("99:99-99:99", "99:99-99:99"),
    ],
)
def test_what_is_no_time_of_duty_is_quoted_with_an_example(text, quoted):
    with pytest.raises(ValidationError) as refused:
        hours.validate(text)
    assert refused.value.messages == [
        f"“{quoted}” is not a time of duty. Write hours like 09:00-13:00, 14:00-18:00."
    ]


def only(day, text):
    """A week with hours on one day; 0 is Monday."""
    return tuple(text if each == day else "" for each in range(7))


def at(day, hour, minute=0, second=0, zone=UTC):
    """A moment of August 2014; the 18th is a Monday."""
    return datetime(2014, 8, day, hour, minute, second, tzinfo=zone)


@pytest.mark.parametrize(
    ("week", "now", "resumes"),
    [
        # Somebody is always there
        (NEVER, at(18, 3), None),
        (("00:00-24:00",) * 7, at(18, 23, 59, 59), None),
        # The second before, the second itself, the last second, the end
        (OFFICE, at(18, 8, 59, 59), at(18, 9)),
        (OFFICE, at(18, 9), None),
        (OFFICE, at(18, 12, 59, 59), None),
        (OFFICE, at(18, 13), at(18, 14)),
        (OFFICE, at(18, 14), None),
        (OFFICE, at(18, 18), at(19, 9)),
        # Over a weekend
        (OFFICE, at(22, 18), at(25, 9)),
        (OFFICE, at(24, 23, 59, 59), at(25, 9)),
        # One day only: before it, on it, after it until the next week
        (only(2, "10:00-11:00"), at(18, 0), at(20, 10)),
        (only(2, "10:00-11:00"), at(20, 10, 30), None),
        (only(2, "10:00-11:00"), at(20, 11), at(27, 10)),
        (only(0, "10:00-11:00"), at(24, 12), at(25, 10)),
        # Past midnight, and past the end of the week
        (only(0, "22:00-02:00"), at(18, 21, 59, 59), at(18, 22)),
        (only(0, "22:00-02:00"), at(19, 1, 59, 59), None),
        (only(0, "22:00-02:00"), at(19, 2), at(25, 22)),
        (only(6, "22:00-02:00"), at(18, 1), None),
        (only(6, "22:00-02:00"), at(18, 2), at(24, 22)),
        # 24:00 goes over into the next day's 00:00 without a gap
        (only(0, "20:00-24:00"), at(18, 23, 59, 59), None),
        (only(0, "20:00-24:00"), at(19, 0), at(25, 20)),
        (("20:00-24:00", "00:00-04:00", "", "", "", "", ""), at(19, 0), None),
        # In whatever order they were typed
        (only(0, "14:00-18:00, 09:00-13:00"), at(18, 8), at(18, 9)),
    ],
)
def test_a_forum_goes_on_when_the_next_hours_begin(week, now, resumes):
    assert hours.resumes_at(week, now) == resumes


SUNDAY_NIGHT = only(6, "01:00-02:30")


@pytest.mark.parametrize(
    ("zone", "week", "now", "resumes"),
    [
        # Kabul is four and a half hours ahead
        (KABUL, OFFICE, datetime(2014, 8, 18, 4, 29, 59, tzinfo=UTC), at(18, 9, zone=KABUL)),
        (KABUL, OFFICE, datetime(2014, 8, 18, 4, 30, tzinfo=UTC), None),
        (KABUL, OFFICE, datetime(2014, 8, 17, 20, tzinfo=UTC), at(18, 9, zone=KABUL)),
        # Spring: at 02:00 clocks go to 03:00 on 30 March 2014
        (
            PRAGUE, only(6, "02:30-06:00"), datetime(2014, 3, 30, 0, 59, 59, tzinfo=UTC),
            datetime(2014, 3, 30, 1, 30, tzinfo=UTC),  # 03:30, for there is no 02:30
        ),
        (
            PRAGUE, only(6, "09:00-10:00"), datetime(2014, 3, 29, 12, tzinfo=UTC),
            datetime(2014, 3, 30, 7, tzinfo=UTC),
        ),
        (PRAGUE, only(6, "01:00-04:00"), datetime(2014, 3, 30, 1, 59, 59, tzinfo=UTC), None),
        # Nothing is left of 02:30-03:00 in that night: the next is a week on
        (
            PRAGUE, only(6, "02:30-03:00"), datetime(2014, 3, 30, 0, tzinfo=UTC),
            datetime(2014, 4, 6, 0, 30, tzinfo=UTC),
        ),
        # Autumn: at 03:00 clocks go to 02:00 on 26 October 2014; the first 02:30 ends the duty
        (PRAGUE, SUNDAY_NIGHT, datetime(2014, 10, 26, 0, 29, 59, tzinfo=UTC), None),
        (
            PRAGUE, SUNDAY_NIGHT, datetime(2014, 10, 26, 0, 30, tzinfo=UTC),
            datetime(2014, 11, 2, 0, tzinfo=UTC),
        ),
        (
            PRAGUE, SUNDAY_NIGHT, datetime(2014, 10, 26, 1, 15, tzinfo=UTC),  # 02:15 once more
            datetime(2014, 11, 2, 0, tzinfo=UTC),
        ),
        (
            PRAGUE, only(6, "02:30-06:00"), datetime(2014, 10, 26, 0, 29, 59, tzinfo=UTC),
            datetime(2014, 10, 26, 0, 30, tzinfo=UTC),
        ),
        (PRAGUE, only(6, "02:30-06:00"), datetime(2014, 10, 26, 1, 15, tzinfo=UTC), None),
        (
            PRAGUE, only(6, "09:00-10:00"), datetime(2014, 10, 25, 12, tzinfo=UTC),
            datetime(2014, 10, 26, 8, tzinfo=UTC),
        ),
    ],
)  # fmt: skip
def test_hours_are_those_of_the_sites_zone_and_its_summer_time(zone, week, now, resumes):
    with timezone.override(zone):
        assert hours.resumes_at(week, now) == resumes


# What readers meet


def send_comment(send, post):
    address = reverse("comments:new", args=[post.slug])
    return send(address, name="Zahir", place="Kabul", text="Snow closed the road.", website="")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (at(18, 8, 59, 59), "The forum resumes at 09:00."),
        (at(18, 13, 0), "The forum resumes at 14:00."),
        (at(18, 18, 0), "The forum resumes on Tuesday, August 19 at 09:00."),
        (at(22, 20, 0), "The forum resumes on Monday, August 25 at 09:00."),
    ],
)
def test_outside_duty_hours_readers_see_when_it_goes_on_and_lose_no_text(
    client, send, time_machine, now, sentence
):
    time_machine.move_to(now, tick=False)
    Policy(**dict(zip(DAYS, OFFICE, strict=True))).save()
    post = make_forum(make_post("Snow")).post
    page = client.get(post.get_absolute_url()).text
    assert sentence in page
    assert 'class="comment-form"' not in page
    refused = send_comment(send, post)
    assert refused.status_code == 403
    assert sentence in refused.text
    assert "Snow closed the road." in refused.text
    assert not Comment.objects.exists()


@pytest.mark.django_db
def test_within_duty_hours_readers_see_the_form_and_no_word_of_hours(client, send, time_machine):
    time_machine.move_to(at(18, 9), tick=False)
    Policy(**dict(zip(DAYS, OFFICE, strict=True))).save()
    post = make_forum(make_post("Snow")).post
    page = client.get(post.get_absolute_url()).text
    assert "resumes" not in page
    assert "forum-notice" not in page
    assert 'class="comment-form"' in page
    assert send_comment(send, post).status_code == 302
    assert Comment.objects.get().text == "Snow closed the road."


@pytest.mark.django_db
def test_a_closed_forum_speaks_of_closing_and_not_of_hours(client, time_machine):
    time_machine.move_to(at(18, 8), tick=False)
    Policy(**dict(zip(DAYS, OFFICE, strict=True))).save()
    page = client.get(make_forum(state="closed").post.get_absolute_url()).text
    assert "This forum has been closed." in page
    assert "resumes" not in page


@pytest.mark.django_db
def test_closing_messages_are_plain_text_and_the_posts_own_wins(client):
    Policy(closing_message="<b>Thank you</b> all").save()
    plain = make_forum(state="closed")
    own = make_forum(state="closed", closing_message="بحث بسته شد")
    page = client.get(plain.post.get_absolute_url()).text
    assert '<p class="forum-notice closed" dir="auto">&lt;b&gt;Thank you&lt;/b&gt; all</p>' in page
    page = client.get(own.post.get_absolute_url()).text
    assert '<p class="forum-notice closed" dir="auto">بحث بسته شد</p>' in page
    assert "Thank you" not in page
