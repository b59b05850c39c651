"""What moderators who are signed in find on readers' pages, and that nobody else does."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from comments.models import Comment, Decision, Forum
from tests.factories import make_blog, make_comment, make_editor, make_moderator, make_user

pytestmark = pytest.mark.django_db
Status, State = Comment.Status, Forum.State
PANEL = 'id="moderator"'


@pytest.fixture
def moderator(client):
    user = make_moderator()
    client.force_login(user)
    return user


@pytest.fixture
def shown():
    return make_comment(name="Shown", text="Everybody reads this")


@pytest.fixture
def waits(shown):
    return make_comment(shown.forum, status=Status.PENDING, name="Waits", text="Not yet public")


def article(comment):
    return comment.forum.post.get_absolute_url()


def decide(client, comment, decision, **fields):
    address = reverse("admin:comments_comment_decide", args=[comment.pk])
    return client.post(address, {"decision": decision, "saw": comment.status, **fields})


def set_forum(client, post, state, **fields):
    address = reverse("admin:comments_comment_forum", args=[post.pk])
    return client.post(address, {"state": state, **fields})


def test_a_moderator_sees_what_waits_and_everybody_else_the_page_of_readers(
    client, moderator, shown, waits
):
    for address in (article(shown), shown.get_absolute_url()):
        mine = client.get(address).text
        assert PANEL in mine
        assert "Not yet public" in mine
        assert "csrfmiddlewaretoken" in mine
        for other in (Client(), Client()):
            html = other.get(address).text
            assert PANEL not in html
            assert "Not yet public" not in html
            assert "csrfmiddlewaretoken" not in html


def test_an_editor_and_other_staff_see_no_controls(client, shown, waits):
    as_reader = Client().get(article(shown)).content
    staff = [make_editor(), make_user("plain", is_staff=True), make_user("reader")]
    outsider = make_user("outsider")
    outsider.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    for user in (*staff, outsider):
        client.force_login(user)
        assert client.get(article(shown)).content == as_reader, user


def test_what_a_moderator_saw_changes_nothing_for_readers(client, moderator, shown, waits):
    before = Client().get(article(shown))
    mine = client.get(article(shown))
    after = Client().get(article(shown))
    assert before.content == after.content
    assert (
        before["Cache-Control"] == after["Cache-Control"] == ("public, max-age=0, must-revalidate")
    )
    assert "cookie" not in after["Vary"].lower()
    assert mine["Cache-Control"] == "private, no-store"


def test_a_moderators_page_takes_five_queries_more_however_much_waits(
    client, moderator, shown, waits, django_assert_num_queries
):
    make_blog()
    client.get(article(shown))
    for number in (0, 30):
        for _each in range(number):
            make_comment(parent=shown, status=Status.PENDING)
        # A reader’s 8; then session, user, the rights of the user and of the groups, what waits.
        with django_assert_num_queries(8 + 5):
            html = client.get(article(shown)).text
        assert html.count('id="waiting-') == min(20, 1 + number)
    assert "More waits here" in html


@pytest.mark.parametrize(
    ("decision", "status"),
    [("approve", Status.APPROVED), ("reject", Status.REJECTED), ("spam", Status.SPAM)],
)
def test_a_moderator_decides_on_the_page_and_comes_back_to_it(client, waits, decision, status):
    moderator = make_moderator()
    client.force_login(moderator)
    back = f"{article(waits)}#moderator"
    response = decide(client, waits, decision, next=back)
    assert response["Location"] == back
    waits.refresh_from_db()
    assert waits.status == status
    assert Decision.objects.get().by == moderator
    assert "1 comment is now" in client.get(article(waits)).text


def test_remove_takes_a_shown_comment_away_with_its_reason(client, moderator, shown):
    assert "Its page for moderators" in client.get(article(shown)).text
    decide(client, shown, "reject", code="insult", next=article(shown))
    assert "Everybody reads this" not in Client().get(article(shown)).text
    assert Decision.objects.get().code == "insult"
    assert decide(client, shown, "reject", code="nonsense").status_code == 400


def test_who_comes_second_is_told_who_decided(client, moderator, waits):
    other = Client()
    other.force_login(make_moderator("second"))
    decide(client, waits, "approve")
    decide(other, waits, "spam", next=article(waits))
    waits.refresh_from_db()
    assert waits.status == Status.APPROVED
    assert Decision.objects.count() == 1
    assert "moderator" in other.get(article(waits)).text.split('class="said warning"')[1][:200]


@pytest.mark.parametrize(
    "foreign",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "evil", "javascript:x"],
)
def test_no_form_leads_to_another_host(client, moderator, waits, foreign):
    assert decide(client, waits, "approve", next=foreign)["Location"].startswith("/admin/")


@pytest.mark.parametrize("state", State.values)
def test_a_moderator_sets_the_forums_state_by_hand(client, moderator, shown, state):
    post = shown.forum.post
    response = set_forum(client, post, state, next=f"{article(shown)}#moderator")
    assert response["Location"] == f"{article(shown)}#moderator"
    forum = Forum.objects.get()
    assert forum.state == state
    assert forum.state_set_at is not None


def test_a_forum_that_meanwhile_changed_or_an_unknown_state_changes_nothing(
    client, moderator, shown
):
    post = shown.forum.post
    set_forum(client, post, State.CLOSED, saw=State.PREMODERATED)
    assert "Meanwhile the forum became: Open" in client.get(article(shown)).text
    assert set_forum(client, post, "ajar").status_code == 400
    assert Forum.objects.get().state == State.OPEN


def test_without_the_right_to_forums_there_are_no_buttons_for_them(client, shown):
    user = make_user("narrow", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    client.force_login(user)
    html = client.get(article(shown)).text
    assert PANEL in html
    assert 'name="state"' not in html
    assert set_forum(client, shown.forum.post, State.CLOSED).status_code == 403
    client.force_login(make_editor())
    assert set_forum(client, shown.forum.post, State.CLOSED).status_code == 403
    assert Forum.objects.get().state == State.OPEN


def test_the_forms_need_djangos_token(waits):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_moderator())
    html = client.get(article(waits)).text
    assert decide(client, waits, "approve").status_code == 403
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    decide(client, waits, "approve", csrfmiddlewaretoken=token)
    waits.refresh_from_db()
    assert waits.status == Status.APPROVED


def test_readers_see_a_mark_and_a_distinction(client):
    comment = make_comment(mark="k3f9", distinction="picked")
    html = client.get(article(comment)).text
    assert "Picked by the newsroom" in html
    assert ">with the mark </span>k3f9" in html
    plain = client.get(article(make_comment())).text
    assert 'class="mark"' not in plain
    assert 'class="distinction' not in plain
