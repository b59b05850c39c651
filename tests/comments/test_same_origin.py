"""The check that stands in for Django's token on readers' forms."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from comments.models import Comment
from comments.same_origin import is_same_origin
from tests.factories import make_forum, make_post

OWN = "https://gandhara.example"
MIRROR = "https://mirror.example:8443"

TABLE = [
    # Sec-Fetch-Site decides where it is sent, whatever else is said
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "none"}, False),
    ({"Sec-Fetch-Site": "Same-Origin, same-origin"}, False),
    ({"Sec-Fetch-Site": "nonsense"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": OWN, "Referer": f"{OWN}/a/x/"}, False),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "https://foreign.example"}, True),
    # Origin, where it is not
    ({"Origin": OWN}, True),
    ({"Origin": OWN.upper()}, True),
    ({"Origin": MIRROR}, True),
    ({"Origin": "https://foreign.example"}, False),
    ({"Origin": "http://gandhara.example"}, False),
    ({"Origin": f"{OWN}:444"}, False),
    ({"Origin": f"{OWN}.foreign.example"}, False),
    ({"Origin": "https://mirror.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": "null", "Referer": f"{OWN}/"}, False),
    ({"Origin": "https://foreign.example", "Referer": f"{OWN}/"}, False),
    # Referer, where both are missing
    ({"Referer": f"{OWN}/a/make-nice/?sort=newest#forum"}, True),
    ({"Referer": f"{MIRROR}/a/x/"}, True),
    ({"Referer": OWN}, True),
    ({"Referer": "https://foreign.example/a/x/"}, False),
    ({"Referer": f"https://foreign.example/?{OWN}/"}, False),
    ({"Referer": f"{OWN}@foreign.example/"}, False),
    ({"Referer": f"{OWN}.foreign.example/"}, False),
    ({"Referer": "https://[garbage"}, False),
    ({"Referer": "garbage"}, False),
    ({"Referer": "/a/make-nice/"}, False),
    # Silence is a refusal
    ({}, False),
    ({"Sec-Fetch-Site": ""}, False),
    ({"Sec-Fetch-Site": "", "Origin": "", "Referer": ""}, False),
]


@pytest.mark.parametrize(("headers", "believed"), TABLE)
def test_a_form_is_believed_only_if_the_browser_says_that_it_came_from_here(headers, believed):
    with override_settings(SITE_ORIGINS=[OWN, MIRROR]):
        assert is_same_origin(headers) is believed


@pytest.mark.django_db
@pytest.mark.parametrize(("headers", "believed"), TABLE)
def test_a_comment_is_stored_only_if_its_form_is_believed(headers, believed):
    post = make_post()
    make_forum(post)
    # Django's own check would run here too, were it not replaced.
    client = Client(enforce_csrf_checks=True)
    data = {"name": "Eugenio", "place": "Vienna", "text": "Excellent news!"}
    with override_settings(SITE_ORIGINS=[OWN, MIRROR]):
        response = client.post(reverse("comments:new", args=[post.slug]), data, headers=headers)
    if believed:
        assert response.status_code == 302
        assert Comment.objects.get().text == "Excellent news!"
    else:
        assert response.status_code == 403
        assert "nothing was stored" in response.text
        for words in ("Eugenio", "Vienna", "Excellent news!"):
            assert words in response.text, "a refusal gives the words back"
        assert not Comment.objects.exists()


def test_each_view_that_takes_readers_forms_passes_this_check_or_djangos():
    from comments.urls import urlpatterns

    exempt = [each for each in urlpatterns if getattr(each.callback, "csrf_exempt", False)]
    assert {each.name for each in exempt} >= {"new", "reply"}
    # One-click stop comes from mail programs, which have no origin: its signed address is the proof.
    assert [each.name for each in exempt if hasattr(each.callback, "address_is_proof")] == [
        "stop_mail"
    ]
    for each in exempt:
        if each.name != "stop_mail":
            assert getattr(each.callback, "checks_origin", False), each.name
