"""Addresses of the whole site. Readers' pages come from posts and comments."""

from django.conf import settings
from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from gandhara import errors, media, offline, robots, staff, style
from posts.editions import edition

admin.site.site_header = admin.site.site_title = "Gandhara"
admin.site.index_title = _("Desk")
admin.site.site_url = "/"


class Favicon(RedirectView):
    """Browsers ask for this name by themselves, in the admin and beside pictures."""

    def get_redirect_url(self):
        return static("icons/favicon.ico")


urlpatterns = [
    path("favicon.ico", Favicon.as_view()),
    path("robots.txt", robots.robots, name="robots"),
    path(
        "admin/language-and-time/",
        admin.site.admin_view(staff.language_and_time),
        name="language_and_time",
    ),
    path("admin/", admin.site.urls),
    path("style/", style.page, name="style"),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.+)$", media.serve, name="media"),
    path("offline.js", offline.worker, name="offline_worker"),
    edition(path("offline/", offline.page, name="offline")),
    path("", include("comments.urls")),
    path("", include("posts.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
