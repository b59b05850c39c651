"""What in a text could tell who or where somebody is: numbers, addresses, map links.

Only what has the form of a number to call, an identity number or a place is told of; years, dates,
prices and scores are not. Every pattern is bounded and starts at a boundary, so that a text takes
time in proportion to its length whatever stands in it.
"""

import re
import unicodedata
from dataclasses import dataclass

# More say nothing new to the reader or the moderator, and each becomes a row.
MOST_TOLD = 20


@dataclass(frozen=True)
class Finding:
    """`kind` is "phone", "email", "identity" or "map"; `found` the words as typed."""

    kind: str
    found: str


def findings(text):
    """Every Finding in a text, in order, each once; at most MOST_TOLD."""
    plain = _plain(text)
    found = []
    # What one step has taken or passed over, the next ones no longer see.
    for step in (_links, _emails, _places, _dates, _abroad, _identities, _at_home):
        letters = list(plain)
        for kind, start, end in step(plain):
            if kind:
                found.append((start, Finding(kind, text[start:end].strip())))
            letters[start:end] = "\n" * (end - start)
        plain = "".join(letters)
    told = dict.fromkeys(finding for _start, finding in sorted(found, key=lambda one: one[0]))
    return list(told)[:MOST_TOLD]


_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
        "\u066b": ".",  # Arabic decimal separator
        "\u060c": ",",  # Arabic comma
        "\uff0b": "+",
        "\uff20": "@",
        "′": "'",
        "’": "'",
        "″": '"',
        "”": '"',
    }
)


def _plain(text):
    """The same text, letter for letter as long, with ASCII digits and signs."""
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in text.translate(_SIGNS)
    )


# Links


_TOKEN = re.compile(r"\S+")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_GEO = re.compile(r"geo:-?\d{1,2}(?:\.\d{1,12})?,-?\d{1,3}", re.IGNORECASE)
# What follows the scheme of addresses that point at a place.
_MAP = re.compile(
    r"(?:www\.)?(?:"
    r"maps\.google\.[a-z.]{2,6}/.|google\.[a-z.]{2,6}/maps.|maps\.app\.goo\.gl/.|goo\.gl/maps/.|"
    r"(?:openstreetmap\.org|osm\.org)/(?:.{0,80}(?:map=|mlat=)|go/.|node/\d|way/\d|relation/\d)|"
    r"maps\.apple\.com/.|maps\.apple/.|bing\.com/maps.|plus\.codes/.|"
    r"waze\.com/(?:ul|.{0,10}live-map).|(?:what3words\.com|w3w\.co)/\w+\.\w+\.|"
    r"wikimapia\.org/.{0,40}lat=|yandex\.[a-z.]{2,6}/maps/.|share\.here\.com/.|maps\.me/."
    r")",
    re.IGNORECASE,
)
# A domain and a path, with or without a scheme: digits in it are nobody's number.
_ADDRESS = re.compile(r"(?:https?://|www\.|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}/)", re.I)
_BEFORE_AN_ADDRESS = "(<[\"'“«"
_AFTER_AN_ADDRESS = ".,;:!?)>]\"'”»،؛؟"


def _links(plain):
    for token in _TOKEN.finditer(plain):
        word = token[0].lstrip(_BEFORE_AN_ADDRESS)
        if scheme := _SCHEME.search(word):
            word = word[scheme.start() :]
        start = token.end() - len(word)
        end = start + len(word.rstrip(_AFTER_AN_ADDRESS))
        if _GEO.match(word) or _MAP.match(_SCHEME.sub("", word[:200], count=1)):
            yield "map", start, end
        elif _ADDRESS.match(word) and "@" not in word[:70]:
            yield "", start, end


# Places


_PLUS = "23456789CFGHJMPQRVWX"
_PLUS_CODE = re.compile(rf"(?<![\w+])[{_PLUS}]{{4}}(?:[{_PLUS}]{{4}})?\+[{_PLUS}]{{2,3}}(?![\w+])")
# Four decimals are some ten metres; fewer are a region, or two measurements.
_COORDINATES = re.compile(
    r"(?<![\d.])-?(\d{1,2})\.\d{4,12}°?\s?[NSns]?\s?[,; /]\s?"
    r"-?(\d{1,3})\.\d{4,12}(?!\.?\d)(?:°?\s?[EWew]\b)?"
)
_DEGREES = re.compile(
    r"(?<!\d)\d{1,2}\s?°\s?\d{1,2}(?:\.\d{1,6})?\s?'(?:\s?\d{1,2}(?:\.\d{1,6})?\s?\")?\s?[NS]?"
    r"[,; ]{0,2}"
    r"\d{1,3}\s?°\s?\d{1,2}(?:\.\d{1,6})?\s?'(?:\s?\d{1,2}(?:\.\d{1,6})?\s?\")?\s?[EW]?",
    re.IGNORECASE,
)


def _places(plain):
    for match in _PLUS_CODE.finditer(plain):
        if any(letter.isalpha() for letter in match[0]) and any(map(str.isdigit, match[0])):
            yield "map", *match.span()
    for match in _COORDINATES.finditer(plain):
        if int(match[1]) <= 90 and int(match[2]) <= 180:
            yield "map", *match.span()
    for match in _DEGREES.finditer(plain):
        yield "map", *match.span()


# E-mail


_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}@(?:{_LABEL}\.){{1,4}}[^\W\d_]{{2,24}}(?![\w@])")
# Only with brackets: "at" and "dot" alone are words of a sentence.
_EMAIL_IN_WORDS = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?[\[({] ?at ?[\])}] ?[\w-]{1,63}"
    r"(?:(?:\.| ?[\[({] ?dot ?[\])}] ?| dot )[\w-]{1,63}){1,4}",
    re.IGNORECASE,
)


def _emails(plain):
    for pattern in (_EMAIL, _EMAIL_IN_WORDS):
        for match in pattern.finditer(plain):
            yield "email", *match.span()


# Numbers


_DATE = re.compile(
    r"(?<![\d.-])(?<!\d )(?:\d{1,2}([./-])(\d{1,2})\1(?:\d{4}|\d{2})|"
    r"\d\d \d\d (?:19|20)\d\d|\d{4}([./-])(\d{1,2})\3\d{1,2})(?!\d|[./-]\d)"
)
_BETWEEN = r"[ ().-]{0,3}"
# ITU-T E.164: a country's code and at most fifteen digits in all.
_ABROAD = re.compile(rf"(?<![\w+])(?:\(?\+ ?\(?|00{_BETWEEN})[1-9](?:{_BETWEEN}\d){{7,14}}(?!\d)")
# The Pakistani CNIC (5-7-1) and the Afghan e-Tazkira (4-4-5), thirteen digits each.
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z_+])(?<!\d[.,-])(?:\d{5}[ -]\d{7}[ -]\d|\d{4}[ -]\d{4}[ -]\d{5}|[1-9]\d{12})"
    r"(?![0-9A-Za-z_]|[.,-]\d)"
)
# With the trunk prefix 0: nine to eleven digits in Afghanistan (0700 123 456, 020 210 1234) and
# Pakistan (0300-1234567, 042-35761234).
_TRUNK = re.compile(rf"(?<![0-9A-Za-z_+])(?<!\d[.,:-])\(?0(?:{_BETWEEN}\d){{8,10}}(?!\d|[.,:]\d)")
# Without it: mobile numbers in one run (700123456, 3001234567, with 93 or 92 before), and
# groupings that only a number to call has.
_RUN = re.compile(
    r"(?<![0-9A-Za-z_+])(?<!\d[.,:-])"
    r"(?:(?:93)?7\d{8}|(?:92)?3[0-4]\d{8}|7\d[ -]\d{3}[ -]\d{4}|3[0-4]\d[ -]\d{7}|"
    r"\(?[2-9]\d{2}\)?[ .-]{1,2}\d{3}[.-]\d{4})(?![0-9A-Za-z_%]|[.,:-]\d)"
)
# What a large figure is counted in: then it is nobody's number.
_COUNTED = re.compile(
    r" ?(?:%|[$€£₹₨؋]|rs\b|rupees|dollars|afghanis?\b|euros?\b|usd|pkr|afn|people|tons?\b|tonnes|"
    r"km|million|billion|افغانی|دالر|ډالر|روپ|روپے|نفر|میلیون|هزار)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:\b(?:rs|usd|pkr|afn|eur)\.?|[$€£₹₨؋]) ?$", re.IGNORECASE)
_BOOK = ("978", "979")  # ISBN-13


def _dates(plain):
    for match in _DATE.finditer(plain):
        if int(match[2] or match[4] or 0) <= 31:
            yield "", *match.span()


def _is_even(digits):
    """Whether a number ends in so many zeros that it counts something."""
    return digits.endswith("000000") or digits.strip("0") == ""


def _abroad(plain):
    for match in _ABROAD.finditer(plain):
        digits = re.sub(r"\D", "", match[0])
        is_plus = "+" in match[0]
        if len(digits) >= (8 if is_plus else 11) and not _is_even(digits):
            yield "phone", *match.span()


def _identities(plain):
    for match in _IDENTITY.finditer(plain):
        if not match[0].startswith(_BOOK) and not _is_even(match[0]):
            yield "identity", *match.span()


def _at_home(plain):
    for match in _TRUNK.finditer(plain):
        first, *others = re.findall(r"\d+", match[0])
        is_decimal = first == "0" and match[0].startswith("0.")
        # Lists of scores and of book numbers have groups of one digit, numbers to call have none.
        if not is_decimal and all(len(group) > 1 for group in others) and not _is_even(first):
            yield "phone", *match.span()
    for match in _RUN.finditer(plain):
        before, after = plain[max(0, match.start() - 5) : match.start()], match.end()
        counts = _MONEY_BEFORE.search(before) or _COUNTED.match(plain, after)
        if not counts and not match[0].endswith("000"):
            yield "phone", *match.span()
