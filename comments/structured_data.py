"""What search engines read of comments: how many an article has, and the words of one thread.

An article's page says only the number and where the discussion is: its comments would stand there
twice, on a page that has to come through slow lines. Each thread's own page, which a search engine
follows the article's links to, holds them whole as schema.org's Comment.
"""

from comments import text
from comments.addresses import of_comments, with_key
from posts.feeds import absolute
from posts.structured_data import moment


def of_article(forum):
    """What stands beside `posts.structured_data.news_article`; nothing where nobody commented."""
    if not forum.shown:
        return {}
    return {
        "commentCount": forum.shown,
        "discussionUrl": f"{absolute(forum.post.get_absolute_url())}#forum",
    }


def of_thread(post, lines, address):
    """The shown comments of a thread's page, each with its author's name and what it answers."""
    about = absolute(post.get_absolute_url())
    parts = of_comments("comment", post.slug, absolute)
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": address,
        "about": {"@type": "NewsArticle", "@id": about, "url": about, "headline": post.headline},
        "comment": [_comment(line, parts) for line in lines if line.comment.is_shown],
    }


def _comment(line, parts):
    comment, parent = line.comment, line.parent
    address = with_key(parts, comment.pk)
    said = {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "author": {"@type": "Person", "name": text.plain_words(comment.name)},
        "text": text.plain_words(comment.text),
        "datePublished": moment(comment.submitted_at),
        "inLanguage": comment.language,
    }
    if parent is not None and parent.is_shown:
        said["parentItem"] = {"@type": "Comment", "@id": with_key(parts, parent.pk)}
    return said
