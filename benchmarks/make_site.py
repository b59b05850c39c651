"""Makes a site of any size to measure on: `python -m benchmarks.make_site --comments 1000000`.

It fills the database that the settings name, which must be new or begun by this command. Stopped,
it goes on where it was: every row follows from its number and the seed. Words and names are made
up. SQLite writes without waiting for the disk meanwhile, so a power cut can break a half-made site.
"""

import argparse
import hashlib
import os
import random
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import accumulate

AT_ONCE = 10_000
SLUG = "made-up-"
LANGUAGES = ("en", "en", "ps", "fa-AF", "ur")
SECTIONS = ("Politics", "Region", "Society", "Culture", "Economy", "Nobody writes here")
LETTERS = {"en": "aabcdeeefghiiklmnoprstuvwy", "ar": "اابپتجچخدرزسشعغفقکگلمنوه"}
VOCABULARY = 4_000
NAMES = 20_000
# Every post has one tag that half of them have, and two of the others.
TAGS_OF_ALL = 2
# Of a thousand comments, how many were rejected or spam; what waits is a number of its own.
REJECTED, SPAM = 90, 110
# Every so many-th shown comment has three open reports.
REPORTED_EVERY = 2_000
# How far back a reply reaches: what readers see when they come.
RECENT = 30
SECONDS_BETWEEN = 20
# Where it is kept which indexes are still to be made.
LEFT_OUT = "made_up_indexes"


def arguments(given=None):
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.make_site", description=__doc__.partition("\n")[0]
    )
    for name, number, words in (
        ("posts", 2_000, "published posts"),
        ("comments", 100_000, "comments on them"),
        ("waiting", 5_000, "how many of the comments wait for a moderator"),
        ("forum", 0, "how many of the comments the first post has, beside its share"),
        ("photos", 0, "photos of the library, as records without files"),
        ("tags", 300, "tags, three to a post, of which two are on every other post"),
        ("rules", 200, "word rules"),
        ("seed", 1, "another number makes another site"),
    ):
        parser.add_argument(f"--{name}", type=int, default=number, help=f"{words} ({number})")
    parser.add_argument("--quiet", action="store_true", help="no progress bars")
    asked = parser.parse_args(given)
    if asked.tags <= TAGS_OF_ALL:
        parser.error(f"More than {TAGS_OF_ALL} tags are needed, not {asked.tags}.")
    if asked.waiting > asked.comments:
        parser.error(f"Of {asked.comments} comments {asked.waiting} can't wait.")
    return asked


class Site:
    """The rows of a made-up site. Each method gives tuples in the order of its columns."""

    def __init__(self, asked, now):
        self.asked, self.now = asked, now
        chance = random.Random(asked.seed)
        self.words = {
            code: [self._word(chance, code) for _each in range(VOCABULARY)]
            for code in set(LANGUAGES)
        }
        # Few words are said often (Zipf): a search for one finds many, for another few.
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
        self.names = [self._name(chance) for _each in range(NAMES)]
        self.recent = defaultdict(list)
        self.step = timedelta(seconds=SECONDS_BETWEEN)

    def _word(self, chance, code):
        letters = LETTERS["en" if code == "en" else "ar"]
        return "".join(chance.choices(letters, k=chance.randint(3, 9)))

    def _name(self, chance):
        return self._word(chance, chance.choice(LANGUAGES)).capitalize()

    def tags(self, post):
        """The keys of a post's tags."""
        chance = random.Random(f"{self.asked.seed} tags {post}")
        others = chance.sample(range(TAGS_OF_ALL + 1, self.asked.tags + 1), 2)
        return [post % TAGS_OF_ALL + 1, *others]

    def said(self, chance, code, least, most):
        number = chance.randint(least, most)
        return " ".join(
            chance.choices(self.words[code], cum_weights=self.weights, k=number)
        ).capitalize()

    def language(self, post):
        return LANGUAGES[post % len(LANGUAGES)]

    POSTS = (
        "id", "headline", "slug", "summary", "body", "opening", "language", "section_id",
        "lead_photo_id", "status", "published_at", "embargo_until", "unpublish_at",
        "withdrawal_note", "second_line", "updated_at", "created_at", "saved_at", "version",
        "links_checked_at",
    )  # fmt: skip

    def posts(self, numbers):
        for number in numbers:
            chance = random.Random(f"{self.asked.seed} post {number}")
            code = self.language(number)
            paragraphs = [self.said(chance, code, 30, 80) for _each in range(6)]
            at = self.now - timedelta(hours=number / 2 + 1)
            photo = number % self.asked.photos + 1 if self.asked.photos else None
            yield (
                number, self.said(chance, code, 4, 10), f"{SLUG}{number}",
                self.said(chance, code, 8, 20), "".join(f"<p>{each}.</p>" for each in paragraphs),
                paragraphs[0], code, number % (len(SECTIONS) - 1) + 1, photo, "published", at,
                None, None, "", "", None, at, at, 0, at,
            )  # fmt: skip

    PHOTOS = (
        "id", "file", "width", "height", "caption", "credit", "alt_text", "creator", "copyright",
        "rights", "focal_x", "focal_y", "folded", "created_at",
    )  # fmt: skip

    def photos(self, numbers):
        for number in numbers:
            chance = random.Random(f"{self.asked.seed} photo {number}")
            caption, credit = self.said(chance, "en", 6, 16), chance.choice(self.names)
            yield (
                number, f"photos/{SLUG}{number}.jpg", 1200, 800, caption, credit, "", "", "", "",
                50, 50, f"{caption} {credit}".lower(), self.now - self.step * number,
            )  # fmt: skip

    COMMENTS = (
        "id", "forum_id", "parent_id", "thread_id", "depth", "name", "place", "text", "language",
        "mark", "distinction", "status", "submitted_at", "decided_at", "held_by",
        "held_by_rule_id", "flags", "flagged_at", "name_key", "fingerprint",
    )  # fmt: skip

    def comments(self, numbers):
        """Rows of comments, as dicts; to be asked for in order, for replies look back."""
        asked = self.asked
        every = asked.comments / asked.waiting if asked.waiting else 0
        for number in numbers:
            chance = random.Random(asked.seed * 1_000_003 + number)
            forum = self._forum(chance, number)
            code = self.language(forum)
            text, name = self.said(chance, code, 6, 50), chance.choice(self.names)
            status = self._status(chance, number, every)
            at = self.now - self.step * (asked.comments - number + 1)
            parent = self._parent(chance, forum)
            waits = status == "pending"
            held = chance.choice(("rules", "score", "forum", "forum")) if waits else ""
            reported = status == "approved" and number % REPORTED_EVERY == 0
            folded = text.lower()
            row = {
                "id": number, "forum_id": forum, "parent_id": parent[0], "thread_id": parent[1],
                "depth": parent[2], "name": name, "place": "", "text": text, "language": code,
                "mark": "", "distinction": "", "status": status, "submitted_at": at,
                "decided_at": None if waits else at + timedelta(minutes=chance.randint(1, 600)),
                "held_by": held,
                "held_by_rule_id": chance.randint(1, asked.rules)
                if held == "rules" and asked.rules
                else None,
                "flags": 3 if reported else 0, "flagged_at": at if reported else None,
                "name_key": name.lower(),
                "fingerprint": hashlib.blake2b(folded.encode(), digest_size=16).hexdigest(),
            }  # fmt: skip
            row["thread_id"] = row["thread_id"] or number
            if status == "approved":
                recent = self.recent[forum]
                recent.append((number, row["thread_id"], row["depth"] + 1))
                del recent[:-RECENT]
            yield row, f"{name.lower()} {folded}"

    def _forum(self, chance, number):
        if self.asked.forum and number % max(1, self.asked.comments // self.asked.forum) == 0:
            return 1
        # New posts are talked about most, and each a little.
        return 1 + int(self.asked.posts * chance.random() ** 2)

    def _status(self, chance, number, every):
        if every and int(number / every) != int((number - 1) / every):
            return "pending"
        lot = chance.randrange(1000)
        return "rejected" if lot < REJECTED else "spam" if lot < REJECTED + SPAM else "approved"

    def _parent(self, chance, forum):
        recent = self.recent[forum]
        return chance.choice(recent) if recent and chance.random() < 0.55 else (None, None, 0)


class Store:
    """Writes many rows of one table at once, past the models."""

    def __init__(self, connection):
        self.connection = connection

    def __call__(self, table, columns, rows):
        rows = list(rows)
        names = ", ".join(columns)
        if not rows:
            return
        if self.connection.vendor == "postgresql":
            with (
                self.connection.cursor() as cursor,
                cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        rows = [tuple(map(_for_sqlite, row)) for row in rows]
        with self.connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608

    def quickly(self):
        """Let SQLite write many rows, and put them into its indexes when all are there.

        Sorted at once they take half the time. How to make the indexes is kept in a table until
        then, so that a command that was stopped can go on.
        """
        from django.db import transaction

        if self.connection.vendor != "sqlite":
            return
        self._do(
            "PRAGMA synchronous=OFF", "PRAGMA cache_size=-400000", "PRAGMA foreign_keys=OFF",
            f"CREATE TABLE IF NOT EXISTS {LEFT_OUT} (statement text)",
        )  # fmt: skip
        with transaction.atomic(), self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
                "AND tbl_name IN ('comments_comment', 'comments_decision', 'comments_reason')"
            )
            for name, statement in cursor.fetchall():
                cursor.execute(f"INSERT INTO {LEFT_OUT} VALUES (%s)", [statement])  # noqa: S608
                cursor.execute(f'DROP INDEX "{name}"')

    def _make_indexes(self):
        from django.db import transaction

        with transaction.atomic(), self.connection.cursor() as cursor:
            cursor.execute(f"SELECT statement FROM {LEFT_OUT}")  # noqa: S608
            for (statement,) in cursor.fetchall():
                cursor.execute(statement)
            cursor.execute(f"DROP TABLE {LEFT_OUT}")

    def finish(self):
        """What was written past the models is counted, and the database plans for what it holds."""
        from comments import counters

        if self.connection.vendor == "sqlite":
            self._make_indexes()
        counters.count_anew()
        if self.connection.vendor == "sqlite":
            self._do(
                "INSERT INTO comments_words_index (comments_words_index) VALUES ('optimize')",
                "INSERT INTO posts_postwords_index (posts_postwords_index) VALUES ('optimize')",
                "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)",
            )  # fmt: skip
            return
        with self.connection.cursor() as cursor:
            for table in self.connection.introspection.table_names():
                if table.startswith(("posts_", "comments_")):
                    # Numbers were given by hand: the next row must not get one of them again.
                    cursor.execute(
                        "SELECT count(*) FROM information_schema.columns "
                        "WHERE table_name = %s AND column_name = 'id'",
                        [table],
                    )
                    if cursor.fetchone()[0]:
                        cursor.execute(
                            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                            f"(SELECT max(id) FROM {table}))"
                        )
            cursor.execute("ANALYZE")

    def _do(self, *statements):
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _for_sqlite(value):
    """Moments as Django writes them there: in UTC, without saying so."""
    return str(value.replace(tzinfo=None)) if isinstance(value, datetime) else value


def make(asked):
    """Fill the database up to what is asked for. SystemExit if it holds anybody else's posts."""
    from django.db import connection, transaction
    from django.utils import timezone

    from comments.models import Comment, Words
    from posts import body, folding
    from posts.models import Photo, Post

    if Post.objects.exclude(slug__startswith=SLUG).exists():
        sys.exit(
            f"The database {connection.settings_dict['NAME']} has posts that this command did not "
            "make, so nothing was changed. Name an empty one in DATABASE_URL or GANDHARA_DATA."
        )
    store = Store(connection)
    store.quickly()
    first = Post.objects.filter(pk=1).first()
    now = first.published_at + timedelta(hours=1.5) if first else timezone.now()
    site = Site(asked, now.replace(microsecond=0))
    if first is None:
        with transaction.atomic():
            _foundations(asked)
    for model, table, columns, rows in (
        (Photo, "posts_photo", Site.PHOTOS, site.photos),
        (Post, "posts_post", Site.POSTS, site.posts),
    ):
        made = model.objects.count()
        number = asked.photos if model is Photo else asked.posts
        for chunk in _chunks(made, number, table.partition("_")[2] + "s", asked.quiet):
            with transaction.atomic():
                made_up = list(rows(chunk))
                store(table, columns, made_up)
                if model is Post:
                    _beside_posts(store, site, chunk)
                    store(
                        "posts_postwords", ("post_id", "folded", "headline"),
                        (
                            (
                                row[0],
                                folding.searchable(f"{row[1]} {row[3]} {body.plain(row[4])}"),
                                folding.searchable(row[1]),
                            )
                            for row in made_up
                        ),
                    )  # fmt: skip
    made = Comment.objects.count()
    for _row in site.comments(range(1, made + 1)):
        pass  # what came before decides what replies can answer
    for chunk in _chunks(made, asked.comments, "comments", asked.quiet):
        rows = list(site.comments(chunk))
        with transaction.atomic():
            store(
                "comments_comment", Site.COMMENTS,
                ([row[name] for name in Site.COMMENTS] for row, _folded in rows),
            )  # fmt: skip
            store(
                Words._meta.db_table, ("comment_id", "folded"),
                ((row["id"], folded) for row, folded in rows),
            )  # fmt: skip
            _beside_comments(store, [row for row, _folded in rows])
    store.finish()
    return site


def _chunks(made, number, what, quiet):
    from tqdm import tqdm

    with tqdm(total=number, initial=made, desc=what, unit_scale=True, disable=quiet) as bar:
        while made < number:
            chunk = range(made + 1, min(number, made + AT_ONCE) + 1)
            yield chunk
            bar.update(len(chunk))
            made = chunk[-1]


def _foundations(asked):
    from django.contrib.auth.models import Group, User

    from comments.models import Rule
    from posts.models import Author, Section, Tag

    for position, name in enumerate(SECTIONS):
        Section.objects.create(name=name, position=position)
    Author.objects.create(name="Nobody In Particular")
    for number in range(1, asked.tags + 1):
        Tag.objects.create(name=f"Tag {number}")
    for number in range(asked.rules):
        Rule.objects.create(pattern=f"forbidden{number} word{number}")
    moderator = User.objects.create_user("moderator", is_staff=True)
    moderator.groups.set(Group.objects.filter(name="Moderators"))


def _beside_posts(store, site, chunk):
    asked = site.asked
    store(
        "posts_byline", ("post_id", "author_id", "role", "position"), ((n, 1, "", 0) for n in chunk)
    )
    tags = ((number, tag) for number in chunk for tag in site.tags(number))
    store("posts_post_tags", ("post_id", "tag_id"), tags)
    if asked.photos:
        uses = ((number, number % asked.photos + 1) for number in chunk)
        store("posts_photouse", ("post_id", "photo_id"), uses)
    plain = _defaults("comments.Forum")
    rows = ((number, number, *plain.values()) for number in chunk)
    store("comments_forum", ("id", "post_id", *plain), rows)


def _defaults(label):
    """{column: default} of a model's fields, keys and one-to-one fields left out."""
    from django.apps import apps

    return {
        field.column: field.get_default()
        for field in apps.get_model(label)._meta.concrete_fields
        if not field.primary_key and not field.one_to_one
    }


def _beside_comments(store, rows):
    """What the pipeline, moderators and readers leave beside each comment."""
    plain = _defaults("comments.Decision")
    decisions = []
    for row in rows:
        came = "approved" if row["status"] == "approved" and row["id"] % 3 == 0 else "pending"
        birth = {"comment_id": row["id"], "after": came, "at": row["submitted_at"]}
        decisions.append(plain | birth)
        if row["status"] != came:
            code = "insult" if row["status"] == "rejected" else ""
            by_hand = {"before": came, "after": row["status"], "by_id": 1, "code": code}
            decisions.append(plain | birth | by_hand | {"at": row["decided_at"]})
    store("comments_decision", tuple(plain), (tuple(each.values()) for each in decisions))
    plain = _defaults("comments.Reason") | {"details": "{}"}
    reasons = (
        plain | {"comment_id": row["id"], "phase": "forum", "code": "premoderated"}
        for row in rows
        if row["held_by"] == "forum"
    )
    store("comments_reason", tuple(plain), (tuple(each.values()) for each in reasons))
    plain = _defaults("comments.Flag")
    flags = (
        plain | {"comment_id": row["id"], "why": "insult", "at": row["flagged_at"]}
        for row in rows
        for _report in range(row["flags"])
    )
    store("comments_flag", tuple(plain), (tuple(each.values()) for each in flags))


def main():
    asked = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandhara.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    make(asked)


if __name__ == "__main__":
    main()
