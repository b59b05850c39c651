"""Names, places, dates, numbers and signs of two scripts, where a real Chromium draws them.

Each case lists pieces in the order in which they are read; on the screen each must stand wholly
after the one before, to its right or to its left. No piece may be parted by another.
"""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from comments import receipts
from comments.models import Comment
from comments.text import clean_line
from posts.languages import language_of
from tests.every_page import Shown, address_of, in_browser
from tests.factories import (
    make_author,
    make_blog,
    make_comment,
    make_forum,
    make_photo,
    make_post,
    make_section,
    make_tag,
    make_upload,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDE = {"width": 1280, "height": 900}
RLO, PDF, RLI = "\u202e", "\u202c", "\u2067"

# Name and place of a comment, on a page of either direction.
SIGNED = [
    ("Zarghuna", "Chitral"),
    ("زرغونه", "کندهار"),
    ("زرغونه", "Vienna"),
    ("Frud Bezhan", "کابل"),
    ("Ali علی", "لاہور Lahore"),
    ("Jack (Kabul)", "(near) Ghazni"),
    ("جان (کابل)", "هرات (غرب)"),
    ("«هیله»", "“Bamiyan”"),
    ("Reader 007", "۱۲ ناحیه"),
    ("۱۲۳", "2026"),
    ("Mir!", "کابل؟"),
    ("→ نازک", "Swat → Dir"),
    ("👩‍🌾 Mir", "🏔 هنزه"),
    (f"evil{RLO}eman", "Kabul"),
    (f"{RLI}نوم", f"Kunduz{PDF}{PDF}"),
    ("Kabul, from: Mazar", "by: Herat"),
]
# A comment's language, its text, pieces of it as they are read, and in which direction.
SAID = [
    ("ps", "زما شمېره +93 700 123 456 ده.", ["+93", "700", "123", "456"], "ltr"),
    ("ps", "زنګ ووهه 0700-123-456 سبا", ["0700", "123", "456"], "ltr"),
    ("ps", "زنګ ووهه (0700) 123 456 سبا", ["(0700)", "123", "456"], "ltr"),
    ("fa-AF", "زنگ بزن ۰۷۰۰ ۱۲۳ ۴۵۶ فردا", ["۰۷۰۰", "۱۲۳", "۴۵۶"], "ltr"),
    ("ps", "زما شمېره +93 700 123 456 ده.", ["زما", "+93 700 123 456", "ده"], "rtl"),
    ("ps", "دلته https://example.org/a/b?x=1 وګوره", ["https://", "example.org", "/a/b", "?x=1"], "ltr"),
    ("ur", "یہ https://example.org/a/ دیکھیں", ["یہ", "https://example.org/a/", "دیکھیں"], "rtl"),
    ("ps", "زه Kabul ته ځم", ["زه", "Kabul", "ته", "ځم"], "rtl"),
    ("ps", "کابل (پلازمېنه) ښه دی", ["کابل", "(", "پلازمېنه", ")", "ښه"], "rtl"),
    ("ur", "اس نے کہا: ”واہ“ اور گیا", ["کہا", "”", "واہ", "“", "اور"], "rtl"),
    ("fa-AF", "او گفت «سلام» و رفت.", ["گفت", "«", "سلام", "»", "رفت", "."], "rtl"),
    ("ps", "په 25/11/2026 نېټه", ["25", "11", "2026"], "ltr"),
    ("ps", "په ۱۲:۳۰ بجو", ["۱۲", "۳۰"], "ltr"),
    ("ps", "کابل → هرات", ["کابل", "→", "هرات"], "rtl"),
    ("ur", "قیمت 1,250.50 روپے", ["1,250", ".50"], "ltr"),
    ("en", "Well said (all of it).", ["Well", "said", "(all", "it)", "."], "ltr"),
    ("en", "The word کتاب means “book”.", ["word", "کتاب", "means", "“book”", "."], "ltr"),
    ("en", "Call +93 700 123 456 now", ["Call", "+93", "700", "456", "now"], "ltr"),
    ("en", "Salaam 👋 from Kabul!", ["Salaam", "👋", "from", "Kabul", "!"], "ltr"),
]  # fmt: skip
HEADLINES = {
    "en": (
        "Why BBC فارسی said “no” (again) in 2026",
        ["Why", "BBC", "فارسی", "said", "“no”", "2026"],
    ),
    "ps": ("ولې BBC وویل «نه» (بیا) په 2026", ["ولې", "BBC", "وویل", "«نه»", "(بیا)", "2026"]),
}

# For each probe [selector of a root, its number, [piece, …]]: the box of each piece, found in the
# root's text one after the other; a piece that begins with "css:" is an element.
BOXES = """probes => probes.map(([root, number, pieces]) => {
    const inside = document.querySelectorAll(root)[number];
    const walker = document.createTreeWalker(inside, NodeFilter.SHOW_TEXT), nodes = [];
    for (let node, at = 0; (node = walker.nextNode()); at += node.data.length)
        nodes.push({node, at});
    const all = nodes.map(({node}) => node.data).join("");
    const spot = offset => {
        const {node, at} = nodes.findLast(each => each.at <= offset);
        return [node, offset - at];
    };
    let from = 0;
    return pieces.map(piece => {
        let drawn;
        if (piece.startsWith("css:")) {
            drawn = inside.querySelectorAll(piece.slice(4).split("|")[0])[+(piece.split("|")[1] ?? 0)];
        } else {
            const start = all.indexOf(piece, from);
            if (start < 0) return null;
            from = start + piece.length;
            drawn = document.createRange();
            drawn.setStart(...spot(start));
            const [node, offset] = spot(from - 1);
            drawn.setEnd(node, offset + 1);
        }
        const boxes = [...drawn.getClientRects()].filter(box => box.width > 0);
        return {
            left: Math.min(...boxes.map(box => box.left)), right: Math.max(...boxes.map(box => box.right)),
            top: Math.min(...boxes.map(box => box.top)), bottom: Math.max(...boxes.map(box => box.bottom)),
        };
    });
})"""


@dataclass
class Case:
    """`pieces` are read one after the other below `root`, its `number`th match on the page."""

    root: str
    number: int
    pieces: list
    direction: str
    of: str

    def wrong(self, boxes):
        if None in boxes:
            return f"{self.of}: {self.pieces[boxes.index(None)]} is not on the page"
        drawn = zip(self.pieces, boxes, strict=True)
        for (one, before), (other, after) in pairwise(drawn):
            if (after["top"] + after["bottom"]) / 2 >= before["bottom"]:
                continue  # On a further line; letters may reach over their own.
            # A pixel of overlap is what letters that lean towards each other have.
            apart = (
                after["left"] >= before["right"] - 1.5
                if self.direction == "ltr"
                else after["right"] <= before["left"] + 1.5
            )
            if not apart:
                return f"{self.of}: “{other}” does not follow “{one}” ({self.direction})"
        return None


class Newsroom:
    """A post with everything of two scripts, and its pages in one language."""

    def __init__(self, language):
        self.language, self.direction = language, language_of(language).direction
        headline, self.headline_pieces = HEADLINES[language]
        section = make_section("Region سیمه", slug="region")
        tags = [make_tag("Energy", slug="energy"), make_tag("برېښنا (نوې)", slug="barq")]
        authors = [make_author("Frud Bezhan"), make_author("زرغونه کاکړ")]
        self.photo = make_photo(
            make_upload(size=(640, 427)), caption="د BBC انځور (2026)", credit="AFP / Reuters"
        )
        self.post = make_post(
            headline, language=language, section=section, tags=tags, authors=authors,
            lead_photo=self.photo, body="<p>.</p>",
        )  # fmt: skip
        for other, (said, _pieces) in HEADLINES.items():
            make_post(said, language=other, section=section)
        self.forum = make_forum(self.post)
        for name, place in SIGNED:
            # As the form stores them: the last ones try to reorder what stands around them.
            signed = {"name": clean_line(name), "place": clean_line(place)}
            make_comment(self.forum, language=language, text=".", **signed)
        for said, text, _pieces, _direction in SAID:
            make_comment(self.forum, name="Jack", language=said, text=text)
        self.client = Client()

    def page(self, kind, address):
        return Shown(kind, self.language, address, 200, self.client.get(address).text)

    def article(self):
        """(page, cases) of the article and its thread."""
        cases = [
            Case("article.comment h3", number, ["css:.label", "css:.name", "css:.label|1", "css:.place"],
                 self.direction, f"by {name} from {place}")
            for number, (name, place) in enumerate(SIGNED)
        ]  # fmt: skip
        cases += [
            Case("article.comment .text", len(SIGNED) + number, pieces, direction, text)
            for number, (_language, text, pieces, direction) in enumerate(SAID)
        ]
        cases += [
            Case(".post h1", 0, self.headline_pieces, self.direction, "headline"),
            Case(".post .byline", 0, ["--", "css:a", "css:a|1"], self.direction, "byline"),
            Case(".post .byline", 0, ["Frud", "Bezhan"], "ltr", "a Latin name in the byline"),
            Case(".post .byline", 0, ["زرغونه", "کاکړ"], "rtl", "a Pashto name in the byline"),
            Case("figcaption", 0, ["د", "BBC", "انځور", "(2026)"], "rtl", "caption"),
            Case("figcaption", 0, ["AFP", "/", "Reuters"], "ltr", "credit"),
            Case(".post .tags", 0, ["css:a", "css:a|1"], self.direction, "tags"),
            Case(".post .tags", 0, ["برېښنا", "(", "نوې", ")"], "rtl", "a tag with brackets"),
        ]
        return self.page("article", self.post.get_absolute_url()), cases

    def front(self):
        front = "/" if self.language == "en" else f"/{self.language}/"
        date = ["css:.names", "css:time"]
        mine = ".summary:has(.names)"
        cases = [
            Case(f"{mine} .dateline", 0, date, self.direction, "names and date in a list"),
            Case(f"{mine} .dateline", 0, ["Frud", "Bezhan"], "ltr", "a Latin name in a list"),
            Case(f"{mine} h2", 0, self.headline_pieces, self.direction, "headline in a list"),
            Case(f"{mine} .kicker", 0, ["Region", "سیمه"], "ltr", "section"),
        ]
        return self.page("front", front), cases

    def reply(self):
        comment = Comment.objects.get(name="Jack (Kabul)")
        address = reverse("comments:reply", args=[self.post.slug, comment.pk])
        cases = [
            Case("#form-heading", 0, ["Jack", "(", "Kabul", ")"], "ltr", "whom a reply answers"),
            Case("h1", 0, self.headline_pieces, self.direction, "headline over a form"),
        ]
        return self.page("reply", address), cases

    def receipt(self):
        comment = Comment.objects.get(name="جان (کابل)")
        cases = [
            Case(".own h2", 0, ["css:.label", "css:.name", "css:.label|1", "css:.place"],
                 self.direction, "name and place on a receipt"),
            Case(".own h2", 0, ["جان", "(", "کابل", ")"], "rtl", "brackets on a receipt"),
        ]  # fmt: skip
        return self.page("receipt", receipts.receipt_address(comment)), cases


@pytest.mark.parametrize("language", ["en", "ps"])
def test_nothing_changes_places_where_two_scripts_meet(chromium, monkeypatch, language):
    monkeypatch.setattr("comments.pages.THREADS_ON_A_PAGE", 100)
    make_blog()
    newsroom = Newsroom(language)
    shown = [newsroom.article(), newsroom.front(), newsroom.reply(), newsroom.receipt()]
    wrong = []
    with in_browser(chromium, [page for page, _cases in shown], viewport=WIDE) as context:
        page = context.new_page()
        for each, cases in shown:
            page.goto(address_of(each))
            boxes = page.evaluate(BOXES, [[case.root, case.number, case.pieces] for case in cases])
            found = (case.wrong(drawn) for case, drawn in zip(cases, boxes, strict=True))
            wrong += [f"{each}: {line}" for line in found if line]
        # A tab's title takes its direction from its first letters: the headline, then the blog.
        page.goto(address_of(shown[0][0]))
        assert page.title() == f"{newsroom.post.headline} · Gandhara"
    assert sum(len(cases) for _page, cases in shown) >= 50
    assert not wrong, "\n".join(wrong)
