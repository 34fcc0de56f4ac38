"""The child process that probes: same answers, limits kept, nothing left behind."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.media.limits import MIB, Limits
from archive.media.probe import probe
from archive.media.prober import Prober, from_wire, to_wire
from tests.unit.media import builders as b


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A JPEG with metadata in three standards."""
    path = tmp_path / "fénykép.jpg"
    xmp = b.xmp(b.packet(b.alternatives("dc:title", hu="Főtér", en="Main square")))
    path.write_bytes(b.jpeg(xmp, b.iptc((2, 25, b"tank"), (2, 25, b"Bp"))))
    return path


def child_of(prober: Prober) -> int:
    """The process number of the running child."""
    assert prober.child.pid is not None
    return prober.child.pid


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def slow_gif(path: Path, blocks: int) -> Path:
    """A GIF whose comment has so many one-byte parts that it takes seconds to walk through."""
    plain = b.saved(b.drawing(8, 8, "P"), "GIF")
    path.write_bytes(plain[:-1] + b"!\xfe" + b"\x01x" * blocks + b"\x00;")
    return path


def large_webp(path: Path, size: int) -> Path:
    """A WebP of `size` bytes, nearly all of them a hole."""
    plain = b.saved(b.drawing(), "WEBP")
    with path.open("wb") as f:
        f.write(b"RIFF" + (size - 8).to_bytes(4, "little") + plain[8:])
        f.write(b"JUNK" + (size - f.tell() - 8).to_bytes(4, "little"))
        f.truncate(size)
    return path


def test_the_child_answers_as_probe_does(picture: Path) -> None:
    with Prober() as prober:
        first, second = prober.probe(picture), prober.probe(picture.with_name("none"))
        assert first == probe(picture)
        assert second == probe(picture.with_name("none"))
        assert first.raw["xmp"].startswith(b"<?xpacket")


def test_one_child_serves_many_files_and_ends_with_its_prober(picture: Path) -> None:
    with Prober() as prober:
        prober.probe(picture)
        pid = child_of(prober)
        prober.probe(picture)
        assert child_of(prober) == pid
    assert not alive(pid)


def test_a_charset_for_one_file(picture: Path) -> None:
    picture.write_bytes(b.jpeg(b.iptc((2, 120, b"f\xf5t\xe9r"))))
    with Prober(charset="cp1250") as prober:
        assert prober.probe(picture).fields.caption == "főtér"
        assert prober.probe(picture, charset="iso8859-1").fields.caption == "fõtér"


def test_a_killed_child_costs_no_file(picture: Path) -> None:
    with Prober() as prober:
        prober.probe(picture)
        os.kill(child_of(prober), signal.SIGKILL)
        assert prober.probe(picture) == probe(picture)


def test_a_file_that_takes_too_much_cpu_is_refused(picture: Path, tmp_path: Path) -> None:
    slow = slow_gif(tmp_path / "slow.gif", 12_000_000)
    with Prober(limits=Limits(cpu_seconds=0)) as prober:
        assert prober.probe(picture).ok
        found = prober.probe(slow)
        assert (found.ok, found.code) == (False, "too_long")
        assert prober.probe(picture).ok


def test_a_file_that_takes_too_long_is_refused(picture: Path, tmp_path: Path) -> None:
    slow = slow_gif(tmp_path / "slow.gif", 12_000_000)
    with Prober(limits=Limits(wall_seconds=0.3)) as prober:
        found = prober.probe(slow)
        pids = prober.child.pid
    assert found.code == "too_long"
    assert found.reason == "The file took too long to read."
    assert pids is None


def test_a_file_that_takes_too_much_memory_is_refused(picture: Path, tmp_path: Path) -> None:
    large = large_webp(tmp_path / "large.webp", 600 * MIB)
    with Prober(limits=Limits(memory_bytes=400 * MIB)) as prober:
        assert prober.probe(large).code == "too_much_memory"
        assert prober.probe(picture) == probe(picture)


def test_the_wire_carries_everything(picture: Path) -> None:
    found = probe(picture)
    assert from_wire(to_wire(found)) == found


def test_the_child_has_the_limits_that_were_set(picture: Path) -> None:
    with Prober(limits=Limits(memory_bytes=700 * MIB, cpu_seconds=9)) as prober:
        prober.probe(picture)
        child = child_of(prober)
        assert resource.prlimit(child, resource.RLIMIT_AS) == (700 * MIB, 700 * MIB)
        assert 10 <= resource.prlimit(child, resource.RLIMIT_CPU)[0] <= 12
        assert resource.prlimit(child, resource.RLIMIT_CORE) == (0, 0)


def test_the_child_takes_less_where_less_was_given(picture: Path) -> None:
    program = (
        "import resource, sys; from archive.media.prober import Prober;"
        "resource.setrlimit(resource.RLIMIT_AS, (800 << 20, 800 << 20));"
        "resource.setrlimit(resource.RLIMIT_CPU, (15, 15));"
        "found = Prober().probe(sys.argv[1]); sys.exit(not found.ok)"
    )
    assert subprocess.run([sys.executable, "-c", program, picture], check=False).returncode == 0
