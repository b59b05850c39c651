"""The forum on the newsroom's pages of posts."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timeuntil
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments.models import Comment, Forum, Policy
from comments.models.policy import holds_too_late
from posts.admin.posts import PostAdmin
from posts.models import Post


class ForumForm(forms.ModelForm):
    """Offers the state as it is now; a change of it is a decision by hand."""

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.post = post
        if "state" in self.fields:
            self.initial["state"] = self.instance.state_now
            # A clock may strike while the page is open: what was shown then tells a change.
            self.fields["state"].show_hidden_initial = True

    def clean(self):
        cleaned = super().clean()
        if "state" in self.fields and "state" not in self.changed_data:
            # What clocks made of the state is not to be stored as if somebody had chosen it.
            cleaned["state"] = self.instance.state
        holds, closes = cleaned.get("holds_after_days"), cleaned.get("closes_after_days")
        if holds and closes and holds >= closes:
            raise ValidationError({"holds_after_days": holds_too_late(holds, closes)})
        return cleaned

    def note_the_hand(self, was_public):
        """Remember when the state of a post that was out was set; its own days count anew."""
        forum, changed = self.instance, set(self.changed_data)
        if any(self.cleaned_data.get(name) for name in changed & {*DAYS}):
            forum.state_set_at = None
        elif "state" in changed and was_public:
            forum.state_set_at = timezone.now()


DAYS = ("holds_after_days", "closes_after_days")


class ForumFormSet(forms.BaseInlineFormSet):
    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"post": self.instance}


class ForumInline(admin.StackedInline):
    model = Forum
    form = ForumForm
    formset = ForumFormSet
    can_delete = False
    fields = ("now", "state", ("holds_at", "closes_at"), DAYS, "closing_message")
    readonly_fields = ("now",)
    verbose_name_plural = _("forum")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "closing_message":
            field.widget.attrs["dir"] = "auto"
        return field

    @admin.display(description=_("now"))
    def now(self, forum):
        return forum.state_in_words


def _set_forums(state, label):
    @admin.action(description=label, permissions=["change_forum"])
    def action(self, request, queryset):
        for post in queryset:
            Forum.objects.set_state(post, state)
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


def was_public(form):
    """Whether the post of this form was out before the form was sent."""
    status, at = form.initial.get("status"), form.initial.get("published_at")
    return status == Post.Status.PUBLISHED and at is not None and at <= timezone.now()


class PostsWithForums(ChangeList):
    """A page of posts, each with its forum; all forums ask the same settings, read once."""

    def get_results(self, request):
        super().get_results(request)
        policy = Policy.current()
        # Counted for this page alone: as a column of all posts it takes seconds on a grown site.
        waiting = dict(
            Comment.objects.pending()
            .filter(forum__post__in=[post.pk for post in self.result_list])
            .order_by()
            .values_list("forum__post")
            .annotate(number=Count("pk"))
        )
        for post in self.result_list:
            post.waiting_comments = waiting.get(post.pk, 0)
            post.its_forum = getattr(post, "forum", None) or Forum(post=post)
            post.its_forum.post, post.its_forum.policy = post, policy


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
    actions = (*PostAdmin.actions, "set_forum_closed", "set_forum_premoderated", "set_forum_open")

    set_forum_closed = _set_forums(Forum.State.CLOSED, _("Close the forum"))
    set_forum_premoderated = _set_forums(Forum.State.PREMODERATED, _("Pre-moderate the forum"))
    set_forum_open = _set_forums(Forum.State.OPEN, _("Open the forum"))

    def has_change_forum_permission(self, request):
        return request.user.has_perm("comments.change_forum")

    def get_changelist(self, request, **kwargs):
        return PostsWithForums

    def save_formset(self, request, form, formset, change):
        if formset.model is Forum:
            for forum_form in formset.forms:
                if forum_form.has_changed():
                    forum_form.note_the_hand(was_public(form))
        super().save_formset(request, form, formset, change)

    @admin.display(description=_("forum"))
    def forum_state(self, post):
        clock = post.its_forum.next_clock
        label = post.its_forum.state_now.label
        if clock is None:
            return label
        left = timeuntil(clock.at, depth=1)
        sentence = _("closes in %(time)s")
        if clock.state == Forum.State.PREMODERATED:
            sentence = _("holds everything in %(time)s")
        return format_html('{}<br><span class="quiet">{}</span>', label, sentence % {"time": left})

    @admin.display(description=_("waiting"))
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
