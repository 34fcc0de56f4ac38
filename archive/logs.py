"""Logging: one line a record, and nobody's e-mail address in it."""

from __future__ import annotations

import logging
import logging.config
import re
from typing import Any

ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Discreet(logging.Formatter):
    """Writes a record with its traceback, every e-mail address in either masked."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def mask(text: str) -> str:
    """The text with every e-mail address replaced."""
    return ADDRESS.sub("(address)", text)


def configure() -> None:
    """Send the log of this process to standard error; called once by whatever serves or works."""
    logging.config.dictConfig(CONFIG)


CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": Discreet, "fmt": FORMAT}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "alembic": {"level": "WARNING"},
        "huey": {"level": "WARNING"},
        "pyvips": {"level": "WARNING"},
        "_granian": {"level": "ERROR"},
    },
}
