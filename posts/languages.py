"""The languages of posts and comments: their codes, names, direction and digits.

Codes follow BCP 47 as validators want them: Dari is `fa-AF` (`prs` is refused by feeds and
hreflang). Direction is kept here because Django 5.2 takes Pashto for left-to-right.
"""

import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# Django 5.2 does not know Pashto at all, and without this its own names and tags fail for it.
LANG_INFO.setdefault("ps", {"bidi": True, "code": "ps", "name": "Pashto", "name_local": "پښتو"})


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    own_name: str
    direction: str

    @property
    def django_code(self):
        """The code by which Django's catalogues know it, and addresses: they have no countries."""
        return self.code.partition("-")[0]

    @property
    def has_local_digits(self):
        return self.django_code in settings.LOCAL_DIGITS

    @property
    def has_solar_calendar(self):
        return self.django_code in settings.SOLAR_CALENDAR


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", _("English"), "English", "ltr"),
        Language("ps", _("Pashto"), "پښتو", "rtl"),
        Language("fa-AF", _("Dari"), "دری", "rtl"),
        Language("ur", _("Urdu"), "اردو", "rtl"),
    )
}
CHOICES = [(language.code, language.name) for language in LANGUAGES.values()]
DEFAULT = "en"

BY_DJANGO_CODE = {language.django_code: language for language in LANGUAGES.values()}

# Letters by which a text tells its language: Pashto's own, Urdu's own, Persian's own.
_PASHTO = set("ښږځڅډړټڼېۍګ")
_URDU = set("ےٹڈڑںھہ")


def language_of(code):
    """The Language with this code; an unknown code counts as the default language."""
    return LANGUAGES.get(code) or LANGUAGES[DEFAULT]


def spoken():
    """The Language of the words that are being written now: that of Django's active catalogue."""
    return BY_DJANGO_CODE.get((get_language() or "").partition("-")[0]) or language_of(DEFAULT)


def direction(text):
    """`rtl` or `ltr` by the first letter that has a direction (UAX #9, rules P2 and P3)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def guess(text, default=DEFAULT):
    """The likely language code of a text: by script, then by letters that only one language has.

    `default` is returned for Latin and for Arabic script without a telling letter when `default`
    is itself written in that script; else Dari, whose alphabet the others extend.
    """
    if direction(text) == "ltr":
        return default if language_of(default).direction == "ltr" else DEFAULT
    letters = set(text)
    # A few letters are shared by Pashto and Urdu keyboards; the language with more of them wins.
    pashto, urdu = len(letters & _PASHTO), len(letters & _URDU)
    if pashto or urdu:
        return "ps" if pashto >= urdu else "ur"
    return default if language_of(default).direction == "rtl" else "fa-AF"
