"""The application that the server calls."""

import os

from django.core.wsgi import get_wsgi_application

from gandhara.page_cache import before
from gandhara.proxies import mounted

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandhara.settings")

application = mounted(before(get_wsgi_application()))
