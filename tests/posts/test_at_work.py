"""Editors see each other, and what they type outlives the page it was typed into."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from posts import at_work
from posts.models import Autosave, Post, Presence
from tests.factories import make_author, make_editor, make_moderator, make_post, make_tag
from tests.posts.test_admin import Form, change_of, fill, writer

pytestmark = pytest.mark.django_db
ADD = reverse("admin:posts_post_add")
AUTOSAVE = reverse("admin:posts_post_autosave")


def open_of(post):
    return reverse("admin:posts_post_open", args=[post.pk])


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def type_into(client, address, post=None, **values):
    """What the page's script sends while somebody writes."""
    data = Form(client.get(address).text).data | values
    data["autosave_post"] = post.pk if post else ""
    return client.post(AUTOSAVE, data)


# What was typed


def test_what_was_typed_is_offered_again_and_changes_no_post(client, editor):
    post = make_post("Public", body="<p>As it stands.</p>")
    answer = type_into(client, change_of(post), post, headline="Typed", body="<p>New words.</p>")
    address = answer.json()["continue"]
    post.refresh_from_db()
    assert (post.headline, post.body, post.version) == ("Public", "<p>As it stands.</p>", 0)
    assert "New words" not in client.get(post.get_absolute_url()).text

    page = client.get(change_of(post)).text
    assert "was not saved." in page
    assert address in page
    data = Form(client.get(address).text).data
    assert data["headline"] == "Typed"
    assert data["body"].strip() == "<p>New words.</p>"
    assert client.post(change_of(post), data).status_code == 302
    post.refresh_from_db()
    assert (post.headline, post.body) == ("Typed", "<p>New words.</p>")
    assert not Autosave.objects.exists()


def test_times_and_tags_that_were_typed_come_back_too(client, editor):
    post, tag = make_post(status=Post.Status.DRAFT), make_tag()
    times = {"published_at_0": "2031-05-06", "published_at_1": "07:08:09"}
    answer = type_into(client, change_of(post), post, tags=tag.pk, **times)
    data = Form(client.get(answer.json()["continue"]).text).data
    assert {name: data[name] for name in times} == times
    assert data["tags"] == str(tag.pk)


def test_a_post_that_was_never_saved_is_offered_where_posts_are_added(client, editor):
    address = type_into(client, ADD, headline="Never saved").json()["continue"]
    assert not Post.objects.exists()
    assert address in client.get(ADD).text
    data = Form(client.get(address).text).data
    assert data["headline"] == "Never saved"
    client.post(ADD, data)
    assert Post.objects.get().headline == "Never saved"
    assert not Autosave.objects.exists()


def test_typing_on_keeps_one_text_and_not_many(client, editor):
    data = Form(client.get(ADD).text).data
    for headline in ("T", "Ty", "Typed"):
        client.post(AUTOSAVE, data | {"headline": headline})
    assert Autosave.objects.get().fields["headline"] == ["Typed"]


def test_what_a_save_holds_already_is_not_kept_again(client, editor):
    data = Form(client.get(ADD).text).data | {"headline": "Dam", "body": "<p>Water.</p>"}
    client.post(ADD, data)
    # The copy of a browser that never heard whether its form had arrived.
    assert client.post(AUTOSAVE, data).json() == {"saved": True}
    assert not Autosave.objects.exists()
    assert "continue" in client.post(AUTOSAVE, data | {"body": "<p>Rain.</p>"}).json()


def test_after_a_save_of_ones_own_whatever_is_typed_next_is_kept(client, editor):
    post = make_post("Public")
    fill(client, change_of(post), headline="Saved by me")
    for name, text in (("second_line", "Radio Azadi"), ("corrections-0-text", "It was Kunar.")):
        answer = type_into(client, change_of(post), post, **{name: text}).json()
        assert "continue" in answer, name
        assert Autosave.objects.first().fields[name] == [text]


def test_rows_beside_the_post_that_were_typed_come_back_too(client, editor):
    post, author = make_post("Public"), make_author("Ali")
    typed = {"corrections-0-text": "It was Kunar.", "bylines-0-author": author.pk}
    answer = type_into(client, change_of(post), post, **typed)
    data = Form(client.get(answer.json()["continue"]).text).data
    assert data["corrections-0-text"].strip() == "It was Kunar."
    assert data["bylines-0-author"] == str(author.pk)
    assert client.post(change_of(post), data).status_code == 302
    assert post.corrections.get().text == "It was Kunar."
    assert post.bylines.get().author == author


def test_a_new_post_that_was_sent_twice_is_saved_once(client, editor):
    data = Form(client.get(ADD).text).data | {"headline": "Dam"}
    client.post(ADD, data)
    again = client.post(ADD, data)
    post = Post.objects.get()
    assert again["Location"] == change_of(post)
    assert "It was saved already." in client.get(again["Location"]).text
    # Another form with the same words is another post.
    client.post(ADD, Form(client.get(ADD).text).data | {"headline": "Dam"})
    assert Post.objects.count() == 2


def test_letters_that_a_database_can_not_keep_do_not_stop_the_keeping(client, editor):
    answer = client.post(AUTOSAVE, {"autosave_key": "a" * 20, "headline": "A\0B"})
    assert "continue" in answer.json()
    assert Autosave.objects.get().fields["headline"] == ["AB"]


@pytest.mark.parametrize("name", ["section", "tags", "lead_photo", "also_in", "bylines-0-author"])
@pytest.mark.parametrize("value", ["x", "9" * 30, "-1"])
def test_a_kept_choice_of_no_row_opens_a_form_all_the_same(client, editor, name, value):
    answer = type_into(client, ADD, **{name: value})
    assert client.get(answer.json()["continue"]).status_code == 200


def test_the_page_after_a_save_tells_the_browser_once_to_drop_its_copy(client, editor):
    data = Form(client.get(ADD).text).data | {"headline": "Dam"}
    client.post(ADD, data)
    told = f'data-saved="{data["autosave_key"]}"'
    assert told in client.get("/admin/").text
    assert told not in client.get("/admin/").text


def test_enter_in_a_form_with_something_unsaved_can_only_save(client, editor):
    post = make_post("Public")
    type_into(client, change_of(post), post, headline="Mine")
    page = client.get(change_of(post)).text
    first = page[page.index('id="post_form"') :]
    first = re.search(r'<(?:button|input)[^>]*type="submit"[^>]*>', first).group()
    assert 'name="_save"' in first


def test_a_text_that_is_older_than_the_last_save_does_not_go_over_it_unseen(client, editor):
    post = make_post("Public")
    address = type_into(client, change_of(post), post, headline="Mine").json()["continue"]
    fill(client, change_of(post), headline="Theirs")
    response = client.post(change_of(post), Form(client.get(address).text).data)
    assert "<del>Theirs</del><ins>Mine</ins>" in response.text
    post.refresh_from_db()
    assert post.headline == "Theirs"


def test_thrown_away_it_is_gone_and_the_post_stays(client, editor):
    post = make_post("Public")
    type_into(client, change_of(post), post, headline="Mine")
    address = reverse("admin:posts_post_throw_away", args=[Autosave.objects.get().pk])
    # It asks first, and shows what would be lost.
    asked = client.get(address).text
    assert "Nothing brings it back." in asked
    assert "Mine" in asked
    assert Autosave.objects.exists()
    client.post(address)
    assert not Autosave.objects.exists()
    assert Post.objects.get().headline == "Public"


def test_nobody_reads_or_throws_away_what_another_typed(client, editor):
    post = make_post("Public")
    address = type_into(client, change_of(post), post, headline="Mine alone").json()["continue"]
    kept = Autosave.objects.get()
    client.force_login(make_editor("second"))
    assert "Mine alone" not in client.get(address).text
    assert "was not saved." not in client.get(change_of(post)).text
    throw_away = reverse("admin:posts_post_throw_away", args=[kept.pk])
    assert client.post(throw_away).status_code == 404
    assert Autosave.objects.get() == kept


def test_only_who_may_write_there_has_anything_kept(client):
    post, draft = make_post(), make_post(status=Post.Status.DRAFT)
    data = {"autosave_key": "a" * 20, "headline": "Typed"}
    client.force_login(make_moderator())
    assert client.post(AUTOSAVE, data).status_code == 403
    assert client.post(AUTOSAVE, data | {"autosave_post": draft.pk}).status_code == 403
    client.logout()
    assert client.post(AUTOSAVE, data).status_code == 302
    writer(client)
    assert client.post(AUTOSAVE, data | {"autosave_post": post.pk}).status_code == 403
    assert client.post(AUTOSAVE, data | {"autosave_post": draft.pk}).status_code == 200


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"autosave_key": ""}, 400),
        ({"autosave_key": "short"}, 400),
        ({"autosave_key": "x" * 65}, 400),
        ({"autosave_key": "نوشته‌ای-دراز"}, 400),
        ({"autosave_post": "99999"}, 404),
        ({"autosave_post": "x"}, 404),
        ({"autosave_post": "9" * 30}, 404),
        ({"began_with": "x"}, 200),
        ({"began_with": "9" * 30}, 200),
        ({"headline": "x" * 5000}, 200),
        ({"body": "<script>x</script>" * 50}, 200),
    ],
)
def test_odd_autosaves_are_answered_and_break_nothing(client, editor, changed, status):
    data = {"autosave_key": "a" * 20, "headline": "Typed"} | changed
    response = client.post(AUTOSAVE, data)
    assert response.status_code == status
    if status == 200:
        assert client.get(response.json()["continue"]).status_code == 200


@pytest.mark.parametrize("asked", ["", "x", "99999", "9" * 40, "۱۲"])
def test_an_odd_wish_to_go_on_opens_the_plain_form(client, editor, asked):
    assert client.get(ADD, {"autosave": asked}).status_code == 200


# Who else is there


def test_two_editors_who_open_a_post_see_each_other(client, editor):
    post = make_post()
    client.get(change_of(post))
    client.force_login(make_editor("second"))
    assert "editor is editing this since" in client.get(change_of(post)).text
    client.force_login(editor)
    assert "second is editing this since" in client.post(open_of(post)).json()["others"][0]


def test_an_editor_alone_is_told_of_nobody(client, editor):
    post = make_post()
    assert "is editing this since" not in client.get(change_of(post)).text
    assert client.post(open_of(post)).json() == {"others": [], "taken": ""}


def test_a_page_that_was_closed_counts_no_more(client, editor, time_machine):
    post = make_post()
    client.get(change_of(post))
    later = timezone.now() + at_work.QUIET_AFTER + timedelta(seconds=1)
    time_machine.move_to(later, tick=False)
    client.force_login(make_editor("second"))
    assert "is editing this since" not in client.get(change_of(post)).text


def test_who_is_taken_over_is_told_by_whom(client, editor):
    post, second = make_post(), make_editor("second")
    client.get(change_of(post))
    client.force_login(second)
    client.get(change_of(post))
    # Who has taken it over is not told of the other any more.
    assert client.post(open_of(post), {"take_over": "1"}).json()["others"] == []
    client.force_login(editor)
    assert "second has taken this post over." in client.post(open_of(post)).json()["taken"]
    # Opened anew, it is theirs to write in again.
    client.get(change_of(post))
    assert client.post(open_of(post)).json()["taken"] == ""


def test_who_only_looks_is_not_said_to_edit(client):
    post = make_post()
    client.force_login(make_moderator())
    client.get(change_of(post))
    assert client.post(open_of(post)).status_code == 403
    assert not Presence.objects.exists()
