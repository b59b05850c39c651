"""Where a session counts: in the admin, and for looking at readers' pages; nowhere else."""

import pytest
from django.contrib.sessions.models import Session

from tests.factories import make_comment, make_editor, make_moderator, make_photo, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return make_comment().forum.post.get_absolute_url()


def test_a_page_for_a_session_is_kept_by_no_cache(client, address):
    client.force_login(make_moderator())
    for method in (client.get, client.head):
        response = method(address)
        assert response["Cache-Control"] == "private, no-store"
        assert "Cookie" in response["Vary"]
        assert "ETag" not in response
    assert client.get("/nothing/")["Cache-Control"] == "private, no-store"


def test_a_page_without_a_session_is_public_and_varies_by_no_cookie(client, address):
    client.cookies["other"] = "x"
    response = client.get(address)
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" not in response.get("Vary", "")
    assert response["ETag"]
    assert response.wsgi_request.staff is None
    assert not response.cookies


def test_staff_is_who_is_signed_in_and_belongs_to_staff(client, address):
    editor, reader = make_editor(), make_user("reader")
    client.force_login(editor)
    request = client.get(address).wsgi_request
    assert request.staff == editor
    assert request.user.is_anonymous
    client.force_login(reader)
    assert not client.get(address).wsgi_request.staff


@pytest.mark.parametrize("spoilt", ["deleted", "made up", "password changed", "inactive"])
def test_a_session_that_does_not_hold_gives_the_ordinary_page(client, address, spoilt):
    ordinary = client.get(address).content
    user = make_moderator()
    client.force_login(user)
    if spoilt == "deleted":
        Session.objects.all().delete()
    elif spoilt == "made up":
        client.cookies["sessionid"] = "x" * 32
    elif spoilt == "inactive":
        user.is_active = False
        user.save()
    else:
        user.set_password("another one")
        user.save()
    response = client.get(address)
    assert response.content == ordinary
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies


def test_what_is_posted_outside_the_admin_has_no_session(client, address):
    client.force_login(make_moderator())
    response = client.post(f"{address}comments/", {"name": "x"})
    assert response.wsgi_request.staff is None
    assert response.wsgi_request.user.is_anonymous
    assert client.get("/admin/").wsgi_request.user.is_authenticated


def test_photos_stay_public_for_everybody(client):
    client.force_login(make_editor())
    photo = make_photo()
    response = client.get(f"/media/{photo.file.name}")
    assert response.status_code in (200, 404)
    assert "private" not in response["Cache-Control"]
