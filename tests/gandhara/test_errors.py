"""Error pages: in the blog's look, with a sentence that helps, and never a bare status."""

import html

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from gandhara.errors import SPOKEN
from tests.factories import make_editor, make_forum

pytestmark = pytest.mark.django_db


def test_an_unknown_address_gets_a_page_that_leads_back_to_the_front(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "This page is not here" in response.text
    assert 'href="/archive/"' in response.text
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/archive/", "/about/"])
def test_a_wrong_method_is_answered_in_words(client, path):
    response = client.post(path, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 405
    assert str(SPOKEN[405][0]).replace("'", "&#x27;") in response.text
    assert response["Allow"] == "GET, HEAD"


def test_a_broken_page_says_so_without_asking_the_database(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr("posts.views.post_list", broken)
    monkeypatch.setattr("posts.models.Blog.current", broken)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.text
    assert "disk is on fire" not in response.text


def test_a_foreign_host_name_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"Host": "localhost"}).status_code == 200


@pytest.mark.parametrize("path", ["%00", "../settings.py", "..%2f..%2fmanage.py", "photos/%00.jpg"])
def test_only_files_of_the_media_folder_are_served(client, settings, path):
    response = client.get(f"/media/{path}")
    assert response.status_code == 404
    assert str(settings.MEDIA_ROOT) not in response.text


def test_a_missing_photo_does_not_tell_where_photos_lie(client, settings):
    response = client.get("/media/photos/gone.jpg")
    assert response.status_code == 404
    assert str(settings.MEDIA_ROOT) not in response.text
    assert "does not exist" not in response.text


def test_djangos_own_words_for_a_missing_row_stay_inside_and_ours_are_shown(client):
    assert "matches the given query" not in client.get("/section/nowhere/").text
    assert "There is no page “9”" in client.get("/?page=9").text


def test_a_photo_is_served_for_a_year_and_can_be_asked_for_again(client):
    from django.core.files.base import ContentFile

    default_storage.save("photos/here.jpg", ContentFile(b"bytes"))
    response = client.get("/media/photos/here.jpg")
    assert response.content == b"bytes"
    assert "immutable" in response["Cache-Control"]
    again = client.get(
        "/media/photos/here.jpg", headers={"If-Modified-Since": response["Last-Modified"]}
    )
    assert again.status_code == 304


def test_a_request_that_is_far_too_large_is_answered_with_what_to_do(client):
    forum = make_forum()
    response = client.generic(
        "POST",
        f"{forum.post.get_absolute_url()}comments/",
        b"name=Long&text=" + b"x" * 3_000_000,
        content_type="application/x-www-form-urlencoded",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert response.status_code == 413
    assert "Nothing was stored" in response.text
    assert forum.comments.count() == 0


def test_a_stray_token_cookie_is_not_answered_with_a_new_one_on_pages_that_caches_keep(client):
    client.cookies["csrftoken"] = "bad"
    response = client.get("/")
    assert "csrftoken" not in response.cookies
    assert "Cookie" not in response["Vary"]
    assert client.get("/admin/login/").cookies["csrftoken"]


def test_a_wrong_method_is_405_for_browsers_without_djangos_token_too():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/about/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    refused = strict.post("/admin/login/", {"username": "x", "password": "y"})
    assert refused.status_code == 403
    assert "The form was too old" in refused.text


@pytest.mark.parametrize("address", ["/?page=%00", "/archive/?x=a%00b"])
def test_a_character_that_no_text_has_is_refused_in_an_address(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert "This request can't be read" in html.unescape(response.text)


def test_a_filter_of_the_admin_with_that_character_is_refused_too(client):
    client.force_login(make_editor())
    assert client.get("/admin/posts/post/?status__exact=%00").status_code == 400
    assert client.get("/admin/posts/post/?status__exact=x").status_code in (200, 302)
