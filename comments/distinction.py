"""Distinguishing a comment: picked by the newsroom, or written by it."""

from django.db import transaction

from comments.models import Comment, Decision


@transaction.atomic
def distinguish(comment, distinction, by):
    """Give a comment this distinction, or take it with NONE; true if that changed anything.

    It is recorded, the distinction's key as the remark. A comment that its author withdrew stays as
    it is. Raises ValueError for what is no `Comment.Distinction`.
    """
    distinction = Comment.Distinction(distinction)
    found = Comment.objects.select_for_update().get(pk=comment.pk)
    if found.distinction == distinction or found.status == Comment.Status.WITHDRAWN:
        return False
    found.distinction = distinction
    found.save(update_fields=["distinction"])
    Decision.objects.create(
        comment=found,
        what=Decision.What.DISTINCTION,
        by=by,
        before=found.status,
        after=found.status,
        reason=distinction,
    )
    return True
