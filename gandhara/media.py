"""Photos, served by the application itself while no web server stands before it."""

import mimetypes

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage
from django.http import Http404
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

from gandhara import files
from posts import renditions, storing
from posts.mounting import with_prefix

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
        return _file(request, path)
    except Http404:
        # A photo's copy that nobody has made yet.
        if not renditions.make_named(path):
            raise
        return _file(request, path)


def _file(request, path):
    parts = path.split("/")
    if "\0" in path or any(part.startswith(storing.HIDDEN) for part in parts):
        raise Http404
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    headers = [("Content-Type", kind), ("Cache-Control", files.FOR_GOOD)]
    try:
        return files.answer(request, safe_join(settings.MEDIA_ROOT, path), headers)
    except (SuspiciousFileOperation, OSError):
        # Their words name the path on this machine.
        raise Http404 from None
