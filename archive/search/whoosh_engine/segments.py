"""Segments: writing one from documents or from others, and reading its posting lists.

A segment is written once and never changed. Its files are Whoosh's, written by Whoosh's codec from
the lists of `collecting`, and one `.cols` file of our own (`columns`). The invariant: postings come
out in the order of terms and of records, as the codec expects.
"""

import pickle
import threading
import weakref
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from operator import sub
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3PostingsWriter
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import TermNotFound

from archive.search.analysis import Analyzer
from archive.search.documents import SearchDocument
from archive.search.whoosh_engine import rows
from archive.search.whoosh_engine.collecting import GROWING, Lists
from archive.search.whoosh_engine.schema import (
    FORM,
    FORMS,
    KEY,
    POSITION,
    ROW,
    Postings,
    whoosh_schema,
)

INDEX = "pillanat"
FEW = 50  # records whose steps stay numbers, which are shorter than bytes with their frame
_SCHEMA = whoosh_schema()
_SIZES = {name: field.format.fixed_value_size() for name, field in _SCHEMA.items() if field.format}


# Whoosh is not typed; what comes from it is Any until it leaves this file.
_storage: Any = FileStorage
_contents: Any = TOC


class _Storage(FileStorage):
    """Remembers the files it makes: Whoosh leaves them open when the disk is full."""

    def __init__(self, folder: Path, made: list[Any] | None = None) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self.made: list[Any] = [] if made is None else made

    def create_file(self, *args: Any, **named: Any) -> Any:
        self.made.append(super().create_file(*args, **named))
        return self.made[-1]

    def temp_storage(self, name: str | None = None) -> Any:
        return _Storage(Path(self.folder) / (name or "pillanat.tmp"), self.made).create()

    def let_go(self) -> None:
        """Close what is still open, whether or not its last bytes find room."""
        for file in self.made:
            if not file.is_closed:
                with suppress(OSError):
                    file.close()


class _ListWriter(W3PostingsWriter):
    """Takes a posting list as a whole and writes it as one block.

    Whoosh's own writer is given one posting at a time, which costs more than everything else in a
    build; it reads such a block like any other. Its reader runs along the steps from record to
    record, whatever they come as; as bytes they are read at once.
    """

    def take(self, docs: "array[int]", values: bytes) -> int:
        """Have this list written next; gives where in the file it begins."""
        self._ids, self._carried = docs, values
        self._weights, self._maxweight = array("f", [len(docs)]), 1.0  # only their sum is asked
        return int(self._startoffset)

    def _mini_ids(self) -> tuple[int, ...] | bytes:
        ids = self._ids
        steps = (ids[0], *map(sub, ids[1:], ids))
        return bytes(steps) if len(ids) > FEW and max(steps) < 256 else steps

    def _mini_weights(self) -> None:
        return None

    def _mini_values(self) -> bytes | None:
        return self._carried or None


class _Codec(W3Codec):
    """Whoosh's format with posting lists of one block."""

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        return _ListWriter(dbfile, blocklimit=1 << 31, byteids=byteids, compression=0)


def codec() -> Any:
    return _Codec()


class SegmentBuilder:
    """Collects documents and writes them as one segment of a generation's folder."""

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        self._storage = _Storage(folder)
        self._lists = Lists(analyzer)
        self.rows: list[str] = []
        self.begins: dict[str, dict[bytes, int]] = {}  # of the lists of forms that were written

    def __len__(self) -> int:
        return len(self.rows)

    def terms(self, name: str) -> dict[bytes, int]:
        """The terms of a field, in no order, and in how many records each stands."""
        return {term: len(collected.docs) for term, collected in self._lists.of(name).items()}

    def add(self, document: SearchDocument) -> None:
        number, public, lists = len(self.rows), document.public, self._lists
        lengths = (
            lists.words("p", number, public.passages if public else ()),
            lists.words("s", number, rows.extra_passages(document)),
        )
        lists.mark("pi", public.identifiers if public else (), number)
        lists.mark("si", rows.extra_identifiers(document), number)
        lists.mark(KEY, (document.id,), number)
        self.rows.append(rows.of_document(document, lengths))

    def add_from(self, reader: "SegmentReader", live: NDArray[np.bool_]) -> None:
        """Take over the living records of another segment, in their order."""
        self._lists.settle()
        numbers = np.cumsum(live) - 1 + len(self.rows)
        for name in GROWING:
            for term, postings in reader.everything(name):
                self._lists.take(name, term, postings, numbers, live)
        self.rows.extend(reader.row(int(doc)) for doc in np.flatnonzero(live))

    def write(self) -> Any:
        """Write the segment; gives Whoosh's description of it for the table of contents."""
        try:
            return self._written()
        except BaseException:
            self._storage.let_go()
            raise

    def _written(self) -> Any:
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
        for name in sorted(GROWING):
            begins: dict[bytes, int] = {}
            writer.start_field(name, _SCHEMA[name])
            for term, collected in sorted(self._lists.of(name).items()):
                writer.start_term(term)
                begins[term] = writer._postwriter.take(collected.docs, collected.written())
                writer.finish_term()
            writer.finish_field()
            if name in FORMS["staff"]:
                self.begins[name] = begins
        writer.close()


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

    def forms(self, begins: Sequence[int]) -> Postings:
        """The posting lists of forms that begin in these places, one behind the other.

        Read without asking Whoosh for each, which costs three times as much."""
        with self._lock:
            blocks = [self._block(begin) for begin in begins]
        starts = np.cumsum([0, *(len(block[0]) for block in blocks[:-1])])
        steps = np.concatenate([_steps(block[0]) for block in blocks], dtype=np.int32)
        steps[starts[1:]] -= np.add.reduceat(steps, starts)[:-1]  # each begins from 0 again
        values = b"".join(block[2] for block in blocks)
        return Postings(np.cumsum(steps, dtype=np.int32), forms=np.frombuffer(values, dtype=FORM))

    def _block(self, begin: int) -> Any:
        """The one block of a posting list; what stands before it is for lists of several."""
        file = self._terms._postfile
        if file.get(begin, len(WHOOSH3_HEADER_MAGIC)) != WHOOSH3_HEADER_MAGIC:
            raise ValueError(f"no posting list begins at {begin}")
        size = -file.read_int()
        read = BytesIO(file.read(size))
        pickle.load(read)  # noqa: S301 - ours, as all files whose digest has been checked
        return pickle.load(read)  # noqa: S301

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
    """A whole posting list at once: Whoosh's own iteration costs a call per record.

    The one block is (steps from record to record, weights, values), see `_ListWriter`; the values
    of records with places are how many each has, then all places.
    """
    matcher._read_data()
    steps, _, values = matcher._data
    docs = np.cumsum(_steps(steps), dtype=np.int32)
    if size == 0:
        return Postings(docs)
    if size is not None:
        return Postings(docs, forms=np.frombuffer(values, dtype=FORM))
    counts, places = np.split(np.frombuffer(values, dtype=POSITION), [len(docs)])
    return Postings(docs, places=np.repeat(docs.astype(np.int64), counts) << 32 | places)


def _steps(steps: bytes | tuple[int, ...]) -> NDArray[Any]:
    return np.frombuffer(steps, np.uint8) if isinstance(steps, bytes) else np.array(steps)


def files_of(folder: Path, segment_id: str) -> list[Path]:
    """The files of a segment: Whoosh's begin with the name of the index."""
    prefixes = (f"{INDEX}_{segment_id}.", f"{segment_id}.")
    return [path for path in folder.iterdir() if path.name.startswith(prefixes)]


def contents_name(number: int) -> str:
    return str(_contents._filename(INDEX, number))


def write_contents(folder: Path, segments: list[Any], number: int) -> str:
    """Write the table of contents; gives the name of its file.

    One of that number can only be left from a commit that was cut off, and gives way."""
    name = contents_name(number)
    (folder / name).unlink(missing_ok=True)
    _contents(_SCHEMA, segments, number).write(_storage(str(folder), supports_mmap=False), INDEX)
    return name


def read_contents(folder: Path, number: int) -> list[Any]:
    """The segments of a table of contents whose digest has been checked (it is a pickle)."""
    storage = _storage(str(folder), supports_mmap=False)
    return list(_contents.read(storage, INDEX, gen=number, schema=_SCHEMA).segments)
