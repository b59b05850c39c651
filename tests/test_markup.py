"""The HTML of every kind of page, as strict checkers and screen readers take it.

Held without a browser: what the Nu HTML checker once found nothing in stays that way, headings and
lists lead through a thread, and each field has its label, hint and error tied to it.
"""

import re
from collections import Counter
from itertools import pairwise

import pytest
from justhtml import JustHTML

from posts.languages import LANGUAGES, direction, language_of
from tests.every_page import WORDS

pytestmark = pytest.mark.django_db

PLAIN = {
    "article", "aside", "b", "bdi", "blockquote", "body", "br", "caption", "cite", "code", "dd", "div",
    "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "head", "header", "hr",
    "i", "legend", "li", "main", "mark", "nav", "ol", "p", "picture", "pre", "q", "s", "search",
    "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "thead", "title",
    "tr", "u", "ul",
}  # fmt: skip
# Every element and attribute that a reader's page needs; a new one is added here on purpose.
GLOBAL = {"class", "dir", "id", "lang", "tabindex", "title", "hidden", "role"}
KNOWN = {
    "a": {"href", "hreflang", "rel", "type"},
    "button": {"disabled", "name", "type", "value"},
    "details": {"open"},
    "fieldset": {"disabled", "form", "name"},
    "form": {"action", "method", "novalidate"},
    "html": set(),
    "img": {"alt", "fetchpriority", "height", "loading", "sizes", "src", "srcset", "width"},
    "input": {"autocomplete", "checked", "maxlength", "name", "required", "type", "value"},
    "label": {"for"},
    "link": {"href", "hreflang", "media", "rel", "sizes", "title", "type"},
    "meta": {"charset", "content", "media", "name", "property"},
    "option": {"selected", "value"},
    "script": {"defer", "src", "type"},
    "select": {"name"},
    "source": {"media", "sizes", "srcset", "type"},
    "textarea": {"cols", "maxlength", "name", "readonly", "required", "rows"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "time": {"datetime"},
}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}
HOLDS_ONLY = {
    "ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"td", "th"},
    "thead": {"tr"}, "tbody": {"tr"}, "picture": {"source", "img"},
}  # fmt: skip
MUST_SAY_SOMETHING = {
    "action", "aria-describedby", "aria-label", "aria-labelledby", "class", "content", "datetime",
    "dir", "for", "href", "id", "lang", "name", "rel", "src", "srcset", "title", "type",
}  # fmt: skip
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


def elements(node):
    """Every element below `node`, in the order of the page."""
    return node.query("*")


def above(node):
    while (node := node.parent) is not None and not node.name.startswith("#"):
        yield node


def words(node):
    return " ".join(node.to_text().split())


def accessible_name(node):
    """What a screen reader calls a link or button; enough of it for pages without pictures."""
    alts = [image.attrs.get("alt") or "" for image in node.query("img")]
    return " ".join([node.attrs.get("aria-label") or "", words(node), *alts]).strip()


@pytest.fixture(scope="session")
def parsed(every_page):
    """[(Shown, its document)]."""
    return [(page, JustHTML(page.html, collect_errors=True, sanitize=False)) for page in every_page]


def told(wrong):
    """A failing test lists each page with what is wrong on it."""
    return "\n".join(f"{page}: {what}" for page, what in wrong)


def test_every_page_answers_as_it_should(every_page):
    expected = {"withdrawn": 410, "400": 400, "405": 405, "500": 500}
    wrong = []
    for page in every_page:
        status = expected.get(page.kind, 404 if page.kind.startswith("404") else 200)
        if "error" in page.kind or "warning" in page.kind:
            status = 422
        if page.kind in ("form from elsewhere", "form of a closed forum"):
            status = 403
        if page.kind == "receipt with a refusal":
            status = 409
        if page.kind == "search with a wrong day":
            status = 400
        if page.status != status:
            wrong.append((page, f"{page.status} instead of {status}"))
    assert not wrong, told(wrong)
    kinds = Counter(page.language for page in every_page)
    assert set(kinds) == set(LANGUAGES)
    assert min(kinds.values()) >= 45


def test_a_parser_finds_nothing_to_mend(parsed):
    wrong = [(page, error) for page, document in parsed for error in document.errors]
    for page, _document in parsed:
        wrong += [(page, tag) for tag in re.findall(r"<[a-z][^>]*/>", page.html)]
        if not page.html.startswith("<!DOCTYPE html>"):
            wrong.append((page, "no doctype"))
    assert not wrong, told(wrong)


def test_every_element_and_attribute_is_known_and_says_something(parsed):
    wrong = []
    for page, document in parsed:
        for each in elements(document):
            if each.name not in PLAIN | set(KNOWN):
                wrong.append((page, f"<{each.name}>"))
                continue
            for name, value in each.attrs.items():
                known = name in GLOBAL | KNOWN.get(each.name, set()) or name.startswith(
                    ("aria-", "data-")
                )
                if not known or name == "style" or name.startswith("on"):
                    wrong.append((page, f"<{each.name} {name}>"))
                if name in MUST_SAY_SOMETHING and not (value or "").strip():
                    wrong.append((page, f'<{each.name} {name}="">'))
            if each.name == "img" and "alt" not in each.attrs:
                wrong.append((page, "<img> without alt"))
            if each.name == "button" and "type" not in each.attrs:
                wrong.append((page, "<button> without type"))
            if (each.attrs.get("tabindex") or "0") not in ("0", "-1"):
                wrong.append((page, f"<{each.name} tabindex={each.attrs['tabindex']}>"))
    assert not wrong, told(wrong)


def test_elements_stand_only_where_they_may(parsed):
    wrong = []
    for page, document in parsed:
        for each in elements(document):
            allowed = HOLDS_ONLY.get(each.name)
            children = [child for child in each.children if not child.name.startswith("#")]
            loose = [
                child for child in each.children if child.name == "#text" and child.data.strip()
            ]
            if allowed and (loose or any(child.name not in allowed for child in children)):
                wrong.append((page, f"<{each.name}> holds what it must not: {words(each)[:60]}"))
            inside = {outer.name for outer in above(each)}
            if each.name in ("a", "button") and inside & (INTERACTIVE - {"label"}):
                wrong.append((page, f"<{each.name}> in {inside & INTERACTIVE}"))
            if each.name == "form" and "form" in inside:
                wrong.append((page, "a form in a form"))
    assert not wrong, told(wrong)


def test_ids_are_unique_and_everything_that_points_to_one_finds_it(parsed):
    wrong = []
    for page, document in parsed:
        every = elements(document)
        ids = Counter(each.attrs["id"] for each in every if "id" in each.attrs)
        wrong += [
            (page, f"id {key} stands {times} times") for key, times in ids.items() if times > 1
        ]
        for each in every:
            for name in REFERENCES:
                for key in (each.attrs.get(name) or "").split():
                    if key not in ids:
                        wrong.append((page, f"{name}={key} leads nowhere"))
            href = each.attrs.get("href") or ""
            if href.startswith("#") and href[1:] not in ids:
                wrong.append((page, f"{href} leads nowhere"))
    assert not wrong, told(wrong)


# What a screen reader walks by


def test_headings_begin_with_one_h1_and_skip_no_level(parsed):
    wrong = []
    for page, document in parsed:
        headings = document.query("h1, h2, h3, h4")
        levels = [int(each.name[1]) for each in headings]
        if levels.count(1) != 1 or levels[0] != 1:
            wrong.append((page, f"levels {levels}"))
        wrong += [
            (page, f"h{after} after h{before}")
            for before, after in pairwise(levels)
            if after > before + 1
        ]
        wrong += [(page, f"empty {each.name}") for each in headings if not words(each)]
    assert not wrong, told(wrong)


def test_each_page_has_its_landmarks_each_with_a_name_of_its_own(parsed):
    wrong = []
    for page, document in parsed:
        if len(document.query("main")) != 1:
            wrong.append((page, "not one main"))
        if page.kind == "500":
            continue
        if document.query("body")[0].query("a")[0].attrs.get("href") != "#content":
            wrong.append((page, "the first link does not skip to the text"))
        names = [
            each.attrs.get("aria-label")
            or words(document.query(f"#{each.attrs['aria-labelledby']}")[0])
            for each in document.query("nav, form[aria-labelledby]")
        ]
        if len(set(names)) != len(names):
            wrong.append((page, f"landmarks with the same name: {names}"))
    assert not wrong, told(wrong)


def test_addresses_of_their_own_have_titles_of_their_own(parsed):
    wrong = []
    for language in LANGUAGES:
        seen = {}
        for page, document in parsed:
            # A receipt's or preview's address tells nothing, and an article sorted is the article.
            secret = page.address.startswith(("/receipt/", "/mail/", "/preview/"))
            same = "sort=" in page.address or "lite=" in page.address
            if page.language != language or page.status != 200 or secret or same:
                continue
            title = words(document.query("title")[0])
            other = seen.setdefault(title, page)
            # Many posts of these pages share a headline.
            if other.address != page.address and not page.kind.startswith(("article", "form")):
                wrong.append((page, f"the same title as {other}: {title}"))
    assert not wrong, told(wrong)


def test_a_thread_is_nested_lists_in_which_each_comment_has_a_heading(parsed):
    kinds = Counter()
    for page, document in parsed:
        if page.kind not in ("article with a thread, open", "thread"):
            continue
        kinds[page.kind] += 1
        comments = document.query("article.comment")
        assert len(comments) >= 5, page
        depths = set()
        for comment in comments:
            heading = comment.query("h3")
            assert len(heading) == 1, page
            around = [outer.name for outer in above(comment)]
            assert around[0] == "li"
            depths.add(around.count("ol"))
            name = comment.query(".name")
            if "removed" in comment.attrs["class"]:
                assert not name
                continue
            assert name[0] in elements(heading[0])
            place = comment.query(".place")
            assert not place or place[0] in elements(heading[0])
        assert len(depths) >= 3, (page, depths)
    assert min(kinds.values()) == len(LANGUAGES)
    assert len(kinds) == 2


def test_links_and_buttons_have_names_and_repeated_ones_say_whose_they_are(parsed):
    wrong = []
    for page, document in parsed:
        for each in document.query("a, button"):
            hidden = each.attrs.get("aria-hidden") == "true"
            if hidden and each.attrs.get("tabindex") != "-1":
                wrong.append((page, "hidden from readers, but not from the keyboard"))
            if not hidden and not accessible_name(each):
                wrong.append((page, f"nameless {each.name} {each.attrs}"))
        for comment in document.query("article.comment"):
            named = comment.query(".name")
            # The first tells it for those beside it (WCAG 2.2, 2.4.4: the purpose in context).
            for action in comment.query(".actions a")[:1]:
                if named and words(named[0]) not in words(action):
                    wrong.append((page, f"“{words(action)}” does not say whose comment"))
    assert not wrong, told(wrong)


# Forms

FIELDS = "input, select, textarea"
# Nothing but the pen name and a mail address may be offered or kept by a browser, which others
# may use too.
AUTOCOMPLETE = {
    "name": "nickname", "place": "off", "phrase": "off", "website": "off", "email": "email",
}  # fmt: skip


def fields_of(document):
    return [each for each in document.query(FIELDS) if each.attrs.get("type") != "hidden"]


def test_each_field_has_a_label_and_its_hint_and_error_are_tied_to_it(parsed):
    wrong, seen = [], 0
    for page, document in parsed:
        for field in fields_of(document):
            seen += 1
            key = field.attrs.get("id")
            labels = document.query(f'label[for="{key}"]') if key else []
            if not any(words(label) for label in labels):
                wrong.append((page, f"{field.attrs} has no label"))
            around = next(
                (outer for outer in above(field) if outer.name in ("fieldset", "div")), None
            )
            tied = set((field.attrs.get("aria-describedby") or "").split())
            if around is not None and around.name == "fieldset":
                tied |= set((around.attrs.get("aria-describedby") or "").split())
            if around is None or "field" not in (around.attrs.get("class") or "").split():
                continue
            for each in around.query(".hint, .error"):
                if each.attrs.get("id") not in tied:
                    wrong.append((page, f"“{words(each)}” is not tied to {key}"))
            is_wrong = bool(around.query(".error"))
            if is_wrong and around.name == "div" and field.attrs.get("aria-invalid") != "true":
                wrong.append((page, f"{key} does not say that it is wrong"))
            if not is_wrong and field.attrs.get("aria-invalid") == "true":
                wrong.append((page, f"{key} says that it is wrong, but not why"))
    assert seen > 100
    assert not wrong, told(wrong)


def test_what_is_wrong_in_a_form_is_listed_over_it_with_a_link_to_each_field(parsed):
    pages = [(page, document) for page, document in parsed if "error" in page.kind]
    assert len({page.kind for page, _document in pages}) == 4
    for page, document in pages:
        (alert,) = document.query('[role="alert"]')
        links = {link.attrs["href"][1:] for link in alert.query("a")}
        wrong = {
            field.attrs["id"] for field in fields_of(document) if field.attrs.get("aria-invalid")
        }
        groups = {each.attrs["id"] for each in document.query("fieldset.wrong")}
        assert links == groups | {key for key in wrong if key.startswith(("comment", "sub"))}, page
        assert links, page
        for link in alert.query("a"):
            assert words(link)


def test_a_browser_is_asked_to_offer_and_keep_nothing_that_tells_who_writes(parsed):
    wrong = []
    for page, document in parsed:
        for field in document.query("input"):
            name, kind = field.attrs.get("name"), field.attrs.get("type")
            if kind in ("hidden", "radio", "checkbox", "search"):
                continue
            if field.attrs.get("autocomplete") != AUTOCOMPLETE.get(name):
                wrong.append((page, f"{name}: {field.attrs.get('autocomplete')}"))
    assert not wrong, told(wrong)


STATUS = ("receipt", "thanks for a report", "mail, confirmed", "mail, asked for")


def test_outcomes_are_status_messages_and_refusals_are_alerts(parsed):
    wrong = []
    for page, document in parsed:
        roles = Counter(each.attrs["role"] for each in document.query("[role]"))
        if page.kind.startswith(STATUS) and not roles["status"]:
            wrong.append((page, "no status message"))
        if page.status in (403, 409, 422) and roles["alert"] != 1:
            wrong.append((page, f"{roles['alert']} alerts"))
        if page.status == 200 and roles["alert"]:
            wrong.append((page, "an alert for nothing"))
    assert not wrong, told(wrong)


# Languages of parts


def test_page_and_parts_say_their_language_and_direction(parsed):
    wrong, parts = [], Counter()
    for page, document in parsed:
        html = document.query("html")[0]
        if (html.attrs["lang"], html.attrs["dir"]) != (page.language, page.direction):
            wrong.append((page, f"page in {html.attrs}"))
        for each in document.query("[lang]"):
            if each.attrs["lang"] not in LANGUAGES:
                wrong.append((page, f"lang={each.attrs['lang']}"))
            elif each.attrs.get("dir") != language_of(each.attrs["lang"]).direction:
                wrong.append((page, f"lang={each.attrs['lang']} with dir={each.attrs.get('dir')}"))
        for kind in ("article.comment .text", "article.summary", "article.post", ".related a"):
            for each in document.query(kind):
                parts[kind] += 1
                found_comment = "comment" in (each.attrs.get("class") or "").split()
                if "lang" not in each.attrs and not found_comment:
                    wrong.append((page, f"{kind} without a language"))
        for each in document.query("h1, h2, h3, .text, .deck, li, p, bdi, figcaption"):
            text = words(each)
            around = next((outer for outer in (each, *above(each)) if "dir" in outer.attrs), None)
            alone = each.name == "bdi" or (around is not None and around.attrs["dir"] == "auto")
            known = text in {said for code in WORDS for said in WORDS[code].values()}
            if known and not alone and around.attrs["dir"] != direction(text):
                wrong.append((page, f"“{text}” runs {around.attrs['dir']}"))
    assert len(parts) == 4
    assert not wrong, told(wrong)


def test_names_and_places_are_isolated_from_the_words_around_them(parsed):
    wrong, seen = [], 0
    for page, document in parsed:
        for each in document.query(".name, .place"):
            seen += 1
            if each.name != "bdi":
                wrong.append((page, f"<{each.name}> around {words(each)}"))
    assert seen > 100
    assert not wrong, told(wrong)
