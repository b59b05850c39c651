"""The spam score: what it learns, when it is on, what it says, and its page."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from comments import moderation, score
from comments.models import Comment, Decision, Forum, Learnt, Policy, Reason
from tests.factories import make_comment, make_editor, make_forum, make_moderator, make_post

pytestmark = pytest.mark.django_db
Status = Comment.Status
NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)
PAGE = reverse("admin:comments_learnt_changelist")
LEARN = reverse("admin:comments_learnt_learn")
ADVERT = "Cheap watches and pills at shop{n}.example.com, order pills now"
THOUGHT = "The bridge at Torkham number {n} was rebuilt by the village"

_numbers = count(1)


@pytest.fixture(autouse=True)
def nothing_loaded():
    score._loaded.clear()


def decided(forum, status, number, text, language="en", **fields):
    """Comments that a moderator decided on, stored at once."""
    fields = {"decided_at": NOON} | fields
    comments = Comment.objects.bulk_create(
        Comment(
            forum=forum,
            name="Reader",
            text=text.format(n=next(_numbers)),
            status=status,
            language=language,
            **fields,
        )
        for _each in range(number)
    )
    return comments


@pytest.fixture
def taught():
    """Sixty adverts and sixty thoughts in English, learnt."""
    forum = make_forum(make_post(language="en"))
    decided(forum, Status.SPAM, 60, ADVERT)
    decided(forum, Status.APPROVED, 60, THOUGHT)
    score.learn("en")
    return forum


# What it learns


def test_what_looks_like_spam_scores_high_and_what_was_published_low(taught):
    assert score.score("order cheap pills now", "en").per_cent >= 99
    assert score.score("the village rebuilt the bridge", "en").per_cent <= 1


def test_words_it_never_met_say_nothing(taught):
    assert score.score("Zither lampshade quorum", "en") == score.Score(50)
    assert score.score("", "en") == score.Score(50)


def test_one_word_that_stood_in_two_spam_comments_alone_is_no_proof(taught):
    decided(taught, Status.SPAM, 2, "zither")
    score.learn("en")
    assert 50 < score.score("A zither!", "en").per_cent < 90


def test_words_stand_for_what_weighed_most_towards_spam_and_at_most_five(taught):
    found = score.score(
        "The bridge: cheap watches, pills, order at http://shop.example.com now", "en"
    )
    assert len(found.words) == 5
    assert set(found.words) <= {
        "cheap", "watches", "and", "pills", "at", "order", "now", "link:", "shop", "com", "example",
    }  # fmt: skip
    assert "bridge" not in found.words


def test_ten_times_as_many_published_comments_do_not_hide_what_spam_says(taught):
    decided(taught, Status.APPROVED, 600, THOUGHT)
    score.learn("en")
    assert score.score("order cheap pills now", "en").per_cent >= 99


def test_spellings_of_one_word_are_one_word():
    forum = make_forum()
    decided(forum, Status.SPAM, 60, "ارزان كتاب {n}", "fa-AF")
    decided(forum, Status.APPROVED, 60, "پل تازه {n}", "fa-AF")
    score.learn("fa-AF")
    assert score.score("ارزان کتاب", "fa-AF").per_cent >= 95


def test_a_word_counts_once_a_comment():
    forum = make_forum()
    decided(forum, Status.SPAM, 3, "pills pills PILLS")
    (row,) = score.learn("en")
    assert row.words == {"pills": [3, 0]}


def test_words_seen_once_and_long_numbers_are_not_kept():
    forum = make_forum()
    decided(forum, Status.SPAM, 1, "unique pills call 0700123456")
    decided(forum, Status.APPROVED, 1, "pills 0700123456 in 2014")
    (row,) = score.learn("en")
    assert row.words == {"pills": [1, 1]}


def test_links_and_their_domains_are_features():
    assert score.features("see https://www.shop.example/a-long-path?x=1 now") == {
        "see", "now", "link:", "link:shop.example",
    }  # fmt: skip
    assert score.features("see Shop.com, now") == {"see", "now", "link:", "link:shop.com"}
    assert score.told("link:") == "a link"
    assert score.told("link:shop.example") == "a link to shop.example"
    assert score.told("pills") == "pills"


def test_only_what_a_moderator_decided_is_learnt(taught):
    decided(taught, Status.APPROVED, 5, "zither", decided_at=None)
    decided(taught, Status.REJECTED, 5, "zither")
    decided(taught, Status.WITHDRAWN, 5, "zither")
    decided(taught, Status.PENDING, 5, "zither", decided_at=None)
    (row,) = score.learn("en")
    assert (row.spam, row.published) == (60, 60)
    assert "zither" not in row.words


def test_what_an_open_forum_let_out_by_itself_teaches_nothing_and_what_was_imported_does(taught):
    born = make_comment(taught, status=Status.APPROVED, text="zither zither")
    Decision.objects.create(comment=born, after=Status.APPROVED)
    make_comment(taught, status=Status.APPROVED, text="another zither")
    before = score.learn("en")[0].published
    make_comment(taught, status=Status.APPROVED, text="a third zither")
    assert score.learn("en")[0].published == before + 1
    born.moderate(Status.REJECTED, by=make_moderator())
    born.moderate(Status.APPROVED, by=make_moderator("second"))
    assert score.learn("en")[0].published == before + 2


def test_words_that_were_destroyed_are_forgotten(taught):
    Comment.objects.filter(status=Status.SPAM).erase()
    (row,) = score.learn("en")
    assert (row.spam, row.published) == (0, 60)
    assert "pills" not in row.words


def test_a_decision_that_was_taken_back_is_forgotten(taught):
    assert score.score("order cheap pills now", "en").per_cent >= 99
    Comment.objects.filter(status=Status.SPAM).moderate(Status.APPROVED)
    decided(taught, Status.SPAM, 60, "other words entirely {n}")
    score.learn("en")
    assert score.score("order cheap pills now", "en").per_cent < 10


def test_languages_are_learnt_apart(taught):
    assert score.score("order cheap pills now", "ps") is None
    score.learn()
    assert set(Learnt.objects.values_list("language", "spam", "published")) == {
        ("en", 60, 60), ("ps", 0, 0), ("fa-AF", 0, 0), ("ur", 0, 0),
    }  # fmt: skip


def test_the_newest_comments_are_learnt_and_no_more_than_the_bound(monkeypatch):
    monkeypatch.setattr(score, "MOST_COMMENTS", 10)
    forum = make_forum()
    decided(forum, Status.SPAM, 10, "old words", decided_at=NOON)
    decided(forum, Status.SPAM, 10, "new words", decided_at=NOON + timedelta(days=1))
    (row,) = score.learn("en")
    assert row.spam == 10
    assert row.words == {"new": [10, 0], "words": [10, 0]}


def test_the_words_met_in_most_of_either_kind_are_kept_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(score, "MOST_WORDS", 2)
    monkeypatch.setattr(score, "MOST_WORDS_COUNTED", 20)
    forum = make_forum()
    decided(forum, Status.SPAM, 10, "pills")
    decided(forum, Status.APPROVED, 28, "bridge w{n}a w{n}b w{n}c")
    decided(forum, Status.APPROVED, 12, "bridge often w{n}d")
    (row,) = score.learn("en")
    assert row.words == {"pills": [10, 0], "bridge": [0, 40]}


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.001, 0.999), max_size=200))
def test_shares_put_together_stay_between_nought_and_one(shares):
    assert -1e-9 <= score._together(shares) <= 1 + 1e-9


# When it is on


def test_it_is_off_with_too_few_decisions_and_says_so():
    forum = make_forum()
    decided(forum, Status.SPAM, 12, ADVERT, "ps")
    decided(forum, Status.APPROVED, 340, THOUGHT, "ps")
    score.learn("ps")
    assert score.score("order cheap pills now", "ps") is None
    assert score.state("ps") == (
        "Off in Pashto: 12 of 50 spam and 340 of 50 published comments are known."
    )


def test_it_is_off_before_it_has_learnt_and_for_an_unknown_language():
    assert score.score("pills", "en") is None
    assert score.score("pills", "xx") is None
    assert score.state("ur") == (
        "Off in Urdu: 0 of 50 spam and 0 of 50 published comments are known."
    )


def test_it_is_on_with_enough_and_says_from_what_it_learnt(taught):
    assert score.state("en") == ("On in English: learnt from 60 spam and 60 published comments.")


def test_asking_costs_one_query_and_another_only_when_it_has_learnt(
    taught, django_assert_num_queries
):
    score.score("pills", "en")
    with django_assert_num_queries(1):
        score.score("pills", "en")
    score.learn("en")
    with django_assert_num_queries(2):
        score.score("pills", "en")


def test_each_process_sees_what_another_has_learnt(taught):
    assert score.score("zither zither", "en").per_cent == 50
    row = Learnt.objects.get(language="en")
    row.words["zither"], row.learnt_at = [60, 0], row.learnt_at + timedelta(seconds=1)
    row.save()
    assert score.score("zither zither", "en").per_cent > 90


# In the pipeline


def submit(forum, text):
    return moderation.submit(
        moderation.Submission(post=forum.post, name="Eve", place="", text=text)
    )


def test_a_comment_that_scores_high_is_held_in_an_open_forum_with_its_words(taught):
    held = submit(taught, "order cheap pills now")
    assert (held.status, held.held_by) == (Status.PENDING, Comment.Phase.SCORE)
    details = Reason.objects.get(code="score").details
    assert details["per_cent"] >= 99
    assert "pills" in details["words"]
    passed = submit(taught, "the village rebuilt the bridge")
    assert passed.status == Status.APPROVED


def test_the_settings_can_silence_the_score(taught):
    Policy(score_holds_from=0).save()
    assert submit(taught, "order cheap pills now").status == Status.APPROVED


# Precision


def test_precision_counts_what_was_decided_of_what_the_score_held(taught):
    by_score = {"held_by": Comment.Phase.SCORE}
    assert str(score.precision("en")) == "No comment that the score held was decided on yet."
    decided(taught, Status.SPAM, 2, ADVERT, **by_score)
    decided(taught, Status.REJECTED, 1, ADVERT, **by_score)
    decided(taught, Status.APPROVED, 1, THOUGHT, **by_score)
    decided(taught, Status.PENDING, 7, THOUGHT, **by_score)
    decided(taught, Status.WITHDRAWN, 7, THOUGHT, **by_score)
    decided(taught, Status.SPAM, 7, ADVERT, held_by=Comment.Phase.RULES)
    assert score.precision("en") == score.Precision(decided=4, refused=3)
    assert str(score.precision("en")) == (
        "Of 4 comments that the score held and a moderator decided on, 3 were refused: 75%."
    )
    assert score.precision("ps") == score.Precision()


# When it learns by itself


def test_twenty_decisions_make_it_due_and_nineteen_do_not():
    forum = make_forum()
    comments = decided(forum, Status.PENDING, 20, THOUGHT, decided_at=None)
    assert not score.is_due()
    score.learn()
    keys = [comment.pk for comment in comments]
    Comment.objects.filter(pk__in=keys[:19]).moderate(Status.APPROVED)
    assert not score.is_due()
    Comment.objects.filter(pk=keys[19]).moderate(Status.APPROVED)
    assert score.is_due()


def test_one_decision_makes_it_due_after_a_day_and_none_after_a_week(time_machine):
    time_machine.move_to(NOON, tick=False)
    comment = make_comment(status=Status.PENDING)
    score.learn()
    time_machine.move_to(NOON + timedelta(days=2), tick=False)
    assert not score.is_due()
    comment.moderate(Status.SPAM)
    assert score.languages_due() == ["en"]
    score.learn()
    assert not score.is_due()
    time_machine.move_to(NOON + timedelta(days=10), tick=False)
    assert score.is_due()


def test_what_the_pipeline_says_of_a_new_comment_is_no_decision_to_learn_from():
    submit(make_forum(state=Forum.State.OPEN), "Excellent news!")
    assert not score.is_due()


def test_learn_if_due_learns_and_says_what_it_did():
    assert score.learn_if_due() == "Nothing new to learn."
    make_comment(status=Status.PENDING).moderate(Status.APPROVED)
    assert score.learn_if_due() == "Learnt anew: English."
    assert Learnt.objects.get().published == 1
    assert score.learn_if_due() == "Nothing new to learn."


# Its page


def test_the_page_tells_of_every_language_also_of_those_without_a_row(taught, client):
    client.force_login(make_moderator())
    body = client.get(PAGE).content.decode()
    assert "On in English: learnt from 60 spam and 60 published comments." in body
    assert "Off in Pashto: 0 of 50 spam" in body
    assert "Off in Dari: 0 of 50 spam" in body
    assert "Off in Urdu: 0 of 50 spam" in body
    assert body.count("It has not learnt yet.") == 3
    assert body.count("No comment that the score held was decided on yet.") == 4
    assert "It holds a comment from 90 per cent" in body
    spam, published = body.split("speak most for spam")[1].split("speak most for publishing")
    assert ">pills<" in spam
    assert ">bridge<" in published.split("<form")[0]


def test_the_page_costs_few_queries(taught, client, django_assert_max_num_queries):
    client.force_login(make_moderator())
    with django_assert_max_num_queries(8):
        client.get(PAGE)


def test_a_moderator_makes_it_learn_with_a_button_and_reads_what_came_of_it(client):
    client.force_login(make_moderator())
    forum = make_forum()
    decided(forum, Status.SPAM, 50, ADVERT)
    decided(forum, Status.APPROVED, 50, THOUGHT)
    response = client.post(LEARN, {"language": "en"}, follow=True)
    assert "On in English: learnt from 50 spam" in response.content.decode()
    assert Learnt.objects.get().language == "en"


def test_learning_wants_a_form_with_token_and_a_language_that_there_is(client):
    moderator = make_moderator()
    client.force_login(moderator)
    assert client.get(LEARN).status_code == 405
    assert client.post(LEARN, {"language": "xx"}).status_code == 404
    assert client.post(LEARN).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)
    assert strict.post(LEARN, {"language": "en"}).status_code == 403
    assert not Learnt.objects.exists()


def test_who_may_not_moderate_sees_nothing_and_changes_nothing(client):
    client.force_login(make_editor())
    assert client.get(PAGE).status_code == 403
    assert client.post(LEARN, {"language": "en"}).status_code == 403
    client.logout()
    assert client.get(PAGE).status_code == 302
    assert client.post(LEARN, {"language": "en"}).status_code == 302
    assert not Learnt.objects.exists()


def test_a_row_has_no_page_of_its_own(taught, client):
    client.force_login(make_moderator())
    row = reverse("admin:comments_learnt_change", args=[Learnt.objects.get().pk])
    assert client.get(row).url == PAGE


def test_what_it_has_learnt_is_not_added_changed_or_deleted_by_hand(taught, client):
    client.force_login(make_moderator())
    row = Learnt.objects.get()
    assert client.get(reverse("admin:comments_learnt_add")).status_code == 403
    for action in ("change", "delete"):
        address = reverse(f"admin:comments_learnt_{action}", args=[row.pk])
        client.post(address, {"spam": 1, "post": "yes"})
    assert Learnt.objects.get().spam == 60
