"""What pictures cost: renditions, pyramid and delivery copy of a 6- and a 50-megapixel JPEG.

    python tests/bench/renditions.py

CPU seconds of one process; the peer is Pillow making the same four sizes in the same run. Goal:
renditions and pyramid of 6 megapixels together in at most half a second.
"""

# ruff: noqa: T201 - a table on standard output is what it is for
import resource
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from archive.media import fingerprint, sketch
from archive.media.derivatives import SIZES, deliver, render
from archive.media.probe import probe
from archive.media.vips import Picture


def scene(path: Path, width: int, height: int) -> Path:
    """A JPEG with as much detail as a photograph: soft forms and grain."""
    draw = np.random.default_rng(1956)
    forms = draw.integers(0, 256, (height // 100, width // 100, 3), dtype=np.uint8)
    soft = np.asarray(Image.fromarray(forms).resize((width, height), Image.Resampling.BICUBIC))
    grain = draw.integers(0, 24, (height, width, 1), dtype=np.uint8)
    grainy = np.minimum(soft.astype(np.uint16) + grain, 255).astype(np.uint8)
    Picture.new_from_array(grainy).copy(interpretation="srgb").jpegsave(str(path), Q=92)
    return path


def by_pillow(master: Path, folder: Path) -> None:
    """The peer: the same sizes, each from the one before."""
    with Image.open(master) as opened:
        opened.draft("RGB", (max(SIZES) * 2, max(SIZES) * 2))
        picture = opened.convert("RGB")
    for size in reversed(SIZES):
        picture.thumbnail((size, size), Image.Resampling.LANCZOS)
        picture.save(folder / f"peer-{size}.jpg", quality=80, optimize=True)


def cost(work: Callable[[], object]) -> float:
    """CPU seconds, the best of three."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def measure(master: Path, folder: Path) -> dict[str, float]:
    """CPU seconds by kind of work."""
    return {
        "probe, digest included": cost(lambda: probe(master)),
        "renditions (4 sizes)": cost(lambda: render(master, folder)),
        "renditions and pyramid": cost(lambda: render(master, folder, pyramid_above=2048)),
        "delivery copy, full size": cost(lambda: deliver(master, folder / "delivered.jpg")),
        "fingerprint": cost(lambda: fingerprint.codes(sketch.of_rendition(folder / "320.jpg"))),
        "peer: Pillow, 4 sizes": cost(lambda: by_pillow(master, folder)),
    }


def main() -> None:
    """Prints the table."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for title, size in (("6 MP", (3000, 2000)), ("50 MP", (8660, 5773))):
            found = measure(scene(folder / "master.jpg", *size), folder)
            peer = found["peer: Pillow, 4 sizes"]
            for work, seconds in found.items():
                print(f"{title:6} {work:28} {seconds:7.3f} s   {seconds / peer:5.2f} of the peer")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"largest memory of the process, the drawing of the masters included: {most} MB")


if __name__ == "__main__":
    main()
