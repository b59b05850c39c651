"""Static files: where the site stands, and under names that carry a hash of their content."""

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from posts.mounting import with_prefix


class PlainFiles(StaticFilesStorage):
    """Under their own names, while developing and in tests."""

    def url(self, name):
        return with_prefix(super().url(name))


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed and compressed once, when they are collected.

    A name that is not in the manifest is served as it stands: a missing picture should not take
    the page that mentions it down.
    """

    manifest_strict = False
    support_js_module_import_aggregation = False

    def url(self, name, force=False):
        return with_prefix(super().url(name, force))
