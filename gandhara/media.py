"""Photos, served by the application itself while no web server stands before it."""

import mimetypes

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage
from django.http import Http404
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file

from posts import renditions, storing
from posts.mounting import with_prefix

A_YEAR = 31_536_000
# Python's own table has AVIF since 3.11 and WebP since 3.13.
for _ending, _type in renditions.TYPES.items():
    mimetypes.add_type(_type, f".{_ending}")


class Photos(FileSystemStorage):
    """The folder MEDIA_ROOT, whose addresses follow the site to where it stands."""

    def url(self, name):
        return with_prefix(super().url(name))


@require_safe
def serve(request, path):
    """One file below MEDIA_ROOT. Its name carries a hash of its content, so it may be kept."""
    try:
        response = _file(request, path)
    except Http404:
        # A photo's copy that nobody has made yet.
        if not renditions.make_named(path):
            raise
        response = _file(request, path)
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def _file(request, path):
    if any(part.startswith(storing.HIDDEN) for part in path.split("/")):
        raise Http404
    try:
        return serve_file(request, path, document_root=settings.MEDIA_ROOT)
    except (SuspiciousFileOperation, Http404):
        # Django's words name the path on this machine.
        raise Http404 from None
