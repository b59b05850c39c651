"""Posts and what they are made of."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from posts.models import Author, Blog, Byline, Photo, Post
from tests.factories import (
    make_author,
    make_post,
    make_section,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
Status = Post.Status
NOON = datetime(2014, 8, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_the_public_sees_only_what_is_published(status):
    public = make_post("Public")
    hidden = make_post("Hidden", status=status, published_at=timezone.now() - timedelta(days=1))
    assert list(Post.objects.published()) == [public]
    assert public.is_public
    assert not hidden.is_public


def test_a_scheduled_post_becomes_public_on_its_second(time_machine):
    time_machine.move_to(NOON, tick=False)
    post = make_post("Scheduled", published_at=NOON + timedelta(seconds=10))
    assert list(Post.objects.scheduled()) == [post]
    time_machine.move_to(NOON + timedelta(seconds=9), tick=False)
    assert not Post.objects.published().exists()
    assert not post.is_public
    time_machine.move_to(NOON + timedelta(seconds=10), tick=False)
    assert list(Post.objects.published()) == [post]
    assert post.is_public
    assert not Post.objects.scheduled().exists()


def test_what_was_public_at_a_moment_can_be_asked():
    make_post("Later", published_at=NOON + timedelta(days=1))
    first = make_post("First", published_at=NOON)
    assert list(Post.objects.published(at=NOON)) == [first]
    assert not Post.objects.published(at=NOON - timedelta(seconds=1)).exists()


def test_a_published_post_without_a_time_can_not_be_stored_and_a_draft_can():
    make_post("Draft", status=Status.DRAFT)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post("Timeless", published_at=None)


def test_publishing_without_a_time_is_publishing_now(time_machine):
    time_machine.move_to(NOON, tick=False)
    post = Post(headline="Now", status=Status.PUBLISHED)
    post.full_clean()
    assert post.published_at == NOON
    later = Post(headline="Later", status=Status.PUBLISHED, published_at=NOON + timedelta(days=2))
    later.full_clean()
    assert later.published_at == NOON + timedelta(days=2)


def test_a_draft_keeps_having_no_time():
    post = Post(headline="Draft")
    post.full_clean()
    assert post.published_at is None


def test_a_headline_of_spaces_is_refused():
    with pytest.raises(ValidationError) as refused:
        Post(headline="   ").full_clean()
    assert refused.value.message_dict["headline"] == ["A post needs a headline."]


def test_posts_are_listed_newest_first_and_those_of_one_second_by_their_making():
    second = make_post("Second", published_at=NOON)
    third = make_post("Third", published_at=NOON)
    first = make_post("First", published_at=NOON - timedelta(days=1))
    assert list(Post.objects.newest_first()) == [third, second, first]


def test_a_post_is_found_in_its_section_and_in_those_that_also_list_it_once():
    region, energy, sport = (make_section(name) for name in ("Region", "Energy", "Sport"))
    post = make_post("Pipelines", section=region)
    post.also_in.set([energy, region])
    assert list(Post.objects.in_section(region, energy)) == [post]
    assert list(Post.objects.in_section(energy)) == [post]
    assert not Post.objects.in_section(sport).exists()


def test_the_byline_stands_in_its_order_not_in_that_of_names_or_making():
    monawar, frud, abubakar = (make_author(name) for name in ("Monawar", "Frud", "Abubakar"))
    post = make_post(authors=[frud, monawar, abubakar])
    assert post.byline == [frud, monawar, abubakar]
    Byline.objects.filter(author=abubakar).update(position=0)
    Byline.objects.filter(author=frud).update(position=5)
    assert Post.objects.get().byline == [abubakar, monawar, frud]


def test_an_author_stands_once_in_a_byline():
    author = make_author()
    post = make_post(authors=[author])
    with pytest.raises(IntegrityError), transaction.atomic():
        Byline.objects.create(post=post, author=author, position=3)


def test_the_teaser_is_the_summary_else_how_the_body_begins():
    assert make_post(summary="In short.", body="<p>In long.</p>").teaser == "In short."
    assert make_post(body="<p>In <b>long</b>.</p>").teaser == "In long."


def test_a_changed_body_changes_what_lists_show():
    post = make_post(body="<p>Before.</p>")
    post.body = "<p>After.</p>"
    post.save()
    assert Post.objects.get().opening == "After."


def test_lists_load_no_bodies(django_assert_num_queries):
    make_post(authors=[make_author("Frud")], body="<p>Long.</p>")
    with django_assert_num_queries(2):
        (post,) = Post.objects.for_lists()
        assert post.teaser == "Long."
        assert [author.name for author in post.byline] == ["Frud"]
    assert "body" in post.get_deferred_fields()


def test_there_is_one_blog():
    assert Blog.current().title == "Gandhara"
    assert not Blog.objects.exists()
    Blog(title="First").save()
    Blog(title="Second").save()
    assert Blog.objects.get().title == "Second"
    assert Blog.current().title == "Second"
    with pytest.raises(IntegrityError), transaction.atomic():
        Blog.objects.bulk_create([Blog(pk=2, title="Third")])


@pytest.mark.parametrize(
    ("contact", "parts"),
    [
        ("gandhara@rferl.org", {"local": "gandhara", "host": ["rferl", "org"]}),
        ("desk@news.example.co.uk", {"local": "desk", "host": ["news", "example", "co", "uk"]}),
        ("", None),
    ],
)
def test_the_contact_address_comes_apart_without_an_at_sign(contact, parts):
    assert Blog(contact=contact).contact_parts == parts


def test_a_deleted_login_leaves_the_author_and_the_byline():
    user = make_user("frud")
    author = make_author("Frud Bezhan", login=user)
    post = make_post(authors=[author])
    user.delete()
    assert Author.objects.get().login is None
    assert post.byline == [author]


def test_a_photo_is_named_by_its_caption_else_by_what_there_is():
    assert str(Photo(caption="A bridge")) == "A bridge"
    assert str(Photo(alt_text="Two boys")) == "Two boys"
    assert str(Photo()) == "Photo"
    assert len(str(Photo(caption="long " * 50))) == 80


def test_what_is_named_has_an_address():
    assert make_section("Energy & Water").get_absolute_url() == "/section/energy-water/"
    assert make_tag("Putin").get_absolute_url() == "/tag/putin/"
    assert make_author("Frud Bezhan").get_absolute_url() == "/author/frud-bezhan/"
    assert make_post("Make Nice").get_absolute_url() == "/a/make-nice/"


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ps", "rtl"), ("fa-AF", "rtl"), ("ur", "rtl")]
)
def test_a_post_knows_the_direction_of_its_language(language, direction):
    post = make_post(language=language)
    assert (post.tongue.code, post.tongue.direction) == (language, direction)
