"""Which rules a comment meets.

Words, phrases and names are compared folded (`posts.folding`) and whole: a rule "cialis" is not met
by "specialist". A rule is also met by

- a word written with a non-joiner, a space in its place or neither, where the rule has a non-joiner
  (می‌شود, می شود, میشود); one put into a word elsewhere changes nothing; one part alone of a word
  with a non-joiner is not a word;
- look-alikes that stand for the rule's letters (c1alis, v!agra, сialis);
- its letters one by one (c i a l i s, c.i.a.l.i.s), from three letters on: all of them between
  longer words, or all with the same sign between them.

Links are compared by domain, subdomains included, in one form (IDNA's), with or without http; then
by the beginning of their path, if the rule has one.

The rules in force are compiled once in each process, and again when one was added, changed or
deleted: a comment costs one small query and as many look-ups as it has words, however many rules
there are. Whoever changes stored rules calls `changed` in the same transaction.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise, product
from urllib.parse import unquote

from django.db import models, transaction
from django.db.models import Count, Max, Q, Sum, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Comment, Rule
from posts import folding
from posts.prepared import Prepared

# A phrase has few words written with a non-joiner; beyond this all or none of them are parted.
MOST_VARIANTS = 64
# Fewer single letters in a row are initials.
FEWEST_SPACED = 3
# What may stand between two of them: " - ", not a whole line of signs.
WIDEST_GAP = 3


@dataclass(frozen=True)
class Match:
    """A rule that is met, and the words, name or link of the comment that meet it, as typed."""

    rule: int
    kind: str
    action: str
    pattern: str
    found: str


@dataclass(frozen=True)
class Hit:
    """Where a rule is met: `field` is the comment's `name`, `place` or `text`."""

    rule: Rule
    field: str
    start: int
    end: int


def matches(name, place, text, language):
    """Every rule in force that a comment meets, each once, refusing ones first."""
    now = timezone.now()
    fields = {"name": name, "place": place, "text": text}
    found = {}
    for hit in book().hits(**fields):
        rule = hit.rule
        ended = rule.ends_at is not None and rule.ends_at <= now
        if ended or rule.pk in found or rule.language not in ("", language):
            continue
        typed = " ".join(fields[hit.field][hit.start : hit.end].split())
        found[rule.pk] = Match(rule.pk, rule.kind, rule.action, rule.pattern, typed)
    return sorted(found.values(), key=lambda match: match.action != Rule.Action.REFUSE)


# The rules of this process


_compiled = (None, None)
# One group of all rows: a constant is the same in each.
_STAMP = Prepared(
    lambda: (
        Rule.objects.order_by()
        .values(all=Value(1, models.IntegerField()))
        .annotate(newest=Max("changed_at"), number=Count("pk"), keys=Sum("pk"))
        .values_list("newest", "number", "keys")
    )
)


def book():
    """The rules that are switched on, compiled; one query says whether they still are the same."""
    global _compiled  # noqa: PLW0603  one book a process
    # Asked before the rules are read: a change in between is seen the next time.
    stamp = _STAMP.rows()
    if _compiled[0] != stamp:
        _compiled = (stamp, Book(Rule.objects.in_force()))
    return _compiled[1]


def forget():
    """Compile anew at the next comment, whatever the database says."""
    global _compiled  # noqa: PLW0603
    _compiled = (None, None)


@transaction.atomic
def changed(keys):
    """Tell every process that these rules changed; call it in the transaction that changed them.

    Their `changed_at` becomes later than any other's, one writer at a time: a slow transaction, or
    a node whose clock is behind, could otherwise store a change that looks like an old one.
    """
    newest = Rule.objects.select_for_update().order_by("-changed_at").first()
    if newest is None:
        return
    newest = Rule.objects.aggregate(at=Max("changed_at"))["at"]
    at = max(timezone.now(), newest + timedelta(microseconds=1))
    keys = list(keys)
    for start in range(0, len(keys), 500):
        Rule.objects.filter(pk__in=keys[start : start + 500]).update(changed_at=at)


# Compiling


def key_of(kind, pattern):
    """What two spellings of one rule share; empty if nothing is left to compare."""
    if kind == Rule.Kind.LINK:
        link = _link_of_rule(pattern)
        return "" if link is None else f"{link.local}{link.host}{link.tail}"
    return " ".join(word for word, _start, _end in _words_of_rule(pattern))


def problem_of(kind, pattern):
    """Why a pattern can't be a rule, as a sentence; empty if it can."""
    if key_of(kind, pattern):
        return ""
    if kind == Rule.Kind.LINK:
        return _(
            "“%(pattern)s” is not a domain. Write it like example.com, example.com/path, "
            "@example.com for e-mail addresses, or .example for all that end so."
        ) % {"pattern": pattern}
    return _(
        "“%(pattern)s” has no letters or digits that could be compared. Write a word, a phrase or "
        "a name."
    ) % {"pattern": pattern}


class Book:
    """Rules made ready for matching. `hits` gives every place where one is met, ends included."""

    def __init__(self, rules):
        self.words, self.names, self.links = _Phrases(), _Phrases(), _Links()
        kinds = {
            Rule.Kind.WORDS: self.words,
            Rule.Kind.NAME: self.names,
            Rule.Kind.LINK: self.links,
        }
        for rule in rules:
            kinds[rule.kind].add(rule)

    def hits(self, name, place, text):
        """Language, state and end of the rules are not asked here."""
        for kind, field, said in (
            (self.words, "text", text),
            (self.names, "name", name),
            (self.names, "place", place),
            (self.links, "text", text),
        ):
            for rule, start, end in kind.find(said):
                yield Hit(rule, field, start, end)


# Words, phrases and names


# Signs that end a sentence or part two words; at the edge of a word they are that.
_EDGES = "!|+¡§"


def _placed(text, signs=""):
    """Words with their places; of signs only those within a word, and $ @ € before or after it."""
    found = []
    for word, start, end in folding.placed_words(text, signs):
        bare = word.strip(_EDGES) if signs else word
        if not any(letter.isalnum() for letter in bare):
            continue
        first, last = start, end
        if bare != word:
            while text[first] in _EDGES:
                first += 1
            while text[last - 1] in _EDGES:
                last -= 1
        found.append((bare, first, last))
    return found


def _words_of_rule(pattern):
    """The pattern's words; with its signs where it has any (a$$ is not the word "a")."""
    return _placed(pattern, folding.SIGNS)


def _spellings(words):
    """Each way of writing a phrase whose words hold non-joiners, as a string of spaced words."""
    pieces = re.split(f"({folding.NON_JOINER})", " ".join(words))
    breaks = len(pieces) // 2
    if not breaks:
        return pieces
    ways = product(("", " "), repeat=breaks)
    if 2**breaks > MOST_VARIANTS:
        ways = (("",) * breaks, (" ",) * breaks)
    return {"".join(a + b for a, b in zip(pieces[::2], (*way, ""), strict=True)) for way in ways}


class _Phrases:
    """Looks up every run of words of a text that is as long as a phrase with that first word."""

    def __init__(self):
        self.plain = defaultdict(list)
        self.lengths = defaultdict(set)
        self.masked = defaultdict(list)
        self.masked_lengths = defaultdict(set)
        self.spaced = defaultdict(list)

    def add(self, rule):
        words = [word for word, _start, _end in _words_of_rule(rule.pattern)]
        if not words:
            return
        for spelling in _spellings(words):
            self._index(self.plain, self.lengths, spelling, rule)
            mask = folding.skeleton(spelling)
            self._index(self.masked, self.masked_lengths, mask, (spelling, rule))
        together = "".join(words).replace(folding.NON_JOINER, "")
        if len(together) >= FEWEST_SPACED:
            self.spaced[folding.skeleton(together)].append((together, rule))

    @staticmethod
    def _index(entries, lengths, spelling, entry):
        entries[spelling].append(entry)
        parts = spelling.split(" ")
        lengths[parts[0]].add(len(parts))

    def find(self, text):
        """(rule, start, end) wherever a rule's phrase stands in the text."""
        if not self.plain or not text:
            return
        words = _placed(text)
        whole = [(word.replace(folding.NON_JOINER, ""), *at) for word, *at in words]
        yield from self._look_up(whole)
        if folding.NON_JOINER in text:
            yield from self._look_up(*_parted(words))
        yield from self._disguised(text)
        yield from self._letter_by_letter(text, whole)

    def _look_up(self, words, begins=None, ends=None):
        """`begins` and `ends` say of each word whether a phrase may begin and end with it."""
        for first, (word, start, _end) in enumerate(words):
            if word not in self.lengths or (begins and not begins[first]):
                continue
            for length in self.lengths[word]:
                last = first + length - 1
                if last >= len(words) or (ends and not ends[last]):
                    continue
                spelling = " ".join([each[0] for each in words[first : last + 1]])
                for rule in self.plain.get(spelling, ()):
                    yield rule, start, words[last][2]

    def _disguised(self, text):
        words = [
            (word.replace(folding.NON_JOINER, ""), start, end)
            for word, start, end in _placed(text, folding.SIGNS)
        ]
        # A word with a sign is looked up as it stands too: rules may hold signs.
        masked = [folding.is_disguised(word) or not word.isalnum() for word, _start, _end in words]
        if not any(masked):
            return
        skeletons = [folding.skeleton(word) for word, _start, _end in words]
        for first, mask in enumerate(skeletons):
            for length in self.masked_lengths.get(mask, ()):
                run = slice(first, first + length)
                if first + length > len(words) or not any(masked[run]):
                    continue
                for spelling, rule in self.masked.get(" ".join(skeletons[run]), ()):
                    shown = zip(words[run], spelling.split(" "), strict=True)
                    if all(_shows(word[0], plain) for word, plain in shown):
                        yield rule, words[first][1], words[first + length - 1][2]

    def _letter_by_letter(self, text, words):
        for run in _runs_of_letters(text, words):
            # An article or "and" at either end is a word by itself.
            for some in (run, run[1:], run[:-1], run[1:-1]):
                if len(some) < FEWEST_SPACED:
                    continue
                letters = "".join(word for word, _start, _end in some)
                for plain, rule in self.spaced.get(folding.skeleton(letters), ()):
                    if _shows(letters, plain):
                        yield rule, some[0][1], some[-1][2]


def _shows(word, plain):
    return word == plain or (folding.is_disguised(word) and folding.can_be_read_as(word, plain))


def _parted(words):
    """Words parted at their non-joiners, and which parts begin and end a word."""
    parts, begins, ends = [], [], []
    for word, start, end in words:
        some = word.split(folding.NON_JOINER)
        for number, part in enumerate(some):
            parts.append((part, start, end))
            begins.append(number == 0)
            ends.append(number == len(some) - 1)
    return parts, begins, ends


def _runs_of_letters(text, words):
    """Runs of single letters: all between longer words, and those with one sign between them."""
    run = []
    for word in (*words, None):
        near = word and len(word[0]) == 1 and (not run or word[1] - run[-1][2] <= WIDEST_GAP)
        if near:
            run.append(word)
            continue
        if len(run) >= FEWEST_SPACED:
            yield run
            yield from _with_one_sign(text, run)
        run = [word] if word and len(word[0]) == 1 else []


def _with_one_sign(text, run):
    some, sign = run[:1], None
    for before, word in pairwise(run):
        gap = text[before[2] : word[1]]
        if sign in (None, gap):
            some.append(word)
            sign = gap
        else:
            yield some
            some, sign = [word], None
    if len(some) < len(run):
        yield some


# Links


_NO_INK = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_DOTS = ".．。｡"
# Begins where a name begins and never goes back, however long the run of letters.
_HOST = re.compile(rf"(?<![\w-])(?:[\w-]++[{_DOTS}])++[\w-]++")
# The longest name before the @ of an e-mail address (RFC 5321, 4.5.3.1.1).
_LOCAL_LENGTH = 64
_AT_THE_EDGES = "()[]{}<>«»“”„‘’\"'`*_.,;:!?،؛؟۔…"


@dataclass(frozen=True)
class _Link:
    """A domain in one form, what stands after it, and for e-mail addresses what stands before."""

    host: str
    tail: str = ""
    local: str = ""

    def covers(self, other):
        """Whether `other`, of this domain or below it, begins as this one does."""
        if self.local != other.local and not (self.local == "@" and other.local):
            return False
        rest = other.tail[len(self.tail) :]
        return other.tail.startswith(self.tail) and (
            not self.tail or not rest or rest[0] in "/?#&=" or self.tail[-1] in "/?#&="
        )


def _one_form(host):
    """A domain as IDNA writes it, in lower case; a label that IDNA does not take, as it is."""
    host = unicodedata.normalize("NFKC", host).casefold()
    for dot in _DOTS[1:]:
        host = host.replace(dot, ".")
    if host.isascii():
        return host.strip(".")
    labels = []
    for label in host.strip(".").split("."):
        try:
            labels.append(label.encode("idna").decode())
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)


def _tail_of(rest):
    """Path and query as they are compared: decoded, in lower case, without port and last slash."""
    rest = re.sub(r"^:\d*", "", rest)
    return unquote(rest).casefold().rstrip("/") if rest[:1] in ("/", "?", "#") else ""


def _link_of_rule(pattern):
    """The _Link that a pattern describes, or None."""
    pattern = "".join(pattern.translate(_NO_INK).split())
    pattern = re.sub(r"^[a-z][a-z0-9+.-]*:/+", "", pattern, flags=re.IGNORECASE)
    before, at, after = pattern.rpartition("@") if "/" not in pattern else ("", "", pattern)
    bare = after.removeprefix("*")
    ending = bare.startswith(".")
    host, rest = re.match(r"([^/?#:]*)(.*)", bare, re.DOTALL).groups()
    host = _one_form(host).removeprefix("www.")
    well_formed = host and all(
        label and not label.startswith("-") and all(c.isalnum() or c in "-_" for c in label)
        for label in host.split(".")
    )
    if not well_formed or ("." not in host and not ending):
        return None
    return _Link(host, _tail_of(rest), before.casefold() + "@" if at else "")


def _is_user_of_address(before):
    """Whether what stands before a host is the user of an address: http://user@host."""
    scheme, sign, user = before.rpartition("://")
    return bool(scheme and sign) and not any(each in "/?#" for each in user)


def _links_of(chunk):
    """Every _Link in a run of characters without spaces."""
    for host in _HOST.finditer(chunk):
        before, after = chunk[: host.start()], chunk[host.end() :]
        if after.startswith("@"):
            continue
        local = ""
        if before.endswith("@") and not _is_user_of_address(before):
            local = re.split(r"[^\w.+-]", before[-_LOCAL_LENGTH - 1 : -1])[-1].casefold() + "@"
        yield _Link(_one_form(host[0]), _tail_of(after), local)


class _Links:
    """Looks up every domain of a text, and the domains above it."""

    def __init__(self):
        self.domains = defaultdict(list)

    def add(self, rule):
        link = _link_of_rule(rule.pattern)
        if link is not None:
            self.domains[link.host].append((link, rule))

    def find(self, text):
        """(rule, start, end) of each address that a rule covers."""
        if not self.domains:
            return
        for chunk in re.finditer(r"\S+", text):
            if not any(dot in chunk[0] for dot in _DOTS):
                continue
            bare = chunk[0].strip(_AT_THE_EDGES)
            start = chunk.start() + chunk[0].find(bare)
            said = bare.translate(_NO_INK)
            ways = {said, unquote(said)} if "%" in said else {said}
            for link in (link for way in ways for link in _links_of(way)):
                for rule in self._covering(link):
                    yield rule, start, start + len(bare)

    def _covering(self, link):
        labels = link.host.split(".")
        for first in range(len(labels)):
            for mine, rule in self.domains.get(".".join(labels[first:]), ()):
                if mine.covers(link):
                    yield rule


# Keeping rules


def alike(kind, language):
    """The stored rules of a kind and language, by what their spellings share."""
    stored = Rule.objects.filter(kind=kind, language=language).order_by("-pk")
    return {key_of(rule.kind, rule.pattern): rule for rule in stored}


@transaction.atomic
def add_many(patterns, **fields):
    """Store a rule for each pattern; gives the new rules, and the patterns that were there already.

    `fields` are those that all of them share. The patterns must have no `problem_of`.
    """
    kind = fields["kind"]
    known = set(alike(kind, fields.get("language", "")))
    new, skipped = [], []
    for pattern in patterns:
        key = key_of(kind, pattern)
        if key in known:
            skipped.append(pattern)
        else:
            known.add(key)
            new.append(Rule(pattern=pattern, **fields))
    return Rule.objects.bulk_create(new, batch_size=500), skipped


def count_held(rules):
    """Set on each rule how many comments it `has_held`, and how many of them are `waiting`."""
    rows = (
        Comment.objects.filter(held_by_rule__in=[rule.pk for rule in rules])
        .order_by()
        .values_list("held_by_rule")
        .annotate(held=Count("pk"), waiting=Count("pk", filter=Q(status=Comment.Status.PENDING)))
    )
    numbers = {pk: (held, waiting) for pk, held, waiting in rows}
    for rule in rules:
        rule.has_held, rule.waiting = numbers.get(rule.pk, (0, 0))


# Trying


TRIED_ON = 1_000
# More would make a page that nobody reads to its end; all are counted.
CAUGHT_SHOWN = 100


@dataclass(frozen=True)
class Caught:
    """A comment that meets a rule; each field in pieces, (words, whether they meet the rule)."""

    comment: Comment
    name: list
    place: list
    text: list


@dataclass(frozen=True)
class Trial:
    """What a rule would have caught among the newest `looked_at` comments; `shown` are some."""

    looked_at: int
    number: int
    published: int
    shown: list


def try_out(rule):
    """A rule, saved or not, tried on the newest comments as if it were in force. Stores nothing."""
    of_one = Book([rule])
    newest = Comment.objects.exclude(text="").order_by("-submitted_at", "-pk")[:TRIED_ON]
    looked_at = number = published = 0
    shown = []
    for comment in newest:
        looked_at += 1
        if rule.language not in ("", comment.language):
            continue
        hits = list(of_one.hits(comment.name, comment.place, comment.text))
        if not hits:
            continue
        number += 1
        published += comment.is_shown
        if len(shown) < CAUGHT_SHOWN:
            pieces = (
                _pieces(getattr(comment, field), [hit for hit in hits if hit.field == field])
                for field in ("name", "place", "text")
            )
            shown.append(Caught(comment, *pieces))
    return Trial(looked_at, number, published, shown)


def _pieces(text, hits):
    pieces, at = [], 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= at:
            pieces += [(text[at : hit.start], False), (text[hit.start : hit.end], True)]
            at = hit.end
    pieces.append((text[at:], False))
    return [(piece, found) for piece, found in pieces if piece]
