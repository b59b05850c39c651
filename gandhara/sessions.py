"""Sessions and their tokens exist for staff: in the admin, and for looking at readers' pages."""

from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.middleware import SessionMiddleware
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject


def is_for_staff(request):
    return request.path.startswith(reverse("admin:index"))


def is_looked_at_with_a_session(request):
    """Whether this is a reader's page, only looked at, by a browser that has a session's cookie."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME in request.COOKIES
        and not is_for_staff(request)
        # Photos are the same for everybody and named after their content.
        and not request.path_info.startswith(settings.MEDIA_URL)
    )


class ReadSession(dict):
    """What a session says, without the power to change, renew or end it."""

    def cycle_key(self):
        pass

    def flush(self):
        pass


class StaffSessions(SessionMiddleware):
    """Gives a request under the admin's address its session and everybody else an empty one.

    A reader's page thus can't set a cookie or vary by one, and what a signed-in editor sends
    through a reader's form is never done in the editor's name. Who looks at a reader's page with a
    session's cookie is `request.staff`, read when first asked for; that page is kept by no cache.
    """

    def process_request(self, request):
        request.staff = None
        if is_for_staff(request):
            super().process_request(request)
            return
        request.session = self.SessionStore()
        if is_looked_at_with_a_session(request):
            request.staff = SimpleLazyObject(lambda: self.staff_of(request))
        else:
            # Django would answer a stray token with a fresh cookie, on a page that caches keep.
            request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)

    def process_response(self, request, response):
        if is_for_staff(request):
            return super().process_response(request, response)
        if is_looked_at_with_a_session(request):
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        return response

    def staff_of(self, request):
        """The signed-in member of staff that a request's session belongs to, or None."""
        store = self.SessionStore(request.COOKIES[settings.SESSION_COOKIE_NAME])
        user = get_user(SimpleNamespace(session=ReadSession(store.load())))
        return user if user.is_staff and user.is_active else None
