"""What recurs: which duties there are, how often, and that two workers never do one twice."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comments import digests, figures, letters, retention, score
from comments.models import DutyRun
from posts import links, versions

log = logging.getLogger(__name__)

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Duty:
    """`do` does it, and gives what it did in a sentence, or nothing."""

    name: str
    label: str
    every: timedelta
    do: Callable


def _deliver():
    sent, delayed = letters.deliver()
    if not sent and not delayed:
        return ""
    said = ngettext("%(number)d mail sent.", "%(number)d mails sent.", sent) % {"number": sent}
    if delayed:
        said += " " + ngettext(
            "%(number)d mail delayed: the mail server did not take it.",
            "%(number)d mails delayed: the mail server did not take them.",
            delayed,
        ) % {"number": delayed}
    return said


def _look_at_links():
    number = links.check_some()
    words = ngettext("Links of %(number)d post.", "Links of %(number)d posts.", number)
    return words % {"number": number} if number else ""


def _forget_changes():
    versions.tidy()


DUTIES = (
    Duty("letters", gettext_lazy("Send mails"), timedelta(minutes=1), _deliver),
    Duty("digests", gettext_lazy("Tell moderators"), timedelta(minutes=1), digests.send_due),
    Duty("score", gettext_lazy("Learn the score"), timedelta(hours=1), score.learn_if_due),
    Duty("figures", gettext_lazy("Count the month"), timedelta(hours=1), figures.refresh),
    Duty("tasks", gettext_lazy("Clear tasks"), timedelta(hours=1), retention.prune_task_rows),
    Duty("changes", gettext_lazy("Forget old changes"), timedelta(hours=1), _forget_changes),
    Duty("links", gettext_lazy("Look for broken links"), timedelta(minutes=5), _look_at_links),
    Duty("retention", gettext_lazy("Retention"), timedelta(days=1), retention.run),
)


def run_due(now=None):
    """Do every duty whose time has come and that no other worker has; gives their names.

    A failure is logged by its class only, is said in the duty's record, and stops no other duty.
    """
    now = now or timezone.now()
    last = dict(DutyRun.objects.values_list("duty", "ran_at"))
    due = [duty for duty in DUTIES if last.get(duty.name, NEVER) <= now - duty.every]
    return [duty.name for duty in due if _claim(duty, now) and run(duty, now)]


def _claim(duty, now):
    """One worker gets it: whoever changes the record first."""
    with transaction.atomic():
        DutyRun.objects.bulk_create([DutyRun(duty=duty.name, ran_at=NEVER)], ignore_conflicts=True)
        return DutyRun.objects.filter(duty=duty.name, ran_at__lte=now - duty.every).update(
            ran_at=now
        )


@dataclass(frozen=True)
class Run:
    said: str
    failed: bool = False


def run(duty, now=None):
    """Do a duty now, whether or not it is due, and keep what it said; gives the Run."""
    try:
        done = Run(str(duty.do() or ""))
    except Exception as problem:
        log.error("The duty %s failed: %s", duty.name, type(problem).__name__)
        done = Run(_("It failed: %(problem)s") % {"problem": type(problem).__name__}, failed=True)
    DutyRun.objects.update_or_create(
        duty=duty.name, defaults={"ran_at": now or timezone.now(), "said": done.said[:300]}
    )
    return done


def named(name):
    """The duty of that name."""
    return next(duty for duty in DUTIES if duty.name == name)
