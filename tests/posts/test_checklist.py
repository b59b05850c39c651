"""The publish checklist warns, or refuses where the blog says so."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from posts import checklist
from posts.models import Blog, Byline, Photo, Post
from tests.factories import make_author, make_editor, make_post, make_section
from tests.posts.test_admin import change_of, fill

pytestmark = pytest.mark.django_db
COMPLETE = {"alt_text": "A dam", "credit": "Agency", "caption": "The dam in May"}


def bare_photo(**fields):
    return Photo.objects.create(**COMPLETE | fields)


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("lacks", "sentence"),
    [("alt_text", "no alt text"), ("credit", "no credit"), ("caption", "no caption")],
)
def test_a_lead_photo_without_its_words_is_missing_something(lacks, sentence):
    post = make_post(section=make_section(), lead_photo=bare_photo(**{lacks: "  "}))
    (found,) = checklist.missing(post, has_author=True)
    assert sentence in found


def test_a_complete_post_lacks_nothing_and_a_bare_one_section_and_byline():
    complete = make_post(section=make_section(), lead_photo=bare_photo())
    assert checklist.missing(complete, has_author=True) == []
    assert checklist.missing(make_post(section=make_section()), has_author=True) == []
    found = " ".join(checklist.missing(make_post(), has_author=False))
    assert "no section" in found
    assert "no byline" in found


def test_as_a_rule_the_post_is_published_and_the_editor_is_told(client, editor):
    post = make_post(status=Post.Status.DRAFT)
    response = fill(client, change_of(post), status="published")
    assert response.status_code == 302
    assert "The post has no byline." in client.get(response["Location"]).text
    post.refresh_from_db()
    assert post.status == Post.Status.PUBLISHED


@pytest.fixture
def strict():
    Blog.objects.create(title="Gandhara", checklist=Blog.Checklist.REFUSES)


def test_a_strict_blog_refuses_to_publish_and_gives_the_text_back(client, editor, strict):
    post = make_post(status=Post.Status.DRAFT)
    response = fill(client, change_of(post), status="published", headline="Typed")
    assert response.status_code == 200
    for words in ("It was not published yet.", "no section", "no byline", 'value="Typed"'):
        assert words in response.text
    post.refresh_from_db()
    assert post.status == Post.Status.DRAFT
    # A draft is not held up.
    assert fill(client, change_of(post), headline="Typed").status_code == 302


def test_a_strict_blog_publishes_what_is_complete(client, editor, strict):
    post = make_post(status=Post.Status.DRAFT)
    author, section = make_author(), make_section()
    response = fill(
        client,
        change_of(post),
        status="published",
        section=section.pk,
        **{"bylines-0-author": author.pk, "bylines-0-role": "translated"},
    )
    assert response.status_code == 302
    post.refresh_from_db()
    assert post.status == Post.Status.PUBLISHED
    assert post.bylines.get().role == "translated"


def test_a_strict_blog_lets_a_typo_in_an_old_post_be_mended(client, editor, strict):
    post = make_post("Tpyo")
    assert fill(client, change_of(post), headline="Typo").status_code == 302


def test_a_new_post_is_held_to_the_checklist_too(client, editor, strict):
    response = fill(client, reverse("admin:posts_post_add"), headline="New", status="published")
    assert "It was not published yet." in response.text
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (["", ""], "-- A and B"),
        (["", "", ""], "-- A, B and C"),
        (["", "with"], "-- A, with B"),
        (["", "", "translated", "translated"], "-- A and B, translated by C and D"),
    ],
)
def test_a_byline_is_read_out_with_its_roles(client, roles, words):
    import re

    post = make_post(second_line="Radio Mashaal")
    for position, role in enumerate(roles):
        author = make_author("ABCD"[position])
        Byline.objects.create(post=post, author=author, position=position, role=role)
    text = client.get(post.get_absolute_url()).text
    line = re.search(r'<p class="byline">(.*?)</p>', text, re.S).group(1)
    assert " ".join(re.sub(r"<[^>]+>", "", line).split()) == words + "Radio Mashaal"


def test_a_byline_of_the_same_save_counts(client, editor):
    author = make_author("Ali")
    post = make_post(status=Post.Status.DRAFT, section=make_section())
    fill(client, change_of(post), status="published", **{"bylines-0-author": author.pk})
    post.refresh_from_db()
    assert post.status == Post.Status.PUBLISHED
    assert "no byline" not in client.get("/admin/").text


def test_a_post_without_a_word_lacks_its_text():
    found = checklist.missing(make_post(body="<p> </p>", section=make_section()), has_author=True)
    assert found == ["The post has no text."]


def test_a_strict_blog_also_holds_who_sees_no_byline_and_what_is_only_scheduled(client, strict):
    from tests.posts.test_admin import writer

    user = writer(client, "publish_post")
    user.user_permissions.remove(*user.user_permissions.filter(codename__contains="byline"))
    post = make_post(status=Post.Status.DRAFT)
    response = fill(client, change_of(post), status="published")
    assert "It was not published yet." in response.text
    scheduled = make_post(published_at=timezone.now() + timedelta(days=1))
    assert "stands in no section" in fill(client, change_of(scheduled)).text
    assert fill(client, change_of(make_post()), headline="Typo").status_code == 302
