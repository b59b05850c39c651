"""Posts and what they are made of. One module a subject; everything is imported from here."""

from posts.models.authors import Author, Byline
from posts.models.blog import Blog
from posts.models.changes import PublicChange
from posts.models.links import BrokenLink
from posts.models.photos import Photo, PhotoUse
from posts.models.placing import Placement, RelatedPost
from posts.models.posts import OldSlug, Post, PostWords
from posts.models.publishing import Correction, PreviewLink, StateChange
from posts.models.revisions import Autosave, Presence, Revision
from posts.models.sections import Section, Tag

__all__ = [
    "Author",
    "Autosave",
    "Blog",
    "BrokenLink",
    "Byline",
    "Correction",
    "OldSlug",
    "Photo",
    "PhotoUse",
    "Placement",
    "Post",
    "PostWords",
    "Presence",
    "PreviewLink",
    "PublicChange",
    "RelatedPost",
    "Revision",
    "Section",
    "StateChange",
    "Tag",
]
