"""One spelling for all the ways in which the same word is typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts import folding

ANYTHING = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from("يىۍئےكګةۀہھأآءـ\u200c\u200d\u0651ﺳﻼﷺ٣۳İßſΣﬁⅣ🅰\ud800\x00"),
    )
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Café  NAÏVE\nStraße", "cafe naive strasse"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("ｆｕｌｌ 𝓶𝓪𝓽𝓱 Ⓒ 🅰 ﬁ", "full math c a fi"),
        ("كتابي", "کتابی"),
        ("موسى ځای ښې غواړۍ مسئله اچھے", "موسی ځای ښی غواړی مسیله اچهی"),
        ("خانۀ مدرسة ہم بھی", "خانه مدرسه هم بهی"),
        ("أمر إلى آب ٱلله", "امر الی اب الله"),
        ("مؤمن ۇ ۆ ګل", "مومن و و گل"),
        ("فوراً محمّد رحمٰن سـلـام جزء", "فورا محمد رحمن سلام جز"),
        ("می‌شود", "می شود"),
        ("a\u200db\u00adc\u200bd\ufeffe\u2060f\u3164g", "abcdefg"),
        ("١٢٣ ۴۵۶ १२ １２", "123 456 12 12"),
        ("ﺳﻼﻡ", "سلام"),
        ("ﹰﹱ", ""),
        ("\x85a\x1fb\u2028c\x00d", "a b cd"),
        ("x\ud800y", "xy"),
        ("ښ ڼ ړ ډ ټ ڑ ڈ ٹ ں ث", "ښ ڼ ړ ډ ټ ڑ ڈ ٹ ں ث"),
    ],
)
def test_a_text_folds_to_one_spelling(typed, folded):
    assert folding.fold(typed) == folded


def test_words_are_runs_of_letters_and_digits():
    assert folding.words("Don’t — e-mail «ﷺ» 3½!") == [
        "don", "t", "e", "mail", "صلی", "الله", "علیه", "وسلم", "31", "2",
    ]  # fmt: skip


def test_each_character_of_unicode_folds_to_what_stays_when_folded_again():
    wrong = []
    for code in range(0x110000):
        folded = folding.fold(chr(code))
        if folding.fold(folded) != folded:
            wrong.append(hex(code))
    assert wrong == []


@given(ANYTHING)
def test_folding_twice_gives_the_same(text):
    folded = folding.fold(text)
    assert folding.fold(folded) == folded
    assert folding.words(folded) == folding.words(text)


@given(ANYTHING)
def test_a_folded_text_has_no_marks_no_formats_and_only_ascii_digits(text):
    folded = folding.fold(text)
    folded.encode()
    for letter in folded:
        kind = unicodedata.category(letter)
        assert kind[0] != "M"
        assert kind not in ("Cf", "Cc", "Cs")
        assert kind != "Nd" or letter in "0123456789"
    assert folded == " ".join(folded.split())


@given(ANYTHING, st.sampled_from(["", folding.SIGNS]))
def test_placed_words_are_found_where_they_stand(text, signs):
    end = 0
    for word, start, word_end in folding.placed_words(text, signs):
        assert 0 <= start < word_end <= len(text)
        assert start >= end - 1
        end = word_end
        bare = word.replace(folding.NON_JOINER, "")
        assert bare in folding.fold(text[start:end].replace(folding.NON_JOINER, ""))


@given(ANYTHING)
def test_placed_words_are_the_words(text):
    placed = [
        part
        for word, _start, _end in folding.placed_words(text)
        for part in word.split(folding.NON_JOINER)
    ]
    assert placed == folding.words(text)


@pytest.mark.parametrize("word", ["c1alis", "v!agra", "pr0n", "сialis", "a$$", "løst", "хеход"])
def test_a_word_with_look_alikes_is_a_disguise(word):
    assert folding.is_disguised(word)


@pytest.mark.parametrize("word", ["cialis", "2014", "a55", "m1", "300m", "рак", "کتاب", "", "$$$"])
def test_a_plain_word_a_number_and_a_measure_are_not(word):
    assert not folding.is_disguised(word)


@given(st.text(alphabet="abcilos015$@!аеос", max_size=8), st.text(alphabet="abcilos", max_size=8))
def test_what_can_be_read_as_a_word_shares_its_skeleton(shown, plain):
    assert len(folding.skeleton(shown)) == len(shown)
    if folding.can_be_read_as(shown, plain):
        assert folding.skeleton(shown) == folding.skeleton(plain)


def test_each_look_alike_shares_the_skeleton_of_the_letters_it_stands_for():
    for sign, letters in folding._READ_AS.items():
        for letter in letters:
            assert folding.skeleton(sign) == folding.skeleton(letter)
        # Else a text could never hold it, folded as it is.
        assert folding.fold(sign) == sign
