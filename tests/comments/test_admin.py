"""The moderators' list, a comment's own page, and forums on the newsroom's pages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from comments.models import Comment, Decision, Flag, Forum, NameNote, Reason
from posts.models import Post
from tests.factories import (
    make_comment,
    make_editor,
    make_forum,
    make_moderator,
    make_post,
    make_section,
    make_user,
)

pytestmark = pytest.mark.django_db
State, Status = Forum.State, Comment.Status
QUEUE = reverse("admin:comments_comment_changelist")
POSTS = reverse("admin:posts_post_changelist")
NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)


def page_of(comment):
    return reverse("admin:comments_comment_change", args=[comment.pk])


def decide(client, comment, decision):
    address = reverse("admin:comments_comment_decide", args=[comment.pk])
    return client.post(address, {"decision": decision})


def act(client, address, action, *rows):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(address, data, follow=True)


def rows(response):
    return list(response.context["cl"].result_list)


def said(response):
    return [str(message) for message in response.context["messages"]]


def waiting(name="Waiting", minutes=0, **fields):
    at = NOON + timedelta(minutes=minutes)
    return make_comment(name=name, status=Status.PENDING, submitted_at=at, **fields)


@pytest.fixture
def moderator(client):
    user = make_moderator()
    client.force_login(user)
    return user


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


# The queue


def test_the_queue_shows_first_what_waits_and_the_oldest_of_it_on_top(client, moderator):
    late, early, middle = waiting(minutes=9), waiting(minutes=1), waiting(minutes=5)
    for status in (Status.APPROVED, Status.REJECTED, Status.SPAM, Status.WITHDRAWN):
        make_comment(status=status)
    response = client.get(QUEUE)
    assert rows(response) == [early, middle, late]


@pytest.mark.parametrize("status", Status.values)
def test_the_queue_shows_each_other_status_on_demand_and_all_of_them(client, moderator, status):
    comments = {each: make_comment(status=each) for each in Status.values}
    assert rows(client.get(QUEUE, {"status": status})) == [comments[status]]
    assert len(rows(client.get(QUEUE, {"status": "all"}))) == len(Status.values)


def test_the_queue_offers_filters_and_marks_the_one_that_is_on(client, moderator):
    make_section("Region")
    make_section("Sport")
    waiting(language="ps")
    make_comment(language="ur", status=Status.SPAM)
    html = client.get(QUEUE).text
    for title in ("status", "language", "section", "submitted"):
        assert f"By {title}" in html, title
    for label in ("Pending", "Approved", "Rejected", "Spam", "Withdrawn by its author", "All"):
        assert label in html
    choices = (
        client.get(QUEUE).context["cl"].filter_specs[0].choices(client.get(QUEUE).context["cl"])
    )
    assert [each["display"] for each in choices if each["selected"]] == ["Pending"]
    assert rows(client.get(QUEUE, {"language__exact": "ur"})) == []
    assert len(rows(client.get(QUEUE, {"language__exact": "ps"}))) == 1


def test_the_list_finds_by_section_name_place_and_text_in_any_spelling(client, moderator):
    section = make_section("Region")
    post = make_post("Glaciers melt", section=section)
    wanted = make_comment(
        make_forum(post), name="Jack", place="Lashkargah", text="About dams", status=Status.PENDING
    )
    waiting()
    for query in (
        {"q": "JÁCK"}, {"q": "lashkar"}, {"q": "dams jack"}, {"q": "  "} | {"forum__id__exact": wanted.forum.pk},
        {"forum__post__section__id__exact": section.pk},
    ):  # fmt: skip
        response = client.get(QUEUE, query)
        assert response.status_code == 200, query
        assert rows(response) == [wanted], query
    assert rows(client.get(QUEUE, {"q": "nobody says this"})) == []


def test_the_queue_shows_what_is_needed_to_decide_and_no_markup_of_it(client, moderator):
    parent = make_comment(make_forum(make_post("Make <b>Nice</b>")), name="Ashoka <i>")
    make_comment(
        parent=parent, status=Status.PENDING, name="Mjaff <u>", place="Pakistab <s>",
        text="<script>alert(1)</script>" + "word " * 200,
    )  # fmt: skip
    html = client.get(QUEUE).text
    for words in ("Make &lt;b&gt;Nice", "Ashoka &lt;i&gt;", "Mjaff &lt;u&gt;", "Pakistab &lt;s&gt;",
                  "&lt;script&gt;alert(1)"):  # fmt: skip
        assert words in html
    assert "<script>alert(1)" not in html
    assert " …</span>" in html
    assert html.count("word") < 100


def test_the_queue_takes_the_same_queries_for_one_and_for_forty(
    client, moderator, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(QUEUE)
        return len(seen)

    waiting(parent=make_comment())
    queries()
    before = queries()
    for minute in range(39):
        waiting(minutes=minute, parent=make_comment())
    assert queries() == before


# Who may


@pytest.mark.parametrize(
    ("who", "status"), [("editor", 403), ("plain", 403), ("reader", 302), (None, 302)]
)
def test_nobody_but_moderators_sees_the_queue_or_a_comment(client, who, status):
    comment = waiting(text="Not for all eyes")
    users = {
        "editor": make_editor(),
        "plain": make_user("plain", is_staff=True),
        "reader": make_user("reader"),
    }
    if who:
        client.force_login(users[who])
    for address in (QUEUE, page_of(comment)):
        response = client.get(address)
        assert response.status_code == status
        assert "Not for all eyes" not in response.text
    client.force_login(make_moderator())
    for address in (QUEUE, page_of(comment)):
        assert "Not for all eyes" in client.get(address).text


ACTIONS = [
    ("approve", Status.APPROVED, "2 comments are now: Approved."),
    ("reject", Status.REJECTED, "2 comments are now: Rejected."),
    ("mark_as_spam", Status.SPAM, "2 comments are now: Spam."),
]


@pytest.mark.parametrize(("action", "status", "sentence"), ACTIONS)
def test_a_moderator_decides_on_many_at_once(client, moderator, action, status, sentence):
    one, two, untouched = waiting(), waiting(), waiting()
    response = act(client, QUEUE, action, one, two)
    assert said(response) == [sentence]
    assert rows(response) == [untouched]
    assert set(Comment.objects.filter(status=status)) == {one, two}
    decisions = Decision.objects.all()
    assert {(each.comment_id, each.by, each.before, each.after) for each in decisions} == {
        (each.pk, moderator, "pending", status) for each in (one, two)
    }


@pytest.mark.parametrize(("action", "status", "sentence"), ACTIONS)
@pytest.mark.parametrize("who", ["editor", "plain staff", "who may only look"])
def test_who_is_no_moderator_decides_on_nothing(client, who, action, status, sentence):
    user = make_editor() if who == "editor" else make_user("plain", is_staff=True)
    if who == "who may only look":
        user.user_permissions.add(Permission.objects.get(codename="view_comment"))
    client.force_login(user)
    comment = waiting()
    response = act(client, QUEUE, action, comment)
    if who == "who may only look":
        assert rows(response) == [comment]
    else:
        assert response.status_code == 403
    assert decide(client, comment, "approve").status_code == 403
    comment.refresh_from_db()
    assert comment.status == Status.PENDING
    assert not Decision.objects.exists()


def test_approving_brings_a_comment_to_the_readers_page_and_rejecting_takes_it_away(
    client, moderator
):
    comment = waiting(text="Through the queue")
    article = comment.forum.post.get_absolute_url()
    assert "Through the queue" not in Client().get(article).text
    act(client, QUEUE, "approve", comment)
    assert "Through the queue" in Client().get(article).text
    act(client, f"{QUEUE}?status=approved", "reject", comment)
    assert "Through the queue" not in Client().get(article).text
    assert Decision.objects.count() == 2


def test_deciding_the_same_twice_is_said_and_not_recorded(client, moderator):
    comment = make_comment(status=Status.APPROVED)
    response = act(client, f"{QUEUE}?status=all", "approve", comment)
    assert "Nothing changed: it was decided so already" in said(response)[0]
    assert not Decision.objects.exists()


def test_what_its_author_withdrew_can_not_be_brought_back(client, moderator):
    comment = make_comment(status=Status.WITHDRAWN)
    act(client, f"{QUEUE}?status=all", "approve", comment)
    decide(client, comment, "approve")
    comment.refresh_from_db()
    assert comment.status == Status.WITHDRAWN


# A comment's own page


@pytest.mark.parametrize(
    ("decision", "status"),
    [("approve", Status.APPROVED), ("reject", Status.REJECTED), ("spam", Status.SPAM)],
)
def test_a_button_decides_and_leads_on_to_the_next_that_waits(client, moderator, decision, status):
    second, first, third = waiting(minutes=2), waiting(minutes=1), waiting(minutes=3)
    response = decide(client, first, decision)
    assert response.status_code == 302
    assert response["Location"] == page_of(second)
    first.refresh_from_db()
    assert first.status == status
    record = Decision.objects.get()
    assert (record.comment, record.by, record.after) == (first, moderator, status)
    assert decide(client, second, decision)["Location"] == page_of(third)
    assert decide(client, third, decision)["Location"] == QUEUE


def test_two_moderators_who_press_at_once_leave_one_record(client, moderator):
    comment = waiting()
    other = Client()
    other.force_login(make_moderator("second"))
    decide(client, comment, "approve")
    decide(other, comment, "approve")
    assert [each.by for each in Decision.objects.all()] == [moderator]


def test_a_link_alone_decides_nothing(client, moderator):
    comment = waiting()
    address = reverse("admin:comments_comment_decide", args=[comment.pk])
    response = client.get(address, {"decision": "approve"})
    assert response.status_code == 405
    assert "This address can&#x27;t be used that way" in response.text
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_a_button_without_djangos_token_decides_nothing():
    comment, client = waiting(), Client(enforce_csrf_checks=True)
    client.force_login(make_moderator())
    assert decide(client, comment, "approve").status_code == 403
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


@pytest.mark.parametrize("decision", ["", "pending", "withdrawn", "delete", "approved"])
def test_a_decision_that_is_none_is_refused(client, moderator, decision):
    comment = waiting()
    assert decide(client, comment, decision).status_code == 403
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_a_comments_page_shows_the_whole_text_and_every_decision(client, moderator):
    parent = make_comment(text="What was answered")
    comment = make_comment(
        parent=parent, status=Status.PENDING, name="Mjaff", place="Pakistab",
        text="Whole " * 300 + "<b>end</b>",
    )  # fmt: skip
    comment.moderate(Status.REJECTED, by=moderator, reason="names a private person")
    html = client.get(page_of(comment)).text
    for words in ("What was answered", "Mjaff", "Pakistab", "&lt;b&gt;end&lt;/b&gt;",
                  "names a private person"):  # fmt: skip
        assert words in html
    for decision in ("approve", "reject", "spam"):
        assert f'name="decision" value="{decision}"' in html


def test_a_comments_page_shows_it_among_what_surrounds_it(client, moderator):
    section = make_section("Region")
    top = make_comment(
        make_forum(make_post("Glaciers melt", section=section)), text="The first word"
    )
    answered = make_comment(parent=top, text="The second word")
    comment = make_comment(
        parent=answered, name="Mjaff", text="The third word", mark="k3f9", status=Status.PENDING
    )
    make_comment(parent=comment, text="The fourth word")
    make_comment(name="MJAFF", text="Elsewhere by name", status=Status.SPAM)
    make_comment(name="Another", mark="k3f9", text="Elsewhere by mark")
    make_comment(name="Stranger", text="Nothing to do with it")
    Reason.objects.create(comment=comment, phase="forum", code="premoderated")
    Flag.objects.create(comment=comment, why="false", words="<b>Not so</b>")
    comment.moderate(Status.REJECTED, by=moderator, code="insult")
    html = client.get(page_of(comment)).text
    for words in (
        "Glaciers melt", "Region", "The first word", "The second word", "The third word",
        "The fourth word", "Elsewhere by name", "Elsewhere by mark", "The forum is pre-moderated.",
        "It is false", "&lt;b&gt;Not so", "Pending → Rejected", "Insult",
    ):  # fmt: skip
        assert words in html, words
    assert "Nothing to do with it" not in html


def test_a_comments_page_takes_the_same_queries_however_much_there_is_to_tell(
    client, moderator, django_assert_num_queries
):
    comment = make_comment(parent=make_comment(), name="Mjaff", mark="k3f9")
    for number in (0, 15):
        for _each in range(number):
            make_comment(parent=comment, name="Mjaff", mark="k3f9")
            Reason.objects.create(comment=comment, phase="forum", code="premoderated")
            Flag.objects.create(comment=comment, why="false")
            NameNote.objects.create(name_key=comment.name_key, text="n", by=moderator)
            Decision.objects.create(comment=comment, by=moderator, after="approved")
        # Session, user, two of rights; the comment, replies, reasons, reports, decisions, two of
        # what else was written, notes.
        with django_assert_num_queries(12):
            assert client.get(page_of(comment)).status_code == 200


def test_a_comments_page_of_a_number_that_is_none_leads_away_in_words(client, moderator):
    for number in ("0", "nothing", "9" * 30):
        address = reverse("admin:comments_comment_change", args=[number])
        assert "doesn’t exist" in said(client.get(address, follow=True))[0]


def note(client, comment, text):
    address = reverse("admin:comments_comment_note", args=[comment.pk])
    return client.post(address, {"note-text": text})


def delete(client, note):
    return client.post(reverse("admin:comments_comment_note_delete", args=[note.pk]))


def test_a_note_on_a_name_stands_beside_all_that_the_name_wrote(client, moderator):
    one, two, other = make_comment(name="Mjaff"), make_comment(name="mjaff"), make_comment()
    assert note(client, one, "Writes <b>twice</b>").status_code == 302
    stored = NameNote.objects.get()
    assert (stored.text, stored.by, stored.name_key) == (
        "Writes <b>twice</b>", moderator, one.name_key,
    )  # fmt: skip
    for comment in (one, two):
        assert "Writes &lt;b&gt;twice" in client.get(page_of(comment)).text
    assert "twice" not in client.get(page_of(other)).text
    assert delete(client, stored).status_code == 302
    assert not NameNote.objects.exists()


def test_a_note_that_is_empty_or_too_long_comes_back(client, moderator):
    comment = make_comment()
    assert note(client, comment, "  ").status_code == 422
    response = note(client, comment, "long" * 126)
    assert response.status_code == 422
    assert "long" * 126 in response.text
    assert not NameNote.objects.exists()


def test_nobody_deletes_anothers_note_and_only_moderators_write_one(client, moderator):
    comment = make_comment()
    theirs = NameNote.objects.create(
        name_key=comment.name_key, text="Theirs", by=make_moderator("second")
    )
    assert reverse("admin:comments_comment_note_delete", args=[theirs.pk]) not in (
        client.get(page_of(comment)).text
    )
    assert delete(client, theirs).status_code == 403
    client.force_login(make_editor())
    assert note(client, comment, "Forged").status_code == 403
    assert NameNote.objects.get() == theirs


def distinguish(client, comment, distinction):
    address = reverse("admin:comments_comment_distinguish", args=[comment.pk])
    return client.post(address, {"distinction": distinction})


def test_a_distinction_is_given_changed_and_taken_and_recorded_each_time(client, moderator):
    comment = make_comment()
    for distinction in ("picked", "staff", "staff", ""):
        assert distinguish(client, comment, distinction).status_code == 302
        comment.refresh_from_db()
        assert comment.distinction == distinction
    recorded = [(each.what, each.reason, each.by) for each in Decision.objects.order_by("pk")]
    assert recorded == [("distinction", each, moderator) for each in ("picked", "staff", "")]
    html = client.get(page_of(comment)).text
    assert "Distinction: Picked by the newsroom" in html
    assert "Distinction: None" in html


def test_no_distinction_is_given_by_others_or_of_an_unknown_kind(client, moderator):
    comment = make_comment()
    assert distinguish(client, comment, "golden").status_code == 400
    client.force_login(make_editor())
    assert distinguish(client, comment, "picked").status_code == 403
    comment.refresh_from_db()
    assert comment.distinction == ""
    assert not Decision.objects.exists()


def test_what_a_reader_wrote_can_not_be_changed(client, moderator):
    comment = waiting(name="Jack", place="US", text="As it was written")
    html = client.get(page_of(comment)).text
    for field in ("name", "place", "text", "status", "forum", "parent"):
        assert f'name="{field}"' not in html
    client.post(
        page_of(comment),
        {
            "name": "Forged", "place": "Forged", "text": "Forged", "status": "approved",
            "language": "ur", "forum": make_forum().pk, "submitted_at_0": "2001-01-01",
            "decisions-TOTAL_FORMS": "1", "decisions-INITIAL_FORMS": "0",
            "decisions-0-after": "approved", "decisions-0-reason": "Forged",
        },
    )  # fmt: skip
    stored = Comment.objects.get(pk=comment.pk)
    for field in ("name", "place", "text", "status", "language", "forum_id", "submitted_at"):
        assert getattr(stored, field) == getattr(comment, field), field
    assert not Decision.objects.exists()


@pytest.mark.parametrize("superuser", [False, True])
def test_comments_are_neither_added_nor_deleted_here(client, superuser):
    user = (
        make_moderator() if not superuser else make_user("boss", is_staff=True, is_superuser=True)
    )
    client.force_login(user)
    comment = waiting()
    add = reverse("admin:comments_comment_add")
    delete = reverse("admin:comments_comment_delete", args=[comment.pk])
    assert client.get(add).status_code == 403
    assert client.post(add, {"name": "Forged", "text": "Forged"}).status_code == 403
    assert client.post(delete, {"post": "yes"}).status_code == 403
    act(client, QUEUE, "delete_selected", comment)
    client.post(
        QUEUE, {"action": "delete_selected", "_selected_action": [comment.pk], "post": "yes"}
    )
    assert list(Comment.objects.all()) == [comment]


# Forums, on the newsroom's pages


FORUM_ACTIONS = [
    ("set_forum_closed", State.CLOSED),
    ("set_forum_premoderated", State.PREMODERATED),
    ("set_forum_open", State.OPEN),
]


@pytest.mark.parametrize(("action", "state"), FORUM_ACTIONS)
@pytest.mark.parametrize("make", [make_moderator, make_editor])
def test_forums_are_closed_and_opened_from_the_list_of_posts(client, make, action, state):
    client.force_login(make())
    other_state = State.OPEN if state != State.OPEN else State.CLOSED
    with_forum, without = make_forum(state=other_state).post, make_post()
    untouched = make_forum(state=other_state)
    response = act(client, POSTS, action, with_forum, without)
    assert response.status_code == 200
    assert {each.post: each.state for each in Forum.objects.all()} == {
        with_forum: state,
        without: state,
        untouched.post: other_state,
    }
    closed = "This forum has been closed." in client.get(without.get_absolute_url()).text
    assert closed == (state == State.CLOSED)


@pytest.mark.parametrize(("action", "state"), FORUM_ACTIONS)
def test_staff_who_only_look_at_posts_close_and_open_no_forum(client, action, state):
    user = make_user("plain", is_staff=True)
    client.force_login(user)
    other_state = State.OPEN if state != State.OPEN else State.CLOSED
    forum = make_forum(state=other_state)
    assert act(client, POSTS, action, forum.post).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_post"))
    response = act(client, POSTS, action, forum.post)
    assert response.status_code == 200
    assert action not in response.text
    forum.refresh_from_db()
    assert forum.state == other_state


def test_a_moderator_can_close_a_forum_and_still_not_change_the_post(client, moderator):
    post = make_forum(make_post("As published"), State.OPEN).post
    act(client, POSTS, "set_forum_closed", post)
    address = reverse("admin:posts_post_change", args=[post.pk])
    assert client.post(address, {"headline": "Rewritten"}).status_code == 403
    assert client.get(reverse("admin:posts_post_add")).status_code == 403
    assert Post.objects.get().headline == "As published"
    assert Forum.objects.get().state == State.CLOSED


def test_an_editor_sets_a_forum_on_the_posts_own_page(client, editor):
    from tests.posts.test_admin import fill

    post = make_post("With a forum")
    address = reverse("admin:posts_post_change", args=[post.pk])
    response = fill(
        client, address,
        **{
            "forum-0-state": "open",
            "forum-0-closes_at_0": "2030-01-01",
            "forum-0-closes_at_1": "12:00:00",
        },
    )  # fmt: skip
    assert response.status_code == 302
    forum = Forum.objects.get()
    assert (forum.post, forum.state) == (post, State.OPEN)
    assert forum.closes_at == datetime(2030, 1, 1, 12, tzinfo=UTC)


def test_saving_a_post_without_a_word_on_its_forum_makes_none(client, editor):
    from tests.posts.test_admin import fill

    post = make_post("Plain")
    fill(client, reverse("admin:posts_post_change", args=[post.pk]), headline="Plainer")
    assert Post.objects.get().headline == "Plainer"
    assert not Forum.objects.exists()


def test_the_list_of_posts_says_how_each_forum_stands_now(client, editor, time_machine):
    time_machine.move_to(NOON, tick=False)
    client.force_login(editor)
    make_forum(make_post("Clocked"), State.OPEN, closes_at=NOON)
    make_post("Without forum")
    html = client.get(POSTS, {"q": "Clocked"}).text
    assert '<td class="field-forum_state">Closed</td>' in html
    html = client.get(POSTS, {"q": "Without"}).text
    assert '<td class="field-forum_state">Pre-moderated</td>' in html
