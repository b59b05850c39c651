"""The site's processes: `python -m gandhara.processes HOST PORT`, which gandhara.start becomes.

It stays small, starts the web server and the background worker, holds the memory in which all
processes of the server count (comments.limits), and ends everything when it is stopped or dies.
"""

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
import time

from django.conf import settings

from comments import limits

# Seconds. A mail that is being sent gets its ten (EMAIL_TIMEOUT) before the worker is killed.
LOOK_EVERY, WORKER_AGAIN_AFTER, END_WITHIN = 1, 5, 15
PR_SET_PDEATHSIG = 1  # prctl(2)


# Connections of one worker, most of which wait for a reader's next click. The server's own number
# for it, its backpressure, counts connections and not requests, so that a thousand that just stay
# open would close the site.
CONNECTIONS = 4096
# Milliseconds for a request's line and headers, and for a silent connection between two requests.
HEADERS_WITHIN = 15_000
# Of the request's line and headers together; and what is held of an answer for a slow reader.
BUFFER = 131_072


def server(host, port):
    """The server's command line. It binds only where HOST says, 127.0.0.1 by default.

    A request whose body comes slowly holds a thread until it is there, so there are more threads
    than compute at one time (gandhara.admission); a newsroom under attack also puts a web server
    in front. More runtime threads gained nothing; a worker restarts by itself only where it failed,
    for its memory of pages would go with it.
    """
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws",
        "--host", host, "--port", port,
        "--workers", str(settings.WORKERS), "--blocking-threads", str(settings.THREADS),
        "--runtime-threads", "1", "--runtime-mode", "st",
        "--backlog", str(CONNECTIONS), "--backpressure", str(CONNECTIONS),
        "--http1-buffer-size", str(BUFFER), "--http1-header-read-timeout", str(HEADERS_WITHIN),
        "--workers-kill-timeout", str(END_WITHIN - 5),
        "--respawn-failed-workers", "--log-level", "error", "--no-access-log",
        "gandhara.wsgi:application",
    ]  # fmt: skip


def allow_connections():
    """Raise the limit of open files as far as this user may: each connection is one."""
    wanted = 2 * CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def background_worker():
    return [sys.executable, "manage.py", "work", "--with-parent"]


def _begin(command):
    """Start a process in a group of its own, so that nothing of it is left when the group ends."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def end_with_parent():
        # Linux then sends SIGTERM also where this process was killed and could send nothing.
        if libc:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    return subprocess.Popen(command, process_group=0, preexec_fn=end_with_parent)  # noqa: PLW1509, S603


def _end(processes):
    """Ask processes to end, and kill what is left of them after a while."""
    for process in processes:
        process.terminate()
    until = time.monotonic() + END_WITHIN
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def keep_running(serving, working):
    """Run the server and the background worker until Ctrl+C or SIGTERM; then both end.

    A worker that ended is started again. Without the server nothing goes on: SystemExit.
    """
    memory = limits.share()
    told_to_end = threading.Event()
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # What nohup switched off stays so.
        if told != signal.SIGHUP or signal.getsignal(told) != signal.SIG_IGN:
            signal.signal(told, lambda *_: told_to_end.set())
    server, worker, begun = _begin(serving), _begin(working), time.monotonic()
    try:
        while not told_to_end.wait(LOOK_EVERY):
            if server.poll() is not None:
                sys.exit(f"The server ended by itself, with the exit code {server.returncode}.")
            if worker.poll() is not None and time.monotonic() - begun >= WORKER_AGAIN_AFTER:
                worker, begun = _begin(working), time.monotonic()
            memory.tidy()
    finally:
        _end([server, worker])


if __name__ == "__main__":
    allow_connections()
    keep_running(server(*sys.argv[1:]), background_worker())
