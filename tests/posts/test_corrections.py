"""Corrections: told on the page and in one list; a mended typo moves nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from posts.models import Correction, Post
from tests.factories import make_blog, make_editor, make_post
from tests.posts.test_admin import change_of, fill, writer

pytestmark = pytest.mark.django_db
PAGE = reverse("posts:corrections")


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def correct(post, text="The dam is in Kunar, not in Kunduz.", **fields):
    return Correction.objects.create(post=post, text=text, **fields)


def test_an_editors_correction_stands_on_the_post_and_in_the_list(client, editor):
    post = make_post("The dam")
    fill(
        client,
        change_of(post),
        **{"corrections-0-kind": "clarification", "corrections-0-text": "In Kunar, <not> Kunduz."},
    )
    correction = Correction.objects.get()
    assert (correction.by, correction.kind) == (editor, "clarification")
    for page in (post.get_absolute_url(), PAGE):
        text = client.get(page).text
        assert "Clarification" in text
        assert "In Kunar, &lt;not&gt; Kunduz." in text
    assert "Updated" in client.get(post.get_absolute_url()).text


def test_a_mended_typo_does_not_move_updated(client, editor):
    post = make_post("The dma")
    fill(client, change_of(post), headline="The dam")
    post.refresh_from_db()
    assert (post.headline, post.updated_at) == ("The dam", None)
    assert "Updated" not in client.get(post.get_absolute_url()).text


def test_a_correction_moves_updated_to_its_own_time():
    post = make_post()
    second = correct(post)
    correct(post, at=second.at - timezone.timedelta(days=1))
    post.refresh_from_db()
    assert post.updated_at == second.at


@pytest.mark.parametrize("status", [Post.Status.DRAFT, Post.Status.WITHDRAWN])
def test_the_corrections_of_a_post_that_is_not_public_are_in_no_list(client, status):
    post = make_post("Gone")
    correct(post, "Words of the correction")
    assert "Words of the correction" in client.get(PAGE).text
    Post.objects.update(status=status)
    text = client.get(PAGE).text
    assert "Words of the correction" not in text
    assert "Gone" not in text


def test_the_list_has_pages_and_costs_the_same_however_long_it_is(
    client, django_assert_num_queries
):
    make_blog()
    for number in range(31):
        correct(make_post(), f"Correction {number}.")
    with django_assert_num_queries(4):  # blog, sections, count, corrections
        text = client.get(PAGE).text
    assert "Correction 30." in text
    assert "Correction 0." not in text
    assert "Correction 0." in client.get(PAGE, {"page": 2}).text
    assert client.get(PAGE, {"page": 3}).status_code == 404


def test_who_may_only_write_can_not_correct_what_is_public(client):
    writer(client)
    post = make_post()
    data = {"corrections-0-text": "No.", "corrections-0-kind": "note"}
    assert client.post(change_of(post), data).status_code == 403
    assert not Correction.objects.exists()
