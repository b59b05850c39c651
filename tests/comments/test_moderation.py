"""What happens to a new comment, phase by phase."""

from datetime import UTC, datetime, timedelta

import pytest

from comments import limits, moderation, personal, rules, score
from comments.models import Comment, Decision, Forum, Policy, Reason, Rule
from comments.moderation import Refused, Submission, submit
from tests.factories import make_comment, make_forum, make_post, make_rule

pytestmark = pytest.mark.django_db
State, Status = Forum.State, Comment.Status
NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)


def say(post, **fields):
    fields = {"name": "Eugenio", "place": "Vienna", "text": "Excellent news!"} | fields
    return submit(Submission(post=post, **fields))


def test_an_open_forum_shows_a_comment_at_once(time_machine):
    time_machine.move_to(NOON, tick=False)
    post = make_post(published_at=NOON)
    make_forum(post, State.OPEN)
    comment = say(post)
    stored = Comment.objects.get()
    assert stored == comment
    assert (stored.name, stored.place, stored.text) == ("Eugenio", "Vienna", "Excellent news!")
    assert (stored.status, stored.submitted_at) == (Status.APPROVED, NOON)
    assert (stored.thread, stored.depth, stored.forum.post) == (stored, 0, post)
    decision = Decision.objects.get()
    assert (decision.before, decision.after, decision.by) == ("", Status.APPROVED, None)


def test_a_pre_moderated_forum_holds_a_comment_and_says_why():
    post = make_post()
    make_forum(post, State.PREMODERATED)
    assert say(post).status == Status.PENDING
    assert Decision.objects.get().reason == "forum"
    reason = Reason.objects.get()
    assert (reason.phase, reason.code) == ("forum", "premoderated")
    assert Comment.objects.get().held_by == "forum"


def test_a_post_without_a_forum_gets_a_pre_moderated_one_with_its_first_comment():
    post = make_post()
    assert say(post).status == Status.PENDING
    assert Forum.objects.get().post == post


def test_a_closed_forum_refuses_and_stores_nothing():
    post = make_post()
    make_forum(post, State.CLOSED)
    with pytest.raises(Refused, match=r"This forum has been closed\."):
        say(post)
    assert not Comment.objects.exists()
    assert not Decision.objects.exists()


def test_a_forum_holds_and_closes_by_its_clocks(time_machine):
    post = make_post(published_at=NOON - timedelta(days=1))
    make_forum(post, State.OPEN, holds_at=NOON, closes_at=NOON + timedelta(hours=1))
    time_machine.move_to(NOON - timedelta(seconds=1), tick=False)
    assert say(post, text="Early").status == Status.APPROVED
    time_machine.move_to(NOON, tick=False)
    assert say(post, text="Held").status == Status.PENDING
    time_machine.move_to(NOON + timedelta(hours=1), tick=False)
    with pytest.raises(Refused):
        say(post, text="Late")
    assert Comment.objects.count() == 2


def test_the_honeypot_holds_with_a_reason_also_in_an_open_forum():
    post = make_post()
    make_forum(post, State.OPEN)
    assert say(post, honeypot="http://pills.example").status == Status.PENDING
    assert "honeypot" in Decision.objects.get().reason
    assert "pills" not in Decision.objects.get().reason


def test_the_same_form_sent_twice_is_one_comment(time_machine):
    time_machine.move_to(NOON, tick=False)
    post = make_post(published_at=NOON)
    make_forum(post)
    first = say(post)
    time_machine.shift(timedelta(hours=24))
    assert say(post) == first
    assert (Comment.objects.count(), Decision.objects.count()) == (1, 1)
    time_machine.shift(timedelta(seconds=1))
    assert say(post) != first


@pytest.mark.parametrize("other", [{"name": "Jack"}, {"place": "Graz"}, {"text": "Bad news!"}])
def test_what_differs_in_a_word_is_another_comment(other):
    post = make_post()
    make_forum(post)
    assert say(post) != say(post, **other)
    assert Comment.objects.count() == 2


def test_the_same_words_elsewhere_are_another_comment():
    one, two = make_post(), make_post()
    for post in (one, two):
        make_forum(post)
    first = say(one)
    assert say(two) != first
    assert say(one, parent=first) != first
    assert Comment.objects.count() == 3


def test_the_same_form_sent_again_after_a_refusal_does_not_come_back_to_the_queue():
    post = make_post()
    make_forum(post, State.PREMODERATED)
    first = say(post)
    first.moderate(Status.REJECTED)
    assert say(post).status == Status.REJECTED
    assert Comment.objects.count() == 1


def test_a_reply_stands_below_what_it_answers():
    start = make_comment()
    reply = say(start.forum.post, parent=start)
    assert (reply.parent, reply.thread, reply.depth, reply.forum) == (start, start, 1, start.forum)


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM, Status.WITHDRAWN])
def test_what_is_not_shown_can_not_be_answered(status):
    parent = make_comment(status=status)
    with pytest.raises(Refused, match="no longer here"):
        say(parent.forum.post, parent=parent)
    assert Comment.objects.count() == 1


def test_a_comment_on_another_post_can_not_be_answered_here():
    elsewhere, post = make_comment(), make_post()
    with pytest.raises(Refused, match="no longer here"):
        say(post, parent=elsewhere)
    assert list(Comment.objects.all()) == [elsewhere]
    assert not Forum.objects.filter(post=post).exists()  # nothing at all was stored


@pytest.mark.parametrize(
    ("text", "language"),
    [("Good news", "en"), ("زه ښه یم", "ps"), ("این خبر خوب است", "fa-AF"), ("یہ خبر ہے", "ur")],
)
def test_a_comment_carries_the_language_that_it_is_written_in(text, language):
    post = make_post()
    assert say(post, text=text).language == language


def test_the_phases_stand_in_their_order():
    assert [phase.__name__ for phase in moderation.PHASES] == [
        "forum_is_closed",
        "parent_is_gone",
        "too_long",
        "name_of_an_author",
        "sent_twice",
        "beyond_the_limits",
        "fills_the_honeypot",
        "says_what_was_said",
        "tells_private_details",
        "meets_a_rule",
        "has_many_links",
        "looks_like_spam",
        "is_known",
        "state_of_the_forum",
    ]


LONG = "The tunnel was closed by snow for eleven days this winter."
LINKS = "See https://one.example/ and https://two.example/a now"


def open_post(**fields):
    return make_forum(make_post(**fields), State.OPEN).post


def held_by(comment):
    return comment.status, comment.held_by


def test_the_first_phase_that_decides_wins_and_later_ones_still_leave_their_reasons():
    comment = say(open_post(), text=LINKS, honeypot="x")
    assert held_by(comment) == (Status.PENDING, "honeypot")
    assert [reason.code for reason in comment.reasons.all()] == ["honeypot", "links"]


def test_a_text_that_is_too_long_is_refused_whatever_door_it_comes_by():
    with pytest.raises(Refused, match=r"has 5001 characters.*Shorten it by 1") as refused:
        say(open_post(), text="a" * 5001)
    assert refused.value.field == "text"
    assert not Comment.objects.exists()


def test_what_was_written_in_a_moment_is_held_and_what_took_a_while_is_not():
    post = open_post()
    quick = say(post, seconds=1.04)
    assert held_by(quick) == (Status.PENDING, "honeypot")
    assert quick.reasons.get().details == {"seconds": 1.0, "least": 3}
    assert say(post, text="Slowly", seconds=3.0).status == Status.APPROVED
    assert say(post, text="Unknown", seconds=None).status == Status.APPROVED


def test_the_same_words_on_another_post_are_held_also_in_other_letters():
    say(open_post(), text=LONG)
    again = say(open_post(), text=LONG.upper().replace(" ", "\u00a0 "))
    assert held_by(again) == (Status.PENDING, "repeated")
    assert again.reasons.get().details == {"number": 1, "refused": 0}


def test_repeated_words_say_how_many_were_refused():
    for status in (Status.SPAM, Status.REJECTED, Status.APPROVED):
        make_comment(text=LONG, status=status)
    assert say(open_post(), text=LONG).reasons.get().details == {"number": 3, "refused": 2}


def test_short_words_and_old_ones_can_be_said_again(time_machine):
    time_machine.move_to(NOON, tick=False)
    make_comment(text=LONG, submitted_at=NOON - timedelta(days=30, seconds=1))
    make_comment(text="Thank you all!")
    published_at = NOON - timedelta(days=90)
    assert say(open_post(published_at=published_at), text=LONG).status == Status.APPROVED
    assert say(open_post(published_at=published_at), text="Thank you all!").is_shown


@pytest.mark.parametrize(
    ("limit", "status"), [(2, Status.PENDING), (3, Status.APPROVED), (0, Status.APPROVED)]
)
def test_links_hold_from_as_many_as_the_settings_say(limit, status):
    Policy(links_held_from=limit).save()
    comment = say(open_post(), text=LINKS)
    assert comment.status == status
    if status == Status.PENDING:
        assert comment.held_by == "links"
        found = "https://one.example/, https://two.example/a"
        assert comment.reasons.get().details == {"number": 2, "found": found}


def meets(monkeypatch, *actions):
    found = [
        rules.Match(make_rule(action=action).pk, "words", action, "pills", "PiLLs")
        for action in actions
    ]
    monkeypatch.setattr(rules, "matches", lambda *asked: found)


def test_a_rule_that_holds_is_named_on_the_comment(monkeypatch):
    meets(monkeypatch, "hold")
    comment = say(open_post())
    assert held_by(comment) == (Status.PENDING, "rules")
    reason = comment.reasons.get()
    assert (comment.held_by_rule, reason.rule) == (Rule.objects.get(), Rule.objects.get())
    assert (reason.code, reason.details) == ("words", {"found": "PiLLs", "pattern": "pills"})
    assert Decision.objects.get().rule == Rule.objects.get()


def test_a_rule_that_refuses_says_which_word_and_stores_nothing(monkeypatch):
    meets(monkeypatch, "refuse", "hold")
    with pytest.raises(Refused, match="does not take “PiLLs” here"):
        say(open_post())
    assert not Comment.objects.exists()
    assert not Reason.objects.exists()


@pytest.mark.parametrize(("per_cent", "status"), [(89, Status.APPROVED), (90, Status.PENDING)])
def test_the_score_holds_from_the_settings_number_and_says_which_words(
    monkeypatch, per_cent, status
):
    monkeypatch.setattr(score, "score", lambda *asked: score.Score(per_cent, ("pills",)))
    comment = say(open_post())
    assert comment.status == status
    if status == Status.PENDING:
        assert comment.held_by == "score"
        assert comment.reasons.get().details["words"] == ["pills"]


def test_private_details_are_told_to_the_moderator_and_decide_nothing(monkeypatch):
    found = [personal.Finding("phone", "0700 123 456")]
    monkeypatch.setattr(personal, "findings", lambda text: found)
    comment = say(open_post())
    assert comment.status == Status.APPROVED
    assert comment.reasons.get().details == {"found": "0700 123 456"}


@pytest.mark.parametrize(
    ("level", "status"), [("within", Status.APPROVED), ("beyond", Status.PENDING)]
)
def test_beyond_a_limit_comments_are_held(monkeypatch, level, status):
    monkeypatch.setattr(limits, "count", lambda *asked: limits.Standing(level, "hour", 60))
    assert say(open_post()).status == status


def test_far_beyond_a_limit_comments_are_refused_until_a_time(monkeypatch):
    monkeypatch.setattr(limits, "count", lambda *asked: limits.Standing("far_beyond", "hour", 61))
    with pytest.raises(Refused, match="in 2 minutes") as refused:
        say(open_post())
    assert refused.value.retry_after == 61
    assert not Comment.objects.exists()


def test_a_copy_of_a_form_is_not_counted_against_its_sender(monkeypatch):
    counted = []
    monkeypatch.setattr(limits, "count", lambda *asked: counted.append(asked) or limits.Standing())
    post = open_post()
    assert say(post) == say(post)
    assert len(counted) == 1


def known(number, mark="k7m2-9xqd", **fields):
    for _each in range(number):
        make_comment(mark=mark, **fields)


@pytest.mark.parametrize(
    ("names", "state", "published", "status"),
    [
        ("alike", State.OPEN, 0, Status.APPROVED),
        ("alike", State.PREMODERATED, 5, Status.PENDING),
        ("hold_unknown", State.OPEN, 4, Status.PENDING),
        ("hold_unknown", State.OPEN, 5, Status.APPROVED),
        ("hold_unknown", State.PREMODERATED, 5, Status.PENDING),
        ("pass_known", State.OPEN, 0, Status.APPROVED),
        ("pass_known", State.PREMODERATED, 4, Status.PENDING),
        ("pass_known", State.PREMODERATED, 5, Status.APPROVED),
        ("both", State.OPEN, 4, Status.PENDING),
        ("both", State.PREMODERATED, 5, Status.APPROVED),
    ],
)
def test_known_names_are_treated_as_the_settings_say(names, state, published, status):
    Policy(known_names=names).save()
    known(published)
    post = make_forum(state=state).post
    assert say(post, mark="k7m2-9xqd").status == status


def test_who_was_refused_of_late_is_not_known():
    Policy(known_names="pass_known").save()
    known(5)
    known(1, status=Status.REJECTED)
    comment = say(make_forum(state=State.PREMODERATED).post, mark="k7m2-9xqd")
    assert held_by(comment) == (Status.PENDING, "forum")
    assert comment.reasons.first().details == {"published": 5, "refused": 1}


def test_a_name_without_a_mark_is_never_known():
    Policy(known_names="both").save()
    known(9, mark="", name="Eugenio")
    assert held_by(say(open_post())) == (Status.PENDING, "known")


def test_a_known_name_does_not_help_past_a_rule(monkeypatch):
    Policy(known_names="pass_known").save()
    known(5)
    meets(monkeypatch, "hold")
    comment = say(make_forum(state=State.PREMODERATED).post, mark="k7m2-9xqd")
    assert held_by(comment) == (Status.PENDING, "rules")


# Correcting


def correct(comment, **fields):
    fields = {"name": "Eugenio", "place": "Vienna", "text": "Better words."} | fields
    return moderation.correct(Submission(post=comment.forum.post, corrects=comment, **fields))


def test_a_waiting_comment_is_corrected_and_its_old_words_are_gone():
    post = make_post()
    comment = say(post, text="My number is in here")
    correct(comment)
    stored = Comment.objects.get()
    assert (stored.text, stored.status, stored.held_by) == ("Better words.", "pending", "forum")
    assert stored.corrected_at
    assert stored.words.folded == "eugenio vienna better words"
    newest = Decision.objects.first()
    assert (newest.what, newest.before, newest.after) == ("corrected", "pending", "pending")
    assert Reason.objects.count() == 1


@pytest.mark.parametrize("status", [Status.APPROVED, Status.REJECTED, Status.SPAM])
def test_what_was_decided_meanwhile_is_not_corrected(status):
    comment = say(make_post())
    comment.moderate(status)
    with pytest.raises(Refused, match="decided"):
        correct(comment)
    assert Comment.objects.get().text == "Excellent news!"


def test_a_correction_passes_the_rules_too(monkeypatch):
    comment = say(make_post())
    meets(monkeypatch, "refuse")
    with pytest.raises(Refused):
        correct(comment)
    assert Comment.objects.get().text == "Excellent news!"
    assert Decision.objects.count() == 1


def test_a_correction_never_publishes():
    comment = say(open_post(), honeypot="x")
    assert correct(comment).status == Status.PENDING


def test_a_correction_after_the_forum_was_closed_is_taken():
    comment = say(make_post())
    Forum.objects.update(state=State.CLOSED)
    assert correct(comment).text == "Better words."
