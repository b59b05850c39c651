"""How many comments are shown, stored beside forums and threads so that no page has to count.

A forum has `shown`, its approved comments, and `threads`, those of which something is shown. The
first comment of a thread has `shown_replies`, or null where nothing of the thread is shown. Whoever
changes what is shown calls `note` in the same transaction; whoever stores many comments past
`Comment.save` calls `count_anew`, which is also what is right if the numbers were ever doubted.
"""

from collections import Counter

from django.apps import apps as installed
from django.db import models, transaction
from django.db.models import Case, Count, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from posts import versions

_APPROVED = "approved"


def note(changes):
    """Bring the counters up to date: [(key of the forum, key of the thread, number)].

    The number is 1 for a comment that is shown from now on, -1 for one that is shown no more; it is
    stored already. Others who change the same forum wait until this transaction ends, which is why
    numbers can simply be added.
    """
    from comments.models import Forum

    by_forum, by_thread = Counter(), {}
    for forum, thread, number in changes:
        by_forum[forum] += number
        by_thread[thread] = forum
    Forum.objects.lock(by_forum)
    more_threads = _note_threads(by_thread)
    for forum, number in by_forum.items():
        # A number that was wrong before must not keep anybody from taking a comment away.
        Forum.objects.filter(pk=forum).update(
            shown=Greatest(F("shown") + number, 0),
            threads=Greatest(F("threads") + more_threads[forum], 0),
        )


def _note_threads(by_thread):
    """Count the replies of these threads; gives {forum: how many more threads it shows}."""
    from comments.models import Comment

    more = Counter()
    keys = list(by_thread)
    for at in range(0, len(keys), 500):
        some = keys[at : at + 500]
        approved = Comment.objects.approved().order_by()
        shown = dict(
            approved.filter(thread__in=some).values_list("thread").annotate(number=Count("pk"))
        )
        starts = Comment.objects.filter(pk__in=some).values_list("pk", "status", "shown_replies")
        for pk, status, before in list(starts):
            here = shown.get(pk, 0)
            now = here - (status == _APPROVED) if here else None
            if now != before:
                Comment.objects.filter(pk=pk).update(shown_replies=now)
            more[by_thread[pk]] += (now is not None) - (before is not None)
    return more


def count_anew(forums=None, apps=installed):
    """Count what is shown in these forums (in all, if none are given) and store the numbers.

    `apps` is for migrations, which know the models as they once were.
    """
    comments, found = _of(forums, apps)
    with transaction.atomic():
        if forums is not None and hasattr(found, "lock"):
            found.lock(forums)
        comments.filter(parent=None).update(shown_replies=_replies(apps))
        found.update(**_of_forum(apps))
        if apps is installed:
            versions.changed(versions.SITE)


def wrong(forums=None, apps=installed):
    """The keys of those of these forums (of all, if none are given) whose numbers are not true."""
    comments, found = _of(forums, apps)
    # Nothing is equal to null, not even null.
    threads = comments.filter(parent=None).annotate(
        told=Coalesce("shown_replies", -1), true=Coalesce(_replies(apps), -1)
    )
    threads = threads.exclude(told=F("true")).values_list("forum", flat=True)
    true = {f"true_{name}": said for name, said in _of_forum(apps).items()}
    counted = found.annotate(**true).exclude(shown=F("true_shown"), threads=F("true_threads"))
    return {*threads, *counted.values_list("pk", flat=True)}


def _of(forums, apps):
    comments = apps.get_model("comments", "Comment").objects.order_by()
    found = apps.get_model("comments", "Forum").objects.all()
    if forums is None:
        return comments, found
    return comments.filter(forum__in=forums), found.filter(pk__in=forums)


def _replies(apps):
    """How many shown replies a thread's first comment has; null where nothing is shown."""
    approved = apps.get_model("comments", "Comment").objects.filter(status=_APPROVED)
    # Of no row there is no number, and null less one is null again.
    shown = _number(approved.filter(thread=OuterRef("pk")), "thread")
    itself = Case(When(status=_APPROVED, then=Value(1)), default=Value(0))
    return models.ExpressionWrapper(shown - itself, models.IntegerField())


def _of_forum(apps):
    comments = apps.get_model("comments", "Comment").objects.filter(forum=OuterRef("pk"))
    return {
        "shown": Coalesce(_number(comments.filter(status=_APPROVED), "forum"), 0),
        "threads": Coalesce(_number(comments.filter(shown_replies__isnull=False), "forum"), 0),
    }


def _number(rows, group):
    counted = rows.order_by().values(group).annotate(number=Count("pk")).values("number")
    return Subquery(counted, output_field=models.IntegerField())
