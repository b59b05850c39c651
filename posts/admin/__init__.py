"""The newsroom's desk in the admin. One module a subject; importing them registers their pages."""

from posts.admin import (  # noqa: F401
    authors,
    blog,
    photos,
    placing,
    posts,
    sections,
)
