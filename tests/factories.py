"""Plain functions that make rows with good defaults; a test states only what matters to it."""

import io
from datetime import timedelta
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from comments import letters
from comments.models import Comment, Forum, Rule, Subscription
from posts.models import Author, Blog, Byline, Photo, Post, Section, Tag

_numbers = count(1)


def make_blog(title="Gandhara", **fields):
    """The blog's record, without which a page asks once more which editions there are."""
    return Blog.objects.create(title=title, **fields)


def make_section(name="Region", **fields):
    return Section.objects.create(name=name, **fields)


def make_tag(name="Energy", **fields):
    return Tag.objects.create(name=name, **fields)


def make_author(name=None, **fields):
    return Author.objects.create(name=name or f"Reporter {next(_numbers)}", **fields)


def make_post(headline=None, authors=(), tags=(), **fields):
    """A post that everybody may see, an hour old, unless `fields` say otherwise."""
    fields.setdefault("status", Post.Status.PUBLISHED)
    if fields["status"] == Post.Status.PUBLISHED:
        fields.setdefault("published_at", timezone.now() - timedelta(hours=1))
    fields.setdefault("body", "<p>The road was open by noon.</p>")
    post = Post.objects.create(headline=headline or f"Headline {next(_numbers)}", **fields)
    for position, author in enumerate(authors):
        Byline.objects.create(post=post, author=author, position=position)
    post.tags.set(tags)
    return post


def make_forum(post=None, state=Forum.State.OPEN, **fields):
    return Forum.objects.create(post=post or make_post(), state=state, **fields)


def make_comment(forum=None, parent=None, status=Comment.Status.APPROVED, **fields):
    """An approved comment, or a reply to `parent` in its forum."""
    forum = forum or (parent.forum if parent else make_forum())
    fields.setdefault("name", f"Reader {next(_numbers)}")
    fields.setdefault("text", f"Thought number {next(_numbers)}.")
    return Comment.objects.create(forum=forum, parent=parent, status=status, **fields)


def make_rule(pattern="pills", **fields):
    return Rule.objects.create(pattern=pattern, **fields)


def make_upload(name="photo.jpg", size=(1200, 800), colour="steelblue", kind="JPEG", **options):
    """A picture file as a browser uploads it."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue())


def make_photo(upload=None, **fields):
    fields.setdefault("caption", "A bridge over the Kabul river.")
    photo = Photo(**fields)
    photo.take(upload or make_upload())
    photo.save()
    return photo


def make_user(name="someone", groups=(), **fields):
    user = get_user_model().objects.create_user(name, password="correct horse", **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def make_editor(name="editor"):
    return make_user(name, ["Editors"], is_staff=True)


def make_moderator(name="moderator"):
    return make_user(name, ["Moderators"], is_staff=True)


def make_subscription(comment, address="reader@example.org", confirmed=True, **fields):
    """A reader's wish to hear of replies to this comment."""
    fields.setdefault("confirmed_at", timezone.now() if confirmed else None)
    return Subscription.objects.create(comment=comment, address=letters.seal(address), **fields)
