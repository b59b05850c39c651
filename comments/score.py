"""The spam score, learnt per language from this newsroom's own decisions. No text leaves the site.

Gary Robinson's method ("A Statistical Approach to the Spam Problem", Linux Journal 107, 2003),
which came out of Paul Graham's "A Plan for Spam" (2002): each word gets a share of spam, drawn
towards one half as long as it was seldom seen, and Fisher's test puts the shares of a text's most
telling words together. It compares rates, so that a newsroom which sees ten times as much spam as
comments, or the reverse, needs no correction; and a text of few or unknown words stays near one
half, where plain naive Bayes is sure of itself.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import CharField, Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import text as texts
from comments.models import Comment, Decision, Learnt
from posts import folding, languages
from posts.prepared import Given, Prepared

# Under fifty of a kind, a word that two people happened to use looks like proof.
LEAST_SPAM = LEAST_PUBLISHED = 50
# Of each kind the newest are read: 20,000 comments a language, some seconds of work.
MOST_COMMENTS = 10_000
# About 600 kB as JSON, and 4 MB in each process once loaded.
MOST_WORDS = 30_000
# While counting: beyond this many words, those met least are let go.
MOST_WORDS_COUNTED = 200_000
# Robinson's s and x: a word never seen stands at x, and it takes s sightings to move it halfway.
DOUBT, UNDECIDED = 1.0, 0.5
# As SpamBayes (Robinson and Peters, 2003) found best: the 150 words farthest from one half, and
# none that is within a tenth of it.
MOST_CLUES, LEAST_TELLING = 150, 0.1
WORDS_TOLD = 5
WORD_LENGTH = 40
# Five digits in a row are somebody's number, or nobody's: neither is kept.
MOST_DIGITS = 4

DUE_AFTER_DECISIONS = 20
DUE_AFTER = timedelta(days=1)
# Without any decision too: words destroyed by retention are to leave the counts.
STALE_AFTER = timedelta(days=7)

_LINK = "link:"


@dataclass(frozen=True)
class Score:
    """`per_cent` is how likely spam the text is; `words` are those that weighed most.

    Words are folded; `link:` is any link, `link:example.com` one to that domain. `told` makes them
    fit for a page.
    """

    per_cent: int
    words: tuple = ()


@dataclass(frozen=True)
class Precision:
    """Of the comments that the score held and a moderator decided on, how many were refused."""

    decided: int = 0
    refused: int = 0

    def __str__(self):
        if not self.decided:
            return _("No comment that the score held was decided on yet.")
        said = ngettext(
            "Of %(decided)s comment that the score held and a moderator decided on, %(refused)s "
            "was refused: %(per_cent)s%%.",
            "Of %(decided)s comments that the score held and a moderator decided on, %(refused)s "
            "were refused: %(per_cent)s%%.",
            self.decided,
        )
        return said % {
            "decided": number_format(self.decided),
            "refused": number_format(self.refused),
            "per_cent": round(100 * self.refused / self.decided),
        }


# What a comment is made of


def features(text):
    """What the score looks at in a text: its folded words, that it links, and where to."""
    hosts = {_host(link) for link in texts.links_in(text)}
    prose = " ".join(part for part in text.split() if not _is_address(part, hosts))
    found = {
        word for word in folding.words(prose) if len(word) <= WORD_LENGTH and not _is_a_number(word)
    }
    if hosts:
        found |= {_LINK, *(_LINK + host for host in hosts)}
    return found


def told(feature):
    """A feature in words for a page."""
    if feature == _LINK:
        return _("a link")
    if feature.startswith(_LINK):
        return _("a link to %(host)s") % {"host": feature.removeprefix(_LINK)}
    return feature


def _is_address(part, hosts):
    bare = part.strip(".,;:!?()[]").lower()
    return "://" in part or part.startswith("www.") or bare in hosts


def _is_a_number(word):
    return sum(letter.isdigit() for letter in word) > MOST_DIGITS


def _host(link):
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.")[:WORD_LENGTH]


# Asking


# By language: what the row said of itself when it was read, and each word's share of spam.
_loaded = {}
_STAMP = Prepared(
    lambda: Learnt.objects.filter(language=Given("language", CharField())).values_list(
        "pk", "learnt_at", "spam", "published"
    )
)


def score(text, language):
    """The Score of a text, or None while too few decisions in its language are known. One query."""
    shares = _shares(language)
    if shares is None:
        return None
    clues = {
        feature: shares[feature]
        for feature in features(text)
        if abs(shares.get(feature, UNDECIDED) - UNDECIDED) >= LEAST_TELLING
    }
    telling = sorted(clues, key=lambda clue: (-abs(clues[clue] - UNDECIDED), clue))[:MOST_CLUES]
    towards_spam = [clue for clue in telling if clues[clue] > UNDECIDED]
    return Score(
        per_cent=round(100 * _together([clues[clue] for clue in telling])),
        words=tuple(towards_spam[:WORDS_TOLD]),
    )


def _shares(language):
    """{word: share of spam}, read anew only when the row was; None while it knows too little."""
    stamp = next(iter(_STAMP.rows(language=language)), None)
    if stamp is None or not knows_enough(*stamp[2:]):
        _loaded.pop(language, None)
        return None
    if language not in _loaded or _loaded[language][0] != stamp:
        row = Learnt.objects.filter(language=language).first()
        if row is None:
            return None
        _loaded[language] = (stamp, shares_of(row))
    return _loaded[language][1]


def knows_enough(spam, published):
    return spam >= LEAST_SPAM and published >= LEAST_PUBLISHED


def shares_of(row):
    """Each word's share of spam, as if both kinds came equally often (Robinson's f(w))."""
    return {
        word: _share(in_spam, in_published, row.spam, row.published)
        for word, (in_spam, in_published) in row.words.items()
    }


def _share(in_spam, in_published, spam, published):
    spam_rate = in_spam / spam if spam else 0
    published_rate = in_published / published if published else 0
    both = spam_rate + published_rate
    share = spam_rate / both if both else UNDECIDED
    seen = in_spam + in_published
    return (DOUBT * UNDECIDED + seen * share) / (DOUBT + seen)


def _together(shares):
    """Fisher's test both ways: near 1 for spam, near 0 for none, one half for no evidence."""
    if not shares:
        return UNDECIDED
    spam = 1 - _chance(-2 * sum(math.log(1 - share) for share in shares), len(shares))
    published = 1 - _chance(-2 * sum(math.log(share) for share in shares), len(shares))
    return (1 + spam - published) / 2


def _chance(chi_square, pairs):
    """How likely so large a chi-square is by chance, with twice `pairs` degrees of freedom."""
    half = chi_square / 2
    term = total = math.exp(-half)
    for number in range(1, pairs):
        term *= half / number
        total += term
    return min(total, 1.0)


# Learning


def learn(language=None):
    """Make what is known of one language, or of all, anew from the decisions; gives the rows.

    Reads the newest comments that a moderator published or called spam and whose words are still
    there, one after the other, each word once a comment.
    """
    return [_learn(code) for code in ([language] if language else languages.LANGUAGES)]


def _learn(language):
    now = timezone.now()
    counts, totals = {}, [0, 0]
    for kind, status in enumerate((Comment.Status.SPAM, Comment.Status.APPROVED)):
        for text in _decided(language, status):
            totals[kind] += 1
            for feature in features(text):
                counts.setdefault(feature, [0, 0])[kind] += 1
            if len(counts) > MOST_WORDS_COUNTED:
                counts = _most_met(counts, totals, MOST_WORDS_COUNTED // 2)
    twice = {word: pair for word, pair in counts.items() if sum(pair) > 1}
    row, _created = Learnt.objects.update_or_create(
        language=language,
        defaults={
            "spam": totals[0],
            "published": totals[1],
            "words": _most_met(twice, totals, MOST_WORDS),
            "learnt_at": now,
        },
    )
    return row


def _decided(language, status):
    # What an open forum let out as it came is nobody's judgment. What was brought in from another
    # system has no such record: its status was given there, by people.
    by_itself = Decision.objects.filter(
        comment=OuterRef("pk"), what=Decision.What.STATUS, before="", after=Comment.Status.APPROVED
    )
    return (
        Comment.objects.filter(status=status, language=language, decided_at__isnull=False)
        .filter(Q(decided_at__gt=F("submitted_at")) | ~Exists(by_itself))
        .exclude(text="")
        .order_by("-decided_at", "-pk")
        .values_list("text", flat=True)[:MOST_COMMENTS]
        .iterator(chunk_size=500)
    )


def _most_met(counts, totals, number):
    """The words met in the largest part of either kind: little spam keeps its words so."""
    if len(counts) <= number:
        return counts
    spam, published = (max(1, total) for total in totals)

    def rate(word):
        return counts[word][0] / spam + counts[word][1] / published

    return {word: counts[word] for word in sorted(counts, key=rate, reverse=True)[:number]}


def languages_due():
    """The languages in which enough was decided since the score learnt last."""
    learnt_at = dict(Learnt.objects.values_list("language", "learnt_at"))
    return [code for code in languages.LANGUAGES if _is_due(code, learnt_at.get(code))]


def is_due():
    return bool(languages_due())


def _is_due(language, learnt_at):
    # Not the pipeline's own word on a new comment: that has no state before.
    decisions = (
        Decision.objects.filter(what=Decision.What.STATUS, comment__language=language)
        .exclude(before="")
        .order_by()
    )
    if learnt_at is None:
        return decisions.exists()
    age = timezone.now() - learnt_at
    since = decisions.filter(at__gte=learnt_at)[:DUE_AFTER_DECISIONS].count()
    return since >= DUE_AFTER_DECISIONS or age >= (DUE_AFTER if since else STALE_AFTER)


def learn_if_due():
    """Learn the languages that are due; gives a sentence on what was done. A recurring duty."""
    due = languages_due()
    for code in due:
        learn(code)
    if not due:
        return _("Nothing new to learn.")
    names = [str(languages.language_of(code).name) for code in due]
    return _("Learnt anew: %(languages)s.") % {"languages": get_text_list(names, _("and"))}


# What it says of itself


def state(language):
    """A sentence: whether the score is on in a language, and what it has learnt from."""
    return state_of(language, Learnt.objects.filter(language=language).defer("words").first())


def state_of(language, row):
    """`state` for whoever has the language's Learnt at hand; None if there is none."""
    spam, published = (row.spam, row.published) if row else (0, 0)
    values = {
        "language": languages.language_of(language).name,
        "spam": number_format(spam),
        "published": number_format(published),
        "least_spam": LEAST_SPAM,
        "least_published": LEAST_PUBLISHED,
    }
    if knows_enough(spam, published):
        said = _(
            "On in %(language)s: learnt from %(spam)s spam and %(published)s published comments."
        )
    else:
        said = _(
            "Off in %(language)s: %(spam)s of %(least_spam)s spam and %(published)s of "
            "%(least_published)s published comments are known."
        )
    return said % values


def precisions():
    """{language: Precision} of all languages. One query."""
    refused = (Comment.Status.SPAM, Comment.Status.REJECTED)
    rows = (
        Comment.objects.filter(
            held_by=Comment.Phase.SCORE, status__in=(*refused, Comment.Status.APPROVED)
        )
        .order_by()
        .values_list("language", "status")
        .annotate(Count("pk"))
    )
    counts = defaultdict(lambda: [0, 0])
    for language, status, number in rows:
        counts[language][0] += number
        counts[language][1] += number if status in refused else 0
    return {code: Precision(*counts[code]) for code in languages.LANGUAGES}


def precision(language):
    """The Precision of the score so far in one language; as text it is a sentence."""
    return precisions().get(language, Precision())


def telling_words(row, number=20):
    """The words that speak most for spam and most for publishing, as two lists."""
    shares = shares_of(row)
    for_spam = [word for word in shares if shares[word] > UNDECIDED + LEAST_TELLING]
    for_publishing = [word for word in shares if shares[word] < UNDECIDED - LEAST_TELLING]
    for_spam.sort(key=lambda word: (-shares[word], word))
    for_publishing.sort(key=lambda word: (shares[word], word))
    return for_spam[:number], for_publishing[:number]
