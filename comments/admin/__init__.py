"""The moderators' side of the admin. One module a subject."""

from comments.admin import (  # noqa: F401  registers them
    comments,
    forums,
    marks,
    notices,
    policy,
    rules,
    score,
)
