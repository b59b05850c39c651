"""States of a post: times, embargo, what is written down, and what its addresses answer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from posts import slugs, states
from posts.models import OldSlug, Post, StateChange
from posts.revisions import history
from tests.factories import make_editor, make_post
from tests.posts.test_admin import change_of, fill, writer

pytestmark = pytest.mark.django_db
Status = Post.Status


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def test_each_change_of_status_is_written_down_and_a_plain_save_is_not(client, editor):
    fill(client, reverse("admin:posts_post_add"), headline="Dam")
    post = Post.objects.get()
    fill(client, change_of(post), status="in_review")
    fill(client, change_of(post), summary="Water.")
    fill(client, change_of(post), status="published")
    fill(client, change_of(post), status="withdrawn")
    rows = StateChange.objects.order_by("pk").values_list("before", "after")
    assert list(rows) == [
        ("", "draft"),
        ("draft", "in_review"),
        ("in_review", "published"),
        ("published", "withdrawn"),
    ]
    assert {row.by for row in StateChange.objects.all()} == {editor}


def test_who_may_only_write_can_not_publish_or_withdraw(client):
    writer(client)
    post = make_post(status=Status.DRAFT)
    fill(client, change_of(post), status="published")
    fill(client, change_of(post), status="withdrawn")
    post.refresh_from_db()
    assert post.status == Status.DRAFT
    assert not StateChange.objects.exists()


@pytest.mark.parametrize(
    "hides",
    [
        {"status": "draft"},
        {"status": "in_review"},
        {"published_at_0": "2099-01-01"},
        {"unpublish_at_0": "2099-01-01", "unpublish_at_1": "00:00"},
    ],
    ids=["a draft again", "in review again", "out later", "taken down"],
)
def test_who_may_publish_but_not_withdraw_takes_nothing_from_readers(client, hides):
    user = writer(client, "publish_post")
    post = make_post("Dam")
    response = fill(client, change_of(post), headline="Dam holds", **hides)
    assert "needs the right to withdraw posts." in " ".join(response.text.split())
    post.refresh_from_db()
    assert post.is_public
    assert (post.headline, post.unpublish_at) == ("Dam", None)
    # What was typed is still there, and a typo can be mended.
    assert 'value="Dam holds"' in response.text
    assert fill(client, change_of(post), headline="Dam holds").status_code == 302

    user.user_permissions.add(Permission.objects.get(codename="withdraw_post"))
    assert fill(client, change_of(post), **hides).status_code == 302


def test_who_may_publish_can_take_a_scheduled_post_back(client):
    writer(client, "publish_post")
    post = make_post(published_at=timezone.now() + timedelta(days=1))
    assert fill(client, change_of(post), status="draft").status_code == 302
    post.refresh_from_db()
    assert post.status == Status.DRAFT


def test_nothing_is_published_before_its_embargo(client, editor):
    post = make_post(status=Status.DRAFT)
    ends = timezone.now().replace(microsecond=0) + timedelta(days=2)
    embargo = {"embargo_until_0": f"{ends:%Y-%m-%d}", "embargo_until_1": f"{ends:%H:%M:%S}"}
    response = fill(client, change_of(post), status="published", **embargo)
    assert "There is an embargo until" in response.text
    post.refresh_from_db()
    assert post.status == Status.DRAFT
    at = {"published_at_0": f"{ends:%Y-%m-%d}", "published_at_1": f"{ends:%H:%M:%S}"}
    assert fill(client, change_of(post), status="published", **embargo, **at).status_code == 302
    post.refresh_from_db()
    assert (post.status, post.published_at) == (Status.PUBLISHED, ends)


def test_a_post_can_not_be_taken_down_before_it_comes_out(client, editor):
    post = make_post()
    early = post.published_at - timedelta(days=1)
    response = fill(
        client,
        change_of(post),
        unpublish_at_0=f"{early:%Y-%m-%d}",
        unpublish_at_1=f"{early:%H:%M:%S}",
    )
    assert "It would be taken down before it is published." in response.text
    post.refresh_from_db()
    assert post.unpublish_at is None


def test_a_time_is_spelled_out_for_the_site_kabul_and_islamabad(settings):
    moment = datetime(2026, 3, 20, 20, 0, tzinfo=UTC)
    assert states.in_zones(moment) == [
        ("this site (UTC)", "Friday, 20 March 2026 at 20:00"),
        ("Kabul", "Saturday, 21 March 2026 at 00:30"),
        ("Islamabad", "Saturday, 21 March 2026 at 01:00"),
    ]


def test_the_posts_page_says_when_it_comes_out_in_each_zone(client, editor):
    post = make_post(published_at=datetime(2030, 3, 20, 20, 0, tzinfo=UTC))
    text = client.get(change_of(post)).text
    assert "Kabul: Thursday, 21 March 2030 at 00:30" in text


# Addresses


@pytest.mark.parametrize(
    ("first", "then"),
    [("the-dam", "the-new-dam"), ("بند-اب", "د-بند-کیسه"), ("ڈیم", "نیا-ڈیم"), ("سد", "سد-تازه")],
)
def test_an_old_address_leads_to_the_new_one_for_ever(client, editor, first, then):
    post = make_post("Dam", slug=first)
    fill(client, change_of(post), slug=then)
    post.refresh_from_db()
    response = client.get(reverse("posts:article", args=[first]))
    assert (response.status_code, response["Location"]) == (301, post.get_absolute_url())
    fill(client, change_of(post), slug="third")
    for slug in (first, then):
        response = client.get(reverse("posts:article", args=[slug]))
        assert (response.status_code, response["Location"]) == (301, "/a/third/")
    # Going back to the first name makes no circle.
    fill(client, change_of(post), slug=first)
    assert client.get(reverse("posts:article", args=[first])).status_code == 200
    assert client.get("/a/third/").status_code == 301


def test_the_address_of_a_draft_is_not_remembered(client, editor):
    post = make_post(slug="not-yet", status=Status.DRAFT)
    fill(client, change_of(post), slug="now")
    assert not OldSlug.objects.exists()
    assert client.get("/a/not-yet/").status_code == 404


def test_an_old_address_is_never_given_to_another_post(client, editor):
    post = make_post("Dam", slug="dam")
    fill(client, change_of(post), slug="dam-of-kunar")
    assert make_post("Dam").slug == "dam-2"
    other = make_post("Other")
    response = fill(client, change_of(other), slug="dam")
    assert "was the address of another post" in response.text
    other.refresh_from_db()
    assert other.slug == "other"


def test_the_old_address_of_a_post_that_is_not_public_tells_nothing(client, editor):
    post = make_post("Secret dam", slug="dam")
    fill(client, change_of(post), slug="new-dam")
    Post.objects.update(status=Status.DRAFT)
    assert client.get("/a/dam/").status_code == 404
    Post.objects.update(status=Status.WITHDRAWN)
    response = client.get("/a/dam/")
    assert response.status_code == 410
    assert "Secret dam" not in response.text


def test_a_withdrawn_post_answers_410_with_the_public_note_and_none_of_its_words(client, editor):
    post = make_post("A name in it", body="<p>Words of it.</p>", summary="Summary of it.")
    fill(client, change_of(post), status="withdrawn", withdrawal_note="A source was\nat <risk>.")
    response = client.get(post.get_absolute_url())
    assert response.status_code == 410
    assert "A source was<br>at &lt;risk&gt;." in response.text
    for words in ("A name in it", "Words of it", "Summary of it"):
        assert words not in response.text


def test_a_post_whose_time_is_over_answers_410_on_its_second(client, time_machine):
    post = make_post(unpublish_at=datetime(2031, 1, 1, 12, 0, tzinfo=UTC))
    time_machine.move_to(datetime(2031, 1, 1, 11, 59, 59, tzinfo=UTC), tick=False)
    assert client.get(post.get_absolute_url()).status_code == 200
    time_machine.move_to(datetime(2031, 1, 1, 12, 0, tzinfo=UTC), tick=False)
    assert client.get(post.get_absolute_url()).status_code == 410
    assert post.headline not in client.get("/").text


def test_a_save_that_changes_no_time_records_none_though_forms_know_no_fractions(client, editor):
    at = timezone.now().replace(microsecond=123456) - timedelta(hours=1)
    post = make_post(published_at=at, unpublish_at=at + timedelta(days=9))
    fill(client, change_of(post), summary="Water.")
    fill(client, change_of(post), summary="More water.")
    post.refresh_from_db()
    assert (post.published_at, post.unpublish_at) == (at, at + timedelta(days=9))
    assert not StateChange.objects.exists()
    (_newest, changes), *_rest = history(post)
    assert [change.label for change in changes] == ["summary"]


@pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
@pytest.mark.parametrize("name", ["published_at", "embargo_until", "unpublish_at"])
def test_years_at_the_ends_of_the_calendar_are_refused_with_the_year(client, editor, name, year):
    client.cookies["desk"] = "|Asia/Kabul"
    post = make_post(status=Status.DRAFT)
    at = {f"{name}_0": f"{year}-12-31", f"{name}_1": "23:59"}
    response = fill(client, change_of(post), **at)
    assert response.status_code == 200
    assert f"The year {int(year)} is not one that posts have." in response.text
    assert client.get(change_of(post)).status_code == 200
    assert client.get(reverse("admin:posts_post_changelist")).status_code == 200


def test_a_time_in_the_hour_that_comes_twice_stays_when_it_is_not_changed(client, editor):
    client.cookies["desk"] = "|Europe/Prague"
    # 25 October 2026: 02:30 comes at 00:30 and again at 01:30 UTC.
    for at in (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ):
        post = make_post(published_at=at)
        assert fill(client, change_of(post), summary="Water.").status_code == 302
        post.refresh_from_db()
        assert (post.published_at, post.summary) == (at, "Water.")
    ambiguous = {"published_at_0": "2026-10-25", "published_at_1": "02:40"}
    assert fill(client, change_of(post), **ambiguous).status_code == 200


def test_an_embargo_is_lifted_only_by_who_may_publish_and_never_by_the_save_that_publishes(client):
    ends = timezone.now().replace(microsecond=0) + timedelta(days=2)
    post = make_post(status=Status.DRAFT, embargo_until=ends)
    lifted = {"embargo_until_0": "", "embargo_until_1": ""}
    author = writer(client)
    assert "Only who may publish can lift" in fill(client, change_of(post), **lifted).text
    later = {"embargo_until_0": "2199-01-01", "embargo_until_1": "00:00"}
    assert fill(client, change_of(post), **later).status_code == 302
    post.refresh_from_db()

    author.user_permissions.add(Permission.objects.get(codename="publish_post"))
    at_once = fill(client, change_of(post), status="published", **lifted)
    assert "Lift the embargo in a save of its own first" in at_once.text
    post.refresh_from_db()
    assert (post.status, post.embargo_until.year) == (Status.DRAFT, 2199)
    assert fill(client, change_of(post), **lifted).status_code == 302
    assert fill(client, change_of(post), status="published").status_code == 302
    # Each lifting is among the revisions.
    post.refresh_from_db()
    said = [change.label for _revision, changes in history(post) for change in changes]
    assert "embargo until" in said


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.WITHDRAWN])
def test_what_readers_had_is_deleted_only_by_who_may_withdraw(client, status):
    user = writer(client, "publish_post", "delete_post", "delete_byline")
    post, draft = make_post("Public", status=status), make_post(status=Status.DRAFT)
    delete = reverse("admin:posts_post_delete", args=[post.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    both = {"action": "delete_selected", "_selected_action": [post.pk, draft.pk], "post": "yes"}
    client.post(reverse("admin:posts_post_changelist"), both)
    assert Post.objects.filter(pk=post.pk).exists()
    assert client.post(
        reverse("admin:posts_post_delete", args=[draft.pk]), {"post": "yes"}
    ).status_code == 302  # fmt: skip
    user.user_permissions.add(Permission.objects.get(codename="withdraw_post"))
    client.post(delete, {"post": "yes"})
    assert not Post.objects.exists()


def test_a_slug_of_a_draft_that_had_no_readers_is_given_back(client, editor):
    post = make_post("Dam", status=Status.DRAFT, published_at=timezone.now() + timedelta(days=1))
    post.slug = "another"
    post.save()
    assert not OldSlug.objects.exists()
    assert make_post("Dam").slug == "dam"


def test_a_slug_that_somebody_else_took_at_the_same_moment_gets_a_number(monkeypatch):
    make_post("Dam")
    free_slug, asked = slugs.free_slug, []

    def late(*args, **options):
        asked.append(1)
        return "dam" if len(asked) == 1 else free_slug(*args, **options)

    monkeypatch.setattr(slugs, "free_slug", late)
    assert make_post("Dam").slug == "dam-2"


def test_a_post_that_is_taken_down_says_so_in_its_form_and_shows_when(client, editor):
    at = timezone.now() - timedelta(hours=1)
    post = make_post(published_at=at, unpublish_at=at + timedelta(minutes=1))
    page = client.get(change_of(post)).text
    assert "Taken down" in page
    fieldset = page[: page.index("id_unpublish_at_0")].rpartition("<fieldset")[2]
    assert "collapse" not in fieldset
    assert "collapse" in client.get(change_of(make_post())).text
