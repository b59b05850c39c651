"""A post's secret preview links in the admin."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from posts import previews


class PreviewPages:
    """The pages that a ModelAdmin of posts gets for secret previews."""

    def get_urls(self):
        guarded = self.admin_site.admin_view
        return [
            path("<int:pk>/previews/", guarded(self.previews_page), name="posts_post_previews"),
            path(
                "<int:pk>/previews/<int:link>/revoke/",
                guarded(require_POST(self.revoke_preview)),
                name="posts_post_revoke_preview",
            ),
            *super().get_urls(),
        ]

    def _own_post(self, request, pk):
        post = self._post(request, pk)
        if not self.has_change_permission(request, post):
            raise PermissionDenied
        return post

    def previews_page(self, request, pk):
        """The links that there are; a POST makes one, whose address is shown this once."""
        post = self._own_post(request, pk)
        address = None
        if request.method == "POST":
            _link, secret = previews.make(post, request.user)
            address = request.build_absolute_uri(reverse("posts:preview", args=[secret]))
            self.log_change(request, post, _("Made a secret preview link."))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Secret previews"),
            "opts": self.opts,
            "post": post,
            "address": address,
            "links": post.preview_links.select_related("by"),
            "now": timezone.now(),
        }
        response = render(request, "admin/posts/post/previews.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def revoke_preview(self, request, pk, link):
        post = self._own_post(request, pk)
        previews.revoke(get_object_or_404(post.preview_links, pk=link))
        self.log_change(request, post, _("Ended a secret preview link."))
        return redirect("admin:posts_post_previews", post.pk)
