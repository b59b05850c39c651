"""The application that the server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandhara.settings")
django_application = get_wsgi_application()

from gandhara.admission import admitted  # noqa: E402
from gandhara.page_cache import before  # noqa: E402
from gandhara.proxies import mounted  # noqa: E402

# Where the site stands is settled first; a page that is kept needs no admission.
application = mounted(before(admitted(django_application)))
