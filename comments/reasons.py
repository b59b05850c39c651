"""Why a comment is held or was refused, in sentences: for moderators, and for its author."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from comments import score
from comments.models import Comment, Decision

# What moderators read. Each names the details that comments.moderation leaves with its code.
SENTENCES = {
    "honeypot": gettext_lazy("A field that readers do not see was filled in."),
    "quick": gettext_lazy("Written in %(seconds)s seconds; at least %(least)s are expected."),
    "phone": gettext_lazy("What looks like a phone number: “%(found)s”"),
    "email": gettext_lazy("What looks like an e-mail address: “%(found)s”"),
    "identity": gettext_lazy("What looks like an identity number: “%(found)s”"),
    "map": gettext_lazy("What looks like a place on a map: “%(found)s”"),
    "words": gettext_lazy("The rule “%(pattern)s” met “%(found)s”"),
    "name": gettext_lazy("The rule “%(pattern)s” met the name or place “%(found)s”"),
    "link": gettext_lazy("The rule “%(pattern)s” met the link “%(found)s”"),
    "unknown": gettext_lazy("Unknown names are held, and this one came without a secret phrase."),
    "open": gettext_lazy("The forum is open."),
    "premoderated": gettext_lazy("The forum is pre-moderated."),
    "closed": gettext_lazy("The forum is closed."),
}

LIMITS = {
    "minute": gettext_lazy("More comments in a minute than one connection may send."),
    "hour": gettext_lazy("More comments in an hour than one connection may send."),
    "forum": gettext_lazy("More comments in this forum than one connection may send in an hour."),
}


def _limit(details):
    return LIMITS[details["limit"]]


def _repeated(details):
    number, refused = details["number"], details["refused"]
    said = ngettext(
        "%(number)d other comment says the same", "%(number)d other comments say the same", number
    ) % {"number": number}
    if not refused:
        return _("%(said)s.") % {"said": said}
    also = ngettext(
        "%(refused)d was refused", "%(refused)d were refused", refused
    ) % {"refused": refused}  # fmt: skip
    return _("%(said)s; of them %(also)s.") % {"said": said, "also": also}


def _links(details):
    number = details["number"]
    return ngettext("%(number)d link: %(found)s", "%(number)d links: %(found)s", number) % {
        "number": number,
        "found": details["found"],
    }


def _score(details):
    values = {"per_cent": details["per_cent"]}
    words = " · ".join(score.told(str(word)) for word in details["words"])
    if not words:
        return _("Spam score %(per_cent)s%%.") % values
    return _("Spam score %(per_cent)s%%; what weighed most: %(words)s") % {
        **values,
        "words": words,
    }


def _published(details):
    number = details["published"]
    return ngettext(
        "At least %(number)d comment with this mark was published",
        "At least %(number)d comments with this mark were published",
        number,
    ) % {"number": number}


def _known(details):
    return _("%(published)s, and none was refused of late.") % {"published": _published(details)}


def _not_yet(details):
    published, refused = details["published"], details["refused"]
    if not refused:
        said = ngettext(
            "The mark is not known yet: %(number)d comment was published.",
            "The mark is not known yet: %(number)d comments were published.",
            published,
        )
        return said % {"number": published}
    said = ngettext(
        "Of late %(number)d comment with this mark was refused.",
        "Of late %(number)d comments with this mark were refused.",
        refused,
    )
    return said % {"number": refused}


COUNTING = {
    "limit": _limit,
    "repeated": _repeated,
    "links": _links,
    "score": _score,
    "known": _known,
    "not_yet": _not_yet,
}


def sentence(reason):
    """A Reason as a plain sentence; never raises.

    What is not known, or lacks its details, is told by its phase and code.
    """
    try:
        if reason.code in COUNTING:
            return str(COUNTING[reason.code](reason.details))
        return str(SENTENCES[reason.code]) % reason.details
    except (KeyError, TypeError, ValueError, AttributeError):
        return f"{reason.get_phase_display()}: {reason.code}"


# What the author of a refused comment reads on the receipt.

_CODES = Decision.Code
FOR_AUTHORS = {
    _CODES.INSULT: gettext_lazy(
        "A moderator found that it insults somebody. You can say the same to the matter, "
        "and send it again."
    ),
    _CODES.HATRED: gettext_lazy(
        "A moderator found that it speaks with hatred of people for what they are. "
        "The blog does not publish that about anybody."
    ),
    _CODES.THREAT: gettext_lazy(
        "A moderator read a threat or a call to violence in it. The blog publishes neither."
    ),
    _CODES.PRIVATE: gettext_lazy(
        "It tells somebody's private details, such as a number, an address or where somebody "
        "lives. Without them you can send it again."
    ),
    _CODES.DANGER: gettext_lazy(
        "A moderator feared that it could put somebody in danger, perhaps you. "
        "That is no judgement on what you say."
    ),
    _CODES.OFF_TOPIC: gettext_lazy(
        "It is not about this post. Perhaps another post's forum is the place for it."
    ),
    _CODES.ADVERT: gettext_lazy("A moderator took it for an advertisement."),
    _CODES.REPEATED: gettext_lazy("It says what stands in the forum already."),
    _CODES.UNREADABLE: gettext_lazy(
        "The moderators could not read it. Perhaps its letters were damaged on the way; "
        "please send it again."
    ),
    _CODES.OTHER: gettext_lazy("A moderator had a reason that no form has a word for."),
}
WITHOUT_CODE = pgettext_lazy(
    "reason", "A moderator decided not to publish it. No reason was given."
)
SPAM = gettext_lazy(
    "It was taken for spam. If a person wrote it, ask for another look: it will get one."
)


def for_author(decision):
    """Why a comment was refused, in a sentence for its author. `decision` can be None.

    It quotes neither the comment nor the moderator's remark.
    """
    code = getattr(decision, "code", "")
    if code in FOR_AUTHORS:
        return str(FOR_AUTHORS[code])
    if getattr(decision, "after", "") == Comment.Status.SPAM:
        return str(SPAM)
    return str(WITHOUT_CODE)
