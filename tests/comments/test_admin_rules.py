"""Rules in the admin: edited, added by the list, tried."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from comments.models import Comment, Rule
from comments.rules import matches
from tests.factories import make_comment, make_rule, make_user

pytestmark = pytest.mark.django_db
Status = Comment.Status
RULES = reverse("admin:comments_rule_changelist")
ADD = reverse("admin:comments_rule_add")
ADD_MANY = reverse("admin:comments_rule_add_many")
RIGHTS = ("add_rule", "change_rule", "delete_rule", "view_rule", "moderate_comment")


def sign_in(client, *rights):
    user = make_user(f"with {len(rights)} rights", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="comments", codename__in=rights)
    )
    client.force_login(user)
    return user


@pytest.fixture
def teacher(client):
    return sign_in(client, *RIGHTS)


def page_of(rule):
    return reverse("admin:comments_rule_change", args=[rule.pk])


def try_page_of(rule):
    return reverse("admin:comments_rule_try", args=[rule.pk])


def form(pattern="pills", **fields):
    ends = {"ends_at_0": "", "ends_at_1": ""}
    return {
        "kind": "words", "pattern": pattern, "action": "hold", "language": "", "state": "on",
        "note": "", **ends, **fields,
    }  # fmt: skip


def many(*lines, **fields):
    fields = {"kind": "words", "action": "hold", "language": "", "note": "", **fields}
    return fields | {"patterns": "\r\n".join(lines)}


def said(response):
    return [str(message) for message in response.context["messages"]]


def text_of(response):
    return response.content.decode()


# One rule


def test_a_rule_is_stored_with_who_made_it_and_works_at_once(client, teacher):
    response = client.post(ADD, form("Cheap pills", action="refuse", language="en"), follow=True)
    rule = Rule.objects.get()
    assert (rule.pattern, rule.action, rule.language, rule.by) == (
        "Cheap pills", "refuse", "en", teacher,
    )  # fmt: skip
    assert "Cheap pills" in text_of(response)
    assert [match.rule for match in matches("", "", "cheap PILLS", "en")] == [rule.pk]


def test_a_changed_rule_works_at_once_and_is_its_changers(client, teacher):
    rule = make_rule("poker")
    assert matches("", "", "pills", "en") == []
    client.post(page_of(rule), form("pills"))
    rule.refresh_from_db()
    assert (rule.pattern, rule.by) == ("pills", teacher)
    assert len(matches("", "", "pills", "en")) == 1


def test_a_rule_changed_on_a_node_whose_clock_is_behind_works_at_once(
    client, teacher, time_machine
):
    rule, now = make_rule("poker"), timezone.now()
    make_rule("roulette")
    assert matches("", "", "pills", "en") == []
    time_machine.move_to(now - timedelta(minutes=5))
    client.post(page_of(rule), form("pills"))
    assert len(matches("", "", "pills", "en")) == 1


def test_a_pattern_with_nothing_to_compare_is_refused_with_a_sentence(client, teacher):
    response = client.post(ADD, form("!!!"))
    assert "“!!!” has no letters or digits that could be compared." in text_of(response)
    assert 'value="!!!"' in text_of(response)
    assert not Rule.objects.exists()


def test_what_is_no_domain_is_refused_as_a_link_and_taken_as_a_word(client, teacher):
    response = client.post(ADD, form("casino", kind="link"))
    assert "“casino” is not a domain." in text_of(response)
    assert client.post(ADD, form("casino")).status_code == 302


def test_a_rule_that_is_there_in_another_spelling_is_refused_with_a_link_to_it(client, teacher):
    rule = make_rule("کتاب <b>")
    response = client.post(ADD, form("كتاب b"))
    assert "There is already a rule for this" in text_of(response)
    assert f'<a href="{page_of(rule)}">“<bdi>کتاب &lt;b&gt;</bdi>”</a>' in text_of(response)
    assert Rule.objects.count() == 1


def test_the_same_pattern_may_stand_for_another_kind_or_language_and_be_saved_again(
    client, teacher
):
    rule = make_rule("casino")
    assert client.post(ADD, form("casino", kind="name")).status_code == 302
    assert client.post(ADD, form("casino", language="ur")).status_code == 302
    assert client.post(page_of(rule), form("Casino")).status_code == 302
    assert Rule.objects.count() == 3


@pytest.mark.parametrize("broken", [{"kind": "x"}, {"pattern": ""}, {"pattern": "a\x00b"},
                                    {"language": "xx"}, {"ends_at_0": "soon"},
                                    {"pattern": "x" * 201}])  # fmt: skip
@pytest.mark.parametrize("button", [{}, {"_try": "1"}])
def test_a_broken_form_is_given_back_and_stores_nothing(client, teacher, broken, button):
    response = client.post(ADD, form(**broken) | button)
    assert response.status_code == 200
    assert "Please correct the error" in text_of(response)
    assert not Rule.objects.exists()


# Who may


def test_nobody_without_the_right_sees_adds_changes_or_deletes_rules(client):
    rule = make_rule()
    sign_in(client, "moderate_comment")
    for address in (RULES, ADD, ADD_MANY, page_of(rule), try_page_of(rule)):
        assert client.get(address).status_code == 403
        if address != try_page_of(rule):
            assert client.post(address, form("poker") | {"_try": "1"}).status_code == 403
    assert Rule.objects.get().pattern == "pills"


def test_who_may_only_look_at_rules_changes_none(client):
    rule = make_rule()
    sign_in(client, "view_rule", "moderate_comment")
    assert client.get(RULES).status_code == 200
    assert "_try" not in text_of(client.get(page_of(rule)))
    assert client.post(page_of(rule), form("poker")).status_code == 403
    assert client.post(page_of(rule), form("poker", _try="1")).status_code == 403
    assert client.post(ADD_MANY, many("poker")).status_code == 403
    assert client.get(try_page_of(rule)).status_code == 200
    client.post(RULES, {"action": "switch_off", "_selected_action": [rule.pk]})
    rule.refresh_from_db()
    assert (rule.pattern, rule.state) == ("pills", "on")


def test_who_does_not_read_waiting_comments_cannot_try_rules_on_them(client):
    rule = make_rule()
    make_comment(text="Secret pills", status=Status.PENDING)
    sign_in(client, "add_rule", "change_rule", "view_rule")
    for page in (ADD, page_of(rule), RULES):
        assert "Try it" not in text_of(client.get(page))
    assert client.get(try_page_of(rule)).status_code == 403
    assert client.post(ADD, form("secret", _try="1")).status_code == 403


# Trying


def test_trying_shows_what_would_have_been_caught_keeps_the_form_and_stores_nothing(
    client, teacher
):
    make_comment(text="Cheap <i>P1LLS</i> here", name="Zarghuna", status=Status.APPROVED)
    make_comment(text="Pills again", status=Status.PENDING)
    make_comment(text="Nothing of the kind")
    page = text_of(client.post(ADD, form("pills", note="they sell", action="refuse", _try="1")))
    assert "It would have caught 2 of the newest 3 comments; published of those: 1." in page
    assert "Cheap &lt;i&gt;<mark>P1LLS</mark>&lt;/i&gt; here" in page
    assert "<bdi>Zarghuna</bdi>" in page
    assert "Nothing of the kind" not in page
    assert 'value="they sell"' in page
    assert '<option value="refuse" selected>' in page
    assert not Rule.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_changed_form_is_tried_as_it_stands_and_the_stored_rule_stays(client, teacher):
    rule = make_rule("poker")
    make_comment(text="pills")
    make_comment(text="poker")
    page = text_of(client.post(page_of(rule), form("pills", _try="1")))
    assert "<mark>pills</mark>" in page
    assert "<mark>poker</mark>" not in page
    rule.refresh_from_db()
    assert rule.pattern == "poker"


def test_a_rule_that_would_have_caught_nothing_says_so(client, teacher):
    none = text_of(client.post(ADD, form("pills", _try="1")))
    assert "There are no comments yet that it could be tried on." in none
    make_comment()
    make_comment()
    page = text_of(client.post(ADD, form("pills", _try="1")))
    assert "It would have caught none of the newest 2 comments." in page


def test_a_stored_rule_is_tried_from_the_list(client, teacher):
    rule = make_rule("casino", kind="name")
    make_comment(name="Casino King", place="Kabul", text="Hello")
    assert f'href="{try_page_of(rule)}"' in text_of(client.get(RULES))
    page = text_of(client.get(try_page_of(rule)))
    assert "<bdi><mark>Casino</mark> King</bdi>" in page
    assert client.get(reverse("admin:comments_rule_try", args=[rule.pk + 1])).status_code == 404


def test_a_rule_that_is_gone_cannot_be_tried(client, teacher):
    rule = make_rule()
    address = page_of(rule)
    rule.delete()
    assert client.post(address, form(_try="1")).status_code == 404


# Many


def test_many_patterns_become_rules_and_those_that_are_there_are_told(client, teacher):
    make_rule("کتاب")
    lines = many("pills", "", "  Poker night ", "كتاب", "PILLS", action="refuse", note="list")
    response = client.post(ADD_MANY, lines, follow=True)
    assert said(response) == [
        "2 rules were added.",
        "2 lines were left out, for their rules are there already: “كتاب”, “PILLS”",
    ]
    added = Rule.objects.filter(note="list")
    assert [(rule.pattern, rule.action, rule.by) for rule in added] == [
        ("Poker night", "refuse", teacher), ("pills", "refuse", teacher),
    ]  # fmt: skip
    assert LogEntry.objects.count() == 2
    assert len(matches("", "", "poker night", "en")) == 1


@pytest.mark.parametrize("line", ["!!!", "x" * 201])
def test_one_wrong_line_stores_none_and_gives_the_text_back(client, teacher, line):
    response = client.post(ADD_MANY, many("pills", line))
    assert "Line 2: “" in text_of(response)
    assert "Nothing was stored." in text_of(response)
    assert f"pills\r\n{line}</textarea>" in text_of(response)
    assert not Rule.objects.exists()


def test_lines_are_judged_by_their_kind(client, teacher):
    response = client.post(ADD_MANY, many("example.com", "example", kind="link"))
    assert "Line 2: “example” is not a domain." in text_of(response)
    client.post(ADD_MANY, many("example.com", ".example", kind="link"))
    assert Rule.objects.filter(kind="link").count() == 2


def test_an_empty_list_and_an_unknown_kind_are_refused(client, teacher):
    for fields in (many("", " "), many("pills", kind="x"), many("a\x00b")):
        response = client.post(ADD_MANY, fields)
        assert response.status_code == 200
        assert "errorlist" in text_of(response)
    assert not Rule.objects.exists()


def test_more_lines_than_can_be_added_at_once_are_refused(client, teacher, monkeypatch):
    monkeypatch.setattr("comments.admin.rules.MOST_AT_ONCE", 2)
    response = client.post(ADD_MANY, many("one", "two", "three"))
    assert "These are 3 lines; at most 2 can be added at once." in text_of(response)


# The list


def test_the_list_tells_how_many_comments_a_rule_held_and_leads_to_them(
    client, teacher, django_assert_max_num_queries
):
    rule = make_rule("pills", language="ur")
    for status in (Status.PENDING, Status.SPAM, Status.PENDING):
        make_comment(text="pills", status=status, held_by="rules", held_by_rule=rule)
    make_rule("poker")
    with django_assert_max_num_queries(9):
        page = text_of(client.get(RULES))
    assert f"queue=rule&amp;rule={rule.pk}" in page
    assert "3, 2 of them waiting" in page
    assert '<span dir="auto">pills</span>' in page
    assert "Every language" in page


def test_the_list_is_narrowed_by_words_and_by_what_is_in_force(client, teacher):
    names = ("on", "off", "ended")
    on, off, ended = (make_rule(name) for name in names)
    Rule.objects.filter(pk=off.pk).update(state="off")
    Rule.objects.filter(pk=ended.pk).update(ends_at=timezone.now() - timedelta(days=1))

    def listed(query):
        return list(client.get(RULES + query).context["cl"].result_list)

    assert listed("?force=yes") == [on]
    assert listed("?force=off") == [off]
    assert listed("?force=ended") == [ended]
    assert listed("?q=end") == [ended]
    assert len(listed("")) == 3


def test_rules_are_switched_off_and_on_together_and_at_once(client, teacher):
    pills, poker = make_rule("pills"), make_rule("poker", state="off")
    assert len(matches("", "", "pills", "en")) == 1
    keys = [pills.pk, poker.pk]
    off = client.post(RULES, {"action": "switch_off", "_selected_action": keys}, follow=True)
    assert said(off) == ["1 rule is now: Off."]
    assert matches("", "", "pills poker", "en") == []
    on = client.post(RULES, {"action": "switch_on", "_selected_action": keys}, follow=True)
    assert said(on) == ["2 rules are now: In force."]
    assert len(matches("", "", "pills poker", "en")) == 2
    pills.refresh_from_db()
    assert pills.by == teacher


def test_a_deleted_rule_leaves_its_comments_and_decisions(client, teacher):
    rule = make_rule("pills")
    comment = make_comment(status=Status.PENDING, held_by="rules", held_by_rule=rule)
    comment.decisions.create(after=Status.PENDING, rule=rule, reason="rules")
    response = client.post(
        reverse("admin:comments_rule_delete", args=[rule.pk]), {"post": "yes"}, follow=True
    )
    assert response.status_code == 200
    assert not Rule.objects.exists()
    comment.refresh_from_db()
    assert (comment.held_by, comment.held_by_rule) == ("rules", None)
    assert comment.decisions.get().rule is None
