"""The living style page at /style/: the parts of readers' pages, drawn by their real templates.

It is for staff. What it shows is made up and nothing of it is stored; docs/design.md has the rules.
"""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from django.contrib.auth.views import redirect_to_login
from django.contrib.staticfiles import finders
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comments.forms import CommentForm
from comments.models import Comment
from comments.pages import Row
from comments.threads import reading_order
from posts.languages import LANGUAGES, language_of
from posts.models import Correction

TEXT, FIELD = 4.5, 3  # WCAG 2.2: 1.4.3 for text, 1.4.11 for what a field is known by
# (what is drawn, on what, the least contrast)
PAIRS = (
    *((colour, ground, TEXT) for colour in ("ink", "quiet", "lapis", "madder")
      for ground in ("paper", "sheet")),
    ("paper", "lapis", TEXT),
    ("paper", "madder", TEXT),
    ("ink", "field", TEXT),
    ("edge", "paper", FIELD),
    ("edge", "field", FIELD),
)  # fmt: skip
_COLOUR = re.compile(r"--([a-z]+): (#[0-9a-f]{3,6});")
_MOMENT = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)

HEADLINES = {
    "en": ("Snow Closes the Road for a Third Day", "Forty trucks wait below the tunnel."),
    "ps": ("واورې د درېیمې ورځې لپاره لار وتړله", "څلوېښت لارۍ د تونل لاندې ولاړې دي."),
    "fa-AF": ("برف راه را برای سومین روز بست", "چهل لاری پایین تونل ایستاده‌اند."),
    "ur": ("برف نے تیسرے دن بھی سڑک بند رکھی", "چالیس ٹرک سرنگ سے نیچے کھڑے ہیں۔"),
}
# (key, key of what it answers, name, place, language, text)
THREAD = (
    (1, None, "Zarghuna", "Chitral", "en", "We crossed on foot.\n\nIt took five hours."),
    (2, 1, "Farid", "Dir", "en", "With children? See https://example.org/road for the warnings."),
    (3, 2, "زرغونه", "چترال", "ps", "هو، له درېیو ماشومانو سره. چا مرسته ونه کړه."),
    (4, 3, "نرگس", "کابل", "fa-AF", "خدا را شکر که همه رسیدند."),
    (5, 4, "صبا", "لاہور", "ur", "سڑک کب کھلے گی؟ کسی کو معلوم ہے؟"),
    (6, 5, "Farid", "Dir", "en", "Deeper than four steps the indent stops."),
    (7, None, "", "", "en", "Taken down."),
    (8, 7, "Palwasha", "Gandhara", "en", "An answer to what is no longer shown."),
)


def palettes():
    """{scheme: {name: "#rrggbb"}} as the readers' sheet sets them, for "light" and "dark"."""
    sheet = Path(finders.find("css/site.css")).read_text(encoding="utf-8")
    light, _query, rest = sheet.partition("@media (prefers-color-scheme: dark)")
    dark = rest.partition("@media")[0]
    return {
        "light": dict(_COLOUR.findall(light)),
        "dark": dict(_COLOUR.findall(light)) | dict(_COLOUR.findall(dark)),
    }


def contrast(one, other):
    """The contrast ratio of two colours such as "#1b4789" or "#fff" (WCAG 2.2, its glossary)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share):
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def contrasts():
    """[(colour, ground, least, [(scheme, ratio, enough)])] for each pair that pages use."""
    schemes = palettes()
    return [
        (
            colour,
            ground,
            least,
            [
                (scheme, ratio, ratio >= least)
                for scheme, names in schemes.items()
                for ratio in [contrast(names[colour], names[ground])]
            ],
        )
        for colour, ground, least in PAIRS
    ]


def _sample_photo():
    copies = [SimpleNamespace(address=static("icon.svg"), width=640)]
    return SimpleNamespace(
        file="icon.svg", src=static("icon.svg"), renditions={"jpg": copies}, width=960, height=640,
        alt="", focus="", caption="Trucks below the tunnel.", credit="Gandhara",
    )  # fmt: skip


def _sample_post(code, photo=None):
    headline, teaser = HEADLINES[code]
    return SimpleNamespace(
        pk=code, slug="style", tongue=language_of(code), headline=headline, teaser=teaser,
        get_absolute_url="#", published_at=_MOMENT, lead_photo=photo, byline=True,
        byline_parts=[("", SimpleNamespace(name="Idris Kohistani", get_absolute_url="#"))],
        section=SimpleNamespace(label="Pakistan", get_absolute_url="#"),
        told_corrections=[Correction(text="The tunnel is 8.5 kilometres long.", at=_MOMENT)],
    )  # fmt: skip


def _sample_comments():
    made = [
        Comment(
            pk=pk, parent_id=parent, depth=int(parent is not None), name=name, place=place,
            language=language, text=text, submitted_at=_MOMENT,
            status=Comment.Status.APPROVED if name else Comment.Status.REJECTED,
        )
        for pk, parent, name, place, language, text in THREAD
    ]  # fmt: skip
    made[0].mark = "k3v9-2mqd"
    made[-1].distinction = Comment.Distinction.STAFF
    lines = reading_order(list(map(Row.of, made)), lambda row: row.is_shown)
    return [*lines[:-1], lines[-1]._replace(more_replies=12)]


def _refused_form(post):
    """The form as it is given back when name and text are missing."""
    form = CommentForm({"place": "Chitral"}, post=post)
    form.auto_id = "refused-%s"
    return form


@require_safe
@never_cache
def page(request):
    """For whoever is signed in to the admin; everybody else is asked to sign in."""
    if not request.staff:
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    posts = [_sample_post(code, _sample_photo() if code != "ps" else None) for code in LANGUAGES]
    context = {
        "colours": palettes()["light"],
        "contrasts": contrasts(),
        "posts": posts,
        "post": posts[0],
        "photo": posts[0].lead_photo,
        "counts": {"en": 12, "ur": 1},
        "lines": _sample_comments(),
        "forum": SimpleNamespace(accepts_comments=True, holds_comments=True),
        "closed": SimpleNamespace(accepts_comments=False, closing_words="This forum is closed."),
        "form": CommentForm(post=posts[0]),
        "refused": _refused_form(posts[0]),
    }
    response = render(request, "style.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
