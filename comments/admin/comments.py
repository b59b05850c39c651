"""The list of comments, and a comment's own page."""

import re

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from comments import deciding, search
from comments.admin import comment_page
from comments.admin import desk as desk_pages
from comments.controls import address_after
from comments.distinction import distinguish
from comments.models import Comment, Decision, Forum, NameNote
from comments.text import plain_words
from posts.models import Post

# More digits than these no key has, and the database refuses them.
NUMBER = re.compile("[0-9]{1,18}")
# The newest ones that a search looks among before the list's own filters.
MOST_FOUND = 1_000
DECISIONS = {
    "approve": Comment.Status.APPROVED,
    "reject": Comment.Status.REJECTED,
    "spam": Comment.Status.SPAM,
}


class WaitingFirst(admin.SimpleListFilter):
    """Status, with what waits as the list that a moderator meets first."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [*Comment.Status.choices, ("all", _("All"))]

    def choices(self, changelist):
        chosen = self.value() or Comment.Status.PENDING
        for value, label in self.lookup_choices:
            yield {
                "selected": value == chosen,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request, queryset):
        chosen = self.value() or Comment.Status.PENDING
        return queryset if chosen == "all" else queryset.filter(status=chosen)


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """Comments are decided on, never rewritten and never deleted here."""

    list_display = ("said", "who", "on_post", "status", "submitted_at")
    list_filter = (WaitingFirst, "language", "forum__post__section", "submitted_at")
    search_fields = ("words__folded",)
    search_help_text = _("Words of the comment, its name or its place, in any spelling.")
    list_select_related = ("forum__post", "parent")
    list_per_page = 50
    ordering = ("submitted_at", "pk")
    show_full_result_count = False
    actions = ("approve", "reject", "mark_as_spam")
    change_form_template = "admin/comments/comment/change_form.html"

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_search_results(self, request, queryset, search_term):
        """From the index of words, however many comments there are (comments.search)."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=search.find(search_term, MOST_FOUND)), False

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj is not None and obj.is_shown else None

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return self.has_moderate_permission(request)

    def has_moderate_permission(self, request):
        return request.user.has_perm("comments.moderate_comment")

    @admin.display(description=_("comment"))
    def said(self, comment):
        text = plain_words(comment.text)
        text = text if len(text) <= 400 else text[:400] + " …"
        said = format_html('<span class="said" dir="auto">{}</span>', text)
        if comment.parent is None:
            return said
        return format_html(
            '<span class="quiet">{} <bdi>{}</bdi></span>{}',
            _("answers"),
            plain_words(comment.parent.name),
            said,
        )

    @admin.display(description=_("by"), ordering="name")
    def who(self, comment):
        return format_html(
            '<bdi>{}</bdi><br><bdi class="quiet">{}</bdi>',
            plain_words(comment.name),
            plain_words(comment.place),
        )

    @admin.display(description=_("post"))
    def on_post(self, comment):
        post = comment.forum.post
        return format_html('<a href="{}" dir="auto">{}</a>', post.get_absolute_url(), post)

    def _say_decided(self, request, number, decision):
        if not number:
            said = _("Nothing changed: it was decided so already, or its author withdrew it.")
            self.message_user(request, said, messages.WARNING)
            return
        self.message_user(
            request,
            ngettext(
                "%(number)d comment is now: %(status)s.",
                "%(number)d comments are now: %(status)s.",
                number,
            )
            % {"number": number, "status": Comment.Status(decision).label},
            messages.SUCCESS,
        )

    def _decide(self, request, queryset, decision):
        number = queryset.moderate(decision, by=request.user)
        self._say_decided(request, number, decision)

    @admin.action(description=_("Approve"), permissions=["moderate"])
    def approve(self, request, queryset):
        self._decide(request, queryset, Comment.Status.APPROVED)

    @admin.action(description=_("Reject"), permissions=["moderate"])
    def reject(self, request, queryset):
        self._decide(request, queryset, Comment.Status.REJECTED)

    @admin.action(description=_("Mark as spam"), permissions=["moderate"])
    def mark_as_spam(self, request, queryset):
        self._decide(request, queryset, Comment.Status.SPAM)

    def get_urls(self):
        def at(route, view, name):
            guarded = self.admin_site.admin_view(require_POST(self._for_moderators(view)))
            return path(route, guarded, name=f"comments_comment_{name}")

        return [
            *desk_pages.urls(self),
            at("<int:pk>/decide/", self.decide, "decide"),
            at("<int:pk>/redact/", self.redact, "redact"),
            at("<int:pk>/distinguish/", self.distinguish, "distinguish"),
            at("<int:pk>/note/", self.add_note, "note"),
            at("notes/<int:pk>/delete/", self.delete_note, "note_delete"),
            at("forum/<int:pk>/", self.set_forum, "forum"),
            *super().get_urls(),
        ]

    def _for_moderators(self, view):
        def guarded(request, pk):
            if not self.has_moderate_permission(request):
                raise PermissionDenied
            return view(request, pk)

        return guarded

    # A comment's own page

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The comment in its context. It is only read here; each form has its own address."""
        comment = comment_page.found(int(object_id)) if NUMBER.fullmatch(object_id) else None
        if not self.has_view_or_change_permission(request, comment):
            raise PermissionDenied
        if comment is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self._page(request, comment)

    def _page(self, request, comment, status=200, **forms):
        context = {
            **self.admin_site.each_context(request),
            **comment_page.context_of(comment),
            "title": _("Comment #%(number)s") % {"number": comment.pk},
            "opts": self.opts,
            "may_decide": self.has_moderate_permission(request),
            "note_form": comment_page.NoteForm(),
            "redaction_form": comment_page.RedactionForm(),
            **forms,
        }
        return TemplateResponse(request, self.change_form_template, context, status=status)

    def _back_to(self, pk):
        return redirect("admin:comments_comment_change", pk)

    def decide(self, request, pk):
        """One decision; then on to `next`, or to the next comment that waits.

        `saw` is `deciding.seen_of` as the moderator saw it: what changed meanwhile stays as it is.
        """
        decision = DECISIONS.get(request.POST.get("decision"))
        if decision is None:
            raise PermissionDenied
        code = request.POST.get("code", "") if decision == Comment.Status.REJECTED else ""
        if code and code not in Decision.Code.values:
            raise BadRequest
        comment = get_object_or_404(Comment, pk=pk)
        saw = request.POST.get("saw") or deciding.seen_of(comment)
        (outcome,) = deciding.decide({pk: saw}, decision, request.user, code)
        if outcome.decision:
            self._say_decided(request, 1, decision)
        else:
            self.message_user(request, outcome.words, messages.WARNING)
        address = reverse("admin:comments_comment_change", args=[pk])
        back = format_html('<a href="{}">{}</a>', address, _("Back to that comment"))
        self.message_user(request, back)
        return redirect(address_after(request, self._following(pk)))

    def _following(self, pk):
        following = Comment.objects.pending().exclude(pk=pk).oldest_first().first()
        if following is None:
            return reverse("admin:comments_comment_changelist")
        return reverse("admin:comments_comment_change", args=[following.pk])

    def redact(self, request, pk):
        """Remove a passage for good; a form that is refused comes back with its words."""
        comment = get_object_or_404(Comment, pk=pk)
        form = comment_page.RedactionForm(request.POST)
        if not form.redact(comment, request.user):
            return self._page(request, comment_page.found(pk), 422, redaction_form=form)
        self.message_user(
            request, _("The words were removed. Readers see a mark there."), messages.SUCCESS
        )
        return self._back_to(pk)

    def distinguish(self, request, pk):
        comment = get_object_or_404(Comment, pk=pk)
        chosen = request.POST.get("distinction")
        if chosen not in Comment.Distinction.values:
            raise BadRequest
        if distinguish(comment, chosen, request.user):
            label = Comment.Distinction(chosen).label
            said = _("Distinction: %(distinction)s") % {"distinction": label}
            self.message_user(request, said, messages.SUCCESS)
        else:
            self.message_user(request, _("Nothing changed: it was so already."), messages.WARNING)
        return self._back_to(pk)

    def add_note(self, request, pk):
        """A note on the name that a comment carries; an erased one carries none."""
        comment = get_object_or_404(Comment.objects.exclude(name_key=""), pk=pk)
        form = comment_page.NoteForm(request.POST)
        if not form.is_valid():
            return self._page(request, comment_page.found(pk), 422, note_form=form)
        form.instance.name_key, form.instance.by = comment.name_key, request.user
        form.save()
        self.message_user(request, _("The note was kept."), messages.SUCCESS)
        return self._back_to(pk)

    def delete_note(self, request, pk):
        note = get_object_or_404(NameNote, pk=pk)
        if note.by != request.user:
            raise PermissionDenied(_("Only who wrote a note can delete it."))
        note.delete()
        self.message_user(request, _("The note was deleted."), messages.SUCCESS)
        return redirect(address_after(request, reverse("admin:comments_comment_changelist")))

    def set_forum(self, request, pk):
        """Close, pre-moderate or open a post's forum from its page."""
        state = request.POST.get("state")
        if not request.user.has_perm("comments.change_forum"):
            raise PermissionDenied
        if state not in Forum.State.values:
            raise BadRequest
        post = get_object_or_404(Post, pk=pk)
        now, saw = Forum.objects.for_post(post).state_now, request.POST.get("saw")
        if saw and saw != now:
            said = _("Meanwhile the forum became: %(state)s. Nothing was changed.")
            self.message_user(request, said % {"state": Forum.State(now).label}, messages.WARNING)
        else:
            Forum.objects.set_state(post, state)
            said = _("The forum is now: %(state)s.") % {"state": Forum.State(state).label}
            self.log_change(request, post, said)
            self.message_user(request, said, messages.SUCCESS)
        return redirect(address_after(request, post.get_absolute_url()))
