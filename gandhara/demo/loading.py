"""Puts the demonstration newsroom into an empty database."""

import io
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from comments.models import Comment, Decision, Forum
from gandhara.demo import newsroom, translations
from gandhara.demo.pictures import draw
from posts import placing
from posts.models import (
    Author,
    Blog,
    Byline,
    Correction,
    Photo,
    Post,
    RelatedPost,
    Section,
    Tag,
)

SIGNINS = (
    ("author", "author"),
    ("editor", "editor"),
    ("moderator", "moderator"),
    ("superuser", "chief"),
)
GROUPS = {"author": "Authors", "editor": "Editors", "moderator": "Moderators"}
OCCUPIED_BY = (Post, Photo, Author, Section, Tag, Blog, Comment, Forum, get_user_model())


class NotEmpty(Exception):
    """The database holds something already; the message says what."""


def load(progress=lambda items: items):
    """Load everything in one transaction; gives the sign-ins as (role, user name, password).

    Raises NotEmpty if the database holds anything. `progress` may wrap the list of posts.
    """
    for model in OCCUPIED_BY:
        if number := model.objects.count():
            raise NotEmpty(
                f"The demo loads only into an empty database; this one holds {number} "
                f"{model._meta.verbose_name_plural}."
            )
    with transaction.atomic():
        signins = [_sign_in(role, name) for role, name in SIGNINS]
        Blog(
            **{
                name: getattr(newsroom.BLOG, name)
                for name in ("title", "tagline", "about", "contact")
            },
            translations=translations.BLOG,
        ).save()
        sections = {
            made.slug: Section.objects.create(
                slug=made.slug,
                name=made.name,
                description=made.description,
                position=number,
                translations=translations.SECTIONS[made.slug],
            )
            for number, made in enumerate(newsroom.SECTIONS)
        }
        users = {user.username: user for user in get_user_model().objects.all()}
        authors = {
            made.slug: Author.objects.create(
                slug=made.slug,
                name=made.name,
                about=made.about,
                login=users.get(newsroom.LOGINS.get(made.slug)),
            )
            for made in newsroom.AUTHORS
        }
        moderator = users["moderator"]
        for made in progress(newsroom.POSTS):
            post = _post(made, sections, authors)
            forum = Forum.objects.create(post=post, state=made.forum)
            for comment in made.comments:
                _comment(comment, forum, None, moderator)
        for section, slug in newsroom.PLACED:
            placing.give_place(Post.objects.get(slug=slug), sections.get(section))
        for made in newsroom.CORRECTIONS:
            post = Post.objects.get(slug=made.post)
            at = post.published_at + timedelta(days=made.days_after)
            Correction.objects.create(
                post=post, kind=made.kind, text=made.text, at=at, by=users["editor"]
            )
        for pair in newsroom.RELATED:
            one, other = (Post.objects.get(slug=slug) for slug in pair)
            RelatedPost.objects.create(post=one, other=other, position=1)
            RelatedPost.objects.create(post=other, other=one, position=1)
    return signins


def keep(signins):
    """Write the sign-ins to `demo-signins.txt` in the data folder, readable by its owner only."""
    file = settings.DATA / "demo-signins.txt"
    file.touch(mode=0o600)
    file.write_text("".join(f"{' '.join(line)}\n" for line in signins), encoding="utf-8")
    return file


def _sign_in(role, name):
    password = secrets.token_urlsafe(12)
    user = get_user_model().objects.create_user(
        name, password=password, is_staff=True, is_superuser=role == "superuser"
    )
    if role in GROUPS:
        user.groups.add(Group.objects.get(name=GROUPS[role]))
    return role, name, password


def _post(made, sections, authors):
    post = Post.objects.create(
        slug=made.slug,
        headline=made.headline,
        summary=made.summary,
        body=made.body_html,
        language=made.language,
        section=sections[made.section],
        lead_photo=_photo(made) if made.photo else None,
        status=made.status,
        published_at=(
            timezone.now() - timedelta(days=made.days_ago)
            if made.status == Post.Status.PUBLISHED
            else None
        ),
    )
    for position, slug in enumerate(made.authors):
        Byline.objects.create(post=post, author=authors[slug], position=position)
    post.tags.set(Tag.objects.get_or_create(name=name)[0] for name in made.tags)
    return post


def _photo(made):
    out = io.BytesIO()
    draw(made.photo).save(out, "PNG", compress_level=1)
    photo = Photo(caption=made.caption, credit=made.credit, alt_text=made.alt_text)
    photo.take(SimpleUploadedFile(f"{made.photo}.png", out.getvalue()))
    photo.save()
    return photo


def _comment(made, forum, parent, moderator):
    comment = Comment(
        forum=forum,
        parent=parent,
        name=made.name,
        place=made.place,
        text=made.text,
        language=made.language,
        submitted_at=min(
            forum.post.published_at + timedelta(hours=made.hours_after), timezone.now()
        ),
    )
    comment.save()
    Decision.objects.create(comment=comment, after=comment.status, at=comment.submitted_at)
    if made.status != Comment.Status.PENDING:
        comment.moderate(made.status, by=moderator)
    for answer in made.replies:
        _comment(answer, forum, comment, moderator)
