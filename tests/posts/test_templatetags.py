"""What templates ask of posts."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from posts.models import Blog
from posts.templatetags.posts import direction, iso, nav_sections, post_body, the_blog
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
    assert html.count("<img") == html.count("<picture>") == html.count('loading="lazy"') == 2
    assert "data-file" not in html
    assert html.index(f'alt="n{photos[0].pk}"') < html.index(f'alt="n{photos[1].pk}"')


def test_a_moment_for_machines_has_seconds_and_an_offset_and_no_fraction():
    moment = datetime(2012, 4, 14, 15, 30, 5, 123456, tzinfo=UTC)
    assert iso(moment) == "2012-04-14T15:30:05+00:00"
    with timezone.override("Asia/Kabul"):
        assert iso(moment) == "2012-04-14T20:00:05+04:30"
