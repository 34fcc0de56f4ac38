"""Life dates as people write them, into EDTF: born/died, an open side where one is unknown."""

from __future__ import annotations

import re

from archive import dates

_BORN = re.compile(r"(?:\*|sz(?:ül)?\.?|született|b\.|born)\s*(.+?)", re.IGNORECASE)
_DIED = re.compile(r"(?:†|\+|megh\.?|mh\.|meghalt|d\.|died|[-–]|\?\s*[-–])\s*(.+?)", re.IGNORECASE)


def read_life(text: str, lang: str | None = None) -> dates.Reading:
    """Read "1896–1958", "szül. 1930", "† 1956" or EDTF; a refused reading says why."""
    bare = text.strip()
    for pattern, shape in ((_BORN, "{}/.."), (_DIED, "../{}")):
        if found := pattern.fullmatch(bare):
            side = dates.read(found[1], lang=lang)
            return dates.read_edtf(shape.format(side.edtf)) if side.edtf else side
    return dates.read(bare, lang=lang)


def span(born: str, died: str) -> str:
    """The life between two EDTF dates, either of which may be unknown."""
    if not born and not died:
        return ""
    return f"{born}/{died}"
