"""Nobody gets an old or torn page, whichever process answers: real servers, changes at random."""

import re
import subprocess
import sys
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
CHANGES = 30


@contextmanager
def _database():
    """The address of a new database on the server that the suite runs on; empty for SQLite."""
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        yield ""
        return
    import psycopg

    name = f"freshness_{uuid.uuid4().hex[:12]}"
    server = {key.lower(): default[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    admin = psycopg.connect(
        dbname="postgres", autocommit=True,
        **{key: value for key, value in server.items() if value},
    )  # fmt: skip
    admin.execute(f"CREATE DATABASE {name}")
    password = f":{server['password']}" if server["password"] else ""
    yield f"postgres://{server['user']}{password}@{server['host']}:{server['port']}/{name}"
    admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    admin.close()


@pytest.fixture(scope="module")
def look(tmp_path_factory):
    """Look for old pages on a site of this module's own: (exit code, what was printed)."""
    folder = tmp_path_factory.mktemp("freshness")
    cache = settings.CACHES["default"]
    redis = cache["LOCATION"] if cache["BACKEND"].endswith("RedisCache") else ""
    with _database() as database:

        def run(*arguments):
            done = subprocess.run(
                [
                    sys.executable, "-m", "benchmarks.freshness", "--processes", "2",
                    "--folder", folder, "--database", database, "--cache", redis, *arguments,
                ],
                cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
            )  # fmt: skip
            return done.returncode, done.stdout + done.stderr

        yield run


def test_no_page_is_old_or_torn_after_changes_at_random(look):
    code, said = look("--changes", str(CHANGES))
    found = re.search(r"(\d+) changes, (\d+) pages read through 2 processes in \d+ s: 0 old", said)
    assert found, said
    assert int(found[1]) == CHANGES
    # On each process, and at least two while each change is made, and again afterwards.
    assert int(found[2]) > CHANGES * 2 * 2 * 2
    assert code == 0


def test_a_cache_that_asks_for_no_versions_is_found_out(look):
    code, said = look("--changes", "20", "--application", "tests.hoarding_wsgi:application")
    assert re.search(r"read through 2 processes in \d+ s: [1-9]\d* old or torn", said), said
    assert "After “" in said
    assert code == 1
