"""Logging: one line a record, and nobody's e-mail address in it."""

from __future__ import annotations

import logging
import re

ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Discreet(logging.Formatter):
    """Writes a record with its traceback, every e-mail address in either masked."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def mask(text: str) -> str:
    """The text with every e-mail address replaced."""
    return ADDRESS.sub("(address)", text)


def configure(level: int = logging.INFO) -> None:
    """Send the log of this process to standard error; called once by whatever serves or works."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("huey").setLevel(logging.WARNING)
