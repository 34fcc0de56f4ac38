"""Columns beside a segment: one number per record for everything that is sorted, filtered, counted.

They follow from the rows and terms of the segment and are written once with it, so that a reader
opens them in milliseconds. Facets are pairs (record, code); a code is a place in a list of values.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.whoosh_engine.rows import Row
from archive.search.whoosh_engine.schema import FORMS, TEXT
from archive.search.whoosh_engine.segments import SegmentBuilder

LEXICONS = ("pt", "st", "pe", "se")  # bare surfaces; `e`: spellings that keep their accents
UNKNOWN = -1  # no date
_ACCENTED = {"pe": "ps", "se": "ss"}
_FORMS = dict(zip(TEXT["staff"], FORMS["staff"], strict=True))


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """Pairs (record, code) of one facet; `staff` marks those that readers must not see.

    A value that records of the segment name differently has a code for each of its labels.
    Two flat tuples, not a list of pairs: Python would look through a hundred thousand of them each
    time that it collects its garbage. So it is with ids and terms."""

    values: tuple[str, ...]
    labels: tuple[dict[str, str], ...]
    docs: NDArray[np.int32]
    codes: NDArray[np.int32]
    staff: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terms of a field in order, and in how many records each stands; of bare surfaces also
    where their posting lists as forms begin."""

    terms: tuple[bytes, ...]
    counts: NDArray[np.int32]
    begins: NDArray[np.int64] | None = None


@dataclass(frozen=True)
class Columns:
    ids: tuple[str, ...]
    versions: NDArray[np.int64]
    public: NDArray[np.bool_]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    newest: NDArray[np.int64]
    order: NDArray[np.bytes_]
    lengths: NDArray[np.int32]  # (records, 2): words for readers, words for staff alone
    facets: Mapping[str, FacetColumn]
    lexicons: Mapping[str, Lexicon]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each record by its id."""
        return {name: number for number, name in enumerate(self.ids)}

    @cached_property
    def by_order(self) -> NDArray[np.intp]:
        """The numbers of the records, sorted by reference code."""
        return np.argsort(self.order, kind="stable")


_NONE: dict[str, str] = {}
Naming = str | tuple[Any, ...]  # a value, or one with language and text of each of its labels


def naming(value: str, label: Mapping[str, str]) -> Naming:
    """What a record says of a facet, as one key."""
    return (value, *sorted(label.items())) if label else value


def value_of(key: Naming) -> str:
    return key if isinstance(key, str) else str(key[0])


def label_of(key: Naming) -> dict[str, str]:
    return _NONE if isinstance(key, str) else dict(key[1:])


def name_of(segment_id: str) -> str:
    return f"{segment_id}.cols.npz"


def write(folder: Path, segment_id: str, builder: SegmentBuilder) -> str:
    """Make and write the columns of a segment; gives the name of their file."""
    rows = [Row.read(row) for row in builder.rows]
    arrays = {**_numbers(rows), **_facets(rows), **_lexicons(builder)}
    name = name_of(segment_id)
    with (folder / name).open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    return name


def _numbers(rows: list[Row]) -> dict[str, NDArray[Any]]:
    when = [row.data["when"] or (UNKNOWN, UNKNOWN) for row in rows]
    return {
        "ids": _texts([row.data["id"] for row in rows]),
        "versions": np.array([row.data["v"] for row in rows], dtype=np.int64),
        "public": np.array([row.public for row in rows], dtype=np.bool_),
        "first": np.array([first for first, _ in when], dtype=np.int64),
        "last": np.array([last for _, last in when], dtype=np.int64),
        "newest": np.array([row.data["new"] for row in rows], dtype=np.int64),
        "order": np.array([row.data["ord"].encode() for row in rows], dtype=np.bytes_),
        "lengths": np.array([row.data["len"] for row in rows], dtype=np.int32).reshape(-1, 2),
    }


def _facets(rows: list[Row]) -> dict[str, NDArray[Any]]:
    codes: dict[str, dict[Naming, int]] = {}
    pairs: dict[str, list[tuple[int, int, bool]]] = {}
    for doc, row in enumerate(rows):
        for name, value, label, staff in _facet_values(row):
            known = codes.setdefault(name, {})
            code = known.setdefault(naming(value, label), len(known))
            pairs.setdefault(name, []).append((doc, code, staff))
    arrays: dict[str, NDArray[Any]] = {}
    for name, found in pairs.items():
        listed = [(value_of(key), label_of(key)) for key in codes[name]]
        arrays[f"facet-{name}-values"] = _text(json.dumps(listed, ensure_ascii=False))
        arrays[f"facet-{name}-pairs"] = np.array(found, dtype=np.int32)
    return arrays


def _facet_values(row: Row) -> Iterator[tuple[str, str, dict[str, str], bool]]:
    for side in ("p", "s"):
        for name, values in (row.data[side] or {"f": {}})["f"].items():
            for value, label in values:
                yield name, value, label, side == "s"


def _lexicons(builder: SegmentBuilder) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {}
    for name in LEXICONS:
        counts = builder.terms(_ACCENTED.get(name, name))
        terms = sorted(counts)
        if name in _ACCENTED:
            terms = [term for term in terms if term.startswith(b"=")]
        arrays[f"terms-{name}"] = _joined(terms)
        arrays[f"counts-{name}"] = np.array([counts[term] for term in terms], dtype=np.int32)
        if name in _FORMS:
            begins = builder.begins[_FORMS[name]]
            arrays[f"begins-{name}"] = np.array([begins[term] for term in terms], dtype=np.int64)
    return arrays


def _text(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _joined(terms: list[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"\n".join(terms), dtype=np.uint8)


def _texts(texts: list[str]) -> NDArray[np.uint8]:
    return _joined([text.encode() for text in texts])


def _split(array: NDArray[Any]) -> tuple[bytes, ...]:
    joined = array.tobytes()
    return tuple(joined.split(b"\n")) if joined else ()


def read(folder: Path, segment_id: str) -> Columns:
    """The columns of a segment, whose digest has been checked."""
    with np.load(folder / name_of(segment_id), allow_pickle=False) as stored:
        arrays = dict(stored)
    names = [key[6:-6] for key in arrays if key.startswith("facet-") and key.endswith("-pairs")]
    return Columns(
        ids=tuple(text.decode() for text in _split(arrays["ids"])),
        **{name: arrays[name] for name in ("versions", "public", "first", "last", "newest")},
        order=arrays["order"],
        lengths=arrays["lengths"],
        facets={name: _facet(arrays, name) for name in names},
        lexicons={
            name: Lexicon(
                _split(arrays[f"terms-{name}"]),
                arrays[f"counts-{name}"],
                arrays.get(f"begins-{name}"),
            )
            for name in LEXICONS
        },
    )


def _facet(arrays: Mapping[str, NDArray[Any]], name: str) -> FacetColumn:
    listed = json.loads(arrays[f"facet-{name}-values"].tobytes())
    docs, codes, staff = arrays[f"facet-{name}-pairs"].T
    return FacetColumn(
        tuple(value for value, _ in listed),
        tuple(label for _, label in listed),
        np.ascontiguousarray(docs),
        np.ascontiguousarray(codes),
        staff.astype(np.bool_),
    )
