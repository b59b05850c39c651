"""How the desk says lengths of time, moments and colleagues."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def in_words(delta):
    """A length of time as the clock says it: the two largest parts, "3 h 20 min"."""
    minutes = max(0, int(delta.total_seconds() // 60))
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if minutes:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("under a minute")


def clock_time(moment):
    """A moment as colleagues say it to each other: the time, with the day if it isn't today."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return f"{local:%H:%M}"
    return date_format(local, "F j, H:i")


def called(user):
    """What colleagues call a moderator."""
    return user.get_short_name() or user.get_username()
