"""The article that everybody reads at once: made, and changed again and again.

`python -m benchmarks.breaking_news make 300` adds it, with so many comments, to the site that the
settings name. `… edit` gives it the headline that each line of the input says, and then writes a
line itself: whatever a server has kept is old from that moment on.
"""

import os
import random
import sys
from datetime import timedelta

from benchmarks import make_site

SLUG = f"{make_site.SLUG}breaking-news"
# A page of a forum has 25 threads, each with its first 20 replies: so each page has 300 comments.
OF_A_THREAD = 12
AT_ONCE = 6_000


def make(number):
    """The article with `number` approved comments, in threads of twelve with replies to replies."""
    from django.db import transaction
    from django.utils import timezone

    from comments import counters
    from comments.models import Comment, Forum, Words
    from posts.models import Author, Byline, Post, Section, Tag

    words = make_site.Site(make_site.arguments([]), timezone.now())
    chance = random.Random("breaking news")
    body = "".join(f"<p>{words.said(chance, 'en', 40, 80)}.</p>" for _each in range(8))
    with transaction.atomic():
        post = Post.objects.create(
            headline="The road over the pass is open again", slug=SLUG, body=body,
            summary=words.said(chance, "en", 14, 14), section=Section.objects.first(),
            status=Post.Status.PUBLISHED, published_at=timezone.now() - timedelta(hours=2),
        )  # fmt: skip
        Byline.objects.create(post=post, author=Author.objects.first())
        post.tags.set(Tag.objects.all()[:3])
        forum = Forum.objects.create(post=post, state=Forum.State.OPEN)
    first = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    for start in range(0, number, AT_ONCE):
        rows = [
            _comment(words, chance, forum, first, each)
            for each in range(start, min(number, start + AT_ONCE))
        ]
        with transaction.atomic():
            Comment.objects.bulk_create(rows, batch_size=500)
            Words.remember(rows)
    counters.count_anew([forum.pk])


def _comment(words, chance, forum, first, each):
    """The comment with the number `each`: of every twelve one begins a thread, others answer."""
    from comments.models import Comment

    place = each % OF_A_THREAD
    thread = first + each - place
    # A reply answers the comment with half its place: 0 has 1 and 2, 1 has 3 and 4, and so on.
    parent = thread + (place - 1) // 2 if place else None
    depth = (place + 1).bit_length() - 1
    at = forum.post.published_at + timedelta(milliseconds=100 * each)
    row = Comment(
        pk=first + each, forum=forum, parent_id=parent, thread_id=thread, depth=depth,
        name=chance.choice(words.names), place=chance.choice(words.names),
        text=words.said(chance, "en", 20, 60), status=Comment.Status.APPROVED,
        submitted_at=at, decided_at=at,
    )  # fmt: skip
    row.derive()
    return row


def edit(headlines):
    from posts.models import Post

    post = Post.objects.get(slug=SLUG)
    for headline in headlines:
        post.headline = headline.strip()
        post.save()
        print("changed", flush=True)


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandhara.settings")
    import django

    django.setup()
    from django.db import connection

    if sys.argv[1] == "edit":
        edit(sys.stdin)
        return
    store = make_site.Store(connection)
    store.quickly()
    make(int(sys.argv[2]))
    store.finish()


if __name__ == "__main__":
    main()
