"""Sessions and their tokens exist for staff, in the admin, and nowhere else."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.urls import reverse


def is_for_staff(request):
    return request.path_info.startswith(reverse("admin:index"))


class StaffSessions(SessionMiddleware):
    """Gives a request under the admin's address its session and everybody else an empty one.

    A reader's page thus can't set a cookie or vary by one, and what a signed-in editor sends
    through a reader's form is never done in the editor's name.
    """

    def process_request(self, request):
        if is_for_staff(request):
            super().process_request(request)
        else:
            request.session = self.SessionStore()
            # Django would answer a stray token with a fresh cookie, on a page that caches keep.
            request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)

    def process_response(self, request, response):
        if is_for_staff(request):
            return super().process_response(request, response)
        return response
