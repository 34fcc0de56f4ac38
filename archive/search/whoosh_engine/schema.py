"""How a document lies in the Whoosh index: its fields, and the bytes behind each posting.

Readers' words (`pt`, `ps`, `pi`) and what only staff may search (`st`, `ss`, `si`) never share a
field; staff search both. `*t` holds bare surfaces with positions for phrases, prefixes and
spelling; `*s` every form of a word with the fields it stands in, its weight and whether it is the
very word; `*i` identifiers.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, formats

from archive.search.engine import Audience

WORD_FIELDS = (
    "title", "caption", "person", "photographer", "place", "event", "subject", "technique",
    "genre", "collection", "context", "date",
)  # fmt: skip
FIELD_NUMBER = {name: number for number, name in enumerate(WORD_FIELDS)}
POSITION_BITS = 20  # a position carries the number of its field above these bits
LAST_POSITION = (1 << POSITION_BITS) - 1
WRITTEN = 1 << 15  # beside the fields of a form: the record says the very word
WEIGHT_UNIT = 64
FORM = np.dtype([("fields", "<u2"), ("weight", "<u2")])
POSITION = np.dtype("<u4")

TEXT: dict[Audience, tuple[str, ...]] = {"public": ("pt",), "staff": ("pt", "st")}
FORMS: dict[Audience, tuple[str, ...]] = {"public": ("ps",), "staff": ("ps", "ss")}
IDENTIFIERS: dict[Audience, tuple[str, ...]] = {"public": ("pi",), "staff": ("pi", "si")}
KEY, ROW = "key", "row"
_field: Any = fields.FieldType  # its analyser may be None, which Whoosh's types deny


class _Positions(formats.Existence):
    """Each posting carries its positions as 32-bit numbers."""

    posting_size = -1


class _Forms(formats.Existence):
    """Each posting carries a bit mask of fields and a weight (`FORM`)."""

    posting_size = FORM.itemsize


def whoosh_schema() -> Any:
    """The fields; our own code makes the postings, so that Whoosh needs no analyser."""
    positions, forms, bare = _Positions(), _Forms(), formats.Existence()
    described = {
        **{name: _field(positions, None) for name in ("pt", "st")},
        **{name: _field(forms, None) for name in ("ps", "ss")},
        **{name: _field(bare, None) for name in ("pi", "si", KEY)},
        ROW: fields.STORED(),
    }
    return fields.Schema(**described)


@dataclass(frozen=True, slots=True)
class Postings:
    """The records of one segment that a term stands in, ascending, and what each carries.

    `forms` (of `FORM`) goes with the records one by one; `places` are (record << 32 | position) in
    order, as many as the term has occurrences.
    """

    docs: NDArray[np.int32]
    forms: NDArray[Any] | None = None
    places: NDArray[np.int64] | None = None

    @property
    def nbytes(self) -> int:
        return sum(a.nbytes for a in (self.docs, self.forms, self.places) if a is not None)
