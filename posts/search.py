"""Finding posts by what they say, in whatever spelling it is typed.

`find` is the readers' search, `having` the newsroom's, `about_the_same` what stands below a post.
"""

from datetime import UTC, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left
from django.utils import timezone

from posts import body, folding, highlights
from posts.models import Author, Byline, Post, PostWords
from posts.wanted import MOST_WORDS
from posts.word_index import WordIndex

# Over `posts.models.PostWords`; migration 0011 made it.
INDEX = WordIndex("posts_postwords", "post_id", ("folded", "headline"))
# Words that stand in as many posts tell nothing of what a post is about.
COMMON_FROM = 60
# Of a headline; the longest, since those are the rarest (Zipf's law of abbreviation).
TELLING_WORDS, LETTERS_OF_A_TELLING_WORD = 6, 4
# One word that only five others have, or several that more have: less is chance.
NEAR_FROM = 0.2

# A reader's search lists so many posts; of more it says that there are more.
MOST_FOUND = 1_000
# So many of the newest are put in order by what they say, and so many with the words in their
# headline, however old.
MOST_RANKED = 120
# What a news text is about stands in its beginning.
LETTERS_RANKED = 4_000
SAID_OFTEN = 3
BEST, NEWEST = "best", "newest"


class Found:
    """The public posts that a search found, in order: a sequence for Django's Paginator.

    `is_all` is false where there are more than are listed. A slice loads its posts, each with
    `marked_headline` and `excerpt`, HTML in which the words that were looked for are marked. Counts
    without a query, slices in two.
    """

    def __init__(self, keys, wanted):
        self.keys, self.wanted = keys[:MOST_FOUND], wanted
        self.is_all = len(keys) <= MOST_FOUND

    def count(self):
        return len(self.keys)

    def __getitem__(self, asked):
        keys = self.keys[asked]
        # Bodies are loaded, for excerpts are made from them.
        posts = Post.objects.select_related("section").with_bylines().in_bulk(keys)
        found = [posts[key] for key in keys if key in posts and posts[key].is_public]
        for post in found:
            post.marked_headline = highlights.marked(post.headline, self.wanted)
            post.excerpt = _excerpt(post, self.wanted)
        return found


def find(wanted, *, sections=None, language="", authors=None, since=None, until=None, order=BEST):
    """The Found of the public posts that say all the words of a `Wanted`; all, if it has none.

    `sections` are keys of sections and `authors` are keys of authors, any of which will do; `since`
    and `until` are the first and the last day, in the site's zone. The best come first, or with
    `order=NEWEST` the newest. In two to five queries, and in much the same time however many
    posts say it.
    """
    posts = Post.objects.published().newest_first()
    if sections is not None:
        posts = posts.in_section(*sections)
    if language:
        posts = posts.filter(language=language)
    if authors is not None:
        posts = posts.filter(Exists(Byline.objects.filter(post=OuterRef("pk"), author__in=authors)))
    if since:
        posts = posts.filter(published_at__gte=_midnight(since))
    if until:
        posts = posts.filter(published_at__lt=_midnight(until + timedelta(days=1)))
    if not wanted:
        return Found(list(posts.values_list("pk", flat=True)[: MOST_FOUND + 1]), wanted)
    newest = INDEX.newest(posts, wanted, MOST_FOUND + 1)
    if order == NEWEST:
        return Found(newest, wanted)
    ahead = newest[:MOST_RANKED]
    if len(newest) > MOST_RANKED:
        ahead = list(dict.fromkeys([*ahead, *_newest_named(posts, newest, wanted)]))
    best = _best_first(ahead, wanted)
    return Found(list(dict.fromkeys([*best, *newest])), wanted)


def _newest_named(posts, newest, wanted):
    """The keys of the newest of these posts that have all the words in their headline.

    `newest` are the keys of the newest posts that have them anywhere.
    """
    if len(newest) > MOST_FOUND:
        return INDEX.newest(posts, wanted, MOST_RANKED, "headline")
    # All of them are there: no need to go through the posts once more.
    rows = PostWords.objects.filter(pk__in=INDEX.meant(wanted, "headline"))
    named = set(rows.values_list("pk", flat=True))
    return [key for key in newest if key in named][:MOST_RANKED]


def authors_named(wanted):
    """Authors with something public whose names have all the words, in whatever spelling."""
    if not wanted:
        return []
    named = [author.pk for author in Author.objects.only("name") if _is_named(author, wanted)]
    if not named:
        return []
    public = Post.objects.published().filter(bylines__author=OuterRef("pk"))
    return list(Author.objects.filter(Exists(public), pk__in=named))


def _is_named(author, wanted):
    words = folding.searchable(author.name).split()
    return all(any(term.means(word) for term in terms for word in words) for terms in wanted.terms)


def _midnight(day):
    """The moment at which a day begins in the site's zone."""
    return datetime.combine(day, time.min, timezone.get_current_timezone()).astimezone(UTC)


def _best_first(keys, wanted):
    """These keys of posts by their points; among equals, those that came first stay first."""
    rows = (
        PostWords.objects.filter(pk__in=keys)
        .annotate(beginning=Left("folded", LETTERS_RANKED))
        .values_list("pk", "headline", "beginning")
    )
    ranked = {key: points(wanted, headline, said) for key, headline, said in rows}
    return sorted(keys, key=lambda key: ranked.get(key, 0), reverse=True)


def points(wanted, headline, said):
    """How much a post is about the words: from 0 to 10, by its folded headline and text.

    Four if the headline has all of them, two if it has some; two if they stand there side by side
    as typed, two if they do so in the text; one if the text says them three times or more; one if
    the last stands there as typed, not only as a beginning.
    """
    headline, said = f" {headline} ", f" {said} "
    in_headline = [_times(terms, headline) for terms in wanted.terms]
    in_text = [_times(terms, said) for terms in wanted.terms]
    found = 4 if all(in_headline) else 2 if any(in_headline) else 0
    phrase = f" {' '.join(wanted.words)} "
    if len(wanted.words) > 1:
        found += 2 * (phrase in headline) + 2 * (phrase in said)
    found += min(in_text) >= SAID_OFTEN
    found += f" {wanted.words[-1]} " in said
    return found


def _times(terms, said):
    return sum(said.count(f" {term.word}{'' if term.is_beginning else ' '}") for term in terms)


def _excerpt(post, wanted):
    """The part of a post's text where it says what is wanted; else how lists tell of it."""
    for text in (post.summary, body.plain(post.body)):
        if part := highlights.excerpt(text, wanted):
            return part
    return highlights.marked(post.teaser, wanted)


def having(queryset, typed):
    """The posts of a queryset that have all the words typed, in their text or their byline."""
    words = folding.words(typed)[:MOST_WORDS]
    authors = Author.objects.in_bulk() if words else {}
    for word in words:
        said = Q(pk__in=INDEX.having(word))
        named = [key for key, author in authors.items() if word in folding.fold(author.name)]
        if named:
            said |= Q(pk__in=Byline.objects.filter(author__in=named).values("post"))
        queryset = queryset.filter(said)
    return queryset


def about_the_same(post, most):
    """{key: how near} of the posts that share telling words with a post's headline, the `most`
    nearest. One query.

    A word counts the more, the fewer posts have it; one that many have counts nothing.
    """
    words = {
        word for word in folding.words(post.headline) if len(word) >= LETTERS_OF_A_TELLING_WORD
    }
    words = sorted(words, key=lambda word: (-len(word), word))
    found = INDEX.some_of_each(words[:TELLING_WORDS], COMMON_FROM)
    near = {}
    for keys in found.values():
        others = set(keys) - {post.pk}
        if len(keys) < COMMON_FROM:
            for key in others:
                near[key] = near.get(key, 0) + 1 / len(others)
    nearest = sorted(near, key=lambda key: (-near[key], -key))[:most]
    return {key: near[key] for key in nearest if near[key] >= NEAR_FROM}
