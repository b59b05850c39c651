"""What readers do in a forum: comment, reply, read one thread, report, look after a receipt."""

from functools import wraps

from django.core.exceptions import BadRequest
from django.db.models import CharField, DateTimeField
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments import flags, limits, moderation, pages, receipts
from comments import text as texts
from comments.forms import CommentForm, ReportForm
from comments.models import Comment, Forum
from comments.same_origin import same_origin_required
from posts import editions
from posts.models import Post
from posts.prepared import Given, Prepared
from posts.views import PAGED, NotHere, public

FOREIGN = _lazy(
    "Your browser did not say that this form came from our page, so nothing was stored. "
    "Your text is below: please send it again from here."
)
FOREIGN_STEP = _lazy(
    "Your browser did not say that this came from our page, so nothing was changed. "
    "Please do it again from here."
)
DECIDED_MEANWHILE = _lazy(
    "Meanwhile it was decided on, so it can't be corrected any more. Your text is below."
)


# The rest of a post is fetched where a page shows it after all.
_POST = Prepared(
    lambda: (
        Post.objects.published(at=Given("at", DateTimeField()))
        .filter(slug=Given("slug", CharField()))
        .defer("body", "opening")
        .order_by()
    )
)
_ANSWERED = Prepared(
    lambda: Comment.objects.approved().filter(forum__post=Given("post"), pk=Given("pk")).order_by()
)


def post_at(slug):
    """The public post with this slug, whose language the page then speaks; 404 if there is none."""
    post = _POST.first(slug=slug, at=timezone.now())
    if post is None:
        raise Http404
    editions.speak(post.language)
    return post


def readers_form(refuse):
    """A view that shows a form and takes it: from our own pages only, kept by no cache.

    `refuse(request, …)` answers a form that did not come from a page of this site.
    """

    def decorate(view):
        @wraps(view)
        def taken_whole(request, *args, **kwargs):
            if request.method == "POST" and _is_cut_off(request):
                # The line broke while it was on its way; half a text is nobody's comment.
                raise BadRequest(_("Only a part of the form arrived, so nothing was stored."))
            return _unlogged(view(request, *args, **kwargs))

        @wraps(view)
        def refused(request, *args, **kwargs):
            return _unlogged(refuse(request, *args, **kwargs))

        checked = same_origin_required(refused)(taken_whole)
        return never_cache(require_http_methods(["GET", "HEAD", "POST"])(checked))

    return decorate


def _is_cut_off(request):
    announced = request.META.get("CONTENT_LENGTH") or ""
    return announced.isdecimal() and len(request.body) < int(announced)


def _unlogged(response):
    """Keep an answer to a reader out of the log, whose lines quote addresses and so receipts."""
    response._has_been_logged = True
    response["X-Robots-Tag"] = "noindex"
    return response


def form_page(request, form, status=200, refusal="", retry_after=0, **context):
    """The form on a page of its own: for replies, and to give a refused text back."""
    forum = Forum.objects.for_post(form.post)
    context = {
        "form": form,
        "post": form.post,
        "parent": form.parent,
        "forum": forum,
        "refusal": refusal,
        "is_taken": forum.accepts_comments,
        **context,
    }
    response = render(request, "comments/form_page.html", context, status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def refusal_page(request, form, refused, **context):
    """The form with what moderation.Refused says, at the field that it is about."""
    if refused.field in form.fields:
        form.add_error(refused.field, str(refused))
    status = 429 if refused.retry_after else 422 if refused.field else 403
    return form_page(
        request, form, status, refusal=str(refused), retry_after=refused.retry_after, **context
    )


def refuse_foreign(request, slug, pk=None):
    """The answer to a form that did not come from a page of this site."""
    post = post_at(slug)
    parent = Comment.objects.approved().filter(forum__post=post, pk=pk).first()
    form = CommentForm(request.POST, post=post, parent=parent)
    return form_page(request, form, status=403, refusal=FOREIGN)


def answer(request, post, parent=None):
    """GET shows the form, POST takes it: to the receipt if stored, else the form with the text."""
    if request.method != "POST":
        return form_page(request, CommentForm(post=post, parent=parent, own_page=True))
    form = CommentForm(request.POST, post=post, parent=parent)
    forum = moderation.forum_of(post)
    if not forum.accepts_comments:
        return form_page(request, form, status=403, refusal=forum.closing_words)
    if not form.is_valid():
        return form_page(request, form, status=422)
    if warning := form.unseen_details():
        return form_page(request, form, status=422, warning=warning)
    submission = form.submission(limits.sender_of(request), forum)
    try:
        comment = moderation.submit(submission)
    except moderation.Refused as refused:
        return refusal_page(request, form, refused)
    return redirect(receipts.receipt_for(submission, comment))


@readers_form(refuse_foreign)
def new(request, slug):
    return answer(request, post_at(slug))


@readers_form(refuse_foreign)
def reply(request, slug, pk):
    post = post_at(slug)
    parent = _ANSWERED.first(post=post.pk, pk=pk)
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


@public(asks=PAGED)
def comment(request, slug, pk):
    """A comment's permanent address: its thread, on the page that the comment stands on."""
    post = post_at(slug)
    found = get_object_or_404(Comment.objects.select_related("thread"), forum__post=post, pk=pk)
    if found.pk != found.thread_id:
        if not found.is_shown:
            raise NotHere(_("This comment is not here."))
        number = pages.thread_page_of(found)
        address = reverse("comments:comment", args=[slug, found.thread_id])
        return redirect(f"{address}{f'?page={number}' if number > 1 else ''}#{found.anchor}")
    try:
        page = pages.thread_page(found, request.GET.get("page"))
    except pages.UnknownPage as unknown:
        raise NotHere(str(unknown)) from unknown
    if not page.lines:
        raise NotHere(_("This comment is not here."))
    context = {
        "post": post, "page": page, "forum": Forum.objects.for_post(post),
        "thread": pages.Row.of(found),
    }  # fmt: skip
    return render(request, "comments/thread.html", context)


# Reports


def report_page(request, slug, pk, form, *, status=200, refusal=""):
    """The form of a report; without the comment, only what the reader wrote is given back."""
    post = post_at(slug)
    found = Comment.objects.approved().filter(forum__post=post, pk=pk).first()
    if found is None and not form.is_bound:
        raise NotHere(_("This comment is not here any more, so there is nothing to report."))
    context = {"post": post, "comment": found, "form": form, "refusal": refusal}
    return render(request, "comments/report.html", context, status=status)


def refuse_foreign_report(request, slug, pk):
    return report_page(request, slug, pk, ReportForm(request.POST), status=403, refusal=FOREIGN)


@readers_form(refuse_foreign_report)
def report(request, slug, pk):
    """A reader tells moderators about a comment: GET shows the form, POST takes it."""
    if request.method != "POST":
        return report_page(request, slug, pk, ReportForm())
    post = post_at(slug)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return report_page(request, slug, pk, form, status=422)
    found = Comment.objects.approved().filter(forum__post=post, pk=pk).first()
    try:
        flags.report(
            found, form.cleaned_data["why"], form.cleaned_data["words"], limits.sender_of(request)
        )
    except flags.Gone as gone:
        return report_page(request, slug, pk, form, status=404, refusal=str(gone))
    except flags.TooMany as refused:
        response = report_page(request, slug, pk, form, status=429, refusal=str(refused))
        response["Retry-After"] = str(refused.retry_after)
        return response
    return redirect("comments:reported", slug, pk)


@never_cache
@require_safe
def reported(request, slug, pk):
    """The thanks after a report; the comment can be gone by now."""
    post = post_at(slug)
    response = render(request, "comments/report_thanks.html", {"post": post, "pk": pk})
    response["X-Robots-Tag"] = "noindex"
    return response


# Receipts


def _opened(token):
    """The receipt that a token opens; 404 with the reason if it opens none."""
    found = receipts.receipt_of(token)
    if found is None:
        raise NotHere(_("This receipt is not ours, or its comment is gone."))
    editions.speak(found.comment.forum.post.language)
    if found.has_expired:
        raise NotHere(
            ngettext(
                "This receipt has expired: a receipt works for %(days)d day.",
                "This receipt has expired: a receipt works for %(days)d days.",
                found.works_for_days,
            )
            % {"days": found.works_for_days}
        )
    return found


def receipt_page(request, found, status=200, refusal=""):
    context = {"receipt": found, "comment": found.comment, "refusal": refusal}
    response = render(request, "comments/receipt.html", context, status=status)
    return _unlogged(response)


@never_cache
@require_safe
def receipt(request, token):
    return receipt_page(request, _opened(token))


def refuse_foreign_step(request, token):
    """The answer to a receipt's button that was not pressed on a page of this site."""
    return receipt_page(request, _opened(token), 403, FOREIGN_STEP)


def holders_form(refuse):
    """A `readers_form` for the holder of a full receipt; the view gets it in place of the token."""

    def decorate(view):
        @wraps(view)
        def opened(request, token):
            found = _opened(token)
            if not found.is_full:
                return receipt_page(
                    request, found, 403, _("This receipt only shows what became of the comment.")
                )
            return view(request, found)

        return readers_form(refuse)(opened)

    return decorate


def correction_form(found, data=None):
    comment = found.comment
    initial = {
        field: texts.plain_words(getattr(comment, field)) for field in ("name", "place", "text")
    }
    return CommentForm(data, initial=initial, post=comment.forum.post, corrects=comment)


def correction_page(request, found, form, status=200, **context):
    """The form with a pending comment's words; once it is decided, its words only."""
    return form_page(request, form, status, receipt=found, is_taken=found.can_correct, **context)


def refuse_foreign_correction(request, token):
    found = _opened(token)
    if not found.is_full:
        return receipt_page(request, found, 403, FOREIGN_STEP)
    return correction_page(
        request, found, correction_form(found, request.POST), 403, refusal=FOREIGN
    )


@holders_form(refuse_foreign_correction)
def correct(request, found):
    """A pending comment's author puts other words in place of the first ones."""
    if request.method != "POST":
        if found.can_correct:
            return correction_page(request, found, correction_form(found))
        return redirect("comments:receipt", found.token)
    form = correction_form(found, request.POST)
    if not found.can_correct:
        return correction_page(request, found, form, 409, refusal=DECIDED_MEANWHILE)
    warning = form.unseen_details() if form.is_valid() else None
    if form.errors or warning:
        return correction_page(request, found, form, 422, warning=warning)
    try:
        moderation.correct(form.submission(limits.sender_of(request)))
    except moderation.Refused as refused:
        found.comment.refresh_from_db()
        return refusal_page(request, form, refused, receipt=found, is_taken=found.can_correct)
    return redirect("comments:receipt", found.token)


@holders_form(refuse_foreign_step)
def withdraw(request, found):
    """A comment's author takes it back, after one question."""
    if request.method == "POST":
        receipts.withdraw(found.comment)
    if request.method == "POST" or not found.can_withdraw:
        return redirect("comments:receipt", found.token)
    context = {"receipt": found, "comment": found.comment}
    return render(request, "comments/receipt_withdraw.html", context)


@holders_form(refuse_foreign_step)
def another_look(request, found):
    """A refused comment's author asks, once, that a moderator reads it again."""
    if request.method == "POST":
        try:
            receipts.ask_for_another_look(found.comment)
        except receipts.NoOtherLook as late:
            found.comment.refresh_from_db()
            return receipt_page(request, found, 409, str(late))
    return redirect("comments:receipt", found.token)
