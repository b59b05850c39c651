"""The newsroom's desk in the admin."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from js_asset import media as js_media

from posts import photos
from posts.models import Author, Blog, Byline, Photo, Post, Section, Tag

PICKER_PAGE = 24


@admin.register(Blog)
class BlogAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Blog.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


class NamedAdmin(admin.ModelAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")


@admin.register(Section)
class SectionAdmin(NamedAdmin):
    list_display = ("name", "slug", "parent", "position")
    list_editable = ("position",)
    list_select_related = ("parent",)


@admin.register(Tag)
class TagAdmin(NamedAdmin):
    pass


@admin.register(Author)
class AuthorAdmin(NamedAdmin):
    autocomplete_fields = ("login",)


class PhotoForm(forms.ModelForm):
    class Meta:
        model = Photo
        fields = ("file", "caption", "credit", "alt_text")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Imported photos may still wait for their files; a new one without a file is a mistake.
        self.fields["file"].required = self.instance.pk is None

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            self.picture = photos.clean(file)
        return file

    def _post_clean(self):
        # The stored file is the clean picture, never the upload itself.
        upload = self.cleaned_data.pop("file", None) if hasattr(self, "picture") else None
        super()._post_clean()
        if upload is not None:
            self.cleaned_data["file"] = upload

    def save(self, commit=True):
        if hasattr(self, "picture"):
            self.instance.use(self.picture)
        return super().save(commit)


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    form = PhotoForm
    list_display = ("thumbnail", "caption", "credit", "size", "created_at")
    list_display_links = ("thumbnail", "caption")
    search_fields = ("caption", "credit", "alt_text")
    date_hierarchy = "created_at"
    list_per_page = 40
    show_full_result_count = False

    @admin.display(description=_("photo"))
    def thumbnail(self, photo):
        if not photo.file:
            return _("no file yet")
        return format_html('<img class="thumbnail" src="{}" alt="{}">', photo.sources[0][0], photo)

    @admin.display(description=_("size"))
    def size(self, photo):
        return f"{photo.width} × {photo.height}" if photo.width else "–"

    def get_urls(self):
        pick = self.admin_site.admin_view(self.pick)
        return [path("pick/", pick, name="posts_photo_pick"), *super().get_urls()]

    def pick(self, request):
        """The library as a window from which the body's editor takes a photo."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "").strip()
        found = Photo.objects.exclude(file="")
        if words:
            found = found.filter(
                Q(caption__icontains=words)
                | Q(credit__icontains=words)
                | Q(alt_text__icontains=words)
            )
        page = Paginator(found, PICKER_PAGE).get_page(request.GET.get("page"))
        return render(request, "admin/posts/photo/pick.html", {"page": page, "words": words})

    class Media:
        css = {"all": ["css/admin.css"]}


class BylineInline(admin.TabularInline):
    model = Byline
    extra = 1
    autocomplete_fields = ("author",)
    fields = ("position", "author")
    verbose_name = _("author")
    verbose_name_plural = _("byline: its authors, in the order of their positions")


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
    list_filter = ("status", "section", "language", "published_at", "authors")
    search_fields = ("headline", "slug", "summary", "body", "authors__name")
    date_hierarchy = "published_at"
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
