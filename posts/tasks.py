"""Work that a request leaves to `manage.py work`, as tasks of Django's framework."""

from django.db import transaction
from django_tasks import task

from posts import renditions, versions


@task()
def make_renditions(photo, width):
    """Make the copies of the photo with this file name; whoever asks earlier makes his own."""
    renditions.make(photo, width)
    # Lite pages tell how heavy the copies are.
    with transaction.atomic():
        versions.changed(versions.SITE)
