"""What the readers' search costs on a grown site: `python -m benchmarks.search`.

Asks the pages of search, through Django's test client, of the database that the settings name;
`python -m benchmarks.make_site --posts 100000 --comments 1000000` fills one. Words are taken from
what is there: the most frequent of a language, one that every hundredth post has, and so on.
"""

from collections import Counter
from urllib.parse import urlencode

from benchmarks import desk


def pages():
    """(what it is, address) of each page that is measured."""
    from comments.models import Comment, Words
    from posts.models import Author, PostWords, Section

    posts = PostWords.objects.filter(post__language="en").order_by("pk")[:300]
    often, seldom = _words(row.folded for row in posts)
    headline = posts[0].headline
    for what, asked in (
        ("a word of every other post", {"q": often[0]}),
        ("two such words", {"q": " ".join(often[:2])}),
        ("four such words", {"q": " ".join(often[:4])}),
        ("a beginning of three letters", {"q": often[0][:3]}),
        ("the headline of a post", {"q": headline}),
        ("a rare word", {"q": seldom[0]}),
        ("a word nobody wrote", {"q": "qqzzqq"}),
        ("frequent, newest first", {"q": often[0], "order": "newest"}),
        (
            "frequent, far on",
            {"q": often[0], "page": max(1, min(80, PostWords.objects.count() // 50))},
        ),
        ("frequent, one section", {"q": often[0], "section": Section.objects.first().slug}),
        ("frequent, one language", {"q": often[0], "language": "en"}),
        ("frequent, another language", {"q": often[0], "language": "ps"}),
        ("frequent, one author", {"q": often[0], "author": Author.objects.first().name}),
        ("frequent, before a day", {"q": often[0], "until": _old_day()}),
        ("rare, before a day", {"q": seldom[0], "until": _old_day()}),
        ("no words, one language", {"language": "ps"}),
    ):
        yield what, f"/search/?{urlencode(asked)}"
    if not Comment.objects.exists():
        return
    newest = Words.objects.filter(comment__language="en").order_by("-pk")[:2_000]
    often, seldom = _words(row.folded for row in newest)
    for what, asked in (
        ("comments, a frequent word", {"q": often[0]}),
        ("comments, two frequent words", {"q": " ".join(often[:2])}),
        ("comments, a rare word", {"q": seldom[0]}),
        ("comments, a word nobody wrote", {"q": "qqzzqq"}),
    ):
        yield what, f"/search/comments/?{urlencode(asked)}"


def _words(texts):
    """The words of texts that have five letters or more, most frequent first, and the reverse."""
    said = Counter(word for text in texts for word in set(text.split()) if len(word) > 4)
    often = sorted(said, key=lambda word: (-said[word], word))
    return often, often[::-1]


def _old_day():
    """A day that four fifths of all posts came after."""
    from posts.models import Post

    posts = Post.objects.published().order_by("published_at").values_list("published_at", flat=True)
    return posts[posts.count() // 5].date().isoformat()


if __name__ == "__main__":
    desk.main(pages)
