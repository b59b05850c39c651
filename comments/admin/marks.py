"""Authors' marks: the phrase that lets an author comment under the byline's name."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from comments import marks
from comments.models import AuthorMark


class AuthorMarkForm(forms.ModelForm):
    """The author's secret phrase, typed twice; only the mark that it makes is stored."""

    phrase = forms.CharField(
        label=_("Secret phrase"),
        strip=False,
        max_length=200,
        help_text=_(
            "The author types it into the reader's form, under the name exactly as it stands in "
            "bylines. After a change of the author's name it must be set anew."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = AuthorMark
        fields = ("author",)

    def clean(self):
        data = super().clean()
        phrase, again = data.get("phrase"), data.get("again")
        if phrase and again and phrase != again:
            self.add_error("again", _("The two phrases differ. Please type both again."))
        elif phrase and data.get("author"):
            self.instance.mark = marks.mark_of(data["author"].name, phrase)
            if not self.instance.mark:
                self.add_error("phrase", _("A phrase needs more than spaces."))
        return data


@admin.register(AuthorMark)
class AuthorMarkAdmin(admin.ModelAdmin):
    form = AuthorMarkForm
    fields = ("author", "phrase", "again")
    list_display = ("author", "mark")
    list_select_related = ("author",)
    autocomplete_fields = ("author",)
    search_fields = ("author__name",)
