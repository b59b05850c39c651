"""The real application under the real server, with nginx before it, on free ports."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
# Of the one worker: two places for slow clients (gandhara.admission).
THREADS = "6"
MADE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
from tests import factories as f
f.make_blog()
f.make_forum(f.make_post("Snow on the pass", slug="snow"))
print(f.make_photo(width=900).file.name)
"""


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def until(true, seconds=60):
    """Ask again and again until it is true; the last answer, which a test then asserts."""
    end = time.monotonic() + seconds
    while not (answer := true()) and time.monotonic() < end:
        pass
    return answer


def listens(port):
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


class Site:
    def __init__(self, folder):
        self.folder, self.data = folder, folder / "data"
        self.app, self.nginx = free_port(), free_port()
        self.environ = os.environ | {
            "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
            "DEBUG": "off", "GANDHARA_DATA": str(self.data), "WORKERS": "1", "THREADS": THREADS,
            "DJANGO_SETTINGS_MODULE": "gandhara.settings", "TRUSTED_PROXIES": "127.0.0.1",
            "DATABASE_URL": "", "CACHE_URL": "", "PORT": str(self.app),
            "SITE_URL": f"http://127.0.0.1:{self.nginx}",
        }  # fmt: skip

    def begins(self, code):
        """What the newsroom does in a process of its own, which this doesn't wait for."""
        return subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT, env=self.environ, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def does(self, code):
        """The same, waited for; gives what it printed."""
        process = self.begins(code)
        said, _ = process.communicate()
        assert process.returncode == 0
        return said.strip()

    def ask(self, path, method="GET", body=None, port=None, **headers):
        """The response and its body."""
        connection = HTTPConnection("127.0.0.1", port or self.nginx, timeout=20)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def configuration(self):
        """The file that is shipped, with this test's ports and folders in place of its own."""
        text = (ROOT / "deploy/nginx/gandhara.conf").read_text()
        for shipped, here in {
            "127.0.0.1:8000": f"127.0.0.1:{self.app}",
            "listen 80;": f"listen 127.0.0.1:{self.nginx};",
            "listen [::]:80;": "",
            "/dev/shm/gandhara": str(self.folder / "cache"),  # noqa: S108
            "/var/log/nginx": str(self.folder),
            "/srv/gandhara/data": str(self.data),
        }.items():
            assert shipped in text
            text = text.replace(shipped, here)
        folders = "\n".join(
            f"{kind}_temp_path {self.folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        # Else the workers of root's nginx could not come to this test's folders.
        user = "user root;" if os.getuid() == 0 else ""
        return f"""
load_module {BROTLI};
{user}
worker_processes 1;
pid {self.folder}/nginx.pid;
error_log {self.folder}/start.log emerg;
events {{ worker_connections 256; }}
http {{ include /etc/nginx/mime.types; {folders}
{text} }}
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A Site with one post, its open forum, and a photo (`site.photo`), behind nginx."""
    folder = tmp_path_factory.mktemp("site")
    site = Site(folder)
    site.data.mkdir()
    site.photo = site.does(MADE)
    (folder / "nginx.conf").write_text(site.configuration())
    command = subprocess.run(
        [sys.executable, "-c",
         "from gandhara import processes as p; import sys; print(*p.server(*sys.argv[1:]), sep='\\n')",
         "127.0.0.1", str(site.app)],
        cwd=ROOT, env=site.environ, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    running = [
        subprocess.Popen(command, cwd=ROOT, env=site.environ, start_new_session=True),
        subprocess.Popen(
            ["nginx", "-c", folder / "nginx.conf", "-g", "daemon off;"], start_new_session=True
        ),
    ]
    try:
        assert until(lambda: listens(site.app) and listens(site.nginx))
        assert until(lambda: site.ask("/")[0].status == 200)
        yield site
    finally:
        for process in running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
