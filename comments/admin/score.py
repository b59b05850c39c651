"""What the spam score has learnt: read only, but for the button that makes it learn."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_POST

from comments import score
from comments.models import Learnt, Policy
from posts import languages


@admin.register(Learnt)
class LearntAdmin(admin.ModelAdmin):
    """Lists every language, also those in which nothing was learnt yet."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("comments.moderate_comment")

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def get_urls(self):
        learn = self.admin_site.admin_view(require_POST(self.learn))
        return [path("learn/", learn, name="comments_learnt_learn"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _now("What the spam score has learnt"),
            "lines": list(_lines()),
            "holds_from": Policy.current().score_holds_from,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/comments/learnt/change_list.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A row has no page of its own: all that it says stands in the list."""
        return redirect("admin:comments_learnt_changelist")

    def learn(self, request):
        """Learn one language now, and say what came of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        code = request.POST.get("language", "")
        if code not in languages.LANGUAGES:
            raise Http404(_now("There is no language “%(code)s”.") % {"code": code[:20]})
        (row,) = score.learn(code)
        self.message_user(request, score.state_of(code, row), messages.SUCCESS)
        return redirect(f"{reverse('admin:comments_learnt_changelist')}#{code}")


def _lines():
    """What the page says of each language."""
    rows = {row.language: row for row in Learnt.objects.all()}
    precisions = score.precisions()
    for code, language in languages.LANGUAGES.items():
        row = rows.get(code)
        spam, published = score.telling_words(row) if row else ([], [])
        yield {
            "language": language,
            "row": row,
            "state": score.state_of(code, row),
            "precision": str(precisions[code]),
            "for_spam": [score.told(word) for word in spam],
            "for_publishing": [score.told(word) for word in published],
        }
