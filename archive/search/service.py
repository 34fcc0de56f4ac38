"""Finding photographs: what pages and the command line call.

`find` asks the engine and checks each hit against the rights decision of this moment, so that
a photograph hidden a second ago neither shows nor counts. Where the index cannot answer, the
database does, with a notice; a reader never meets an error. The invariant: who is not staff gets
only what readers may see, whatever the index holds.
"""

import logging
import threading
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Date, Row, and_, bindparam, select
from sqlalchemy.orm import Session

from archive import db, rights
from archive.catalogue.models import Image
from archive.catalogue.projection import images_of, today
from archive.history import Actor, changes_after, latest_seq
from archive.media.models import Picture
from archive.search import database
from archive.search.analysis import Analyzer
from archive.search.engine import (
    Audience,
    Health,
    Hit,
    IndexUnusable,
    Results,
    SearchEngine,
    Suggestion,
)
from archive.search.loading import CHUNK, shown_to_readers
from archive.search.query import Query
from archive.search.tree import Guards
from archive.search.whoosh_engine import WhooshEngine
from archive.settings import current

# Made once: to put such a statement together takes as long as to answer it.
_NOW = (
    select(
        Image.public_id, rights.Access.max_px, rights.Access.epoch,
        Picture.thumbhash, Picture.sizes, Picture.width, Picture.height,
    )
    .join(rights.Access, rights.Access.image_id == Image.id)
    .outerjoin(
        Picture, and_(Picture.image_id == Image.id, Picture.asset_id.in_(bindparam("assets")))
    )
    .where(Image.public_id.in_(bindparam("names")))
)  # fmt: skip
_SHOWN = _NOW.where(shown_to_readers(bindparam("day", type_=Date)))
EXPIRY_S = 60  # how long the list of decisions that have run out is relied on
FOLLOWED = 20_000  # changes behind which a reader no longer looks one by one
TRIES = 4
log = logging.getLogger(__name__)
_engines: dict[Path, SearchEngine] = {}
_making = threading.Lock()


@dataclass(frozen=True, slots=True)
class Status:
    """How the index stands: its health, and how many changes it has not seen yet."""

    health: Health
    latest_seq: int

    @property
    def lag(self) -> int:
        return max(0, self.latest_seq - self.health.applied_seq)


def engine() -> SearchEngine:
    """The engine of this process, for the folder named in the settings."""
    folder, cache = current().search_index, current().search_cache_mib
    with _making:
        if folder not in _engines:
            _engines[folder] = WhooshEngine(folder, Analyzer(folder / "words"), cache_mib=cache)
        return _engines[folder]


def guards() -> Guards:
    """The bounds of a query that the settings name; pages give them to `query.parse`."""
    chosen = current()
    return Guards(chars=chosen.max_query_chars, page=chosen.max_page)


def audience_of(actor: Actor) -> Audience:
    return "staff" if actor.is_staff else "public"


def find(query: Query, actor: Actor) -> Results:
    """Answer a query for this actor. Never raises for the state of the index."""
    session = db.session()
    begun = time.perf_counter()
    try:
        results = _checked(session, query, audience_of(actor))
    except IndexUnusable as error:
        if error.code != "absent":
            log.warning("searching the database: %s", error)
        results = database.find(session, query, audience_of(actor))
    return replace(results, took_ms=round((time.perf_counter() - begun) * 1000, 1))


def suggest(typed: str, actor: Actor, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """Complete what is being typed; nothing while there is no index."""
    audience = audience_of(actor)
    try:
        hidden = _hidden(db.session(), audience)
        return engine().suggest(typed, audience, limit=limit, hidden=hidden)
    except IndexUnusable:
        return ()


def warm() -> None:
    """Open now what the first reader of this process would else wait for."""
    with suppress(IndexUnusable):
        engine().warm()


def status(*, thorough: bool = False) -> Status:
    """How the index stands, for whoever runs the archive; thorough reads every file."""
    return Status(engine().health(thorough=thorough), latest_seq(db.session()))


def _checked(session: Session, query: Query, audience: Audience) -> Results:
    """The engine's answer without what is hidden now, asked again when a hit turns out to be."""
    hidden = set(_hidden(session, audience))
    for _ in range(TRIES):
        results = engine().find(query, audience, hidden=hidden)
        seen = _as_of_now(session, results.hits, audience)
        gone = {hit.id for hit in results.hits} - set(seen)
        if not gone:
            break
        hidden |= gone
    kept = (hit for hit in results.hits if hit.id in seen)
    fresh = tuple(replace(hit, show=_shown(hit.show, seen[hit.id])) for hit in kept)
    return replace(results, hits=fresh)


def _as_of_now(
    session: Session, hits: Collection[Hit], audience: Audience
) -> Mapping[str, Row[Any]]:
    """Those of some hits that the audience may see at this moment, with what follows from no
    change of the record: rights and renditions."""
    asked = {"names": [hit.id for hit in hits], "assets": [hit.show["asset"] for hit in hits]}
    if audience == "public":
        return {row.public_id: row for row in session.execute(_SHOWN, {**asked, "day": today()})}
    return {row.public_id: row for row in session.execute(_NOW, asked)}


def _shown(show: Mapping[str, Any], row: Row[Any]) -> dict[str, Any]:
    now = {**show, "max_px": row.max_px, "epoch": row.epoch, "sizes": row.sizes or []}
    if row.thumbhash is not None:
        now["thumbhash"] = row.thumbhash
        if row.width and row.height:
            now |= {"width": row.width, "height": row.height}
    return now


@dataclass
class _Lag:
    """What was hidden since the index was written: looked up once for each new change."""

    applied: int = -1
    latest: int = -1
    changed: frozenset[str] = frozenset()
    expired: frozenset[str] = frozenset()
    expired_at: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)


_lags: dict[str, _Lag] = {}


def _hidden(session: Session, audience: Audience) -> frozenset[str]:
    """Photographs that the index may still show to readers, and readers may no longer see."""
    if audience == "staff":
        return frozenset()
    lag = _lags.setdefault(str(session.get_bind().url), _Lag())  # type: ignore[union-attr]
    applied, latest = engine().applied_seq(), latest_seq(session)
    with lag.lock:
        if (applied, latest) != (lag.applied, lag.latest):
            lag.changed = _hidden_since(session, applied) if latest > applied else frozenset()
            lag.applied, lag.latest = applied, latest
        if time.monotonic() - lag.expired_at > EXPIRY_S:
            lag.expired, lag.expired_at = _expired(session), time.monotonic()
        return lag.changed | lag.expired


def _hidden_since(session: Session, applied: int) -> frozenset[str]:
    subjects = {s for _, s in changes_after(session, applied, limit=FOLLOWED)}
    keys = images_of(session, subjects)
    found: set[str] = set()
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        names = set(session.scalars(select(Image.public_id).where(Image.id.in_(chunk))))
        found |= names - _seen_by_readers(session, names)
    return frozenset(found)


def _seen_by_readers(session: Session, ids: Collection[str]) -> set[str]:
    """Those of some photographs that readers may see at this moment."""
    chosen = (
        select(Image.public_id)
        .join(rights.Access, rights.Access.image_id == Image.id)
        .where(Image.public_id.in_(ids), shown_to_readers(today()))
    )
    return set(session.scalars(chosen))


def _expired(session: Session) -> frozenset[str]:
    over = select(rights.Access.image_id).where(rights.Access.valid_until < today())
    return frozenset(session.scalars(select(Image.public_id).where(Image.id.in_(over))))
