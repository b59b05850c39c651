"""Addresses of the whole site. Readers' pages come from posts and comments."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path

from gandhara import errors, media

admin.site.site_header = admin.site.site_title = "Gandhara"
admin.site.site_url = "/"

urlpatterns = [
    path("admin/", admin.site.urls),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.+)$", media.serve, name="media"),
    path("", include("comments.urls")),
    path("", include("posts.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
