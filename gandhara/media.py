"""Photos, served by the application itself while no web server stands before it."""

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file

A_YEAR = 31_536_000


@require_safe
def serve(request, path):
    """One file below MEDIA_ROOT. Its name carries a hash of its content, so it may be kept."""
    try:
        response = serve_file(request, path, document_root=settings.MEDIA_ROOT)
    except (SuspiciousFileOperation, Http404):
        # Django's words name the path on this machine.
        raise Http404 from None
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
