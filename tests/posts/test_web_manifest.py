"""The web manifest, and the icons of browsers and phones."""

import io
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from posts.models import Blog

pytestmark = pytest.mark.django_db
ICONS = {
    "icons/favicon.ico": 32,
    "icons/apple-touch-icon.png": 180,
    "icons/icon-192.png": 192,
    "icons/icon-512.png": 512,
    "icons/icon-maskable.png": 512,
}


def test_the_manifest_says_what_a_phone_needs(client):
    Blog(title="Gandhara Blog of News", tagline="News").save()
    assert client.get("/manifest.webmanifest").json()["lang"] == "en"
    response = client.get("/ps/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    said = response.json()
    icons = said.pop("icons")
    assert said == {
        "name": "Gandhara Blog of News",
        "short_name": "Gandhara",
        "description": "News",
        "lang": "ps",
        "dir": "rtl",
        "start_url": ".",
        "scope": ".",
        "display": "minimal-ui",
        "background_color": "#fbf9f4",
        "theme_color": "#1f4e8c",
    }
    assert [(each["sizes"], each.get("purpose")) for each in icons] == [
        ("192x192", None), ("512x512", None), ("512x512", "maskable")
    ]  # fmt: skip
    for icon in icons:
        file = finders.find(icon["src"].removeprefix("/static/"))
        assert "x".join(map(str, Image.open(file).size)) == icon["sizes"]


def test_pages_lead_to_manifest_and_icons_and_the_policy_lets_them_in(client):
    response = client.get("/")
    policy = response["Content-Security-Policy"]
    assert "manifest-src 'self'" in policy
    links = re.findall(
        r'<link rel="(icon|apple-touch-icon|manifest)" href="([^"]+)"', response.text
    )
    assert [kind for kind, _address in links] == ["icon", "icon", "apple-touch-icon", "manifest"]
    for kind, address in links:
        if kind == "manifest":
            assert client.get(address).status_code == 200
        else:
            assert finders.find(address.removeprefix("/static/")), address
    assert client.get("/favicon.ico")["Location"] == "/static/icons/favicon.ico"


def test_the_icons_have_their_sizes_and_are_light():
    weight = 0
    for name, size in ICONS.items():
        content = Path(finders.find(name)).read_bytes()
        weight += len(content)
        image = Image.open(io.BytesIO(content))
        assert image.size == (size, size), name
    assert weight < 10_000


def test_an_icon_that_phones_cut_round_has_no_corners_to_lose():
    image = Image.open(finders.find("icons/icon-maskable.png")).convert("RGBA")
    blue = (31, 78, 140, 255)
    edge = [(0, 0), (511, 0), (0, 511), (511, 511), (256, 3), (3, 256)]
    assert [image.getpixel(each) for each in edge] == [blue] * 6
