"""The HTML of comments and threads, put together without a template.

A page holds hundreds of comments, and a template for each of them was nine tenths of what the page
took. Here words, addresses and the like are worked out once a page, and the markup of each comment
is made once and then kept in the memory of the process. It is kept together with all that it was
made from and compared with that each time, so that it is never old; code and translations, of which
it is also made, live as long as the process does.

Whatever a person typed is escaped by `django.utils.html.escape`, or by `comments.text.as_html`.
"""

import sys
from threading import Lock
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import text as texts
from comments.addresses import of_comments, with_key
from comments.models import Comment
from posts import calendars, languages

# A comment's markup is about 1.5 KB, so this keeps the newest some thousands of each process.
MOST_BYTES = 16 * 2**20
# What Python takes beside the words: the tuples, and their places in a dictionary.
BYTES_BESIDE = 700


class Kept:
    """A bounded memory of markup, the same for all threads of the process.

    Its two halves are filled in turn: when one is full the other is forgotten, apart from what was
    asked for meanwhile, which moves over. So what is read stays, and asking takes no lock.
    """

    def __init__(self, most_bytes=MOST_BYTES):
        self.most_bytes = most_bytes
        self.lock = Lock()
        self.forget()

    def forget(self):
        self.newer, self.older, self.bytes = {}, {}, 0

    def __len__(self):
        return len(self.newer.keys() | self.older.keys())

    def get(self, key, made_from):
        """What was kept under this key, if it was made from the very same; else None."""
        found = self.newer.get(key)
        if found is None:
            found = self.older.get(key)
            if found is not None:
                self._put(key, found)
        return found[1] if found is not None and found[0] == made_from else None

    def keep(self, key, made_from, markup):
        self._put(key, (made_from, markup))

    def _put(self, key, entry):
        with self.lock:
            self.bytes += sys.getsizeof(entry[1]) + sys.getsizeof(entry[0].row.text) + BYTES_BESIDE
            self.newer[key] = entry
            if self.bytes > self.most_bytes // 2:
                self.newer, self.older, self.bytes = {}, self.newer, 0


KEPT = Kept()


class MadeFrom(NamedTuple):
    """All that one comment's markup depends on beside its place.

    `answers` is None for what answers nothing, else the name that is told with "In Response", which
    is empty where none is.
    """

    row: Any
    answers: str | None
    is_new: bool


class Place:
    """What the comments of one page have in common: words, addresses, whether one can answer."""

    def __init__(self, slug, accepts_comments):
        tongue = languages.spoken()
        self.accepts_comments = accepts_comments
        self.address = of_comments("comment", slug, escape)
        self.reply_address = of_comments("reply", slug, escape)
        self.report_address = of_comments("report", slug, escape)
        self.key = (
            self.address,
            accepts_comments,
            tongue.code,
            tongue.has_local_digits,
            tongue.has_solar_calendar,
            timezone.get_current_timezone_name(),
        )
        self.in_response = _("In Response")
        self.in_response_to = _("In Response to <bdi>%(name)s</bdi>")
        self.by, self.from_ = _("by:"), _("from:")
        self.mark_means = _(
            "Made from a secret phrase: who wrote under this name with the same mark is the same "
            "person."
        )
        self.with_the_mark = _("with the mark")
        self.new = _("New")
        self.reply = _('Reply<span class="unseen"> to <bdi>%(name)s</bdi></span>')
        self.report = _("Report")
        self.report_of = _('Report<span class="unseen"> the comment by <bdi>%(name)s</bdi></span>')
        self.not_shown = _("This comment is not shown. The replies to it are.")

    def comment(self, row, parent=None, *, is_new=False, more_replies=0, beside=""):
        """One comment's HTML; `row` and `parent` are Rows of `comments.pages`.

        `more_replies`: how many replies its thread has in all, where not all of them are here.
        `beside`: HTML that stands with the comment and is no part of it, such as a moderator's.
        """
        answers = None
        if parent is not None:
            answers = parent.name if parent.depth and parent.is_shown else ""
        made_from = MadeFrom(row, answers, is_new)
        key = (self.key, row.pk)
        html = KEPT.get(key, made_from)
        if html is None:
            html = self._made(made_from)
            KEPT.keep(key, made_from, html)
        more = self._more(row, more_replies) if more_replies else ""
        return f"{html}{beside if row.is_shown else ''}{more}</article>"

    def _made(self, made_from):
        """The markup up to where `beside` stands."""
        row, answers, is_new = made_from
        shown = row.is_shown
        classes = f"comment{'' if shown else ' removed'}{' new' if is_new else ''}"
        html = f'<article class="{classes}" id="{row.anchor}">\n'
        if answers is not None:
            words = self.in_response_to % {"name": _plain(answers)} if answers else self.in_response
            html += f'<p class="in-response">{words}</p>\n'
        if not shown:
            return f'{html}<h3 class="placeholder">{self.not_shown}</h3>\n'
        return f"{html}{self._header(row, is_new)}{self._text(row)}{self._actions(row)}"

    def _header(self, row, is_new):
        mark = place = distinction = ""
        if row.mark:
            mark = (
                f' <span class="mark" title="{self.mark_means}"><span class="unseen">'
                f"{self.with_the_mark} </span>{escape(row.mark)}</span>"
            )
        if row.place:
            place = (
                f' <span class="label">{self.from_}</span> '
                f'<bdi class="place">{_plain(row.place)}</bdi>'
            )
        if row.distinction:
            label = dict(Comment.Distinction.choices).get(row.distinction, row.distinction)
            distinction = f'<p class="distinction {escape(row.distinction)}">{escape(label)}</p>\n'
        moment = timezone.localtime(row.submitted_at)
        new = f" <strong>{self.new}</strong>" if is_new else ""
        return (
            f'<header>\n<h3><span class="label">{self.by}</span> '
            f'<bdi class="name">{_plain(row.name)}</bdi>{mark}{place}</h3>\n'
            f'<p class="when"><a href="{with_key(self.address, row.pk)}">'
            f'<time datetime="{moment.isoformat(timespec="seconds")}">'
            f"{calendars.day_and_time(moment)}</time></a>{new}</p>\n{distinction}</header>\n"
        )

    def _text(self, row):
        direction = languages.language_of(row.language).direction
        html = texts.as_html(row.text)
        return f'<div class="text" lang="{escape(row.language)}" dir="{direction}">{html}</div>\n'

    def _actions(self, row):
        name = {"name": _plain(row.name)}
        report = f'<a href="{with_key(self.report_address, row.pk)}" rel="nofollow">'
        if not self.accepts_comments:
            return f'<p class="actions">{report}{self.report_of % name}</a></p>\n'
        reply = f'<a href="{with_key(self.reply_address, row.pk)}">{self.reply % name}</a>'
        return f'<p class="actions">{reply} {report}{self.report}</a></p>\n'

    def _more(self, row, number):
        words = ngettext("Show %(number)s reply", "Show all %(number)s replies", number)
        words = calendars.digits(words % {"number": number})
        return f'<p class="more"><a href="{with_key(self.address, row.pk)}">{words}</a></p>\n'


def comment(row, slug, *, accepts_comments=False):
    """One comment's HTML on a page of its own."""
    return mark_safe(Place(slug, accepts_comments).comment(row))  # noqa: S308  escaped above


def thread(lines, slug, *, accepts_comments, beside=None):
    """The HTML of Lines of `comments.pages`, as lists that nest as the replies do.

    `beside(row)` gives HTML that stands with a comment that is shown.
    """
    place = Place(slug, accepts_comments)
    parts = ['<ol class="thread">\n']
    for line in lines:
        row = line.comment
        if line.opens:
            parts.append('<ol class="replies">\n')
        html = place.comment(
            row,
            line.parent,
            is_new=line.is_new,
            more_replies=line.more_replies,
            beside=beside(row) if beside is not None and row.is_shown else "",
        )
        ends = "" if line.leads else "</li>\n" + "</ol></li>\n" * line.closes
        parts.append(f"<li>{html}\n{ends}")
    parts.append("</ol>\n")
    return mark_safe("".join(parts))  # noqa: S308  escaped above


def _plain(words):
    return escape(texts.plain_words(words))
