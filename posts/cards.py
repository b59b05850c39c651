"""Cards at their addresses: the pictures for links to what has no photo (`posts.card_drawing`).

A card's name holds a hash of what it says, for those who show links keep pictures by address. It
can be asked for as long as its post is public, and goes with it.
"""

import hashlib

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response

from posts import card_drawing, editions, languages
from posts.card_drawing import Card
from posts.models import Blog, Post
from posts.views import gone_or_moved, public


def of_post(post, blog):
    """What the card of a post says; `blog` speaks the post's language (`Blog.spoken`)."""
    return Card(
        title=blog.title,
        headline=post.headline,
        kicker=post.section.label if post.section else "",
        language=post.language,
    )


def of_blog(blog):
    """What the card of the edition that is spoken says, for pages that are lists."""
    headline = blog.tagline or blog.title
    return Card(title=blog.title, headline=headline, language=languages.spoken().code)


def name(card):
    """What stands in a card's address: other words, or another way of drawing, another name."""
    said = repr((card_drawing.RECIPE, card)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(said).hexdigest()[:12]


def address_of_post(post, blog):
    return reverse("posts:card", args=[post.slug, name(of_post(post, blog))])


def address_of_blog(blog):
    return reverse("posts:blog_card", args=[name(of_blog(blog))])


@public
def post_card(request, slug, asked):
    """The card of a public post; under a former name, the way to the present one."""
    post = Post.objects.published().select_related("section").filter(slug=slug).first()
    if post is None:
        return gone_or_moved(request, slug)
    editions.speak(post.language)
    card = of_post(post, Blog.spoken())
    if asked != name(card):
        return redirect("posts:card", slug, name(card))
    return _drawn(request, card)


@public
def blog_card(request, asked):
    card = of_blog(Blog.spoken())
    if asked != name(card):
        return redirect("posts:blog_card", name(card))
    return _drawn(request, card)


def _drawn(request, card):
    etag = f'"{name(card)}"'
    # Before the drawing, which is what takes time.
    if (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    return HttpResponse(card_drawing.png(card), content_type="image/png", headers={"ETag": etag})
