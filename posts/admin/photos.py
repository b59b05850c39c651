"""The photo library in the admin."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from posts import photos
from posts.admin.months import ArrivedIn
from posts.models import Photo

PICKER_PAGE = 24


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
    list_filter = (ArrivedIn,)
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
