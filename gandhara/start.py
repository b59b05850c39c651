"""Starts the site for real: `python -m gandhara.start`, which `make run` calls.

Writes a secret key if there is none, brings the database up to date, loads the demo into a new
one, collects static files if they changed, says where the site is, and becomes the process that
runs the server and the background worker (gandhara.processes).
"""

import hashlib
import os
import secrets
import shutil
import socket
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


def write_secret():
    """Put a fresh SECRET_KEY into `.env` of the data folder, unless one is set anywhere."""
    import environ

    environ.Env.read_env(BASE_DIR / ".env")
    data = Path(os.environ.get("GANDHARA_DATA") or "data").expanduser()
    data = data if data.is_absolute() else BASE_DIR / data
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        sys.exit(f"The setting GANDHARA_DATA is “{data}”, where no folder can be made: {problem}")
    environ.Env.read_env(data / ".env")
    if os.environ.get("SECRET_KEY"):
        return
    file = data / ".env"
    with open(file, "a", encoding="utf-8", opener=_private) as out:
        out.write(f"SECRET_KEY={secrets.token_urlsafe(60)}\n")
    print(f"A fresh secret key was written to {file}.")


def _private(path, flags):
    return os.open(path, flags, 0o600)


def bring_up_to_date(settings):
    """Migrate, and load the demo if the database is new and no DATABASE_URL was given."""
    from django.core.management import call_command
    from django.db import connection

    is_new = "posts_post" not in connection.introspection.table_names()
    call_command("migrate", verbosity=0, interactive=False)
    if is_new:
        call_command("demo", verbosity=0)


def collect_static(settings):
    """Collect static files, but only if one of them changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            stat = os.stat(storage.path(path))
            seen.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT / ".collected"
    if stamp.exists() and stamp.read_text() == seen.hexdigest():
        return
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(seen.hexdigest())


def find_the_port_free(settings):
    """Stop with a sentence if something listens there: the server would share the port with it."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.HOST, settings.PORT))
        except OSError as problem:
            sys.exit(
                f"Nothing can be served at HOST “{settings.HOST}”, PORT “{settings.PORT}”: "
                f"{problem.strerror}. Set others, for example: make run PORT=8001"
            )


def announce(settings):
    base = settings.SITE_URL + settings.SITE_PATH
    print(f"\nReaders:  {base}/\nStaff:    {base}/admin/")
    signins = settings.DATA / "demo-signins.txt"
    if signins.exists():
        print(f"\nThe demo's sign-ins (role, user name, password; kept in {signins}):")
        print(signins.read_text(encoding="utf-8").rstrip())
    print("\nStop with Ctrl+C.", flush=True)


def serve(settings):
    """Become the process that runs server and worker: what the demo's photos took is given back."""
    os.execv(  # noqa: S606
        sys.executable,
        [sys.executable, "-m", "gandhara.processes", settings.HOST, str(settings.PORT)],
    )


def main():
    from django.core.exceptions import ImproperlyConfigured

    write_secret()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandhara.settings")
    try:
        import django
        from django.conf import settings

        django.setup()
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    find_the_port_free(settings)
    bring_up_to_date(settings)
    collect_static(settings)
    announce(settings)
    serve(settings)


if __name__ == "__main__":
    main()
