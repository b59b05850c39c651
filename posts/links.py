"""Links in the bodies of public posts that lead nowhere.

Those to this site are looked up in the database; those to other sites are asked for, where the
setting CHECK_LINKS allows it. The worker goes through all posts by and by, those just saved first.
"""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.urls import Resolver404, resolve
from django.utils import timezone

from posts import other_sites
from posts.models import Author, BrokenLink, OldSlug, Post, Section, Tag

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(days=7)
# Where a site was only silent, or had a bad day.
AGAIN_SOON = timedelta(days=1)
# Of one run, so that mails and other duties have their turn.
POSTS_A_RUN, OTHERS_A_RUN, AT_ONCE = 50, 24, 8
MOST_OF_A_POST = 60
_HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
_NOT_BESIDE = re.compile(r"[/?#]|[a-z][a-z0-9+.-]*:", re.I)
_UNSURE = {BrokenLink.Why.SILENT, BrokenLink.Why.FAILS, BrokenLink.Why.NO_SITE}


def addresses(html):
    """The web addresses and paths that a clean body links to, each once, in order."""
    found = (unescape(each).strip() for each in _HREF.findall(html))
    kept = (
        each
        for each in found
        if _own_path(each) is not None or _is_of_the_web(each) or _is_beside(each)
    )
    return list(dict.fromkeys(kept))[:MOST_OF_A_POST]


def _is_of_the_web(address):
    return address.lower().startswith(("http://", "https://"))


def _is_beside(address):
    """Whether it is looked for beside the page it stands on: below an article nothing is."""
    return bool(address) and not _NOT_BESIDE.match(address)


def _own_path(address):
    """The path of an address on this site; None for any other."""
    try:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
    except ValueError:
        return None
    if parts.netloc:
        return unquote(parts.path or "/") if origin in settings.SITE_ORIGINS else None
    return unquote(parts.path) if not parts.scheme and parts.path.startswith("/") else None


def own_problem(path):
    """Why a path on this site leads a reader nowhere, as BrokenLink.Why; None where it doesn't."""
    if path.startswith(settings.MEDIA_URL):
        # Copies are made when they are asked for: the photo's own file is what must be there.
        name = re.sub(
            r"(\.(?:jpg|png))-\d+-\d+\.\w+\Z", r"\1", path.removeprefix(settings.MEDIA_URL)
        )
        try:
            there = default_storage.exists(name)
        except SuspiciousFileOperation:
            there = False  # "/media/../x" leads out of the folder
        return None if there else BrokenLink.Why.NO_PAGE
    try:
        match = resolve(path)
    except Resolver404:
        return BrokenLink.Why.NO_PAGE
    if match.view_name == "posts:article":
        return _problem_of_post(match.kwargs["slug"])
    kind = {"posts:section": Section, "posts:tag": Tag, "posts:author": Author}.get(match.view_name)
    there = kind is None or kind.objects.filter(slug=match.kwargs["slug"]).exists()
    return None if there else BrokenLink.Why.NO_PAGE


def _problem_of_post(slug):
    post = Post.objects.filter(slug=slug).defer("body").first()
    if post is None:
        moved = OldSlug.objects.filter(slug=slug).select_related("post").first()
        post = moved.post if moved else None
    if post is None:
        return BrokenLink.Why.NO_PAGE
    if post.is_public:
        return None
    return BrokenLink.Why.WITHDRAWN if post.is_taken_down else BrokenLink.Why.NOT_PUBLIC


def own_problems(html):
    """{address: why} of the links of a body to pages that this site does not have."""
    found = {}
    for address in addresses(html):
        path = _own_path(address)
        if _is_beside(address):
            found[address] = BrokenLink.Why.NO_PAGE
        elif path is not None and (why := own_problem(path)):
            found[address] = why
    return found


def check_some():
    """Look at the links of the posts whose turn it is; gives how many posts that were.

    A post that can't be looked at is logged by the problem's class only, and stops no other.
    """
    _forget_what_no_reader_sees()
    batch, others = _batch()
    answers = {}
    if others:
        with ThreadPoolExecutor(AT_ONCE) as asking:
            answers = dict(zip(others, asking.map(_answer, others), strict=True))
    for post in batch:
        try:
            found = own_problems(post.body)
            found |= {each: answers[each] for each in addresses(post.body) if answers.get(each)}
            _note(post, found)
        except Exception as problem:
            log.error("Links of a post were not looked at: %s", type(problem).__name__)
            _had_its_turn(post, timezone.now())
    return len(batch)


def _forget_what_no_reader_sees():
    # Looked at again once the post is public again: it is saved for that.
    seen = Post.objects.published().filter(pk=OuterRef("post"))
    BrokenLink.objects.filter(~Exists(seen)).delete()


def _answer(address):
    try:
        return other_sites.problem_of(address)
    except Exception as problem:
        log.error("An address was not asked for: %s", type(problem).__name__)
        return None


def _batch():
    """(posts whose turn it is, addresses of other sites in them)."""
    due = Post.objects.published().filter(links_checked_at__lte=timezone.now() - AGAIN_AFTER)
    batch, others = [], {}
    for post in due.order_by("links_checked_at", "pk").only("body")[:POSTS_A_RUN]:
        if batch and len(others) >= OTHERS_A_RUN:
            break
        batch.append(post)
        if settings.CHECK_LINKS:
            others |= dict.fromkeys(
                each
                for each in addresses(post.body)
                if _is_of_the_web(each) and _own_path(each) is None
            )
    return batch, list(others)


def _note(post, found):
    """Write down what a post's links came to, and when it is looked at again."""
    known = {row.address: row for row in post.broken_links.all()}
    post.broken_links.exclude(address__in=found).delete()
    unsure = False
    for address, why in found.items():
        row = known.get(address) or BrokenLink(post=post, address=address, failures=0)
        row.why = why
        row.failures = row.failures + 1 if why in _UNSURE else BrokenLink.SURE_FROM
        row.failures = min(row.failures, BrokenLink.SURE_FROM)
        unsure = unsure or row.failures < BrokenLink.SURE_FROM
        row.save()
    _had_its_turn(post, timezone.now() - (AGAIN_AFTER - AGAIN_SOON if unsure else timedelta()))


def _had_its_turn(post, at):
    # A post that was saved meanwhile keeps its turn.
    Post.objects.filter(pk=post.pk, body=post.body).update(links_checked_at=at)
