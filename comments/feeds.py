"""Feeds of approved comments: of the whole site, and of one post, in each format.

`thr:in-reply-to` (RFC 4685) names what a comment answers: another comment, or the post. Newest by
the moment of publishing: a comment that waited long is new to whoever follows the feed.
"""

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from comments import text as texts
from comments.models import Comment, Forum
from posts import editions, languages, versions
from posts.feed_formats import Discussion, Entry, Head, Person, answer
from posts.feeds import absolute, feed, isolated, lasting_name, name_of, own_addresses
from posts.models import Post

# Of the site and of a post. A post's own comments are read from the beginning of its discussion.
NEWEST, NEWEST_OF_POST = 50, 100


def discussions_of(posts):
    """What feeds of posts tell of the comments on these; see `posts.feeds`. One query."""
    versions.made_from(*(versions.forum(post.pk) for post in posts))
    told = {
        post: (count, newest_at)
        for post, count, newest_at in Forum.objects.with_newest()
        .filter(post__in=[post.pk for post in posts], shown__gt=0)
        .values_list("post", "shown", "newest_at")
    }
    return {
        post.pk: Discussion(
            f"{absolute(post.get_absolute_url())}#forum",
            own_addresses("comments:post_feed", post.slug),
            *told.get(post.pk, ()),
        )
        for post in posts
    }


def newest(comments, most):
    """The newest approved ones of `comments`, in two steps: keys by an index, then the rest."""
    keys = list(
        comments.approved()
        .filter(decided_at__isnull=False)
        .order_by("-decided_at", "-pk")
        .values_list("pk", flat=True)[:most]
    )
    found = Comment.objects.select_related("forum__post", "parent").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _name(comment):
    return lasting_name("comment", comment, comment.submitted_at)


def _address(comment):
    return absolute(comment.get_absolute_url())


def _answered(comment):
    """The name and the address of what it answers; None for a comment that is hidden now."""
    post, parent = comment.forum.post, comment.parent
    if parent is None:
        return name_of(post), absolute(post.get_absolute_url())
    # Its address is made from the post's, which need not be asked for again.
    parent.forum = comment.forum
    return (_name(parent), _address(parent)) if parent.is_shown else None


def _entry(comment):
    name = texts.plain_words(comment.name)
    words = {"name": isolated(name), "headline": isolated(comment.forum.post.headline)}
    language = languages.language_of(comment.language)
    return Entry(
        name=_name(comment),
        address=_address(comment),
        title=_("%(name)s on %(headline)s") % words,
        html=format_html(
            '<div lang="{}" dir="{}">{}</div>', language.code, language.direction, comment.html
        ),
        language=language.code,
        published_at=comment.decided_at,
        updated_at=comment.decided_at,
        summary=Truncator(texts.plain_words(comment.text)).words(30, truncate=" …"),
        people=(Person(name),),
        answers=_answered(comment),
    )


def _feed(blog, format_name, comments, name, *args, title, address, most):
    head = Head(
        title=title,
        about=_("What readers wrote, after moderation."),
        address=absolute(address),
        own=own_addresses(name, *args),
        language=languages.spoken().code,
        publisher=blog.said("title"),
    )
    return answer(format_name, head, [_entry(each) for each in newest(comments, most)])


@feed
def of_site(blog, format_name):
    versions.made_from(versions.COMMENTS)
    public_posts = Post.objects.published().filter(forum=OuterRef("forum"))
    return _feed(
        blog, format_name, Comment.objects.filter(Exists(public_posts)), "comments:feed",
        title=_("Comments on %(blog)s") % {"blog": isolated(blog.said("title"))},
        address=reverse("posts:front"), most=NEWEST,
    )  # fmt: skip


@feed
def of_post(blog, format_name, slug):
    post = get_object_or_404(Post.objects.published(), slug=slug)
    comments = Comment.objects.filter(forum__post=post)
    versions.made_from(versions.forum(post.pk))
    with editions.speaking(post.language):
        return _feed(
            blog, format_name, comments, "comments:post_feed", post.slug,
            title=_("Comments on %(post)s") % {"post": isolated(post.headline)},
            address=post.get_absolute_url(), most=NEWEST_OF_POST,
        )  # fmt: skip
