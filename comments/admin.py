"""The moderators' list, and the forum on the newsroom's pages of posts."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from comments.models import Comment, Decision, Forum
from posts.admin import PostAdmin
from posts.models import Post

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


class DecisionInline(admin.TabularInline):
    model = Decision
    extra = 0
    max_num = 0
    can_delete = False
    fields = readonly_fields = ("at", "by", "before", "after", "reason")
    verbose_name_plural = _("decisions")

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """Comments are decided on, never rewritten and never deleted here."""

    list_display = ("said", "who", "on_post", "status", "submitted_at")
    list_filter = (WaitingFirst, "language", "forum__post__section", "submitted_at")
    search_fields = ("name", "place", "text", "forum__post__headline")
    list_select_related = ("forum__post", "parent")
    list_per_page = 50
    ordering = ("submitted_at", "pk")
    show_full_result_count = False
    actions = ("approve", "reject", "mark_as_spam")
    inlines = [DecisionInline]
    fields = readonly_fields = (
        "on_post", "answers", "name", "place", "whole_text", "language", "status", "submitted_at",
    )  # fmt: skip
    change_form_template = "admin/comments/comment/change_form.html"

    class Media:
        css = {"all": ["css/admin.css"]}

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
        text = comment.text if len(comment.text) <= 400 else comment.text[:400] + " …"
        said = format_html('<span class="said" dir="auto">{}</span>', text)
        if comment.parent is None:
            return said
        return format_html(
            '<span class="quiet">{} <bdi>{}</bdi></span>{}', _("answers"), comment.parent.name, said
        )

    @admin.display(description=_("by"), ordering="name")
    def who(self, comment):
        return format_html(
            '<bdi>{}</bdi><br><bdi class="quiet">{}</bdi>', comment.name, comment.place
        )

    @admin.display(description=_("post"))
    def on_post(self, comment):
        post = comment.forum.post
        return format_html('<a href="{}" dir="auto">{}</a>', post.get_absolute_url(), post)

    @admin.display(description=_("answers"))
    def answers(self, comment):
        if comment.parent is None:
            return "–"
        return format_html(
            '<bdi>{}</bdi>: <span dir="auto">{}</span>', comment.parent.name, comment.parent.text
        )

    @admin.display(description=_("text"))
    def whole_text(self, comment):
        return format_html('<div class="said" dir="auto">{}</div>', comment.html)

    def _decide(self, request, queryset, decision):
        number = queryset.moderate(decision, by=request.user)
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
        decide = self.admin_site.admin_view(require_POST(self.decide))
        return [
            path("<int:pk>/decide/", decide, name="comments_comment_decide"),
            *super().get_urls(),
        ]

    def decide(self, request, pk):
        """One decision from a comment's own page; then on to the next that waits."""
        decision = DECISIONS.get(request.POST.get("decision"))
        if not self.has_moderate_permission(request) or decision is None:
            raise PermissionDenied
        self._decide(request, Comment.objects.filter(pk=pk), decision)
        address = reverse("admin:comments_comment_change", args=[pk])
        back = format_html('<a href="{}">{}</a>', address, _("Back to that comment"))
        self.message_user(request, back)
        following = Comment.objects.pending().exclude(pk=pk).oldest_first().first()
        if following is None:
            return redirect("admin:comments_comment_changelist")
        return redirect("admin:comments_comment_change", following.pk)


class ForumInline(admin.StackedInline):
    model = Forum
    can_delete = False
    fields = ("state", "holds_at", "closes_at")
    verbose_name_plural = _("forum")


def _set_forums(state, label):
    @admin.action(description=label, permissions=["change_forum"])
    def action(self, request, queryset):
        for post in queryset:
            Forum.objects.update_or_create(post=post, defaults={"state": state})
            self.log_change(request, post, str(label))
        number = len(queryset)
        self.message_user(
            request,
            ngettext(
                "The forum of %(number)d post is now: %(state)s.",
                "The forums of %(number)d posts are now: %(state)s.",
                number,
            )
            % {"number": number, "state": state.label},
            messages.SUCCESS,
        )

    action.__name__ = f"set_forum_{state}"
    return action


admin.site.unregister(Post)


@admin.register(Post)
class PostAdminWithForum(PostAdmin):
    """The newsroom's page of a post, with its forum."""

    inlines = [*PostAdmin.inlines, ForumInline]
    # The forum stands before what a narrow screen cuts off.
    list_display = (
        *PostAdmin.list_display[:2],
        "forum_state",
        "waiting",
        *PostAdmin.list_display[2:],
    )
    list_filter = (*PostAdmin.list_filter, "forum__state")
    list_select_related = (*PostAdmin.list_select_related, "forum")
    actions = ("set_forum_closed", "set_forum_premoderated", "set_forum_open")

    set_forum_closed = _set_forums(Forum.State.CLOSED, _("Close the forum"))
    set_forum_premoderated = _set_forums(Forum.State.PREMODERATED, _("Pre-moderate the forum"))
    set_forum_open = _set_forums(Forum.State.OPEN, _("Open the forum"))

    def has_change_forum_permission(self, request):
        return request.user.has_perm("comments.change_forum")

    def get_queryset(self, request):
        pending = Q(forum__comments__status=Comment.Status.PENDING)
        return (
            super()
            .get_queryset(request)
            # Distinct: a search that two authors of a post match joins its comments twice.
            .annotate(waiting_comments=Count("forum__comments", filter=pending, distinct=True))
        )

    @admin.display(description=_("forum"))
    def forum_state(self, post):
        forum = getattr(post, "forum", None) or Forum(post=post)
        return Forum.State(forum.state_now).label

    @admin.display(description=_("waiting"), ordering="waiting_comments")
    def waiting(self, post):
        if not post.waiting_comments:
            return 0
        address = reverse("admin:comments_comment_changelist")
        return format_html(
            '<a href="{}?forum__id__exact={}">{}</a>',
            address,
            post.forum.pk,
            post.waiting_comments,
        )
