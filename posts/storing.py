"""Photos and their copies are written to the storage wholly or not at all.

They are served as immutable for a year: a half of one, left by a full disk or read while it was
being written, would stay in readers' browsers for as long.
"""

import contextlib
import os
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

# What begins so is being written, or was left by a crash: `gandhara.media` never serves it.
HIDDEN = "."


def put(name, content):
    """Write these bytes to the storage under exactly this name, in place of what stands there.

    The name must be one that only these bytes have: then it does not matter who is last.
    """
    if isinstance(default_storage, FileSystemStorage):
        _put_on_disk(name, content)
        return
    # Stores of objects show nothing before all of it has come.
    written = default_storage.save(name, ContentFile(content))
    if written != name:  # somebody else was faster, and the same bytes stand there twice
        default_storage.delete(written)


def _put_on_disk(name, content):
    folder, _slash, last = name.rpartition("/")
    # In the same folder: only within one file system is a move one step.
    hidden = f"{folder}/{HIDDEN}{uuid.uuid4().hex}-{last}".lstrip("/")
    path = default_storage.path(hidden)
    try:
        # Django makes the folder and sets FILE_UPLOAD_PERMISSIONS.
        default_storage.save(hidden, ContentFile(content))
        # Otherwise a power cut may leave the final name with none of the bytes.
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
        os.replace(path, default_storage.path(name))
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)
        raise
