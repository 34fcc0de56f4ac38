"""How fast photographs are indexed and found, beside SQLite's FTS5 on the same records.

    python tests/bench/search_bench.py [RECORDS] [--keep FOLDER]

Prints CPU milliseconds (p50 / p95, warm) for each class of query and the rate of the build. Goals
(100,000 records): every class p95 <= 25 ms, 20 hits + 5 facets within a native engine's time, and
700 records a second. The records are made up: 48 words of a vocabulary with Zipf's frequencies.
"""

# ruff: noqa: T201 - a table on standard output is what it is for
import argparse
import os
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from archive.search.analysis import Analyzer
from archive.search.documents import Face, FacetValue, Passage, SearchDocument
from archive.search.query import Query, parse
from archive.search.tree import And, Overlap
from archive.search.whoosh_engine import WhooshEngine

WORDS = 48
FACETS = ("collection", "year", "place", "person", "rights")
STEMS = "forradalom tüntetés utca híd tank katona munkás zászló szobor egyetem tér ház gyár ember"
ENDINGS = ("", "", "", "ok", "ban", "ben", "t", "nak", "val", "ek", "s", "ing", "ed")
SYLLABLES = re.findall("..?.?", "bakesilóműtőranveldorkastigünémpárcsovézonláfelerinosákút")
START = 1956 * 366 * 24
Zipf = Callable[[], str]


def vocabulary(chance: random.Random, size: int = 40_000) -> tuple[list[str], Zipf]:
    """Made-up words, the real ones first, and a way to draw them as texts do."""
    words = [stem + ending for stem in STEMS.split() for ending in dict.fromkeys(ENDINGS)]
    while len(words) < size:
        stem = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))
        words += [stem + ending for ending in chance.sample(ENDINGS[2:], 3)]
    chance.shuffle(words)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    return words, lambda: chance.choices(words, cum_weights=weights)[0]


def documents(number: int, chance: random.Random, draw: Zipf) -> Iterator[SearchDocument]:
    for at in range(number):
        yield one(f"p{at:09}", chance, draw)


def one(name: str, chance: random.Random, draw: Zipf) -> SearchDocument:
    def pick(facet: str, kinds: int) -> tuple[FacetValue, ...]:
        value = f"{facet}-{int(kinds * chance.random() ** 2)}"
        return (FacetValue(value, {"hu": value}),)

    year = chance.randint(1880, 1990)
    first = chance.randint(0, 300 * 24)
    face = Face(
        passages=(
            Passage("title", " ".join(draw() for _ in range(8)), 3.0),
            Passage("caption", " ".join(draw() for _ in range(WORDS - 8)), 2.0),
        ),
        facets={
            "collection": pick("collection", 40), "place": pick("place", 2000),
            "person": pick("person", 5000), "rights": pick("rights", 9),
            "year": (FacetValue(str(year), {}),), "decade": (FacetValue(str(year // 10 * 10), {}),),
        },
        identifiers=(name,),
        hit={"title": {"hu": "Cím"}, "ref": name, "asset": "a", "width": 400, "height": 300},
    )  # fmt: skip
    begin = year * 366 * 24 + first
    when = (begin, begin + chance.choice((0, 24, 24 * 30, 24 * 365)))
    return SearchDocument(name, 1, 1, face, face, when, chance.randint(0, 10**9), name)


def fts5(path: Path, made: list[SearchDocument]) -> sqlite3.Connection:
    """The same records in SQLite: words in FTS5, facets and dates in indexed tables."""
    base = sqlite3.connect(path)
    base.executescript(
        "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize="
        "'unicode61 remove_diacritics 2');"
        "CREATE TABLE photo(id INTEGER PRIMARY KEY, first INT, last INT);"
        "CREATE TABLE facet(photo INT, name TEXT, value TEXT);"
    )
    for at, document in enumerate(made):
        text = " ".join(p.text for p in document.staff.passages)
        base.execute("INSERT INTO words(rowid, text) VALUES(?, ?)", (at, text))
        base.execute("INSERT INTO photo VALUES(?, ?, ?)", (at, *(document.when or (0, 0))))
        rows = [(at, name, v.value) for name in FACETS for v in document.staff.facets[name]]
        base.executemany("INSERT INTO facet VALUES(?, ?, ?)", rows)
    base.execute("CREATE INDEX facet_photo ON facet(photo, name, value)")
    base.commit()
    return base


def queries(made: list[SearchDocument], chance: random.Random) -> dict[str, list[str]]:
    """Words and phrases taken from the records themselves, by class."""
    texts = [d.staff.passages[1].text.split() for d in chance.sample(made, 60)]
    common = sorted({w for text in texts for w in text}, key=lambda w: -sum(w in t for t in texts))
    return {
        "common term": common[:40],
        "rare term": [text[7] for text in texts],
        "two terms": [f"{text[3]} {text[20]}" for text in texts],
        "phrase": [f'"{text[10]} {text[11]}"' for text in texts],
        "prefix": [f"{text[5][:4]}*" for text in texts],
    }


def measure(ask: Callable[[str], object], asked: list[str]) -> tuple[float, float]:
    """CPU milliseconds, median and 95th percentile of the second run."""
    for text in asked:
        ask(text)
    taken = []
    for text in asked:
        begun = time.process_time()
        ask(text)
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def line(name: str, ours: tuple[float, float], theirs: tuple[float, float]) -> None:
    ratio = ours[1] / max(theirs[1], 0.001)
    shown = f"{ours[0]:8.1f} {ours[1]:8.1f}   {theirs[0]:8.1f} {theirs[1]:8.1f}   {ratio:6.2f}"
    print(f"{name:<22}{shown}")


def as_match(text: str) -> str:
    return text if text.startswith('"') or text.endswith("*") else f'"{text}"'.replace(" ", '" "')


def compare(engine: WhooshEngine, base: sqlite3.Connection, asked: dict[str, list[str]]) -> None:
    hits = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20"
    dated = (
        "SELECT words.rowid FROM words JOIN photo ON photo.id = words.rowid WHERE words MATCH ? "
        "AND first <= ? AND last >= ? ORDER BY rank LIMIT 20"
    )
    sorted_ = (
        "SELECT words.rowid FROM words JOIN photo ON photo.id = words.rowid WHERE words MATCH ? "
        "ORDER BY first, last LIMIT 20"
    )
    counted = (
        "SELECT value, count(*) FROM words JOIN facet ON facet.photo = words.rowid "
        "WHERE words MATCH ? AND name = ? GROUP BY value ORDER BY 2 DESC LIMIT 50"
    )
    span = Overlap(START, START + 366 * 24)

    def find(text: str, **more: object) -> object:
        return engine.find(parse({"q": text, "limit": "20"}, **more), "public")  # type: ignore[arg-type]

    def find_dated(text: str) -> object:
        query = parse({"q": text, "limit": "20"})
        return engine.find(Query(text=text, tree=And((query.tree, span)), limit=20), "public")

    def fts_facets(text: str) -> None:
        base.execute(hits, (as_match(text),)).fetchall()
        for name in FACETS:
            base.execute(counted, (as_match(text), name)).fetchall()

    print(f"{'CPU ms, p50 / p95':<22}{'here':>17}   {'SQLite FTS5':>17}   {'p95 ratio':>6}")
    for name, texts in asked.items():
        theirs = measure(lambda t: base.execute(hits, (as_match(t),)).fetchall(), texts)
        line(name, measure(find, texts), theirs)
    common = asked["common term"]
    theirs = measure(
        lambda t: base.execute(dated, (as_match(t), span.last, span.first)).fetchall(), common
    )
    line("term + date overlap", measure(find_dated, common), theirs)
    theirs = measure(lambda t: base.execute(sorted_, (as_match(t),)).fetchall(), common)
    by_date = measure(
        lambda t: engine.find(parse({"q": t, "limit": "20", "sort": "date"}), "public"), common
    )
    line("sorted by date", by_date, theirs)
    faceted = measure(lambda t: find(t, facets=FACETS), common)
    line("20 hits + 5 facets", faceted, measure(fts_facets, common))


def build(engine: WhooshEngine, made: list[SearchDocument]) -> tuple[float, float]:
    """Records a second, by the clock and by the CPU time of this process and its helpers."""
    begun, worked = time.perf_counter(), sum(os.times()[:4])
    with engine.begin_rebuild() as rebuild:
        for start in range(0, len(made), 500):
            rebuild.add(made[start : start + 500])
        rebuild.swap(1)
    worked = sum(os.times()[:4]) - worked
    return len(made) / (time.perf_counter() - begun), len(made) / worked


def edit(engine: WhooshEngine, made: list[SearchDocument], chance: random.Random) -> list[float]:
    """Seconds from a changed document to its being found, by wall clock."""
    taken = []
    for number, document in enumerate(chance.sample(made, 20)):
        begun = time.perf_counter()
        engine.replace([document])
        engine.commit(number + 2)
        assert engine.find(parse(f"id:{document.id}"), "public").total == 1
        taken.append(time.perf_counter() - begun)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("records", nargs="?", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="build in this folder and leave it there")
    chosen = parser.parse_args()
    chance = random.Random(1956)
    _, draw = vocabulary(chance)
    made = list(documents(chosen.records, chance, draw))
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        analyzer = Analyzer(folder / "words")
        analyzer.warm()
        engine = WhooshEngine(folder / "index", analyzer, poll_s=0)
        clock, worked = build(engine, made)
        health = engine.health()
        print(f"{chosen.records} records, {health.size_bytes / 1e6:.0f} MB", end=", ")
        print(f"built at {clock:.0f} records/s by the clock, {worked:.0f} per CPU second")
        begun = time.perf_counter()
        base = fts5(folder / "fts.db", made)
        peer = len(made) / (time.perf_counter() - begun)
        print(f"SQLite FTS5 (words as they stand, no other forms): {peer:.0f} records/s")
        compare(engine, base, queries(made, chance))
        edits = edit(engine, made, chance)
        print(
            f"edit to findable: median {statistics.median(edits):.2f} s, worst {max(edits):.2f} s"
        )
        base.close()


if __name__ == "__main__":
    main()
