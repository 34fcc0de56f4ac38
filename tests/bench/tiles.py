"""What tiles cost: a viewer's session over 50 megapixels, and making the pyramid it needs.

    python tests/bench/tiles.py

Tiles for each CPU second of the server (all its processes), every tile of the picture asked for
once a round in a fixed random order. The peer on the same pyramid is Debian's iipimage-server,
when it is installed, with its memory of tiles and without: of an archive's pictures few tiles are
asked for twice. The peers of the making are vipsthumbnail and vips tiffsave (libvips-tools), one
thread each. Goals: 1,500 tiles a core-second and ten times the peer, without a decode; at most 1.3
times the peers' time and memory, which stays flat.
"""

# ruff: noqa: T201 - a table on standard output is what it is for
import json
import os
import random
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from renditions import scene

from archive import db, schema
from archive.app import create_app
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, FileDraft, Rights
from archive.history import system
from archive.media import renditions
from archive.media import service as media
from archive.media.derivatives import PYRAMID
from archive.settings import Settings

IIPSRV = Path("/usr/lib/iipimage-server/iipsrv.fcgi")
REQUESTS = 4000
ALONE = {**os.environ, "VIPS_CONCURRENCY": "1"}
TICK = os.sysconf("SC_CLK_TCK")
BENCH = system("bench")
FREE = "http://creativecommons.org/publicdomain/mark/1.0/"
Ask = Callable[[str], bytes]

OURS = """
from pathlib import Path; import sys
from archive.media.derivatives import render
render(Path(sys.argv[1]), Path(sys.argv[2]), pyramid_above=2048)
"""
SAVED = "[Q=80,optimize_coding,strip]"
PYRAMID_OF_VIPS = ["--tile", "--tile-width", "512", "--tile-height", "512", "--pyramid",
                   "--compression", "jpeg", "--Q", "85", "--strip"]  # fmt: skip


def spent(program: str, master: Path, folder: Path) -> tuple[float, int]:
    """CPU seconds and peak MiB of a program that makes pictures, its start left out."""
    folder.mkdir(exist_ok=True)
    told = (
        "\nimport json, re, time\n"
        "status = open('/proc/self/status').read()\n"
        "print(json.dumps([time.process_time() - began, "
        "int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024]))"
    )
    imports = "import time\nfrom archive.media import derivatives\n"
    whole = f"{imports}began = time.process_time()\n{program}{told}"
    ran = subprocess.run(
        [sys.executable, "-c", whole, master, folder],
        env=ALONE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds, mib = json.loads(ran.stdout)
    return float(seconds), int(mib)


def spent_by(*commands: list[str]) -> tuple[float, int]:
    """CPU seconds of all commands together, their starts left out, and the highest peak in MiB."""
    start, _mib = _ran(["vips", "--version"])
    each = [_ran(command) for command in commands]
    return sum(cpu - start for cpu, _ in each), max(mib for _, mib in each)


def _ran(command: list[str]) -> tuple[float, int]:
    process = subprocess.Popen(command, env=ALONE, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        raise RuntimeError(f"{command[0]} ended with {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def by_vips(master: Path, folder: Path) -> list[tuple[float, int]]:
    """The same work by libvips' own commands: four sizes and the pyramid; one size and it."""
    folder.mkdir(exist_ok=True)
    sizes = [
        ["vipsthumbnail", str(master), "--size", f"{size}x{size}>", "-o",
         f"{folder}/{size}.jpg{SAVED}"]
        for size in (2048, 1024, 640, 320)
    ]  # fmt: skip
    whole = ["vips", "tiffsave", str(master), f"{folder}/p.tif", *PYRAMID_OF_VIPS]
    return [spent_by(*sizes, whole), spent_by(sizes[0], whole)]


def making(folder: Path) -> None:
    """Prints what the making costs, ours beside the library's own commands."""
    if not shutil.which("vipsthumbnail"):
        print("peer: vipsthumbnail is not installed (apt-get install libvips-tools)")
        return
    for title, size in (("6 MP", (3000, 2000)), ("50 MP", (8660, 5773)), ("100 MP", (12500, 8000))):
        master = scene(folder / "master.jpg", *size)
        ours, mib = spent(OURS, master, folder / "ours")
        print(f"{title:7} four renditions, hashes, pyramid    {ours:6.2f} s {mib:5} MiB")
        peers = by_vips(master, folder / "peer")
        for name, (cpu, most) in zip(("four thumbnails", "one thumbnail"), peers, strict=True):
            ratio = f"ours {ours / cpu:4.2f} of its time, {mib / most:4.2f} of its memory"
            print(f"{title:7} peer: {name + ', tiffsave':29} {cpu:6.2f} s {most:5} MiB   {ratio}")


def archive(folder: Path) -> tuple[str, Path]:
    """An archive with one free photograph of 50 megapixels: its asset and its pyramid."""
    settings = Settings(data=folder, public_max_px=20000)
    settings.instance.mkdir()
    schema.upgrade(settings.database)
    create_app(settings)
    media.masters().prepare()
    unit = catalogue.add_unit(BENCH, ref_code="B", title={"en": "Bench"})
    draft = Draft(ref_code="B/1", creator_unknown=True, rights=Rights(rights_statement=FREE))
    draft.title("en", "Bench")
    draft.dates.append(DateDraft("1956", "en"))
    kept = media.masters().put_file(scene(folder / "scene.jpg", 8660, 5773))
    with db.transaction():
        image = catalogue.accession(BENCH, unit, draft, [FileDraft(kept, "b.jpg", side="recto")])
    catalogue.publish(BENCH, image)
    (asset,) = media.want(db.session())
    picture = media.render(asset)
    made = renditions.folder(picture.sha256) / PYRAMID
    db.disconnect()
    return asset, made


def session(width: int, height: int) -> list[str]:
    """Region and size of every tile of a viewer, shuffled."""
    found = []
    for scale in (2**level for level in range(ceil(max(width, height) / 512).bit_length())):
        step = 512 * scale
        for left in range(0, width, step):
            for top in range(0, height, step):
                wide, high = min(step, width - left), min(step, height - top)
                size = f"{ceil(wide / scale)},{ceil(high / scale)}"
                found.append(f"{left},{top},{wide},{high}/{size}")
    random.Random(1956).shuffle(found)
    return found


def cpu(pid: int) -> float:
    """CPU seconds of a process and all below it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    below = [
        int(child)
        for children in Path(f"/proc/{pid}/task").glob("*/children")
        for child in children.read_text().split()
    ]
    return (int(fields[11]) + int(fields[12])) / TICK + sum(map(cpu, below))


def rate(ask: Ask, tiles: list[str], pid: int) -> float:
    """Tiles for each CPU second of the server, the first round left out."""
    for tile in tiles[:100]:
        assert ask(tile)[:2] == b"\xff\xd8", f"no picture: {tile}"
    before = cpu(pid)
    for number in range(REQUESTS):
        ask(tiles[number % len(tiles)])
    return REQUESTS / (cpu(pid) - before)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until somebody listens, for a minute at most."""
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"nobody listens on port {port}")


@contextmanager
def pillanat(folder: Path, asset: str) -> Iterator[tuple[Ask, int]]:
    """Our server in one process."""
    port = free_port()
    given = {"DATA": str(folder), "PUBLIC_MAX_PX": "20000", "SERVE_PROCESSES": "1",
             "SERVE_WORKER": "false"}  # fmt: skip
    environ = {**os.environ, **{f"PILLANAT_{name}": value for name, value in given.items()}}
    program = [Path(sys.executable).with_name("pillanat"), "serve", "--port", str(port)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(program, env=environ, stdout=quiet, stderr=quiet)
    try:
        wait_for(port)
        with socket.create_connection(("127.0.0.1", port)) as line, line.makefile("rb") as answer:

            def ask(tile: str) -> bytes:
                path = f"/iiif/3/{asset}/{tile}/0/default.jpg"
                line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
                length = 0
                while (header := answer.readline()) != b"\r\n":
                    if header.lower().startswith(b"content-length:"):
                        length = int(header.partition(b":")[2])
                return answer.read(length)

            yield ask, process.pid
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def iipsrv(made: Path, cache_mb: int) -> Iterator[tuple[Ask, int]]:
    """Debian's image server on the same pyramid, spoken to as a web server does (FastCGI 1.0).

    It keeps so many megabytes of tiles in memory, ready as they were sent.
    """
    port = free_port()
    environ = {"FILESYSTEM_PREFIX": f"{made.parent}/", "LOGFILE": "/dev/null", "VERBOSITY": "0",
               "JPEG_QUALITY": "85", "MAX_IMAGE_CACHE_SIZE": str(cache_mb)}  # fmt: skip
    process = subprocess.Popen([IIPSRV, "--bind", f"127.0.0.1:{port}"], env=environ)

    def ask(tile: str) -> bytes:
        query = f"IIIF={made.name}/{tile}/0/default.jpg"
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(fastcgi({"QUERY_STRING": query, "REQUEST_METHOD": "GET"}))
            with line.makefile("rb") as answer:
                return spoken(answer.read).partition(b"\r\n\r\n")[2]

    try:
        wait_for(port)
        yield ask, process.pid
    finally:
        process.kill()
        process.wait(60)


def fastcgi(parameters: dict[str, str]) -> bytes:
    """A whole FastCGI request without a body."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack(">BBHHBx", 1, kind, 1, len(content), 0) + content

    pairs = b"".join(
        bytes([len(name)]) + struct.pack(">I", len(value) | 0x80000000)
        + name.encode() + value.encode()
        for name, value in parameters.items()
    )  # fmt: skip
    begin = record(1, struct.pack(">HB5x", 1, 0))
    return begin + record(4, pairs) + record(4, b"") + record(5, b"")


def spoken(read: Callable[[int], bytes]) -> bytes:
    """What a FastCGI server answered on its standard output."""
    said = b""
    while len(head := read(8)) == 8:
        _version, kind, _request, length, padding = struct.unpack(">BBHHBx", head)
        content = read(length + padding)[:length]
        if kind == 6:
            said += content
        elif kind == 3:
            break
    return said


def serving(folder: Path) -> None:
    """Prints tiles for each CPU second, ours beside the peer."""
    asset, made = archive(folder)
    tiles = session(8660, 5773)
    with pillanat(folder, asset) as (ask, pid):
        ours = rate(ask, tiles, pid)
    print(f"{f'Pillanat, {len(tiles)} tiles of 50 MP':50} {ours:6.0f} tiles a core-second")
    if not IIPSRV.exists():
        print("peer: iipimage-server is not installed (apt-get install iipimage-server)")
        return
    for what, cache_mb in (("tiles asked for anew", 0), ("its memory of tiles, 10 MB", 10)):
        with iipsrv(made, cache_mb) as (ask, pid):
            peer = rate(ask, tiles, pid)
        title = f"peer: iipimage-server, {what}"
        print(f"{title:50} {peer:6.0f} tiles a core-second   ours {ours / peer:.1f}x")


def main() -> None:
    """Prints both tables."""
    with TemporaryDirectory() as name:
        making(Path(name))
    with TemporaryDirectory() as name:
        serving(Path(name))


if __name__ == "__main__":
    main()
