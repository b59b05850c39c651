"""Error pages in the blog's own look, each with a sentence that says what to do."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from gandhara.admission import REFUSAL
from gandhara.sessions import is_for_staff
from posts import editions
from posts.views import NotHere

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

SPOKEN = {
    400: (
        _("This request can't be read"),
        _("Go back and try once more, or start at the front page."),
    ),
    403: (_("This is not allowed"), _("Go back to where you were, or start at the front page.")),
    404: (
        _("This page is not here"),
        _("The address may be mistyped, or the post was taken down."),
    ),
    405: (
        _("This address can't be used that way"),
        _("Open the post again and use the form or the link on its page."),
    ),
    408: (
        _("This took too long"),
        _("Nothing was stored. Go back to your text and send it again."),
    ),
    411: (
        _("This request can't be read"),
        _("Go back and try once more, or start at the front page."),
    ),
    413: (
        _("That was too much at once"),
        _("Nothing was stored. Go back to your text, shorten it and send it again."),
    ),
    500: (
        _("Something broke on our side"),
        _("Nothing that you did is to blame. Please try again in a few minutes."),
    ),
    503: (
        _("Too much is being sent at this moment"),
        _("Nothing was stored. Go back to your text and send it again in a minute."),
    ),
}


def page(request, status, detail=""):
    """The error page for an HTTP status; `detail` is a plain sentence, shown escaped."""
    title, advice = SPOKEN[status]
    context = {"title": title, "advice": advice, "detail": detail, "status": status}
    # 500 must not ask the database for anything: it may be what is broken.
    template = "500.html" if status == HTTPStatus.INTERNAL_SERVER_ERROR else "error.html"
    response = HttpResponse(render_to_string(template, context, request), status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception=None):
    """400, or 413 where a request was larger than the settings allow (RFC 9110, 15.5.14)."""
    return page(request, 413 if isinstance(exception, TOO_MUCH) else 400)


def permission_denied(request, exception=None):
    return page(request, 403, str(exception or ""))


def not_found(request, exception=None):
    """404, with the sentence of a `NotHere`; Django's own words are for developers."""
    return page(request, 404, str(exception) if isinstance(exception, NotHere) else "")


def form_without_token(request, reason=""):
    """What Django's token check refuses: in the admin an old form, elsewhere a wrong method.

    Readers' forms don't pass this check (`comments.same_origin` is theirs), and no other page of
    readers takes anything but GET and HEAD.
    """
    if is_for_staff(request):
        return page(
            request, 403, _("The form was too old. Go back, load the page anew, try again.")
        )
    response = page(request, 405)
    response["Allow"] = "GET, HEAD"
    return response


def server_error(request):
    return page(request, 500)


def _edition_of(request):
    """The language of an address, for errors outside of `posts.editions.Editions`."""
    return translation.override(editions.of_path(request.path_info).django_code)


class SpokenErrors:
    """Puts our page into error responses that come without one (405 and the like), refuses
    addresses that hold what no text can, and says what `gandhara.admission` refused."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if status := request.META.get(REFUSAL):
            with _edition_of(request):
                response = page(request, status)
            if status == HTTPStatus.SERVICE_UNAVAILABLE:
                response["Retry-After"] = "60"
            return response
        # No text has this character; PostgreSQL fails on it, in Django's own filters too.
        if "%00" in request.META.get("QUERY_STRING", ""):
            with _edition_of(request):
                return bad_request(request)
        response = self.get_response(request)
        silent = not response.streaming and not response.content
        if response.status_code in SPOKEN and silent:
            with _edition_of(request):
                spoken = page(request, response.status_code)
            for header, value in response.items():
                if header not in ("Content-Type", "Content-Length"):
                    spoken[header] = value
            return spoken
        return response
