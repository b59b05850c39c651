"""`manage.py import_wxr FILE… [--media FOLDER]`: bring a WordPress site here."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from gandhara.wxr.importing import import_files
from gandhara.wxr.reading import UnreadableExport


class Command(BaseCommand):
    help = (
        "Import posts, photos, sections, tags, authors and comments from WordPress exports "
        "(WXR 1.0 to 1.2). Running it again adds only what is new. Nothing that identifies a "
        "commenter is kept: no IP address, e-mail, website or browser."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="an export (.xml)")
        parser.add_argument(
            "--media",
            metavar="FOLDER",
            help="the old site's wp-content/uploads, or any folder that holds its pictures",
        )

    def handle(self, *, files, media, verbosity, **options):
        if media and not Path(media).is_dir():
            raise CommandError(f"There is no folder {media}.")
        hidden = verbosity == 0 or not sys.stderr.isatty()

        def progress(iterable, total, words):
            return tqdm(iterable, desc=words, total=total, file=sys.stderr, disable=hidden)

        try:
            report = import_files(files, media, progress)
        except UnreadableExport as problem:
            raise CommandError(str(problem)) from problem
        if verbosity:
            self.stdout.write(str(report))
