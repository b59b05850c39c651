"""The site's processes: `python -m gandhara.processes HOST PORT`, which gandhara.start becomes.

It stays small, starts the web server and the background worker, holds the memory in which all
processes of the server count (comments.limits), and ends everything when it is stopped or dies.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

from comments import limits

# Seconds. A mail that is being sent gets its ten (EMAIL_TIMEOUT) before the worker is killed.
LOOK_EVERY, WORKER_AGAIN_AFTER, END_WITHIN = 1, 5, 15
PR_SET_PDEATHSIG = 1  # prctl(2)


def server(host, port):
    """The server's command line. It binds only where HOST says, 127.0.0.1 by default.

    A request whose body comes slowly holds a thread until it is there, so there are many more
    threads than cores; a newsroom under attack also puts a web server in front.
    """
    workers = str(min(4, os.cpu_count() or 1))
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws",
        "--host", host, "--port", port,
        "--workers", workers, "--blocking-threads", "16",
        "--respawn-failed-workers", "--log-level", "error", "--no-access-log",
        "gandhara.wsgi:application",
    ]  # fmt: skip


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
    keep_running(server(*sys.argv[1:]), background_worker())
