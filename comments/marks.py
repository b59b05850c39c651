"""Marks: how a name proves, without an account, that it is the one of yesterday.

A mark is made from the name, a secret phrase that only its owner knows, and a key of this site; it
stands beside the name. The phrase is not stored, nobody can work it out from the mark, and one
person's marks under two names have nothing in common. Whoever changes SECRET_KEY changes all
marks: names then have to begin anew, and authors' marks must be set again.
"""

import hashlib
import hmac
import unicodedata
from functools import lru_cache

from django.conf import settings

from comments.models.comments import key_of_name
from posts import folding
from posts.models import Author
from posts.prepared import Prepared

# scrypt (RFC 7914) with r=8 and p=1 as there, and N=2**13: 8 MB and 14 ms on one small core.
# OWASP's N for stored passwords would take ten times as long, but no table here can be tried
# offline without SECRET_KEY; what has to be slow is trying phrases through the form.
_COST = {"n": 2**13, "r": 8, "p": 1}
# Crockford's base 32: without i, l, o and u, which are misread or misheard.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
# 40 bits: eight letters. To meet a mark by chance takes some 10**12 phrases through the form.
_BYTES = 5


def mark_of(name, phrase):
    """The mark of a secret phrase under a name, such as “k7m2-9xqd”; empty without a phrase.

    Names that differ only in the spelling of letters (posts.folding) have the same mark; so have
    phrases that differ only in their spaces or in compatible forms of letters (NFKC).
    """
    phrase = " ".join(unicodedata.normalize("NFKC", phrase).split())
    if not phrase:
        return ""
    key = hmac.digest(settings.SECRET_KEY.encode(), b"comments.marks", "sha256")
    said = f"{key_of_name(name)}\0{phrase}".encode(errors="surrogatepass")
    number = int.from_bytes(hashlib.scrypt(said, salt=key, dklen=_BYTES, **_COST))
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


_NAMES = Prepared(lambda: Author.objects.order_by().values_list("name", "mark__mark"))


# Remembers what a name folds to, which never changes; the names are asked for each time.
@lru_cache(maxsize=4096)
def _folded(author):
    return "".join(folding.words(author)), folding.fold(author)


def _can_be_taken_for(name, author):
    letters, whole = _folded(author)
    return "".join(folding.words(name)) == letters or folding.can_be_read_as(
        folding.fold(name), whole
    )


def is_reserved(name, mark):
    """Whether `name` is an author's, and `mark` not that author's own. One query.

    An author's is also what a reader takes for it: other letters for the same name, other spaces,
    look-alikes. Authors who share a name share it: the mark of either opens it.
    """
    marks = [of_author for author, of_author in _NAMES.rows() if _can_be_taken_for(name, author)]
    return bool(marks) and not (mark and mark in marks)
