"""What readers do in a forum: comment, reply, read one thread, look at a receipt."""

from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments import moderation, pages
from comments.forms import CommentForm
from comments.models import Comment, Forum
from comments.receipts import comment_of, receipt_address
from comments.same_origin import same_origin_required
from posts.models import Post
from posts.views import NotHere, public


def form_page(request, form, status=200, refusal=""):
    """The form on a page of its own: for replies, and to give a refused text back."""
    context = {
        "form": form,
        "post": form.post,
        "parent": form.parent,
        "forum": Forum.objects.for_post(form.post),
        "refusal": refusal,
    }
    response = render(request, "comments/form_page.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def refuse_foreign(request, slug, pk=None):
    """The answer to a form that did not come from a page of this site."""
    post = get_object_or_404(Post.objects.published(), slug=slug)
    parent = Comment.objects.approved().filter(forum__post=post, pk=pk).first()
    return form_page(
        request,
        CommentForm(request.POST, post=post, parent=parent),
        status=403,
        refusal=_(
            "Your browser did not say that this form came from our page, so nothing was stored. "
            "Your text is below: please send it again from here."
        ),
    )


def answer(request, post, parent=None):
    """GET shows the form, POST takes it: to the receipt if stored, else the form with the text."""
    if request.method != "POST":
        return form_page(request, CommentForm(post=post, parent=parent))
    if len(request.body) < int(request.META.get("CONTENT_LENGTH") or 0):
        # The line broke while the text was on its way; half a text is nobody's comment.
        raise BadRequest(_("Only a part of the form arrived, so nothing was stored."))
    form = CommentForm(request.POST, post=post, parent=parent)
    forum = Forum.objects.for_post(post)
    if forum.accepts_comments and not form.is_valid():
        return form_page(request, form, status=422)
    try:
        if not forum.accepts_comments:
            raise moderation.Refused(_("This forum has been closed."))
        comment = moderation.submit(form.submission())
    except moderation.Refused as refused:
        return form_page(request, form, status=403, refusal=str(refused))
    return redirect(receipt_address(comment))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_required(refuse_foreign)
def new(request, slug):
    return answer(request, get_object_or_404(Post.objects.published(), slug=slug))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_required(refuse_foreign)
def reply(request, slug, pk):
    post = get_object_or_404(Post.objects.published(), slug=slug)
    parent = Comment.objects.approved().filter(forum__post=post, pk=pk).first()
    if parent is None and request.method == "POST":
        return form_page(
            request,
            CommentForm(request.POST, post=post),
            status=404,
            refusal=_(
                "The comment that you answer is not here, so nothing was stored. Your text is "
                "below: you can send it as a comment of its own."
            ),
        )
    if parent is None:
        raise NotHere(_("The comment that you want to answer is not here."))
    return answer(request, post, parent)


@public
def comment(request, slug, pk):
    """A comment's permanent address: its thread, on the page that the comment stands on."""
    post = get_object_or_404(Post.objects.published().select_related("section"), slug=slug)
    found = get_object_or_404(Comment.objects.select_related("thread"), forum__post=post, pk=pk)
    if found.pk != found.thread_id:
        if not found.is_shown:
            raise NotHere(_("This comment is not here."))
        number = pages.thread_page_of(found)
        address = found.thread.get_absolute_url()
        return redirect(f"{address}{f'?page={number}' if number > 1 else ''}#{found.anchor}")
    try:
        page = pages.thread_page(found, request.GET.get("page"))
    except pages.UnknownPage as unknown:
        raise NotHere(str(unknown)) from unknown
    if not page.lines:
        raise NotHere(_("This comment is not here."))
    pages.silence([found])
    context = {"post": post, "page": page, "forum": Forum.objects.for_post(post), "thread": found}
    return render(request, "comments/thread.html", context)


@never_cache
@require_safe
def receipt(request, token):
    comment = comment_of(token)
    if comment is None:
        raise NotHere(_("This receipt is not ours, or its comment is gone."))
    response = render(request, "comments/receipt.html", {"comment": comment})
    response["X-Robots-Tag"] = "noindex"
    return response
