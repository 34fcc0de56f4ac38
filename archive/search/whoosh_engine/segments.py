"""Segments: writing one from documents or from others, and reading its posting lists.

A segment is written once and never changed. Its files are Whoosh's, written by Whoosh's codec from
postings collected here, and one `.cols` file of our own (`columns`). The invariant: postings come
out in the order of terms and of records, as the codec expects.
"""

import threading
import weakref
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import TermNotFound

from archive.search.analysis import Analyzer, words
from archive.search.documents import Passage, SearchDocument
from archive.search.whoosh_engine import rows
from archive.search.whoosh_engine.schema import (
    FIELD_NUMBER,
    FORM,
    KEY,
    LAST_POSITION,
    POSITION,
    POSITION_BITS,
    ROW,
    WEIGHT_UNIT,
    Postings,
    whoosh_schema,
)

INDEX = "pillanat"
BLOCK = 4096  # postings a block holds: large, because we always read whole lists
_SCHEMA = whoosh_schema()
_SIZES = {name: field.format.fixed_value_size() for name, field in _SCHEMA.items() if field.format}


# Whoosh is not typed; what comes from it is Any until it leaves this file.
_storage: Any = FileStorage
_contents: Any = TOC


def codec() -> Any:
    return W3Codec(blocklimit=BLOCK, compression=1)


class _List:
    """A posting list that grows: records, the size of each value, the values in a row."""

    __slots__ = ("docs", "sizes", "values")

    def __init__(self) -> None:
        self.docs = array("I")
        self.sizes = array("I")
        self.values = bytearray()

    def add(self, doc: int, value: bytes) -> None:
        self.docs.append(doc)
        self.sizes.append(len(value))
        self.values += value

    def postings(self) -> Iterator[tuple[int, bytes]]:
        at = 0
        for doc, size in zip(self.docs, self.sizes, strict=True):
            yield doc, bytes(self.values[at : at + size])
            at += size


class SegmentBuilder:
    """Collects documents and writes them as one segment of a generation's folder."""

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        self._storage = _storage(str(folder), supports_mmap=False)
        self._analyzer = analyzer
        self._lists: dict[str, defaultdict[bytes, _List]] = {
            name: defaultdict(_List) for name in _SIZES
        }
        self.rows: list[str] = []

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, document: SearchDocument) -> None:
        number = len(self.rows)
        public = document.public
        lengths = (
            self._words(number, "p", public.passages if public else ()),
            self._words(number, "s", rows.extra_passages(document)),
        )
        for identifier in public.identifiers if public else ():
            self._lists["pi"][identifier.encode()].add(number, b"")
        for identifier in rows.extra_identifiers(document):
            self._lists["si"][identifier.encode()].add(number, b"")
        self._lists[KEY][document.id.encode()].add(number, b"")
        self.rows.append(rows.of_document(document, lengths))

    def _words(self, number: int, side: str, passages: Iterable[Passage]) -> int:
        positions: dict[str, list[int]] = {}
        forms: dict[str, list[float]] = {}
        place = [0] * len(FIELD_NUMBER)
        length = 0
        for passage in passages:
            field = FIELD_NUMBER[passage.field]
            base, bit = field << POSITION_BITS, 1 << field
            last = -1
            for word in words(passage.text):
                last = word.position
                found = self._analyzer.forms(word.surface)
                position = min(place[field] + word.position, LAST_POSITION)
                positions.setdefault(found[0], []).append(base + position)
                length += 1
                for form in found:
                    entry = forms.get(form)
                    if entry is None:
                        forms[form] = [bit, passage.weight]
                    else:
                        entry[0] = int(entry[0]) | bit
                        entry[1] += passage.weight
            place[field] += last + 2  # no phrase runs from one text into the next
        self._keep(number, side, positions, forms)
        return length

    def _keep(
        self, number: int, side: str, positions: dict[str, list[int]], forms: dict[str, list[float]]
    ) -> None:
        texts, stems = self._lists[f"{side}t"], self._lists[f"{side}s"]
        for surface, places in positions.items():
            texts[surface.encode()].add(number, array("I", places).tobytes())
        for form, (mask, weight) in forms.items():
            packed = int(mask) | min(int(weight * WEIGHT_UNIT), 0xFFFF) << 16
            stems[form.encode()].add(number, packed.to_bytes(4, "little"))

    def add_from(self, reader: "SegmentReader", live: NDArray[np.bool_]) -> None:
        """Take over the living records of another segment, in their order."""
        numbers = np.cumsum(live) - 1 + len(self.rows)
        for name, lists in self._lists.items():
            for term, postings in reader.everything(name):
                chosen = live[postings.docs]
                _append(lists[term], numbers[postings.docs], postings, chosen)
        self.rows.extend(reader.row(int(doc)) for doc in np.flatnonzero(live))

    def write(self) -> Any:
        """Write the segment; gives Whoosh's description of it for the table of contents."""
        described = codec().new_segment(self._storage, INDEX)
        per_document = codec().per_document_writer(self._storage, described)
        for number, row in enumerate(self.rows):
            per_document.start_doc(number)
            per_document.add_field(ROW, _SCHEMA[ROW], row, 0)
            per_document.finish_doc()
        per_document.close()
        self._write_postings(codec().field_writer(self._storage, described))
        described.set_doc_count(len(self.rows))
        return described

    def _write_postings(self, writer: Any) -> None:
        for name in sorted(self._lists):
            writer.start_field(name, _SCHEMA[name])
            for term, collected in sorted(self._lists[name].items()):
                if not collected.docs:
                    continue
                writer.start_term(term)
                for doc, value in collected.postings():
                    writer.add(doc, 1.0, value, None)
                writer.finish_term()
            writer.finish_field()
        writer.close()


def _append(
    into: _List, numbers: NDArray[np.int64], postings: Postings, chosen: NDArray[np.bool_]
) -> None:
    into.docs.extend(numbers[chosen].astype(np.uint32).tolist())
    if postings.values is None:
        into.sizes.extend([0] * int(chosen.sum()))
    elif postings.counts is None:
        into.sizes.extend([FORM.itemsize] * int(chosen.sum()))
        into.values += postings.values[chosen].tobytes()
    else:
        into.sizes.extend((postings.counts[chosen] * POSITION.itemsize).tolist())
        into.values += postings.values[np.repeat(chosen, postings.counts)].tobytes()


class SegmentReader:
    """The posting lists and rows of one segment. Its files are read by one thread at a time.

    They are closed with the last snapshot that uses them."""

    def __init__(self, folder: Path, described: Any) -> None:
        storage = _storage(str(folder), supports_mmap=False)
        self._lock = threading.Lock()
        self._terms = described.codec().terms_reader(storage, described)
        self._documents = described.codec().per_document_reader(storage, described)
        self.id: str = described.segment_id()
        self.size: int = described.doc_count_all()
        weakref.finalize(self, _close, self._terms, self._documents)

    def row(self, doc: int) -> str:
        with self._lock:
            stored: dict[str, str] = self._documents.stored_fields(doc)
        return stored[ROW]

    def postings(self, name: str, term: bytes) -> Postings | None:
        """The posting list of a term, or None where the segment does not have it."""
        with self._lock:
            try:
                matcher = self._terms.matcher(name, term, _SCHEMA[name].format)
            except TermNotFound:
                return None
            return _decoded(matcher, _SIZES[name])

    def count(self, name: str, term: bytes) -> int:
        """In how many records of the segment a term stands."""
        with self._lock:
            return int(self._terms.doc_frequency(name, term))

    def terms(self, name: str) -> Iterator[bytes]:
        """The terms of a field in order."""
        with self._lock:
            found = []
            for field, term in self._terms.terms_from(name, b""):
                if field != name:
                    break
                found.append(bytes(term))
        return iter(found)

    def everything(self, name: str) -> Iterator[tuple[bytes, Postings]]:
        for term in self.terms(name):
            postings = self.postings(name, term)
            if postings is not None:
                yield term, postings


def _close(terms: Any, documents: Any) -> None:
    terms.close()
    documents.close()


def _decoded(matcher: Any, size: int | None) -> Postings:
    """A whole posting list, block by block: Whoosh's own iteration costs a call per record.

    A block is (differences of record numbers, weights, values); values are joined when their size
    is fixed (`whoosh.codec.whoosh3.W3PostingsWriter._write_block`).
    """
    docs: list[NDArray[np.int64]] = []
    values: list[bytes] = []
    sizes: list[int] = []
    while matcher.is_active():
        if matcher._data is None:
            matcher._read_data()
        steps, _, carried = matcher._data
        docs.append(np.cumsum(np.array(steps, dtype=np.int64)))
        if size:
            values.append(carried)
        elif size is None:
            values.extend(carried)
            sizes.extend(map(len, carried))
        matcher._next_block()
    numbers = np.concatenate(docs).astype(np.int32)
    if size == 0:
        return Postings(numbers)
    joined = b"".join(values)
    if size:
        return Postings(numbers, np.frombuffer(joined, dtype=FORM))
    counts = np.array(sizes, dtype=np.int64) // POSITION.itemsize
    return Postings(numbers, np.frombuffer(joined, dtype=POSITION), counts)


def write_contents(folder: Path, segments: list[Any], number: int) -> str:
    """Write the table of contents; gives the name of its file."""
    _contents(_SCHEMA, segments, number).write(_storage(str(folder), supports_mmap=False), INDEX)
    return str(_contents._filename(INDEX, number))


def read_contents(folder: Path, number: int) -> list[Any]:
    """The segments of a table of contents whose digest has been checked (it is a pickle)."""
    storage = _storage(str(folder), supports_mmap=False)
    return list(_contents.read(storage, INDEX, gen=number, schema=_SCHEMA).segments)
