"""How many comments a second the site takes: `python -m benchmarks.writes`.

In turn, on one database that is made for it in a folder of its own:

- bare: a table of a comment's words without any index, and as many Python processes as the server
  has workers, which store one row a transaction, by Django's ORM (`Model.objects.create`) and
  without it (sqlite3 or psycopg), with the site's own settings of the database;
- comments: forms sent over HTTP to the server as `make run` starts it, each from a made-up sender,
  so that no limit is met, through the whole pipeline to the receipt's address.

Rates count by the clock; processor time is the server's, over all of its processes. At the end
every confirmed comment must be stored, once.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from itertools import count

from benchmarks.clients import keep_asking, request
from benchmarks.servers import Server, free_port
from benchmarks.sites import Site

POSTS, COMMENTS = 200, 20_000
# Places in which comments are written: breaking news, not all of the site.
BUSY_POSTS = 20
# One in so many is an answer to another comment.
REPLY_EVERY = 4
WAYS = ("sql", "orm")
SAID = (
    "the road over pass was open by noon but nobody in our village heard of it before evening "
    "because radio is silent since spring and trucks wait for days at checkpoint while prices "
    "rise again my brother says that school will begin with half its teachers who has seen "
    "anything else please write here"
)
WORDS = SAID.split()


def arguments(given=None):
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.writes", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--rounds", type=int, default=5, help="of each kind, in turn (5)")
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement (4)")
    parser.add_argument("--clients", type=int, default=8, help="connections that send (8)")
    parser.add_argument("--database", default="", help="an empty database's address, not SQLite")
    parser.add_argument("--folder", default="", help="where the site is made; else it goes after")
    return parser.parse_args(given)


# Bare rows, in processes of their own


def _row():
    """A table as bare as can be for what a comment says, and its model."""
    from django.db import models

    class BareComment(models.Model):
        forum = models.IntegerField()
        name = models.CharField(max_length=120)
        place = models.CharField(max_length=120)
        text = models.TextField()
        language = models.CharField(max_length=8)
        status = models.CharField(max_length=12)
        submitted_at = models.DateTimeField()

        class Meta:
            app_label = "benchmarks"

        def __str__(self):
            return self.name

    return BareComment


def _by_orm(model, fields):
    model.objects.create(**fields)


def _by_sql(model, fields):
    from django.db import connection

    raw, table = connection.connection, model._meta.db_table
    sign = "?" if connection.vendor == "sqlite" else "%s"
    statement = (
        f"INSERT INTO {table} ({', '.join(fields)}) VALUES ({', '.join([sign] * len(fields))})"  # noqa: S608
    )
    values = list(fields.values())
    if connection.vendor == "sqlite":
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(statement, [*values[:-1], str(values[-1])])
        raw.execute("COMMIT")
    else:
        with raw.transaction():
            raw.execute(statement, values)


def write_rows():
    """Answer each line "WAY SECONDS" with how many rows were stored in that time."""
    import django

    django.setup()
    from django.db import connection
    from django.utils import timezone

    model, chance = _row(), random.Random()
    connection.ensure_connection()
    store = dict(zip(WAYS, (_by_sql, _by_orm), strict=True))
    for line in sys.stdin:
        way, seconds = line.split()
        until, stored = time.monotonic() + float(seconds), 0
        while time.monotonic() < until:
            store[way](
                model,
                {
                    "forum": 1, "name": "Reader", "place": "Kabul", "text": text(chance),
                    "language": "en", "status": "pending", "submitted_at": timezone.now(),
                },
            )  # fmt: skip
            stored += 1
        print(stored, flush=True)


# Comments


def text(chance):
    return " ".join(chance.choices(WORDS, k=40))


def sender(number):
    """An address that nobody else has."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def comment_fields(chance, number):
    """What a reader typed; the number makes it unlike all others."""
    return {
        "name": f"Reader {chance.choice(WORDS)}",
        "place": chance.choice(WORDS).capitalize(),
        "text": f"{text(chance)} {number}",
        "phrase": "",
        "website": "",
    }


class Forums:
    """Where comments are sent: addresses of forms, those of answers among them."""

    def __init__(self):
        from comments.models import Comment, Forum

        self.new, self.replies = [], []
        for forum in Forum.objects.select_related("post").order_by("pk")[:BUSY_POSTS]:
            address = f"/a/{forum.post.slug}/comments/"
            self.new.append(address)
            shown = Comment.objects.approved().filter(forum=forum)[:20]
            self.replies += [f"{address}{comment.pk}/reply/" for comment in shown]

    def address(self, chance, number):
        return chance.choice(self.new if number % REPLY_EVERY else self.replies)


def commenter(forums, numbers, until, confirmed):
    """A client that sends comments until a moment; what was confirmed is noted by its text."""
    chance = random.Random()
    while time.monotonic() < until:
        number = next(numbers)
        fields = comment_fields(chance, number)
        path = forums.address(chance, number)
        answer = yield request(path, fields, X_Forwarded_For=sender(number))
        if answer.status != 302 or "/receipt/" not in answer.header("location"):
            raise SystemExit(f"A comment was answered with {answer.status}:\n{answer.body[:2000]}")
        confirmed[fields["text"]] = answer.seconds


def lost_or_doubled(confirmed):
    """How many confirmed comments are not stored, and how many more than once."""
    from comments.models import Comment

    stored = Counter(Comment.objects.values_list("text", flat=True).iterator())
    return (
        sum(stored[text] == 0 for text in confirmed),
        sum(stored[text] > 1 for text in confirmed),
    )


# Both in turn


def prepare(site, rules=200):
    """A site with some history: rules, decisions that the spam score learnt from, open forums."""
    site.make()
    site.run(
        "-m", "benchmarks.make_site", "--quiet", "--posts", str(POSTS),
        "--comments", str(COMMENTS), "--waiting", "500", "--rules", str(rules),
    )  # fmt: skip
    site.enter()
    from django.db import connection

    from comments import score
    from comments.models import Forum

    for forum in Forum.objects.order_by("pk")[:BUSY_POSTS:2]:
        forum.state = Forum.State.OPEN
        forum.save()
    score.learn()
    with connection.schema_editor() as editor:
        editor.create_model(_row())
    connection.close()


def site_server(site):
    """The site's processes as `make run` starts them: web server and background worker."""
    port = free_port()
    command = [sys.executable, "-m", "gandhara.processes", "127.0.0.1", str(port)]
    return Server("the site", command, port, site.environment)


def workers():
    from gandhara.processes import server

    command = server("127.0.0.1", "0")
    return int(command[command.index("--workers") + 1])


def rows_a_second(writers, way, seconds):
    for writer in writers:
        print(way, seconds, file=writer.stdin, flush=True)
    return sum(int(writer.stdout.readline()) for writer in writers) / seconds


def comments_a_second(server, forums, numbers, asked, confirmed):
    """(rate, milliseconds of the server's processor time a comment, times of answers)."""
    fresh, cpu, begun = {}, server.cpu(), time.monotonic()
    keep_asking(
        server.port,
        [
            commenter(forums, numbers, begun + asked.seconds, fresh)
            for _each in range(asked.clients)
        ],
    )
    took, used = time.monotonic() - begun, server.cpu() - cpu
    confirmed |= fresh
    return len(fresh) / took, used / len(fresh) * 1_000, list(fresh.values())


def measure(site, asked):
    prepare(site)
    forums, numbers, confirmed = Forums(), count(1), {}
    number = workers()
    writers = [site.talk_to("-m", "benchmarks.writes", "--write-rows") for _each in range(number)]
    alone = writers[:1]
    kinds = {
        "bare rows, sql, one process": lambda: rows_a_second(alone, "sql", asked.seconds),
        f"bare rows, sql, {number} processes": lambda: rows_a_second(writers, "sql", asked.seconds),
        "bare rows, ORM, one process": lambda: rows_a_second(alone, "orm", asked.seconds),
        f"bare rows, ORM, {number} processes": lambda: rows_a_second(writers, "orm", asked.seconds),
    }
    rates = {kind: [] for kind in kinds}
    comments, cpu, times = [], [], []
    with site_server(site) as server:
        comments_a_second(server, forums, numbers, argparse.Namespace(seconds=1, clients=8), {})
        for each in range(1, asked.rounds + 1):
            for kind, rate in kinds.items():
                rates[kind].append(rate())
            rate, used, took = comments_a_second(server, forums, numbers, asked, confirmed)
            comments.append(rate)
            cpu.append(used)
            times += took
            print(f"round {each}: {_round(rates, comments)}", flush=True)
    for writer in writers:
        writer.stdin.close()
        writer.wait()
    report(rates, comments, cpu, times)
    lost, doubled = lost_or_doubled(confirmed)
    print(f"{len(confirmed):,} comments confirmed, {lost} lost, {doubled} stored twice")
    if lost or doubled:
        raise SystemExit(1)


def _round(rates, comments):
    bare = ", ".join(f"{kind} {each[-1]:,.0f}" for kind, each in rates.items())
    return f"{bare}, comments {comments[-1]:,.0f} a second"


def report(rates, comments, cpu, times):
    print(f"\n{'a second, medians':32} {'rate':>8} {'comments are':>14}")
    for kind, each in rates.items():
        ratio = statistics.median(b / a for a, b in zip(each, comments, strict=True))
        print(f"{kind:32} {statistics.median(each):8,.0f} {ratio:11.2f} of it")
    parts = statistics.quantiles(times, n=100)
    print(f"{'comments over HTTP':32} {statistics.median(comments):8,.0f}")
    print(
        f"\nserver: {statistics.median(cpu):.2f} ms of processor time a comment; "
        f"answers p50 {parts[49] * 1_000:.0f} ms, p99 {parts[98] * 1_000:.0f} ms"
    )


def main():
    if sys.argv[1:] == ["--write-rows"]:
        write_rows()
        return
    asked = arguments()
    if asked.folder:
        measure(Site(asked.folder, asked.database), asked)
        return
    with tempfile.TemporaryDirectory(prefix="gandhara-") as folder:
        measure(Site(folder, asked.database), asked)


if __name__ == "__main__":
    main()
