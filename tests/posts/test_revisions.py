"""No save loses what somebody else wrote: versions, differences, restoring."""

import json
import random
import re
from datetime import UTC, datetime
from itertools import chain

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from posts import differences, revisions
from posts.models import Byline, Post, Revision, StateChange
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
    assert old_and_new(differences.pieces(before, after)) == (before, after)


def test_one_word_that_changed_is_shown_alone():
    assert differences.pieces(
        "The road was open.\nNobody came.", "The road was shut.\nNobody came."
    ) == [
        ("same", "The road was "),
        ("gone", "open."),
        ("new", "shut."),
        ("same", "\n"),
        ("same", "Nobody came."),
    ]


def test_words_that_changed_side_by_side_are_shown_as_one_change():
    assert differences.pieces("Bread, and what is said.", "Bread, weighed by the baker.") == [
        ("same", "Bread, "),
        ("gone", "and what is said."),
        ("new", "weighed by the baker."),
    ]


def test_white_space_that_changed_between_words_is_shown():
    assert differences.pieces("A dam.\nTwo roads.", "A  dam. Two roads") == [
        ("same", "A"),
        ("gone", " "),
        ("new", "  "),
        ("same", "dam."),
        ("gone", "\n"),
        ("new", " "),
        ("same", "Two "),
        ("gone", "roads."),
        ("new", "roads"),
    ]


# Few words, each of them often: what is hardest to compare.
WORDS = st.lists(st.sampled_from(["of", "the", "dam", "road", "\n", " "]), max_size=200)


@given(WORDS, WORDS)
def test_texts_of_words_that_are_all_common_are_held_whole_too(before, after):
    before, after = " ".join(before), " ".join(after)
    assert old_and_new(differences.pieces(before, after)) == (before, after)


LISTS = st.lists(st.sampled_from("abcd"), max_size=40)


@given(LISTS, LISTS, st.integers(1, 4), st.integers(0, 60))
def test_comparing_two_lists_leaves_nothing_out_and_pairs_only_what_is_equal(a, b, size, left):
    found, found_new = [], []
    for start, end, start_new, end_new, stayed in differences._compared(
        a, b, size, differences._Steps(left)
    ):
        assert a[end : end + stayed] == b[end_new : end_new + stayed]
        found += a[start : end + stayed]
        found_new += b[start_new : end_new + stayed]
    assert (found, found_new) == (a, b)


def comparisons(old, new):
    """How many times two words were held against each other to compare two lists of them."""
    counted = 0

    class Word(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other):
            nonlocal counted
            counted += 1
            return str.__eq__(self, other)

    lists = [Word(word) for word in old], [Word(word) for word in new]
    list(differences._compared(*lists, differences.WORDS_OF_A_PLACE, differences._Steps()))
    return counted


def paragraphs(number, common, seed=1):
    """Lists of 50 words out of so many, in an order that is always the same."""
    words = [f"w{each}" for each in range(common)]
    chosen = random.Random(seed).choices(words, k=50 * number)
    return [chosen[start : start + 50] for start in range(0, len(chosen), 50)]


def with_a_word_more(lines):
    return [[*line[:9], "more", *line[9:]] for line in lines]


def all_words(lines):
    return list(chain.from_iterable(lines))


def test_a_word_more_in_each_paragraph_is_shown_alone_in_each():
    old = paragraphs(80, common=300)
    before, after = ("\n".join(map(" ".join, lines)) for lines in (old, with_a_word_more(old)))
    pieces = differences.pieces(before, after)
    assert [(kind, text) for kind, text in pieces if kind != "same"] == [("new", "more ")] * 80


@pytest.mark.parametrize("common", [2, 300, 7919])
def test_the_work_of_comparing_grows_with_the_texts_and_not_with_their_square(common):
    old = paragraphs(200, common)
    words, more = all_words(old), all_words(with_a_word_more(old))
    assert len(words) == 10_000
    assert comparisons(words, more) < 30 * len(words)


@pytest.mark.parametrize("common", [2, 300, 7919])
def test_the_work_of_comparing_two_texts_that_are_unlike_has_an_end(common):
    old, new = (all_words(paragraphs(200, common, seed)) for seed in (1, 2))
    assert comparisons(old, new) < 2 * differences.MOST_STEPS + 30 * len(old)


def test_texts_that_are_too_unlike_are_shown_whole():
    before, after = (" ".join(all_words(paragraphs(40, 300, seed))) for seed in (1, 2))
    assert differences.pieces(before, after) == [("gone", before), ("new", after)]


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
    for version in (7, 8):
        Revision.objects.create(post=post, version=version, fields=revisions.snapshot(post))
    writer(client, "view_revision")  # may write, and not change what is public
    assert restoring(post, 7) not in client.get(revisions_of(post)).text
    assert client.post(restoring(post, 7)).status_code == 403
    client.force_login(make_user("plain", is_staff=True))
    assert client.get(revisions_of(post)).status_code == 403
    client.force_login(make_editor())
    assert restoring(post, 7) in client.get(revisions_of(post)).text
    assert client.get(restoring(post, 7)).status_code == 405
    assert client.post(restoring(post, 9)).status_code == 404
    post.refresh_from_db()
    assert post.version == 0


@pytest.mark.django_db
def test_what_was_taken_out_of_a_post_is_read_only_with_the_right_to_its_revisions(client):
    post = make_post("Draft", status=Status.DRAFT, body="<p>Her name was taken out.</p>")
    for version in (1, 2):
        Revision.objects.create(post=post, version=version, fields=revisions.snapshot(post))
    client.force_login(make_moderator())  # sees posts, as they are
    assert client.get(change_of(post)).status_code == 200
    assert client.get(revisions_of(post)).status_code == 403
    client.logout()
    user = writer(client)
    assert client.get(revisions_of(post)).status_code == 403
    assert client.post(restoring(post, 1)).status_code == 403
    for groups, status in ((["Authors"], 200), (["Editors"], 200), (["Moderators"], 403)):
        user.groups.set(Group.objects.filter(name__in=groups))
        assert client.get(revisions_of(post)).status_code == status, groups


@pytest.mark.django_db
def test_a_draft_that_is_published_at_that_moment_is_not_changed_by_its_author(client, monkeypatch):
    post = make_post("Draft", status=Status.DRAFT, body="<p>Checked.</p>")
    fields = revisions.snapshot(post) | {"body": "<p>Unchecked.</p>"}
    Revision.objects.create(post=post, version=0, fields=fields)
    writer(client, "view_revision")
    real = revisions.restore

    def restore_after_publishing(*args, **kwargs):
        Post.objects.filter(pk=post.pk).update(status=Status.PUBLISHED, published_at=timezone.now())
        return real(*args, **kwargs)

    monkeypatch.setattr(revisions, "restore", restore_after_publishing)
    assert client.post(restoring(post, 0)).status_code == 403
    post.refresh_from_db()
    assert (post.body, post.version) == ("<p>Checked.</p>", 0)
    assert post.revisions.count() == 1


# Pages of revisions


def many_saves(number):
    post = make_post("Dam")
    for version in range(1, number + 1):
        fields = revisions.snapshot(post) | {"headline": f"Dam {version}"}
        first = post.revisions.filter(version=1).first()
        Revision.objects.create(post=post, version=version, fields=fields, restored=first)
    return post


def versions_on(response):
    return [int(number) for number in re.findall(r"<strong>Version (\d+)</strong>", response.text)]


@pytest.mark.django_db
def test_revisions_come_in_pages_with_the_newest_first(client, editor):
    post = many_saves(60)
    first = client.get(revisions_of(post))
    second = client.get(revisions_of(post), {"page": "2"})
    last = client.get(revisions_of(post), {"page": "3"})
    assert versions_on(first) == list(range(60, 35, -1))
    assert versions_on(second) == list(range(35, 10, -1))
    assert versions_on(last) == list(range(10, 0, -1))
    assert "Page 1 of 3" in first.text
    assert "Newer revisions" not in first.text
    assert '<a rel="next" href="?page=2">Older revisions</a>' in first.text
    assert '<a rel="prev" href="?page=1">Newer revisions</a>' in second.text
    assert '<a rel="next" href="?page=3">Older revisions</a>' in second.text
    assert "Older revisions" not in last.text
    # Only the newest is what is there already, and only the oldest differs from none.
    assert restoring(post, 60) not in first.text
    assert restoring(post, 35) in second.text
    assert "<del>35</del><ins>36</ins>" in first.text
    assert "the first that was kept" not in first.text + second.text
    assert "the first that was kept" in last.text


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["", "0", "-1", "x", "4", "9" * 30])
def test_a_page_of_revisions_that_is_none_is_the_first_one(client, editor, number):
    response = client.get(revisions_of(many_saves(26)), {"page": number})
    assert versions_on(response) == list(range(26, 1, -1))
    assert "Page 1 of 2" in response.text


@pytest.mark.django_db
def test_few_revisions_or_none_need_no_pages(client, editor):
    assert "Page 1" not in client.get(revisions_of(many_saves(25))).text
    response = client.get(revisions_of(make_post("New")))
    assert "No save has been kept yet." in response.text


@pytest.mark.django_db
def test_a_page_of_revisions_loads_and_compares_no_more_than_it_shows(client, editor, monkeypatch):
    post = many_saves(60)
    loaded, compared = [], []
    real_load, real_compare = Revision.from_db.__func__, revisions.differences

    def load(cls, db, names, values):
        row = real_load(cls, db, names, values)
        if "fields" in row.__dict__:
            loaded.append(row.version)
        return row

    def compare(before, after):
        compared.append(after["headline"])
        return real_compare(before, after)

    monkeypatch.setattr(Revision, "from_db", classmethod(load))
    monkeypatch.setattr(revisions, "differences", compare)
    client.get(revisions_of(post), {"page": "2"})
    assert loaded == list(range(35, 9, -1))
    assert compared == [f"Dam {version}" for version in range(35, 10, -1)]


# Changes of status, below the revisions


@pytest.mark.django_db
def test_a_change_of_the_time_alone_is_not_shown_as_a_change_of_status(client, editor):
    post = make_post("Dam")
    moved = {"post": post, "by": editor, "published_at": post.published_at}
    StateChange.objects.create(before="published", after="published", **moved)
    text = client.get(revisions_of(post)).text
    assert "Published: another time" in text
    assert "Published → Published" not in text
    StateChange.objects.create(before="draft", after="published", **moved)
    assert "Draft → Published" in client.get(revisions_of(post)).text


@pytest.mark.django_db
def test_dates_and_names_stand_by_themselves_in_pages_of_the_other_direction(client, editor):
    post = make_post("Dam", published_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
    at = datetime(2026, 2, 3, 4, 5, tzinfo=UTC)
    fields = revisions.snapshot(post)
    Revision.objects.create(post=post, version=1, by=editor, at=at, fields=fields)
    StateChange.objects.create(
        post=post, by=editor, at=at, after="published", published_at=post.published_at
    )
    text = client.get(revisions_of(post)).text
    content = text[text.index('id="content-main"') :]
    assert content.count("<bdi>editor</bdi>") == content.count("editor") == 2
    for moment in (at, post.published_at):
        shown = re.escape(date_format(timezone.localtime(moment), "DATETIME_FORMAT"))
        isolated = re.findall(rf"<bdi>(?:<time[^>]*>)?{shown}(?:</time>)?</bdi>", content)
        assert len(isolated) == len(re.findall(shown, content)) > 0
