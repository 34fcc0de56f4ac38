"""Rights: what may be done with a photograph, by whom, and why.

`decide(facts, use, context)` is pure and the one access policy; `keep()` stores its answer for one
photograph as an access row, which pages, pictures, search and the licence desk read.
"""

from archive.rights.access import Access, expired, keep, of_image
from archive.rights.decision import (
    USES,
    Context,
    Decision,
    Facts,
    Policy,
    Reason,
    decide,
)
from archive.rights.vocabulary import STATEMENTS, Statement, statement
from archive.rights.words import answer, sentence

__all__ = [
    "STATEMENTS",
    "USES",
    "Access",
    "Context",
    "Decision",
    "Facts",
    "Policy",
    "Reason",
    "Statement",
    "answer",
    "decide",
    "expired",
    "keep",
    "of_image",
    "sentence",
    "statement",
]
