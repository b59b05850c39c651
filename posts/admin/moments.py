"""Times in forms of the admin: a date and a time of day in the zone that is in force."""

from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.forms import SplitDateTimeField
from django.utils import timezone

from posts.models.posts import validate_moment


class MomentField(SplitDateTimeField):
    """Knows which moment is stored, since what a form shows of it may not tell it.

    Forms show no fractions of a second; and in the night in which clocks go back an hour comes
    twice. What was not changed is the stored moment, whatever it looks like.
    """

    widget = AdminSplitDateTime
    default_validators = [validate_moment]
    stored = None

    def compress(self, data_list):
        if self.stored and data_list and None not in data_list and "" not in data_list:
            shown = timezone.localtime(self.stored).replace(tzinfo=None, microsecond=0)
            day, time = data_list
            if (day, time.replace(microsecond=0)) == (shown.date(), shown.time()):
                return self.stored
        return super().compress(data_list)

    def has_changed(self, initial, data):
        try:
            return super().has_changed(initial, data)
        except ValidationError:
            return True
