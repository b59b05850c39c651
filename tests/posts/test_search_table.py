"""Which words find which: pairs that must and must not match, in the four languages.

The words that search marks in a text are held to the same table.
"""

import pytest

from comments import search as comment_search
from posts import highlights, search
from posts.wanted import Wanted
from tests.factories import make_comment, make_post

pytestmark = pytest.mark.django_db

# (language, what a post says, what is typed)
MATCH = [
    # Pashto: yehs, kafs, gafs, hehs of other keyboards
    ("ps", "د ملګري ملتونه", "ملگری"),
    ("ps", "پښتو ژبه", "پښتو ژبة"),
    ("ps", "موږ غواړۍ", "غواړی"),
    ("ps", "ښځې راغلې", "ښځی"),
    ("ps", "كابل ښار", "کابل"),
    ("ps", "کندهار", "كندھار"),
    ("ps", "ټولټاکنې", "ټولټاکني"),
    ("ps", "سړک ګډوډ دی", "سړك گډوډ"),
    ("ps", "په ۲۰۱۴ کې", "2014"),
    ("ps", "خپلواکي", "خپلواکۍ"),
    ("ps", "لس‌ګونه", "لس ګونه"),
    ("ps", "لس‌ګونه", "لسګونه"),
    ("ps", "زړُه", "زړه"),
    ("ps", "افغانستان", "افغان"),
    # Dari: non-joiner, space or joined; hamza, marks, stretched letters
    ("fa-AF", "کتاب‌های خوب", "کتاب های"),
    ("fa-AF", "کتاب‌های خوب", "کتابهای"),
    ("fa-AF", "کتاب‌های خوب", "کتاب‌های"),
    ("fa-AF", "می‌شود گفت", "میشود"),
    ("fa-AF", "می‌شود گفت", "می شود"),
    ("fa-AF", "میشود گفت", "می‌شود"),
    ("fa-AF", "میشود گفت", "می شود گفت"),
    ("fa-AF", "می شود گفت", "می‌شود"),
    ("fa-AF", "رئیس جمهور", "رییس جمهور"),
    ("fa-AF", "مسئله", "مسیله"),
    ("fa-AF", "خانۀ ما", "خانه"),
    ("fa-AF", "مؤسسه", "موسسه"),
    ("fa-AF", "آب", "اب"),
    ("fa-AF", "محمّد", "محمد"),
    ("fa-AF", "فوراً", "فورا"),
    ("fa-AF", "کـــتاب", "کتاب"),
    ("fa-AF", "ﻛﺘﺎﺏ", "کتاب"),
    ("fa-AF", "سلام", "ﺳﻼﻡ"),
    ("fa-AF", "كتابي", "کتابی"),
    ("fa-AF", "سال ۱۳۹۳", "1393"),
    ("fa-AF", "سال ١٣٩٣", "۱۳۹۳"),
    ("fa-AF", "جمهوری اسلامی", "اسلامي جمهوري"),
    ("fa-AF", "دانشجویان", "دانشجو"),
    # Urdu: its own hehs and yehs; digits
    ("ur", "یہ خبر", "يه خبر"),
    ("ur", "لڑکی کے ساتھ", "لڑكي كى"),
    ("ur", "بھارت", "بهارت"),
    ("ur", "پاکستان میں", "پاكستان"),
    ("ur", "گاڑی", "ګاڑی"),
    ("ur", "۲۵ افراد", "٢٥ افراد"),
    ("ur", "اِس کا", "اس"),
    ("ur", "خوب‌صورت", "خوبصورت"),
    ("ur", "خوبصورت", "خوب صورت"),
    ("ur", "مسئلۂ کشمیر", "مسئلہ کشمیر"),
    ("ur", "الله", "اللہ"),
    # English and other Latin: case, accents, wide letters, beginnings, several words
    ("en", "The Tunnel was open", "tunnel"),
    ("en", "THE TUNNEL", "Tunnel"),
    ("en", "Café Schwarzenberg", "cafe"),
    ("en", "Cafe Schwarzenberg", "café"),
    ("en", "Straße", "STRASSE"),
    ("en", "İstanbul", "istanbul"),
    ("en", "ｆｕｌｌ width", "full"),
    ("en", "the ﬁeld", "field"),
    ("en", "Pakistan, Russia make nice", "russia pakistan"),
    ("en", "Pakistan, Russia make nice", "pak"),
    ("en", "e-mail", "e mail"),
    ("en", "Don’t", "don't"),
    ("en", "In 2014", "۲۰۱۴"),
    ("en", "naïve", "nai\u0308ve"),
]
MUST_NOT = [
    # Letters that tell words of Pashto apart
    ("ps", "ښار", "شار"),
    ("ps", "ښار", "خار"),
    ("ps", "ښځه", "ښچه"),
    ("ps", "ړوند", "روند"),
    ("ps", "ډوډۍ", "دودی"),
    ("ps", "ټول", "تول"),
    ("ps", "پاڼه", "پانه"),
    ("ps", "ږغ", "ژغ"),
    ("ps", "ځوان", "جوان"),
    # Letters that tell words of Dari apart; parts and other orders of letters
    ("fa-AF", "ثواب", "صواب"),
    ("fa-AF", "سد", "صد"),
    ("fa-AF", "ذهن", "زهن"),
    ("fa-AF", "هوا", "حوا"),
    ("fa-AF", "کتابخانه", "خانه"),
    ("fa-AF", "کتاب خوب", "کتاب بد"),
    ("fa-AF", "کتاب خوب", "کتابخوب"),
    ("fa-AF", "۱۳۹۳", "۱۳۹۴"),
    ("fa-AF", "گل", "کل"),
    # Urdu
    ("ur", "لڑکا", "لرکا"),
    ("ur", "میں", "مین"),
    ("ur", "ٹوپی", "توپی"),
    ("ur", "ڈاک", "داک"),
    ("ur", "پاکستان", "پاکستانی"),
    # English: the middle of words, other words, beginnings that aren't the last word's or too short
    ("en", "The tunnel was open", "unnel"),
    ("en", "The tunnel was open", "tunnels"),
    ("en", "The tunnel was open", "tunnel snow"),
    ("en", "The tunnel was open", "tun open"),
    ("en", "The tunnel was open", "tu"),
    ("en", "snowfall", "snow fall"),
    ("en", "can not", "cannot"),
    ("en", "2014", "214"),
    ("en", "раk", "pak"),
    ("en", "c1alis", "cialis"),
]


def test_the_table_is_long_enough_and_has_all_four_languages():
    assert len(MATCH) + len(MUST_NOT) >= 60
    for pairs in (MATCH, MUST_NOT):
        assert {language for language, _said, _typed in pairs} == {"ps", "fa-AF", "ur", "en"}


def found(typed):
    return {post.headline for post in search.find(Wanted.typed(typed))[:10]}


@pytest.mark.parametrize(("language", "said", "typed"), MATCH)
def test_what_says_the_same_is_found_and_marked(language, said, typed):
    comment = make_comment(text=said, language=language)
    make_post("In the headline", body=f"<p>{said}</p>", language=language)
    make_post(said, body="<p>qqq</p>", language=language)
    assert found(typed) == {"In the headline", said}
    assert [each.pk for each in comment_search.shown(Wanted.typed(typed))[:10]] == [comment.pk]
    assert "<mark>" in highlights.marked(said, Wanted.typed(typed))


@pytest.mark.parametrize(("language", "said", "typed"), MUST_NOT)
def test_what_says_something_else_is_not_found(language, said, typed):
    make_comment(text=said, language=language)
    make_post(said, body=f"<p>{said}</p>", language=language)
    assert found(typed) == set()
    assert comment_search.shown(Wanted.typed(typed)).count() == 0
