"""The web application in one process of `pillanat serve`, which ends when its parent does."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from multiprocessing.process import BaseProcess

from flask import Flask

from archive.app import create_app
from archive.search import service as searching

RARELY = 20_000, 20, 20  # new objects before a search, and searches before a longer one


def application() -> Flask:
    """What each process serves. An orphan would keep the port and serve an old program for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
    app = create_app()
    _settle(app)
    threading.Thread(target=searching.warm, daemon=True).start()
    return app


def _settle(app: Flask) -> None:
    """Read the pages' templates before anybody waits for one, and keep what stays out of every
    later search for garbage: that search would take a tenth of a second, in the midst of answers.
    The rest is searched less often than Python would: a save makes tens of thousands of objects,
    nearly all of which go by themselves, and searching was a third of the slowest ones.
    """
    for name in app.jinja_env.list_templates(filter_func=app.select_jinja_autoescape):
        app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
