"""What pages cost: CPU milliseconds of /search with facets, of a photograph and of the front page.

    python tests/bench/pages.py [PHOTOGRAPHS ...] [--keep FOLDER]

Each archive is filled with made-up photographs and asked twice: through WSGI in this process, and
as `pillanat serve`, whose processes' CPU is read from the system. The peer, in the same run: bare
Flask over SQLite's FTS5 with the same photographs, as many hits, five facets and a plain template
without words in two languages, rights, or a reason for a hit. Goals: results <= 15 ms with a size
that does not grow with the hits, a photograph <= 10 ms, both flat from 1,000 photographs on. A page
of results has 48 hits; one of 20 is asked for too, as other tables of search tell of 20.
"""

# ruff: noqa: T201 - a table on standard output is what it is for
import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from made import archive, texts
from made.bare import BarePages
from sqlalchemy import select

from archive import db, schema
from archive.app import create_app
from archive.catalogue.models import CaptionStatement
from archive.search import follow, service
from archive.settings import Settings, use

ASKED = 60  # pages of each kind
Ask = Callable[[str], bytes]


def filled(folder: Path, number: int) -> Settings:
    """The settings of an archive with so many photographs, made where it is missing."""
    settings = Settings(data=folder, serve_worker=False)
    use(settings)
    new = not (folder / "instance").exists()
    if new:
        settings.instance.mkdir(parents=True)
        schema.upgrade(settings.database)
    db.connect(settings.database)
    if new:
        begun = time.process_time()
        archive.fill(number, texts.read())
        print(f"filled with {number} photographs in {time.process_time() - begun:.0f} CPU s")
    if not service.engine().health().ok:
        index(number)
    db.disconnect()
    return settings


def index(number: int) -> None:
    """Make the index from the database, as the product does."""
    begun, worked = time.perf_counter(), sum(os.times()[:4])
    follow.reindex()
    rate, clock = number / (sum(os.times()[:4]) - worked), time.perf_counter() - begun
    print(f"indexed: {rate:.0f} records per CPU second, {clock:.0f} s by the clock", flush=True)


def addresses(number: int) -> dict[str, list[str]]:
    """Pages to ask for: searches of one word from all over the archive, photographs, the front."""
    chance = random.Random(1956)
    captions = db.session().scalars(select(CaptionStatement.text).order_by(CaptionStatement.id))
    words = [word for text in captions.fetchmany(4000) for word in text.split() if word.isalpha()]
    asked = [chance.choice(words) for _ in range(ASKED)]
    return {
        "/search?q=": [f"/search?q={quote(word)}" for word in asked],
        "/search, 20 hits": [f"/search?q={quote(word)}&limit=20" for word in asked],
        "/search, everything": [f"/search?page={n % 9 + 1}" for n in range(ASKED)],
        "/photographs/": [f"/photographs/{name}" for name in archive.public_ids(ASKED)],
        "/": ["/"] * (ASKED // 3),
    }


def through_wsgi(client: object) -> Ask:
    def ask(address: str) -> bytes:
        response = client.get(address)  # type: ignore[attr-defined]
        assert response.status_code == 200, address
        return bytes(response.data)

    return ask


def measure(ask: Ask, asked: list[str], clock: Callable[[], float]) -> tuple[float, float, int]:
    """CPU milliseconds, median and 95th percentile of the second asking, and the largest page."""
    sizes = [len(ask(address)) for address in asked]
    taken = []
    for address in asked:
        begun = clock()
        ask(address)
        taken.append((clock() - begun) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1], max(sizes)


@contextmanager
def served(settings: Settings) -> Iterator[tuple[str, int]]:
    """`pillanat serve` in front of this archive: its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**os.environ, "PILLANAT_DATA": str(settings.data), "PILLANAT_SERVE_WORKER": "false"}
    program = [Path(sys.executable).with_name("pillanat"), "serve", "--port", str(port)]
    process = subprocess.Popen(program, env=environ, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()


def cpu_of(process: int) -> float:
    """CPU seconds of a process and all below it, as Linux counts them (in ticks of 10 ms)."""
    total, ticks = 0, os.sysconf("SC_CLK_TCK")
    for number in (process, *_children(process)):
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / ticks


def _children(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *_children(child)]
    return found


def through_http(settings: Settings, pages: dict[str, list[str]]) -> dict[str, float]:
    """Mean CPU milliseconds of the serving processes for each kind of page, asked again."""
    with served(settings) as (address, process):
        _wait(address)
        means = {}
        for kind, asked in pages.items():
            for page in asked:
                urlopen(address + page).read()
            begun = cpu_of(process)
            for page in asked * 2:
                urlopen(address + page).read()
            means[kind] = (cpu_of(process) - begun) * 1000 / (2 * len(asked))
        return means


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            urlopen(f"{address}/robots.txt").read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("pillanat serve does not answer")


def compare(folder: Path, number: int) -> None:
    settings = filled(folder / str(number), number)
    app = create_app(settings)
    with app.app_context():
        pages = addresses(number)
        bare = BarePages(settings.page_size)
        db.release()
    here, peer = through_wsgi(app.test_client()), through_wsgi(bare.app.test_client())
    served_here = through_http(settings, pages)
    print(
        f"{number} photographs       CPU ms p50 / p95     bytes   served   bare Flask + FTS5  ratio"
    )
    for kind, asked in pages.items():
        p50, p95, size = measure(here, asked, time.process_time)
        bare50, bare95, _ = measure(peer, asked, time.process_time)
        print(
            f"{kind:<22}{p50:9.1f} /{p95:6.1f}{size:12}{served_here[kind]:9.1f}"
            f"{bare50:11.1f} /{bare95:6.1f}{p50 / bare50:7.2f}",
            flush=True,
        )
    db.disconnect()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("photographs", nargs="*", type=int, default=[1_000, 20_000])
    parser.add_argument("--keep", type=Path, help="fill the archives here, or use those of before")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for number in chosen.photographs:
            compare(chosen.keep or Path(temporary), number)


if __name__ == "__main__":
    main()
