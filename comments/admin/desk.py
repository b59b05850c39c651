"""The pages of the moderation desk. Its rules are in `comments.desk`."""

import uuid

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comments import claims, deciding, desk
from comments.models import Decision, Rule

FOLDER = "admin/comments/desk"


def urls(model_admin):
    """The desk's addresses, to stand before those of the list of comments."""

    def at(route, view, name):
        guarded = model_admin.admin_site.admin_view(_for_moderators(view))
        return path(route, guarded, name=f"comments_desk{name}")

    return [
        at("desk/", require_safe(show), ""),
        at("desk/cards/", require_safe(more_cards), "_cards"),
        at("desk/decide/", require_POST(decide), "_decide"),
        at("desk/mine/", require_safe(mine), "_mine"),
        at("desk/undo/", require_POST(undo), "_undo"),
        at("desk/claim/", require_POST(claim), "_claim"),
        at("desk/all/", decide_on_all, "_all"),
    ]


def _for_moderators(view):
    def guarded(request, **kwargs):
        if not request.user.has_perm("comments.moderate_comment"):
            raise PermissionDenied
        return view(request, **kwargs)

    return guarded


def _page(request, template, **context):
    return TemplateResponse(
        request, f"{FOLDER}/{template}.html", {**admin.site.each_context(request), **context}
    )


def _draw(request, template, **context):
    return render_to_string(f"{FOLDER}/_{template}.html", context, request)


def _wants_data(request):
    return request.accepts("application/json") and not request.accepts("text/html")


def _data(request, **answer):
    """An answer for the desk's script: `answer`, and what changes with every decision."""
    return JsonResponse(
        {
            "counts": {queue.name: queue.count() for queue in desk.QUEUES.values()},
            "clocks": _draw(request, "clocks", clocks=desk.clocks()),
            "last": _draw(request, "last", last=deciding.last_of(request.user)),
            # A sign-in in another window makes the page's own token stale.
            "token": get_token(request),
            **answer,
        }
    )


def _back(request, *, to="", next_card=None):
    """Redirect to the page of the desk that the form was on, which it carries in `next`."""
    query = to or QueryDict(request.POST.get("next", "")).urlencode()
    anchor = f"#card-{next_card}" if next_card else ""
    return redirect(f"{reverse('admin:comments_desk')}?{query}{anchor}")


def _cards(request, cards, look=None):
    return _draw(request, "cards", cards=cards, look=look, codes=Decision.Code.choices)


# Looking


def show(request):
    """A queue's page."""
    look = desk.look(request.GET, request.user)
    cards, more = look.page()
    return _page(
        request,
        "desk",
        title=_("Moderation desk"),
        look=look,
        tabs=[
            (queue, queue.count(), look.query(queue=queue.name, claims=None))
            for queue in desk.QUEUES.values()
        ],
        elsewhere=[
            (queue, look.query(queue=queue.name, claims=None))
            for queue in desk.QUEUES.values()
            if queue != look.queue
        ],
        matching=desk.counted(look.rows()) if look.filters else "",
        clocks=desk.clocks(),
        last=deciding.last_of(request.user),
        cards=cards,
        more=cards[-1].comment.pk if more else None,
        codes=Decision.Code.choices,
        languages=desk.languages.CHOICES,
        ages=[(age, words) for age, (_delta, words) in desk.AGES.items()],
        claims=desk.CLAIMS.items(),
        claimed_at_once=claims.CLAIMED_AT_ONCE,
    )


def more_cards(request):
    """The next cards of a queue, for the script."""
    look = desk.look(request.GET, request.user)
    cards, more = look.page()
    return _data(request, cards=_cards(request, cards, look), more=more)


# Deciding


def _asked(post):
    """What a form asks for: what was seen, the decision, the code, and whether it's a selection.

    A card's button says "12:rejected:insult"; a button of the bar says the decision alone, with
    the comments in `pick` and the reason in `code`. Raises deciding.Undecidable for anything else.
    """
    one, whole = post.get("decide", ""), post.get("bulk", "")
    key, decision, code = [*one.split(":"), "", ""][:3] if one else ("", whole, post.get("code"))
    keys = [key] if one else post.getlist("pick")
    if decision not in deciding.DECISIONS or not all(map(_is_number, keys)):
        raise deciding.Undecidable(_("The form was incomplete. Nothing was changed; press again."))
    if not keys:
        raise deciding.Undecidable(
            _("No comment was selected. Tick the box beside the names, then press again.")
        )
    seen = {int(key): post.get(f"saw-{int(key)}", "") for key in keys}
    return seen, decision, deciding.known_code(code or ""), not one


def _following(post, keys):
    """The first card of the form after the last that was decided on."""
    shown = [int(name[4:]) for name in post if name.startswith("saw-") and name[4:].isdigit()]
    places = [shown.index(key) for key in keys if key in shown]
    return next(iter(shown[max(places) + 1 :]), None) if places else None


def decide(request):
    """Decide on one comment or on a selection; for the script, say what became of each."""
    try:
        seen, decision, code, is_bulk = _asked(request.POST)
    except deciding.Undecidable as why:
        return _refuse(request, why)
    batch = uuid.uuid4() if is_bulk else None
    outcomes = deciding.decide(seen, decision, request.user, code, batch)
    done = [outcome for outcome in outcomes if outcome.decision]
    late = [outcome for outcome in outcomes if not outcome.decision]
    if _wants_data(request):
        return _data(
            request,
            receipts={each.key: _receipt(request, each.decision) for each in done},
            decisions={each.key: each.decision.pk for each in done},
            batch=str(batch) if batch and done else "",
            cards={each.key: _card(request, each) for each in late},
            late={each.key: each.words for each in late},
            said=deciding.decided_sentence(outcomes, decision) if is_bulk else "",
        )
    if done:
        messages.success(request, deciding.decided_sentence(outcomes, decision))
    for each in late:
        messages.warning(request, f"#{each.key}: {each.words}")
    return _back(request, next_card=_following(request.POST, list(seen)))


def _receipt(request, decision):
    return _draw(request, "receipt", decision=decision)


def _card(request, outcome, notice=None):
    """A comment's card drawn anew; empty if the comment is gone."""
    words = outcome.words if notice is None else notice
    card = desk.card_of(outcome.key, request.user, words)
    return _cards(request, [card]) if card else ""


def _refuse(request, why):
    if _wants_data(request):
        return JsonResponse({"refused": str(why), "token": get_token(request)}, status=400)
    messages.error(request, str(why))
    return _back(request)


def decide_on_all(request):
    """Ask, and on POST do it: one decision on everything that a rule held."""
    source = request.POST if request.method == "POST" else request.GET
    number = source.get("rule", "")
    rule = get_object_or_404(Rule, pk=int(number) if _is_number(number) else 0)
    if request.method == "POST":
        return _decide_on_all(request, rule)
    held = deciding.held_by_rule(rule, request.user)
    return _page(
        request,
        "all",
        title=_("Everything that this rule held"),
        rule=rule,
        number=held.count(),
        newest=held.order_by("-pk").values_list("pk", flat=True).first(),
        back=_queue_of(rule),
        codes=Decision.Code.choices,
    )


def _queue_of(rule):
    return urlencode({"queue": "rule", "rule": rule.pk})


def _is_number(value):
    return value.isascii() and value.isdigit() and len(value) <= 18


def _decide_on_all(request, rule):
    decision, upto = request.POST.get("decision"), request.POST.get("upto", "")
    try:
        if decision not in deciding.DECISIONS or not _is_number(upto):
            raise deciding.Undecidable(
                _("The form was incomplete. Nothing was changed; press again.")
            )
        code = deciding.known_code(request.POST.get("code", ""))
    except deciding.Undecidable as why:
        messages.error(request, str(why))
        return redirect(f"{reverse('admin:comments_desk_all')}?{urlencode({'rule': rule.pk})}")
    number, _batch = deciding.decide_on_all(rule, decision, request.user, code, int(upto))
    messages.success(
        request,
        ngettext(
            "%(number)d comment that the rule “%(rule)s” held is now: %(status)s.",
            "%(number)d comments that the rule “%(rule)s” held are now: %(status)s.",
            number,
        )
        % {"number": number, "rule": rule, "status": desk.Status(decision).label},
    )
    return _back(request, to=_queue_of(rule))


# One's own decisions, and undo


def mine(request):
    """A moderator's own decisions, each with its undo."""
    return _page(
        request,
        "mine",
        title=_("My decisions"),
        done=deciding.mine(request.user),
        most=deciding.MINE,
    )


def _to_undo(post, by):
    """The decisions that a form wants taken back. Raises deciding.Undecidable if there are none."""
    number, batch = post.get("decision", ""), post.get("batch", "")
    found = []
    if post.get("last"):
        last = deciding.last_of(by)
        found = [] if last is None else [last]
        if last is not None and last.batch:
            found = list(deciding.of_batch(last.batch, by))
    elif batch:
        try:
            found = list(deciding.of_batch(uuid.UUID(batch), by))
        except ValueError:
            found = []
    elif _is_number(number):
        found = list(Decision.objects.filter(pk=int(number)).select_related("comment"))
    if not found:
        raise deciding.Undecidable(_("There is nothing of yours to undo."))
    return found


def undo(request):
    """Take back a decision, a batch, or the last of both."""
    try:
        outcomes = deciding.undo(_to_undo(request.POST, request.user), request.user)
    except deciding.Undecidable as why:
        return _refuse(request, why)
    done = [outcome for outcome in outcomes if outcome.decision]
    late = [outcome for outcome in outcomes if not outcome.decision]
    said = ngettext("%(number)d decision is undone.", "%(number)d decisions are undone.", len(done))
    said %= {"number": len(done)}
    if _wants_data(request):
        return _data(
            request,
            cards={each.key: _card(request, each, "") for each in done[: desk.PAGE]},
            late={each.key: each.words for each in late},
            said=said if done else "",
        )
    if done:
        messages.success(request, said)
    for words in dict.fromkeys(each.words for each in late):
        messages.warning(request, words)
    if request.POST.get("from") == "mine":
        return redirect("admin:comments_desk_mine")
    return _back(request, next_card=done[0].key if done else None)


# Claims


def claim(request):
    """Take the next ones or one of them, or give one or all back."""
    post, by = request.POST, request.user
    look = desk.look(QueryDict(post.get("next", "")), by)
    take, give = post.get("take", ""), post.get("release", "")
    keys = [key for key in (take, give) if _is_number(key)]
    to, key = "", int(keys[0]) if keys else None
    try:
        if take == "next":
            look.claims, look.after = "", None
            said, to = _taken(claims.take_next(look, by)), look.query(claims="mine")
        elif take and key:
            claims.take(key, by)
            said = _("It is yours for 15 minutes.")
        elif give == "all":
            number = claims.release(by)
            to = look.query(claims=None)
            said = ngettext(
                "%(number)d comment is free for others again.",
                "%(number)d comments are free for others again.",
                number,
            ) % {"number": number}
        elif give and key:
            claims.release(by, key)
            said = _("It is free for others again.")
        else:
            raise deciding.Undecidable(
                _("The form was incomplete. Nothing was changed; press again.")
            )
    except deciding.Undecidable as why:
        return _refuse(request, why)
    if _wants_data(request):
        card = desk.card_of(key, by) if key else None
        return _data(request, cards={key: _cards(request, [card])} if card else {}, said=said)
    messages.success(request, said)
    return _back(request, to=to, next_card=key)


def _taken(number):
    if not number:
        return _("Nothing is left that nobody reads.")
    return ngettext(
        "%(number)d comment is yours for 15 minutes.",
        "%(number)d comments are yours for 15 minutes.",
        number,
    ) % {"number": number}
