"""The one view, and addresses for all that the page links to."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from benchmarks.plain.models import Post, Section


def article(request, slug):
    """A post with all its comments: six queries, however many those are."""
    posts = Post.objects.select_related("section", "forum").prefetch_related("authors", "tags")
    post = get_object_or_404(posts, slug=slug, status="published")
    comments = list(post.forum.comments.filter(status="approved"))
    by_pk = {comment.pk: comment for comment in comments}
    for comment in comments:
        comment.replies = []
    for comment in comments:
        comment.answers = by_pk.get(comment.parent_id)
        if comment.answers:
            comment.answers.replies.append(comment)
    context = {
        "post": post,
        "comments": comments,
        "threads": [comment for comment in comments if not comment.answers],
        "sections": Section.objects.all(),
        "related": Post.objects.filter(section=post.section, status="published")
        .exclude(pk=post.pk)
        .order_by("-published_at")
        .defer("body")[:3],
    }
    return render(request, "article.html", context)


def elsewhere(request, *args, **kwargs):
    return HttpResponse("Only the article is measured.")


urlpatterns = [
    path("", elsewhere, name="front"),
    path("a/<slug:slug>/", article, name="article"),
    path("a/<slug:slug>/comments/feed/", elsewhere, name="comment_feed"),
    path("a/<slug:slug>/comments/<int:pk>/", elsewhere, name="comment"),
    path("a/<slug:slug>/comments/<int:pk>/reply/", elsewhere, name="reply"),
    path("a/<slug:slug>/comments/<int:pk>/report/", elsewhere, name="report"),
    path("section/<slug:slug>/", elsewhere, name="section"),
    path("author/<slug:slug>/", elsewhere, name="author"),
    path("tag/<slug:slug>/", elsewhere, name="tag"),
    path("archive/", elsewhere, name="archive"),
    path("about/", elsewhere, name="about"),
    path("search/", elsewhere, name="search"),
    path("feed/", elsewhere, name="feed"),
]
