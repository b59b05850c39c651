"""Pictures of an old site: their files in the folder given, and which photo an <img> means."""

import os
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage

from posts import photos
from posts.models import Photo

_PICTURE = re.compile(r"\.(jpe?g|jpe|png|gif|webp|avif|tiff?|bmp|heic|heif|svg)\Z", re.I)
# What WordPress adds to the name of an uploaded file: sizes, and marks of scaling and editing.
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+\Z)")
_MARK = re.compile(r"-(?:scaled|rotated|e\d{10,13})(?=\.\w+\Z)")
_PROXY = re.compile(r"i\d\.wp\.com\Z")
_CREDITS = (
    "credit", "_credit", "photo_credit", "_photo_credit", "media_credit", "_media_credit",
    "image_credit", "_image_credit", "_wp_attachment_credit", "_wp_attachment_source_name",
)  # fmt: skip


def _key(text):
    return unicodedata.normalize("NFC", text).casefold()


def upload_path(address):
    """`https://…/wp-content/uploads/2014/04/a%20b.jpg` → `2014/04/a b.jpg`."""
    path = unquote(urlsplit(address).path)
    _before, found, after = re.sub(r"/uploads[\w-]*/", "/uploads/", path).rpartition("/uploads/")
    return after if found else path.lstrip("/")


def is_picture(item):
    """Whether an attachment is a picture by the ending of its name."""
    name = item.meta_of("_wp_attached_file") or urlsplit(item.attachment_url).path
    return bool(_PICTURE.search(name))


def credit_of(item):
    """The credit that a plugin keeps with the picture, if any.

    Not the one inside the file's own data: that may be the name of a camera's owner, which the
    old site never showed.
    """
    return item.meta_of(*_CREDITS)


class MediaFolder:
    """The folder of uploaded files, and what was written into our storage from it."""

    def __init__(self, folder=None):
        self.paths, self.names = {}, defaultdict(list)
        self.written = []
        for place, _folders, names in os.walk(folder) if folder else ():
            for name in names:
                path = Path(place, name)
                self.paths[_key(path.relative_to(folder).as_posix())] = path
                self.names[_key(name)].append(path)

    def find(self, item):
        """The file of an attachment, by its path or else by its name if only one has it."""
        attached = item.meta_of("_wp_attached_file")
        wanted = [path for path in (attached, upload_path(item.attachment_url)) if path]
        wanted += [_MARK.sub("", path) for path in wanted]
        for path in wanted:
            parts = _key(path).split("/")
            for start in ("", "uploads/", "wp-content/uploads/"):
                if found := self.paths.get(start + "/".join(parts)):
                    return found
        for path in wanted:
            found = self.names.get(_key(path).rpartition("/")[2], [])
            if len(found) == 1:
                return found[0]
        return None

    def take(self, path):
        """An unsaved Photo with this file, its copies written to the storage.

        Raises ValidationError when the file is not a picture that can be taken.
        """
        photo = Photo()
        try:
            with open(path, "rb") as file:
                picture = photos.clean(File(file))
        except OSError as problem:
            raise ValidationError(f"It can't be read: {problem.strerror}.") from problem
        # Before the writing: a failure in the middle of it must leave nothing behind either.
        if not default_storage.exists(picture.name):
            self.written.append(picture.name)
        photo.use(picture)
        return photo

    def undo(self):
        """Remove what `take` has written."""
        for name in self.written:
            default_storage.delete(name)
        self.written.clear()


class Library:
    """The photos of one site: by the number and by the address they had there."""

    def __init__(self, addresses):
        self.by_number, self.by_path = {}, {}
        self.of_post = defaultdict(list)
        self.paths = {}
        self.hosts = {_host(address) for address in addresses} - {""}

    def add(self, item, photo):
        self.by_number[item.id] = photo
        self.of_post[item.parent].append(item.id)
        self.hosts.add(_host(item.attachment_url))
        names = [item.meta_of("_wp_attached_file"), upload_path(item.attachment_url)]
        self.paths[item.id] = {_plain(name) for name in names if name}
        for name in names:
            if name:
                self.by_path.setdefault(_key(name), photo)
                self.by_path.setdefault(_plain(name), photo)

    def find(self, given):
        """The Photo that an <img> with these attributes shows, or None.

        The address counts before the number: text pasted from another site brings that site's
        numbers along, and a wrong picture is worse than none.
        """
        source = given.get("src", "")
        path, ours = upload_path(source), self._is_ours(source)
        if source and ours:
            for name in (_key(path), _key(_SIZE.sub("", path)), _plain(path)):
                if photo := self.by_path.get(name):
                    return photo
        numbered = re.search(r"(?:\A|\s)wp-image-(\d+)(?!\S)", given.get("class", ""))
        number = given.get("data-number") or (numbered.group(1) if numbered else "")
        same_name = any(
            known.rpartition("/")[2] == _plain(path).rpartition("/")[2]
            for known in self.paths.get(number, ())
        )
        return self.by_number.get(number) if ours or same_name else None

    def gallery(self, given, post_number):
        """Numbers of the attachments that a gallery shows: those named, else the post's own."""
        named = re.findall(r"\d+", given.get("ids") or given.get("include") or "")
        left_out = set(re.findall(r"\d+", given.get("exclude", "")))
        own = self.of_post[given.get("id") or post_number]
        return [number for number in named or own if number not in left_out]

    def _is_ours(self, source):
        host = _host(source)
        if _PROXY.match(host):
            host = urlsplit(source).path.strip("/").partition("/")[0].removeprefix("www.")
        return not host or host in self.hosts


def _plain(path):
    """A file's path without what WordPress adds for sizes and edits."""
    return _MARK.sub("", _SIZE.sub("", _key(path)))


def _host(address):
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
