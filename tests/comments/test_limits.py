"""Limits without trails: how much one connection may send, and what is kept of who sent it."""

import os
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.urls import reverse

from comments import limits
from comments.limits import Memory, Standing
from comments.models import Comment, Decision, Forum, Policy, Reason
from comments.moderation import Refused, Submission, submit
from gandhara.proxies import TrustedProxies
from tests.factories import make_forum, make_post

NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)
WIDE = {"per_minute": 1000, "per_hour": 1000, "per_forum": 1000, "refused_beyond": 10}


class RedisCache(LocMemCache):
    """Stands in for Redis: the same calls, in this process."""


class AwayRedisCache(LocMemCache):
    asked = 0

    def get(self, *args, **kwargs):
        type(self).asked += 1
        raise ConnectionError("Error 111 connecting to 127.0.0.1:6379. Connection refused.")

    add = incr = get


def use_cache(settings, name):
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.{name}", "LOCATION": name}}


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture(autouse=True)
def no_cache_was_away(monkeypatch):
    monkeypatch.setattr(limits, "_nodes", limits.NodesCache())


@pytest.fixture(params=["memory", "cache"])
def both(request, settings):
    """A test runs twice: with the machine's memory, and with the cache that nodes share."""
    if request.param == "cache":
        use_cache(settings, "RedisCache")
        cache.clear()
    else:
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def sender(rf, address):
    return limits.sender_of(rf.get("/", REMOTE_ADDR=address))


def standings(times, forum=1, who=b"somebody", **numbers):
    policy = Policy(**WIDE | numbers)
    return [limits.count(who, forum, policy) for _ in range(times)]


# Who is one sender


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.77", "203.0.113.77"),
        ("203.0.113.77", "::ffff:203.0.113.77"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("2001:db8:1:2::1", "2001:0DB8:0001:0002::9"),
    ],
)
def test_one_connection_is_one_sender_however_its_address_is_written(rf, both, one, other):
    assert sender(rf, one) == sender(rf, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.77", "203.0.113.78"),
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("203.0.113.77", "2001:db8::203.0.113.77"),
    ],
)
def test_other_connections_are_other_senders(rf, both, one, other):
    assert sender(rf, one) != sender(rf, other)


@pytest.mark.parametrize("address", ["", "unix:", "somewhere", "203.0.113.300"])
def test_a_sender_that_can_not_be_told_is_none_and_never_limited(rf, address):
    assert sender(rf, address) is None
    assert set(standings(50, who=None, per_minute=1)) == {Standing()}
    limits.remember(None, "reported 5", 60)
    assert not limits.remembers(None, "reported 5")


def test_a_forwarded_address_is_a_sender_only_if_a_trusted_proxy_says_it(rf, settings):
    def from_proxy(client):
        request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=client)
        return TrustedProxies(limits.sender_of)(request)

    settings.TRUSTED_PROXIES = []
    assert from_proxy("203.0.113.77") == from_proxy("203.0.113.78") == sender(rf, "10.0.0.1")
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    assert from_proxy("203.0.113.77") == sender(rf, "203.0.113.77")
    assert from_proxy("203.0.113.77") != from_proxy("203.0.113.78")


# Within, beyond, far beyond


def test_up_to_the_limit_all_is_well_beyond_it_is_held_and_far_beyond_refused(both):
    levels = [each.level for each in standings(25, per_minute=2)]
    assert levels == ["within"] * 2 + ["beyond"] * 17 + ["far_beyond"] * 6


@pytest.mark.parametrize(
    ("limit", "numbers"),
    [("minute", {"per_minute": 3}), ("hour", {"per_hour": 3}), ("forum", {"per_forum": 3})],
)
def test_the_standing_names_the_limit_that_was_passed(both, limit, numbers):
    *_, third, fourth = standings(4, **numbers)
    assert third == Standing()
    assert fourth == Standing("beyond", limit)


def test_the_limit_that_was_passed_farthest_is_named():
    assert standings(7, per_minute=3, per_hour=2)[-1] == Standing("beyond", "hour")


def test_senders_and_forums_are_counted_apart(both):
    assert standings(3, per_minute=2)[-1].level == "beyond"
    assert standings(2, who=b"another", per_minute=2)[-1].level == "within"
    assert standings(3, who=b"a third", forum=1, per_forum=2)[-1].level == "beyond"
    assert standings(2, who=b"a third", forum=2, per_forum=2)[-1].level == "within"


def test_where_there_is_no_forum_none_is_counted():
    assert standings(5, forum=None, per_forum=1)[-1].level == "within"
    assert standings(1, forum=None, per_hour=5)[-1] == Standing("beyond", "hour")


@pytest.mark.parametrize(
    ("numbers", "seconds"),
    [({"per_minute": 1}, 48), ({"per_hour": 1}, 3588), ({"per_minute": 1, "per_forum": 1}, 3588)],
)
def test_retry_after_is_the_time_until_the_window_that_is_far_beyond_ends(
    both, time_machine, numbers, seconds
):
    time_machine.move_to(NOON + timedelta(seconds=12), tick=False)
    last = standings(10, **numbers)[-1]
    assert (last.level, last.retry_after) == ("far_beyond", seconds)
    time_machine.move_to(NOON + timedelta(seconds=12 + seconds - 1), tick=False)
    assert standings(1, **numbers)[-1].level == "far_beyond"
    time_machine.move_to(NOON + timedelta(seconds=12 + seconds), tick=False)
    assert standings(1, **numbers)[-1].level == "within"


# What is remembered


def test_what_a_sender_did_is_remembered_for_its_time_and_for_that_sender_only(both, time_machine):
    limits.remember(b"somebody", "reported 5", 60)
    assert limits.remembers(b"somebody", "reported 5")
    assert not limits.remembers(b"somebody", "reported 6")
    assert not limits.remembers(b"another", "reported 5")
    time_machine.shift(59)
    limits.remember(b"somebody", "reported 5", 60)
    time_machine.shift(59)
    assert limits.remembers(b"somebody", "reported 5")
    time_machine.shift(2)
    assert not limits.remembers(b"somebody", "reported 5")


# The key and its end


def bytes_of(memory):
    return bytes(memory._bytes)


def test_the_same_address_has_another_value_under_the_next_key(rf, both, time_machine):
    first = sender(rf, "203.0.113.77")
    time_machine.shift(limits.KEY_LIVES - 1)
    assert sender(rf, "203.0.113.77") == first
    time_machine.shift(2)
    assert sender(rf, "203.0.113.77") != first


def test_the_key_lives_for_less_than_a_day():
    assert limits.KEY_LIVES < 24 * 3600


def test_with_the_key_all_counters_and_memories_are_wiped(time_machine):
    memory = Memory.made()
    memory.add(b"somebody", 90_000)
    old = bytes_of(memory)
    key, counters = old[8:40], old[Memory.START :].strip(b"\0")
    assert key.strip(b"\0")
    assert counters
    time_machine.shift(limits.KEY_LIVES + 1)
    memory.add(b"another", 60)
    assert key not in bytes_of(memory)
    assert counters not in bytes_of(memory)
    assert memory.number(b"somebody") == 0


def test_an_old_key_is_wiped_though_nobody_sends_anything(time_machine):
    memory = Memory.made()
    memory.add(b"somebody", 90_000)
    time_machine.shift(limits.KEY_LIVES - 1)
    memory.tidy()
    assert memory.number(b"somebody") == 1
    time_machine.shift(2)
    memory.tidy()
    assert not any(bytes_of(memory))


def test_a_timer_wipes_the_key_where_no_other_process_does():
    memory = Memory.made()
    memory.add(b"somebody", 60)
    assert (memory._timer.interval, memory._timer.function) == (limits.KEY_LIVES, memory.tidy)
    assert memory._timer.daemon
    assert memory._timer.is_alive()
    memory.forget()
    assert memory._timer is None


def test_a_clock_that_was_set_back_ends_the_key(time_machine):
    memory = Memory.made()
    before = memory.hashed(b"somebody")
    time_machine.shift(-60)
    assert memory.hashed(b"somebody") != before


def test_in_the_cache_the_key_ends_with_its_entry_and_needs_the_secret(rf, settings):
    use_cache(settings, "RedisCache")
    cache.clear()
    first = sender(rf, "203.0.113.77")
    settings.SECRET_KEY = "another secret"
    assert sender(rf, "203.0.113.77") != first
    ends = cache._expire_info[cache.make_key("limits.key")]
    assert ends == NOON.timestamp() + limits.KEY_LIVES


def test_no_counter_in_the_cache_stays_longer_than_an_hour_and_a_minute(settings):
    use_cache(settings, "RedisCache")
    cache.clear()
    standings(3)
    ends = [end for name, end in cache._expire_info.items() if "limits.key" not in name]
    assert len(ends) == 3
    assert max(ends) <= NOON.timestamp() + 3660


# The table


def test_a_full_table_forgets_what_ends_soonest_and_goes_on_counting(monkeypatch):
    monkeypatch.setattr(Memory, "PLACES", 8)
    memory = Memory.made()
    for number in range(7):
        memory.add(f"sender {number}".encode(), 3000 + number)
    memory.add(b"soonest", 60)
    assert memory.add(b"newcomer", 3000) == 1
    assert memory.add(b"newcomer", 3000) == 2
    assert memory.number(b"soonest") == 0
    assert [memory.number(f"sender {number}".encode()) for number in range(7)] == [1] * 7


def test_threads_of_one_process_lose_no_count():
    memory, start = Memory.made(), threading.Barrier(8)

    def work():
        start.wait()
        for _ in range(200):
            memory.add(b"somebody", 3600)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory.number(b"somebody") == 1600


PROCESS = f"""
import time_machine
from comments import limits
time_machine.travel({NOON.timestamp()}, tick=False).start()
for _ in range(300):
    limits._memory.add(b"somebody", 3600)
print(limits._memory.hashed(b"somebody").hex())
"""


def other_processes(number, **environment):
    environment = {"DJANGO_SETTINGS_MODULE": "gandhara.settings"} | environment
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS],
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(number)
    ]
    return [process.communicate(timeout=60)[0].strip() for process in processes]


def test_processes_that_are_started_later_count_together(monkeypatch):
    monkeypatch.delenv(limits.SHARED_AT, raising=False)
    memory = Memory.made()
    monkeypatch.setattr(limits, "_memory", memory)
    assert limits.share() is memory
    hashes = other_processes(3)
    assert set(hashes) == {memory.hashed(b"somebody").hex()}
    assert memory.number(b"somebody") == 900


@pytest.mark.parametrize("there", ["", "/proc/0/fd/3", "/etc/passwd", "/nowhere"])
def test_a_process_that_finds_no_shared_memory_counts_for_itself(there):
    one, other = other_processes(2, **{limits.SHARED_AT: there})
    assert len(one) == len(other) == 32
    assert one != other


# A cache that is away


def test_a_cache_that_is_away_costs_no_comment_and_is_left_alone_for_a_while(rf, settings, caplog):
    use_cache(settings, "AwayRedisCache")
    AwayRedisCache.asked = 0
    assert sender(rf, "203.0.113.77") == sender(rf, "203.0.113.77")
    assert [each.level for each in standings(3, per_minute=2)] == ["within", "within", "beyond"]
    limits.remember(b"somebody", "reported 5", 60)
    assert limits.remembers(b"somebody", "reported 5")
    assert AwayRedisCache.asked == 1
    assert caplog.text == ""


def test_a_cache_that_is_only_this_process_s_own_is_not_asked(rf, settings):
    use_cache(settings, "LocMemCache")
    standings(3)
    assert not cache._cache


# In the pipeline and on the page


def put_policy(**numbers):
    Policy(**WIDE | numbers).save()


def say(post, text, who=b"somebody"):
    return submit(Submission(post=post, name="Jack", place="", text=text, sender=who))


@pytest.mark.django_db
def test_beyond_a_limit_a_comment_is_held_with_its_reason_in_an_open_forum():
    put_policy(per_minute=2)
    post = make_post()
    make_forum(post, Forum.State.OPEN)
    comments = [say(post, f"Number {number}") for number in range(3)]
    assert [each.status for each in comments] == ["approved", "approved", "pending"]
    assert comments[2].held_by == Comment.Phase.LIMITS
    reason = Reason.objects.get(comment=comments[2], phase=Comment.Phase.LIMITS)
    assert (reason.code, reason.details) == ("limit", {"limit": "minute"})
    assert say(post, "From elsewhere", who=b"another").status == "approved"


@pytest.mark.django_db
def test_far_beyond_a_limit_a_comment_is_refused_and_nothing_is_stored():
    put_policy(per_minute=1, refused_beyond=3)
    post = make_post()
    make_forum(post, Forum.State.OPEN)
    for number in range(2):
        say(post, f"Number {number}")
    with pytest.raises(Refused, match="again in 1 minute") as refused:
        say(post, "One too many")
    assert refused.value.retry_after == 60
    assert Comment.objects.count() == Decision.objects.count() == 2


@pytest.mark.django_db
def test_a_form_that_is_sent_twice_is_counted_once():
    put_policy(per_minute=2)
    post = make_post()
    make_forum(post, Forum.State.OPEN)
    assert len({say(post, "The line is bad").pk for _ in range(9)}) == 1
    assert say(post, "Now it is good").status == "approved"


@pytest.mark.django_db
def test_a_reader_who_sends_far_too_much_is_told_when_to_come_back_and_keeps_the_text(
    send, time_machine
):
    put_policy(per_minute=1, refused_beyond=3)
    post = make_post()
    make_forum(post, Forum.State.OPEN)
    address = reverse("comments:new", args=[post.slug])
    time_machine.move_to(NOON + timedelta(hours=1, seconds=18), tick=False)

    def post_comment(text):
        return send(address, name="Jack <b>", place="Graz", text=text)

    assert [post_comment(f"Number {number}").status_code for number in range(2)] == [302, 302]
    assert Counter(Comment.objects.values_list("status", flat=True)) == Counter(
        approved=1, pending=1
    )
    refused = post_comment("Many words & <i>signs</i>, not to be lost")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "42"
    page = refused.content.decode()
    assert "Very many comments have come from your connection" in page
    assert "again in 1 minute" in page
    assert "Many words &amp; &lt;i&gt;signs&lt;/i&gt;, not to be lost" in page
    assert 'value="Jack &lt;b&gt;"' in page
    assert Comment.objects.count() == 2
    time_machine.shift(42)
    assert post_comment("Many words & <i>signs</i>, not to be lost").status_code == 302
