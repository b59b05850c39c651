"""Presence and autosave on a post's page in the admin. `static/js/writing.js` asks these."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from posts import at_work
from posts.templatetags.newsroom import SAVED


def _moment(at):
    return date_format(localtime(at), "DATETIME_FORMAT")


def _name(user):
    return user.get_full_name() or user.get_username()


def _sentences(rows):
    return [
        _("%(name)s is editing this since %(time)s.")
        % {"name": _name(row.by), "time": _moment(row.since)}
        for row in rows
    ]


def continuing(post, autosave):
    """The address of the form with the autosaved text in it."""
    page = (
        reverse("admin:posts_post_change", args=[post.pk])
        if post
        else reverse("admin:posts_post_add")
    )
    return f"{page}?autosave={autosave.pk}"


class AtWorkPages:
    """What a ModelAdmin of posts gets so that editors see each other and lose nothing."""

    def get_urls(self):
        guarded = self.admin_site.admin_view
        return [
            path("<int:pk>/open/", guarded(require_POST(self.still_open)), name="posts_post_open"),
            path("autosave/", guarded(require_POST(self.autosave)), name="posts_post_autosave"),
            path(
                "autosave/<int:pk>/throw-away/",
                guarded(self.throw_away),
                name="posts_post_throw_away",
            ),
            *super().get_urls(),
        ]

    def _writable(self, request, pk):
        post = self.get_object(request, str(pk))
        if post is None:
            raise Http404
        if not self.has_change_permission(request, post):
            raise PermissionDenied
        return post

    def still_open(self, request, pk):
        """Says who else has the post open, and who took it over; `take_over` takes it over."""
        post = self._writable(request, pk)
        if request.POST.get("take_over"):
            at_work.take_over(post, request.user)
        own = at_work.arrive(post, request.user)
        answer = {"others": _sentences(at_work.others(post, request.user)), "taken": ""}
        if own.taken_by:
            answer["taken"] = _(
                "%(name)s has taken this post over. What you have typed is kept; save it and "
                "you will see both texts."
            ) % {"name": _name(own.taken_by)}
        return JsonResponse(answer)

    def autosave(self, request):
        """Keeps what the form holds; nothing that is stored of the post changes."""
        key, number = request.POST.get("autosave_key", ""), request.POST.get("autosave_post", "")
        if not at_work.KEY.fullmatch(key):
            return JsonResponse({"error": _("This form has no key. Load it anew.")}, status=400)
        post = None
        if number:
            post = self._writable(request, number)
        elif not self.has_add_permission(request):
            raise PermissionDenied
        version = request.POST.get("began_with", "")
        known = version.isascii() and version.isdecimal() and len(version) < 9
        kept = at_work.keep(request.user, post, key, int(version) if known else 0, request.POST)
        if kept is None:
            return JsonResponse({"saved": True})
        words = _("Kept at %(time)s. It is not saved yet.") % {
            "time": date_format(localtime(kept.at), "H:i:s")
        }
        return JsonResponse({"words": words, "continue": continuing(post, kept)})

    def throw_away(self, request, pk):
        """Asks, and at a POST deletes: nothing brings the text back."""
        kept = get_object_or_404(at_work.Autosave, pk=pk, by=request.user)
        post = kept.post
        if request.method == "POST":
            kept.delete()
            if post:
                return redirect("admin:posts_post_change", post.pk)
            return redirect("admin:posts_post_add")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Throw away what was not saved?"),
            "opts": self.opts,
            "kept": kept,
            "words": at_work.words_of(kept),
            "continue": continuing(post, kept),
        }
        return render(request, "admin/posts/post/throw_away.html", context)

    # For the form

    def note_saved(self, request):
        """A form was saved: the copies of what was typed into it are needed no more."""
        key = request.POST.get("autosave_key", "")
        at_work.forget(request.user, key)
        if at_work.KEY.fullmatch(key):
            # The next page tells the browser.
            request.session[SAVED] = key

    def taken_up(self, request, post):
        """The Autosave that the address asks to go on with, or None."""
        asked = request.GET.get("autosave", "")
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 16):
            return None
        return at_work.left_behind(request.user, post).filter(pk=asked).first()

    def at_work_context(self, request, post):
        """What the form's page tells of others, and of what was typed and not saved."""
        taken_up = self.taken_up(request, post)
        key = request.POST.get("autosave_key", "")
        if not at_work.KEY.fullmatch(key):
            key = taken_up.key if taken_up else at_work.new_key()
        left = at_work.left_behind(request.user, post).exclude(key=key)
        context = {
            "key": key,
            "taken_up": taken_up,
            "left": [(row, continuing(post, row)) for row in left[:5]],
            "others": [],
        }
        if post is not None:
            at_work.arrive(post, request.user, anew=request.method == "GET")
            context["others"] = _sentences(at_work.others(post, request.user))
        return context


def as_sent(fields):
    """Autosaved fields as a browser sends them."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def typed_into(form, fields):
    """Put autosaved `fields` into a form that has not been sent, as if they were stored."""
    data = as_sent(fields)
    for name, field in form.fields.items():
        prefixed = form.add_prefix(name)
        if name == "began_with" or field.widget.value_omitted_from_data(data, {}, prefixed):
            continue
        form.initial[name] = field.widget.value_from_datadict(data, {}, prefixed)
