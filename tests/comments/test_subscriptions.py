"""Mail about replies: asked for on a receipt, confirmed by a button, stopped by one click."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from comments import letters, limits, receipts, subscriptions
from comments.models import Comment, Letter, Subscription
from tests.factories import make_comment, make_forum, make_post, make_subscription

pytestmark = pytest.mark.django_db
Status = Comment.Status


@pytest.fixture
def comment():
    return make_comment(
        make_forum(make_post("Make Nice")), status=Status.PENDING, name="Eugenio",
        place="Vienna", text="Excellent news!",
    )  # fmt: skip


def mail_page(comment):
    return receipts.receipt_address(comment) + "mail/"


def link_in(message, kind):
    return re.search(rf"http://127\.0\.0\.1:8000(/mail/{kind}/\S+)", message.body)[1]


def test_asking_stores_an_encrypted_address_and_sends_a_mail_that_quotes_no_reader(comment, send):
    response = send(mail_page(comment), email=" Reader@Example.org ")
    assert response.status_code == 302
    found = Subscription.objects.get()
    assert "xample" not in found.address
    assert letters.unseal(found.address) == "Reader@Example.org"
    assert found.confirmed_at is None
    assert mail.outbox == [], "not in the request"
    letters.deliver()
    (message,) = mail.outbox
    assert message.to == ["Reader@Example.org"]
    assert "Make Nice" in message.body
    for words in ("Eugenio", "Vienna", "Excellent"):
        assert words not in message.body + message.subject


def test_the_receipt_offers_mail_and_says_how_far_it_is(comment, client, send):
    receipt = receipts.receipt_address(comment)
    assert "Send me a mail to confirm" in client.get(receipt).text
    send(mail_page(comment), email="reader@example.org")
    text = client.get(receipt).text
    assert "Almost done" in text
    assert "reader@example.org" not in text
    Subscription.objects.update(confirmed_at=timezone.now())
    text = client.get(receipt).text
    assert "You hear by mail of each reply" in text
    assert "Send me a mail to confirm" not in text


@pytest.mark.parametrize("status", [Status.REJECTED, Status.SPAM, Status.WITHDRAWN])
def test_what_gets_no_replies_offers_no_mail(comment, client, send, status):
    Comment.objects.update(status=status)
    assert "Mail about replies" not in client.get(receipts.receipt_address(comment)).text
    assert send(mail_page(comment), email="reader@example.org").status_code == 409
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Please give the address"),
        ("reader at example.org", "This is no e-mail address"),
        ("a@b.org\nBcc: c@d.org", "This is no e-mail address"),
        ("x" * 300 + "@example.org", "at most 254 characters"),
    ],
)
def test_what_is_no_address_is_given_back_with_the_reason(comment, send, typed, said):
    response = send(mail_page(comment), email=typed)
    assert response.status_code == 422
    assert said in response.text
    assert typed.split("\n")[0] in response.text
    assert not Subscription.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_form_from_elsewhere_stores_nothing_and_gives_the_address_back(comment, send, site):
    response = send(
        mail_page(comment), headers={"Sec-Fetch-Site": site}, email="reader@example.org"
    )
    assert response.status_code == 403
    assert "reader@example.org" in response.text
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("token", ["x", "1.x", "%00", "x" * 2000])
def test_a_forged_receipt_asks_for_nothing(client, send, token):
    assert client.get(f"/receipt/{token}/mail/").status_code == 404
    assert send(f"/receipt/{token}/mail/", email="a@example.org").status_code == 404
    assert send(f"/receipt/{token}/mail/", headers={"Sec-Fetch-Site": "none"}).status_code == 404


def test_an_address_gets_one_mail_a_day_and_the_page_does_not_tell(client, send):
    first, second, third = (make_comment(status=Status.PENDING) for _ in range(3))
    pages = []
    for comment, address in ((first, "reader@example.org"), (second, "READER@example.org")):
        send(mail_page(comment), email=address)
        pages.append(client.get(mail_page(comment)).text)
    assert Letter.objects.count() == 1
    assert Subscription.objects.count() == 2
    alike = [re.sub(r"/receipt/[^/]+/|<title>.*?</title>", "", page) for page in pages]
    assert alike[0] == alike[1]
    send(mail_page(third), email="other@example.org")
    assert Letter.objects.count() == 2


def test_one_connection_can_give_a_few_addresses_and_then_waits(comment, send):
    for number in range(subscriptions.ASKED_IN_AN_HOUR):
        assert send(mail_page(comment), email=f"a{number}@example.org").status_code == 302
    response = send(mail_page(comment), email="one.more@example.org")
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert "one.more@example.org" in response.text
    assert Letter.objects.count() == subscriptions.ASKED_IN_AN_HOUR
    limits.forget()
    cache.clear()
    assert send(mail_page(comment), email="one.more@example.org").status_code == 302


def test_only_the_button_confirms_for_mail_scanners_follow_links(comment, client, send):
    send(mail_page(comment), email="reader@example.org")
    letters.deliver()
    link = link_in(mail.outbox[0], "confirm")
    page = client.get(link)
    assert "Yes, send me these mails" in page.text
    assert "Eugenio" not in page.text
    client.head(link)
    assert Subscription.objects.get().confirmed_at is None
    assert send(link, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert Subscription.objects.get().confirmed_at is None
    assert send(link).status_code == 302
    confirmed_at = Subscription.objects.get().confirmed_at
    assert confirmed_at
    assert "It is confirmed" in client.get(link).text
    send(link)
    assert Subscription.objects.get().confirmed_at == confirmed_at


def test_another_address_makes_the_first_mails_link_worthless(comment, client, send):
    send(mail_page(comment), email="first@example.org")
    letters.deliver()
    send(mail_page(comment), email="second@example.org")
    assert client.get(link_in(mail.outbox[0], "confirm")).status_code == 404
    assert letters.unseal(Subscription.objects.get().address) == "second@example.org"


def test_a_confirmation_that_was_stopped_before_it_left_is_not_sent(comment, send):
    send(mail_page(comment), email="reader@example.org")
    send(mail_page(comment), stop="stop")
    assert letters.deliver() == (0, 0)
    assert not Letter.objects.exists()
    assert mail.outbox == []


def test_one_click_stops_without_cookie_origin_or_token(comment, client):
    """RFC 8058, 3.2: mail programs POST `List-Unsubscribe=One-Click` and nothing else."""
    subscription = make_subscription(comment)
    reply = make_comment(parent=comment, status=Status.PENDING)
    reply.moderate(Status.APPROVED)
    response = client.post(
        subscriptions.stop_address(subscription), {"List-Unsubscribe": "One-Click"},
        headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example.com"},
    )  # fmt: skip
    assert response.status_code == 200
    assert not Subscription.objects.exists()
    assert not Letter.objects.exists(), "a mail on its way holds the address too"


def test_a_person_stops_on_a_page_with_a_button_and_twice_says_the_same(comment, client):
    address = subscriptions.stop_address(make_subscription(comment))
    assert "Stop these mails?" in client.get(address).text
    assert Subscription.objects.exists(), "following the link alone stops nothing"
    assert "No more mails" in client.post(address).text
    assert "No more mails" in client.post(address).text
    assert "No more mails" in client.get(address).text


def test_links_of_one_kind_do_nothing_of_the_other_and_forged_ones_nothing_at_all(comment, client):
    subscription = make_subscription(comment, confirmed=False)
    to_confirm = subscriptions.confirm_address(subscription).split("/")[-2]
    to_stop = subscriptions.stop_address(subscription).split("/")[-2]
    for address in (
        f"/mail/stop/{to_confirm}/", f"/mail/confirm/{to_stop}/", "/mail/stop/1.x/",
        f"/mail/stop/{subscription.pk}/", f"/mail/confirm/{subscription.pk}/", "/mail/stop/%00/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404
        assert client.post(address, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 404
    assert Subscription.objects.get().confirmed_at is None


def test_the_receipt_stops_the_mails_and_withdrawing_deletes_the_address(comment, client, send):
    make_subscription(comment)
    send(mail_page(comment), stop="stop")
    assert not Subscription.objects.exists()
    make_subscription(comment)
    receipts.withdraw(comment)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("backend", "site", "offered"),
    [
        ("console", "https://news.example.org", False),
        ("console", "http://127.0.0.1:8000", True),
        ("smtp", "https://news.example.org", True),
    ],
)
def test_where_mails_are_only_printed_a_real_site_asks_for_no_address(
    settings, comment, client, *, backend, site, offered
):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.SITE_URL = site
    text = client.get(receipts.receipt_address(comment)).text
    assert ("Send me a mail to confirm" in text) == offered
