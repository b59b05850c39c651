"""What somebody looks for: which words of a text are meant by the words typed.

All of them are wanted, the last may be the beginning of a word. In Arabic script one word is
written apart, with a non-joiner, or joined (می شود, می‌شود, میشود): there two neighbours also mean
the word that they make together.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from posts import folding

# More words than anybody types; each costs a look into the index.
MOST_WORDS = 12
# A letter alone begins too many words to look for its continuations.
PREFIX_FROM_LETTERS = 3
_RUN = re.compile(r"\S+")


@dataclass(frozen=True)
class Term:
    """A folded word to look up, or the beginning of one."""

    word: str
    is_beginning: bool = False

    def means(self, word):
        return word.startswith(self.word) if self.is_beginning else word == self.word


@dataclass(frozen=True)
class Wanted:
    """Folded words that are looked for."""

    words: tuple

    @classmethod
    def typed(cls, text, most=MOST_WORDS):
        return cls(tuple(folding.words(text)[:most]))

    def __bool__(self):
        return bool(self.words)

    @cached_property
    def terms(self):
        """For each word, the Terms of which any may stand for it; its own is the first."""
        last = len(self.words) - 1
        begins = bool(self.words) and len(self.words[last]) >= PREFIX_FROM_LETTERS
        own = [Term(word, begins and at == last) for at, word in enumerate(self.words)]
        pairs = [
            Term(one.word + other.word, other.is_beginning)
            if folding.is_arabic(one.word) and folding.is_arabic(other.word)
            else None
            for one, other in pairwise(own)
        ]
        return [
            tuple(filter(None, (term, *pairs[max(0, at - 1) : at + 1])))
            for at, term in enumerate(own)
        ]

    @cached_property
    def _whole(self):
        return {term.word for terms in self.terms for term in terms}

    @cached_property
    def _beginnings(self):
        return tuple(term.word for terms in self.terms for term in terms if term.is_beginning)

    def means(self, word):
        """Whether a folded word is one of those that are looked for."""
        return word in self._whole or word.startswith(self._beginnings)

    def places(self, text):
        """(start, end) of the words of a text that are meant, in order, none over another."""
        if not any(map(self.means, folding.searchable(text).split())):
            return
        # No word goes over a space, and most runs between spaces hold none that is meant.
        for run in _RUN.finditer(text):
            if any(map(self.means, folding.searchable(run.group()).split())):
                yield from self._places_in(run.group(), run.start())

    def _places_in(self, run, offset):
        end = 0
        for word, start, word_end in folding.placed_words(run):
            parts = word.split(folding.NON_JOINER)
            # One character can hold several words (ﷺ): it is marked once.
            if start >= end and any(map(self.means, (*parts, "".join(parts)))):
                end = word_end
                yield offset + start, offset + end
