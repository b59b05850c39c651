"""What an agency or a camera wrote into a picture file: caption, credit, creator and the like.

Read out of IPTC-IIM and XMP (IPTC Photo Metadata Standard 2025.1) before the pixels are put on a
fresh canvas. Where both say something, XMP is believed: its encoding is sure. The place where a
photo was taken is not read at all.
"""

import re
from dataclasses import dataclass, fields, replace

from defusedxml import ElementTree
from PIL import IptcImagePlugin

from posts import decoding

MOST_XMP = 1024 * 1024
MOST_LETTERS = 4000

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_XMP_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_XMP = {
    "headline": _PHOTOSHOP + "Headline",
    "caption": _DC + "description",
    "credit": _PHOTOSHOP + "Credit",
    "creator": _DC + "creator",
    "copyright": _DC + "rights",
    "alt_text": _CORE + "AltTextAccessibility",
    "instructions": _PHOTOSHOP + "Instructions",
    "terms": _XMP_RIGHTS + "UsageTerms",
}
_IIM = {
    "headline": (2, 105),
    "caption": (2, 120),
    "credit": (2, 110),
    "creator": (2, 80),
    "copyright": (2, 116),
    "instructions": (2, 40),
}
_RELEASE, _EXPIRY = ((2, 30), (2, 35)), ((2, 37), (2, 38))
# IIM 1:90, coded character set: escape sequences of ISO 2022.
_CODED = {
    b"\x1b%G": "utf-8",
    b"\x1b%/I": "utf-8",
    b"\x1b.A": "iso-8859-1",
    b"\x1b-A": "iso-8859-1",
    b"\x1b-B": "iso-8859-2",
    b"\x1b-F": "iso-8859-7",
    b"\x1b-G": "iso-8859-6",
    b"\x1b-H": "iso-8859-8",
    b"\x1b-L": "iso-8859-5",
    b"\x1b-M": "iso-8859-9",
}
# Letters of the Arabic script in Windows-1256, Persian and Urdu ones included.
_ARABIC_1256 = frozenset(
    byte
    for byte in range(0x80, 0x100)
    if "\u0600" <= bytes([byte]).decode("cp1256", "replace") <= "\u06ff"
)
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Said:
    """What the file says of the photo; empty texts where it says nothing.

    `instructions`, `terms`, `not_before` and `not_after` are for the newsroom alone.
    """

    headline: str = ""
    caption: str = ""
    credit: str = ""
    creator: str = ""
    copyright: str = ""
    alt_text: str = ""
    instructions: str = ""
    terms: str = ""
    not_before: str = ""
    not_after: str = ""


def read(file):
    """What a picture file says of itself, as Said; the empty Said where nothing can be read.

    The file may be cut off behind its head. It is never changed.
    """
    try:
        image = decoding.open_picture(file)
    except (decoding.TooLarge, decoding.TooProgressive, decoding.NotAPhoto):
        return Said()
    iim, xmp = _from_iim(image), _from_xmp(image)
    found = {each.name: xmp.get(each.name) or iim.get(each.name, "") for each in fields(Said)}
    said = Said(**found)
    return said if said.caption else replace(said, caption=said.headline)


def _from_iim(image):
    try:
        data = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # broken data of a stranger; what can't be read was not said
        return {}
    charset = _CODED.get(_first(data.get((1, 90))).strip(b"\x00 "))
    found = {
        name: ", ".join(filter(None, (_decoded(raw, charset) for raw in _all(data.get(key)))))
        for name, key in _IIM.items()
    }
    for name, (day, time) in (("not_before", _RELEASE), ("not_after", _EXPIRY)):
        moment = _decoded(_first(data.get(day)), charset)
        if moment:
            found[name] = f"{moment} {_decoded(_first(data.get(time)), charset)}".strip()
    return found


def _all(raw):
    return raw if isinstance(raw, list) else [raw] if raw else []


def _first(raw):
    return (_all(raw) or [b""])[0]


def _decoded(raw, charset):
    """Text of IIM bytes; many programs name no encoding, and some a wrong one."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _tidy(raw.decode("utf-16", "replace"))
    for encoding in filter(None, ("utf-8", charset, _guessed(raw))):
        try:
            return _tidy(_mended(raw.decode(encoding)))
        except UnicodeDecodeError:
            continue
    return _tidy(raw.decode("cp1252", "replace"))


def _guessed(raw):
    """Windows-1256 where most letters beyond ASCII are Arabic ones that stand in rows."""
    beyond = [byte for byte in raw if byte >= 0x80]
    arabic = [byte for byte in beyond if byte in _ARABIC_1256]
    plain = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in raw)
    return "cp1256" if len(arabic) > max(0.7 * len(beyond), plain / 2) else "cp1252"


def _mended(text):
    """UTF-8 that was once more taken for Windows-1252 or Latin-1 and written as UTF-8 again."""
    for encoding in ("cp1252", "latin-1"):
        try:
            again = text.encode(encoding).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        return again
    return text


def _tidy(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text).strip()[:MOST_LETTERS]


def _from_xmp(image):
    packet = image.info.get("xmp") or b""
    if isinstance(packet, str):
        packet = packet.encode()
    if not packet or len(packet) > MOST_XMP:
        return {}
    try:
        root = ElementTree.fromstring(packet.strip(b"\x00 \r\n\t"))
    except Exception:  # as above; also XML with entities, which defusedxml refuses
        return {}
    found = {}
    for described in root.iter(_RDF + "Description"):
        for name, key in _XMP.items():
            text = described.get(key)
            if text is None and (element := described.find(key)) is not None:
                text = _text_of(element)
            if text and name not in found:
                found[name] = _tidy(text)
    return found


def _text_of(element):
    """The text of a property: itself, its items in order, or the default one of languages."""
    items = [item for item in element.iter(_RDF + "li") if (item.text or "").strip()]
    if element.find(_RDF + "Alt") is not None and items:
        chosen = next((item for item in items if item.get(_LANG) == "x-default"), items[0])
        return chosen.text
    return ", ".join(item.text.strip() for item in items) if items else element.text
