"""Letters about new photographs of saved searches: one a search and day, with a link that stops it.

What is new follows from what was told before, not from when this ran last: a run that was missed,
repeated or cut off tells nothing twice and leaves nothing out. The invariant: the letter, and that
its photographs were told, are one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from archive import db, mail
from archive.accounts.models import Person
from archive.catalogue.models import Image
from archive.catalogue.projection import today
from archive.history import Actor
from archive.jobs import Run, every
from archive.search import watching
from archive.search.engine import Hit
from archive.search.loading import CHUNK
from archive.search.models import SavedSearch
from archive.settings import current

HOUR = 3600
WEEK = timedelta(days=7)
SHOWN = 20  # photographs that a letter names
REMEMBERED = 2 * watching.PAGE * watching.PAGES


@every(HOUR)
def tell_of_new_photographs(run: Run) -> None:
    """Write today's letters, from the hour of the settings on."""
    if datetime.now(ZoneInfo(current().time_zone)).hour < current().alert_hour:
        return
    waiting = db.session().scalars(_due(today()).order_by(SavedSearch.id)).all()
    db.release()
    for count, search_id in enumerate(waiting, start=1):
        tell(search_id, today())
        db.release()
        run.progress(count, len(waiting))


def tell(search_id: int, day: date) -> int:
    """Write the letter of one search if there is news; gives the photographs it tells of."""
    session = db.session()
    saved = session.get_one(SavedSearch, search_id)
    seen = watching.seen_by(saved.query, _actor(session.get_one(Person, saved.person_id)))
    if seen is None or not _news(session, saved, seen):
        return 0
    with db.transaction() as session:
        due = _due(day).where(SavedSearch.id == search_id)
        if session.scalars(due.with_for_update()).first() is None:
            return 0  # another worker was faster, or the letters were stopped meanwhile
        saved = session.get_one(SavedSearch, search_id)
        news = _news(session, saved, seen)
        if news:
            _write(session, saved, news, day)
        return len(news)


def stop_token(public_id: str) -> str:
    """The signed part of the link that stops the letters about a search."""
    return _signer().dumps(public_id)


def stopped_by(token: str) -> str:
    """The search that a link is about. Raises LookupError for one that we did not make."""
    try:
        return str(_signer().loads(token))
    except BadSignature as error:
        raise LookupError(token) from error


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current().key_for("alerts"))


def _due(day: date) -> Any:
    """Searches of people who may sign in, about which no letter has gone for their time."""
    return (
        select(SavedSearch.id)
        .join(Person, Person.id == SavedSearch.person_id)
        .where(Person.active, or_(_silent("daily", day), _silent("weekly", day - WEEK, last=True)))
    )


def _silent(alert: str, day: date, *, last: bool = False) -> ColumnElement[bool]:
    """No letter on this day or later; with `last` one on the day itself is long enough ago."""
    before = SavedSearch.told_on <= day if last else SavedSearch.told_on < day
    return and_(SavedSearch.alert == alert, or_(SavedSearch.told_on.is_(None), before))


def _actor(person: Person) -> Actor:
    """The owner as search knows them: a publisher finds what everybody finds."""
    roles = [grant.role for grant in person.grants]
    return Actor(person.id, roles[0] if roles else "reader", frozenset(roles))


def _news(session: Session, saved: SavedSearch, seen: watching.Seen) -> list[Hit]:
    """What was not told. Where not all was known when the alert began, what was published since."""
    told = set(saved.told)
    news = [hit for hit in seen.hits if hit.id not in told]
    if saved.whole or not news:
        return news
    since = _published_since(session, [hit.id for hit in news], saved.watched_at)
    return [hit for hit in news if hit.id in since]


def _published_since(session: Session, ids: Sequence[str], moment: datetime) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(ids), CHUNK):
        among = Image.public_id.in_(ids[start : start + CHUNK])
        found |= set(
            session.scalars(select(Image.public_id).where(among, Image.published_at > moment))
        )
    return found


def _write(session: Session, saved: SavedSearch, news: Sequence[Hit], day: date) -> None:
    person = session.get_one(Person, saved.person_id)
    locale = person.language or current().default_language
    told = [*saved.told, *(hit.id for hit in news)]
    saved.whole = saved.whole and len(told) <= REMEMBERED
    saved.told, saved.told_on = told[-REMEMBERED:], day
    key = f"alert:{saved.public_id}:{day.isoformat()}"
    mail.send("new_photographs", person.email, locale, _payload(saved, news, locale), key)


def _payload(saved: SavedSearch, news: Sequence[Hit], locale: str) -> dict[str, Any]:
    base = current().base_url.rstrip("/")
    return {
        "name": saved.name,
        "number": len(news),
        "photographs": [_line(hit, base, locale) for hit in news[:SHOWN]],
        "search_link": f"{base}/search?{saved.query}{'&' if saved.query else ''}sort=newest",
        "stop_link": f"{base}/account/searches/stop/{stop_token(saved.public_id)}",
        "list_link": f"{base}/account/searches",
    }


def _line(hit: Hit, base: str, locale: str) -> dict[str, str]:
    title = _said(hit.show["title"], locale) or hit.show["ref"] or hit.id
    return {
        "title": " ".join(title.split()),
        "date": _said(hit.show["date"], locale),
        "link": f"{base}/photographs/{hit.id}",
    }


def _said(texts: Mapping[str, str], locale: str) -> str:
    return texts.get(locale) or next(iter(texts.values()), "")
