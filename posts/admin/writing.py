"""A post's form in the admin: what may be typed into it, and what is refused."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from posts import checklist, revisions, states, translations
from posts.admin.at_work import typed_into
from posts.models import Byline, Post


class PostForm(forms.ModelForm):
    """Offers only the statuses that this editor may give, and refuses to save over a newer save.

    A refused form carries `conflict`: the Changes from what is stored to what was typed.
    """

    # The version that this form was opened with.
    began_with = forms.IntegerField(widget=forms.HiddenInput, required=False)
    translation_of = forms.ModelChoiceField(
        Post.objects.all(),
        required=False,
        label=capfirst(_("translation of")),
        help_text=_(
            "A post that says the same in another language. One is enough: all versions of it "
            "find each other, and readers find all that are public. Empty it to take this post out."
        ),
    )
    stored = None
    conflict = None
    # What its editor had typed before, without saving it (`posts.at_work`).
    taken_up = None

    class Meta:
        widgets = {
            "headline": forms.TextInput(attrs={"dir": "auto"}),
            "slug": forms.TextInput(attrs={"dir": "auto", "size": 60}),
            "summary": forms.Textarea(attrs={"dir": "auto", "rows": 3, "cols": 80}),
        }
        help_texts = {
            "slug": _(
                "The last part of the address. Left empty, it is made from the headline. "
                "After a change the old address leads to the new one."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "status" in self.fields:
            self.fields["status"].choices = [
                choice for choice in Post.Status.choices if choice[0] in self.allowed_statuses
            ]
        for name in revisions.TIMES:
            if name in self.fields and self.instance.pk:
                self.fields[name].stored = getattr(self.instance, name)
        self.initial["began_with"] = self.instance.version
        if "translation_of" in self.fields:
            self._offer_translations()
        if self.taken_up is not None:
            typed_into(self, self.taken_up.fields)
            # If the post was saved since, that save is not to be written over unseen.
            self.initial["began_with"] = self.taken_up.version

    def _offer_translations(self):
        field = self.fields["translation_of"]
        field.widget = self.choice_of_post
        field.widget.choices = field.choices
        self.initial["translation_of"] = next(
            (each.pk for each in translations.fellows(self.instance)), None
        )

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            # Held until this save is committed, so that no other one comes between.
            self.stored = Post.objects.select_for_update().get(pk=self.instance.pk)
            if cleaned.get("began_with") != self.stored.version:
                self._refuse_as_stale(cleaned)
            if not self.may_withdraw:
                self._keep_before_readers(cleaned)
            self._keep_embargo(cleaned)
        self._check_story(cleaned)
        return cleaned

    def clean_body(self):
        """Plain text, as it is typed without script, becomes paragraphs."""
        text = self.cleaned_data["body"]
        return linebreaks(text, autoescape=True) if text and "<" not in text else text

    def _check_story(self, cleaned):
        """Refuse a second post of the chosen one's story in the same language."""
        other, language = cleaned.get("translation_of"), cleaned.get("language")
        if "translation_of" not in self.fields or "translation_of" in self.errors:
            return
        if other is not None and other.pk == self.instance.pk:
            self.add_error("translation_of", _("A post is no translation of itself."))
            return
        if other is None:
            return
        # Held like the post itself, so that no third one joins it in the same language.
        other = Post.objects.select_for_update().get(pk=other.pk)
        there = translations.same_language(other.story, language, self.instance.pk)
        there = other if other.language == language else there
        if there is not None and language:
            self.add_error(
                "translation_of",
                _("There is one in this language already: “%(headline)s”.")
                % {"headline": there.headline},
            )

    def join_story(self):
        """Put the post into the story of the chosen one, or out of any, before it is saved."""
        if "translation_of" in self.fields:
            other = self.cleaned_data["translation_of"]
            self.instance.story = translations.story_with(other) if other else None

    def _keep_embargo(self, cleaned):
        """An embargo is lifted by who may publish, and never by the save that publishes."""
        was, is_now = self.stored.embargo_until, cleaned.get("embargo_until")
        if was is None or was <= timezone.now() or (is_now and is_now >= was):
            return
        if Post.Status.PUBLISHED not in self.allowed_statuses:
            self.add_error("embargo_until", _("Only who may publish can lift an embargo."))
        elif cleaned.get("status") == Post.Status.PUBLISHED:
            self.add_error(
                "embargo_until",
                _("Lift the embargo in a save of its own first, so that nobody does it unseen."),
            )

    def _post_clean(self):
        super()._post_clean()
        if not self.has_byline_beside and self.instance.status == Post.Status.PUBLISHED:
            has_author = Byline.objects.filter(post=self.instance.pk).exists()
            if lacks := checklist.refusing(self.instance, has_author):
                self.add_error(None, [_("It was not published yet."), *lacks])

    def _keep_before_readers(self, cleaned):
        names = ("status", "published_at", "unpublish_at")
        values = {name: cleaned.get(name, getattr(self.stored, name)) for name in names}
        if states.takes_from_readers(self.stored, **values):
            raise ValidationError(
                _(
                    "Nothing was saved: this would take the post away from readers, which needs "
                    "the right to withdraw posts."
                )
            )

    def _refuse_as_stale(self, cleaned):
        self.conflict = revisions.differences(
            revisions.snapshot(self.stored), revisions.typed(self.stored, cleaned)
        )
        # Who has read the differences and saves once more means it.
        self.data = self.data.copy()
        self.data[self.add_prefix("began_with")] = self.stored.version
        raise ValidationError(
            _(
                "Nothing was saved: this post was saved by somebody else while you were writing. "
                "Your text is still in the form. Compare the two above, then save again to put "
                "yours in the place of theirs, which stays among the revisions."
            ),
            code="stale",
        )
