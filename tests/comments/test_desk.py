"""The rules of the moderation desk: queues, deciding on what was seen, undo, claims."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments import claims, deciding, desk, saying
from comments.models import Comment, Decision, Flag, NameNote, Policy, Reason
from tests.factories import (
    make_comment,
    make_forum,
    make_moderator,
    make_post,
    make_rule,
    make_section,
    make_user,
)

pytestmark = pytest.mark.django_db
Status, Phase, Code = Comment.Status, Comment.Phase, Decision.Code
NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)


@pytest.fixture
def ayesha():
    return make_moderator("ayesha")


@pytest.fixture
def bilal():
    return make_moderator("bilal")


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


def held(phase=Phase.FORUM, minutes=0, **fields):
    fields.setdefault("status", Status.PENDING)
    at = timezone.now() - timedelta(minutes=minutes)
    return make_comment(held_by=phase, submitted_at=at, **fields)


def reported(reports=3, **fields):
    comment = make_comment(**fields)
    flags = [Flag.objects.create(comment=comment, why="insult") for _each in range(reports)]
    if reports >= Policy.current().flags_needed:
        Comment.objects.filter(pk=comment.pk).update(flagged_at=flags[-1].at)
    Comment.objects.filter(pk=comment.pk).update(flags=reports)
    comment.refresh_from_db()
    return comment


def look(by, query=""):
    return desk.look(QueryDict(query), by)


def shown(by, query=""):
    found, _more = look(by, query).page()
    return [card.comment for card in found]


def seen(*comments):
    return {comment.pk: deciding.seen_of(comment) for comment in comments}


def decide(comment, decision, by, code="", **more):
    (outcome,) = deciding.decide(seen(comment), decision, by, code, **more)
    comment.refresh_from_db()
    return outcome


# Queues and filters


def test_each_queue_holds_what_its_name_says(ayesha):
    by_rule, by_score, appeal = held(Phase.RULES), held(Phase.SCORE), held(Phase.APPEAL)
    plain, flagged = held(minutes=9), reported()
    few = reported(1)
    decided = {}
    for status in deciding.DECISIONS:
        decided[status] = make_comment(status=status, decided_at=timezone.now())
    make_comment(status=Status.WITHDRAWN, decided_at=timezone.now())
    assert shown(ayesha) == [plain, by_rule, by_score, appeal]
    assert shown(ayesha, "queue=flagged") == [flagged]
    assert few not in shown(ayesha, "queue=flagged")
    assert shown(ayesha, "queue=rule") == [by_rule]
    assert shown(ayesha, "queue=score") == [by_score]
    assert shown(ayesha, "queue=appeal") == [appeal]
    # What an open forum let out as it came was published too, before that decision.
    assert shown(ayesha, "queue=recent") == [decided[Status.APPROVED], few, flagged]
    assert shown(ayesha, "queue=refused") == [decided[Status.REJECTED]]
    assert shown(ayesha, "queue=spam") == [decided[Status.SPAM]]


def test_what_waits_longest_comes_first_and_what_was_decided_last_comes_first(ayesha):
    late, early = held(minutes=1), held(minutes=5)
    assert shown(ayesha) == [early, late]
    decide(late, Status.SPAM, ayesha)
    decide(early, Status.SPAM, ayesha)
    assert shown(ayesha, "queue=spam") == [early, late]


def test_filters_leave_what_matches(ayesha):
    section = make_section("Region")
    post, rule = make_post(section=section), make_rule("pills")
    wanted = held(
        Phase.RULES, 90, forum=make_forum(post), language="ps", held_by_rule=rule
    )  # fmt: skip
    other = held(Phase.RULES, 1, language="en", held_by_rule=make_rule("casino"))
    for query in (
        "language=ps", f"section={section.pk}", f"post={post.pk}", f"rule={rule.pk}", "age=1h",
    ):  # fmt: skip
        assert shown(ayesha, query) == [wanted], query
        assert shown(ayesha, f"queue=rule&{query}") == [wanted], query
    assert shown(ayesha, "age=6h") == []
    assert shown(ayesha, "language=en") == [other]


def test_words_narrow_a_queue_in_any_spelling(ayesha):
    pending = held(text="د کابل ښار لاره بنده ده", language="ps")
    held(text="Something else")
    approved = make_comment(text="کابل", decided_at=timezone.now())
    for typed in ("كابل", "کابـل", "کابُل"):
        query = f"words={quote(typed)}"
        assert shown(ayesha, query) == [pending]
        assert shown(ayesha, f"queue=recent&{query}") == [approved]
    assert shown(ayesha, "words=nowhere") == []
    assert look(ayesha, "words=nowhere").filters == {"words": "nowhere"}
    assert shown(ayesha, "words=%00%22*%20OR") == []


def test_a_search_that_finds_too_many_says_that_it_looked_at_the_newest(
    ayesha, monkeypatch, client
):
    first, second, third = (held(text="kabul", minutes=9 - number) for number in range(3))
    assert not look(ayesha, "words=kabul").found_too_many
    monkeypatch.setattr(desk, "MOST_FOUND", 2)
    assert look(ayesha, "words=kabul").found_too_many
    assert shown(ayesha, "words=kabul") == [second, third]
    client.force_login(ayesha)
    page = client.get(reverse("admin:comments_desk"), {"words": "kabul"}).text
    assert "More than 2 comments have these words" in page
    assert "queue=refused&amp;words=kabul" in page
    assert first.pk


def test_a_search_without_a_find_says_so_quotes_the_words_and_leads_on(ayesha, client):
    held(text="kabul")
    client.force_login(ayesha)
    page = client.get(reverse("admin:comments_desk"), {"words": "<b>herat"}).text
    assert "has the words “<bdi>&lt;b&gt;herat</bdi>”" in page
    assert "?q=%3Cb%3Eherat" in page
    found = client.get(reverse("admin:comments_desk"), {"words": "kabul"}).text
    assert 'hidden id="desk-empty"' in found
    assert 'hidden id="desk-empty"' not in page


@pytest.mark.parametrize(
    "query",
    ["queue=x", "language=tlh", "section=9", "post=0x1", "rule=" + "9" * 40, "age=3y", "claims=x",
     "after=77", "after=-1", "section=²"],
)  # fmt: skip
def test_an_unknown_value_in_the_address_gives_a_sentence_and_the_rest_stays(ayesha, query):
    waits = held()
    found = look(ayesha, query)
    assert len(found.unknown) == 1
    assert [card.comment for card in found.page()[0]] == [waits]


def test_pages_go_on_after_the_last_card_without_gap_or_repetition(ayesha, noon):
    rows = [held(minutes=each // 2) for each in range(70)]
    met, after = [], ""
    while True:
        found, more = look(ayesha, f"queue=waiting{after}").page()
        met += [card.comment for card in found]
        if not more:
            break
        after = f"&after={found[-1].comment.pk}"
    assert met == sorted(rows, key=lambda row: (row.submitted_at, row.pk))


def test_pages_of_decided_comments_go_on_too(ayesha):
    rows = [held() for _each in range(65)]
    deciding.decide(seen(*rows), Status.SPAM, ayesha)
    first = shown(ayesha, "queue=spam")
    second = shown(ayesha, f"queue=spam&after={first[-1].pk}")
    third = shown(ayesha, f"queue=spam&after={second[-1].pk}")
    assert [len(first), len(second), len(third)] == [30, 30, 5]
    assert [row.pk for row in first + second + third] == sorted(
        (row.pk for row in rows), reverse=True
    )


def test_counting_stops_where_it_no_longer_tells_anything(ayesha):
    for _each in range(4):
        held()
    assert desk.counted(Comment.objects.pending(), 3) == "3+"
    assert desk.counted(Comment.objects.pending(), 4) == "4"
    with CaptureQueriesContext(
        connection,
    ) as queries:
        desk.QUEUES["spam"].count()
    assert "LIMIT 10001" in queries[0]["sql"]
    assert desk.QUEUES["waiting"].counted == 100_000


def test_the_clock_tells_for_each_language_since_when_the_oldest_waits(ayesha, noon):
    held(minutes=200, language="ps")
    held(minutes=3, language="ps")
    held(minutes=60 * 24 * 2 + 61, language="ur")
    make_comment(language="en")
    assert [(clock.code, clock.waited, clock.number) for clock in desk.clocks()] == [
        ("ur", "2 d 1 h", "1"),
        ("ps", "3 h 20 min", "2"),
    ]
    assert saying.in_words(timedelta(seconds=59)) == "under a minute"
    assert saying.in_words(timedelta(minutes=4)) == "4 min"


# Cards


def test_a_card_tells_reasons_private_details_reports_notes_and_the_last_decision(ayesha):
    comment = reported(name="Zarghuna")
    Reason.objects.create(
        comment=comment, phase=Phase.LINKS, code="links", details={"number": 4, "found": "a"}
    )
    Reason.objects.create(
        comment=comment, phase=Phase.PERSONAL, code="phone", details={"found": "0799 123 456"}
    )
    NameNote.objects.create(name_key=comment.name_key, text="Writes often.", by=ayesha)
    Flag.objects.create(comment=comment, why="advert", closed_at=timezone.now())
    Comment.objects.filter(pk=comment.pk).moderate(Status.SPAM, by=ayesha)
    card = desk.card_of(comment.pk, ayesha)
    assert len(card.reasons) == len(card.warnings) == len(card.notes) == 1
    assert card.last.after == Status.SPAM
    assert card.decided_words.startswith("You marked this as spam at ")
    assert card.reports == []
    assert len(desk.card_of(reported().pk, ayesha).reports) == 3


def test_a_page_costs_as_many_queries_with_thirty_cards_as_with_one(ayesha):
    def costs():
        with CaptureQueriesContext(connection) as queries:
            for card in look(ayesha).page()[0]:
                _ = card.claim_words, card.decided_words, card.post.section, card.comment.html
        return len(queries)

    held(parent=make_comment(), claimed_by=ayesha, claimed_until=timezone.now())
    with_one = costs()
    for each in range(29):
        comment = held(
            Phase.RULES, name=f"N{each}", parent=make_comment(), held_by_rule=make_rule()
        )
        Reason.objects.create(
            comment=comment,
            phase=Phase.RULES,
            code="words",
            rule=comment.held_by_rule,
            details={"found": "x", "pattern": "x"},
        )
        NameNote.objects.create(name_key=comment.name_key, text="n", by=ayesha)
    assert costs() == with_one == 6


# Deciding


@pytest.mark.parametrize("decision", deciding.DECISIONS)
def test_a_decision_changes_the_comment_and_is_recorded_with_who_and_why(ayesha, decision):
    comment = held()
    outcome = decide(comment, decision, ayesha, "insult")
    assert comment.status == decision
    made = Decision.objects.get()
    assert outcome.decision == made
    assert (made.by, made.before, made.after) == (ayesha, Status.PENDING, decision)
    assert made.code == ("insult" if decision == Status.REJECTED else "")


def test_rejecting_without_a_code_is_for_another_reason(ayesha):
    assert decide(held(), Status.REJECTED, ayesha).decision.code == Code.OTHER


def test_who_comes_second_changes_nothing_and_is_told_who_decided_what_and_when(
    ayesha, bilal, noon
):
    comment = held()
    was = seen(comment)
    deciding.decide(was, Status.APPROVED, ayesha)
    (outcome,) = deciding.decide(was, Status.SPAM, bilal)
    comment.refresh_from_db()
    assert comment.status == Status.APPROVED
    assert Decision.objects.count() == 1
    assert outcome.decision is None
    assert outcome.words == "ayesha approved this at 12:00; nothing was changed."
    (again,) = deciding.decide(was, Status.APPROVED, ayesha)
    assert again.words == "You approved this at 12:00; nothing was changed."


def test_of_a_selection_only_what_nobody_else_decided_is_decided(ayesha, bilal):
    mine, theirs = held(), held()
    was = seen(mine, theirs) | {10**9: "pending"}
    decide(theirs, Status.REJECTED, bilal, Code.INSULT)
    first, second, gone = deciding.decide(was, Status.SPAM, ayesha)
    assert first.decision.comment == mine
    assert "bilal rejected this" in second.words
    assert gone.words == "This comment is no longer here."
    assert Decision.objects.count() == 2


def test_a_comment_that_its_author_corrected_meanwhile_must_be_read_again(ayesha, noon):
    comment = held()
    was = seen(comment)
    Comment.objects.filter(pk=comment.pk).update(text="Other words", corrected_at=NOON)
    (outcome,) = deciding.decide(was, Status.APPROVED, ayesha)
    assert "Its author corrected this at 12:00" in outcome.words
    comment.refresh_from_db()
    assert comment.status == Status.PENDING
    assert decide(comment, Status.APPROVED, ayesha).decision


def test_a_comment_that_its_author_withdrew_meanwhile_stays_withdrawn(ayesha):
    comment = held()
    was = seen(comment)
    comment.moderate(Status.WITHDRAWN)
    (outcome,) = deciding.decide(was, Status.APPROVED, ayesha)
    assert outcome.words.startswith("Its author withdrew this at ")
    assert Comment.objects.get().status == Status.WITHDRAWN


def test_keeping_a_reported_comment_closes_its_reports_and_removing_it_too(ayesha):
    kept, removed = reported(), reported()
    decide(kept, Status.APPROVED, ayesha)
    decide(removed, Status.REJECTED, ayesha, Code.INSULT)
    assert (kept.status, removed.status) == (Status.APPROVED, Status.REJECTED)
    assert shown(ayesha, "queue=flagged") == []
    assert not Flag.objects.filter(closed_at=None).exists()
    assert "kept this" in deciding.decided_words(kept.decisions.first(), None)


def test_everything_that_a_rule_held_is_decided_but_not_what_came_later_or_is_being_read(
    ayesha, bilal, monkeypatch
):
    monkeypatch.setattr(deciding, "BATCH", 2)
    rule = make_rule()
    rows = [held(Phase.RULES, held_by_rule=rule) for _each in range(5)]
    read = held(Phase.RULES, held_by_rule=rule)
    claims.take(read.pk, bilal)
    other, appeal = (
        held(Phase.RULES, held_by_rule=make_rule("x")),
        held(Phase.APPEAL, held_by_rule=rule),
    )
    upto = appeal.pk
    later = held(Phase.RULES, held_by_rule=rule)
    number, batch = deciding.decide_on_all(rule, Status.REJECTED, ayesha, Code.ADVERT, upto)
    assert number == 5
    assert Comment.objects.filter(status=Status.REJECTED).count() == 5
    assert set(Decision.objects.values_list("batch", "code")) == {(batch, Code.ADVERT)}
    for each in (read, other, appeal, later):
        each.refresh_from_db()
        assert each.status == Status.PENDING
    outcomes = deciding.undo(deciding.of_batch(batch, ayesha), ayesha)
    assert len([each for each in outcomes if each.decision]) == 5
    assert set(Comment.objects.filter(pk__in=[row.pk for row in rows]).values_list("status")) == {
        (Status.PENDING,)
    }


# Undo


@pytest.mark.parametrize("decision", deciding.DECISIONS)
def test_an_undone_decision_puts_the_comment_back_and_both_stand_in_the_record(ayesha, decision):
    comment = held()
    made = decide(comment, decision, ayesha).decision
    (outcome,) = deciding.undo([made], ayesha)
    comment.refresh_from_db()
    assert comment.status == Status.PENDING
    assert outcome.decision.undoes == made
    assert (outcome.decision.before, outcome.decision.after) == (decision, Status.PENDING)
    assert Decision.objects.count() == 2


@pytest.mark.parametrize("decision", [Status.APPROVED, Status.SPAM])
def test_undo_opens_the_reports_that_the_decision_closed(ayesha, decision):
    comment = reported(3)
    queued_at = comment.flagged_at
    old = Flag.objects.create(comment=comment, why="advert", closed_at=timezone.now())
    made = decide(comment, decision, ayesha).decision
    assert comment.flags == 0
    (outcome,) = deciding.undo([made], ayesha)
    comment.refresh_from_db()
    assert outcome.decision.undoes == made
    assert (comment.status, comment.flags, comment.flagged_at) == (Status.APPROVED, 3, queued_at)
    assert Flag.objects.filter(closed_at=None).count() == 3
    old.refresh_from_db()
    assert old.closed_at is not None


def test_undo_of_keeping_leaves_a_report_open_that_came_since(ayesha):
    comment = reported(3)
    made = decide(comment, Status.APPROVED, ayesha).decision
    Flag.objects.create(comment=comment, why="danger")
    Comment.objects.filter(pk=comment.pk).update(flags=1)
    assert deciding.undo([made], ayesha)[0].decision
    comment.refresh_from_db()
    assert comment.flags == Flag.objects.filter(closed_at=None).count() == 4


def refused(made, by):
    before = list(Comment.objects.values_list("status", flat=True))
    number = Decision.objects.count()
    (outcome,) = deciding.undo([made], by)
    assert outcome.decision is None
    assert Decision.objects.count() == number
    assert list(Comment.objects.values_list("status", flat=True)) == before
    return outcome.words


def test_undo_is_refused_when_somebody_decided_since(ayesha, bilal):
    comment = held()
    made = decide(comment, Status.APPROVED, ayesha).decision
    decide(comment, Status.SPAM, bilal)
    assert "bilal marked this as spam" in refused(made, ayesha)


def test_undo_is_refused_when_it_is_undone_already_even_if_decided_so_again(ayesha):
    comment = held()
    made = decide(comment, Status.APPROVED, ayesha).decision
    deciding.undo([made], ayesha)
    comment.refresh_from_db()
    decide(comment, Status.APPROVED, ayesha)
    assert "undone already" in refused(made, ayesha)


def test_undo_is_refused_for_somebody_elses_decision(ayesha, bilal):
    made = decide(held(), Status.APPROVED, ayesha).decision
    assert "Only your own" in refused(made, bilal)


def test_undo_is_refused_when_the_author_withdrew_the_comment(ayesha):
    comment = held()
    made = decide(comment, Status.APPROVED, ayesha).decision
    comment.moderate(Status.WITHDRAWN)
    assert refused(made, ayesha) == "Its author withdrew this comment, so it stays away."


def test_undo_is_refused_when_the_words_are_destroyed(ayesha):
    comment = held()
    made = decide(comment, Status.SPAM, ayesha).decision
    Comment.objects.filter(pk=comment.pk).erase()
    assert "destroyed" in refused(made, ayesha)


@pytest.mark.parametrize(
    "fields",
    [
        {"before": "", "after": "pending"},
        {"what": "redacted", "before": "pending", "after": "pending"},
    ],
)
def test_undo_is_refused_for_how_a_comment_came_and_for_what_is_no_decision_on_its_status(
    ayesha, fields
):
    made = Decision.objects.create(comment=held(), by=ayesha, **fields)
    assert "can't be undone" in refused(made, ayesha)


def test_the_last_decision_is_ones_own_newest_that_stands(ayesha, bilal):
    first, second = (decide(held(), Status.SPAM, ayesha).decision for _each in range(2))
    decide(held(), Status.SPAM, bilal)
    assert deciding.last_of(ayesha) == second
    deciding.undo([second], ayesha)
    assert deciding.last_of(ayesha) == first
    deciding.undo([first], ayesha)
    assert deciding.last_of(ayesha) is None


def test_ones_own_decisions_are_listed_newest_first_with_batches_as_one(ayesha, bilal):
    import uuid

    single = decide(held(), Status.REJECTED, ayesha, Code.INSULT).decision
    batch = uuid.uuid4()
    deciding.decide(seen(held(), held(), held()), Status.SPAM, ayesha, batch=batch)
    decide(held(), Status.SPAM, bilal)
    deciding.undo([deciding.of_batch(batch, ayesha).first()], ayesha)
    whole, one = deciding.mine(ayesha)
    assert (whole.batch, whole.number, whole.left, whole.status) == (batch, 3, 2, "Spam")
    assert (one.decision, one.why, one.left) == (single, "Insult", 1)


# Claims


def test_two_moderators_who_take_the_next_get_different_ones(ayesha, bilal, noon):
    rows = [held(minutes=100 - each) for each in range(30)]
    assert claims.take_next(look(ayesha), ayesha) == 20
    assert claims.take_next(look(bilal), bilal) == 10
    mine, theirs = shown(ayesha, "claims=mine"), shown(bilal, "claims=mine")
    assert mine == rows[:20]
    assert theirs == rows[20:]
    assert shown(bilal) == theirs
    assert len(shown(bilal, "claims=all")) == 30
    assert claims.take_next(look(bilal), bilal) == 0


def test_a_claim_ends_after_a_quarter_of_an_hour_and_with_the_decision(ayesha, bilal, noon):
    comment, other = held(minutes=2), held(minutes=1)
    claims.take_next(look(ayesha), ayesha)
    assert desk.card_of(comment.pk, bilal).claim_words == "ayesha is reading this until 12:15"
    assert desk.card_of(comment.pk, ayesha).is_mine
    comment.refresh_from_db()
    decide(comment, Status.SPAM, ayesha)
    assert comment.claimed_by is None
    assert shown(bilal) == []
    noon.move_to(NOON + timedelta(minutes=15), tick=False)
    assert shown(bilal) == [other]
    assert claims.take_next(look(bilal), bilal) == 1


def test_what_somebody_else_reads_cant_be_taken_and_what_is_given_back_can(ayesha, bilal):
    comment = held()
    claims.take(comment.pk, ayesha)
    with pytest.raises(deciding.Undecidable, match="ayesha is reading this"):
        claims.take(comment.pk, bilal)
    assert claims.release(bilal, comment.pk) == 0
    assert claims.release(ayesha) == 1
    claims.take(comment.pk, bilal)
    with pytest.raises(deciding.Undecidable, match="no longer here"):
        claims.take(10**9, bilal)


def test_taking_the_next_keeps_to_the_queue_and_its_filters(ayesha):
    section = make_section("Region")
    wanted = held(Phase.RULES, forum=make_forum(make_post(section=section)), language="ps")
    held(Phase.RULES, language="ps")
    held()
    asked = look(ayesha, f"queue=rule&language=ps&section={section.pk}")
    assert claims.take_next(asked, ayesha) == 1
    assert shown(ayesha, "claims=mine") == [wanted]


def test_colleagues_are_called_by_their_first_name_if_they_have_one():
    assert saying.called(make_user("a", first_name="Ayesha")) == "Ayesha"
    assert saying.called(make_user("b")) == "b"
