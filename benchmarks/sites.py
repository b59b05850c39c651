"""A site in a folder and an environment of its own: made for measuring, and kept for later."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# No page may tell by which port it was asked for: all servers of a site then give the same bytes.
ADDRESS = "http://127.0.0.1"


class Site:
    """The data folder, the database and the environment of one site.

    Several nodes of one site have a folder each, and one `database` and `cache` (addresses as in
    the README's table; without them SQLite in the folder, and each process's own memory).
    """

    def __init__(self, folder, database="", cache=""):
        self.folder = Path(folder).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "gandhara.settings",
            "SECRET_KEY": "for-measuring-only-0123456789-0123456789-0123456789-0123456789",
            "DEBUG": "off",
            "GANDHARA_DATA": str(self.folder),
            "DATABASE_URL": database or f"sqlite:///{self.folder / 'gandhara.sqlite3'}",
            "CACHE_URL": cache or "locmemcache://",
            "SITE_URL": ADDRESS,
            # Measuring sends from one machine; who claims to be somebody else is believed.
            "TRUSTED_PROXIES": "127.0.0.1",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, *arguments, **environment):
        """What a Python command prints; SystemExit with its words if it fails."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT, env=self.environment | environment, stdout=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{' '.join(arguments)} failed on the site in {self.folder}.")
        return done.stdout

    def talk_to(self, *arguments):
        """A Python command that answers lines with lines, until its input ends."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT, env=self.environment, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def enter(self):
        """Let this process be one of the site's own, with Django set up for it."""
        os.environ.update(self.environment)
        import django

        django.setup()

    def make(self):
        """An empty site: tables and static files. What is there already is brought up to date."""
        self.run("-c", _MAKE)


_MAKE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
"""
