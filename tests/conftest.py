"""Fixtures of the whole suite."""

import pytest
from django.conf import settings as real_settings
from django.core.cache import cache


def pytest_configure(config):
    """Static names without hashes: tests must not need collected files."""
    real_settings.STORAGES = real_settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    # Fast and weak on purpose: passwords of tests protect nothing.
    real_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """Photos of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def send(client):
    """POST a form as a browser does from a page of the site: `send(address, **fields)`."""

    def post(address, headers=None, **fields):
        return client.post(address, fields, headers={"Sec-Fetch-Site": "same-origin"} | (headers or {}))

    return post
