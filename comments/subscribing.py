"""The pages on which readers ask for mail about replies, confirm it, and stop it."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import limits, receipts, subscriptions
from comments.models import Subscription
from comments.views import FOREIGN_STEP, holders_form, readers_form
from posts import editions
from posts.views import NotHere


def page(request, receipt, form=None, status=200, refusal=""):
    editions.speak(receipt.comment.forum.post.language)
    wish = subscriptions.Wish(receipt.comment)
    context = {
        "receipt": receipt,
        "comment": receipt.comment,
        "mail": wish,
        "form": form or wish.form,
        "refusal": refusal,
    }
    return render(request, "comments/subscribe.html", context, status=status)


def refuse_foreign(request, token):
    receipt = receipts.receipt_of(token)
    if receipt is None or not receipt.is_full or receipt.has_expired:
        raise NotHere(_("This receipt is not ours, or its comment is gone."))
    form = subscriptions.SubscribeForm(initial={"email": request.POST.get("email", "")[:254]})
    return page(request, receipt, form, 403, FOREIGN_STEP)


@holders_form(refuse_foreign)
def subscribe(request, receipt):
    """The holder of a receipt gives an address, or stops the mails."""
    if request.method != "POST":
        return page(request, receipt)
    if "stop" in request.POST:
        subscriptions.stop(Subscription.objects.filter(comment=receipt.comment))
        return redirect("comments:subscribe", receipt.token)
    form = subscriptions.SubscribeForm(request.POST)
    wish = subscriptions.Wish(receipt.comment)
    if not wish.can_ask:
        return page(request, receipt, form, 409, _("No mail can be asked for here any more."))
    if not form.is_valid():
        return page(request, receipt, form, 422)
    try:
        subscriptions.ask(receipt.comment, form.cleaned_data["email"], limits.sender_of(request))
    except subscriptions.TooMany as refused:
        response = page(request, receipt, form, 429, str(refused))
        response["Retry-After"] = str(refused.retry_after)
        return response
    return redirect("comments:subscribe", receipt.token)


def _to_confirm(token):
    found = subscriptions.of_confirmation(token)
    if found is None:
        raise NotHere(
            _("This link confirms nothing any more: it was stopped, or is older than two days.")
        )
    editions.speak(found.comment.forum.post.language)
    return found


def refuse_foreign_confirmation(request, token):
    context = {"subscription": _to_confirm(token), "refusal": FOREIGN_STEP}
    return render(request, "comments/subscribe_confirm.html", context, status=403)


@readers_form(refuse_foreign_confirmation)
def confirm(request, token):
    """What the mail leads to. Only its button confirms: mail scanners follow links."""
    found = _to_confirm(token)
    if request.method == "POST":
        subscriptions.confirm(found)
        return redirect("comments:confirm_mail", token)
    context = {"subscription": found, "stop": subscriptions.stop_address(found)}
    return render(request, "comments/subscribe_confirm.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """Stop the mails: a page with a button for people, one POST for mail programs (RFC 8058).

    A mail program sends no cookie, no origin and no token of Django's. The signature in the
    address is the whole proof, and all that it allows is to get less mail.
    """
    key = subscriptions.key_to_stop(token)
    if key is None:
        raise NotHere(_("This link is not ours. Please use it as it stands in the mail."))
    rows = Subscription.objects.filter(pk=key)
    if found := rows.select_related("comment__forum__post").first():
        editions.speak(found.comment.forum.post.language)
    if request.method == "POST":
        subscriptions.stop(rows)
    response = render(request, "comments/subscribe_stop.html", {"goes_on": rows.exists()})
    response["X-Robots-Tag"] = "noindex"
    return response


stop.address_is_proof = True
