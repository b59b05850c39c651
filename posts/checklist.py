"""What a post should have before readers see it."""

from django.utils.translation import gettext as _

from posts import body
from posts.models import Blog, Post


def refusing(post, has_author):
    """The sentences of `missing` if the blog lets nothing out with them; none for what is out.

    A typo in what readers have already can always be mended.
    """
    if post.status != Post.Status.PUBLISHED or Blog.current().checklist != "refuses":
        return []
    is_out = Post.objects.published().filter(pk=post.pk).exists()
    return [] if is_out else missing(post, has_author)


def missing(post, has_author):
    """Sentences for the editor, one for each thing that the post lacks; none when it is ready."""
    found = []
    photo = post.lead_photo
    if photo:
        for value, sentence in (
            (photo.alt_text, _("The lead photo has no alt text: who can't see it gets nothing.")),
            (photo.credit, _("The lead photo has no credit.")),
            (photo.caption, _("The lead photo has no caption.")),
        ):
            if not value.strip():
                found.append(sentence)
    if not body.plain(post.body).strip() and not body.photo_numbers(post.body):
        found.append(_("The post has no text."))
    if not post.language:
        found.append(_("The post has no language."))
    if not post.section_id:
        found.append(_("The post stands in no section."))
    if not has_author:
        found.append(_("The post has no byline."))
    return found
