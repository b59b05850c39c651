"""A post's page in the admin, and the list of posts."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from js_asset import media as js_media

from posts.admin.authors import BylineInline
from posts.admin.months import PublishedIn
from posts.models import Post


class PostForm(forms.ModelForm):
    """Offers only the statuses that this editor may give."""

    class Meta:
        widgets = {
            "headline": forms.TextInput(attrs={"dir": "auto"}),
            "slug": forms.TextInput(attrs={"dir": "auto", "size": 60}),
            "summary": forms.Textarea(attrs={"dir": "auto", "rows": 3, "cols": 80}),
        }
        help_texts = {
            "slug": _(
                "The last part of the address. Left empty, it is made from the headline. "
                "Changing it later breaks links to the post."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "status" in self.fields:
            self.fields["status"].choices = [
                choice for choice in Post.Status.choices if choice[0] in self.allowed_statuses
            ]


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    form = PostForm
    inlines = [BylineInline]
    list_display = ("headline", "state", "section", "language", "names", "published_at")
    list_filter = ("status", "section", "language", PublishedIn, "authors")
    search_fields = ("headline", "slug", "summary", "body", "authors__name")
    list_select_related = ("section",)
    list_per_page = 50
    autocomplete_fields = ("section", "also_in", "tags", "lead_photo")
    readonly_fields = ("preview",)
    save_on_top = True
    fieldsets = [
        (None, {"fields": ("headline", "summary", "body", "lead_photo")}),
        (_("Publishing"), {"fields": ("status", "published_at", "preview")}),
        (_("Where it stands"), {"fields": ("language", "section", "also_in", "tags", "slug")}),
    ]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).with_bylines()

    @admin.display(description=_("status"), ordering="status")
    def state(self, post):
        return post.state_in_words

    @admin.display(description=_("byline"))
    def names(self, post):
        return ", ".join(str(author) for author in post.byline)

    @admin.display(description=_("preview"))
    def preview(self, post):
        if not post.pk:
            return _("Save the post first.")
        address = reverse("admin:posts_post_preview", args=[post.pk])
        return format_html('<a href="{}" target="_blank">{}</a>', address, _("How it will look"))

    # Writing, publishing and withdrawing are different rights.

    def allowed_statuses(self, request, post=None):
        allowed = {Post.Status.DRAFT, Post.Status.IN_REVIEW}
        if request.user.has_perm("posts.publish_post"):
            allowed.add(Post.Status.PUBLISHED)
        if request.user.has_perm("posts.withdraw_post"):
            allowed.add(Post.Status.WITHDRAWN)
        return allowed

    def has_change_permission(self, request, obj=None):
        """What is public, or was, is changed only by those who may publish."""
        may = super().has_change_permission(request, obj)
        settled = obj is not None and obj.status in (Post.Status.PUBLISHED, Post.Status.WITHDRAWN)
        return may and (not settled or request.user.has_perm("posts.publish_post"))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.allowed_statuses = self.allowed_statuses(request, obj)
        if obj is not None:
            form.allowed_statuses.add(obj.status)
        return form

    def render_change_form(self, request, context, *args, **kwargs):
        # The editor's import map is an inline script; without the nonce the policy stops it.
        context["media"] = js_media.Media.from_media(context["media"], nonce=str(request.csp_nonce))
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
        response = render(request, "posts/article.html", {"post": post, "is_preview": True})
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response
