"""How fast photographs are indexed and found, beside other engines on the same records.

    python tests/bench/search_bench.py [RECORDS] [--keep FOLDER] [--alone]

Prints CPU milliseconds (p50 / p95) for each class of query beside tantivy, SQLite's FTS5 and
stock Whoosh in the same run; what a query costs that nobody asked before, in a process that began
as those of the server do; the rate of a build, the memory of a reader and of a builder, an edit,
and queries while everything is built anew. Goals (100,000 records): every class p95 <= 25 ms, also
when first asked, 20 hits + 5 facets within tantivy's time, 700 records a second on two cores, an
edit within a second, a rebuild within three minutes. CPU time is that of the process with all its
threads. The records are real words recombined (`made.texts`).
"""

# ruff: noqa: T201 - a table on standard output is what it is for
import argparse
import gc
import os
import pickle
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from made import texts
from made.asking import Asked, Sample, questions
from made.peers import LIMIT, SqliteFts5, StockWhoosh, Tantivy
from made.records import Records

from archive.search.analysis import Analyzer
from archive.search.documents import SearchDocument
from archive.search.query import Query, parse
from archive.search.tree import And
from archive.search.whoosh_engine import WhooshEngine

EXPLAINED = """\
All give the total and 20 hits with what is shown of each. Here a word is found in its other forms
too, and hits tell which words of which passages were found; the peers do neither. "5 facets" is
the one class in which hits here do not tell it; "with reasons" is the same question, told. Years
here count certain dates apart. What posting lists decode to is kept between askings, no answer."""
CHUNK = 500
DOCUMENTS = "documents.pickle"
SLOW = 8  # questions of a class that stock Whoosh is asked
EDITS = 20
Times = tuple[float, float]


@dataclass(frozen=True)
class Built:
    """What a build took: seconds by the clock, of CPU in all its processes, MB of memory."""

    clock: float
    cpu: float
    memory: float
    helper: float


class Here:
    """Our own engine, asked as a page asks it."""

    name = "here"
    unknown = ()

    def __init__(self, folder: Path) -> None:
        self.analyzer = Analyzer(folder / "words")
        self.engine = WhooshEngine(folder / "index", self.analyzer)

    def ask(self, asked: Asked) -> int:
        if asked.kind == "suggest":
            return len(self.engine.suggest(asked.words[0], "public"))
        return self.engine.find(_query(asked), "public").total


def _query(asked: Asked) -> Query:
    sort = {"sort": "date"} if asked.kind == "by date" else {}
    query = parse({"q": asked.text, "limit": str(LIMIT), **sort}, facets=asked.facets)
    if asked.span is None:
        return replace(query, explained=asked.kind != "5 facets")
    return Query(text=query.text, tree=And((query.tree, asked.span)), limit=LIMIT)


def keep_documents(folder: Path, number: int) -> None:
    """Make the documents once, for everybody who indexes them."""
    Analyzer(folder / "words").warm()
    source = Records(texts.read()).documents(number)
    with (folder / DOCUMENTS).open("wb") as file:
        while piece := list(islice(source, CHUNK)):
            pickle.dump(piece, file, protocol=pickle.HIGHEST_PROTOCOL)


def pieces(folder: Path) -> Iterator[list[SearchDocument]]:
    """The documents that were kept."""
    with (folder / DOCUMENTS).open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)


class Watch:
    """CPU seconds of this process, or of its children too, but for the reading of documents."""

    def __init__(self, *, children: bool = False) -> None:
        self._times = 4 if children else 2
        self._since, self._reading = sum(os.times()[: self._times]), 0.0

    def reading(self, source: Iterator[list[SearchDocument]]) -> Iterator[list[SearchDocument]]:
        while True:
            begun = time.process_time()
            piece = next(source, None)
            self._reading += time.process_time() - begun
            if piece is None:
                return
            yield piece

    @property
    def worked(self) -> float:
        return sum(os.times()[: self._times]) - self._since - self._reading


def build(folder: Path) -> Built:
    """Build the index, in a process of its own."""
    here, watch, begun = Here(folder), Watch(children=True), time.perf_counter()
    with here.engine.begin_rebuild() as rebuild:
        for piece in watch.reading(pieces(folder)):
            rebuild.add(piece)
        rebuild.swap(1)
    clock = time.perf_counter() - begun
    return Built(clock, watch.worked, memory(resource.RUSAGE_SELF), memory())


def memory(whose: int = resource.RUSAGE_CHILDREN) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


def read_all(folder: Path, asked: list[Asked]) -> float:
    """The memory of a reader that has answered all questions."""
    here = Here(folder)
    for one in asked:
        here.ask(one)
    return memory(resource.RUSAGE_SELF)


def timed(ask: Callable[[Asked], object], asked: list[Asked]) -> Times:
    """CPU milliseconds, median and 95th percentile."""
    taken = []
    for one in asked:
        begun = time.process_time()
        ask(one)
        taken.append((time.process_time() - begun) * 1000)
    return percentiles(taken)


def percentiles(taken: list[float]) -> Times:
    """The median and the 95th percentile."""
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def compare(here: Here, peers: list[Any], asked: dict[str, list[Asked]]) -> None:
    """The table: the first asking here, then the second asking of everybody."""
    warm(here)
    names = ["first asked", here.name, *(peer.name for peer in peers)]
    print(f"{'CPU ms, p50 / p95':<18}{''.join(f'{name:>17}' for name in names)}  to tantivy")
    for kind, ones in asked.items():
        columns = [timed(here.ask, ones), *(second(peer, kind, ones) for peer in (here, *peers))]
        cells = "".join(f"{p50:8.2f} /{p95:7.2f}" if p95 else f"{'–':>17}" for p50, p95 in columns)
        ratio = f"{columns[1][1] / columns[2][1]:12.2f}" if peers and columns[2][1] else ""
        print(f"{kind:<18}{cells}{ratio}", flush=True)
    print(EXPLAINED)


def warm(here: Here) -> None:
    """What the server does before anybody asks (`commands.served`)."""
    gc.collect()
    gc.freeze()
    begun = time.process_time()
    here.engine.warm()
    print(f"warmed in {time.process_time() - begun:.2f} s of CPU")


def second(peer: Any, kind: str, asked: list[Asked]) -> Times:
    """What the same questions take when asked again; nothing where a peer cannot be asked."""
    if kind in peer.unknown:
        return 0.0, 0.0
    chosen = asked[:SLOW] if isinstance(peer, StockWhoosh) else asked
    for one in chosen:
        peer.ask(one)
    return timed(peer.ask, chosen)


def tell_agreement(here: Here, stock: StockWhoosh, asked: dict[str, list[Asked]]) -> None:
    """How often our own answer and stock Whoosh's hold equally many records; Whoosh knows no
    bound for the words that a beginning may stand for, so it is lifted here."""
    ones = [one for kind in ("common term", "rare term", "prefix") for one in asked[kind][:SLOW]]
    found = [here.engine.find(replace(_query(one), expansion=1 << 30), "public") for one in ones]
    same = sum(ours.total == stock.ask(one) for ours, one in zip(found, ones, strict=True))
    print(f"as many records as stock Whoosh finds: {same} of {len(ones)} questions")


def edit(here: Here, documents: list[SearchDocument]) -> list[float]:
    """Seconds from a changed document to its being found, by wall clock."""
    taken = []
    for number, document in enumerate(random.Random(1).choices(documents, k=EDITS)):
        begun = time.perf_counter()
        here.engine.replace([document])
        here.engine.commit(number + 2)
        assert here.engine.find(parse(f"id:{document.id}"), "public").total == 1
        taken.append(time.perf_counter() - begun)
    return taken


def tell_busy(here: Here, rebuilding: "Future[Built]", asked: list[Asked]) -> None:
    """Queries as long as an index is built beside: CPU, and by the clock."""
    cpu, clock = [], []
    while not rebuilding.done():
        for one in asked:
            begun, worked = time.perf_counter(), time.process_time()
            here.ask(one)
            cpu.append((time.process_time() - worked) * 1000)
            clock.append((time.perf_counter() - begun) * 1000)
        time.sleep(0.2)
    calm, built = second(here, "5 facets", asked), rebuilding.result()
    for name, (p50, p95) in (("CPU", percentiles(cpu)), ("by the clock", percentiles(clock))):
        print(f"5 facets during a rebuild, {name}: {p50:.2f} / {p95:.2f} ms", end=", ")
    print(f"calm {calm[0]:.2f} / {calm[1]:.2f} ms CPU")
    print(f"rebuilt in {built.clock:.0f} s by the clock, {built.cpu:.0f} s of CPU", end="; ")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def tell_build(number: int, built: Built) -> None:
    print(
        f"built at {number / built.clock:.0f} records/s by the clock, "
        f"{number / built.cpu:.0f} per CPU second; "
        f"memory {built.memory:.0f} MB, a helper {built.helper:.0f} MB",
        flush=True,
    )


def tell_peer(made: Any, folder: Path, beside: Path, number: int) -> Any:
    """Build a peer's index and print what it took."""
    peer, watch = made(beside), Watch()
    peer.build(document for piece in watch.reading(pieces(folder)) for document in piece)
    rate = number / watch.worked
    print(f"{peer.name}: {rate:.0f} records per CPU second, words as they stand", flush=True)
    return peer


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("records", nargs="?", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="use the index of this folder, made if need be")
    parser.add_argument("--alone", action="store_true", help="without peers")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
            measure(pool, folder, Path(temporary), chosen)


def measure(pool: ProcessPoolExecutor, folder: Path, beside: Path, chosen: Any) -> None:
    if not (folder / DOCUMENTS).exists():
        pool.submit(keep_documents, folder, chosen.records).result()
    sample = Sample(chosen.records)
    for _ in sample.of(document for piece in pieces(folder) for document in piece):
        pass
    here, asked = Here(folder), questions(sample.documents)
    if not here.engine.health().ok:
        tell_build(chosen.records, pool.submit(build, folder).result())
    tell_size(here, pool.submit(read_all, folder, [o for ones in asked.values() for o in ones]))
    if chosen.alone:
        compare(here, [], asked)
    else:
        beside_peers(here, folder, beside, chosen.records, asked)
    edits = edit(here, sample.documents)
    print(f"edit to findable: median {statistics.median(edits):.2f} s, worst {max(edits):.2f} s")
    tell_busy(here, pool.submit(build, folder), asked["5 facets"])


def beside_peers(
    here: Here, folder: Path, beside: Path, number: int, asked: dict[str, list[Asked]]
) -> None:
    stock = StockWhoosh(next((folder / "index").glob("g-*")), here.analyzer.wanted)
    indexed = [tell_peer(peer, folder, beside, number) for peer in (Tantivy, SqliteFts5)]
    compare(here, [*indexed, stock], asked)
    tell_agreement(here, stock, asked)


def tell_size(here: Here, reader: "Future[float]") -> None:
    health = here.engine.health()
    print(f"{health.documents} records, {health.size_bytes / 1e6:.0f} MB on disk", end=", ")
    print(f"memory of a reader {reader.result():.0f} MB", flush=True)


if __name__ == "__main__":
    main()
