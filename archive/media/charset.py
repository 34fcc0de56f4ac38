"""Bytes of metadata to text, by the rule for Hungarian files; never loses a byte silently.

The rule: strict UTF-8; else the charset the file declares; else the collection's legacy charset
(cp1250 unless told otherwise), flagged "charset assumed". The letters õ and û, which Hungarian
does not have, are flagged because they are what ő and ű become in Latin-1.
"""

import re
from collections.abc import Callable

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
LINE_ENDS = re.compile("\r\n?")
FLAT_LETTERS = re.compile("[õûÕÛ]")
# ISO 2022 escapes an IIM envelope may declare in data set 1:90 (IIM 4.2, appendix C).
DECLARATIONS = {
    b"\x1b%G": "utf-8",
    b"\x1b%/I": "utf-8",
    b"\x1b-A": "iso8859-1",
    b"\x1b.A": "iso8859-1",
    b"\x1b-B": "iso8859-2",
    b"\x1b.B": "iso8859-2",
    b"\x1b-L": "iso8859-5",
    b"\x1b-M": "iso8859-9",
    b"\x1b.b": "iso8859-15",
    b"\x1b-b": "iso8859-15",
}

Warn = Callable[[str], None]


def declared(escape: bytes) -> str | None:
    """The codec for an IIM coded character set, or None when nothing known is declared."""
    return DECLARATIONS.get(escape.strip(b"\x00 "))


def decode(raw: bytes, where: str, warn: Warn, *, charset: str, says: str | None = None) -> str:
    """The text of `raw`; `where` names the value in warnings, `says` is the declared codec."""
    raw = raw.rstrip(b"\x00")
    text, assumed = _decoded(raw, charset, says)
    if assumed:
        warn(f"{where}: not UTF-8, read as {charset} (charset assumed)")
    return tidy(text, where, warn)


def tidy(text: str, where: str, warn: Warn) -> str:
    """`text` without control characters and outer blanks, lines ending in LF; õ and û flagged."""
    if FLAT_LETTERS.search(text):
        warn(f"{where}: has õ or û, which may stand for ő or ű")
    return UNPRINTABLE.sub("", LINE_ENDS.sub("\n", text)).strip()


def _decoded(raw: bytes, charset: str, says: str | None) -> tuple[str, bool]:
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError as error:
        head = raw[: error.start].decode("utf-8")
        if error.reason == "unexpected end of data" and not head.isascii():
            return head, False  # IIM and EXIF cut at so many bytes, even within a letter
        if says and says != "utf-8":
            return raw.decode(says, "replace"), False
        return raw.decode(charset, "replace"), True
