"""Dates, times and numbers as the readers of each language write them.

Dates are Gregorian, or Solar Hijri with the names that Afghanistan gives its months, as the
settings SOLAR_CALENDAR and LOCAL_DIGITS say for each language. Moments are told in the zone in
force. What machines read (`<time datetime>`, feeds) is none of this.
"""

from datetime import date, datetime

from django.utils import timezone
from persiantools.jdatetime import JalaliDate

from posts import languages, versions

# U+06F0 to U+06F9, which Pashto, Dari and Urdu share; their shapes differ by the `lang` around.
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ps": "جنوري فبروري مارچ اپریل مۍ جون جولای اګست سپټمبر اکټوبر نومبر ډسمبر",
    "fa-AF": "جنوری فبروری مارچ اپریل می جون جولای آگست سپتمبر اکتوبر نومبر دسمبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
}
_SOLAR_MONTHS = {
    "en": "Hamal Sawr Jawza Saratan Asad Sunbula Mizan Aqrab Qaws Jadi Dalw Hut",
    "ps": "وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب",
    "fa-AF": "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
    "ur": "حمل ثور جوزا سرطان اسد سنبلہ میزان عقرب قوس جدی دلو حوت",
}
# From Monday on, as date.weekday() counts.
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "ps": "دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه",
    "fa-AF": "دوشنبه سه‌شنبه چهارشنبه پنج‌شنبه جمعه شنبه یک‌شنبه",
    "ur": "پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار",
}
_COMMA = {"en": ", "}
# Solar years are some 621 lower, so an address with either is unmistakable for two centuries.
_SOLAR_BEFORE = 1700


def digits(words):
    """The words with the digits of the language that is spoken."""
    words = str(words)
    return words.translate(_DIGITS) if languages.spoken().has_local_digits else words


def day(moment):
    """“August 20, 2014”, or as the language that is spoken says it; of a date or a moment."""
    return _written(_date_of(moment))


def weekday_and_day(moment, with_year=True):
    """“Wednesday, August 20, 2014”, or without the year for a day that is near."""
    tongue, here = languages.spoken(), _date_of(moment)
    said = _said(_parts(here, tongue), tongue, with_year)
    return f"{_WEEKDAYS[tongue.code].split()[here.weekday()]}{_comma(tongue)}{said}"


def time(moment):
    """“15:30”, in the zone in force."""
    return digits(f"{timezone.localtime(moment):%H:%M}")


def day_and_time(moment):
    """“April 14, 2012 15:30”."""
    comma = " " if languages.spoken().code == "en" else _comma(languages.spoken())
    return f"{day(moment)}{comma}{time(moment)}"


def month(year, number):
    """“August 2014”, or “Asad 1393”: low years are Solar Hijri."""
    names = _SOLAR_MONTHS if year < _SOLAR_BEFORE else _MONTHS
    return digits(f"{names[languages.spoken().code].split()[number - 1]} {year}")


def today():
    """Today's weekday and date; where it is Solar Hijri, the Gregorian one follows."""
    versions.true_until_midnight()
    here, tongue = timezone.localdate(), languages.spoken()
    said = weekday_and_day(here)
    if tongue.has_solar_calendar:
        said += f" ({_gregorian(here, tongue)})"
    return said


def month_of(here):
    """(year, month) of a date in the calendar of the language that is spoken."""
    return _parts(here, languages.spoken())[:2]


def ends_of_month(year, number):
    """(first day, first day after) of a month; low years are Solar Hijri.

    Raises ValueError or OverflowError for a month that no calendar has.
    """
    following = (year + number // 12, number % 12 + 1)
    if year < _SOLAR_BEFORE:
        return JalaliDate(year, number, 1).to_gregorian(), JalaliDate(*following, 1).to_gregorian()
    return date(year, number, 1), date(*following, 1)


def _comma(tongue):
    return _COMMA.get(tongue.code, "، ")


def _date_of(moment):
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


def _parts(here, tongue):
    """Year, month and day in the calendar of the language, and the names of its months."""
    if tongue.has_solar_calendar:
        try:
            solar = JalaliDate(here)
        except ValueError:
            pass  # before the year 1 of that calendar, or beyond what it is worked out for
        else:
            return solar.year, solar.month, solar.day, _SOLAR_MONTHS
    return here.year, here.month, here.day, _MONTHS


def _written(here):
    tongue = languages.spoken()
    return _said(_parts(here, tongue), tongue)


def _gregorian(here, tongue):
    return _said((here.year, here.month, here.day, _MONTHS), tongue)


def _said(parts, tongue, with_year=True):
    year, number, of_month, names = parts
    name = names[tongue.code].split()[number - 1]
    if tongue.code == "en":
        return digits(f"{name} {of_month}, {year}" if with_year else f"{name} {of_month}")
    return digits(f"{of_month} {name} {year}" if with_year else f"{of_month} {name}")
