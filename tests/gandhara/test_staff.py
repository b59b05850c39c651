"""The admin speaks the language of who works in it, and keeps their time."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from gandhara import staff
from posts.models import Post
from tests.factories import make_editor, make_post
from tests.posts.test_admin import Form, change_of, fill

pytestmark = pytest.mark.django_db
CHOOSE = "/admin/language-and-time/"


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("code", "word"), [("fa", "خانه"), ("ur", "ہوم"), ("ps", "کور"), ("en", "Home")]
)
def test_the_admin_speaks_the_language_that_was_chosen(client, editor, code, word):
    assert client.post(CHOOSE, {"language": code, "zone": ""}).status_code == 302
    page = client.get(reverse("admin:posts_post_changelist")).text
    assert f'<html lang="{code}" dir="{"ltr" if code == "en" else "rtl"}"' in page
    other = client.get(CHOOSE).text
    assert f'<option value="{code}" selected>' in other


def test_without_a_choice_the_browsers_language_is_taken(client, editor):
    address = reverse("admin:index")
    asked = client.get(address, headers={"Accept-Language": "ur-PK,en;q=0.5"})
    assert '<html lang="ur" dir="rtl"' in asked.text
    assert "Accept-Language" in asked["Vary"]
    for unknown in ("de", "", "xx-YY;q=2", "*"):
        assert '<html lang="en"' in client.get(address, headers={"Accept-Language": unknown}).text


def test_times_are_written_and_read_in_the_chosen_zone(client, editor):
    post = make_post(status=Post.Status.DRAFT, published_at=datetime(2031, 5, 6, 7, 0, tzinfo=UTC))
    client.post(CHOOSE, {"language": "en", "zone": "Asia/Kabul"})
    page = client.get(change_of(post)).text
    data = Form(page).data
    assert (data["published_at_0"], data["published_at_1"]) == ("2031-05-06", "11:30:00")
    assert "your zone (Asia/Kabul): Tuesday, 6 May 2031 at 11:30" in page
    assert "this site (UTC): Tuesday, 6 May 2031 at 07:00" in page
    fill(client, change_of(post), published_at_1="12:30:00")
    post.refresh_from_db()
    assert post.published_at == datetime(2031, 5, 6, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "cookie", ["", "|", "xx|Nowhere/Here", "ps", "../../etc|/etc/passwd", "|" * 50, "en|\x00"]
)
def test_an_odd_cookie_counts_as_no_choice(client, editor, cookie):
    client.cookies[staff.COOKIE] = cookie
    assert client.get(reverse("admin:index")).status_code == 200


def test_an_unknown_language_or_zone_is_refused_and_nothing_is_kept(client, editor):
    response = client.post(CHOOSE, {"language": "xx", "zone": "Nowhere/Here"})
    assert response.status_code == 200
    assert "xx is not one of the available choices" in response.text
    assert staff.COOKIE not in client.cookies


def test_the_choice_is_sent_to_the_admin_alone(client, editor):
    client.post(CHOOSE, {"language": "ps", "zone": "Asia/Kabul"})
    cookie = client.cookies[staff.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")


def test_readers_pages_stay_in_the_sites_language_and_zone(client, editor):
    post = make_post()
    client.post(CHOOSE, {"language": "ps", "zone": "Asia/Kabul"})
    client.get(reverse("admin:index"))
    assert translation.get_language() == "en"
    assert timezone.get_current_timezone_name() == "UTC"
    page = client.get(post.get_absolute_url(), headers={"Accept-Language": "ps"})
    assert '<html lang="en" dir="ltr"' in page.text
    assert "Accept-Language" not in page.get("Vary", "")


def test_only_staff_may_choose(client):
    assert client.get(CHOOSE).status_code == 302
    assert client.post(CHOOSE, {"language": "ps", "zone": ""}).status_code == 302
    assert staff.COOKIE not in client.cookies
