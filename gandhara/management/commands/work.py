"""The background worker: one process for the tasks in the database and the recurring duties."""

import logging
import os
import secrets
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from comments import duties

log = logging.getLogger(__name__)

# Seconds. A reader's confirmation leaves about so soon; a duty of each minute is so punctual.
LOOK_EVERY, DUTIES_EVERY = 2, 10
# The database was away for a moment: it is asked again after so long.
AWAY = 5


class Command(BaseCommand):
    help = (
        "Work off tasks (mails) and recurring duties (digests, figures, retention) until stopped. "
        "Several may run, on several machines: each thing is done once."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--with-parent", action="store_true", help="Stop when the process that started it ends."
        )
        parser.add_argument("--once", action="store_true", help="Do what is due now, then stop.")

    def handle(self, *args, with_parent, once, **options):
        self.parent = os.getppid() if with_parent else None
        self.stopping = threading.Event()
        self.duties_at = time.monotonic()
        # Its batch mode runs what is there and returns; between batches the duties have their turn.
        self.worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=secrets.token_hex(8),
            excluded_queue_names=[],
        )
        if once:
            self.look()
            return
        before = {told: signal.signal(told, self.stop) for told in (signal.SIGTERM, signal.SIGINT)}
        try:
            while self.goes_on():
                self.stopping.wait(LOOK_EVERY if self.look() else AWAY)
        finally:
            for told, handler in before.items():
                signal.signal(told, handler)
            connections.close_all()

    def stop(self, *_):
        """End after the task or duty that runs now; what is begun is ended or begun again."""
        self.stopping.set()
        self.worker.running = False

    def goes_on(self):
        orphaned = self.parent is not None and os.getppid() != self.parent
        return not orphaned and not self.stopping.is_set()

    def look(self):
        """Do what is due; false if the database could not be reached."""
        try:
            close_old_connections()
            # Asked without a lock first: an idle worker must not keep readers' writes waiting.
            if DBTaskResult.objects.ready().exists():
                self.worker.run()
            if time.monotonic() >= self.duties_at and self.goes_on():
                self.duties_at = time.monotonic() + DUTIES_EVERY
                duties.run_due()
        except Error as problem:
            log.warning("The database did not answer: %s", type(problem).__name__)
            connections.close_all()
            return False
        return True
