"""How long things are kept, and the daily duty that destroys what has had its time."""

from datetime import timedelta

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from comments import letters, search
from comments.models import Comment, DutyRun, Flag, Policy, Subscription

# So many rows a transaction: other writers get their turn in between.
CHUNK = 500
# Long enough for a mail that is read at the weekend's end; an address that nobody confirmed may
# be somebody else's.
UNCONFIRMED_KEPT = timedelta(days=2)
TASK_ROWS_KEPT_DAYS = 1
REFUSED = (Comment.Status.REJECTED, Comment.Status.SPAM)


def run(now=None):
    """Destroy everything whose time is over; gives what was done, in a sentence."""
    now = now or timezone.now()
    policy = Policy.current()
    refused_before = now - timedelta(days=policy.refused_kept_days)
    texts = erase_refused(refused_before)
    reports = forget_words_of_reports(refused_before)
    addresses = forget_addresses(
        now - UNCONFIRMED_KEPT, now - timedelta(days=policy.receipts_kept_days)
    )
    mails = _delete(letters.stuck().filter(made_at__lt=refused_before))
    prune_task_rows(now)
    # Also what was withdrawn or redacted since yesterday.
    search.forget_erased()
    return _(
        "Destroyed: %(texts)d refused texts, %(reports)d reports' words, %(addresses)d mail "
        "addresses, %(mails)d mails that could not be sent."
    ) % {"texts": texts, "reports": reports, "addresses": addresses, "mails": mails}


def _in_chunks(rows, change):
    """Call `change(keys)` for all rows, each chunk in a transaction of its own."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    number = 0
    for start in range(0, len(keys), CHUNK):
        with transaction.atomic():
            number += change(keys[start : start + CHUNK])
    return number


def _delete(rows):
    return _in_chunks(rows, lambda keys: rows.model.objects.filter(pk__in=keys).delete()[0])


def erase_refused(before):
    """Destroy the words of comments that were refused before that moment; gives how many."""
    number = 0
    # A comment that came in from elsewhere as spam was never decided on here.
    for old in ({"decided_at__lt": before}, {"decided_at": None, "submitted_at__lt": before}):
        refused = Comment.objects.filter(status__in=REFUSED, **old)
        number += _in_chunks(
            refused.exclude(text=""),
            # Asked again under the lock: an undo may have come in between.
            lambda keys, refused=refused: refused.filter(pk__in=keys).erase(),
        )
    return number


def forget_words_of_reports(before):
    """Destroy what readers wrote into reports that were answered before that moment."""
    return _in_chunks(
        Flag.objects.filter(closed_at__lt=before).exclude(words=""),
        lambda keys: Flag.objects.filter(pk__in=keys).update(words=""),
    )


def forget_addresses(unconfirmed_before, all_before):
    """Delete wishes for mail that nobody confirmed, and those whose receipt has run out."""
    return _delete(
        Subscription.objects.filter(confirmed_at=None, asked_at__lt=unconfirmed_before)
    ) + _delete(Subscription.objects.filter(asked_at__lt=all_before))


def prune_task_rows(now=None):
    """Delete tasks that ended more than a day ago, and those that a killed worker left behind."""
    call_command("prune_db_task_results", min_age_days=TASK_ROWS_KEPT_DAYS, verbosity=0)
    before = (now or timezone.now()) - timedelta(days=TASK_ROWS_KEPT_DAYS)
    DBTaskResult.objects.running().filter(started_at__lt=before).delete()
    return ""


def last_ran_words():
    """When retention last ran and what it did, for people in the admin."""
    run = DutyRun.objects.filter(duty="retention").first()
    if run is None:
        return _("Has not run yet. It runs daily while “manage.py work” runs.")
    words = _("Last ran on %(when)s. %(said)s") % {
        "when": date_format(timezone.localtime(run.ran_at), "F j, Y, H:i"),
        "said": run.said,
    }
    if timezone.now() - run.ran_at > timedelta(days=2):
        words += " " + _("It is overdue: is “manage.py work” running?")
    return words


def promises(policy):
    """What is kept for how long, as (what, how long), for the page that readers see."""

    def days(number):
        return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}

    refused, receipts = days(policy.refused_kept_days), days(policy.receipts_kept_days)
    return [
        (_("Published comments"), _("Until their authors or a moderator remove them")),
        (
            _("Words of refused comments and spam"),
            _("%(days)s after the decision") % {"days": refused},
        ),
        (
            _("Words of comments that their authors withdrew"),
            _("Destroyed at once"),
        ),
        (_("Words of reports"), _("%(days)s after they were answered") % {"days": refused}),
        (
            _("Decisions, without anybody's words"),
            _("As long as the comment's place in its thread"),
        ),
        (_("Receipts"), receipts),
        (
            _("A mail address that waits for replies, encrypted"),
            _("Until it is stopped; at most %(days)s") % {"days": receipts},
        ),
        (
            _("A mail address that nobody confirmed, encrypted"),
            days(UNCONFIRMED_KEPT.days),
        ),
        (
            _("Addresses of connections, browsers, and what could be worked out from them"),
            _("Never stored"),
        ),
    ]
