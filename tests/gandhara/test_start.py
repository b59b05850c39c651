"""`make run`'s parts: the secret, the static files, the demo on a new database only."""

import os
import socket
import stat
import sys

import pytest

from gandhara import start


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """An environment without a secret, with a data folder that isn't there yet."""
    # Set first, so that what the code reads from files is taken back at the end.
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("GANDHARA_DATA", str(tmp_path / "new"))
    monkeypatch.setattr(start, "BASE_DIR", tmp_path)
    return tmp_path / "new"


def test_a_first_start_writes_a_long_secret_that_only_its_owner_can_read(bare):
    start.write_secret()
    file = bare / ".env"
    name, _, secret = file.read_text().strip().partition("=")
    assert name == "SECRET_KEY"
    assert len(secret) >= 60
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_second_start_keeps_the_secret(bare, monkeypatch):
    start.write_secret()
    before = (bare / ".env").read_text()
    monkeypatch.delenv("SECRET_KEY", raising=False)
    start.write_secret()
    assert (bare / ".env").read_text() == before


def test_no_secret_is_written_where_the_environment_has_one(bare, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "from the operator")
    start.write_secret()
    assert not (bare / ".env").exists()
    assert os.environ["SECRET_KEY"] == "from the operator"


def test_static_files_are_collected_once_and_again_when_one_changes(settings, tmp_path):
    calls = []
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [tmp_path / "ours"]
    (tmp_path / "ours").mkdir()
    style = tmp_path / "ours" / "style.css"
    style.write_text("p { margin: 0 }")

    def collect(name, **options):
        calls.append(name)
        settings.STATIC_ROOT.mkdir(exist_ok=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.management.call_command", collect)
        start.collect_static(settings)
        start.collect_static(settings)
        assert calls == ["collectstatic"]
        style.write_text("p { margin: 1px }")
        start.collect_static(settings)
    assert calls == ["collectstatic", "collectstatic"]


@pytest.mark.django_db
def test_the_demo_is_loaded_into_a_new_database_and_never_into_one_that_has_tables(settings):
    calls = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.management.call_command", lambda name, **o: calls.append(name))
        start.bring_up_to_date(settings)
        assert calls == ["migrate"]
        patch.setattr("django.db.connection.introspection.table_names", lambda *a, **o: [])
        start.bring_up_to_date(settings)
    assert calls == ["migrate", "migrate", "demo"]


def test_a_port_that_is_taken_or_a_host_that_is_none_stops_the_start_with_a_sentence(settings):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        settings.HOST, settings.PORT = other.getsockname()
        other.listen()
        with pytest.raises(SystemExit, match=f"PORT “{settings.PORT}”"):
            start.find_the_port_free(settings)
    start.find_the_port_free(settings)
    settings.HOST = "no such host"
    with pytest.raises(SystemExit, match="HOST “no such host”"):
        start.find_the_port_free(settings)


def test_start_becomes_the_process_that_runs_server_and_worker(settings):
    became = []
    settings.HOST, settings.PORT = "127.0.0.9", 8123
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "execv", lambda *command: became.append(command))
        start.serve(settings)
    python = sys.executable
    assert became == [(python, [python, "-m", "gandhara.processes", "127.0.0.9", "8123"])]
