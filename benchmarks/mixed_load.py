"""A day of breaking news in a minute: `python -m benchmarks.mixed_load`.

200 connections to the server as `make run` starts it, on a site that is made for it: readers of the
front page, articles, feeds and sections, who ask whether a page is new when they come back to it;
commenters, each from a made-up address; and moderators who sign in, open the desk and decide.

Readers think between two pages, as people do, so that their times are the server's and not those
of a queue that no newsroom has. At the end there must have been no error and no lost or doubled
comment, and every comment that a moderator approved must be shown.
"""

import argparse
import random
import re
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from itertools import count

from benchmarks import writes
from benchmarks.clients import keep_asking, request
from benchmarks.sites import Site

PASSWORD = "for-measuring-only"  # noqa: S105
DESK = "/admin/comments/comment/desk/"
# One in so many of those who decide refuses.
REFUSED_EVERY = 5
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
SEEN = re.compile(rb'name="saw-(\d+)" value="([^"]+)"')


def arguments(given=None):
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mixed_load", description=__doc__.partition("\n")[0]
    )
    for name, number, words in (
        ("seconds", 60, "how long"),
        ("connections", 200, "all clients together"),
        ("commenters", 40, "how many of them comment"),
        ("moderators", 4, "how many of them decide"),
        ("reading", 2, "seconds between a reader's pages, in the mean"),
        ("writing", 8, "seconds between a commenter's comments"),
        ("deciding", 3, "seconds between a moderator's decisions"),
    ):
        parser.add_argument(f"--{name}", type=float, default=number, help=f"{words} ({number})")
    parser.add_argument("--database", default="", help="an empty database's address, not SQLite")
    return parser.parse_args(given)


class Day:
    """What all clients share: until when, what they were told, and what went wrong."""

    def __init__(self, asked, pages, forums):
        self.asked, self.pages, self.forums = asked, pages, forums
        self.until = time.monotonic() + asked.seconds
        self.times, self.statuses, self.wrong = defaultdict(list), Counter(), Counter()
        self.confirmed, self.approved = {}, set()
        self.numbers = count(1)

    @property
    def is_over(self):
        return time.monotonic() >= self.until

    def note(self, who, answer, *expected):
        self.times[who].append(answer.seconds)
        self.statuses[who, answer.status] += 1
        if answer.status not in expected:
            self.wrong[who, answer.status] += 1

    def pause(self, mean):
        # Nobody comes in step with others: pauses differ as those of independent people do.
        return min(random.expovariate(1 / mean), 5 * mean)


def reader(day):
    known = {}
    yield random.uniform(0, day.asked.reading)
    while not day.is_over:
        path = random.choices(*day.pages)[0]
        headers = {"Accept_Encoding": "gzip, br"}
        if path in known:
            headers["If_None_Match"] = known[path]
        answer = yield request(path, **headers)
        day.note("readers", answer, 200, 304)
        known[path] = answer.header("etag")
        yield day.pause(day.asked.reading)


def commenter(day):
    yield random.uniform(0, day.asked.writing)
    while not day.is_over:
        number = next(day.numbers)
        fields = writes.comment_fields(random, number)
        path = day.forums.address(random, number)
        answer = yield request(path, fields, X_Forwarded_For=writes.sender(number))
        day.note("commenters", answer, 302)
        if answer.status == 302:
            day.confirmed[fields["text"]] = path
        yield day.pause(day.asked.writing)


def moderator(day, number, name):
    """Signs in, then decides on one card after the other; on which, no two moderators agree."""
    cookies = {}

    def ask(path, fields=None):
        said = "; ".join(f"{cookie}={value}" for cookie, value in cookies.items())
        return request(path, fields, **({"Cookie": said} if said else {}))

    def heard(answer, *expected):
        day.note("moderators", answer, *expected)
        for cookie in re.finditer(rb"(?i)\r\nset-cookie: *([^=]+)=([^;\r]*)", answer.head):
            cookies[cookie[1].decode()] = cookie[2].decode()
        return TOKEN.search(answer.body)

    token = heard((yield ask("/admin/login/")), 200)
    fields = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token[1].decode()}
    heard((yield ask("/admin/login/", fields | {"next": "/admin/"})), 302)
    while not day.is_over:
        answer = yield ask(DESK)
        token, seen = heard(answer, 200), dict(SEEN.findall(answer.body))
        mine = [card for card in seen.items() if int(card[0]) % day.asked.moderators == number]
        if mine:
            key, status = mine[0]
            decision = "rejected:insult" if random.randrange(REFUSED_EVERY) == 0 else "approved"
            answer = yield ask(
                f"{DESK}decide/",
                {
                    "csrfmiddlewaretoken": token[1].decode(), "next": "queue=waiting",
                    f"saw-{int(key)}": status.decode(), "decide": f"{int(key)}:{decision}",
                },
            )  # fmt: skip
            heard(answer, 302)
            if decision == "approved":
                day.approved.add(int(key))
        yield day.pause(day.asked.deciding)


def pages(forums):
    """(paths, weights): what readers ask for."""
    from posts.models import Section

    articles = [address.removesuffix("comments/") for address in forums.new]
    sections = [f"/section/{slug}/" for slug in Section.objects.values_list("slug", flat=True)]
    paths = ["/", "/feed/", "/comments/feed/", *articles, *sections]
    weights = [30, 5, 5, *[50 / len(articles)] * len(articles)]
    return paths, [*weights, *[10 / len(sections)] * len(sections)]


def not_shown(server, approved):
    """The keys of comments that a moderator approved and whose address does not show them."""
    from comments.models import Comment

    missing = []
    for comment in Comment.objects.filter(pk__in=approved).select_related("forum__post"):
        address = comment.get_absolute_url()
        status, headers, body = server.get(address)
        if status == 302:
            # An answer's address leads to its place on the thread's page.
            status, headers, body = server.get(headers["Location"].partition("#")[0])
        if status != 200 or comment.anchor not in body.decode():
            missing.append(comment.pk)
    return missing


def run(site, asked):
    writes.prepare(site)
    from django.contrib.auth.models import User
    from django.db import connection

    names = [f"moderator-{number}" for number in range(int(asked.moderators))]
    for name in names:
        User.objects.create_superuser(name, password=PASSWORD)
    forums = writes.Forums()
    paths = pages(forums)
    connection.close()
    with writes.site_server(site) as server:
        for path in paths[0]:
            server.get(path)
        day = Day(asked, paths, forums)
        others = [*(commenter(day) for _each in range(int(asked.commenters)))]
        others += [moderator(day, number, name) for number, name in enumerate(names)]
        readers = [reader(day) for _each in range(int(asked.connections) - len(others))]
        cpu, begun, own = server.cpu(), time.monotonic(), time.process_time()
        keep_asking(server.port, [*readers, *others])
        took = time.monotonic() - begun
        cpu, own = server.cpu() - cpu, time.process_time() - own
        missing = not_shown(server, day.approved)
    return report(day, took, cpu, own, missing)


def report(day, took, cpu, own, missing):
    """Print what was seen; gives whether all was well."""
    print(f"{'':12} {'answers':>8} {'a second':>9} {'p50':>8} {'p99':>8} {'longest':>8}")
    for who, times in day.times.items():
        parts = statistics.quantiles(times, n=100)
        print(
            f"{who:12} {len(times):8,} {len(times) / took:9.1f} {parts[49] * 1e3:5.0f} ms "
            f"{parts[98] * 1e3:5.0f} ms {max(times) * 1e3:5.0f} ms"
        )
    said = ", ".join(f"{who} {status}: {n}" for (who, status), n in sorted(day.statuses.items()))
    print(said)
    lost, doubled = writes.lost_or_doubled(day.confirmed)
    print(
        f"{took:.0f} s; processor time: server {cpu:.1f} s, this load {own:.1f} s\n"
        f"{len(day.confirmed)} comments confirmed, {lost} lost, {doubled} stored twice; "
        f"{len(day.approved)} approved, {len(missing)} of them not shown; "
        f"{sum(day.wrong.values())} wrong answers"
    )
    return not (lost or doubled or missing or day.wrong)


def main():
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="gandhara-") as folder:
        if not run(Site(folder, asked.database), asked):
            raise SystemExit(1)


if __name__ == "__main__":
    main()
