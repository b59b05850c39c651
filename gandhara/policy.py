"""Which Content-Security-Policy a response gets: the readers' strict one, or the admin's."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.urls import reverse

# Powers that no page of ours asks a browser for.
PERMISSIONS = ", ".join(
    f"{power}=()"
    for power in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


class ContentSecurityPolicy(CSPMiddleware):
    """django-csp, with the admin's policy for its pages, and one for the offline page."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path.startswith(reverse("admin:index")):
            parts.config = settings.ADMIN_POLICY
        # By the address, not by the view's answer: a 304 has to bring the same policy.
        match = request.resolver_match
        if not report_only and match and match.view_name in ("offline", "offline_worker"):
            parts.config = settings.OFFLINE_POLICY
        return parts

    def process_response(self, request, response):
        response = super().process_response(request, response)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        return response
