"""Rules, edited and tried."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from comments import rules
from comments.models import Rule
from posts import languages

MOST_AT_ONCE = 5_000
EVERY_LANGUAGE = [("", _("Every language")), *languages.CHOICES]
# Skipped lines that are named; the others are counted.
SKIPPED_NAMED = 10


def queue_of(rule):
    """Where the comments that a rule held are read."""
    return f"{reverse('admin:comments_desk')}?queue=rule&rule={rule.pk}"


def outcome(trial):
    """A trial in a sentence."""
    if not trial.looked_at:
        return _("There are no comments yet that it could be tried on.")
    if not trial.number:
        return ngettext(
            "It would not have caught the newest comment.",
            "It would have caught none of the newest %(looked_at)d comments.",
            trial.looked_at,
        ) % {"looked_at": trial.looked_at}
    return ngettext(
        "It would have caught %(number)d of the newest %(looked_at)d comments; published of "
        "those: %(published)d.",
        "It would have caught %(number)d of the newest %(looked_at)d comments; published of "
        "those: %(published)d.",
        trial.number,
    ) % {
        "number": trial.number,
        "looked_at": trial.looked_at,
        "published": trial.published,
    }


class RuleForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Only in"), choices=EVERY_LANGUAGE, required=False)

    class Meta:
        model = Rule
        fields = ("kind", "pattern", "action", "language", "state", "ends_at", "note")
        widgets = {
            "pattern": forms.TextInput(attrs={"dir": "auto", "size": 60}),
            "note": forms.TextInput(attrs={"dir": "auto", "size": 60}),
        }
        help_texts = {
            "pattern": _(
                "Whole words: “cialis” is not met by “specialist”. Letters' variants, marks, "
                "digits of every script and look-alikes count as the same. A domain counts with "
                "its subdomains: example.com, example.com/path, @example.com for e-mail "
                "addresses, .example for all that end so."
            ),
            "ends_at": _("From then on it does nothing. Empty: it does not end."),
            "note": _("For the other moderators; readers never see it."),
        }

    def clean(self):
        cleaned = super().clean()
        kind, pattern = cleaned.get("kind"), cleaned.get("pattern")
        if not kind or not pattern:
            return cleaned
        problem = rules.problem_of(kind, pattern)
        if problem:
            self.add_error("pattern", problem)
            return cleaned
        same = rules.alike(kind, cleaned.get("language", "")).get(rules.key_of(kind, pattern))
        if same and same.pk != self.instance.pk:
            self.add_error("pattern", self._is_there_already(same))
        return cleaned

    @staticmethod
    def _is_there_already(rule):
        return format_html(
            _("There is already a rule for this: <a {}>“<bdi>{}</bdi>”</a>. Change that one."),
            format_html('href="{}"', reverse("admin:comments_rule_change", args=[rule.pk])),
            rule.pattern,
        )


class ManyRulesForm(forms.Form):
    """Patterns one a line, and what their rules share."""

    kind = forms.ChoiceField(label=_("Looks at"), choices=Rule.Kind)
    action = forms.ChoiceField(label=_("Does"), choices=Rule.Action)
    language = forms.ChoiceField(label=_("Only in"), choices=EVERY_LANGUAGE, required=False)
    note = forms.CharField(
        label=_("Why"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "size": 60}),
    )
    patterns = forms.CharField(
        label=_("Words, phrases, names or domains, one a line"),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 16, "cols": 60}),
        help_text=_("Empty lines don't matter; what is there already is left out."),
    )

    def clean_patterns(self):
        lines = [line.strip() for line in self.cleaned_data["patterns"].splitlines()]
        if sum(map(bool, lines)) > MOST_AT_ONCE:
            raise ValidationError(
                _("These are %(number)d lines; at most %(limit)d can be added at once."),
                params={"number": sum(map(bool, lines)), "limit": MOST_AT_ONCE},
            )
        wrong = [
            _("Line %(number)d: %(problem)s") % {"number": number, "problem": problem}
            for number, line in enumerate(lines, 1)
            if line and (problem := self._problem_of(line))
        ]
        if wrong:
            raise ValidationError([*wrong[:SKIPPED_NAMED], _("Nothing was stored.")])
        return [line for line in lines if line]

    def _problem_of(self, line):
        limit = Rule._meta.get_field("pattern").max_length
        if len(line) > limit:
            return _("“%(pattern)s …” is longer than %(limit)d characters.") % {
                "pattern": line[:40],
                "limit": limit,
            }
        return rules.problem_of(self.cleaned_data.get("kind", Rule.Kind.WORDS), line)


class InForce(admin.SimpleListFilter):
    title = pgettext_lazy("rules", "in force")
    parameter_name = "force"

    def lookups(self, request, model_admin):
        return [
            ("yes", pgettext_lazy("rules", "In force")),
            ("ended", pgettext_lazy("rules", "Ended")),
            ("off", pgettext_lazy("rules", "Off")),
        ]

    def queryset(self, request, queryset):
        chosen = self.value()
        if chosen == "yes":
            return queryset.in_force()
        if chosen == "ended":
            return queryset.filter(state=Rule.State.ON, ends_at__lte=timezone.now())
        return queryset.filter(state=Rule.State.OFF) if chosen == "off" else queryset


class RulesPage(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        rules.count_held(self.result_list)


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin):
    form = RuleForm
    list_display = (
        "what", "kind", "action", "only_in", "in_force", "ends_at", "held", "by", "tried",
    )  # fmt: skip
    list_display_links = ("what",)
    list_filter = (InForce, "kind", "action", "language")
    search_fields = ("pattern", "note")
    list_select_related = ("by",)
    list_per_page = 100
    show_full_result_count = False
    ordering = ("pattern", "pk")
    actions = ("switch_on", "switch_off")
    change_form_template = "admin/comments/rule/change_form.html"
    change_list_template = "admin/comments/rule/change_list.html"

    class Media:
        css = {"all": ["css/admin.css"]}

    def has_try_permission(self, request):
        """Trying shows comments that still wait: for those who read them anyway."""
        return self.has_view_permission(request) and request.user.has_perm(
            "comments.moderate_comment"
        )

    # The list

    def get_changelist(self, request, **kwargs):
        return RulesPage

    def get_list_display(self, request):
        shown = super().get_list_display(request)
        return shown if self.has_try_permission(request) else shown[:-1]

    @admin.display(description=_("pattern"), ordering="pattern")
    def what(self, rule):
        return format_html('<span dir="auto">{}</span>', rule.pattern)

    @admin.display(description=_("only in"), ordering="language")
    def only_in(self, rule):
        return rule.get_language_display() if rule.language else EVERY_LANGUAGE[0][1]

    @admin.display(description=_("state"), ordering="state")
    def in_force(self, rule):
        if rule.state == Rule.State.ON and rule.ends_at and rule.ends_at <= timezone.now():
            return pgettext_lazy("rules", "Ended")
        return rule.get_state_display()

    @admin.display(description=_("held"))
    def held(self, rule):
        if not rule.has_held:
            return 0
        said = _("%(held)d, %(waiting)d of them waiting") % {
            "held": rule.has_held,
            "waiting": rule.waiting,
        }
        return format_html('<a href="{}">{}</a>', queue_of(rule), said)

    @admin.display(description=_("try"))
    def tried(self, rule):
        address = reverse("admin:comments_rule_try", args=[rule.pk])
        return format_html('<a href="{}">{}</a>', address, _("Try it"))

    def _set_state(self, request, queryset, state):
        changed = list(queryset.exclude(state=state))
        keys = [rule.pk for rule in changed]
        with transaction.atomic():
            for start in range(0, len(keys), 500):
                some = Rule.objects.filter(pk__in=keys[start : start + 500])
                some.update(state=state, by=request.user)
            rules.changed(keys)
            for rule in changed:
                self.log_change(request, rule, str(state.label))
        number = len(keys)
        said = ngettext(
            "%(number)d rule is now: %(state)s.", "%(number)d rules are now: %(state)s.", number
        ) % {"number": number, "state": state.label}
        if not number:
            said = _("Nothing changed: these rules were so already.")
        self.message_user(request, said, messages.SUCCESS if number else messages.WARNING)

    @admin.action(description=_("Put in force"), permissions=["change"])
    def switch_on(self, request, queryset):
        self._set_state(request, queryset, Rule.State.ON)

    @admin.action(description=_("Switch off"), permissions=["change"])
    def switch_off(self, request, queryset):
        self._set_state(request, queryset, Rule.State.OFF)

    # One rule

    def save_model(self, request, obj, form, change):
        obj.by = request.user
        super().save_model(request, obj, form, change)
        rules.changed([obj.pk])

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        may_edit = (
            self.has_change_permission(request) if object_id else self.has_add_permission(request)
        )
        may_try = may_edit and self.has_try_permission(request)
        extra = {**(extra_context or {}), "may_try": may_try}
        if request.method == "POST" and "_try" in request.POST:
            return self._try_the_form(request, object_id, form_url, extra)
        return super().changeform_view(request, object_id, form_url, extra)

    def _try_the_form(self, request, object_id, form_url, extra):
        """The page as it was sent, with what its rule would have caught; nothing is stored."""
        if not extra["may_try"]:
            raise PermissionDenied
        rule = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and rule is None:
            raise Http404
        form = self.get_form(request, rule, change=rule is not None)(request.POST, instance=rule)
        if form.is_valid():
            trial = rules.try_out(form.instance)
            extra |= {"trial": trial, "outcome": outcome(trial)}
        fields = helpers.AdminForm(
            form,
            list(self.get_fieldsets(request, rule)),
            self.get_prepopulated_fields(request, rule),
            self.get_readonly_fields(request, rule),
            model_admin=self,
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change rule") if rule else _("Add rule"),
            "subtitle": str(rule) if rule else None,
            "adminform": fields,
            "object_id": object_id,
            "original": rule,
            "is_popup": False,
            "to_field": None,
            "media": self.media + fields.media,
            "inline_admin_formsets": [],
            "errors": helpers.AdminErrorList(form, []),
            "preserved_filters": self.get_preserved_filters(request),
            **extra,
        }
        return self.render_change_form(
            request, context, add=rule is None, change=rule is not None, obj=rule, form_url=form_url
        )

    # Pages of their own

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("add-many/", guard(self.add_many), name="comments_rule_add_many"),
            path("<int:pk>/try/", guard(self.try_page), name="comments_rule_try"),
            *super().get_urls(),
        ]

    def _page(self, request, template, **context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/comments/rule/{template}.html", context)

    def try_page(self, request, pk):
        """What a stored rule would have caught."""
        if not self.has_try_permission(request):
            raise PermissionDenied
        rule = Rule.objects.filter(pk=pk).first()
        if rule is None:
            raise Http404
        trial = rules.try_out(rule)
        return self._page(
            request,
            "try",
            title=_("Try a rule"),
            original=rule,
            trial=trial,
            outcome=outcome(trial),
        )

    def add_many(self, request):
        """Rules pasted one a line."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ManyRulesForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return self._page(
                request, "add_many", title=_("Add many rules"), form=form, media=self.media
            )
        fields = dict(form.cleaned_data)
        with transaction.atomic():
            new, skipped = rules.add_many(fields.pop("patterns"), by=request.user, **fields)
            if new:
                LogEntry.objects.log_actions(
                    request.user.pk, new, ADDITION, [{"added": {}}], single_object=False
                )
        self._tell_of(request, new, skipped)
        return redirect("admin:comments_rule_changelist")

    def _tell_of(self, request, new, skipped):
        said = ngettext("%(number)d rule was added.", "%(number)d rules were added.", len(new))
        level = messages.SUCCESS if new else messages.WARNING
        self.message_user(request, said % {"number": len(new)}, level)
        if not skipped:
            return
        said = ngettext(
            "%(number)d line was left out, for its rule is there already: %(lines)s",
            "%(number)d lines were left out, for their rules are there already: %(lines)s",
            len(skipped),
        )
        lines = ", ".join(f"“{line}”" for line in skipped[:SKIPPED_NAMED])
        if len(skipped) > SKIPPED_NAMED:
            lines += " …"
        self.message_user(
            request, said % {"number": len(skipped), "lines": lines}, messages.WARNING
        )
