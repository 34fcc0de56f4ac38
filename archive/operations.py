"""Pages for whoever runs the archive: is it alive, is it ready, how much does it do."""

from __future__ import annotations

import time
from collections import Counter

from flask import Blueprint, Response, abort, request
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from archive import schema
from archive.accounts.web import current_actor
from archive.db import engine, session
from archive.history import latest_seq
from archive.jobs import Job
from archive.mail import Outgoing

blueprint = Blueprint("operations", __name__)
_answers: Counter[str] = Counter()
_started = time.time()
LOCAL = {"127.0.0.1", "::1"}
PASSED_ON = ("X-Forwarded-For", "Forwarded")


@blueprint.get("/healthz")
def healthz() -> Response:
    """This process answers."""
    return _plain("ok\n")


@blueprint.get("/readyz")
def readyz() -> Response:
    """The database can be read and has the schema that this program needs."""
    try:
        at, needed = schema.present(engine()), schema.newest()
    except SQLAlchemyError:
        return _plain("the database cannot be reached\n", 503)
    if at != needed:
        return _plain(f"the database is at revision {at}, this program needs {needed}\n", 503)
    return _plain("ready\n")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Counts in Prometheus' text format, for this machine and for administrators."""
    if not _is_local() and not current_actor().has("administrator"):
        abort(404)
    lines = [
        f"pillanat_uptime_seconds {time.time() - _started:.0f}",
        f"pillanat_history_seq {latest_seq(session())}",
        *(f'pillanat_responses_total{{status="{kind}"}} {n}' for kind, n in _answers.items()),
        *_states("pillanat_jobs", Job),
        *_states("pillanat_mail", Outgoing),
    ]
    return _plain("\n".join(lines) + "\n")


def _is_local() -> bool:
    """Asked on this machine, not through a proxy on it of which the settings do not know."""
    return request.remote_addr in LOCAL and not any(name in request.headers for name in PASSED_ON)


@blueprint.after_app_request
def count(response: Response) -> Response:
    _answers[f"{response.status_code // 100}xx"] += 1
    return response


def _states(name: str, model: type[Job] | type[Outgoing]) -> list[str]:
    rows = session().execute(select(model.state, func.count()).group_by(model.state))
    return [f'{name}{{state="{state}"}} {number}' for state, number in rows]


def _plain(text: str, status: int = 200) -> Response:
    answer = Response(text, status, mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer
