"""How much of a picture file may be read: sizes, counts, times; the one place with such numbers.

Whoever reads a file checks the limit it needs, before doing the work; what a whole process may
take is set here. Invariant: a process never asks for more than it was given.
"""

import resource
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
    values: int = 4096  # data sets of a block, properties of a structure, entries of a list
    segments: int = 16_384  # of a JPEG, before its picture
    xml_depth: int = 32
    cpu_seconds: int = 20
    wall_seconds: float = 60.0
    memory_bytes: int = 1536 * MIB


def confine(memory_bytes: int) -> None:
    """Limit the address space of this process for good, and leave no core file."""
    for kind, wanted in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, memory_bytes)):
        most = _within(kind, wanted)
        resource.setrlimit(kind, (most, most))


def renew_cpu(seconds: int) -> None:
    """Give this process so many CPU seconds more than it has used; then it is killed."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(usage.ru_utime + usage.ru_stime) + seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (_within(resource.RLIMIT_CPU, wanted), hard))


def _within(kind: int, wanted: int) -> int:
    """What is wanted, or less where whoever started this process allowed less."""
    hard = resource.getrlimit(kind)[1]
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
