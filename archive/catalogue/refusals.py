"""What the catalogue answers instead of doing something: errors that carry data.

They hold a code and its values, never a sentence; whoever shows them translates. The verbs that
raise them are in `service` and `arrangement`.
"""

from __future__ import annotations

from typing import Any


class NotFound(LookupError):
    """There is no such photograph or unit, or this reader may not know of it."""


class Gone(Exception):
    """The photograph was withdrawn; `reason` is the class that may be told."""

    def __init__(self, reason: str) -> None:
        super().__init__("this photograph was withdrawn")
        self.reason = reason


class Moved(Gone):
    """The photograph was found to be another one; `to` is the identifier it leads to."""

    def __init__(self, to: str) -> None:
        super().__init__("merged")
        self.to = to


class Stale(Exception):
    """Somebody else has saved in the meantime; `found` is the version that holds now."""

    def __init__(self, based_on: int, found: int) -> None:
        super().__init__("somebody else has changed this record in the meantime")
        self.based_on, self.found = based_on, found


class NotReady(Exception):
    """The record may not be published yet; `missing` names what the rules ask for."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("not ready to be published: " + ", ".join(missing))
        self.missing = missing


class Refused(Exception):
    """A value cannot be accepted; `code` and `params` say which sentence to show."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code.replace("_", " ") + (f": {params}" if params else ""))
        self.code, self.params = code, params
