"""Cards: how they are drawn, and at which addresses for how long."""

import io

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from PIL import Image, ImageChops

from posts import card_drawing, cards, typefaces
from posts.card_drawing import Card
from posts.models import Blog, Post
from tests.factories import make_post, make_section

SAYINGS = {
    "en": "The road over the pass was open by noon",
    "ps": "د ښار څښاک اوبه ۍ ځ ډېرې شوې، وايي (AFP)",
    "fa-AF": "کتابخانهٔ هرات دوباره باز شد، می‌گویند",
    "ur": "لاہور کی پرانی لائبریری میں BBC کی تقریب",
}


def drawn(**said):
    return card_drawing.draw(Card(**{"title": "Gandhara", "headline": ""} | said))


def where(image, other):
    """The box in which two images differ."""
    return ImageChops.difference(image, other).getbbox()


@pytest.fixture
def without_fonts(monkeypatch):
    """A machine that has no font but Pillow's own."""
    typefaces.faces.cache_clear()
    monkeypatch.setattr(typefaces, "FOLDERS", ("/nonexistent",))
    yield
    typefaces.faces.cache_clear()


@pytest.mark.parametrize("language", SAYINGS)
def test_a_card_is_a_png_of_1200_by_630_that_comes_through_slow_lines(language):
    content = card_drawing.png(Card("Gandhara", SAYINGS[language], "Region", language))
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(content) < 60_000
    assert not image.info.get("exif")


def test_words_stand_on_the_side_where_their_language_begins(monkeypatch):
    left = where(drawn(headline="Open"), drawn())
    assert left[0] < 100
    assert left[2] < 500
    # Latin letters, so that this holds on a machine without Arabic fonts.
    right = where(drawn(headline="Open", language="ps"), drawn(language="ps"))
    assert right[2] > 1100
    assert right[0] > 700


def test_the_longest_headline_stays_in_its_column_and_above_the_hills():
    longest = " ".join(["withdrawal"] * 30)[:250]
    for headline in (longest, "W" * 250, "i " * 125):
        box = where(drawn(headline=headline), drawn())
        assert box[0] >= card_drawing.MARGIN - 4
        assert box[2] <= card_drawing.MARGIN + card_drawing.COLUMN + 30
        assert box[3] <= card_drawing.HEIGHT - 60


def test_a_section_gives_the_ground_its_colour_for_every_post_of_it():
    one, two = drawn(kicker="Region"), drawn(kicker="Region", headline="x")
    assert one.getpixel((5, 5)) == two.getpixel((5, 5))
    colours = {drawn(kicker=name).getpixel((5, 5)) for name in ("Region", "Culture", "Economy")}
    assert len(colours) > 1


def test_no_letter_is_drawn_as_an_empty_box(without_fonts):
    # No font of this machine has these, so the text is not drawn at all.
    for language in ("ps", "fa-AF", "ur"):
        assert typefaces.runs(SAYINGS[language], language) is None
        assert (
            where(drawn(headline=SAYINGS[language], language=language), drawn(language=language))
            is None
        )
    assert where(drawn(headline="Open \U0010fffd"), drawn(headline="Open")) is None
    assert where(drawn(headline="Open 😀"), drawn(headline="Open")) is None
    assert where(drawn(headline=SAYINGS["en"]), drawn()) is not None


def test_each_piece_is_in_a_font_that_has_its_letters():
    for language, text in SAYINGS.items():
        runs = typefaces.runs(text, language)
        if runs is None:  # a machine without fonts for it, as above
            continue
        assert "".join(piece for _path, piece in runs) == text
        for path, piece in runs:
            missing = typefaces._shape(path, "\U0010ffff")
            shown = [each for each in piece if each.isalpha()]
            assert [each for each in shown if typefaces._shape(path, each) == missing] == []


def test_without_the_means_to_join_letters_arabic_script_is_not_drawn(monkeypatch):
    monkeypatch.setattr(typefaces, "can_shape", lambda: False)
    assert typefaces.runs("کتاب", "fa-AF") is None
    assert "".join(piece for _path, piece in typefaces.runs("Open", "en")) == "Open"
    assert drawn(headline="کتاب Open", language="fa-AF").size == (1200, 630)


def places(words, direction):
    runs = [[("", word)] for word in words.split()]
    return [word[0][1] for word, _own in card_drawing._in_places(runs, direction)]


def test_words_of_the_other_direction_run_the_other_way():
    assert places("a b c", "ltr") == ["a", "b", "c"]
    assert places("کې BBC Urdu کې", "rtl") == ["کې", "Urdu", "BBC", "کې"]
    assert places("in کتاب خانه 20 b", "ltr") == ["in", "خانه", "کتاب", "20", "b"]
    assert places("(AFP)", "rtl") == ["(AFP)"]


@given(st.text(max_size=250), st.sampled_from(list(SAYINGS)))
@tried(deadline=None, derandomize=True, max_examples=25)
def test_any_words_make_a_card(words, language):
    image = drawn(headline=words, kicker=words[:40], title=words[:60], language=language)
    assert image.size == (1200, 630)


# At its address


def card_of(post):
    return cards.address_of_post(post, Blog.current())


@pytest.mark.django_db
def test_the_card_of_a_public_post_is_served_and_asked_for_again_costs_nothing(client, monkeypatch):
    post = make_post("The dam", section=make_section("Region"))
    response = client.get(card_of(post))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert "max-age=0" in response["Cache-Control"]
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    monkeypatch.setattr(card_drawing, "png", None)  # whoever draws now fails
    again = client.get(card_of(post), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert client.post(card_of(post)).status_code == 405


@pytest.mark.django_db
def test_its_address_changes_with_what_it_says_and_the_old_one_leads_to_the_new(client):
    post = make_post("The dam", slug="dam")
    old = card_of(post)
    for change in (
        {"headline": "The bridge"},
        {"section": make_section("Region")},
        {"language": "ps"},
    ):
        before = card_of(post)
        for name, value in change.items():
            setattr(post, name, value)
        post.save()
        assert card_of(post) != before
    post.body = "<p>Other words.</p>"
    now = card_of(post)
    post.save()
    assert card_of(post) == now
    response = client.get(old)
    assert response.status_code == 302
    assert response["Location"] == now
    Blog(title="Another name").save()
    assert card_of(post) != now


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "answer"), [("withdrawn", 410), ("draft", 404), ("in_review", 404)]
)
def test_a_card_goes_with_its_post(client, status, answer):
    post = make_post("The dam")
    address = card_of(post)
    Post.objects.filter(pk=post.pk).update(status=status)
    assert client.get(address).status_code == answer


@pytest.mark.django_db
def test_the_blogs_own_card_is_served_and_moves_with_its_words(client):
    old = cards.address_of_blog(Blog.current())
    assert client.get(old)["Content-Type"] == "image/png"
    Blog(title="Gandhara", tagline="News").save()
    assert client.get(old)["Location"] == cards.address_of_blog(Blog.current())


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["x", "0" * 12, "..", "%00", "x" * 3000])
def test_a_name_that_was_never_a_cards_leads_to_the_card(client, asked):
    post = make_post("The dam", slug="dam")
    response = client.get(f"/a/dam/card-{asked}.png")
    assert (response.status_code, response["Location"]) == (302, card_of(post))
