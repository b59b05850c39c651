"""Server and background worker: they run together, end together, and leave nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gandhara import processes

ROOT = Path(__file__).resolve().parent.parent.parent
# Each child says who it is and stays until it is told to end; what it leaves open is seen, for a
# pipe ends only when nobody holds it any more.
# One write a line, so that lines of two children never mix.
STAYS = "import os, signal; os.write(1, b'{name} %d\\n' % os.getpid()); signal.pause()"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + STAYS
HAS_CHILD = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', {inner!r}]); " + STAYS
ENDS = "import os; os.write(1, b'{name}\\n')"


@pytest.fixture
def run():
    """Starts `keep_running` with two scripts for server and worker, impatiently."""
    started = []

    def begin(server=STAYS, worker=STAYS):
        scripts = [
            server.format(name="server", inner=STAYS.format(name="inner")),
            worker.format(name="worker"),
        ]
        code = f"""
import sys
from gandhara import processes
processes.LOOK_EVERY, processes.WORKER_AGAIN_AFTER, processes.END_WITHIN = 0.02, 0, 0.5
processes.keep_running(*([sys.executable, "-c", script] for script in {scripts!r}))
"""
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "gandhara.settings"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=20)


def lines(process, number):
    """The next lines, as {name: process id}."""
    return dict(process.stdout.readline().split() for _ in range(number))


def all_ends(process):
    """Wait until no process holds the pipes any more; what they still said."""
    return process.communicate(timeout=20)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_server_and_worker_run_together_and_end_together(run, told):
    process = run()
    assert set(lines(process, 2)) == {"server", "worker"}
    process.send_signal(told)
    assert all_ends(process) == ("", "")
    assert process.returncode == 0


def test_what_does_not_end_when_asked_is_killed(run):
    process = run(server=STUBBORN, worker=STUBBORN)
    lines(process, 2)
    process.terminate()
    assert all_ends(process) == ("", "")


def test_when_this_process_is_killed_nothing_else_stays(run):
    process = run()
    lines(process, 2)
    process.kill()
    assert all_ends(process) == ("", "")


def test_when_the_server_is_killed_its_own_processes_and_the_worker_end_too(run):
    process = run(server=HAS_CHILD)
    found = lines(process, 3)
    os.kill(int(found["server"]), signal.SIGKILL)
    _out, said = all_ends(process)
    assert said == "The server ended by itself, with the exit code -9.\n"
    assert process.returncode == 1


def test_a_worker_that_ended_is_started_again(run):
    process = run(worker=ENDS)
    said = [process.stdout.readline().split()[0] for _ in range(4)]
    assert sorted(said) == ["server", "worker", "worker", "worker"]


def test_what_nohup_switched_off_stays_so(run):
    # A handler of ours would be reset in the children; what is ignored is handed down.
    tells = "import os, signal; os.write(1, f'hup {{signal.getsignal(1).name}}\\n'.encode())"
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = run(server=f"{tells}; {STAYS}")
    finally:
        signal.signal(signal.SIGHUP, before)
    assert "hup SIG_IGN\n" in [process.stdout.readline() for _ in range(3)]


def test_the_server_gets_where_the_limits_count(run):
    tells = "import os; os.write(1, os.environb[b'GANDHARA_LIMITS_AT'] + b'\\n'); " + STAYS
    process = run(server=tells)
    said = [process.stdout.readline().strip() for _ in range(3)]
    assert f"/proc/{process.pid}/fd/3" in said


def test_the_server_binds_where_it_is_told_and_logs_no_access():
    command = processes.server("127.0.0.9", "8123")
    assert command[command.index("--host") + 1] == "127.0.0.9"
    assert command[command.index("--port") + 1] == "8123"
    assert "--no-access-log" in command
    assert "--access-log" not in command


def test_the_worker_is_a_command_of_the_site():
    assert processes.background_worker()[1:] == ["manage.py", "work", "--with-parent"]


def test_the_servers_workers_and_threads_are_those_of_the_settings(settings):
    settings.WORKERS, settings.THREADS = 3, 7
    command = processes.server("127.0.0.9", "8123")
    assert command[command.index("--workers") + 1] == "3"
    assert command[command.index("--blocking-threads") + 1] == "7"


@pytest.mark.parametrize(
    ("soft", "hard", "set_to"),
    [(1024, 20_000, 8192), (1024, 2048, 2048), (1024, -1, 8192), (20_000, 20_000, None), (-1, -1, None)],
)  # fmt: skip
def test_so_many_connections_are_allowed_as_the_system_lets(monkeypatch, soft, hard, set_to):
    done = []
    monkeypatch.setattr(processes.resource, "getrlimit", lambda _what: (soft, hard))
    monkeypatch.setattr(processes.resource, "setrlimit", lambda _what, pair: done.append(pair))
    processes.allow_connections()
    assert done == ([] if set_to is None else [(set_to, hard)])
