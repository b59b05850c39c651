"""A post's revisions in the admin: what each save changed, and bringing one back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from posts import revisions

REVISIONS_ON_A_PAGE = 25


class RevisionPages:
    """The pages that a ModelAdmin of posts gets for revisions."""

    def get_urls(self):
        guarded = self.admin_site.admin_view
        return [
            path("<int:pk>/revisions/", guarded(self.revisions_page), name="posts_post_revisions"),
            path(
                "<int:pk>/revisions/<int:version>/restore/",
                guarded(require_POST(self.restore_revision)),
                name="posts_post_restore",
            ),
            *super().get_urls(),
        ]

    def _post(self, request, pk):
        post = self.get_object(request, str(pk))
        if post is None:
            raise Http404
        if not self.has_view_permission(request, post):
            raise PermissionDenied
        return post

    def _post_with_revisions(self, request, pk):
        """The post, for those who may also read what was taken out of it."""
        post = self._post(request, pk)
        if not request.user.has_perm("posts.view_revision"):
            raise PermissionDenied
        return post

    def revisions_page(self, request, pk):
        """What each save changed, newest first; `?page=2` shows what is older."""
        post = self._post_with_revisions(request, pk)
        paginator = Paginator(post.revisions.all(), REVISIONS_ON_A_PAGE)
        try:
            page = paginator.page(request.GET.get("page", 1))
        except InvalidPage:
            page = paginator.page(1)
        start = (page.number - 1) * REVISIONS_ON_A_PAGE
        context = {
            **self.admin_site.each_context(request),
            "title": _("Revisions"),
            "opts": self.opts,
            "post": post,
            "page": page,
            "history": revisions.history(post, start, REVISIONS_ON_A_PAGE),
            "changes": post.state_changes.select_related("by"),
            "may_restore": self.has_change_permission(request, post),
        }
        return render(request, "admin/posts/post/revisions.html", context)

    def restore_revision(self, request, pk, version):
        """Bring one revision's words back, by POST, for those who may change the post."""
        post = self._post_with_revisions(request, pk)

        def may_change(post):
            return self.has_change_permission(request, post)

        if not may_change(post):
            raise PermissionDenied
        revision = get_object_or_404(post.revisions, version=version)
        # Asked again under the lock: somebody may be publishing the post at this moment.
        restored = revisions.restore(revision, request.user, may_change)
        words = _("The words of version %(old)s are back, as version %(new)s.") % {
            "old": version,
            "new": restored.version,
        }
        self.log_change(request, post, words)
        messages.success(request, words)
        return redirect("admin:posts_post_change", post.pk)
