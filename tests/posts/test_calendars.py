"""Dates and digits as the readers of each language write them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from posts import calendars
from tests.factories import make_post

MOMENT = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "day", "weekday", "day_and_time"),
    [
        ("en", "November 25, 2026", "Wednesday, November 25, 2026", "November 25, 2026 09:05"),
        ("ps", "۴ لیندۍ ۱۴۰۵", "چهارشنبه، ۴ لیندۍ ۱۴۰۵", "۴ لیندۍ ۱۴۰۵، ۰۹:۰۵"),
        ("fa", "۴ قوس ۱۴۰۵", "چهارشنبه، ۴ قوس ۱۴۰۵", "۴ قوس ۱۴۰۵، ۰۹:۰۵"),
        ("ur", "۲۵ نومبر ۲۰۲۶", "بدھ، ۲۵ نومبر ۲۰۲۶", "۲۵ نومبر ۲۰۲۶، ۰۹:۰۵"),
    ],
)
def test_a_moment_is_told_in_the_calendar_and_digits_of_the_language(
    code, day, weekday, day_and_time
):
    with translation.override(code):
        assert calendars.day(MOMENT) == day
        assert calendars.weekday_and_day(MOMENT) == weekday
        assert calendars.day_and_time(MOMENT) == day_and_time


@pytest.mark.parametrize(
    ("gregorian", "solar"),
    # New years and leap years after the table in the Afghan and Iranian almanacs.
    [
        (date(2025, 3, 20), "۳۰ حوت ۱۴۰۳"),
        (date(2025, 3, 21), "۱ حمل ۱۴۰۴"),
        (date(2026, 3, 21), "۱ حمل ۱۴۰۵"),
        (date(2021, 8, 15), "۲۴ اسد ۱۴۰۰"),
        (date(1978, 4, 27), "۷ ثور ۱۳۵۷"),
    ],
)
def test_known_days_have_their_solar_date(gregorian, solar):
    with translation.override("fa"):
        assert calendars.day(gregorian) == solar


def test_a_day_is_that_of_the_zone_in_force():
    late = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
    with translation.override("ps"), timezone.override("Asia/Kabul"):
        assert calendars.day(late) == "۵ لیندۍ ۱۴۰۵"
        assert calendars.time(late) == "۰۰:۳۰"


def test_settings_choose_calendar_and_digits(settings):
    settings.SOLAR_CALENDAR, settings.LOCAL_DIGITS = [], ["ps"]
    with translation.override("ps"):
        assert calendars.day(MOMENT) == "۲۵ نومبر ۲۰۲۶"
    with translation.override("fa"):
        assert calendars.day(MOMENT) == "25 نوامبر 2026".replace("نوامبر", "نومبر")
        assert calendars.digits(7) == "7"


@pytest.mark.parametrize("code", ["en", "ps", "fa", "ur"])
@given(day=st.dates())
def test_any_day_can_be_told(code, day):
    with translation.override(code):
        assert calendars.day(day)
        assert calendars.weekday_and_day(day)


@given(year=st.integers(1, 1699), month=st.integers(1, 12))
def test_a_solar_month_holds_just_the_days_of_its_name(year, month):
    first, after = calendars.ends_of_month(year, month)
    with translation.override("fa"):
        assert calendars.month_of(first) == (year, month)
        assert calendars.month_of(date.fromordinal(after.toordinal() - 1)) == (year, month)
        assert calendars.month_of(after) != (year, month)


@pytest.mark.django_db
def test_the_archive_of_a_solar_edition_is_by_solar_months(client):
    make_post("واوره", language="ps", published_at=datetime(2014, 8, 20, 12, 0, tzinfo=UTC))
    make_post("ژمی", language="ps", published_at=datetime(2014, 8, 24, 12, 0, tzinfo=UTC))
    archive = client.get("/ps/archive/").text
    assert '<a href="/ps/archive/1393/5/">زمری ۱۳۹۳</a>' in archive
    assert '<a href="/ps/archive/1393/6/">وږی ۱۳۹۳</a>' in archive
    month = client.get("/ps/archive/1393/5/").text
    assert "زمری ۱۳۹۳" in month
    assert "واوره" in month
    assert "ژمی" not in month
    both = client.get("/ps/archive/2014/8/").text
    assert "واوره" in both
    assert "ژمی" in both
    assert "اګست ۲۰۱۴" in both


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["1393/13/", "1393/0/", "1/1/", "9999/12/", "99999/1/", "0/1/"])
def test_a_month_that_no_calendar_has_is_not_found(client, path):
    assert client.get(f"/ps/archive/{path}").status_code == 404


@pytest.mark.django_db
def test_the_masthead_of_a_solar_edition_tells_both_dates(client, time_machine):
    time_machine.move_to(MOMENT, tick=False)
    assert "چهارشنبه، ۴ لیندۍ ۱۴۰۵ (۲۵ نومبر ۲۰۲۶)" in client.get("/ps/").text
    assert "Wednesday, November 25, 2026" in client.get("/").text


@pytest.mark.django_db
def test_numbers_of_a_page_have_its_digits_and_machines_get_theirs(client):
    for number in range(13):
        make_post(f"خبر {number}", language="ps")
    page = client.get("/ps/?page=2").text
    assert "۲" in page.partition("<title>")[2].partition("</title>")[0]
    assert '<time datetime="20' in page
    assert 'href="?page=1"' in page
