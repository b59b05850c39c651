"""Lists that an editor arranged: what has a place at the head first, then the newest."""

from django.db import models

from posts import languages
from posts.models import Placement, Post


class Arranged:
    """Public posts of an edition, those placed at the head of a section (of the front page, if none
    is given) before the others, and each of them once.

    A sequence for Django's Paginator: it counts and slices, and never loads more than it is asked
    for. Counting takes two queries, a slice three.
    """

    def __init__(self, posts, section=None):
        placements = Placement.objects.now(section).filter(post__language=languages.spoken().code)
        self.placed = list(placements.values_list("post", flat=True))
        self.others = posts.in_edition().exclude(pk__in=self.placed).newest_first()

    def count(self):
        return len(self.placed) + self.others.count()

    def __getitem__(self, wanted):
        ahead = len(self.placed)
        first, last = (max(0, end - ahead) for end in (wanted.start, wanted.stop))
        # By keys first: a page far back must not join what it skips.
        others = self.others[first:last].values_list("pk", flat=True) if last else []
        keys = [*self.placed[wanted], *others]
        found = Post.objects.published().for_lists().in_bulk(keys)
        return [found[key] for key in keys if key in found]


def give_place(post, section=None):
    """Give a post the last place of a section's head (of the front page's, if none is given).

    Gives the Placement, or None where the post had a place there already.
    """
    places = Placement.objects.filter(section=section)
    last = places.aggregate(models.Max("position"))["position__max"] or 0
    place, new = places.get_or_create(post=post, section=section, defaults={"position": last + 1})
    return place if new else None
