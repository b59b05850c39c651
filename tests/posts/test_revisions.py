"""No save loses what somebody else wrote: versions, differences, restoring."""

import json

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from posts import revisions
from posts.models import Byline, Post, Revision
from tests.factories import (
    make_author,
    make_editor,
    make_moderator,
    make_photo,
    make_post,
    make_section,
    make_tag,
    make_user,
)
from tests.posts.test_admin import Form, change_of, fill, writer

Status = Post.Status


def old_and_new(pieces):
    old = "".join(text for kind, text in pieces if kind != "new")
    new = "".join(text for kind, text in pieces if kind != "gone")
    return old, new


TEXT = st.text(alphabet=st.sampled_from("ab \nکی.é"), max_size=60)


@given(TEXT, TEXT)
def test_the_pieces_of_a_difference_hold_both_texts_whole(before, after):
    assert old_and_new(revisions.pieces(before, after)) == (before, after)


def test_one_word_that_changed_is_shown_alone():
    assert revisions.pieces(
        "The road was open.\nNobody came.", "The road was shut.\nNobody came."
    ) == [
        ("same", "The road was "),
        ("gone", "open."),
        ("new", "shut."),
        ("same", "\n"),
        ("same", "Nobody came."),
    ]


def test_words_that_changed_side_by_side_are_shown_as_one_change():
    assert revisions.pieces("Bread, and what is said.", "Bread, weighed by the baker.") == [
        ("same", "Bread, "),
        ("gone", "and what is said."),
        ("new", "weighed by the baker."),
    ]


def test_of_a_long_text_that_stayed_only_what_is_around_a_change_is_shown():
    words = " ".join(f"word{number}" for number in range(300))
    (change,) = revisions.differences({"body": f"<p>{words} old {words}</p>"},
                                      {"body": f"<p>{words} new {words}</p>"})  # fmt: skip
    shown = list(change.shown)
    assert [kind for kind, _text in shown] == [
        "left out", "same", "gone", "new", "same", "left out",
    ]  # fmt: skip
    assert shown[1][1].endswith("word299 ")
    assert shown[4][1].startswith(" word0")
    assert sum(len(text) for _kind, text in shown) < 300
    assert old_and_new(change.pieces) == (f"{words} old {words}", f"{words} new {words}")


@pytest.mark.django_db
def test_a_snapshot_can_be_stored_as_json_and_names_what_it_points_at():
    post = make_post(
        "All of it",
        section=make_section("Region"),
        tags=[make_tag("Water"), make_tag("Energy")],
        authors=[make_author("Frud Bezhan")],
        lead_photo=make_photo(caption="A dam"),
    )
    kept = revisions.snapshot(post)
    assert json.loads(json.dumps(kept)) == kept
    assert kept["section"]["name"] == "Region"
    assert [row["name"] for row in kept["tags"]] == ["Energy", "Water"]
    assert kept["bylines"] == [{"pk": post.authors.get().pk, "name": "Frud Bezhan", "role": ""}]
    assert kept["lead_photo"]["name"] == "A dam"


@pytest.mark.django_db
def test_differences_name_the_field_and_show_the_body_as_people_read_it():
    post = make_post("Old", body="<p>One dam.</p><p>Same.</p>", language="en")
    before = revisions.snapshot(post)
    post.headline, post.body = "New", "<h2>Two dams.</h2><p>Same.</p>"
    post.language = "ps"
    changes = {c.label: c for c in revisions.differences(before, revisions.snapshot(post))}
    assert set(changes) == {"headline", "body", "language"}
    assert old_and_new(changes["headline"].pieces) == ("Old", "New")
    assert old_and_new(changes["body"].pieces) == ("One dam.\nSame.", "Two dams.\nSame.")
    assert old_and_new(changes["language"].pieces) == ("English", "Pashto")
    assert revisions.differences(before, before) == []


@pytest.mark.django_db
def test_a_change_of_markup_alone_is_shown_as_such():
    post = make_post(body="<p>One dam.</p>")
    before = revisions.snapshot(post)
    post.body = "<p>One <strong>dam</strong>.</p>"
    (change,) = revisions.differences(before, revisions.snapshot(post))
    assert change.only_markup
    assert old_and_new(change.pieces) == ("<p>One dam.</p>", "<p>One <strong>dam</strong>.</p>")


# Saving in the admin


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


@pytest.mark.django_db
def test_each_save_keeps_a_revision_with_who_and_the_whole_text(client, editor):
    fill(client, reverse("admin:posts_post_add"), headline="First", body="<p>One.</p>")
    post = Post.objects.get()
    fill(client, change_of(post), headline="Second", body="<p>Two.</p>")
    kept = list(Revision.objects.order_by("version"))
    assert [row.fields["headline"] for row in kept] == ["First", "Second"]
    assert [row.fields["body"] for row in kept] == ["<p>One.</p>", "<p>Two.</p>"]
    assert {row.by for row in kept} == {editor}
    post.refresh_from_db()
    assert [row.version for row in kept] == [1, 2]
    assert post.version == 2


@pytest.mark.django_db
def test_what_came_by_an_import_is_kept_before_the_first_edit_replaces_it(client, editor):
    post = make_post("Imported", body="<p>As it came.</p>")
    fill(client, change_of(post), body="<p>Edited.</p>")
    assert [row.fields["body"] for row in post.revisions.order_by("version")] == [
        "<p>As it came.</p>",
        "<p>Edited.</p>",
    ]


@pytest.mark.django_db
def test_a_save_over_somebody_elses_is_refused_and_shows_both_texts(client, editor):
    post = make_post("Plain", body="<p>The road was open.</p>")
    mine = Form(client.get(change_of(post)).text).data
    fill(client, change_of(post), body="<p>The road was shut by noon.</p>")

    response = client.post(change_of(post), mine | {"body": "<p>The road was mined.</p>"})
    assert response.status_code == 200
    post.refresh_from_db()
    assert post.body == "<p>The road was shut by noon.</p>"
    assert post.revisions.count() == 2
    text = response.text
    assert "Nothing was saved: this post was saved by somebody else" in text
    assert "editor saved version 1" in text
    assert "<del>shut by noon.</del><ins>mined.</ins>" in text
    # Nothing that was typed is thrown away.
    assert Form(text).data["body"].strip() == "<p>The road was mined.</p>"

    # Who has seen the differences may save, and what was there stays among the revisions.
    assert client.post(change_of(post), Form(text).data).status_code == 302
    post.refresh_from_db()
    assert post.body == "<p>The road was mined.</p>"
    assert "<p>The road was shut by noon.</p>" in [r.fields["body"] for r in post.revisions.all()]


@pytest.mark.django_db
@pytest.mark.parametrize("said", [None, "", "x", "-1", "99"])
def test_a_form_that_does_not_say_which_version_it_began_with_is_refused(client, editor, said):
    post = make_post("Stays")
    data = Form(client.get(change_of(post)).text).data | {"headline": "Blind"}
    del data["began_with"]
    response = client.post(change_of(post), data if said is None else data | {"began_with": said})
    assert response.status_code == 200
    post.refresh_from_db()
    assert post.headline == "Stays"


# Reading and bringing back


def revisions_of(post):
    return reverse("admin:posts_post_revisions", args=[post.pk])


def restoring(post, version):
    return reverse("admin:posts_post_restore", args=[post.pk, version])


@pytest.mark.django_db
def test_bringing_a_revision_back_makes_a_new_one_and_leaves_status_and_address(client, editor):
    water = make_tag("Water")
    post = make_post("Old words", body="<p>Old.</p>", tags=[water], authors=[make_author("Frud")])
    fill(client, change_of(post), headline="New words", body="<p>New.</p>")
    post.refresh_from_db()
    post.slug, address = "moved-on", "moved-on"
    post.save()
    post.tags.clear()
    Byline.objects.all().delete()

    response = client.post(restoring(post, 0), follow=True)
    assert "The words of version 0 are back, as version 2." in response.text
    post = Post.objects.get()
    assert (post.headline, post.body, post.version) == ("Old words", "<p>Old.</p>", 2)
    assert (post.status, post.slug) == (Status.PUBLISHED, address)
    assert list(post.tags.all()) == [water]
    assert [str(author) for author in post.byline] == ["Frud"]
    newest = post.revisions.first()
    assert (newest.version, newest.restored.version, newest.by) == (2, 0, editor)
    assert post.revisions.count() == 3


@pytest.mark.django_db
def test_the_page_of_revisions_shows_who_changed_which_words(client, editor):
    post = make_post("Dam", body="<p>One dam <b>stands</b>.</p>")
    fill(client, change_of(post), body="<p>Two dams stand.</p>")
    text = client.get(revisions_of(post)).text
    assert "Version 1" in text
    assert "<del>One dam stands.</del><ins>Two dams stand.</ins>" in text
    assert "editor" in text
    assert restoring(post, 0) in text
    assert restoring(post, 1) not in text  # what is there already


@pytest.mark.django_db
def test_what_was_typed_is_shown_as_text_and_never_as_markup(client, editor):
    post = make_post("Plain")
    fill(client, change_of(post), headline="<script>alert(1)</script>")
    text = client.get(revisions_of(post)).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


@pytest.mark.django_db
def test_only_who_may_change_the_post_brings_words_back(client):
    post = make_post("Public", body="<p>Now.</p>")
    Revision.objects.create(post=post, version=7, fields=revisions.snapshot(post))
    client.force_login(make_moderator())
    assert client.get(revisions_of(post)).status_code == 200
    assert restoring(post, 7) not in client.get(revisions_of(post)).text
    assert client.post(restoring(post, 7)).status_code == 403
    client.logout()
    writer(client)  # may write, and not change what is public
    assert client.post(restoring(post, 7)).status_code == 403
    client.force_login(make_user("plain", is_staff=True))
    assert client.get(revisions_of(post)).status_code == 403
    client.force_login(make_editor())
    assert client.get(restoring(post, 7)).status_code == 405
    assert client.post(restoring(post, 8)).status_code == 404
    post.refresh_from_db()
    assert post.version == 0
