"""Language and time zone of the admin, as each member of staff has chosen them in their browser.

Both stand in one cookie that is only sent to the admin's address; readers' pages know nothing of
it. Without a choice the browser's language and the site's zone are taken.
"""

from functools import cache
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import admin
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandhara.sessions import is_for_staff
from posts import languages

COOKIE = "desk"
A_YEAR = 31_536_000
# Zones whose names people of a newsroom look for; the rest of the world is not in them.
_PLACES = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def _all_zones():
    # It reads a folder of the disk each time.
    return available_timezones()


def zones():
    """Names of the zones to choose from, the site's own first."""
    named = {zone for zone in _all_zones() if zone.partition("/")[0] in _PLACES}
    return [settings.TIME_ZONE, *sorted(named - {settings.TIME_ZONE})]


class ChoiceForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        help_text=gettext_lazy("Times in forms and lists of the admin are given in this zone."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own_names = [(one.django_code, one.own_name) for one in languages.LANGUAGES.values()]
        self.fields["language"].choices = [("", _("as the browser asks")), *own_names]
        self.fields["zone"].choices = [("", _("as the site")), *((zone, zone) for zone in zones())]


def _codes():
    return [code for code, _name in settings.LANGUAGES]


def chosen(request):
    """(language, zone) of the cookie; an empty text for what was not chosen or is unknown."""
    language, _bar, zone = request.COOKIES.get(COOKIE, "").partition("|")
    return (
        language if language in _codes() else "",
        zone if zone in _all_zones() else "",
    )


def language_and_time(request):
    """The page on which a member of staff chooses."""
    language, zone = chosen(request)
    form = ChoiceForm(request.POST or None, initial={"language": language, "zone": zone})
    if request.method == "POST" and form.is_valid():
        response = redirect("admin:index")
        response.set_cookie(
            COOKIE,
            f"{form.cleaned_data['language']}|{form.cleaned_data['zone']}",
            max_age=A_YEAR,
            path=reverse("admin:index"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response
    context = admin.site.each_context(request) | {"title": _("Language and time"), "form": form}
    return TemplateResponse(request, "admin/language_and_time.html", context)


class StaffLanguageAndZone:
    """Answers requests for the admin in the language and zone that were chosen."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_for_staff(request):
            return self.get_response(request)
        language, zone = chosen(request)
        language = language or translation.get_language_from_request(request)
        with translation.override(language), timezone.override(zone or None):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            # Templates of the admin are drawn late; they must be drawn in here.
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language"])
        return response
