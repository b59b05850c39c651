"""Static files: where the site stands, and under names that carry a hash of their content.

They are compressed once, when they are collected, with brotli and gzip. Not with zstd: whatever
takes it takes brotli, which is smaller here.
"""

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from gandhara import files
from gandhara.compression import IDENTITY, accepted
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


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise's table of files and their types, answered as all files are (`gandhara.files`)."""

    def add_cache_headers(self, headers, path, url):
        super().add_cache_headers(headers, path, url)
        if self.immutable_file_test(path, url):
            headers["Cache-Control"] = files.FOR_GOOD

    @staticmethod
    def serve(static_file, request):
        if request.method not in ("GET", "HEAD"):
            return WhiteNoiseMiddleware.serve(static_file, request)
        taken = accepted(request.headers.get("Accept-Encoding", ""))
        # The smallest stands first, the one without a coding is always there.
        for _found, path, headers in static_file.alternatives:
            if dict(headers).get("Content-Encoding", IDENTITY) in taken:
                own = ("content-length", "last-modified", "etag")
                kept = [(name, value) for name, value in headers if name.lower() not in own]
                return files.answer(request, path, kept)
        raise AssertionError(path)
