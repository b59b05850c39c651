from django.core.management.base import BaseCommand, CommandError

from comments import duties


class Command(BaseCommand):
    help = "Destroy what was kept long enough (moderation settings). The worker does it daily."

    def handle(self, *args, verbosity, **options):
        run = duties.run(duties.named("retention"))
        if run.failed:
            raise CommandError(run.said)
        if verbosity:
            self.stdout.write(run.said)
