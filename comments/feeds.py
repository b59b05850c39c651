"""Feeds of approved comments: of the whole site, and of one post.

RSS 2.0 with `dc:creator` for the name, and `thr:in-reply-to` (RFC 4685) for what a reply answers.
Newest by the moment of publishing: a comment that waited long is new to whoever follows the feed.
"""

from django.contrib.syndication.views import Feed
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from comments import text as texts
from comments.models import Comment
from posts.feeds import absolute, fit, isolated, lasting_name
from posts.models import Blog, Post
from posts.views import public

# Of the site and of a post. A post's own comments are read from the beginning of its discussion.
NEWEST, NEWEST_OF_POST = 50, 100

_THREADING = "http://purl.org/syndication/thread/1.0"


class _Rss(Rss201rev2Feed):
    def rss_attributes(self):
        return {**super().rss_attributes(), "xmlns:thr": _THREADING}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["answers"]:
            handler.addQuickElement(
                "thr:in-reply-to", attrs={"ref": item["answers"][0], "href": item["answers"][1]}
            )


def _guid(comment):
    return lasting_name("comment", comment, comment.submitted_at)


def _address(comment):
    return absolute(comment.get_absolute_url())


class SiteFeed(Feed):
    feed_type = _Rss
    item_guid_is_permalink = False

    def get_object(self, request):
        return Blog.current()

    def title(self, blog):
        return fit(_("Comments on %(blog)s") % {"blog": isolated(blog.title)})

    def description(self, blog):
        return _("What readers wrote, after moderation.")

    def link(self, blog):
        return absolute(reverse("posts:front"))

    def feed_url(self, blog):
        return absolute(reverse("comments:feed"))

    def tongue(self, blog):
        return blog.language

    def items(self, blog):
        public = Post.objects.published().filter(forum=OuterRef("forum"))
        return self.newest(Comment.objects.filter(Exists(public)), NEWEST)

    def newest(self, comments, most):
        """The newest approved ones of `comments`, in two steps: keys by an index, then the rest."""
        keys = list(
            comments.approved()
            .filter(decided_at__isnull=False)
            .order_by("-decided_at", "-pk")
            .values_list("pk", flat=True)[:most]
        )
        found = Comment.objects.select_related("forum__post", "parent").in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def get_feed(self, obj, request):
        # Django's own answer would name the host that was asked; addresses here are the site's.
        feed = super().get_feed(obj, request)
        feed.feed["language"] = self.tongue(obj)
        return feed

    def item_title(self, comment):
        words = {
            "name": isolated(texts.plain_words(comment.name)),
            "headline": isolated(comment.forum.post.headline),
        }
        return fit(_("%(name)s on %(headline)s") % words)

    def item_description(self, comment):
        return fit(comment.html)

    def item_link(self, comment):
        return _address(comment)

    def item_guid(self, comment):
        return _guid(comment)

    def item_author_name(self, comment):
        return fit(texts.plain_words(comment.name))

    def item_pubdate(self, comment):
        return comment.decided_at

    def item_extra_kwargs(self, comment):
        parent = comment.parent
        if parent is None or not parent.is_shown:
            return {"answers": None}
        parent.forum = comment.forum
        return {"answers": (_guid(parent), _address(parent))}


class PostFeed(SiteFeed):
    def get_object(self, request, slug):
        return get_object_or_404(Post.objects.published(), slug=slug)

    def title(self, post):
        return fit(_("Comments on %(post)s") % {"post": isolated(post.headline)})

    def link(self, post):
        return absolute(post.get_absolute_url())

    def feed_url(self, post):
        return absolute(reverse("comments:post_feed", args=[post.slug]))

    def tongue(self, post):
        return post.language

    def items(self, post):
        return self.newest(Comment.objects.filter(forum__post=post), NEWEST_OF_POST)


of_site = public(SiteFeed())
of_post = public(PostFeed())
