"""How the forum gets into the pages of posts: `{% load comments %}`."""

from django import template

from comments import deciding, markup, pages, reasons, structured_data, text
from comments.controls import controls
from comments.forms import CommentForm
from comments.models import Forum
from posts import canonical, versions
from posts.structured_data import as_script
from posts.views import NotHere

register = template.Library()


@register.inclusion_tag("comments/_forum.html", takes_context=True)
def forum(context, post):
    """The whole discussion of a post: notice, sorting, comments, form.

    Three queries, and one more where the address asks what is new.
    """
    found = _forum_of(post)
    query = context["request"].GET
    try:
        page = pages.forum_page(found, query.get("sort"), query.get("page"))
        sorting = pages.sorting(query.get("sort"))
        news = pages.news(found, query.get("since"))
    except pages.UnknownPage as unknown:
        raise NotHere(str(unknown)) from unknown
    lines = pages.mark_new(page.lines, news)
    here = {line.comment.pk for line in lines}
    return {
        "post": post,
        "forum": found,
        "page": page,
        "lines": lines,
        "sorting": sorting,
        "sortings": [(key, label, pages.query(key, news)) for key, label in pages.SORTINGS.items()],
        "kept": pages.query(sorting, news),
        "news": news,
        "on_page": here,
        "from_now": pages.query(sorting, since=getattr(found, "newest_at", None)),
        "form": CommentForm(post=post),
        "moderator": controls(context["request"], found, lines),
        "messages": context.get("messages"),
    }


def _forum_of(post):
    """Its forum with counts, asked for once: the head of a page and its end speak of it."""
    if not hasattr(post, "counted_forum"):
        post.counted_forum = Forum.objects.with_newest().for_post(post)
    return post.counted_forum


@register.simple_tag
def comments_of_article(post):
    """What an article's structured data say of its comments."""
    return structured_data.of_article(_forum_of(post))


@register.simple_tag(takes_context=True)
def structured_thread(context, post, lines):
    """The comments of a thread's page as search engines read them."""
    address = canonical.address(context["request"].path, context["page"].number)
    return as_script(structured_data.of_thread(post, lines, address))


@register.simple_tag(takes_context=True)
def moderators_controls(context, forum, lines):
    """What a signed-in moderator finds on a page of this forum; None for everybody else."""
    return controls(context["request"], forum, lines)


@register.simple_tag(takes_context=True)
def thread(context, lines):
    """The lists of a page's comments; for a moderator with what stands beside each of them."""
    return markup.thread(
        lines,
        context["post"].slug,
        accepts_comments=context["forum"].accepts_comments,
        beside=_beside(context) if context.get("moderator") else None,
    )


def _beside(context):
    template = context.template.engine.get_template("comments/_moderator_comment.html")

    def drawn(row):
        with context.push(comment=row):
            return template.render(context)

    return drawn


@register.simple_tag
def comment_html(said, post):
    """A comment on a page about it, such as the one that a form answers."""
    return markup.comment(pages.Row.of(said), post.slug)


@register.filter
def seen(comment):
    """What a moderator's form sends back to say which state of a comment it was about."""
    return deciding.seen_of(comment)


@register.filter
def reason_words(reason):
    """What a phase of the pipeline had to say about a comment, in a sentence."""
    return reasons.sentence(reason)


@register.filter
def plain_words(words):
    """A name, place or text where there is no HTML for what a moderator removed from it."""
    return text.plain_words(words)


@register.simple_tag
def comment_counts(posts):
    """How many comments the public sees under each of `posts`, by primary key. One query."""
    versions.made_from(*(versions.forum(post.pk) for post in posts))
    forums = Forum.objects.filter(post__in=[post.pk for post in posts])
    return dict(forums.values_list("post", "shown"))


@register.filter
def count_for(counts, post):
    return counts.get(post.pk, 0)
