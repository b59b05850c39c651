"""Servers as real processes: started, and asked for the processor time and memory that they took.

Processor time is counted over all processes of a server (proc(5)): a noisy machine stretches the
clock, but hardly this.
"""

import functools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.sites import ROOT

TICKS = os.sysconf("SC_CLK_TCK")
STARTS_WITHIN = 30
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def nginx_version():
    said = subprocess.run([NGINX, "-v"], check=True, capture_output=True, text=True).stderr
    return said.rpartition("/")[2].strip()


class Server:
    """A server with one worker at a free port of this machine."""

    def __init__(self, name, command, port, environment=None):
        self.name, self.command, self.port = name, command, port
        self.environment = environment

    def __enter__(self):
        words = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=self.environment, start_new_session=True,
            stdout=words, stderr=subprocess.STDOUT,
        )  # fmt: skip
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and self.process.poll() is None:
            with suppress(OSError):
                self.get("/")
                return self
            time.sleep(0.02)
        self.__exit__()
        words.seek(0)
        raise SystemExit(f"{self.name} did not start. {words.read().decode()}")

    def __exit__(self, *_raised):
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, 9)
        self.process.wait()

    def get(self, path, **headers):
        """One request on a connection of its own: (status, headers, body)."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, response.headers, body

    def processes(self):
        """The ids of the process that was started and of all below it."""
        children = {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            # A process can end between the two looks.
            with suppress(OSError):
                parent = int(_stat(entry)[1])
                children.setdefault(parent, []).append(int(entry.parent.name))
        found = [self.process.pid]
        for pid in found:
            found += children.get(pid, [])
        return found

    def cpu(self):
        """Seconds of processor time that its processes have taken since they began."""
        seconds = 0
        for pid in self.processes():
            with suppress(OSError):
                user, system = _stat(Path(f"/proc/{pid}/stat"))[11:13]
                seconds += (int(user) + int(system)) / TICKS
        return seconds

    def memory(self):
        """(RSS, PSS) in bytes of its largest process: the one that works."""
        return max(map(_memory, self.processes()))


def _stat(file):
    """The fields of a process's stat after its name, which may hold blanks: state, parent, …"""
    return file.read_text().rpartition(")")[2].split()


def _memory(pid):
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {name: int(size.split()[0]) * 1024 for name, size in (x.split(":") for x in lines)}
    return sizes["Rss"], sizes["Pss"]


def granian(name, application, site, **environment):
    """A WSGI application as `make run` serves it, with one worker."""
    port = free_port()
    command = [str(port) if word == "PORT" else word for word in _command_line(site)]
    command[command.index("--workers") + 1] = "1"
    command[-1] = application
    return Server(name, command, port, site.environment | environment)


@functools.cache
def _command_line(site):
    """`gandhara.processes.server`, which asks the site's settings."""
    code = 'from gandhara.processes import server; print(*server("127.0.0.1", "PORT"), sep="\\n")'
    return site.run("-c", code).splitlines()


_NGINX = """
{user}worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log stderr error;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {says}
}}
"""


def nginx(name, folder, port, says):
    """An nginx with one worker, with these lines in the http block of its configuration."""
    folder = Path(folder) / name.replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_NGINX.format(user=user, folder=folder, says=says))
    return Server(name, [NGINX, "-e", "stderr", "-c", str(folder / "nginx.conf")], port)
