"""English: the day before the month, since most readers and editors are not American; 24 hours."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
# Weeks begin on Monday (ISO 8601).
FIRST_DAY_OF_WEEK = 1
