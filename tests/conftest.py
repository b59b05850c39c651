"""Fixtures of the whole suite."""

import os
import shutil

import pytest
from django.conf import settings as real_settings
from django.core.cache import cache


def pytest_configure(config):
    """Static names without hashes: tests must not need collected files."""
    real_settings.STORAGES = real_settings.STORAGES | {
        "staticfiles": {"BACKEND": "gandhara.staticfiles.PlainFiles"}
    }
    # Workers that run side by side must not empty each other's Redis.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    default = real_settings.CACHES["default"]
    if default["BACKEND"].endswith("RedisCache") and isinstance(default["LOCATION"], str):
        address = default["LOCATION"].rpartition("/")[0]
        real_settings.CACHES = {"default": default | {"LOCATION": f"{address}/{worker}"}}
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
    from comments import limits, rules

    cache.clear()
    limits.forget()
    # A test's rules go away with its transaction, which no process sees otherwise.
    rules.forget()


@pytest.fixture
def send(client):
    """POST a form as a browser does from a page of the site: `send(address, **fields)`."""

    def post(address, headers=None, **fields):
        return client.post(
            address, fields, headers={"Sec-Fetch-Site": "same-origin"} | (headers or {})
        )

    return post


# Browsers and skips


CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# What tests with these marks need.
BROWSERS = {"browser": CHROMIUM, "text_browser": shutil.which("w3m")}
NAMES = {"browser": ("browser", "chromium"), "text_browser": ("text browser", "w3m")}
FORBID_SKIPS = bool(os.environ.get("FORBID_SKIPS"))


def pytest_collection_modifyitems(config, items):
    """Without its browser a test is left out, and `pytest_terminal_summary` says so."""
    missing = [] if FORBID_SKIPS else [mark for mark, found in BROWSERS.items() if not found]
    config.left_out = [item for item in items if any(map(item.get_closest_marker, missing))]
    items[:] = [item for item in items if item not in config.left_out]


def pytest_terminal_summary(terminalreporter, config):
    for mark, (what, package) in NAMES.items():
        if not (BROWSERS[mark] or FORBID_SKIPS):
            terminalreporter.write_line(
                f"Left out: the {what} tests, for no {package} is installed. Get it with: "
                f"apt-get install {package}"
            )


def pytest_sessionfinish(session):
    """With FORBID_SKIPS a skipped test is a failure: CI must run everything."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if FORBID_SKIPS and reporter and reporter.stats.get("skipped"):
        session.exitstatus = 1
        reporter.write_line("Failed: tests were skipped, and FORBID_SKIPS is set.")


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for the session; each test takes its own context from it."""
    from playwright.sync_api import sync_playwright

    # The driver runs an event loop in this thread, which Django would otherwise refuse.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def every_page(django_db_setup, django_db_blocker, tmp_path_factory):
    """Every kind of page that a reader meets, in each language (`tests.every_page.Shown`)."""
    from tests import every_page

    with django_db_blocker.unblock():
        return every_page.shown(tmp_path_factory.mktemp("media"))
