"""Asks a server for one page as fast as it answers, and hears how long that took.

By wrk (Debian: `apt-get install wrk`) where it is installed, else by a thread a connection of this
process, which asks far less often: figures by the clock are then this process's own.
"""

import gzip
import re
import shutil
import statistics
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection

WRK = shutil.which("wrk")
CONNECTIONS = 16
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Heard:
    """How many answers came in how many seconds, and the times of answers in milliseconds."""

    answers: int
    seconds: float
    p50: float
    p99: float


def ask(port, path, headers, seconds):
    """Ask for `path` for so many seconds. SystemExit if anything but a page or 304 comes."""
    return (_with_wrk if WRK else _with_threads)(port, path, headers, seconds)


def _with_wrk(port, path, headers, seconds):
    named = [part for header in headers.items() for part in ("-H", ": ".join(header))]
    command = [
        WRK, "--latency", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *named,
        f"http://127.0.0.1:{port}{path}",
    ]  # fmt: skip
    return heard_by_wrk(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def heard_by_wrk(printed):
    """What wrk 4 prints with --latency, as Heard; SystemExit if it met errors."""
    if wrong := re.search(r"Non-2xx.*|Socket errors.*", printed):
        raise SystemExit(f"wrk says: {wrong[0]}")
    answers, seconds = re.search(r"(\d+) requests in ([\d.]+)s", printed).groups()
    p50, p99 = (
        float(number) * _UNITS[unit]
        for number, unit in re.findall(r"(?:50|99)%\s+([\d.]+)(us|ms|s|m)\b", printed)
    )
    return Heard(int(answers), float(seconds), p50, p99)


def _with_threads(port, path, headers, seconds):
    begun = time.monotonic()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        works = [
            pool.submit(_keep_asking, port, path, headers, begun + seconds)
            for _each in range(CONNECTIONS)
        ]
        times = [each for work in works for each in work.result()]
    parts = statistics.quantiles(times, n=100)
    return Heard(len(times), time.monotonic() - begun, parts[49] * 1_000, parts[98] * 1_000)


def _keep_asking(port, path, headers, until):
    times = []
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while (begun := time.monotonic()) < until:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status not in (200, 304):
            raise SystemExit(f"{path} answered {response.status}")
        times.append(time.monotonic() - begun)
    connection.close()
    return times


def once(port, path):
    """(milliseconds, text) of one answer, on a new connection, packed as `ask` has it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    begun = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    taken = (time.perf_counter() - begun) * 1_000
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}")
    packed = response.headers.get("Content-Encoding") == "gzip"
    return taken, (gzip.decompress(body) if packed else body).decode()
