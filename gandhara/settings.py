"""Settings of the site: one file, and the environment decides.

Each value comes from the environment, else from `.env` in the project's root, else from `.env` in
the data folder (`make run` writes the secret key there). The README's table lists all of them. A
value that is missing or that can't be read stops the start with a sentence that names it.
"""

import ipaddress
import os
import re
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import html_tags
from js_asset import static_lazy

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")
DATA = Path(env.str("GANDHARA_DATA", "data")).expanduser()
DATA = DATA if DATA.is_absolute() else BASE_DIR / DATA
env.read_env(DATA / ".env")


def setting(name, default, read=str, means=""):
    """The value of `name`, read by `read`; an empty value counts as not set.

    Raises ImproperlyConfigured with a sentence that names the setting, quotes the value and says
    what is expected.
    """
    raw = env.str(name, "").strip()
    if not raw:
        if default is ...:
            raise ImproperlyConfigured(f"The setting {name} is missing: {means}")
        return default
    try:
        return read(raw)
    except (ValueError, KeyError, TypeError, ImproperlyConfigured, ValidationError) as problem:
        raise ImproperlyConfigured(
            f"The setting {name} is “{raw}”, but must be {means}"
        ) from problem


def on_or_off(raw):
    return {
        "on": True,
        "true": True,
        "yes": True,
        "1": True,
        "off": False,
        "false": False,
        "no": False,
        "0": False,
    }[raw.lower()]


def words(raw):
    return [word.strip() for word in raw.split(",") if word.strip()]


def origin(raw):
    """`scheme://host[:port]` of an http(s) address that has no path, query or fragment."""
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ValueError(raw)
    parts.port  # noqa: B018  raises ValueError when it isn't a number
    return f"{parts.scheme}://{parts.netloc}".lower()


def path(raw):
    if not re.fullmatch(r"(?:/[\w.~-]+)+/?", raw, re.ASCII):
        raise ValueError(raw)
    return raw.rstrip("/")


def port(raw):
    number = int(raw)
    if not 0 < number < 65536:
        raise ValueError(raw)
    return number


def megabytes(raw):
    number = int(raw)
    if not 0 <= number <= 10_000:
        raise ValueError(raw)
    return number


def number(raw):
    number = int(raw)
    if not 0 < number <= 256:
        raise ValueError(raw)
    return number


def zone(raw):
    if raw not in available_timezones():
        raise ValueError(raw)
    return raw


def networks(raw):
    return [ipaddress.ip_network(word, strict=False) for word in words(raw)]


def database(raw):
    config = env.db_url_config(raw)
    if config.get("ENGINE") not in (
        "django.db.backends.sqlite3",
        "django.db.backends.postgresql",
    ) or not config.get("NAME"):
        raise ValueError(raw)
    return config


def cache(raw):
    config = env.cache_url_config(raw)
    if not config.get("BACKEND"):
        raise ValueError(raw)
    return config


def mailbox(raw):
    validate_email(parseaddr(raw)[1])
    return raw


def mail(raw):
    config = env.email_url_config(raw)
    if not config.get("EMAIL_BACKEND"):
        raise ValueError(raw)
    return config


SECRET_KEY = setting(
    "SECRET_KEY",
    ...,
    means="put a long random text into the environment or into .env; `make run` writes one.",
)
# Old keys, which still open what was signed or encrypted with them.
SECRET_KEY_FALLBACKS = setting("SECRET_KEY_FALLBACKS", [], words, "keys with commas between them.")
DEBUG = setting("DEBUG", False, on_or_off, "on or off.")
HTTPS = setting("HTTPS", False, on_or_off, "on or off.")
HOST = setting("HOST", "127.0.0.1")
PORT = setting("PORT", 8000, port, "a port number from 1 to 65535.")
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
_site_address = (
    f"{'https' if HTTPS else 'http'}://"
    f"{'127.0.0.1' if HOST in ('0.0.0.0', '::') else f'[{HOST}]' if ':' in HOST else HOST}:{PORT}"  # noqa: S104
)
# Of the server (gandhara.processes); docs/serving.md has what both cost and give.
WORKERS = setting("WORKERS", min(4, os.cpu_count() or 1), number, "a number from 1 to 256.")
THREADS = setting("THREADS", 8, number, "a number from 1 to 256.")
SITE_URL = setting(
    "SITE_URL", _site_address, origin, "the site's address, such as https://news.example.org"
)
if HTTPS and SITE_URL.startswith("http:"):
    raise ImproperlyConfigured(
        f"The setting SITE_URL is “{SITE_URL}”, but must begin with https:// where HTTPS is on."
    )
SITE_PATH = setting("SITE_PATH", "", path, "a path without escapes, such as /gandhara")
ALLOWED_HOSTS = setting(
    "ALLOWED_HOSTS",
    [*LOCAL_HOSTS, urlsplit(SITE_URL).hostname],
    words,
    "host names with commas between them.",
)
# Origins from which a reader's form is believed when a browser sends no Sec-Fetch-Site.
MIRRORS = setting(
    "MIRRORS",
    [],
    lambda raw: [origin(word) for word in words(raw)],
    "addresses of mirrors with commas between them, such as https://mirror.example.net",
)
SITE_ORIGINS = [SITE_URL, *MIRRORS]
if _site_address == SITE_URL:
    SITE_ORIGINS += [f"{urlsplit(SITE_URL).scheme}://{host}:{PORT}" for host in LOCAL_HOSTS]
TRUSTED_PROXIES = setting(
    "TRUSTED_PROXIES",
    [],
    networks,
    "addresses or networks with commas between them, such as 127.0.0.1, 10.0.0.0/8",
)

# Off: a newsroom may not want its server to call on whatever its posts link to.
CHECK_LINKS = setting("CHECK_LINKS", False, on_or_off, "on or off.")

# HTTPS

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# gandhara.proxies removes both headers unless a trusted proxy sent them.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
USE_X_FORWARDED_HOST = True
# "same-origin", never "no-referrer": the latter makes browsers send "Origin: null" with a form.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = SITE_ORIGINS
CSRF_FAILURE_VIEW = "gandhara.errors.form_without_token"
X_FRAME_OPTIONS = "DENY"

READER_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "manifest-src": [SELF],
        # No script of a page can connect, for none may run; tools that read robots.txt from
        # inside a page can.
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CONTENT_SECURITY_POLICY = READER_POLICY
# Of the page that begins a service worker, and of the worker, whose requests it binds (CSP 3, 4.2).
OFFLINE_POLICY = READER_POLICY["DIRECTIVES"] | {
    "script-src": [SELF],
    "worker-src": [SELF],
}
# The hash of the one style that the pinned rich-text editor puts into its page.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
# The admin needs scripts; the editor's import map is inline, hence the nonce.
ADMIN_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, NONCE],
    "style-src": [SELF, EDITOR_STYLE],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}

# The application

INSTALLED_APPS = [
    "gandhara",
    "comments",
    "posts",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "gandhara.proxies.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "gandhara.policy.ContentSecurityPolicy",
    "gandhara.staticfiles.StaticFiles",
    "posts.lite.Lite",
    "gandhara.errors.SpokenErrors",
    "gandhara.compression.Gzip",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "posts.editions.Editions",
    "gandhara.sessions.StaffSessions",
    "gandhara.staff.StaffLanguageAndZone",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "gandhara.urls"
WSGI_APPLICATION = "gandhara.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # {% url %} that stays in the lite view.
            "builtins": ["posts.templatetags.lite"],
        },
    }
]

# Data

DATABASES = {
    "default": setting(
        "DATABASE_URL",
        {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA / "gandhara.sqlite3")},
        database,
        "a database's address, such as sqlite:////srv/blog.sqlite3 or "
        "postgres://user:password@host/name",
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Without IMMEDIATE two writers that both began by reading meet "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a comment that was confirmed survives a power cut.
        # secure_delete: what is erased is overwritten in the file (sqlite.org/pragma.html).
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
    }
    # Opening it costs a reader's page as much as two queries.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {
    "default": setting(
        "CACHE_URL",
        {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        cache,
        "a cache's address, such as locmemcache:// or redis://127.0.0.1:6379/0",
    )
}

# Megabytes of finished pages that each process of the server keeps; 0: none.
PAGE_CACHE = 0 if DEBUG else setting("PAGE_CACHE", 32, megabytes, "megabytes from 0 to 10000.")

vars().update(
    setting(
        "EMAIL_URL",
        {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"},
        mail,
        "a mail server's address, such as smtp+tls://user:password@host:587 or consolemail://",
    )
)
# A dead mail server must not hold the background work for long.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = setting(
    "MAIL_FROM",
    f"gandhara@{urlsplit(SITE_URL).hostname}",
    mailbox,
    "the address that mails come from, such as Gandhara <desk@news.example.org>",
)
# Worked off by `manage.py work`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_PERMISSIONS = 0o644

MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = DATA / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "gandhara.media.Photos"},
    "staticfiles": {
        "BACKEND": "gandhara.staticfiles.PlainFiles"
        if DEBUG
        else "gandhara.staticfiles.HashedFiles"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "png", "webp", "avif", "woff2", "gz", "br", "map"]

# What the rich-text editor has beyond its own; `posts.editor` says how it is used. The functions
# would widen the editor's own sanitiser, in whose place stands `posts.body.clean`.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy(f"js/editor_{file}.js")], "extensions": {name: html_tags([])}}
    for file, name in (("passages", "Passages"), ("cards", "LinkCards"), ("pasting", "Pasting"))
]

# Words and time

LANGUAGES = [("en", _("English")), ("ps", _("Pashto")), ("fa", _("Dari")), ("ur", _("Urdu"))]
_KNOWN = [code for code, _name_ in LANGUAGES]


def language(raw):
    if raw not in _KNOWN:
        raise ValueError(raw)
    return raw


def languages_or_none(raw):
    return [] if raw == "none" else [language(word) for word in words(raw)]


# The edition at "/"; the others are at "/ps/" and so on (posts.editions).
LANGUAGE_CODE = setting("LANGUAGE", "en", language, f"one of {', '.join(_KNOWN)}.")
LOCAL_DIGITS = setting(
    "LOCAL_DIGITS", ["ps", "fa", "ur"], languages_or_none,
    "codes of languages with commas between them, such as ps, fa; or none.",
)  # fmt: skip
SOLAR_CALENDAR = setting(
    "SOLAR_CALENDAR", ["ps", "fa"], languages_or_none,
    "codes of languages with commas between them, such as ps, fa; or none.",
)  # fmt: skip
# Django's own list lacks Pashto.
LANGUAGES_BIDI = ["ps", "fa", "ur"]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["gandhara.formats"]
USE_I18N = True
TIME_ZONE = setting("TIME_ZONE", "UTC", zone, "a time zone's name, such as Asia/Kabul")
USE_TZ = True

# People

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Requests are logged by path and status only; Django never puts an address into these lines.
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
