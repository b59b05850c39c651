"""Work that a request leaves to `manage.py work`, as tasks of Django's framework."""

from django_tasks import task

from comments import letters


@task()
def deliver():
    """Send the letters that are due; the task's arguments and result hold nothing of anybody."""
    letters.deliver()
