"""The demonstration newsroom: complete, of our own making, and never where anything else is."""

import stat
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image

from comments.models import Comment, Forum
from gandhara.demo import loading, pictures
from posts import newsroom
from posts.models import Correction, Photo, Placement, Post, Section
from posts.related import related
from tests.factories import make_post, make_tag
from tests.posts.test_views import headlines

pytestmark = pytest.mark.django_db


@pytest.fixture
def quick_pictures(monkeypatch):
    """Drawing takes seconds; what is drawn has tests of its own."""
    monkeypatch.setattr(loading, "draw", lambda name: pictures.draw(name, width=160, height=100))


@pytest.fixture
def loaded(quick_pictures, settings):
    call_command("demo", verbosity=0)
    return settings.DATA / "demo-signins.txt"


def test_the_demo_is_a_small_newsroom_in_four_languages(loaded):
    public = Post.objects.published()
    assert public.filter(language="en").count() >= 12
    for language in ("ps", "fa-AF", "ur"):
        assert public.filter(language=language).count() == 2
    assert all(post.byline for post in public)
    assert all(photo.caption and photo.credit and photo.alt_text for photo in Photo.objects.all())
    statuses = set(Post.objects.values_list("status", flat=True))
    assert {"draft", "in_review", "published"} <= statuses
    assert Post.objects.scheduled().exists()


def test_posts_in_arabic_script_have_addresses_in_their_own_script(loaded):
    for post in Post.objects.exclude(language="en"):
        assert not post.slug.isascii()


def test_it_retells_the_seeds_news_with_a_closed_forum_and_five_comments(loaded, client):
    post = Post.objects.get(slug="islamabad-and-moscow-mend-fences")
    assert post.forum.state == Forum.State.CLOSED
    thread = [comment.depth for comment in post.forum.comments.order_by("pk")]
    assert thread == [0, 0, 0, 1, 1]
    page = client.get(post.get_absolute_url()).text
    assert page.count("In Response") == 2
    assert "This forum has been closed." in page


def test_it_has_an_open_deep_thread_and_a_premoderated_forum_where_comments_wait(loaded):
    deep = Comment.objects.order_by("-depth").first()
    assert deep.depth >= 6
    assert deep.forum.state == Forum.State.OPEN
    waiting = Comment.objects.pending().filter(forum__state=Forum.State.PREMODERATED)
    assert waiting.count() >= 5
    assert not Comment.objects.filter(submitted_at__gt=timezone.now()).exists()


def test_its_front_page_and_a_section_are_arranged_and_two_posts_are_related(loaded, client):
    lead, second = (place.post for place in Placement.objects.now())
    assert headlines(client.get("/"))[:2] == [lead.headline, second.headline]
    assert lead.lead_photo.file
    culture = Section.objects.get(slug="culture")
    (pinned,) = Placement.objects.now(culture)
    assert headlines(client.get(culture.get_absolute_url()))[0] == pinned.post.headline
    one = Post.objects.get(slug="islamabad-and-moscow-mend-fences")
    other = Post.objects.get(slug="orange-pegs-south-of-herat")
    assert (related(one)[0], related(other)[0]) == (other, one)


def test_it_shows_corrections_and_a_draft_of_each_who_signs_in_to_write(loaded, client):
    page = client.get("/corrections/").text
    assert page.index("Update") < page.index("Correction ·")
    for correction in Correction.objects.all():
        assert correction.post.published_at < correction.at <= timezone.now()
    for name in ("author", "editor"):
        assert newsroom.mine(get_user_model().objects.get(username=name))


def test_no_comment_was_written_before_its_post_or_before_what_it_answers(loaded):
    for comment in Comment.objects.select_related("parent", "forum__post"):
        assert comment.submitted_at >= comment.forum.post.published_at
        if comment.parent:
            assert comment.submitted_at >= comment.parent.submitted_at


def test_four_people_can_sign_in_with_passwords_that_only_the_file_knows(loaded):
    assert stat.S_IMODE(loaded.stat().st_mode) == 0o600
    lines = [line.split() for line in loaded.read_text().splitlines()]
    assert [line[0] for line in lines] == [
        "author", "editor", "moderator", "superuser",
    ]  # fmt: skip
    people = {role: authenticate(username=name, password=word) for role, name, word in lines}
    assert people["superuser"].is_superuser
    assert people["editor"].has_perm("posts.publish_post")
    assert not people["editor"].has_perm("comments.moderate_comment")
    assert people["moderator"].has_perm("comments.moderate_comment")
    assert not people["moderator"].has_perm("posts.change_post")
    assert len({word for _role, _name, word in lines}) == 4
    assert people["author"].has_perm("posts.add_post")
    assert not people["author"].has_perm("posts.publish_post")


@pytest.mark.parametrize("make", [make_post, make_tag])
def test_it_refuses_a_database_that_holds_anything_and_changes_nothing(quick_pictures, make):
    make()
    before = Post.objects.count()
    with pytest.raises(CommandError, match="only into an empty database"):
        call_command("demo", verbosity=0)
    assert Post.objects.count() == before
    assert not Comment.objects.exists()


def test_it_refuses_to_run_twice(loaded):
    number = Post.objects.count()
    with pytest.raises(CommandError, match="only into an empty database"):
        call_command("demo", verbosity=0)
    assert Post.objects.count() == number


def test_the_months_of_the_demo_fill_an_archive(loaded):
    oldest = Post.objects.published().order_by("published_at").first()
    assert oldest.published_at < timezone.now() - timedelta(days=90)


@pytest.mark.parametrize("name", ["border-gate", "river-bridge", "city-dusk"])
def test_a_picture_looks_like_something_and_the_same_each_time(name):
    picture = pictures.draw(name, width=160, height=100)
    assert picture.tobytes() == pictures.draw(name, width=160, height=100).tobytes()
    colours = picture.quantize(64, method=Image.Quantize.MEDIANCUT).getcolors()
    assert len(colours) >= 48
    assert max(count for count, _colour in colours) < 0.25 * 160 * 100
