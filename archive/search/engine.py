"""The port to a search engine: what any engine must be able to do for the archive.

An engine keeps `SearchDocument`s and answers `Query` trees; its own syntax and files never show.
The invariants: an engine is a cache that can be made again; what it answers to readers comes from
`public` faces alone; the applied sequence is stored with the documents it belongs to, so that
a crash leaves both old or both new. One process writes, any number read.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from archive.search.documents import SearchDocument
from archive.search.query import Query
from archive.search.tree import Notice

Audience = Literal["public", "staff"]
State = Literal["ok", "absent", "outdated", "damaged"]


class IndexUnusable(Exception):
    """The index cannot answer or be written; `code` says why.

    absent, outdated (made by another version), damaged, busy (another process writes), unwritable.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"the search index is {code}" + (f": {detail}" if detail else ""))
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a passage that matched."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """Why a photograph was found: the field, its text, and where in it the words stand."""

    field: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A photograph that was found. `when` tells a certain date from a possible one ("": no date
    was asked for); `show` is the payload of `documents.Face.hit`."""

    id: str
    score: float
    when: Literal["", "certain", "possible"]
    why: tuple[Match, ...]
    show: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """A value of a facet, how many of the photographs found have it, and whether it is chosen.

    Of a decade, year, day or hour `certain` counts those that fall into it and nowhere else."""

    value: str
    label: Mapping[str, str]
    count: int
    chosen: bool = False
    certain: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: one page of hits, and the counts that were asked for.

    Of each facet the commonest values are listed; `distinct` says how many there are in all. The
    facet `when` tells certain from possible where dates were asked for."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)
    distinct: Mapping[str, int] = field(default_factory=dict)
    suggestion: str = ""
    took_ms: float = 0.0
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what is being typed: a word, or the name of something (`kind` is a facet).

    `lang` is the language of a name that is told in several.
    """

    text: str
    kind: str
    value: str
    count: int
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """The state of an index; `detail` names what is wrong with which file."""

    state: State
    detail: str = ""
    generation: str = ""
    applied_seq: int = 0
    documents: int = 0
    size_bytes: int = 0

    @property
    def ok(self) -> bool:
        return self.state == "ok"


class Rebuild(Protocol):
    """A new generation made beside the one that answers."""

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Add documents that are not in it yet."""

    def swap(self, applied_seq: int) -> None:
        """Make it durable and let it answer from now on."""


class SearchEngine(Protocol):
    """One search engine, in one process. Every method may raise `IndexUnusable`."""

    def find(self, query: Query, audience: Audience, *, hidden: Collection[str] = ()) -> Results:
        """Answer a query; `hidden` photographs neither show nor count."""

    def suggest(
        self, typed: str, audience: Audience, *, limit: int = 8, hidden: Collection[str] = ()
    ) -> tuple[Suggestion, ...]:
        """Complete what is being typed."""

    def warm(self) -> None:
        """Do now what whoever asks first in this process would else wait for."""

    def replace(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        """Add documents, each instead of any earlier one of its id, and take some away.

        Nothing shows before `commit`."""

    def commit(self, applied_seq: int) -> None:
        """Make everything since the last commit durable and visible, with its sequence."""

    def applied_seq(self) -> int:
        """The sequence stored with what answers now; 0 when there is no index."""

    def ids(self) -> dict[str, int]:
        """Photographs held, with the version of each."""

    def health(self, *, thorough: bool = False) -> Health:
        """The state of the index; thorough reads every file and compares its digest."""

    def tidy(self) -> bool:
        """Do a piece of housekeeping, or see how one is getting on; False when all is tidy.

        It takes no longer than a commit, and commits may follow while it gets on."""

    def begin_rebuild(self) -> AbstractContextManager[Rebuild]:
        """Begin a new generation; leaving the block without `swap` throws it away.

        After `swap` whatever waited for a commit is forgotten: the new generation is newer."""
