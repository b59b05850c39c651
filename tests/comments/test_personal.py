"""What looks like somebody's private details, and what must not."""

import time

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from comments import personal
from comments.personal import Finding, findings

PHONES = [
    ("Call +93 70 123 4567 today", "+93 70 123 4567"),
    ("+93701234567", "+93701234567"),
    ("+93 (0) 70 123 4567", "+93 (0) 70 123 4567"),
    ("(+92) 300 1234567", "(+92) 300 1234567"),
    ("My number: 0092-300-1234567.", "0092-300-1234567"),
    ("0093 799 12 34 56", "0093 799 12 34 56"),
    ("+44 20 7946 0958", "+44 20 7946 0958"),
    ("+43 1 5870 123", "+43 1 5870 123"),
    ("0700123456", "0700123456"),
    ("0700-123-456", "0700-123-456"),
    ("Tel.0700 123 456, ask for Ali", "0700 123 456"),
    ("079 912 3456", "079 912 3456"),
    ("020 210 1234", "020 210 1234"),
    ("(020) 210 1234", "(020) 210 1234"),
    ("0300-1234567", "0300-1234567"),
    ("0301 1234567", "0301 1234567"),
    ("042-35761234", "042-35761234"),
    ("(051) 1234567", "(051) 1234567"),
    ("700123456", "700123456"),
    ("93700123456", "93700123456"),
    ("3001234567", "3001234567"),
    ("300-1234567", "300-1234567"),
    ("(212) 555-0123", "(212) 555-0123"),
    ("212-555-0123", "212-555-0123"),
    ("زما شمېره ۰۷۰۰۱۲۳۴۵۶ ده", "۰۷۰۰۱۲۳۴۵۶"),
    ("شماره من۰۷۰۰ ۱۲۳ ۴۵۶است", "۰۷۰۰ ۱۲۳ ۴۵۶"),
    ("رقمي ٠٧٩٩١٢٣٤٥٦", "٠٧٩٩١٢٣٤٥٦"),
    ("میرا نمبر ۰۳۰۰-۱۲۳۴۵۶۷ ہے", "۰۳۰۰-۱۲۳۴۵۶۷"),
    ("+۹۳ ۷۰ ۱۲۳ ۴۵۶۷", "+۹۳ ۷۰ ۱۲۳ ۴۵۶۷"),
    ("0700–123–456", "0700–123–456"),
    ("0700\u00a0123\u00a0456", "0700\u00a0123\u00a0456"),
    ("On 20.08.2014 I called 0700123456", "0700123456"),
]
EMAILS = [
    ("Write to ali@example.com please", "ali@example.com"),
    ("(ali.khan+news@mail.example.co.uk)", "ali.khan+news@mail.example.co.uk"),
    ("mailto:ali_7@example.af.", "ali_7@example.af"),
    ("ali (at) example (dot) com", "ali (at) example (dot) com"),
    ("ali[at]example.com", "ali[at]example.com"),
    ("ali (at) example dot com", "ali (at) example dot com"),
    ("ایمیل من ali@example.com، بنویسید", "ali@example.com"),
]
IDENTITIES = [
    ("CNIC 35202-1234567-1", "35202-1234567-1"),
    ("CNIC No.35202-1234567-1.", "35202-1234567-1"),
    ("35202 1234567 1", "35202 1234567 1"),
    ("3520212345671", "3520212345671"),
    ("۳۵۲۰۲-۱۲۳۴۵۶۷-۱", "۳۵۲۰۲-۱۲۳۴۵۶۷-۱"),
    ("Tazkira 1400-0901-12345", "1400-0901-12345"),
    ("تذکره ۱۴۰۰-۰۹۰۱-۱۲۳۴۵", "۱۴۰۰-۰۹۰۱-۱۲۳۴۵"),
]
PLACES = [
    ("He lives at https://maps.google.com/?q=34.5,69.2", "https://maps.google.com/?q=34.5,69.2"),
    ("https://www.google.com/maps/place/Kabul", "https://www.google.com/maps/place/Kabul"),
    ("(https://maps.app.goo.gl/AbCdEf123)", "https://maps.app.goo.gl/AbCdEf123"),
    ("goo.gl/maps/AbCd", "goo.gl/maps/AbCd"),
    (
        "https://www.openstreetmap.org/#map=17/34.5/69.2",
        "https://www.openstreetmap.org/#map=17/34.5/69.2",
    ),
    ("https://osm.org/go/ZNlj", "https://osm.org/go/ZNlj"),
    ("https://maps.apple.com/?ll=34.5,69.2", "https://maps.apple.com/?ll=34.5,69.2"),
    ("https://www.bing.com/maps?cp=34.5~69.2", "https://www.bing.com/maps?cp=34.5~69.2"),
    ("geo:34.5553,69.2075", "geo:34.5553,69.2075"),
    ("34.5553, 69.2075", "34.5553, 69.2075"),
    ("the house is at 34.55531N 69.20749E", "34.55531N 69.20749E"),
    ("۳۴٫۵۵۵۳، ۶۹٫۲۰۷۵", "۳۴٫۵۵۵۳، ۶۹٫۲۰۷۵"),
    ("34°31'N 69°10'E", "34°31'N 69°10'E"),
    ("8J5MG6V4+2X", "8J5MG6V4+2X"),
    ("GV9C+HQ Kabul", "GV9C+HQ"),
]
NOTHING = [
    "",
    "It was built in 2014.",
    "From 1996-2001 and 2001-2014",
    "in 1979, 1989, 1992, 1996, 2001 and 2014",
    "In 1393 (2014)",
    "20.08.2014",
    "01.02.2014 12:30",
    "2014-08-20",
    "2014-08-20T12:30:45",
    "08/09/2014 - 09/09/2014",
    "۱۳۹۳/۰۵/۲۹",
    "at 09:00-13:00, 14:00-18:00",
    "1,200,000 rupees",
    "Rs. 1,200,000",
    "$45,000",
    "$45,000,000.00",
    "$712345678 was spent",
    "USD 712345678",
    "700123456 afghanis",
    "712345678 people",
    "1 200 000 000",
    "700 000 000",
    "700000000",
    "1.200.000.000",
    "۱٬۲۰۰٬۰۰۰",
    "+20 000 000",
    "0.123456789",
    "3.1415926535",
    "The score was 3-2, then 0-0",
    "0-1 2-0 3-1 2-2 0-3 1-1",
    "44.5% of 12,345 voters",
    "pp. 123-145 and 1234-1256",
    "ISBN 978-0-19-280670-3",
    "ISBN 9780192806703",
    "0-19-280670-3",
    "Resolution 1325 (2000), 2178 (2014)",
    "between 34.55 and 69.20",
    "12.345, 67.890",
    "95.1234, 200.5678",
    "It was 45° in the shade",
    "2345+6789",
    "C++ and 4+4",
    "NATO+EU",
    "@gandhara on Twitter",
    "me@home",
    "We met (at) the bazaar. Com",
    "look at example dot com",
    "https://example.com/news/25480123456.html",
    "see:https://example.com/a/0700123456/",
    "www.example.com/0700123456",
    "example.com/2014/08/0700123456",
    "https://www.google.com/search?q=maps",
    "https://www.openstreetmap.org/copyright",
    "192.168.100.200",
    "No. 4711, row 12, seat 7",
    "12345678",
    "000000000000",
    "7000000000000",
    "Unit 123, 4567 soldiers",
    "خبر مهم در سال ۲۰۱۴ و ۱۳۹۳",
    "20 08 2014 1200",
]


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (kind, *pair)
        for kind, pairs in (
            ("phone", PHONES), ("email", EMAILS), ("identity", IDENTITIES), ("map", PLACES),
        )
        for pair in pairs
    ],
)  # fmt: skip
def test_private_details_are_found_as_typed(kind, text, found):
    assert findings(text) == [Finding(kind, found)]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_nobodys_number_is_left_alone(text):
    assert findings(text) == []


def test_findings_come_in_the_order_of_the_text_and_each_once():
    text = "GV9C+HQ, 0700123456, ali@example.com, 35202-1234567-1, again 0700123456"
    assert findings(text) == [
        Finding("map", "GV9C+HQ"),
        Finding("phone", "0700123456"),
        Finding("email", "ali@example.com"),
        Finding("identity", "35202-1234567-1"),
    ]


def test_two_numbers_side_by_side_are_two():
    for between in (" ", ", ", "/", "\n"):
        assert [each.found for each in findings(f"0700123456{between}0799123456")] == [
            "0700123456", "0799123456",
        ]  # fmt: skip


def test_a_number_does_not_run_over_the_end_of_a_line():
    assert findings("0700\n123\n456") == []


def test_a_text_full_of_numbers_tells_of_the_first_only():
    text = " ".join(f"0700{number:06}" for number in range(123_456, 123_656))
    found = findings(text)
    assert len(found) == personal.MOST_TOLD
    assert found[0] == Finding("phone", "0700123456")


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789٠۰+-(). /@:aNE°'\"C,،\n", max_size=80) | st.text(max_size=80))
def test_whatever_is_typed_what_is_found_stands_in_it(text):
    for finding in findings(text):
        assert finding.found
        assert finding.found in text


HOSTILE = ("0", "1", "0 ", "+", "+1", "00 ", "0(", "7-", "a@", "a.", "@a.", "a (at) ", "1.1", "1°",
           "34.55553,", "2.2222 ", "12/", "http://", "geo:1", "G6V4+", "[", "a-", "1 1", "0.-()")  # fmt: skip


def _least_time(text):
    times = []
    for _each in range(3):
        start = time.process_time()
        findings(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("piece", HOSTILE)
def test_ten_times_the_text_takes_about_ten_times_as_long(piece):
    short, long = ((piece * length)[:length] for length in (4_000, 40_000))
    # A pattern that goes back over all that it read would take a hundred times as long.
    assert _least_time(long) < 40 * max(_least_time(short), 0.0005)
