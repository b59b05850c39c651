"""The pages of the moderation desk, by plain forms and for its script."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments import claims, deciding, desk
from comments.models import Comment, Decision, Flag, Reason
from tests.factories import (
    make_comment,
    make_editor,
    make_forum,
    make_moderator,
    make_post,
    make_rule,
    make_user,
)

pytestmark = pytest.mark.django_db
Status, Phase, Code = Comment.Status, Comment.Phase, Decision.Code
DESK, CARDS, DECIDE, MINE, UNDO, CLAIM, ALL = (
    reverse(f"admin:comments_desk{name}")
    for name in ("", "_cards", "_decide", "_mine", "_undo", "_claim", "_all")
)
JSON = {"Accept": "application/json"}


@pytest.fixture
def ayesha(client):
    user = make_moderator("ayesha")
    client.force_login(user)
    return user


def held(phase=Phase.FORUM, minutes=0, **fields):
    fields.setdefault("status", Status.PENDING)
    at = timezone.now() - timedelta(minutes=minutes)
    return make_comment(held_by=phase, submitted_at=at, **fields)


def saw(*comments):
    return {f"saw-{comment.pk}": deciding.seen_of(comment) for comment in comments}


def press(client, comment, what, **fields):
    data = {"decide": f"{comment.pk}:{what}", **saw(comment), **fields}
    return client.post(DECIDE, data, follow=True)


def reads_all_comments(asked):
    """Whether the database would read the whole table of comments for this query."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN " + asked.replace("%", "%%"))
            steps = [row[3] for row in cursor.fetchall()]
            return any(step.startswith("SCAN comments_comment") for step in steps)
        # A small table is read as a whole unless there is another way and this is forbidden.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + asked.replace("%", "%%"))
        return "Seq Scan on comments_comment" in str(cursor.fetchall())


def said(response):
    return [str(message) for message in response.context["messages"]]


def status_of(comment):
    return Comment.objects.get(pk=comment.pk).status


# Who may


@pytest.mark.parametrize("address", [DESK, CARDS, MINE, ALL])
def test_the_pages_are_for_moderators_only(client, address):
    rule = make_rule()
    query = {"rule": rule.pk}
    anonymous = client.get(address, query)
    assert anonymous.status_code == 302
    assert "/login/" in anonymous["Location"]
    client.force_login(make_editor())
    assert client.get(address, query).status_code == 403
    client.force_login(make_moderator())
    assert client.get(address, query).status_code == 200


@pytest.mark.parametrize("address", [DECIDE, UNDO, CLAIM, ALL])
def test_nobody_but_a_moderator_changes_anything(client, address):
    comment = held(Phase.RULES, held_by_rule=make_rule())
    made = Decision.objects.create(comment=comment, before="approved", after="pending")
    data = {
        "decide": f"{comment.pk}:approved", **saw(comment), "decision": made.pk, "take": comment.pk,
    }  # fmt: skip
    if address == ALL:
        data |= {"decision": "approved", "rule": comment.held_by_rule_id, "upto": comment.pk}
    assert "/login/" in client.post(address, data)["Location"]
    client.force_login(make_editor())
    assert client.post(address, data).status_code == 403
    comment.refresh_from_db()
    assert (comment.status, comment.claimed_by) == (Status.PENDING, None)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("address", [DECIDE, UNDO, CLAIM])
def test_what_changes_something_is_never_a_link(client, ayesha, address):
    assert client.get(address).status_code == 405


@pytest.mark.parametrize("address", [DECIDE, UNDO, CLAIM, ALL])
def test_what_changes_something_needs_the_forms_token(ayesha, address):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ayesha)
    comment = held()
    response = strict.post(address, {"decide": f"{comment.pk}:approved", **saw(comment)})
    assert response.status_code == 403
    assert status_of(comment) == Status.PENDING


# The page


def test_the_page_shows_queues_with_counts_the_clock_and_the_cards(client, ayesha):
    post = make_post("Snow on the road")
    held(minutes=200, language="ps", name="Zarghuna", place="Chitral", text="اوبه", mark="k3x9",
         forum=make_forum(post))  # fmt: skip
    held(Phase.RULES)
    html = client.get(DESK).text
    assert 'data-count="waiting">2<' in html
    assert 'data-count="rule">1<' in html
    assert "Pashto: <time" in html
    assert "3 h 20 min" in html
    assert '<bdi class="name">Zarghuna</bdi>' in html
    assert "<bdi>Chitral</bdi>" in html
    assert "k3x9" in html
    assert '<div class="text" lang="ps" dir="rtl"><p>اوبه</p></div>' in html
    assert f'href="{post.get_absolute_url()}"' in html
    assert reverse("admin:comments_comment_change", args=[Comment.objects.first().pk]) in html


def test_a_card_tells_its_parent_reasons_reports_and_claim_and_nothing_typed_becomes_markup(
    client, ayesha
):
    bilal = make_moderator("bilal")
    evil = "<script>x</script>"
    parent = make_comment(name=evil, text=evil)
    comment = held(parent=parent, name=evil, place=evil, text=evil * 100)
    Reason.objects.create(
        comment=comment, phase=Phase.PERSONAL, code="phone", details={"found": evil}
    )
    Flag.objects.create(comment=comment, why="danger", words=evil)
    claims.take(comment.pk, bilal)
    html = client.get(DESK, {"claims": "all"}).text
    assert evil not in html
    assert "It could put somebody in danger" in html
    assert "bilal is reading this until" in html
    assert '<details class="long">' in html
    assert 'class="warnings"' in html
    assert "Nothing matches these filters." in client.get(DESK, {"claims": "free"}).text


def test_unknown_values_in_the_address_are_said_and_never_break_the_page(client, ayesha):
    for query in ({"queue": "<b>"}, {"post": "9" * 50}, {"after": "x"}, {"rule": "١"}):
        for address in (DESK, CARDS):
            assert client.get(address, query).status_code == 200
    assert "There is no queue “&lt;b&gt;”." in client.get(DESK, {"queue": "<b>"}).text


@pytest.mark.parametrize("address", [DESK, CARDS])
def test_the_page_costs_the_same_with_one_card_and_with_a_full_page(client, ayesha, address):
    def costs():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    held(Phase.RULES, parent=make_comment(), held_by_rule=make_rule())
    with_one = costs()
    for each in range(40):
        comment = held(Phase.RULES, parent=make_comment(), held_by_rule=make_rule(f"r{each}"))
        Reason.objects.create(
            comment=comment, phase=Phase.LINKS, code="links", details={"number": 3, "found": "a"}
        )
    assert costs() == with_one
    assert with_one <= (29 if address == DESK else 25)


@pytest.mark.parametrize(
    "query",
    [*(f"queue={name}" for name in desk.QUEUES), "language=ps", "section=1", "post=1", "rule=1",
     "age=1h", "queue=recent&age=1h", "queue=rule&rule=1", "claims=mine"],
)  # fmt: skip
def test_no_query_of_the_desk_reads_the_whole_table(client, ayesha, query):
    row = held(Phase.RULES, held_by_rule=make_rule(), forum=make_forum(make_post()))
    query = query.replace("post=1", f"post={row.forum.post_id}")
    query = query.replace("rule=1", f"rule={row.held_by_rule_id}")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{DESK}?{query}")
    for asked in [each["sql"] for each in queries if "comments_comment" in each["sql"]]:
        assert not reads_all_comments(asked), asked


def test_the_next_page_is_a_link_after_the_last_card(client, ayesha):
    rows = [held(minutes=100 - each) for each in range(35)]
    html = client.get(DESK).text
    assert html.count("<article") == 30
    assert f"after={rows[29].pk}" in html
    assert client.get(DESK, {"after": rows[29].pk}).text.count("<article") == 5


def test_the_admins_first_page_and_the_list_of_comments_lead_to_the_desk(client, ayesha):
    for address in (reverse("admin:index"), reverse("admin:comments_comment_changelist")):
        assert "Moderation desk: nothing waits" in client.get(address).text
    held()
    for address in (reverse("admin:index"), reverse("admin:comments_comment_changelist")):
        html = client.get(address).text
        assert f'href="{DESK}"' in html
        assert "Moderation desk: 1 wait" in html
    client.force_login(make_editor())
    assert "Moderation desk" not in client.get(reverse("admin:index")).text


# Deciding


@pytest.mark.parametrize(
    ("what", "status", "code"),
    [
        ("approved", Status.APPROVED, ""),
        ("rejected:insult", Status.REJECTED, "insult"),
        ("rejected", Status.REJECTED, "other"),
        ("spam", Status.SPAM, ""),
    ],
)
def test_a_button_decides_and_leads_back_to_the_next_card(client, ayesha, what, status, code):
    comment, following = held(minutes=2), held(minutes=1)
    response = press(client, comment, what, **saw(following), next="queue=waiting&language=en")
    assert status_of(comment) == status
    made = Decision.objects.get()
    assert (made.by, made.code, made.batch) == (ayesha, code, None)
    assert said(response) == [f"1 comment is now: {status.label}."]
    (address, _code) = response.redirect_chain[0]
    assert address == f"{DESK}?queue=waiting&language=en#card-{following.pk}"


def test_who_comes_second_is_told_and_nothing_is_recorded_twice(client, ayesha):
    bilal = make_moderator("bilal")
    comment = held()
    deciding.decide({comment.pk: "pending"}, Status.SPAM, bilal)
    response = press(client, comment, "approved")
    assert "bilal marked this as spam at" in said(response)[0]
    assert "nothing was changed" in said(response)[0]
    assert status_of(comment) == Status.SPAM
    assert Decision.objects.count() == 1


def test_a_form_without_what_was_seen_changes_nothing(client, ayesha):
    comment = held()
    client.post(DECIDE, {"decide": f"{comment.pk}:approved"})
    assert status_of(comment) == Status.PENDING


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"decide": "x:approved"}, {"decide": "1:pending"}, {"decide": "1:withdrawn"},
        {"decide": "²:approved"}, {"decide": "1"}, {"decide": "1:rejected:nonsense"},
        {"bulk": "approved"}, {"bulk": "approved", "pick": "x"}, {"bulk": "rejected", "pick": "1", "code": "y"},
        {"decide": "9" * 30 + ":approved"},
    ],
)  # fmt: skip
def test_a_broken_form_is_answered_in_words(client, ayesha, fields):
    held()
    response = client.post(DECIDE, fields, follow=True)
    assert response.status_code == 200
    assert said(response)
    assert client.post(DECIDE, fields, headers=JSON).status_code in (200, 400)
    assert not Decision.objects.exists()


def test_a_selection_is_decided_at_once_and_undone_at_once(client, ayesha):
    rows, other = [held() for _each in range(3)], held()
    data = {
        "bulk": "rejected",
        "code": "hatred",
        "pick": [row.pk for row in rows],
        **saw(*rows, other),
    }
    response = client.post(DECIDE, data, follow=True)
    assert said(response) == ["3 comments are now: Rejected."]
    (batch,) = set(Decision.objects.values_list("batch", flat=True))
    assert set(Decision.objects.values_list("code", flat=True)) == {"hatred"}
    assert status_of(other) == Status.PENDING
    assert "3 comments at once" in client.get(MINE).text
    response = client.post(UNDO, {"batch": batch, "from": "mine"}, follow=True)
    assert said(response) == ["3 decisions are undone."]
    assert Comment.objects.pending().count() == 4
    assert "undone" in client.get(MINE).text


def test_keeping_a_reported_comment_is_said_keep_on_its_button(client, ayesha):
    comment = make_comment(flags=3, flagged_at=timezone.now())
    html = client.get(DESK, {"queue": "flagged"}).text
    assert "Keep</button>" in html
    press(client, comment, "approved", next="queue=flagged")
    assert "No comment has enough reports" in client.get(DESK, {"queue": "flagged"}).text
    assert Decision.objects.get().before == Decision.objects.get().after == Status.APPROVED


def test_everything_that_a_rule_held_is_decided_after_a_page_that_says_how_many(client, ayesha):
    rule = make_rule("pills")
    rows = [held(Phase.RULES, held_by_rule=rule) for _each in range(3)]
    assert f"{ALL}?rule={rule.pk}" in client.get(DESK, {"queue": "rule", "rule": rule.pk}).text
    page = client.get(ALL, {"rule": rule.pk})
    assert "3 comments wait because of the rule “pills”." in page.text
    later = held(Phase.RULES, held_by_rule=rule)
    data = {"rule": rule.pk, "upto": page.context["newest"], "decision": "spam"}
    response = client.post(ALL, data, follow=True)
    assert said(response) == ["3 comments that the rule “pills” held are now: Spam."]
    assert [status_of(row) for row in rows] == [Status.SPAM] * 3
    assert status_of(later) == Status.PENDING
    assert len(set(Decision.objects.values_list("batch", flat=True))) == 1


@pytest.mark.parametrize(
    "broken", [{"decision": "pending"}, {"upto": "x"}, {"decision": "rejected", "code": "x"}]
)
def test_a_broken_form_for_everything_changes_nothing(client, ayesha, broken):
    rule = make_rule("pills")
    comment = held(Phase.RULES, held_by_rule=rule)
    data = {"rule": rule.pk, "upto": comment.pk, "decision": "spam"} | broken
    assert said(client.post(ALL, data, follow=True))
    assert status_of(comment) == Status.PENDING
    assert client.post(ALL, data | {"rule": "x"}).status_code == 404
    assert "holds nothing now" in client.get(ALL, {"rule": make_rule("none").pk}).text


# Undo


def test_the_last_decision_stands_on_the_desk_with_its_undo(client, ayesha):
    comment = held(name="Zarghuna")
    press(client, comment, "spam")
    assert "<b>Spam</b>: <bdi>Zarghuna</bdi>" in client.get(DESK).text
    response = client.post(UNDO, {"last": "1"}, follow=True)
    assert said(response) == ["1 decision is undone."]
    assert status_of(comment) == Status.PENDING
    assert said(client.post(UNDO, {"last": "1"}, follow=True)) == [
        "There is nothing of yours to undo."
    ]


def test_undo_that_cant_be_is_said_in_words(client, ayesha):
    comment = held()
    press(client, comment, "spam")
    made = Decision.objects.get()
    deciding.decide({comment.pk: "spam"}, Status.APPROVED, make_moderator("bilal"))
    for headers in ({}, JSON):
        response = client.post(UNDO, {"decision": made.pk}, headers=headers, follow=True)
        assert "ilal approved this at" in response.text
    assert status_of(comment) == Status.APPROVED


def test_nobody_undoes_what_a_colleague_decided(client, ayesha):
    import uuid

    bilal, comment = make_moderator("bilal"), held()
    deciding.decide({comment.pk: "pending"}, Status.SPAM, bilal, batch=uuid.uuid4())
    made = Decision.objects.get()
    for fields in (
        {"decision": made.pk},
        {"batch": made.batch},
        {"last": 1},
        {"batch": "x"},
        {"decision": "x"},
        {},
    ):
        assert said(client.post(UNDO, fields, follow=True))
    assert status_of(comment) == Status.SPAM
    assert "You have decided on nothing" in client.get(MINE).text


# Claims


def test_taking_the_next_leads_to_what_one_took_and_giving_all_back_frees_it(client, ayesha):
    rows = [held(minutes=60 - each) for each in range(25)]
    response = client.post(CLAIM, {"take": "next", "next": "queue=waiting"}, follow=True)
    assert said(response) == ["20 comments are yours for 15 minutes."]
    assert response.redirect_chain[0][0] == f"{DESK}?queue=waiting&claims=mine"
    assert response.text.count("<article") == 20
    client.force_login(make_moderator("bilal"))
    assert client.get(DESK).text.count("<article") == 5
    taken = client.post(CLAIM, {"take": rows[0].pk}, follow=True)
    assert "ayesha is reading this until" in said(taken)[0]
    client.force_login(ayesha)
    response = client.post(CLAIM, {"release": "all"}, follow=True)
    assert said(response) == ["20 comments are free for others again."]
    assert not Comment.objects.filter(claimed_by__isnull=False).exists()
    assert said(client.post(CLAIM, {"take": "x"}, follow=True))


def test_one_comment_is_taken_and_given_back_by_its_button(client, ayesha):
    comment = held()
    client.post(CLAIM, {"take": comment.pk})
    comment.refresh_from_db()
    assert comment.claimed_by == ayesha
    assert "Give back" in client.get(DESK).text
    client.post(CLAIM, {"release": comment.pk})
    comment.refresh_from_db()
    assert comment.claimed_by is None


# For the script


def test_the_script_gets_a_receipt_new_counts_and_the_undone_card(client, ayesha):
    comment = held(name="Zarghuna")
    held()
    data = {"decide": f"{comment.pk}:rejected:insult", **saw(comment)}
    answer = client.post(DECIDE, data, headers=JSON).json()
    made = Decision.objects.get()
    key = str(comment.pk)
    assert answer["decisions"] == {key: made.pk}
    assert "<b>Rejected</b> (Insult)" in answer["receipts"][key]
    assert (answer["counts"]["waiting"], answer["counts"]["refused"]) == ("1", "1")
    assert "Zarghuna" in answer["last"]
    answer = client.post(UNDO, {"decision": made.pk}, headers=JSON).json()
    assert f'id="card-{key}"' in answer["cards"][key]
    assert answer["counts"]["waiting"] == "2"
    assert answer["said"] == "1 decision is undone."


def test_the_script_is_told_of_a_conflict_with_the_card_as_it_is_now(client, ayesha):
    comment = held()
    deciding.decide({comment.pk: "pending"}, Status.SPAM, make_moderator("bilal"))
    data = {"decide": f"{comment.pk}:approved", f"saw-{comment.pk}": "pending"}
    answer = client.post(DECIDE, data, headers=JSON).json()
    key = str(comment.pk)
    assert answer["receipts"] == {}
    assert "bilal marked this as spam" in answer["late"][key]
    assert 'value="spam"' in answer["cards"][key]
    assert 'class="notice"' in answer["cards"][key]


def test_the_script_gets_the_next_cards(client, ayesha):
    rows = [held(minutes=100 - each) for each in range(35)]
    answer = client.get(CARDS, {"after": rows[29].pk}, headers=JSON).json()
    assert answer["cards"].count("<article") == 5
    assert answer["more"] is False
    assert answer["token"]


def test_the_script_gets_the_card_of_what_was_taken_or_why_it_cant_be(client, ayesha):
    comment, other = held(), held()
    answer = client.post(CLAIM, {"take": comment.pk}, headers=JSON).json()
    assert "You took this until" in answer["cards"][str(comment.pk)]
    claims.take(other.pk, make_moderator("bilal"))
    answer = client.post(CLAIM, {"take": other.pk}, headers=JSON)
    assert answer.status_code == 400
    assert "bilal is reading this" in answer.json()["refused"]


def test_a_card_leads_to_what_else_its_name_wrote(client, ayesha):
    comment, other = held(name="Zarghuna"), make_comment(name="ZARGHUNA", text="Said before.")
    make_comment(name="Khalid", text="Somebody else.")
    address = reverse("admin:comments_comment_changelist")
    assert f'href="{address}?status=all&amp;name_key=zarghuna"' in client.get(DESK).text
    page = client.get(address, {"status": "all", "name_key": comment.name_key})
    assert set(page.context["cl"].result_list) == {comment, other}


# On the newsroom's desk


def test_editors_see_under_which_posts_most_comments_wait_and_moderators_go_there(client):
    busy, quiet = make_post("Busy"), make_post("Quiet")
    for post, number in ((busy, 3), (quiet, 1)):
        for _each in range(number):
            make_comment(make_forum(post) if not hasattr(post, "forum") else post.forum,
                         status=Status.PENDING)  # fmt: skip
    make_comment(make_forum(make_post("Nothing waits there")))
    client.force_login(make_editor())
    text = client.get("/admin/").text
    part = text[text.index("Comments waiting") :].partition("</section>")[0]
    assert ": 4</h2>" in part
    assert part.index("Busy") < part.index("Quiet")
    assert "Nothing waits there" not in part
    assert reverse("admin:posts_post_change", args=[busy.pk]) in part
    assert reverse("admin:comments_desk") not in part

    client.force_login(make_user("chief", ["Editors", "Moderators"], is_staff=True))
    text = client.get("/admin/").text
    desk = f"{reverse('admin:comments_desk')}?queue=waiting&amp;post={busy.pk}"
    assert desk in text
    assert "Busy" in client.get(desk.replace("&amp;", "&")).text


def test_the_newsrooms_desk_says_where_no_comment_waits(client):
    client.force_login(make_editor())
    assert "No comment waits." in client.get("/admin/").text
