"""The search engine of one machine: Whoosh's index on disk, answered by numpy.

Whoosh owns the files of the index and their reading; the words are made by `search.analysis` and
queries are executed here, because Whoosh's own matching costs a call per record. Nothing outside
this folder knows of Whoosh. Whatever goes wrong inside comes out as `IndexUnusable`.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from archive.search.analysis import Analyzer
from archive.search.documents import SearchDocument
from archive.search.engine import Audience, Health, IndexUnusable, Rebuild, Results, Suggestion
from archive.search.query import PUBLIC_FACETS, Query
from archive.search.tree import Fuzzy, Or, Term
from archive.search.whoosh_engine import store
from archive.search.whoosh_engine.answering import Answer
from archive.search.whoosh_engine.joining import Joining
from archive.search.whoosh_engine.rebuilding import SEGMENT, GenerationBuilder
from archive.search.whoosh_engine.snapshot import PostingCache, Snapshot, opened
from archive.search.whoosh_engine.writing import GenerationWriter

POLL_S = 0.2  # a commit of another process is seen after at most this long
CACHE_MIB = 96
RETRIES = 5
T = TypeVar("T")


class WhooshEngine:
    """`search.engine.SearchEngine` over a folder. Safe between threads; one process writes."""

    def __init__(
        self,
        folder: Path,
        analyzer: Analyzer,
        *,
        poll_s: float = POLL_S,
        segment: int = SEGMENT,
        cache_mib: int = CACHE_MIB,
    ) -> None:
        """`segment` is the number of documents above which a rebuild uses helper processes;
        `cache_mib` bounds the decoded posting lists that are kept."""
        self._folder, self._analyzer = folder, analyzer
        self._poll_s, self._segment = poll_s, segment
        self._cache = PostingCache(cache_mib << 20)
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._generation: Path | None = None
        self._looked = float("-inf")
        self._waiting: dict[str, SearchDocument] = {}
        self._leaving: set[str] = set()
        self._damage = ""
        self._joining: Joining | None = None

    def find(self, query: Query, audience: Audience, *, hidden: Collection[str] = ()) -> Results:
        begun = time.perf_counter()
        results = self._guarded(lambda s: self._answer(s, audience, hidden).results(query))
        took = round((time.perf_counter() - begun) * 1000, 2)
        return replace(results, took_ms=took, notices=(*query.notices, *results.notices))

    def suggest(
        self, typed: str, audience: Audience, *, limit: int = 8, hidden: Collection[str] = ()
    ) -> tuple[Suggestion, ...]:
        return self._guarded(
            lambda s: self._answer(s, audience, hidden).suggestions(typed[:100], limit)
        )

    def warm(self) -> None:
        """Columns, lexicons and dictionaries are opened by asking for something; a page of the
        commonest word brings the words that the next pages have to be explained with too."""
        word = self._guarded(Snapshot.warm)
        asked = Query(tree=Or((Fuzzy(word, 1), Term(word))), facets=PUBLIC_FACETS)
        audiences: tuple[Audience, ...] = ("public", "staff")
        for audience in audiences:
            self.find(asked, audience)
            self.suggest(word, audience)

    def _answer(self, snapshot: Snapshot, audience: Audience, hidden: Collection[str]) -> Answer:
        return Answer(snapshot, self._analyzer, audience, hidden)

    def replace(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        with self._lock:
            for document in documents:
                self._waiting[document.id] = document
                self._leaving.discard(document.id)
            for name in removed:
                self._waiting.pop(name, None)
                self._leaving.add(name)

    def commit(self, applied_seq: int) -> None:
        with self._lock, store.writing(self._folder):
            documents, removed = list(self._waiting.values()), set(self._leaving)
            self._written(lambda writer: writer.commit(documents, removed, applied_seq))
            self._waiting.clear()
            self._leaving.clear()

    def tidy(self) -> bool:
        """What takes long is written by a helper; until it is there, edits are committed."""
        with self._lock:
            if self._joining and not self._joining.done:
                return True
            with store.writing(self._folder):
                if self._joining:
                    self._joined(self._joining)
                    return True
                return self._written(self._tidied)

    def _joined(self, joining: Joining) -> None:
        """Let what was joined take its place, unless the index was made anew meanwhile."""
        try:
            if store.current(self._folder) == joining.generation:
                self._written(lambda writer: writer.exchange(joining.finish(), joining.sources))
        finally:
            self._end_joining()

    def _end_joining(self) -> None:
        if self._joining:
            self._joining.end()
        self._joining = None

    def _tidied(self, writer: GenerationWriter) -> bool:
        """Nothing that a crash left behind stays, then whatever the generation needs."""
        store.leave_only(self._folder, store.current(self._folder))
        if writer.tidy():
            return True
        if task := writer.task():
            self._joining = Joining(self._folder, self._analyzer, task)
        return task is not None

    def _written(self, write: Callable[[GenerationWriter], T]) -> T:
        generation = store.current(self._folder)
        state = store.read_state(generation)
        store.check_sizes(generation, state)
        with unwritable():
            busy = self._joining.sources if self._joining else ()
            done = write(GenerationWriter(generation, self._analyzer, state, busy))
        self._looked = float("-inf")
        return done

    def applied_seq(self) -> int:
        try:
            return self._current().state.applied_seq
        except IndexUnusable:
            return 0

    def ids(self) -> dict[str, int]:
        return self._guarded(lambda snapshot: snapshot.ids())

    def health(self, *, thorough: bool = False) -> Health:
        try:
            generation = store.current(self._folder)
            state = store.read_state(generation)
            store.check_sizes(generation, state)
            if thorough:
                store.check_digests(generation, state.files)
                self._damage = ""
            if self._damage:
                raise IndexUnusable("damaged", self._damage)
            self._current()
        except IndexUnusable as error:
            states = {"absent": "absent", "outdated": "outdated"}
            return Health(states.get(error.code, "damaged"), error.detail)  # type: ignore[arg-type]
        return Health(
            "ok", "", generation.name, state.applied_seq, state.documents, state.size_bytes
        )

    @contextmanager
    def begin_rebuild(self) -> Iterator[Rebuild]:
        with store.writing(self._folder):
            with unwritable():
                builder = GenerationBuilder(self._folder, self._analyzer, segment=self._segment)
            try:
                yield _Rebuild(builder)
            finally:
                builder.end()
            if builder.swapped:
                self._begin_anew()

    def _begin_anew(self) -> None:
        """After a swap: what still waited for a commit is older than what answers now."""
        with self._lock:
            self._end_joining()
            self._waiting.clear()
            self._leaving.clear()
            self._damage, self._looked = "", float("-inf")

    def _guarded(self, ask: Callable[[Snapshot], T]) -> T:
        snapshot = self._current()
        with self._trouble():
            return ask(snapshot)

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """Whatever Whoosh or numpy stumble over in a file is damage, whatever they call it."""
        try:
            yield
        except (IndexUnusable, MemoryError, RecursionError):
            raise
        except Exception as error:
            self._damage = f"{type(error).__name__}: {error}"[:200]
            raise IndexUnusable("damaged", self._damage) from error

    def _current(self) -> Snapshot:
        """The snapshot of the last commit; looked for at most every `poll_s` seconds."""
        with self._lock:
            if self._snapshot is None or time.monotonic() - self._looked >= self._poll_s:
                self._look()
            assert self._snapshot is not None
            return self._snapshot

    def _look(self) -> None:
        for attempt in range(RETRIES):
            try:
                self._open()
            except IndexUnusable:
                if attempt == RETRIES - 1:
                    self._snapshot = None
                    raise
                time.sleep(0.01)  # a writer may just have moved on to the next commit
            else:
                self._looked = time.monotonic()
                return

    def _open(self) -> None:
        generation = store.current(self._folder)
        state = store.read_state(generation)
        store.check_sizes(generation, state)
        earlier = self._snapshot if generation == self._generation else None
        if earlier is not None and earlier.state == state:
            return
        known = earlier.state.files if earlier else {}
        new = {name: seal for name, seal in state.files.items() if known.get(name) != seal}
        store.check_digests(generation, new)
        with self._trouble():
            self._snapshot = opened(generation, state, self._cache, earlier)
        self._generation = generation


class _Rebuild:
    """A generation being made; see `search.engine.Rebuild`."""

    def __init__(self, builder: GenerationBuilder) -> None:
        self._builder = builder

    def add(self, documents: Sequence[SearchDocument]) -> None:
        with unwritable():
            self._builder.add(documents)

    def swap(self, applied_seq: int) -> None:
        with unwritable():
            self._builder.swap(applied_seq)


@contextmanager
def unwritable() -> Iterator[None]:
    """A disk that is full or read-only; anything else in the files of an index is damage."""
    try:
        yield
    except IndexUnusable:
        raise
    except Exception as error:
        if (refused := _refusal(error)) is not None:
            told = f"{type(refused).__name__}: {refused.strerror}"
            raise IndexUnusable("unwritable", told) from error
        raise IndexUnusable("damaged", f"{type(error).__name__}: {error}"[:200]) from error


def _refusal(error: BaseException | None) -> OSError | None:
    """What the system refused, though a library stumbled over it once more while cleaning up."""
    while error is not None and not isinstance(error, OSError):
        error = error.__cause__ or error.__context__
    return error
