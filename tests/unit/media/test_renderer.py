"""The child process that draws: the same pictures, limits kept, nothing left behind."""

import os
import resource
import signal
import tempfile
from pathlib import Path

import pytest

from archive.media import derivatives
from archive.media.derivatives import DerivativeError, Rendered
from archive.media.limits import MIB, Limits
from archive.media.renderer import Renderer
from tests.unit.media import builders as b
from tests.unit.media.hostile import flat_png


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "fénykép.jpg"
    path.write_bytes(b.jpeg(picture=b.drawing(900, 700)))
    return path


def told(made: Rendered) -> list[object]:
    """What can be compared of it."""
    return [made.width, made.height, made.sizes, made.thumbhash, made.codes.tolist()]


def test_the_child_draws_what_would_be_drawn_here(picture: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    with Renderer() as renderer:
        made = told(renderer.render(picture, there, pyramid_above=512))
    assert made == told(derivatives.render(picture, here, pyramid_above=512))
    names = {path.name for path in here.iterdir()}
    assert {path.name for path in there.iterdir()} == names
    assert all((here / name).read_bytes() == (there / name).read_bytes() for name in names)


def test_what_cannot_be_drawn_is_said_as_it_would_be_here(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jpg"
    wrong.write_bytes(b.jpeg()[:200])
    with Renderer() as renderer, pytest.raises(DerivativeError) as there:
        renderer.render(wrong, tmp_path / "out")
    with pytest.raises(DerivativeError) as here:
        derivatives.render(wrong, tmp_path / "out")
    assert str(there.value) == str(here.value)


def test_a_killed_child_costs_no_picture_and_none_outlives_its_renderer(
    picture: Path, tmp_path: Path
) -> None:
    with Renderer() as renderer:
        first = told(renderer.render(picture, tmp_path / "1"))
        assert renderer.child.pid is not None
        os.kill(renderer.child.pid, signal.SIGKILL)
        assert told(renderer.render(picture, tmp_path / "2")) == first
        last = renderer.child.pid
        assert last is not None
    with pytest.raises(ProcessLookupError):
        os.kill(last, 0)


def test_a_picture_that_takes_too_long_costs_only_itself_and_leaves_nothing(
    picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    slow = tmp_path / "slow.png"
    slow.write_bytes(flat_png(15_500))
    with Renderer(Limits(cpu_seconds=0)) as renderer:
        with pytest.raises(DerivativeError, match="took too long"):
            renderer.render(slow, tmp_path / "slow", pyramid_above=2048)
        assert list((tmp_path / "slow").iterdir()) == []
        assert list(scratch.iterdir()) == []
        assert renderer.render(picture, tmp_path / "good").sizes == (320, 640, 900)


def test_a_picture_that_takes_too_much_memory_costs_only_itself(
    picture: Path, tmp_path: Path
) -> None:
    wide = tmp_path / "wide.psd"
    wide.write_bytes(b.psd(width=12_000, height=12_000))
    with Renderer(Limits(memory_bytes=700 * MIB)) as renderer:
        assert renderer.render(picture, tmp_path / "good").sizes == (320, 640, 900)
        pid = renderer.child.pid
        assert pid is not None
        assert resource.prlimit(pid, resource.RLIMIT_AS) == (700 * MIB, 700 * MIB)
        with pytest.raises(DerivativeError):
            renderer.render(wide, tmp_path / "wide")
        assert renderer.render(picture, tmp_path / "again").sizes == (320, 640, 900)
