"""The sentences that moderators and authors read."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from comments import moderation, reasons
from comments.models import Comment, Decision, Reason
from comments.reasons import for_author, sentence

SAID = [
    ("limit", {"limit": "minute"}, "More comments in a minute than one connection may send."),
    ("limit", {"limit": "hour"}, "More comments in an hour than one connection may send."),
    (
        "limit",
        {"limit": "forum"},
        "More comments in this forum than one connection may send in an hour.",
    ),
    ("honeypot", {}, "A field that readers do not see was filled in."),
    (
        "quick",
        {"seconds": 1.2, "least": 3},
        "Written in 1.2 seconds; at least 3 are expected.",
    ),
    ("repeated", {"number": 1, "refused": 0}, "1 other comment says the same."),
    ("repeated", {"number": 2, "refused": 0}, "2 other comments say the same."),
    (
        "repeated",
        {"number": 2, "refused": 1},
        "2 other comments say the same; of them 1 was refused.",
    ),
    (
        "repeated",
        {"number": 9, "refused": 3},
        "9 other comments say the same; of them 3 were refused.",
    ),
    ("phone", {"found": "0700 123"}, "What looks like a phone number: “0700 123”"),
    ("email", {"found": "a@b.c"}, "What looks like an e-mail address: “a@b.c”"),
    ("identity", {"found": "1-2"}, "What looks like an identity number: “1-2”"),
    ("map", {"found": "geo:1"}, "What looks like a place on a map: “geo:1”"),
    (
        "words",
        {"found": "c1alis 100%", "pattern": "cialis"},
        "The rule “cialis” met “c1alis 100%”",
    ),
    (
        "name",
        {"found": "Ali", "pattern": "ali"},
        "The rule “ali” met the name or place “Ali”",
    ),
    (
        "link",
        {"found": "http://a.example", "pattern": "a.example"},
        "The rule “a.example” met the link “http://a.example”",
    ),
    ("links", {"number": 1, "found": "a.example"}, "1 link: a.example"),
    ("links", {"number": 3, "found": "a.example, b"}, "3 links: a.example, b"),
    (
        "score",
        {"per_cent": 97, "words": ["pills", "link:", "link:a.example"], "least": 90},
        "Spam score 97%; what weighed most: pills · a link · a link to a.example",
    ),
    ("score", {"per_cent": 97, "words": [], "least": 90}, "Spam score 97%."),
    (
        "known",
        {"published": 5, "refused": 0},
        "At least 5 comments with this mark were published, and none was refused of late.",
    ),
    (
        "not_yet",
        {"published": 1, "refused": 0},
        "The mark is not known yet: 1 comment was published.",
    ),
    (
        "not_yet",
        {"published": 9, "refused": 2},
        "Of late 2 comments with this mark were refused.",
    ),
    ("unknown", {}, "Unknown names are held, and this one came without a secret phrase."),
    ("open", {}, "The forum is open."),
    ("premoderated", {}, "The forum is pre-moderated."),
    ("closed", {}, "The forum is closed."),
]


def reason(code, details):
    return Reason(phase=Comment.Phase.RULES, code=code, details=details)


@pytest.mark.parametrize(("code", "details", "said"), SAID)
def test_each_reason_is_a_sentence_with_its_details(code, details, said):
    assert sentence(reason(code, details)) == said


def test_every_code_that_the_pipeline_leaves_has_a_sentence_and_a_test():
    source = Path(moderation.__file__).read_text(encoding="utf-8")
    pairs = re.findall(r'Phase\.\w+,\s+"(\w+)"(?: if known else "(\w+)")?', source)
    left = {code for pair in pairs for code in pair if code}
    assert {"limit", "honeypot", "quick", "repeated", "links", "score", "known", "not_yet"} <= left
    known = set(reasons.SENTENCES) | set(reasons.COUNTING)
    assert left <= known
    assert known == {code for code, _details, _said in SAID}


def test_an_unknown_code_is_told_by_its_phase():
    assert sentence(reason("moonphase", {})) == "Rules: moonphase"


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts),
    max_leaves=8,
)
_CODES = st.sampled_from(sorted({code for code, _details, _said in SAID})) | st.text()
_DETAILS = _ANYTHING | st.fixed_dictionaries(
    {
        name: _ANYTHING
        for name in (
            "limit", "seconds", "least", "number", "refused", "found", "pattern", "per_cent",
            "words", "published",
        )
    }
)  # fmt: skip


@given(_CODES, _DETAILS)
def test_no_code_and_no_details_ever_raise(code, details):
    assert isinstance(sentence(reason(code, details)), str)


def test_templates_show_a_reason_with_a_filter_that_escapes_it():
    template = Template("{% load comments %}{{ reason|reason_words }}")
    shown = template.render(
        Context({"reason": reason("words", {"pattern": "<b>", "found": "<script>"})})
    )
    assert shown == "The rule “&lt;b&gt;” met “&lt;script&gt;”"


# For authors


@pytest.mark.parametrize("code", Decision.Code.values)
def test_each_reason_code_has_its_own_sentence_for_the_author(code):
    said = for_author(Decision(after=Comment.Status.REJECTED, code=code, reason="He is a liar"))
    others = [
        for_author(Decision(after=Comment.Status.REJECTED, code=other))
        for other in ["", *Decision.Code.values]
        if other != code
    ]
    assert said.endswith(".")
    assert said not in others
    assert "liar" not in said


def test_spam_and_no_code_have_their_sentences():
    spam = for_author(Decision(after=Comment.Status.SPAM))
    assert spam.startswith("It was taken for spam.")
    without = "A moderator decided not to publish it. No reason was given."
    assert for_author(Decision(after=Comment.Status.REJECTED)) == without
    assert for_author(None) == without


def test_spam_with_a_code_tells_the_code():
    said = for_author(Decision(after=Comment.Status.SPAM, code=Decision.Code.ADVERT))
    assert said == "A moderator took it for an advertisement."
