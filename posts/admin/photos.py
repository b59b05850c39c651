"""The photo library in the admin."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Subquery
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from posts import folding, iptc, photos
from posts.admin.months import ArrivedIn
from posts.admin.paging import LongList
from posts.models import Photo, PhotoUse, Post
from posts.models.photos import forget_files

PICKER_PAGE = 24
SETTLED = (Post.Status.PUBLISHED, Post.Status.WITHDRAWN)
MOST_USES_SHOWN = 20
# What a file says is put into these fields where its editor left them empty.
FROM_FILE = ("caption", "credit", "creator", "copyright", "alt_text", "rights")


def suggestions(said):
    """{field: text} for the form, out of what a file says of itself (`iptc.Said`)."""
    notes = [said.terms]
    if said.instructions:
        notes.append(_("Instructions in the file: %(text)s") % {"text": said.instructions})
    if said.not_before:
        notes.append(_("Not to be shown before %(time)s.") % {"time": said.not_before})
    if said.not_after:
        notes.append(_("Not to be shown after %(time)s.") % {"time": said.not_after})
    found = {name: getattr(said, name) for name in FROM_FILE if hasattr(said, name)}
    found["rights"] = "\n".join(filter(None, notes))
    for name, text in found.items():
        found[name] = text[: Photo._meta.get_field(name).max_length]
    return {name: text for name, text in found.items() if text}


class PhotoForm(forms.ModelForm):
    """Takes a file clean, and fills empty fields with what the file said of itself.

    `picture` is the clean Picture of a new file, `was_read` the names of the fields so filled.
    """

    picture = None
    was_read = ()

    class Meta:
        model = Photo
        fields = (
            "file", "caption", "credit", "alt_text", "creator", "copyright", "rights",
            "focal_x", "focal_y",
        )  # fmt: skip
        # Django's own field would decode the picture, in this process and without bounds.
        field_classes = {"file": forms.FileField}
        widgets = {
            "file": forms.ClearableFileInput(attrs={"accept": "image/*"}),
            "caption": forms.Textarea(attrs={"dir": "auto", "rows": 3, "cols": 80}),
            "alt_text": forms.Textarea(attrs={"dir": "auto", "rows": 2, "cols": 80}),
            "rights": forms.Textarea(attrs={"dir": "auto", "rows": 3, "cols": 80}),
            **{
                name: forms.TextInput(attrs={"dir": "auto", "size": 60})
                for name in ("credit", "creator", "copyright")
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Imported photos may still wait for their files; a new one without a file is a mistake.
        self.fields["file"].required = self.instance.pk is None

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            self.picture = photos.clean(file)
            self.said = suggestions(iptc.read(file))
        return file

    def clean(self):
        cleaned = super().clean()
        if self.picture is not None:
            empty = [name for name in FROM_FILE if not (cleaned.get(name) or "").strip()]
            self.was_read = [name for name in empty if name in self.said]
            cleaned |= {name: self.said[name] for name in self.was_read}
        return cleaned

    def _post_clean(self):
        # The stored file is the clean picture, never the upload itself.
        upload = self.cleaned_data.pop("file", None) if self.picture is not None else None
        super()._post_clean()
        if upload is not None:
            self.cleaned_data["file"] = upload

    def save(self, commit=True):
        if self.picture is not None:
            self.instance.use(self.picture)
        return super().save(commit)


class Lacks(admin.SimpleListFilter):
    """Photos that lack what a published one should have, or that nothing shows."""

    title = gettext_lazy("what is missing")
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        return [
            ("alt_text", _("alt text")),
            ("credit", _("credit")),
            ("caption", _("caption")),
            ("file", _("file")),
            ("use", _("a post that shows it")),
        ]

    def queryset(self, request, queryset):
        asked = self.value()
        if asked == "use":
            return queryset.filter(~Exists(PhotoUse.objects.filter(photo=OuterRef("pk"))))
        if asked in ("alt_text", "credit", "caption", "file"):
            return queryset.filter(**{asked: ""})
        return queryset


@admin.register(Photo)
class PhotoAdmin(LongList, admin.ModelAdmin):
    form = PhotoForm
    change_form_template = "admin/posts/photo/change_form.html"
    list_display = ("thumbnail", "caption", "credit", "size", "used", "created_at")
    list_display_links = ("thumbnail", "caption")
    # The search itself is `found`: folded, so that every keyboard finds every spelling.
    search_fields = ("folded",)
    search_help_text = gettext_lazy("Words of caption, credit, creator or alt text")
    list_filter = (Lacks, ArrivedIn)
    list_per_page = 40
    readonly_fields = ("shown_in",)
    fieldsets = [
        (None, {"fields": ("file", "caption", "credit", "alt_text")}),
        (gettext_lazy("For the newsroom"), {"fields": ("creator", "copyright", "rights")}),
        (
            gettext_lazy("What matters in it"),
            {
                "fields": (("focal_x", "focal_y"),),
                "description": gettext_lazy(
                    "Lists show a cut-out of the photo, which keeps this point in view. "
                    "With script, click on the photo."
                ),
            },
        ),
        (gettext_lazy("Where it is shown"), {"fields": ("shown_in",)}),
    ]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_queryset(self, request):
        uses = PhotoUse.objects.filter(photo=OuterRef("pk")).values("photo")
        number = Subquery(uses.annotate(number=Count("pk")).values("number"))
        return super().get_queryset(request).annotate(number_of_uses=number)

    def has_change_permission(self, request, obj=None):
        """What readers see, or saw, is changed only by those who may publish."""
        may = super().has_change_permission(request, obj)
        if not may or obj is None or request.user.has_perm("posts.publish_post"):
            return may
        return not obj.uses.filter(post__status__in=SETTLED).exists()

    def get_search_results(self, request, queryset, search_term):
        return found(queryset, search_term), False

    @admin.display(description=gettext_lazy("photo"))
    def thumbnail(self, photo):
        if not photo.file:
            return _("no file yet")
        return format_html('<img class="thumbnail" src="{}" alt="{}">', photo.thumbnail, photo)

    @admin.display(description=gettext_lazy("size"))
    def size(self, photo):
        return f"{photo.width} × {photo.height}" if photo.width else "–"

    @admin.display(description=gettext_lazy("used"))
    def used(self, photo):
        number = photo.number_of_uses
        if not number:
            return "–"
        return ngettext("in %(number)d post", "in %(number)d posts", number) % {"number": number}

    @admin.display(description=gettext_lazy("shown in"))
    def shown_in(self, photo):
        uses = photo.uses.select_related("post").order_by("-post__saved_at")
        rows = [
            (reverse("admin:posts_post_change", args=[use.post_id]), use.post)
            for use in uses.defer("post__body")[: MOST_USES_SHOWN + 1]
        ]
        links = format_html_join(
            mark_safe("<br>"), '<a href="{}"><bdi>{}</bdi></a>', rows[:MOST_USES_SHOWN]
        )
        return links + (" …" if len(rows) > MOST_USES_SHOWN else "") or _("No post shows it.")

    # A file that no photo has any more leaves the storage.

    def save_model(self, request, obj, form, change):
        before = Photo.objects.filter(pk=obj.pk).values_list("file", "width").first()
        super().save_model(request, obj, form, change)
        if before and before[0] != obj.file.name:
            forget_files([before])
        obj.was_read = [str(Photo._meta.get_field(name).verbose_name) for name in form.was_read]
        if obj.was_read:
            said = _("Read out of the file, please check: %(fields)s.")
            self.message_user(request, said % {"fields": ", ".join(obj.was_read)}, messages.WARNING)

    def delete_queryset(self, request, queryset):
        files = list(queryset.values_list("file", "width"))
        super().delete_queryset(request, queryset)
        forget_files(files)

    # What the file said of itself is shown to its editor before anything is published with it.

    def _after(self, request, photo, response):
        if not photo.was_read or {"_continue", "_popup"} & request.POST.keys():
            return response
        return HttpResponseRedirect(reverse("admin:posts_photo_change", args=[photo.pk]))

    def response_add(self, request, obj, post_url_continue=None):
        return self._after(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self._after(request, obj, super().response_change(request, obj))

    def get_urls(self):
        guarded = self.admin_site.admin_view
        return [
            path("pick/", guarded(self.pick), name="posts_photo_pick"),
            path("read/", guarded(require_POST(self.read)), name="posts_photo_read"),
            *super().get_urls(),
        ]

    def read(self, request):
        """What the beginning of a file says of it, for the form; nothing is stored."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        file = request.FILES.get("file")
        return JsonResponse(suggestions(iptc.read(file)) if file else {})

    def pick(self, request):
        """The library as a window from which the body's editor takes a photo."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "").strip()
        page = Paginator(found(Photo.objects.exclude(file=""), words), PICKER_PAGE).get_page(
            request.GET.get("page")
        )
        return render(request, "admin/posts/photo/pick.html", {"page": page, "words": words})


def found(queryset, words):
    """The photos that say all these words, in whatever spelling."""
    for word in folding.words(words):
        queryset = queryset.filter(folded__contains=word)
    return queryset
