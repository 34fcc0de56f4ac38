"""What a worker does: importing this registers the jobs and followers of every room."""

from __future__ import annotations

import threading

from archive import jobs, mail
from archive.catalogue import bulk, versos
from archive.catalogue import upkeep as catalogue
from archive.ingest import prints
from archive.ingest import service as ingest
from archive.ingest.atom import taking as atom
from archive.ingest.roundtrip import applying as sheets
from archive.licensing import delivery
from archive.media import service as media
from archive.search import alerts, misses
from archive.search import follow as search
from archive.settings import Settings

ROOMS = (
    mail,
    catalogue,
    bulk,
    versos,
    media,
    search,
    misses,
    alerts,
    ingest,
    prints,
    sheets,
    atom,
    delivery,
)


def run(stop: threading.Event, settings: Settings) -> None:
    """Work off the jobs of all rooms and run their followers until `stop` is set."""
    jobs.run_worker(stop, settings)
