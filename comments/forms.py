"""The reader's form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comments import text as texts
from comments.models import Comment
from comments.moderation import Submission


class CommentForm(forms.Form):
    """Name, place, text; no account. `website` is the honeypot: people don't see it."""

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
    website = forms.CharField(label=_("Leave this empty"), required=False, max_length=200)

    def __init__(self, *args, post, parent=None, **kwargs):
        # Errors and hints are tied to their fields by these ids (WCAG 2.2, 3.3.1).
        super().__init__(*args, auto_id="comment-form-%s", **kwargs)
        self.post, self.parent = post, parent

    def add_prefix(self, field_name):
        return field_name

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

    def submission(self):
        """The cleaned form as `comments.moderation` takes it."""
        data = self.cleaned_data
        return Submission(
            post=self.post,
            parent=self.parent,
            name=data["name"],
            place=data["place"],
            text=data["text"],
            honeypot=data["website"],
        )
