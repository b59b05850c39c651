"""The readers' page for finding posts. All of it is in its address, so a page can be sent on."""

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from posts import languages, search
from posts.models import Section
from posts.models.posts import YEARS
from posts.views import PAGED, POSTS_ON_A_PAGE, page_of, public, with_subsections
from posts.wanted import MOST_WORDS, Wanted

MOST_LETTERS = 200


class DayInput(forms.DateInput):
    """`<input type="date">`; what is no day is given back as text, for that field would lose it."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if typed := context["widget"]["value"]:
            try:
                date.fromisoformat(typed)
            except ValueError:
                context["widget"]["type"] = "text"
        return context


class DayField(forms.DateField):
    """A day as `<input type="date">` sends it (HTML, 2.3.5.2), of a year that posts have."""

    widget = DayInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("Write the day as year-month-day, such as 2014-08-20.")}

    def __init__(self, **options):
        super().__init__(required=False, input_formats=["%Y-%m-%d"], **options)

    def clean(self, value):
        day = super().clean(value)
        if day and day.year not in YEARS:
            raise forms.ValidationError(_("Choose a year from 1900 to 2199."))
        return day


class WordsForm(forms.Form):
    """What is looked for; also what the search of comments asks for."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
        error_messages={
            "max_length": _("Search for fewer words: %(limit_value)d letters are the most.")
        },
    )

    @cached_property
    def wanted(self):
        return Wanted.typed(self.typed)

    @property
    def typed(self):
        """What was typed, if it can be looked for at all."""
        return self.cleaned_data.get("q", "")

    @property
    def is_without_words(self):
        """Whether something was typed, but no letter and no digit."""
        return bool(self.typed) and not self.wanted

    @property
    def has_more_words(self):
        """Whether more words were typed than are looked for."""
        return len(Wanted.typed(self.typed, most=MOST_WORDS + 1).words) > MOST_WORDS

    @property
    def query(self):
        """The arguments of this search for other addresses of it, without the page."""
        given = {name: self.data.get(name, "") for name in self.fields}
        return urlencode({name: value for name, value in given.items() if value})


class SearchForm(WordsForm):
    section = forms.ChoiceField(
        label=_("Section"),
        required=False,
        error_messages={"invalid_choice": _("There is no such section.")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("All languages")), *languages.CHOICES],
        error_messages={"invalid_choice": _("No posts are written in that language.")},
    )
    author = forms.CharField(
        label=_("Author"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"max_length": _("No author has so long a name.")},
    )
    since = DayField(label=_("From"))
    until = DayField(label=_("To"))
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Best first")), (search.NEWEST, _("Newest first"))],
        error_messages={"invalid_choice": _("Posts can be put in order by best or by newest.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sections = {section.slug: section for section in Section.objects.in_use()}
        named = [(slug, section.label) for slug, section in self.sections.items()]
        self.fields["section"].choices = [("", _("All sections")), *named]

    def clean_author(self):
        """Keys of the authors who are named so; None where none was asked for."""
        typed = self.cleaned_data["author"]
        if not typed:
            return None
        authors = search.authors_named(Wanted.typed(typed))
        if not authors:
            raise forms.ValidationError(_("No author has this name."))
        return [author.pk for author in authors]

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day is before the first."))

    @property
    def is_open(self):
        """Whether anything but the words was chosen, rightly or not."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    @property
    def asks(self):
        """Whether there is something to look for: words, or a choice that narrows."""
        narrows = any(self.data.get(name) for name in self.fields if name not in ("q", "order"))
        return bool(self.wanted) or (narrows and not self.typed)

    def found(self):
        """The posts of a form that is valid, as `search.find` gives them."""
        asked = self.cleaned_data
        section = self.sections.get(asked["section"])
        return search.find(
            self.wanted,
            sections=with_subsections(section) if section else None,
            language=asked["language"],
            authors=asked["author"],
            since=asked["since"],
            until=asked["until"],
            order=asked["order"] or search.BEST,
        )


@public(asks=(*SearchForm.base_fields, *PAGED))
def find(request):
    form = SearchForm(request.GET)
    context = {"form": form}
    if not form.is_valid():
        return render(request, "posts/search.html", context, status=400)
    if form.asks:
        found = form.found()
        context |= {"found": found, "authors": search.authors_named(form.wanted)}
        context |= page_of(request, Paginator(found, POSTS_ON_A_PAGE))
    return render(request, "posts/search.html", context)
