"""The catalogues of the software's own words: complete, true to the sources, and compiled."""

import ast
import re

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from tests.test_house import MAY_IMPORT

LANGUAGES = ["ps", "fa", "ur"]
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|%[sd]|\{[a-z_]*\}|</?[a-z]+[^>]*>")
# The function's name → how many of its arguments are words, the context first if it has one.
MARKS = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
MARKS |= {f"{name}_lazy": number for name, number in MARKS.items() if name != "_"}
MARKED = re.compile(r"\bn?p?gettext\((?:[^()'\"]|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")*\)", re.S)


def words_of_python(source):
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        arguments = node.args[: MARKS.get(name, 0)]
        if arguments and all(isinstance(each, ast.Constant) for each in arguments):
            texts = [each.value for each in arguments]
            yield texts[1] if "pgettext" in name else texts[0]


def words_of_template(source):
    for call in MARKED.finditer(templatize(source)):
        yield from words_of_python(call.group())


def words_of_the_sources():
    found = set()
    for app in MAY_IMPORT:
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            found |= set(words_of_python(path.read_text(encoding="utf-8")))
    for path in (settings.BASE_DIR / "templates").rglob("*.*"):
        found |= set(words_of_template(path.read_text(encoding="utf-8")))
    return found


def catalogue(language, ending="po"):
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / f"django.{ending}"
    return polib.pofile(path) if ending == "po" else polib.mofile(path)


def test_words_are_found_in_both_kinds_of_sources():
    assert set(words_of_python("_('One'); pgettext_lazy('post', 'Two'); other('Three')")) == {
        "One",
        "Two",
    }
    assert set(words_of_template("{% translate 'Kept' %} kept")) == {"Kept"}
    plural = (
        "{% blocktranslate count n=n %}{{ n }} post{% plural %}{{ n }} posts{% endblocktranslate %}"
    )
    assert set(words_of_template(plural)) == {"%(n)s post"}
    assert len(words_of_the_sources()) > 900


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_of_the_sources_is_translated(language):
    translated = {entry.msgid for entry in catalogue(language) if entry.translated()}
    assert words_of_the_sources() - translated == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_the_same(language):
    def said(entries):
        return {
            (entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural) for entry in entries
        }

    assert said(catalogue(language, "mo")) == said(catalogue(language).translated_entries())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_translation_keeps_the_placeholders_of_its_original(language):
    for entry in catalogue(language):
        for number, form in {**entry.msgstr_plural, -1: entry.msgstr}.items():
            # The form for one may leave out the number, as its original may.
            originals = [entry.msgid, entry.msgid_plural or entry.msgid]
            expected = [sorted(PLACEHOLDER.findall(each)) for each in originals]
            if number == -1 and entry.msgstr_plural:
                continue
            assert sorted(PLACEHOLDER.findall(form)) in expected, entry.msgid
