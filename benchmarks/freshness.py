"""Does any reader ever get an old page, or one torn between two states? `python -m
benchmarks.freshness`.

Makes a small site, serves it with several processes, each at a port of its own, and changes what
readers see, again and again, at random: as the newsroom, moderators and readers do, some of it
through the ORM in this process, some over HTTP through one of the servers. Around each change it
reads pages through every server. What they must be is rendered in this process, past every cache:

- a page that was asked for after the change is, byte for byte, what it is then;
- one that was asked for while it was made is what it was before, or what it is then, whole.

With --database and --cache (PostgreSQL and Redis, as in the README's table) the processes are those
of two nodes. The database must be new, or one that this command has filled.
"""

import argparse
import logging
import random
import sys
import tempfile
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.db import transaction
from django.utils import timezone

from benchmarks import servers
from benchmarks.make_site import SLUG
from benchmarks.sites import Site

POSTS, COMMENTS, WAITING = 24, 240, 80
# Around a change are read: the front page, which tells of most, two pages of the last changes, one
# that nobody looked at, and afterwards one of each post that it concerned.
WATCHED = 2
# So many wrong pages are enough to look for the reason.
ENOUGH = 5
FRONT = "/"
TOKEN = "a" * 32


def arguments(given=None):
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.freshness", description=__doc__.partition("\n\n")[0]
    )
    parser.add_argument("--changes", type=int, default=10_000, help="how many (10,000)")
    parser.add_argument("--processes", type=int, default=4, help="of all nodes together (4)")
    parser.add_argument("--seed", type=int, default=1, help="another number, other changes")
    parser.add_argument("--folder", help="where the site is, or is made (a temporary one)")
    parser.add_argument("--database", default="", help="such as postgres://user@host/name")
    parser.add_argument("--cache", default="", help="such as redis://127.0.0.1:6379/5")
    parser.add_argument("--application", default="gandhara.wsgi:application", help="what is served")
    return parser.parse_args(given)


class Reader:
    """A line to one server, kept open."""

    def __init__(self, port):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path):
        """(status, body) of a page."""
        return self._ask("GET", path)[:2]

    def post(self, path, headers, **fields):
        """The status of the answer to a form."""
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        # Forms are rare, and the server closes a line on which nothing was asked for a while.
        self.connection.close()
        return self._ask("POST", path, urlencode(fields), headers)[0]

    def _ask(self, *request):
        self.connection.request(*request[:2], *request[2:])
        response = self.connection.getresponse()
        return response.status, response.read()


class Newsroom:
    """Everybody who changes what readers see, each time in one transaction.

    Each method of CHANGES gives the posts that it concerns.
    """

    def __init__(self, chance, readers):
        from django.contrib.auth.models import User
        from django.test import Client

        self.chance, self.readers, self.number = chance, readers, 0
        boss, _made = User.objects.get_or_create(
            username="freshness", defaults={"is_staff": True, "is_superuser": True}
        )
        client = Client()
        client.force_login(boss)
        cookies = {key: morsel.value for key, morsel in client.cookies.items()}
        cookies["csrftoken"] = TOKEN
        self.signed_in = {"Cookie": "; ".join(map("=".join, cookies.items()))}

    def change(self):
        """Make one change, wait until it is told everywhere; gives (its name, posts concerned)."""
        from posts import hearing

        self.number += 1
        made = self.chance.choice(self.CHANGES)
        posts = made(self)
        hearing.wait_until_all_know()
        return made.__name__.replace("_", " "), posts

    def _new(self, what):
        return f"{what} {self.number}"

    def _post(self, **having):
        from posts.models import Post

        return self.chance.choice(Post.objects.filter(**having).order_by("pk"))

    def _comment(self, *statuses):
        from comments.models import Comment

        rows = Comment.objects.filter(status__in=statuses).order_by("pk")
        return self.chance.choice(rows.select_related("forum__post"))

    def _save(self, post, **fields):
        for name, value in fields.items():
            setattr(post, name, value)
        post.save()
        return [post]

    def edit_a_headline(self):
        return self._save(self._post(), headline=self._new("Headline"))

    def edit_a_body(self):
        return self._save(self._post(), body=f"<p>{self._new('Body')}</p>")

    def withdraw_or_publish(self):
        post = self._post()
        withdrawn = post.status == "withdrawn"
        return self._save(post, status="published" if withdrawn else "withdrawn")

    def publish_a_new_post(self):
        from posts.models import Post

        return [
            Post.objects.create(
                headline=self._new("New"), slug=f"{SLUG}new-{uuid.uuid4().hex[:8]}",
                status="published", published_at=timezone.now(), language="en",
            )
        ]  # fmt: skip

    def delete_the_newest_post(self):
        from posts.models import Post

        newest = Post.objects.order_by("-pk").first()
        if newest.pk > POSTS:
            newest.delete()
        return []

    @transaction.atomic
    def give_a_tag(self):
        from posts.models import Tag

        post = self._post()
        post.tags.set(self.chance.sample(list(Tag.objects.order_by("pk")[:20]), 2))
        return self._save(post)

    def rename(self):
        """A section, a tag or an author."""
        from posts.models import Author, Section, Tag

        model = self.chance.choice((Section, Tag, Author))
        thing = model.objects.order_by("pk").first()
        thing.name = self._new("Named")
        thing.save()
        return []

    def rename_the_blog(self):
        from posts.models import Blog

        blog = Blog.current()
        blog.title, blog.tagline = self._new("Gandhara"), self._new("As of")
        blog.save()
        return []

    @transaction.atomic
    def correct(self):
        from posts.models import Correction

        post = self._post()
        Correction.objects.create(post=post, text=self._new("Corrected"), at=timezone.now())
        return self._save(post, updated_at=timezone.now())

    def decide(self):
        comment = self._comment("pending", "approved", "rejected")
        comment.moderate(self.chance.choice(("approved", "rejected", "spam")))
        return [comment.forum.post]

    def withdraw_a_comment(self):
        comment = self._comment("approved")
        comment.moderate("withdrawn")
        return [comment.forum.post]

    def erase_a_comment(self):
        from comments.models import Comment

        comment = self._comment("rejected", "spam", "withdrawn")
        Comment.objects.filter(pk=comment.pk).erase()
        return [comment.forum.post]

    def set_a_forum(self):
        from comments.models import Forum

        post = self._post()
        Forum.objects.set_state(post, self.chance.choice(Forum.State.values))
        return [post]

    @transaction.atomic
    def say_why_it_is_closed(self):
        from comments.models import Forum

        post = self._post()
        forum = Forum.objects.set_state(post, Forum.State.CLOSED)
        forum.closing_message = self._new("Closed")
        forum.save()
        return [post]

    def decide_over_http(self):
        comment = self._comment("pending", "approved")
        self._send(
            f"/admin/comments/comment/{comment.pk}/decide/", self.signed_in,
            decision=self.chance.choice(("approve", "reject")), csrfmiddlewaretoken=TOKEN,
        )  # fmt: skip
        return [comment.forum.post]

    def set_a_forum_over_http(self):
        from comments.models import Forum

        post = self._post(status="published")
        self._send(
            f"/admin/comments/comment/forum/{post.pk}/", self.signed_in,
            state=self.chance.choice(Forum.State.values), csrfmiddlewaretoken=TOKEN,
        )  # fmt: skip
        return [post]

    def comment_over_http(self):
        from comments.models import Forum

        open_one = Forum.objects.filter(state=Forum.State.OPEN, post__status="published").first()
        if open_one is None:
            return [Forum.objects.set_state(self._post(), Forum.State.OPEN).post]
        post = open_one.post
        sender = ".".join(str(self.chance.randint(1, 250)) for _each in range(4))
        self._send(
            f"{post.get_absolute_url()}comments/",
            {"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": sender},
            name=self._new("Reader"), text=self._new("A thought of mine, with the number"),
        )  # fmt: skip
        return [post]

    def _send(self, path, headers, **fields):
        status = self.chance.choice(self.readers).post(path, headers, **fields)
        if status != 302:
            raise SystemExit(f"{path} answered {status} to {fields}.")

    CHANGES = (
        edit_a_headline, edit_a_body, withdraw_or_publish, publish_a_new_post,
        delete_the_newest_post, give_a_tag, rename, rename_the_blog, correct, decide,
        withdraw_a_comment, erase_a_comment, set_a_forum, say_why_it_is_closed, decide_over_http,
        set_a_forum_over_http, comment_over_http,
    )  # fmt: skip


def pages():
    """Addresses of pages that tell of many things."""
    from posts.models import Author, Section, Tag

    places = [model.objects.order_by("pk").first() for model in (Section, Tag, Author)]
    return [
        FRONT, "/ps/", "/feed/", "/language/en/feed/", "/comments/feed/", "/sitemap.xml",
        "/sitemap-posts-0.xml", "/sitemap-news.xml", "/archive/", "/about/", "/corrections/",
        *(place.get_absolute_url() for place in places),
    ]  # fmt: skip


def pages_of(post):
    address = post.get_absolute_url()
    return [address, f"{address}?sort=newest", f"{address}comments/feed/", f"{address}?lite=1"]


class Watch:
    """Reads pages around each change, and counts what was wrong with them."""

    def __init__(self, chance, readers):
        from django.test import Client

        self.chance, self.readers = chance, readers
        self.truth = Client(headers={"host": "127.0.0.1"})
        self.pool = ThreadPoolExecutor(len(readers))
        self.counted, self.wrong = Counter(), []
        # What was true of some pages at the last look.
        self.known = {}

    def true(self, paths):
        """{path: (status, body)} of pages as they are now, rendered past every cache."""
        found = {}
        for path in paths:
            response = self.truth.get(path)
            found[path] = response.status_code, response.content
        return found

    def read(self, paths):
        """One future a server, of {path: (status, body)} in an order of its own."""
        orders = [self.chance.sample(list(paths), len(paths)) for _each in self.readers]
        return [
            self.pool.submit(lambda reader, order: {path: reader.get(path) for path in order}, *two)
            for two in zip(self.readers, orders, strict=True)
        ]

    def over(self, newsroom):
        """Let one change be made, and read pages while that is done, and after it."""
        new = {FRONT, self.chance.choice(self.everywhere())} - self.known.keys()
        self.known |= self.true(sorted(new))
        before, meanwhile = self.known, self.read(self.known)
        name, posts = newsroom.change()
        meanwhile = [each.result() for each in meanwhile]
        # Pages of new posts can't have been asked for before.
        concerned = [self.chance.choice(pages_of(post)) for post in posts]
        paths = list(dict.fromkeys([*before, *concerned]))
        later = [each.result() for each in self.read(paths)]
        after = self.true(paths)
        self.counted[name] += 1
        for number, found in enumerate(meanwhile):
            for path, page in found.items():
                self._look(name, number, path, page, (before[path], after[path]))
        for number, found in enumerate(later):
            for path, page in found.items():
                self._look(name, number, path, page, (after[path],))
        self.known = {path: after[path] for path in (FRONT, *paths[-WATCHED:])}

    def everywhere(self):
        from posts.models import Post

        posts = self.chance.sample(list(Post.objects.order_by("pk")), 3)
        return [*pages(), *(path for post in posts for path in pages_of(post))]

    def _look(self, name, number, path, page, allowed):
        self.counted["reads"] += 1
        if page not in allowed:
            self.wrong.append((name, number, path, page, allowed[-1]))


def serve(asked, stack):
    """The ports of all servers, which end with `stack`; this process enters the site too."""
    folder = asked.folder or stack.enter_context(tempfile.TemporaryDirectory())
    number = 2 if asked.database else 1
    nodes = [Site(f"{folder}/{node + 1}", asked.database, asked.cache) for node in range(number)]
    made = nodes[0].folder / "made"
    if not made.exists():
        for node in nodes:
            node.make()
        nodes[0].run(
            "-m", "benchmarks.make_site", "--quiet", "--posts", str(POSTS), "--rules", "0",
            "--comments", str(COMMENTS), "--waiting", str(WAITING),
        )  # fmt: skip
        made.touch()
    nodes[0].enter()
    running = [
        servers.granian(f"process {each + 1}", asked.application, nodes[each % number])
        for each in range(asked.processes)
    ]
    return [stack.enter_context(server).port for server in running]


def main(given=None):
    from tqdm import tqdm

    asked = arguments(given)
    # Pages that are gone are looked at too.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    with ExitStack() as stack:
        ports = serve(asked, stack)
        chance = random.Random(asked.seed)
        # Nobody waits for another's answer: each has lines of their own.
        watch, newsroom = (who(chance, list(map(Reader, ports))) for who in (Watch, Newsroom))
        begun = time.monotonic()
        for _each in tqdm(range(asked.changes), unit="change"):
            watch.over(newsroom)
            if len(watch.wrong) >= ENOUGH:
                break
        taken = time.monotonic() - begun
    reads = watch.counted.pop("reads")
    for name, number in sorted(watch.counted.items()):
        print(f"{name:24} {number:6,}")
    print(
        f"{watch.counted.total():,} changes, {reads:,} pages read through {len(ports)} processes "
        f"in {taken:.0f} s: {len(watch.wrong)} old or torn."
    )
    for name, number, path, page, true in watch.wrong[:ENOUGH]:
        print(f"\nAfter “{name}”, process {number + 1} at {path}: {_difference(page, true)}")
    sys.exit(1 if watch.wrong else 0)


def _difference(page, true):
    """Where two (status, body) begin to differ, in words."""
    if page[0] != true[0]:
        return f"status {page[0]} instead of {true[0]}"
    at = next(
        (at for at, two in enumerate(zip(page[1], true[1], strict=False)) if two[0] != two[1]),
        min(len(page[1]), len(true[1])),
    )
    one, other = (
        each[1][max(0, at - 60) : at + 60].decode(errors="replace") for each in (page, true)
    )
    return f"{one!r} instead of {other!r}"


if __name__ == "__main__":
    main()
