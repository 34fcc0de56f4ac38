"""The records of the demo archive "Budapest 1956": thirty specimens with all they refer to.

Pure data.  Every key used by a photograph is found in `UNITS`, `PLACES`, `EVENTS`, `CONCEPTS`,
`AGENTS` or `COLLECTIONS`; every photograph is a specimen and says so.
"""

from __future__ import annotations

from archive.demo.backs import BACKS
from archive.demo.everyday_records import EVERYDAY
from archive.demo.model import Photograph
from archive.demo.november_records import NOVEMBER
from archive.demo.october_records import OCTOBER
from archive.demo.rights_cases import COLLECTIONS
from archive.demo.starter.events import EVENTS
from archive.demo.starter.places import PLACES
from archive.demo.starter.terms import CONCEPTS
from archive.demo.subjects import AGENTS
from archive.demo.units import FONDS, UNITS

# The code in IPTC's list http://cv.iptc.org/newscodes/digitalsourcetype/ of media made purely by an
# algorithm, not from sampled pictures; it goes into every file, so that no copy loses it.
DIGITAL_SOURCE_TYPE = "algorithmicMedia"
MARK = "SPECIMEN"

PHOTOGRAPHS: tuple[Photograph, ...] = OCTOBER + EVERYDAY + NOVEMBER

__all__ = [
    "AGENTS",
    "BACKS",
    "COLLECTIONS",
    "CONCEPTS",
    "DIGITAL_SOURCE_TYPE",
    "EVENTS",
    "FONDS",
    "MARK",
    "PHOTOGRAPHS",
    "PLACES",
    "UNITS",
]
