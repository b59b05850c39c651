"""A post's page in the admin, and the list of posts."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from js_asset import Script
from js_asset import media as js_media

from posts import at_work, checklist, editions, links, revisions, search, states, translations
from posts.admin.at_work import AtWorkPages, as_sent
from posts.admin.authors import BylineInline, WrittenBy
from posts.admin.choosing import ChoiceOfPost, ChosenRows, PlainChoiceOfPost, is_plain
from posts.admin.corrections import CorrectionInline
from posts.admin.moments import MomentField
from posts.admin.months import PublishedIn
from posts.admin.paging import LongList
from posts.admin.placing import PlacingActions
from posts.admin.previews import PreviewPages
from posts.admin.related import RelatedPostInline
from posts.admin.revisions import RevisionPages
from posts.admin.writing import PostForm
from posts.models import Byline, Correction, Post, Revision
from posts.related import related
from posts.templatetags.posts import post_body

# Folded away while nothing stands in them.
UNUSUAL = ("embargo_until", "unpublish_at", "withdrawal_note")
# What a list of posts needs not load.
TEXTS = ("body", "opening")


@admin.register(Post)
class PostAdmin(
    AtWorkPages, RevisionPages, PreviewPages, PlacingActions, LongList, ChosenRows, admin.ModelAdmin
):
    form = PostForm
    inlines = [BylineInline, RelatedPostInline, CorrectionInline]
    change_form_template = "admin/posts/post/change_form.html"
    list_display = ("title", "state", "time")
    list_filter = ("status", "section", "language", PublishedIn, WrittenBy)
    # The search itself is `posts.search`.
    search_fields = ("headline",)
    search_help_text = _("Words of the post or names of its byline, in any spelling")
    list_select_related = ("section",)
    list_per_page = 50
    autocomplete_fields = ("section", "also_in", "tags", "lead_photo")
    formfield_overrides = {models.DateTimeField: {"form_class": MomentField}}
    readonly_fields = ("now", "preview", "in_zones", "text", "versions")
    save_on_top = True
    fieldsets = [
        (
            None,
            {
                "fields": (
                    "headline", "language", "summary", "body", "lead_photo", "second_line",
                    "began_with",
                )
            },
        ),
        (_("Publishing"), {"fields": ("now", "status", "published_at", "in_zones", "preview")}),
        (_("Embargo, taking down, withdrawing"), {"fields": UNUSUAL, "classes": ("collapse",)}),
        (_("Where it stands"), {"fields": ("section", "also_in", "tags", "slug")}),
        (_("In other languages"), {"fields": ("versions", "translation_of")}),
    ]  # fmt: skip

    class Media:
        css = {"all": ["css/admin.css"]}
        js = [Script("js/editor_words.js", defer=True)]

    def get_queryset(self, request):
        posts = super().get_queryset(request).with_bylines()
        # The list shows no text; a form shows all of it.
        is_list = getattr(request.resolver_match, "url_name", "") == "posts_post_changelist"
        return posts.defer(*TEXTS) if is_list else posts

    def get_search_results(self, request, queryset, search_term):
        return search.having(queryset, search_term), False

    @admin.display(description=_("status"), ordering="status")
    def state(self, post):
        return post.state_in_words

    @admin.display(description=_("headline and byline"), ordering="headline")
    def title(self, post):
        """In one column, for a desk's screen is not wider."""
        names = ", ".join(str(author) for author in post.byline)
        beside = [each for each in (names, post.section, post.tongue.own_name) if each]
        return format_html(
            '<bdi>{}</bdi><span class="quiet beside">{}</span>',
            post.headline,
            format_html_join(" · ", "<bdi>{}</bdi>", [(each,) for each in beside]),
        )

    @admin.display(description=_("published at"), ordering="published_at")
    def time(self, post):
        if not post.published_at:
            return "–"
        return date_format(timezone.localtime(post.published_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("now"))
    def now(self, post):
        return post.state_in_words if post.pk else "–"

    @admin.display(description=_("body"))
    def text(self, post):
        """The body for those who may only look at it."""
        return format_html(
            '<div class="read" lang="{}" dir="{}">{}</div>',
            post.tongue.code,
            post.tongue.direction,
            post_body(post),
        )

    @admin.display(description=_("preview"))
    def preview(self, post):
        if not post.pk:
            return _("Save the post first.")
        address = reverse("admin:posts_post_preview", args=[post.pk])
        return format_html('<a href="{}" target="_blank">{}</a>', address, _("How it will look"))

    @admin.display(description=_("its versions"))
    def versions(self, post):
        """The post in other languages, each a way to its own page here, with its state."""
        lines = [
            (
                each.language,
                reverse("admin:posts_post_change", args=[each.pk]),
                each.tongue.own_name,
                each.headline,
                each.state_in_words,
            )
            for each in translations.fellows(post)
        ]
        shape = '<bdi lang="{}"><a href="{}">{}: {}</a></bdi> ({})'
        return format_html_join(mark_safe("<br>"), shape, lines) or "–"

    @admin.display(description=_("when that is"))
    def in_zones(self, post):
        if not post.published_at:
            return "–"
        lines = [(place, words) for place, words in states.in_zones(post.published_at)]
        return format_html_join(mark_safe("<br>"), "{}: {}", lines)

    # Writing, publishing and withdrawing are different rights.

    def has_change_permission(self, request, obj=None):
        """What is public, or was, is changed only by those who may publish."""
        may = super().has_change_permission(request, obj)
        settled = obj is not None and obj.status in (Post.Status.PUBLISHED, Post.Status.WITHDRAWN)
        return may and (not settled or request.user.has_perm("posts.publish_post"))

    def has_delete_permission(self, request, obj=None):
        """Deleting what is public, or was, takes it from readers too."""
        may = super().has_delete_permission(request, obj)
        settled = obj is not None and obj.status in (Post.Status.PUBLISHED, Post.Status.WITHDRAWN)
        return may and (not settled or request.user.has_perm("posts.withdraw_post"))

    def get_fieldsets(self, request, obj=None):
        may_write = obj is None or self.has_change_permission(request, obj)
        in_use = obj is not None and any(getattr(obj, name) for name in UNUSUAL)
        found = []
        for name, options in super().get_fieldsets(request, obj):
            fields = options["fields"]
            if not may_write:
                fields = tuple("text" if each == "body" else each for each in fields)
                fields = tuple(each for each in fields if each != "translation_of")
            classes = () if in_use else options.get("classes", ())
            found.append((name, options | {"fields": fields, "classes": classes}))
        return found

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.allowed_statuses = states.allowed(request.user)
        form.may_withdraw = request.user.has_perm("posts.withdraw_post")
        if obj is not None:
            form.allowed_statuses.add(obj.status)
        is_list = is_plain(request)
        form.choice_of_post = PlainChoiceOfPost() if is_list else ChoiceOfPost(self.admin_site)
        form.taken_up = self.taken_up(request, obj) if request.method == "GET" else None
        inlines = self.get_inline_instances(request, obj)
        form.has_byline_beside = any(isinstance(each, BylineInline) for each in inlines)
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """The rows of inlines that were typed and not saved, too."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET":
            stored = obj if obj.pk else None
            taken_up = self.taken_up(request, stored)
            if taken_up is not None and f"{prefix}-TOTAL_FORMS" in taken_up.fields:
                kwargs["data"] = as_sent(taken_up.fields)
        return kwargs

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # The same new post sent twice (a bad line, the back button) is saved once.
        if request.method == "POST" and object_id is None and self.has_add_permission(request):
            saved = at_work.saved_as(request.user, request.POST)
            if saved is not None:
                self.message_user(request, _("It was saved already."), messages.INFO)
                return redirect("admin:posts_post_change", saved.post_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if change:
            revisions.keep_first(form.stored)
        form.join_story()
        obj.version = (form.stored.version if change else 0) + 1
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        if formset.model is Correction:
            for correction in formset.forms:
                if correction.has_changed() and correction.instance.by_id is None:
                    correction.instance.by = request.user
        super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        post = form.instance
        revision = revisions.record(post, request.user)
        Revision.objects.filter(pk=revision.pk).update(sent=at_work.digest(request.POST))
        states.record(form.stored, post, request.user)
        self.note_saved(request)
        if post.status == Post.Status.PUBLISHED:
            # Not `post.bylines`, which may be what was there before.
            has_author = Byline.objects.filter(post=post).exists()
            for sentence in checklist.missing(post, has_author):
                self.message_user(request, sentence, messages.WARNING)
            for address, why in links.own_problems(post.body).items():
                words = _("A link leads nowhere: %(address)s (%(why)s).")
                said = words % {"address": address, "why": why.label}
                self.message_user(request, said, messages.WARNING)

    def render_change_form(self, request, context, *args, **kwargs):
        # The editor's import map is an inline script; without the nonce the policy stops it.
        context["media"] = js_media.Media.from_media(context["media"], nonce=str(request.csp_nonce))
        form = context["adminform"].form
        context["is_plain"] = is_plain(request)
        if form.conflict is not None:
            context["conflict"] = form.conflict
            context["last_save"] = form.stored.revisions.select_related("by").first()
        post = context.get("original")
        if post is None or self.has_change_permission(request, post):
            context["at_work"] = self.at_work_context(request, post)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_view_on_site_url(self, obj=None):
        # As it is stored: a refused form has put what was typed into `obj`, a bad slug included.
        stored = Post.objects.published().filter(pk=obj.pk).first() if obj is not None else None
        return stored.get_absolute_url() if stored else None

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview_page)
        return [
            path("<path:object_id>/preview/", preview, name="posts_post_preview"),
            *super().get_urls(),
        ]

    def preview_page(self, request, object_id):
        """The post as readers will see it, whatever its status; for those who may see it here."""
        post = self.get_object(request, unquote(object_id))
        if post is None:
            raise Http404
        if not self.has_view_permission(request, post):
            raise PermissionDenied
        editions.speak(post.language)
        context = {"post": post, "related": related(post), "is_preview": True}
        response = render(request, "posts/article.html", context)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response
