"""Notices by mail: each moderator's own choice; what waits to be sent, and when duties ran."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments import digests, duties, letters
from comments.models import DigestChoice, DutyRun, Letter


class ChoiceForm(forms.ModelForm):
    class Meta:
        model = DigestChoice
        fields = ("frequency", "minutes", "contents")
        widgets = {"frequency": forms.RadioSelect, "contents": forms.RadioSelect}
        help_texts = {
            "frequency": _("Every day means at 8:00. At most one mail an hour is sent."),
            "contents": _("A mail passes strangers' machines: choose the texts only if you must."),
        }


@admin.register(DigestChoice)
class NoticesAdmin(admin.ModelAdmin):
    """One page, on which each moderator sees and sets the own choice and nobody else's."""

    def has_module_permission(self, request):
        return request.user.has_perm("comments.moderate_comment")

    def has_view_permission(self, request, obj=None):
        return obj is None and request.user.has_perm("comments.moderate_comment")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        own = DigestChoice.objects.filter(user=request.user).first()
        own = own or DigestChoice(user=request.user)
        form = ChoiceForm(request.POST if request.method == "POST" else None, instance=own)
        if request.method == "POST" and form.is_valid():
            form.save()
            said = _now("Saved: %(choice)s.") % {"choice": own.get_frequency_display()}
            self.message_user(request, said, messages.SUCCESS)
            return redirect("admin:comments_digestchoice_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Notices by mail"),
            "opts": self.opts,
            "form": form,
            "address": request.user.email,
            "why_no_mail": digests.why_no_mail(request.user),
        }
        return TemplateResponse(
            request,
            "admin/comments/digestchoice/notices.html",
            context,
            status=422 if form.errors else 200,
        )


class ForSuperusers(admin.ModelAdmin):
    """Read only, and for superusers: the newsroom's work needs none of it."""

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        title = self.opts.verbose_name_plural.capitalize()
        context = (extra_context or {}) | {"title": title, "state_of_mail": state_of_mail()}
        return super().changelist_view(request, context)


def state_of_mail():
    """How many mails are on their way, and how many no mail server took, in a sentence."""
    waiting, stuck = letters.waiting().count(), letters.stuck().count()
    said = ngettext(
        "%(number)d mail is on its way.", "%(number)d mails are on their way.", waiting
    ) % {"number": waiting}
    if not stuck:
        return said
    return (
        said
        + " "
        + ngettext(
            "%(number)d is stuck: no mail server took it for three days. Look at EMAIL_URL, then "
            "choose “Try again”.",
            "%(number)d are stuck: no mail server took them for three days. Look at EMAIL_URL, "
            "then choose “Try again”.",
            stuck,
        )
        % {"number": stuck}
    )


class Stuck(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("waiting", _("On its way")), ("stuck", _("Stuck"))]

    def queryset(self, request, queryset):
        most = letters.MOST_ATTEMPTS
        if self.value() == "stuck":
            return queryset.filter(attempts__gte=most)
        return queryset.filter(attempts__lt=most) if self.value() == "waiting" else queryset


@admin.register(Letter)
class LetterAdmin(ForSuperusers):
    """The box of mails: never to whom, never what they say."""

    list_display = ("subject", "made_at", "attempts", "next_try")
    list_display_links = None
    list_filter = (Stuck,)
    list_per_page = 50
    ordering = ("made_at", "pk")
    actions = ("try_again", "throw_away")
    change_list_template = "admin/comments/letter/change_list.html"

    def has_view_permission(self, request, obj=None):
        # A mail's own page would show its encrypted parts, which tell nobody anything.
        return obj is None and super().has_view_permission(request)

    @admin.display(description=_("next try"))
    def next_try(self, letter):
        return _now("Stuck") if letters.is_stuck(letter) else letter.due_at

    @admin.action(description=_("Try again"), permissions=["view"])
    def try_again(self, request, queryset):
        number = letters.try_again(queryset)
        said = ngettext(
            "%(number)d mail is tried again.", "%(number)d mails are tried again.", number
        )
        self.message_user(request, said % {"number": number}, messages.SUCCESS)

    @admin.action(description=_("Delete stuck mails without sending them"), permissions=["view"])
    def throw_away(self, request, queryset):
        number, _by_model = queryset.filter(attempts__gte=letters.MOST_ATTEMPTS).delete()
        said = ngettext("%(number)d mail was deleted.", "%(number)d mails were deleted.", number)
        self.message_user(request, said % {"number": number}, messages.SUCCESS)


@admin.register(DutyRun)
class DutyRunAdmin(ForSuperusers):
    list_display = ("label", "ran", "said")
    list_display_links = None
    ordering = ("duty",)
    change_list_template = "admin/comments/letter/change_list.html"

    @admin.display(description=_("duty"), ordering="duty")
    def label(self, run):
        return next((duty.label for duty in duties.DUTIES if duty.name == run.duty), run.duty)

    @admin.display(description=_("last ran"), ordering="ran_at")
    def ran(self, run):
        return timezone.localtime(run.ran_at)
