"""How much of a picture file may be read: sizes, counts, times; the one place with such numbers.

Does not enforce anything: whoever reads a file checks the limit it needs, before doing the work.
"""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one file; whatever goes beyond is refused or left out with a reason."""

    file_bytes: int = 2 * 1024 * MIB
    pixels: int = 250_000_000
    progressive_pixels: int = 100_000_000  # a progressive JPEG is decoded wholly in memory
    side: int = 60_000
    frames: int = 64
    header_bytes: int = 64 * MIB  # all metadata blocks of one file together
    icc_bytes: int = 16 * MIB
    xmp_bytes: int = 4 * MIB
    iim_bytes: int = 1 * MIB
    text_bytes: int = 1 * MIB  # one value
    tags_per_ifd: int = 4096
    xml_depth: int = 32
    cpu_seconds: int = 20
    wall_seconds: float = 60.0
    memory_bytes: int = 1536 * MIB
