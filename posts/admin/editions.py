"""What a section, a tag or the blog is called in the editions of other languages."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from posts.languages import LANGUAGES


def name_of(field, language):
    return f"{field}_in_{language.django_code}"


class TranslatedForm(forms.ModelForm):
    """The model's form with each field of `TRANSLATED` once more for each language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in LANGUAGES.values():
            said = self.instance.translations.get(language.code, {})
            for field in self.instance.TRANSLATED:
                own = self.instance._meta.get_field(field).formfield(required=False, help_text="")
                own.label = _("%(what)s in %(language)s") % {
                    "what": own.label,
                    "language": language.name,
                }
                own.initial = said.get(field, "")
                own.widget.attrs |= {"lang": language.code, "dir": language.direction}
                self.fields[name_of(field, language)] = own

    def save(self, commit=True):
        said = {}
        for language in LANGUAGES.values():
            words = {
                field: self.cleaned_data[name_of(field, language)]
                for field in self.instance.TRANSLATED
            }
            if words := {field: each for field, each in words.items() if each}:
                said[language.code] = words
        self.instance.translations = said
        return super().save(commit)


class TranslatedAdmin(admin.ModelAdmin):
    """The page of something translated: its own fields first, then a folded part a language."""

    form = TranslatedForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        # The further fields are the form's own, of which the factory must not ask the model.
        kwargs["fields"] = self.own_fields(request, obj)
        return super().get_form(request, obj, change, **kwargs)

    def own_fields(self, request, obj):
        made = forms.models.fields_for_model(self.model)
        return [name for name in made if name not in self.get_readonly_fields(request, obj)]

    def get_fieldsets(self, request, obj=None):
        parts = [(None, {"fields": self.own_fields(request, obj)})]
        for language in LANGUAGES.values():
            names = [name_of(field, language) for field in self.model.TRANSLATED]
            parts.append((language.name, {"fields": names, "classes": ["collapse"]}))
        return parts
