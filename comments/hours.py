"""Duty hours: when moderators are there, and when a forum that rests goes on.

A week is seven texts, Monday first, such as "09:00-13:00, 14:00-18:00". Seven empty texts mean
that somebody is always on duty; an empty one among others means that nobody is on that day. Hours
that end at or before they begin go on past midnight; 24:00 is midnight at the end of the day.
Digits and commas of any script are taken.

Hours are those of the site's clocks on the wall. An hour that clocks skip in spring begins when
they have gone on; of one that they show twice in autumn, the first is meant.
"""

import re
from datetime import UTC, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from posts import folding

_PERIOD = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—]\s*(\d{1,2}):(\d{2})")
_COMMAS = re.compile("[,،]")


def periods(text):
    """(beginning, end) of each period as minutes since midnight.

    Raises ValueError with the part that can't be read.
    """
    found = []
    for part in filter(None, (part.strip() for part in _COMMAS.split(text))):
        match = _PERIOD.fullmatch(folding.fold(part))
        if match is None:
            raise ValueError(part)
        begins, ends = (int(match[n]) * 60 + int(match[n + 1]) for n in (1, 3))
        if begins >= 24 * 60 or ends > 24 * 60 or int(match[2]) > 59 or int(match[4]) > 59:
            raise ValueError(part)
        found.append((begins, ends if ends > begins else ends + 24 * 60))
    return found


def validate(text):
    """Raises ValidationError, with the part that can't be read, unless `text` is a day's hours."""
    try:
        periods(text)
    except ValueError as wrong:
        raise ValidationError(
            _("“%(part)s” is not a time of duty. Write hours like 09:00-13:00, 14:00-18:00."),
            params={"part": str(wrong)},
        ) from wrong


def resumes_at(week, now=None):
    """None while moderators are on duty, else the moment at which they are back."""
    if not any(week):
        return None
    now = timezone.localtime(now)
    starts = []
    for start, end in _around(week, now):
        if start <= now < end:
            return None
        # The night on which clocks go on can leave nothing of a period.
        if now < start < end:
            starts.append(start)
    return min(starts, default=None)


def next_turn(week, now=None):
    """The next moment at which somebody may come on duty or leave; None if hours say nothing."""
    if not any(week):
        return None
    now = timezone.localtime(now)
    moments = (at for period in _around(week, now) for at in period)
    return min((at for at in moments if at > now), default=None)


def _around(week, now):
    """The beginning and end of each period of duty from yesterday on, for a week and a day."""
    # Yesterday's hours may go on past midnight; a week on, every weekday was met.
    for ahead in range(-1, 8):
        day = now.date() + timedelta(days=ahead)
        for begins, ends in periods(week[day.weekday()]):
            yield _moment(day, begins, now.tzinfo), _moment(day, ends, now.tzinfo)


def _moment(day, minutes, zone):
    wall = datetime.combine(day + timedelta(days=minutes // 1440), time())
    # In UTC: Python compares two times of one zone by the wall, on which hours repeat.
    return (wall + timedelta(minutes=minutes % 1440)).replace(tzinfo=zone).astimezone(UTC)
