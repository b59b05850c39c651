"""What a comment's own page tells moderators, and the forms on it."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comments import deciding, reasons, redaction
from comments.models import Comment, Decision, NameNote

REPLIES_SHOWN = 20
OTHERS_SHOWN = 10
What = Decision.What


class NoteForm(forms.ModelForm):
    prefix = "note"

    class Meta:
        model = NameNote
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class RedactionForm(forms.Form):
    FIELDS = [
        ("text", gettext_lazy("the text")),
        ("name", gettext_lazy("the name")),
        ("place", gettext_lazy("the place")),
    ]
    passage = forms.CharField(
        label=gettext_lazy("Words to remove"),
        max_length=Comment.TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy(
                "Say which words to remove: mark them in the text or type them."
            )
        },
    )
    field = forms.ChoiceField(label=gettext_lazy("from"), choices=FIELDS)

    def redact(self, comment, by):
        """Remove the passage, if the form is right; else, or if that fails, it has errors."""
        if not self.is_valid():
            return False
        try:
            redaction.redact(comment, self.cleaned_data["passage"], by, self.cleaned_data["field"])
        except redaction.CanNotRedact as why:
            self.add_error("passage", str(why))
            return False
        return True


@dataclass(frozen=True)
class Line:
    """One decision, in words."""

    decision: Decision

    @property
    def who(self):
        if self.decision.by:
            return self.decision.by.get_username()
        if self.decision.rule:
            return _("The rule “%(rule)s”") % {"rule": self.decision.rule}
        after = self.decision.after
        if self.decision.what == What.CORRECTED or after == Comment.Status.WITHDRAWN:
            return _("Its author")
        if not self.decision.before:
            return _("The blog's settings")
        return _("Nobody who still has an account")

    @property
    def change(self):
        if self.decision.what == What.STATUS:
            if not self.decision.before:
                return _("arrived as: %(status)s") % {"status": self.decision.get_after_display()}
            return str(self.decision)
        if self.decision.what == What.DISTINCTION:
            return f"{self.decision.get_what_display()}: {self.remark or _('None')}"
        return self.decision.get_what_display()

    @property
    def remark(self):
        """The remark; what phases and distinctions leave there, in its words."""
        words = {**dict(Comment.Phase.choices), **dict(Comment.Distinction.choices)}
        return words.get(self.decision.reason, self.decision.reason)

    @property
    def has_own_remark(self):
        return bool(self.decision.reason) and self.decision.what != What.DISTINCTION

    @property
    def taken_back_by(self):
        return getattr(self.decision, "undone_by", None)


def context_of(comment):
    """Everything that the page tells about a comment. `comment` comes from `found`."""
    replies = list(comment.replies.oldest_first()[: REPLIES_SHOWN + 1])
    others = Comment.objects.exclude(pk=comment.pk).select_related("forum__post").order_by("-pk")
    decisions = comment.decisions.select_related("by", "rule", "undoes__by", "undone_by__by")
    of_name, of_mark, notes = [], [], []
    if comment.name_key:
        of_name = others.filter(name_key=comment.name_key)[:OTHERS_SHOWN]
        notes = NameNote.objects.filter(name_key=comment.name_key).select_related("by")
    if comment.mark:
        of_mark = others.filter(mark=comment.mark)[:OTHERS_SHOWN]
    return {
        "comment": comment,
        "post": comment.forum.post,
        "above": above(comment),
        "replies": replies[:REPLIES_SHOWN],
        "more_replies": len(replies) > REPLIES_SHOWN,
        "reasons": [reasons.sentence(each) for each in comment.reasons.select_related("rule")],
        "reports": list(comment.flagged.all()),
        "lines": [Line(each) for each in decisions],
        "others": [
            (pgettext_lazy("what else", "This name"), list(of_name)),
            (pgettext_lazy("what else", "This mark"), list(of_mark)),
        ],
        "notes": list(notes),
        "saw": deciding.seen_of(comment),
        "codes": Decision.Code.choices,
        "distinctions": Comment.Distinction.choices,
    }


def found(pk):
    """The comment with all that the page shows of its surroundings; None if there is none."""
    return (
        Comment.objects.select_related(
            "forum__post__section", "parent__parent__parent", "held_by_rule"
        )
        .filter(pk=pk)
        .first()
    )


def above(comment):
    """What a comment answers, outermost first, three steps at most."""
    chain, at = [], comment
    while len(chain) < 3 and at.parent_id:
        at = at.parent
        chain.append(at)
    return chain[::-1]
