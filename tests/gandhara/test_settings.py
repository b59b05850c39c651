"""Settings from the environment: what is bad is named, and production is safe."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def manage(*arguments, data, **environment):
    inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment = {"SECRET_KEY": "k" * 60, "GANDHARA_DATA": str(data)} | environment
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("DEBUG", "perhaps"),
        ("HTTPS", "2"),
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("SITE_URL", "news.example.org"),
        ("SITE_URL", "https://news.example.org/path"),
        ("SITE_PATH", "gandhara"),
        ("MIRRORS", "ftp://mirror.example.org"),
        ("DATABASE_URL", "mysql://u:p@h/d"),
        ("DATABASE_URL", "nonsense"),
        ("CACHE_URL", "nonsense://x"),
        ("EMAIL_URL", "pigeon://loft"),
        ("MAIL_FROM", "the newsroom"),
        ("TRUSTED_PROXIES", "10.0.0.300"),
        ("TIME_ZONE", "Asia/Kabool"),
    ],
)
def test_a_missing_or_malformed_setting_stops_the_start_with_a_sentence_that_names_it(
    name, value, tmp_path
):
    outcome = manage("check", data=tmp_path, **{name: value})
    assert outcome.returncode != 0
    last = outcome.stderr.strip().splitlines()[-1]
    assert last.startswith(f"The setting {name} is ")
    assert value in last
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "on"),
        ("PORT", "8100"),
        ("SITE_URL", "https://news.example.org"),
        ("MIRRORS", "https://a.example.org, https://b.example.org:8443"),
        ("DATABASE_URL", "sqlite:////tmp/some.sqlite3"),
        ("CACHE_URL", "locmemcache://"),
        ("EMAIL_URL", "smtp+tls://user:word@mail.example.org:587"),
        ("MAIL_FROM", "Gandhara <desk@news.example.org>"),
        ("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8, ::1"),
        ("TIME_ZONE", "Asia/Kabul"),
    ],
)
def test_a_good_value_of_the_same_setting_starts(name, value, tmp_path):
    outcome = manage("check", data=tmp_path, **{name: value})
    assert outcome.returncode == 0, outcome.stderr


def test_the_deployment_check_has_no_warning_under_production_settings(tmp_path):
    outcome = manage(
        "check", "--deploy", "--fail-level", "WARNING",
        data=tmp_path, HTTPS="on", SITE_URL="https://news.example.org", SECRET_KEY="aB3$xY7_" * 10,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr
    assert "no issues" in outcome.stdout


def test_settings_are_read_from_the_env_file_of_the_data_folder(tmp_path):
    (tmp_path / ".env").write_text("SECRET_KEY=from-the-file\nTIME_ZONE=Asia/Karachi\n")
    asked = "from django.conf import settings; print(settings.SECRET_KEY, settings.TIME_ZONE)"
    outcome = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", asked],
        cwd=ROOT,
        env={"GANDHARA_DATA": str(tmp_path), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert outcome.stdout.split() == ["from-the-file", "Asia/Karachi"]


def test_every_setting_of_the_environment_stands_in_the_readmes_table(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    source = (ROOT / "gandhara" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'setting\(\s*"([A-Z_]+)"', source)) | {"GANDHARA_DATA"}
    assert len(names) > 12
    assert [name for name in sorted(names) if f"| `{name}` |" not in readme] == []
