"""What templates ask of posts."""

import pytest

from posts.models import Blog
from posts.templatetags.posts import direction, nav_sections, post_body, the_blog
from tests.factories import make_photo, make_post, make_section

pytestmark = pytest.mark.django_db


def test_the_masthead_names_top_sections_that_lead_to_something_by_position():
    zabul = make_section("Zabul", position=1)
    sport = make_section("Sport", position=3)
    cricket = make_section("Cricket", parent=sport)
    culture = make_section("Culture", position=2)
    books = make_section("Books", position=2)
    make_section("Empty")
    for section in (zabul, cricket, culture, books):
        make_post(section=section)
    assert [section.name for section in nav_sections()] == ["Zabul", "Books", "Culture", "Sport"]


def test_the_blog_has_a_name_before_and_after_it_is_stored():
    assert the_blog().title == "Gandhara"
    Blog(title="Mashaal").save()
    assert the_blog().title == "Mashaal"


@pytest.mark.parametrize(("name", "way"), [("Frud", "ltr"), ("فرود", "rtl"), (7, "ltr")])
def test_a_name_has_the_direction_of_its_letters(name, way):
    assert direction(name) == way


def test_the_body_is_drawn_with_its_photos_and_without_asking_twice(django_assert_num_queries):
    photos = [make_photo(), make_photo()]
    images = "".join(f'<img alt="n{each.pk}" data-file="{each.pk}">' for each in photos)
    post = make_post(body=f"<figure>{images}</figure>")
    with django_assert_num_queries(1):
        html = post_body(post)
    assert html.count("<img") == html.count("srcset=") == html.count('loading="lazy"') == 2
    assert "data-file" not in html
    assert html.index(f'alt="n{photos[0].pk}"') < html.index(f'alt="n{photos[1].pk}"')
