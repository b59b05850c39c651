"""The text of comments: what is taken out, and what becomes HTML."""

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comments import text as texts
from comments.text import as_html, clean_line, clean_text, is_visible

ZWNJ = "\u200c"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Salam \t from   Kabul ", "Salam from Kabul"),
        ("two\r\nlines\rand\nmore", "two lines and more"),
        ("nul\x00l and \x07bell and \x1besc", "null and bell and esc"),
        ("\u202eevil\u202c \u2066name\u2069 \u061c", "evil name"),
        (f"می{ZWNJ}روم", f"می{ZWNJ}روم"),
        ("Cafe\u0301", "Café"),
        ("e\u202e\u0301", "é"),
        ("private \ue000 use", "private use"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("", ""),
    ],
)
def test_a_line_is_plain_text_in_one_line(typed, kept):
    assert clean_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("one\n \t \n   \ntwo", "one\n\ntwo"),
        ("\n\n  first  \n  second  \n\n", "first\nsecond"),
        ("tabs\tand   spaces\u00a0\u2003too", "tabs and spaces too"),
        ("nul\x00l", "null"),
        ("\u202dover\u202cridden\u2067 \u2069", "overridden"),
        (f"کتاب{ZWNJ}ها", f"کتاب{ZWNJ}ها"),
        ("RLM\u200f and LRM\u200e stay", "RLM\u200f and LRM\u200e stay"),
        ("family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_a_text_keeps_its_lines_and_loses_what_is_no_text(typed, kept):
    assert clean_text(typed) == kept


@given(st.text())
@example("e\u202d\u0301")
@example("\x85\n\x1f\n\u2028 a")
@settings(max_examples=400, deadline=None, derandomize=True)
def test_cleaning_twice_is_cleaning_once_and_leaves_nothing_that_reorders(text):
    for clean in (clean_line, clean_text):
        cleaned = clean(text)
        assert clean(cleaned) == cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        kinds = {unicodedata.bidirectional(letter) for letter in cleaned}
        assert not kinds & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        controls = {letter for letter in cleaned if unicodedata.category(letter) == "Cc"}
        assert controls <= ({"\n"} if clean is clean_text else set())
        assert "\n\n\n" not in cleaned
        assert cleaned == cleaned.strip()


@pytest.mark.parametrize("text", ["", " ", "\u200b\u200b", ZWNJ, "\ufeff\n\u2060", "\u0301"])
def test_a_text_without_ink_says_nothing(text):
    assert not is_visible(text)


@pytest.mark.parametrize("text", ["a", "?", "👍", "۱", f"{ZWNJ}س"])
def test_a_text_with_one_mark_that_can_be_seen_says_something(text):
    assert is_visible(text)


class Seen(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self.open = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "br":
            self.words.append("\n")
        else:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        raise AssertionError("a comment has no HTML comments")

    handle_decl = handle_pi = unknown_decl = handle_comment


addresses = st.sampled_from(
    ["http://a.example/x?y=1&z=2", "https://b.example", "www.c.example", "javascript:alert(1)",
     "d.example", "who@e.example", "mailto:f@g.example", "ftp://h.example", "data:text/html,x",
     "https://i.example/<b>", 'https://j.example/"onmouseover="x', "HTTP://K.example/'", "//l.example",
     "https://user:pw@m.example/", "(https://n.example/a_(b))", "https://o.example.", "<a href='x'>",
     "https://پاکستان.example/خبر", "https://[::1", "http://", "&lt;script&gt;", "\n", "\n\n", " "]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.one_of(addresses, st.text(max_size=5))).map("".join)))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_html_of_any_text_has_only_paragraphs_breaks_and_links_to_the_web(text):
    html = as_html(clean_text(text))
    seen = Seen(html)
    assert seen.open == []
    for tag, attributes in seen.tags:
        assert tag in ("p", "br", "a", "bdi")
        if tag == "a":
            assert attributes.keys() - {"dir"} == {"href", "rel"}
            assert attributes.get("dir", "ltr") == "ltr"
            assert attributes["href"].startswith(("http://", "https://"))
            assert attributes["rel"] == "nofollow ugc noopener"
        else:
            assert attributes == ({"dir": "ltr"} if tag == "bdi" else {})
    shown = "".join("".join(seen.words).split())
    assert shown == "".join(clean_text(text).split())


def test_lines_and_paragraphs_are_kept():
    assert as_html("one\ntwo\n\nthree") == "<p>one<br>two</p>\n<p>three</p>"


def test_markup_is_shown_as_it_was_typed():
    assert as_html("<b>1 & 2</b>") == "<p>&lt;b&gt;1 &amp; 2&lt;/b&gt;</p>"


def test_a_web_address_becomes_a_link_that_vouches_for_nothing():
    assert as_html("See https://news.example/a?b=1&c=2.") == (
        '<p>See <a href="https://news.example/a?b=1&amp;c=2" rel="nofollow ugc noopener">'
        "https://news.example/a?b=1&amp;c=2</a>.</p>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "write to ali@news.example",
        "mailto:ali@news.example",
        "javascript:alert(1)",
        "ftp://news.example/a",
    ],
)
def test_mail_addresses_and_other_schemes_become_no_links(text):
    assert "<a" not in as_html(text)
    assert text in as_html(text)


def test_a_long_word_takes_no_long_time():
    # Each of these made a slow pattern of its kind famous; a hang would be seen here.
    for text in ("a" * 5000, "a." * 2500, "@" * 5000, "www." * 1250, "(" * 5000, "&lt;" * 1250):
        assert Seen(as_html(text)).open == []


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("زما شمېره +93 700 123 456 ده", "+93 700 123 456"),
        ("زنگ بزن ۰۷۰۰ ۱۲۳ ۴۵۶ فردا", "۰۷۰۰ ۱۲۳ ۴۵۶"),
        ("زنګ (0700) 123-456 سبا", "(0700) 123-456"),
        ("له 2019-2021 پورې", None),
        ("په 25/11/2026 نېټه", None),
        ("Ring +93 700 123 456", None),
        ("دلته https://example.org/+93700123456/ وګوره", None),
    ],
)
def test_a_telephone_number_among_right_to_left_letters_keeps_its_order(text, isolated):
    html = as_html(text)
    assert html.count("<bdi") == (isolated is not None)
    if isolated:
        assert f'<bdi dir="ltr">{isolated}</bdi>' in html


# What a text is made of that decides whether urlize makes a link somewhere.
pieces = st.sampled_from(
    ["http", "https", ":", "//", "://", "www", "www.", ".", ".com", ".ORG", ".ſ", ".edu/x", "a", "@",
     " ", "\n", "&", "<", "&lt;", '"', "(", ")", "[", "سلام", "+93 700 123 456", "0700-123456"]
)  # fmt: skip


@given(st.one_of(st.lists(pieces, max_size=12).map("".join), st.text()))
@settings(max_examples=1000, deadline=None, derandomize=True)
def test_a_text_without_addresses_is_the_same_as_if_each_word_had_been_looked_at(text):
    quick = as_html(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(texts, "_CAN_BE_A_LINK", re.compile(""))
        assert as_html(text) == quick
