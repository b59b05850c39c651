from django.core.management.base import BaseCommand, CommandError

from comments import duties


class Command(BaseCommand):
    help = "Count the months for the transparency page. The worker does it hourly."

    def handle(self, *args, verbosity, **options):
        run = duties.run(duties.named("figures"))
        if run.failed:
            raise CommandError(run.said)
        if verbosity:
            self.stdout.write(run.said)
