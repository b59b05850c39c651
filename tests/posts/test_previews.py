"""Secret previews: who has the address reads the post; nobody else does, and nothing keeps it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from posts.models import Post, PreviewLink
from tests.factories import make_editor, make_moderator, make_post
from tests.posts.test_admin import writer

pytestmark = pytest.mark.django_db


def previews_of(post):
    return reverse("admin:posts_post_previews", args=[post.pk])


@pytest.fixture
def post():
    return make_post("Not out yet", status=Post.Status.DRAFT, body="<p>Draft words.</p>")


@pytest.fixture
def address(client, post):
    client.force_login(make_editor())
    text = client.post(previews_of(post)).text
    client.logout()
    return re.search(r'value="http://testserver(/preview/[^"]+)"', text).group(1)


def test_the_address_shows_the_draft_to_anybody_and_no_cache_or_index_keeps_it(
    client, post, address
):
    response = client.get(address)
    assert response.status_code == 200
    assert "Draft words." in response.text
    assert "Please keep this address to yourself." in response.text
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in response.headers
    assert client.get(post.get_absolute_url()).status_code == 404


def test_only_a_hash_of_the_secret_is_stored(post, address):
    secret = address.split("/")[2]
    assert len(secret) >= 43  # 32 bytes
    link = PreviewLink.objects.get()
    assert secret not in str(vars(link))


def test_the_address_is_shown_once(client, address, post):
    client.force_login(make_editor("second"))
    assert address not in client.get(previews_of(post)).text


def test_a_link_that_was_ended_opens_nothing(client, post, address):
    client.force_login(make_editor("second"))
    link = PreviewLink.objects.get()
    ending = reverse("admin:posts_post_revoke_preview", args=[post.pk, link.pk])
    assert client.get(ending).status_code == 405
    assert client.get(address).status_code == 200
    client.post(ending)
    response = client.get(address)
    assert response.status_code == 404
    assert "Ask the newsroom for a new one." in response.text


def test_a_link_expires_after_a_week(client, address, time_machine):
    made = PreviewLink.objects.get().made_at
    time_machine.move_to(made.replace(microsecond=0), tick=False)
    assert client.get(address).status_code == 200
    time_machine.shift(7 * 24 * 3600 + 1)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        ({"status": Post.Status.WITHDRAWN}, 404),
        ({"status": Post.Status.PUBLISHED, "unpublish_at": timezone.now()}, 404),
        ({"status": Post.Status.DRAFT, "unpublish_at": timezone.now()}, 200),
        ({"status": Post.Status.IN_REVIEW}, 200),
        ({"status": Post.Status.PUBLISHED}, 200),
        (
            {"status": Post.Status.PUBLISHED, "published_at": timezone.now() + timedelta(days=1)},
            200,
        ),
    ],
)
def test_a_link_opens_nothing_that_was_taken_from_the_public(client, post, address, state, answer):
    published = {"published_at": timezone.now() - timedelta(hours=1)}
    Post.objects.filter(pk=post.pk).update(**published | state)
    response = client.get(address)
    assert response.status_code == answer
    assert ("Draft words." in response.text) == (answer == 200)


@pytest.mark.parametrize("secret", ["x", "a" * 43, "%ff", "سند"])
def test_a_wrong_secret_opens_nothing(client, post, secret):
    assert client.get(f"/preview/{secret}/").status_code == 404


def test_only_who_may_change_the_post_makes_links(client, post):
    client.force_login(make_moderator())
    assert client.post(previews_of(post)).status_code == 403
    client.logout()
    writer(client)
    assert client.post(previews_of(make_post())).status_code == 403  # it is public
    assert client.post(previews_of(post)).status_code == 200
    client.logout()
    assert client.post(previews_of(post)).status_code == 302
    assert PreviewLink.objects.count() == 1
