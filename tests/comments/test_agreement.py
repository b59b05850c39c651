"""Counts, pages, queues and the record agree, whatever readers, authors and moderators do.

A Hypothesis state machine does any of it in any order, and compares what a visitor and the desk see
after each step with a model in plain Python.
"""

import re
from dataclasses import dataclass
from math import ceil

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comments import deciding, desk, moderation, pages, receipts
from comments.models import Comment, Decision, Forum
from tests.factories import make_forum, make_moderator, make_post

pytestmark = pytest.mark.django_db
State, Status = Forum.State, Comment.Status
DC = "http://purl.org/dc/elements/1.1/"
# Few, so that a short run fills several.
THREADS_ON_A_PAGE = 2


@dataclass
class Said:
    """A comment of the model."""

    key: int
    post: int
    parent: int | None
    number: int
    status: str

    @property
    def name(self):
        return f"Reader {self.number}."

    @property
    def text(self):
        return f"Thought {self.number}."

    @property
    def shown(self):
        return self.status == Status.APPROVED


@dataclass
class Decided:
    """A decision of the model."""

    comment: int
    before: str
    after: str
    by: int | None = None
    undoes: int | None = None


class Newsroom(RuleBasedStateMachine):
    """Two posts, two moderators, and all that can happen to comments."""

    # Set by the test: what stands before each run.
    posts, moderators = (), ()
    comments = Bundle("comments")
    which = st.integers(0, 1)

    def __init__(self):
        super().__init__()
        cache.clear()
        self.run = transaction.atomic()
        self.run.__enter__()
        self.client = Client()
        self.states = [State.OPEN, State.PREMODERATED]
        for post, state in zip(self.posts, self.states, strict=True):
            make_forum(post, state)
        self.said, self.decisions, self.sent = {}, [], 0
        self.touched = 0

    def teardown(self):
        try:
            for which in range(len(self.posts)):
                last = self._compare_forum(which)
                assert self._see_page(which, last + 1)[0] == 404
        finally:
            transaction.set_rollback(True)
            self.run.__exit__(None, None, None)

    # What happens

    def _submit(self, which, parent=None):
        self.touched, self.sent = which, self.sent + 1
        said = Said(0, which, parent and parent.key, self.sent, "")
        state = self.states[which]
        try:
            comment = moderation.submit(
                moderation.Submission(
                    post=self.posts[which],
                    name=said.name,
                    place="",
                    text=said.text,
                    parent=parent and Comment.objects.get(pk=parent.key),
                )
            )
        except moderation.Refused:
            assert state == State.CLOSED or not parent.shown
            return multiple()
        assert state != State.CLOSED
        assert parent is None or parent.shown
        said.key = comment.pk
        said.status = Status.APPROVED if state == State.OPEN else Status.PENDING
        self.said[said.key] = said
        self.decisions.append(Decided(said.key, "", said.status))
        return said

    @initialize(target=comments)
    def readers_commented(self):
        return multiple(self._submit(0), self._submit(1))

    @rule(target=comments, which=which)
    def a_reader_comments(self, which):
        return self._submit(which)

    @rule(target=comments, parent=comments)
    def a_reader_replies(self, parent):
        return self._submit(parent.post, parent)

    @rule(comment=comments, decision=st.sampled_from(deciding.DECISIONS), who=which)
    def a_moderator_decides(self, comment, decision, who):
        self.touched = comment.post
        by = self.moderators[who]
        changed = Comment.objects.get(pk=comment.key).moderate(decision, by=by)
        assert changed == (comment.status not in (decision, Status.WITHDRAWN))
        if changed:
            self.decisions.append(Decided(comment.key, comment.status, decision, by.pk))
            comment.status = decision

    @precondition(lambda self: any(each.by for each in self.decisions))
    @rule(back=st.integers(0, 3), is_own=st.sampled_from([True, True, False]))
    def a_moderator_takes_a_decision_back(self, back, is_own):
        by_hand = [at for at, each in enumerate(self.decisions) if each.by]
        at = by_hand[-1 - back % len(by_hand)]
        taken = self.decisions[at]
        said = self.said[taken.comment]
        self.touched = said.post
        by = next(each for each in self.moderators if (each.pk == taken.by) == is_own)
        (outcome,) = deciding.undo([Decision.objects.order_by("pk")[at]], by)
        newest = [each for each in self.decisions if each.comment == taken.comment][-1]
        can_be = is_own and newest is taken
        assert bool(outcome.decision) == can_be
        assert bool(outcome.words) != can_be
        if can_be:
            self.decisions.append(Decided(said.key, taken.after, taken.before, by.pk, at))
            said.status = taken.before

    @rule(comment=comments)
    def its_author_withdraws_it(self, comment):
        self.touched = comment.post
        receipts.withdraw(Comment.objects.get(pk=comment.key))
        if comment.status != Status.WITHDRAWN:
            self.decisions.append(Decided(comment.key, comment.status, Status.WITHDRAWN))
            comment.status = Status.WITHDRAWN
        stored = Comment.objects.get(pk=comment.key)
        assert (stored.name, stored.text) == ("", "")

    @rule(which=which, state=st.sampled_from(State.values))
    def a_moderator_sets_a_forum(self, which, state):
        self.touched, self.states[which] = which, state
        Forum.objects.set_state(self.posts[which], State(state))

    # What the model expects

    def _shown(self, which):
        return sum(said.shown for said in self.said.values() if said.post == which)

    def _lines(self, start):
        """(key, name if shown) of a thread in reading order; hidden ones only above shown ones."""
        below = [
            line
            for said in self.said.values()
            if said.parent == start.key
            for line in self._lines(said)
        ]
        if not below and not start.shown:
            return []
        return [(start.key, start.name if start.shown else None), *below]

    def _threads(self, which):
        """Keys only grow, and a dict keeps their order: the oldest thread comes first."""
        starts = [s for s in self.said.values() if s.post == which and s.parent is None]
        return [lines for lines in map(self._lines, starts) if lines]

    # What is seen

    def _see_page(self, which, number):
        response = self.client.get(f"{self.posts[which].get_absolute_url()}?page={number}")
        return response.status_code, response.content.decode()

    def _compare_forum(self, which):
        threads = self._threads(which)
        last = max(1, ceil(len(threads) / THREADS_ON_A_PAGE))
        for number in range(1, last + 1):
            status, body = self._see_page(which, number)
            assert status == 200
            here = threads[(number - 1) * THREADS_ON_A_PAGE : number * THREADS_ON_A_PAGE]
            expected = [line for lines in here for line in lines]
            assert _lines_on(body) == expected
            texts = set(re.findall(r"Thought \d+\.", body))
            assert texts == {self.said[key].text for key, name in expected if name}
            assert _count_on(body) == self._shown(which)
            assert ("This forum has been closed." in body) == (self.states[which] == State.CLOSED)
        return last

    @invariant()
    def the_article_shows_what_is_approved_and_nothing_else(self):
        self._compare_forum(self.touched)

    @invariant()
    def the_front_page_counts_the_same(self):
        body = self.client.get("/").content.decode()
        for which, post in enumerate(self.posts):
            address = re.escape(post.get_absolute_url())
            found = re.search(rf'href="{address}#forum">(\d+) comments?<', body)
            assert int(found[1] if found else 0) == self._shown(which)

    @invariant()
    def the_desk_counts_the_same(self):
        stored = dict(Comment.objects.order_by().values_list("status").annotate(Count("pk")))
        for status in Status:
            number = sum(said.status == status for said in self.said.values())
            assert stored.get(status, 0) == number
        for queue, status in (
            ("waiting", Status.PENDING),
            ("recent", Status.APPROVED),
            ("refused", Status.REJECTED),
            ("spam", Status.SPAM),
        ):
            assert desk.QUEUES[queue].count() == str(stored.get(status, 0))

    @invariant()
    def the_feeds_hold_what_is_approved_and_nothing_else(self):
        site, keys = self._see_feed("/comments/feed/"), []
        for which, post in enumerate(self.posts):
            found = self._see_feed(f"{post.get_absolute_url()}comments/feed/")
            expected = {
                said.key for said in self.said.values() if said.post == which and said.shown
            }
            assert len(found) == len(expected)
            assert set(found) == expected
            keys += found
        assert sorted(site) == sorted(keys)
        names = {said.key: said.name for said in self.said.values()}
        assert all(names[key] == name for key, name in site.items())

    def _see_feed(self, address):
        """{key: name} of a feed's comments."""
        items = ElementTree.fromstring(self.client.get(address).content).iter("item")
        return {
            int(item.findtext("guid").rpartition("-")[2]): item.findtext(f"{{{DC}}}creator")
            for item in items
        }

    @invariant()
    def most_answered_puts_the_threads_with_most_shown_replies_first(self):
        threads = sorted(
            self._threads(self.touched),
            key=lambda lines: sum(name is not None for _key, name in lines[1:]),
            reverse=True,
        )[:THREADS_ON_A_PAGE]
        address = self.posts[self.touched].get_absolute_url()
        body = self.client.get(f"{address}?sort=answered").content.decode()
        assert _lines_on(body) == [line for lines in threads for line in lines]

    @invariant()
    def the_record_holds_each_decision_once_and_in_order(self):
        rows = list(Decision.objects.order_by("pk"))
        places = {row.pk: place for place, row in enumerate(rows)}
        assert self.decisions == [
            Decided(row.comment_id, row.before, row.after, row.by_id, places.get(row.undoes_id))
            for row in rows
        ]


_ARTICLE = re.compile(
    r'<article class="comment( removed)?" id="comment-(\d+)">(.*?)</article>', re.DOTALL
)


def _lines_on(body):
    """(key, name if shown) of each comment on a page, as they stand on it."""
    return [
        (int(key), None if removed else re.search(r'<bdi class="name">(.*?)</bdi>', inner)[1])
        for removed, key, inner in _ARTICLE.findall(body)
    ]


def _count_on(body):
    """The number in the forum's heading; it has none while there is no comment."""
    heading = re.search(r'<h2 id="forum-heading"[^>]*>(.*?)</h2>', body)[1]
    number = re.fullmatch(r"(\d+) comments?", heading)
    assert number or heading == "Comments"
    return int(number[1]) if number else 0


def test_counts_pages_queues_and_the_record_agree_after_anything(monkeypatch):
    monkeypatch.setattr(pages, "THREADS_ON_A_PAGE", THREADS_ON_A_PAGE)
    # More than a run can write: what a long thread leaves to its own page is tested elsewhere.
    monkeypatch.setattr(pages, "REPLIES_OF_A_THREAD", 100)
    monkeypatch.setattr(Newsroom, "posts", (make_post("First"), make_post("Second")))
    monkeypatch.setattr(
        Newsroom, "moderators", (make_moderator("ayesha"), make_moderator("bashir"))
    )
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=8,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            # Shrinking and explaining a failure take minutes here.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
