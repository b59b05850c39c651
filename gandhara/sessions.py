"""Sessions exist for staff, in the admin, and nowhere else."""

from django.contrib.sessions.middleware import SessionMiddleware
from django.urls import reverse


class StaffSessions(SessionMiddleware):
    """Gives a request under the admin's address its session and everybody else an empty one.

    A reader's page thus can't set a cookie or vary by one, and what a signed-in editor sends
    through a reader's form is never done in the editor's name.
    """

    def process_request(self, request):
        if request.path_info.startswith(reverse("admin:index")):
            super().process_request(request)
        else:
            request.session = self.SessionStore()

    def process_response(self, request, response):
        if request.path_info.startswith(reverse("admin:index")):
            return super().process_response(request, response)
        return response
