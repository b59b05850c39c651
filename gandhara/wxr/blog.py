"""The Blog record, filled from an export's channel where it is empty."""

from gandhara.wxr.memory import Memory
from gandhara.wxr.plain import cut, plain_line, plain_text
from posts.models import Blog

_TAGLINE = 160
_FIELDS = ("title", "tagline", "about", "contact")


def fill_blog(site, channel, language, report):
    """Title, tagline and About from the old site, once for each site.

    Values that somebody chose are kept; those of the demonstration are not.
    """
    memory = Memory(site, "blog")
    if memory.recall(["blog"]):
        return
    blog = Blog.objects.first()
    if blog is None or _is_demo(blog):
        blog = Blog(language=language)
    description = plain_text(channel.description)
    short = len(description) <= _TAGLINE
    wanted = {
        "title": cut(plain_line(channel.title), 120),
        "tagline": plain_line(channel.description) if short else "",
        "about": "" if short else description,
    }
    kept = []
    for field, value in wanted.items():
        if getattr(blog, field) and value and getattr(blog, field) != value:
            kept.append(field)
        elif value and not getattr(blog, field):
            setattr(blog, field, value)
            report.updated[f"the blog's {field}"] += 1
    if kept:
        report.note("fields of the blog that had a value already, kept", ", ".join(kept))
    blog.title = blog.title or Blog.current().title
    blog.save()
    memory.keep({"blog": blog.pk})


def _is_demo(blog):
    try:
        from gandhara.demo.newsroom import BLOG
    except ImportError:
        return False
    return all(getattr(blog, field) == getattr(BLOG, field, "") for field in _FIELDS)
