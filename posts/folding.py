"""Folding: one spelling for all the ways in which the same word is typed.

For comparing and finding only, never for showing. Each character folds by itself, whatever stands
beside it: a text folds in one pass, and a fold can be traced back to the letters it came from.

What is joined, and why:

- compatibility forms, which are pictures of other letters: Arabic presentation forms, ligatures,
  fullwidth, circled and mathematical letters (UAX #15, NFKD);
- upper and lower case (Unicode's full case folding), accents, vowel signs and all other marks;
- letters that the keyboards for Arabic, Persian, Pashto and Urdu put into the same word: the yehs
  (ي ى ی ې ۍ ئ ے), the kafs (ك ک ڪ), the gafs (گ ګ), the hehs (ه ة ۀ ہ ھ ە), the alefs (ا أ إ آ ٱ),
  the waws (و ؤ ۆ ۇ);
- the decimal digits of every script, as 0 to 9;
- what has no ink: zero-width characters, stretch marks, fillers; hamza on the line with them, for
  many leave it out. A zero-width non-joiner parts what is written apart, so it counts as a space.

Letters that tell words apart stay apart: ښ and ش, ڼ and ن, ړ ډ ټ ڑ ڈ ٹ and ر د ت, ں and ن, ث ص س.

Look-alikes (Cyrillic с for c, 1 for i, $ for s) are another matter: joining them would merge
distinct words, so only `can_be_read_as` and `skeleton` know of them, for whoever hunts disguises.
"""

import unicodedata

NON_JOINER = "\u200c"

_JOINED = {
    **dict.fromkeys("يىېۍئےیۓ", "ی"),
    **dict.fromkeys("كڪک", "ک"),
    **dict.fromkeys("ګگ", "گ"),
    **dict.fromkeys("ةۀہھۂۃەه", "ه"),
    **dict.fromkeys("أإآٱا", "ا"),
    **dict.fromkeys("ؤۆۇو", "و"),
    # Hamza on the line or raised, and the stretch mark, say nothing about which word it is.
    **dict.fromkeys("ءٴـ", ""),
    # Letters in name only: fillers without ink.
    **dict.fromkeys("\u115f\u1160\u3164\uffa0", ""),
    # Presentation forms of a mark alone, which decompose into a space and the mark.
    **dict.fromkeys(map(chr, (*range(0xFE70, 0xFE80), *range(0xFC5E, 0xFC64))), ""),
    # White letters on a dark disc or square, which Unicode leaves as they are.
    **{chr(first + n): chr(97 + n) for first in (0x1F150, 0x1F170) for n in range(26)},
    NON_JOINER: " ",
}


def _folded(letter):
    """What one character folds to: nothing, a letter, a space, or several of them."""
    if letter in _JOINED:
        return _JOINED[letter]
    if letter.isspace():
        return " "
    whole = unicodedata.normalize("NFKD", letter).casefold()
    if whole != letter:
        return "".join(map(_folded, whole))
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    # Marks, formats, controls, and halves of characters that no encoding can store.
    return "" if kind[0] == "M" or kind in ("Cf", "Cc", "Cs") else letter


class _Table(dict):
    """A translation table that fills itself, letter by letter, as texts need it."""

    # Planes 0 and 1 hold every living script; what lies beyond isn't kept, so that nobody can
    # fill the memory with a text of a million rare characters.
    KEPT_BELOW = 0x20000

    def __init__(self, make):
        super().__init__()
        self.make = make

    def __missing__(self, code):
        made = self.make(chr(code))
        if code < self.KEPT_BELOW:
            self[code] = made
        return made


_FOLDS = _Table(_folded)
_WORDS = _Table(
    lambda letter: "".join(each if each.isalnum() else " " for each in _FOLDS[ord(letter)])
)


def fold(text):
    """The text in one spelling, in lower case, its words parted by single spaces.

    Folding twice gives the same. Never raises: whatever can stand in a str can be folded.
    """
    return " ".join(text.translate(_FOLDS).split())


def words(text):
    """The folded words of a text: runs of letters and digits."""
    return text.translate(_WORDS).split()


def searchable(text):
    """What an index keeps of a text: its words, then those with a non-joiner as if joined.

    So کتاب‌ها is found as two words and as one.
    """
    found = text.translate(_WORDS).split()
    if NON_JOINER in text:
        placed = (word for word, _start, _end in placed_words(text) if NON_JOINER in word)
        found += dict.fromkeys(word.replace(NON_JOINER, "") for word in placed)
    return " ".join(found)


def is_arabic(word):
    """Whether a folded word begins with a letter of the Arabic script."""
    return "\u0620" <= word[0] <= "\u06ff" and word[0].isalpha()


def placed_words(text, signs=""):
    """The words of a text as (folded word, start, end): `text[start:end]` is the word as typed.

    A word is a run of letters and digits, and of the characters in `signs`. A non-joiner inside a
    word stays in it: who compares decides whether it parts or not.
    """
    found, run, start, end, gap = [], [], 0, 0, False
    for number, letter in enumerate(text):
        if letter == NON_JOINER:
            gap = bool(run)
            continue
        folded = _FOLDS[ord(letter)]
        # A mark belongs to the word that it stands on.
        if not folded and end == number:
            end = number + 1
        for each in folded:
            if each.isalnum() or each in signs:
                if not run:
                    start = number
                if gap:
                    run.append(NON_JOINER)
                    gap = False
                run.append(each)
                end = number + 1
            elif run:
                found.append(("".join(run), start, end))
                run, gap = [], False
    if run:
        found.append(("".join(run), start, end))
    return found


# Look-alikes. After UTS #39's confusables, cut down to what a reader takes for a Latin letter at a
# glance in either case, and to the digits and signs that writers use for letters.

SIGNS = "@$!|€£+¡¢§"
_READ_AS = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "il", "|": "il", "€": "e", "£": "l", "+": "t", "¡": "i", "¢": "c",
    "§": "s",
    # Cyrillic
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "н": "h", "һ": "h", "і": "i", "ј": "j",
    "к": "k", "ӏ": "l", "м": "m", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t",
    "у": "y", "ү": "y", "ѵ": "v", "ԝ": "w", "х": "x", "п": "n", "ь": "b", "з": "e", "є": "e",
    # Greek
    "α": "a", "β": "b", "ε": "e", "η": "nh", "ι": "i", "κ": "k", "μ": "mu", "ν": "vn", "ο": "o",
    "ρ": "p", "σ": "so", "τ": "t", "υ": "uy", "χ": "x", "ω": "w", "ζ": "z", "γ": "y", "π": "n",
    # Armenian
    "օ": "o", "ս": "u", "ո": "n", "հ": "h",
    # Latin letters with a stroke, without their dot, in other shapes, and small capitals
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ɑ": "a", "ɡ": "g", "ɩ": "i",
    "ƒ": "f", "ɐ": "a", "ʋ": "v", "ɔ": "c", "ɛ": "e", "ɪ": "i", "ɴ": "n", "ʀ": "r", "ʏ": "y",
    "ʙ": "b", "ɢ": "g", "ʜ": "h", "ʟ": "l", "ᴀ": "a", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ᴊ": "j",
    "ᴋ": "k", "ᴍ": "m", "ᴏ": "o", "ᴘ": "p", "ꜱ": "s", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w",
    "ᴢ": "z",
}  # fmt: skip


def _classes():
    """Each character's class: whatever can be read as the same letter shares one."""
    classes = {}
    for each, letters in _READ_AS.items():
        joined = {each, *letters}
        lead = min(classes.get(letter, letter) for letter in joined)
        met = {classes.get(letter, letter) for letter in joined}
        for letter, its in classes.items():
            if its in met:
                classes[letter] = lead
        classes.update(dict.fromkeys(joined, lead))
    return str.maketrans(classes)


_CLASSES = _classes()


def skeleton(word):
    """What all disguises of a folded word share: as long as the word, but more words share it.

    For looking up; `can_be_read_as` then tells whether it is this word.
    """
    return word.translate(_CLASSES)


def is_disguised(word):
    """Whether a folded word looks as if it stood for another: c1alis, v!agra, pr0n, сialis.

    It has three characters or more, a letter at least, no more digits than letters (so that A55
    and 300m are what they are), and something that is read as a letter without being it. Without
    one Latin letter it must be four long: short words of other scripts are words of their own.
    """
    if len(word) < 3 or word.isdigit():
        return False
    stand_ins = sum(each in _READ_AS for each in word)
    letters = sum(each.isalpha() for each in word)
    digits = sum(each.isdigit() for each in word)
    if not stand_ins or not letters or digits > letters:
        return False
    return len(word) > 3 or any("a" <= each <= "z" for each in word)


def can_be_read_as(word, plain):
    """Whether a folded word shows `plain`, letter for letter, look-alikes counted as letters."""
    return len(word) == len(plain) and all(
        one == other or other in _READ_AS.get(one, "")
        for one, other in zip(word, plain, strict=True)
    )
