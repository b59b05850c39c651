"""What the moderators' pages cost on a grown site: `python -m benchmarks.desk`.

Asks each page of the desk, through Django's test client, of the database that the settings name;
`python -m benchmarks.make_site` fills one. Prints the median of ROUNDS answers, the number of
queries, and the slowest query's own time. Nothing is changed but the sign-in's session.
"""

import os
import statistics
import time

ROUNDS = 7
DESK = "/admin/comments/comment/desk/"


def pages():
    """(what, address) of every page to be asked for."""
    from comments import desk
    from comments.models import Comment, Forum, Rule
    from posts.models import Post, Section

    for queue in desk.QUEUES:
        yield queue, f"{DESK}?queue={queue}"
    busiest = Section.objects.order_by("pk").first()
    empty = Section.objects.order_by("pk").last()
    post = Post.objects.published().newest_first().first()
    old = Post.objects.published().order_by("published_at").first()
    rule = Rule.objects.filter(held__status="pending").first()
    for queue in ("waiting", "recent", "spam"):
        for what, query in (
            ("language", "language=ps"),
            ("section", f"section={busiest.pk}"),
            ("empty section", f"section={empty.pk}"),
            ("busy post", f"post={post.pk}"),
            ("quiet post", f"post={old.pk}"),
            ("age", "age=1w"),
        ):
            yield f"{queue}, {what}", f"{DESK}?queue={queue}&{query}"
    if rule:
        yield "rule, of one", f"{DESK}?queue=rule&rule={rule.pk}"
        yield "rule, all of one", f"{DESK}all/?rule={rule.pk}"
    rows = Comment.objects.pending().order_by("submitted_at")
    middle = rows.values_list("pk", flat=True)[rows.count() // 2]
    yield "waiting, far on", f"{DESK}?queue=waiting&after={middle}"
    comment = Comment.objects.approved().order_by("-decided_at").first()
    often, seldom = _words(comment)
    yield "waiting, frequent word", f"{DESK}?queue=waiting&words={often}"
    yield "waiting, rare word", f"{DESK}?queue=waiting&words={seldom}"
    yield "my decisions", f"{DESK}mine/"
    yield "a comment's page", f"/admin/comments/comment/{comment.pk}/change/"
    yield "list of comments", "/admin/comments/comment/"
    yield "list, a word", f"/admin/comments/comment/?q={often}"
    yield "list of posts", "/admin/posts/post/"
    yield "the admin's first page", "/admin/"
    yield "article", Forum.objects.get(post=post).post.get_absolute_url()
    yield "comment feed", "/comments/feed/"
    yield "front page", "/"


def _words(comment):
    """A word that many comments have, and one that few have, by how long the comment's words are
    looked for."""
    from comments import search

    words = sorted(
        set(comment.text.rstrip(".").split()), key=lambda word: len(search.find(word, 1_000))
    )
    return words[-1], words[0]


def ask(client, address):
    """(median ms, queries, slowest query in ms) of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        response = client.get(address)
        times.append((time.perf_counter() - begun) * 1_000)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    slowest = max((float(each["time"]) for each in queries), default=0)
    return statistics.median(times), len(queries), slowest * 1_000


def main(pages=pages):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandhara.settings")
    os.environ.setdefault("DEBUG", "off")
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client

    from comments.models import Comment

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    staff, public = Client(), Client()
    user, _made = User.objects.get_or_create(
        username="benchmark", defaults={"is_staff": True, "is_superuser": True}
    )
    staff.force_login(user)
    print(f"{connection.vendor}, {Comment.objects.count():,} comments\n")
    print(f"{'page':28} {'median':>9} {'queries':>8} {'slowest query':>14}")
    for what, address in pages():
        client = staff if address.startswith("/admin") else public
        median, number, slowest = ask(client, address)
        print(f"{what:28} {median:6.0f} ms {number:8} {slowest:11.0f} ms", flush=True)


if __name__ == "__main__":
    main()
