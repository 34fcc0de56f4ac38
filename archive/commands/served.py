"""The web application in one process of `pillanat serve`, which ends when its parent does."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.process import BaseProcess

from flask import Flask

from archive.app import create_app


def application() -> Flask:
    """What each process serves. An orphan would keep the port and serve an old program for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
    return create_app()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
