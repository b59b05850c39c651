"""Readers' forms: a comment, a correction of it, a report."""

import hashlib

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments import marks, personal, stamps
from comments import text as texts
from comments.models import Comment, Flag
from comments.models.comments import key_of_name
from comments.moderation import Submission
from posts import lite

KINDS_OF_DETAILS = {
    "phone": pgettext_lazy("what a text holds", "a phone number"),
    "email": pgettext_lazy("what a text holds", "an e-mail address"),
    "identity": pgettext_lazy("what a text holds", "the number of an identity document"),
    "map": pgettext_lazy("what a text holds", "a place on a map"),
}
PHRASE_AGAIN = _("The secret phrase is never given back: please type it again.")
MARK_STAYS = _("Empty: the mark stays as long as the name does.")
PRIVATE_DETAIL = pgettext_lazy("what a text holds", "a private detail")


class CommentForm(forms.Form):
    """Name, place, text; no account.

    `parent` is the comment that is answered, `corrects` the pending one whose words are replaced.
    A form with `own_page` carries a stamp of the moment in which it was opened. `website` is the
    honeypot: people don't see it.
    """

    name = forms.CharField(
        label=_("Name"),
        max_length=Comment.NAME_LENGTH,
        help_text=_("A pen name is fine."),
        error_messages={"required": _("Please give a name; a pen name is fine.")},
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=Comment.PLACE_LENGTH,
        help_text=_("A city or a country is enough. You can leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    text = forms.CharField(
        label=_("Comment"),
        # Stripping is comments.text's work; what is given back stays as it was typed.
        strip=False,
        error_messages={"required": _("The comment is empty. Write something and send it again.")},
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    phrase = forms.CharField(
        label=_("Secret phrase"),
        required=False,
        strip=False,
        max_length=200,
        help_text=_(
            "It makes a mark that stands beside your name, and that nobody else can make. Use the "
            "same phrase each time; we keep the mark, never the phrase."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    website = forms.Field(label=_("Leave this empty"), required=False)

    def __init__(self, *args, post, parent=None, corrects=None, own_page=False, **kwargs):
        # Errors and hints are tied to their fields by these ids (WCAG 2.2, 3.3.1).
        super().__init__(*args, auto_id="comment-form-%s", **kwargs)
        self.post, self.parent, self.corrects, self.own_page = post, parent, corrects, own_page
        if self.phrase_was_typed:
            self._hint_at("phrase", PHRASE_AGAIN)
        elif corrects and corrects.mark:
            self._hint_at("phrase", MARK_STAYS)

    def _hint_at(self, field, sentence):
        """Say it first in the field's hint, so that a screen reader reads it with the field."""
        self.fields[field].help_text = f"{sentence} {self.fields[field].help_text}"

    def add_prefix(self, field_name):
        return field_name

    @property
    def action(self):
        """Where the form is sent; a correction goes to the address that it stands on."""
        if self.corrects:
            return ""
        if self.parent:
            return lite.keep(reverse("comments:reply", args=[self.post.slug, self.parent.pk]))
        return lite.keep(reverse("comments:new", args=[self.post.slug]))

    @property
    def stamp(self):
        """The stamp of the form's first opening, which stays when the form is given back."""
        if self.is_bound:
            return self.data.get("stamp", "")
        return stamps.stamp_for(self.post) if self.own_page else ""

    @property
    def phrase_was_typed(self):
        """Whether there was a secret phrase, which is never given back."""
        return bool(self.is_bound and self.data.get("phrase"))

    def _line(self, field):
        value = texts.clean_line(self.cleaned_data[field])
        if self.fields[field].required and not any(letter.isalnum() for letter in value):
            raise forms.ValidationError(_("A name needs at least one letter or digit."))
        return value

    def clean_name(self):
        return self._line("name")

    def clean_place(self):
        return self._line("place")

    def clean_text(self):
        text = texts.clean_text(self.cleaned_data["text"])
        if not texts.is_visible(text):
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        if len(text) > Comment.TEXT_LENGTH:
            raise forms.ValidationError(
                _(
                    "The comment has %(length)d characters; at most %(limit)d can be taken. "
                    "Shorten it by %(over)d, or send it in two parts."
                ),
                params={
                    "length": len(text),
                    "limit": Comment.TEXT_LENGTH,
                    "over": len(text) - Comment.TEXT_LENGTH,
                },
            )
        return text

    # What a text tells about people, before it is sent

    @cached_property
    def _findings(self):
        found = personal.findings(self.cleaned_data.get("text", ""))
        return {_digest(finding): finding for finding in found}

    @property
    def accepted(self):
        """The digests of what the reader saw in a warning and wants to send all the same."""
        return self.data.get("as_it_is", "") if self.is_bound else ""

    @property
    def digest(self):
        """What the button “Send it as it is” carries: a digest of each thing that was found."""
        return "-".join(self._findings)

    def unseen_details(self):
        """Each private detail of a valid form's text that no warning has shown yet, in words."""
        accepted = self.accepted.split("-")
        return [
            {"kind": KINDS_OF_DETAILS.get(finding.kind, PRIVATE_DETAIL), "found": finding.found}
            for digest, finding in self._findings.items()
            if digest not in accepted
        ]

    def _mark(self):
        name, phrase = self.cleaned_data["name"], self.cleaned_data["phrase"]
        before = self.corrects
        if before and not phrase.strip():
            return before.mark if key_of_name(name) == before.name_key else ""
        return marks.mark_of(name, phrase)

    def submission(self, sender=None, forum=None):
        """The cleaned form as `comments.moderation` takes it; `sender` is limits.sender_of's, and
        `forum` the post's, if it is at hand."""
        data = self.cleaned_data
        submission = Submission(
            post=self.post,
            parent=self.parent,
            name=data["name"],
            place=data["place"],
            text=data["text"],
            mark=self._mark(),
            honeypot=data["website"] or "",
            sender=sender,
            seconds=stamps.seconds_since(self.data.get("stamp"), self.post),
            corrects=self.corrects,
        )
        if forum is not None:
            submission.forum = forum
        return submission


def _digest(finding):
    said = f"{finding.kind} {finding.found}"
    return hashlib.blake2b(said.encode(errors="surrogatepass"), digest_size=6).hexdigest()


class ReportForm(forms.Form):
    """Why a reader thinks that a moderator should look at a comment."""

    why = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Flag.Why,
        error_messages={
            "required": _("Please choose what is wrong with it."),
            "invalid_choice": _("“%(value)s” is none of the answers. Please choose one."),
        },
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        strip=False,
        max_length=Flag.WORDS_LENGTH,
        help_text=_("You can leave this empty. Only moderators read it."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    website = forms.Field(label=_("Leave this empty"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="report-form-%s", **kwargs)

    def clean_words(self):
        return texts.clean_text(self.cleaned_data["words"])

    def clean_website(self):
        if self.cleaned_data["website"]:
            # Said over the form: nobody sees the field. A browser's autofill loses nothing by it.
            self.add_error(
                None,
                _(
                    "Something filled in a field that people don't see, as machines do. "
                    "Please send the report again."
                ),
            )
        return ""
