"""Addresses of the comments of one post: reversed once, however many comments are to be linked."""

from django.urls import reverse

from posts import lite

# Stands for a comment's key until the key is known.
_SOME_KEY = 1234567890


def of_comments(name, slug, finish=str):
    """(what stands before a comment's key, what stands after it) in the addresses with this name.

    `finish` is what has to be done to an address as a whole, such as making it absolute.
    """
    address = finish(lite.keep(reverse(f"comments:{name}", args=[slug, _SOME_KEY])))
    # The last one: a slug can hold that number, too.
    before, _key, after = address.rpartition(str(_SOME_KEY))
    return before, after


def with_key(parts, key):
    """An address out of what `of_comments` gave."""
    return f"{parts[0]}{key}{parts[1]}"
