"""What a post should have before readers see it."""

from django.utils.translation import gettext as _


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
    if not post.language:
        found.append(_("The post has no language."))
    if not post.section_id:
        found.append(_("The post stands in no section."))
    if not has_author:
        found.append(_("The post has no byline."))
    return found
