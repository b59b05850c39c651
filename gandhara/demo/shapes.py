"""The plain data classes the demonstration content is written in."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Blog:
    title: str
    tagline: str
    about: str
    contact: str


@dataclass(frozen=True)
class Section:
    slug: str
    name: str
    description: str


@dataclass(frozen=True)
class Author:
    slug: str
    name: str
    about: str
    language: str = "en"


@dataclass(frozen=True)
class Comment:
    """A reader's comment; `hours_after` counts from the post's publication."""

    name: str
    place: str
    text: str
    language: str = "en"
    status: str = "approved"
    hours_after: float = 1.0
    replies: list["Comment"] = field(default_factory=list)


@dataclass(frozen=True)
class Post:
    """A post; `days_ago` is negative for one that is to appear later.

    An empty `slug` is made from the headline, as for a post that an editor writes.
    """

    slug: str
    headline: str
    summary: str
    body_html: str
    language: str
    section: str
    tags: list[str]
    authors: list[str]
    days_ago: float
    photo: str | None = None
    caption: str = ""
    credit: str = ""
    alt_text: str = ""
    forum: str = "open"
    status: str = "published"
    comments: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Correction:
    """What readers of a post were told `days_after` it came out."""

    post: str
    kind: str
    days_after: float
    text: str
