"""Static files under names that carry a hash of their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed and compressed once, when they are collected.

    A name that is not in the manifest is served as it stands: a missing picture should not take
    the page that mentions it down.
    """

    manifest_strict = False
    support_js_module_import_aggregation = False
