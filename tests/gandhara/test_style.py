"""The look of readers' pages: the sheets' rules, and the style page for staff."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from gandhara import style
from tests.factories import make_editor, make_moderator, make_post

SHEETS = ("site", "forms", "search", "staff", "transparency", "style")
PHYSICAL = re.compile(
    r"(?<![-\w.])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height)|float|clear)\s*:"
    r"|text-align:\s*(?:left|right)|!important|@import|url\("
)
PARTS = (
    "swatches", "wide-table", "specimen", "summary lead", "with-photo", "photo", "byline",
    "corrections", "forum-notice", "forum-notice closed", "refusal", "thread", "replies",
    "in-response", "placeholder", "mark", "distinction", "more", "pages", "comment-form", "phrase",
    "field wrong", "error", "second", "preview-notice",
)  # fmt: skip


def sheet(name):
    return (Path(settings.BASE_DIR) / "static" / "css" / f"{name}.css").read_text(encoding="utf-8")


def classes(page):
    return {each for words in re.findall(r'class="([^"]*)"', page) for each in words.split()}


@pytest.mark.parametrize("name", SHEETS)
def test_the_readers_sheets_know_no_left_and_right_and_force_nothing(name):
    # What a media query asks about is no property.
    rules = re.sub(r"@media[^{]*", "", sheet(name))
    assert PHYSICAL.findall(rules) == []


@pytest.mark.parametrize(
    "wrong",
    ["a { margin-left: 0; }", "a { left: 0; }", "a { float: left; }", "a { width: 1rem; }",
     "a { color: red !important; }", "a { text-align: right; }", "a { background: url(x.png); }"],
)  # fmt: skip
def test_a_physical_or_forcing_rule_would_be_found(wrong):
    assert PHYSICAL.search(wrong)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#ffffff", 21), ("#777777", "#fff", 4.48), ("#1b4789", "#1b4789", 1)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert style.contrast(one, other) == style.contrast(other, one)
    assert round(style.contrast(one, other), 2) == ratio


def test_every_pair_of_colours_has_enough_contrast_in_both_schemes():
    found = style.contrasts()
    assert len(found) == len(style.PAIRS)
    for colour, ground, least, schemes in found:
        assert [scheme for scheme, _ratio, _enough in schemes] == ["light", "dark"]
        for scheme, ratio, enough in schemes:
            assert ratio >= least, f"{colour} on {ground}, {scheme}: {ratio:.2f}"
            assert enough


def test_the_dark_scheme_sets_each_colour_anew():
    palettes = style.palettes()
    assert len(palettes["light"]) == 9
    assert palettes["light"].keys() == palettes["dark"].keys()
    assert not set(palettes["light"].values()) & set(palettes["dark"].values())


@pytest.mark.django_db
def test_the_browsers_own_bars_have_the_colour_of_the_paper(client):
    page = client.get("/").text
    for scheme, names in style.palettes().items():
        assert f'content="{names["paper"]}" media="(prefers-color-scheme: {scheme})"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_editor, make_moderator])
def test_staff_see_every_part_on_the_style_page(client, make):
    client.force_login(make())
    response = client.get("/style/")
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    page = response.text
    for part in PARTS:
        assert set(part.split()) <= classes(page), part
    for code in ("en", "ps", "fa-AF", "ur"):
        assert re.search(
            rf'class="text" lang="{code}" dir="{"ltr" if code == "en" else "rtl"}"', page
        )
        assert style.HEADLINES[code][0] in page
    for name in style.palettes()["light"]:
        assert f"<code>--{name}</code>" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
def test_nobody_else_sees_the_style_page(client, django_user_model):
    for user in (None, django_user_model.objects.create_user("reader")):
        if user:
            client.force_login(user)
        response = client.get("/style/")
        assert response.status_code == 302
        assert response["Location"] == "/admin/login/?next=/style/"
        assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_style_page_is_only_looked_at(client):
    client.force_login(make_editor())
    assert client.post("/style/").status_code in (403, 405)


@pytest.mark.django_db
def test_the_desk_leads_to_the_style_page(client):
    client.force_login(make_editor())
    assert 'href="/style/"' in client.get("/admin/").text


@pytest.mark.django_db
def test_readers_pages_load_one_sheet_and_others_what_they_need(client):
    post = make_post()
    sheets = re.compile(r'href="/static/css/(\w+)\.css"')
    assert sheets.findall(client.get("/").text) == ["site"]
    assert sheets.findall(client.get(post.get_absolute_url()).text) == ["site"]
    assert sheets.findall(client.get("/transparency/").text) == ["site", "transparency"]
    client.force_login(make_moderator())
    assert sheets.findall(client.get(post.get_absolute_url()).text) == ["site", "staff"]
