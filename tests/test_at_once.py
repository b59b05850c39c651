"""Many at once, against the real server with a database of its own: nothing lost, nothing doubled."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
READERS = 40
PREPARE = """
from tests.factories import make_comment, make_forum, make_moderator, make_post
from comments.models import Comment
from django.contrib.auth.models import User
forum = make_forum(make_post("Road", slug="road"))
for name in ("ayesha", "bilal"):
    make_moderator(name)
for number in range({waiting}):
    make_comment(forum, name=f"W{{number}}", text=f"waits {{number}}", status=Comment.Status.PENDING)
"""
STORED = """
import json
from comments import counters
from comments.models import Comment, Decision
print(json.dumps({
    "miscounted": sorted(counters.wrong()),
    "texts": list(Comment.objects.values_list("text", flat=True)),
    "decided": list(
        Decision.objects.filter(by__isnull=False).order_by("pk")
        .values_list("comment__text", "after", "by__username")
    ),
    "states": dict(Comment.objects.values_list("text", "status")),
}))
"""
WAITING = 12


class Site:
    """The server as `make run` has it, on a new database of the kind that the suite runs on."""

    def __init__(self, data, database):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "gandhara.settings",
            "SECRET_KEY": "for-this-test-only-0123456789-0123456789-0123456789",
            "DEBUG": "off",
            "GANDHARA_DATA": str(data),
            "DATABASE_URL": database,
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "TRUSTED_PROXIES": "127.0.0.1",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, *arguments):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def script(self, code):
        return self.run("-c", f"import django; django.setup()\n{code}")

    def start(self):
        self.run("manage.py", "migrate", "--verbosity", "0")
        self.run("manage.py", "collectstatic", "--verbosity", "0", "--no-input")
        self.script(PREPARE.format(waiting=WAITING))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gandhara.processes", "127.0.0.1", str(self.port)],
            cwd=ROOT, env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _attempt in range(300):
            try:
                return Visitor(self, 1).get("/")
            except OSError:
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(0.1)
                    break
        raise AssertionError("The server did not start.")

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)

    def stored(self):
        return json.loads(self.script(STORED))


class Visitor:
    """A browser with cookies, behind a proxy that says which address is its own."""

    def __init__(self, site, number):
        self.site, self.cookies = site, {}
        self.address = f"10.1.{number // 250}.{number % 250 + 1}"

    def ask(self, method, path, fields=None):
        connection = HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        headers = {
            "X-Forwarded-For": self.address,
            "Sec-Fetch-Site": "same-origin",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = None
        if fields is not None:
            body = urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        for header in response.headers.get_all("Set-Cookie") or ():
            name, _equals, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        text = response.read().decode()
        connection.close()
        return response.status, response.headers.get("Location"), text

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, **fields):
        return self.ask("POST", path, fields)

    def sign_in(self, name):
        _status, _to, page = self.get("/admin/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        status, _to, _page = self.post(
            "/admin/login/", username=name, password="correct horse",
            csrfmiddlewaretoken=token, next="/admin/",
        )  # fmt: skip
        assert status == 302
        return self

    def desk(self):
        """The desk's page as a form: {field: value} without its buttons."""
        _status, _to, page = self.get("/admin/comments/comment/desk/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        return {"csrfmiddlewaretoken": token, "next": "queue=waiting"} | dict(
            re.findall(r'name="(saw-\d+)" value="([^"]+)"', page)
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    data = tmp_path_factory.mktemp("at_once")
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        site = Site(data, f"sqlite:///{data / 'site.sqlite3'}")
        site.start()
        yield site
        site.stop()
        return
    import psycopg

    name = f"at_once_{uuid.uuid4().hex[:12]}"
    server = {key.lower(): default[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    admin = psycopg.connect(
        dbname="postgres", autocommit=True,
        **{key: value for key, value in server.items() if value},
    )  # fmt: skip
    admin.execute(f"CREATE DATABASE {name}")
    password = f":{server['password']}" if server["password"] else ""
    site = Site(
        data,
        f"postgres://{server['user']}{password}@{server['host']}:{server['port']}/{name}",
    )
    site.start()
    yield site
    site.stop()
    admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    admin.close()


def at_once(number, act):
    """What `act(0)` … `act(number - 1)` give, begun at the same moment in threads."""
    gate = Barrier(number)

    def begin(which):
        gate.wait(30)
        return act(which)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(begin, range(number)))


def test_forty_readers_at_once_lose_nothing_and_double_nothing(site):
    def comment(which):
        reader = Visitor(site, which)
        status, receipt, _page = reader.post(
            "/a/road/comments/", name=f"Reader {which}.", text=f"Thought number {which} of forty."
        )
        return status, reader.get(receipt)[2] if receipt else ""

    answers = at_once(READERS, comment)
    assert [status for status, _page in answers] == [302] * READERS
    for which, (_status, page) in enumerate(answers):
        assert f"Thought number {which} of forty." in page
    stored = site.stored()
    for which in range(READERS):
        assert stored["texts"].count(f"Thought number {which} of forty.") == 1
    assert stored["miscounted"] == []


def test_one_form_sent_ten_times_at_once_is_one_comment_with_one_receipt(site):
    reader = Visitor(site, 200)

    def send(_which):
        return reader.post("/a/road/comments/", name="Twice", text="Sent over a bad line.")[:2]

    answers = set(at_once(10, send))
    assert len(answers) == 1
    assert site.stored()["texts"].count("Sent over a bad line.") == 1


def test_of_two_moderators_at_once_one_decides_and_the_other_is_told_who_did(site):
    people = {name: Visitor(site, 300).sign_in(name) for name in ("ayesha", "bilal")}
    forms = {name: person.desk() for name, person in people.items()}
    keys = [field[4:] for field in forms["ayesha"] if field.startswith("saw-")][:WAITING]
    wishes = {"ayesha": "approved", "bilal": "spam"}
    told = {name: [] for name in people}

    for key in keys:

        def decide(which, key=key):
            name = list(people)[which]
            people[name].post(
                "/admin/comments/comment/desk/decide/",
                **forms[name], decide=f"{key}:{wishes[name]}",
            )  # fmt: skip

        at_once(2, decide)
        for name, person in people.items():
            told[name].append(person.get("/admin/comments/comment/desk/mine/")[2])

    stored = site.stored()
    waited = [row for row in stored["decided"] if row[0].startswith("waits")]
    assert len(waited) == len({text for text, _after, _by in waited}) == len(keys)
    assert stored["miscounted"] == []
    for text, after, by in waited:
        assert wishes[by] == after == stored["states"][text]
    # Messages come with the next page: each comment's loser reads the winner's name on it.
    for at, key in enumerate(keys):
        losers = [
            name
            for name in people
            if f"#{key}: " in told[name][at] and "nothing was changed" in told[name][at]
        ]
        assert len(losers) == 1
        (winner,) = set(people) - set(losers)
        assert re.search(rf"#{key}: {winner} ", told[losers[0]][at])
