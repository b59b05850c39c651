from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from gandhara.demo import loading


class Command(BaseCommand):
    help = "Load the demonstration newsroom into an empty database and make three sign-ins."

    def handle(self, *args, verbosity, **options):
        def progress(posts):
            return tqdm(posts, desc="Loading the demo", unit="post", disable=None)

        try:
            signins = loading.load(progress)
        except loading.NotEmpty as occupied:
            raise CommandError(str(occupied)) from occupied
        file = loading.keep(signins)
        if verbosity:
            for line in signins:
                self.stdout.write(" ".join(line))
            self.stdout.write(f"Kept in {file}")
