"""Looking up while somebody types: by the beginning of any word of any name, most used first.

`AuthorityWord` holds each folded word of each name once, with the number of photographs that refer
to its authority, so that one range of one index answers; a word that begins with a space is the
whole preferred name, in whose order lists stand. It follows from the authorities and the
links: every change set brings it up to date, `renew` makes it anew. What was merged into another
or is deprecated has no words, so it is never offered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Select, delete, distinct, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from archive import history
from archive.catalogue.authorities.kinds import KINDS, Kind
from archive.catalogue.authorities.names import Row, fold, preferred_names, words_of
from archive.catalogue.models import AuthorityWord, Concept
from archive.history import Subject

BATCH = 500
MOST_WORDS = 6
LONGEST = 80
LAST = "\U0010ffff"
WHOLE = " "


def lookup(
    session: Session, kind: str, text: str, *, scheme: str = "", limit: int = 12
) -> list[Row]:
    """Authorities with a name that has words beginning as typed. Raises KeyError for a kind."""
    model = KINDS[kind].model
    typed = sorted(set(fold(text).split()), key=len, reverse=True)[:MOST_WORDS]
    if not typed:
        return []
    keys = session.scalars(fitting(kind, typed, scheme).limit(limit)).all()
    rows = {row.id: row for row in session.scalars(select(model).where(model.id.in_(keys)))}
    return [rows[key] for key in keys]


def fitting(kind: str, typed: list[str], scheme: str) -> Select[int]:
    """Keys by number of uses; the longest word chooses, the others are looked for beside it.

    The sum keeps SQLite from walking through all words in the order of the keys.
    """
    key = AuthorityWord.authority_id + 0
    query = (
        select(key)
        .where(AuthorityWord.kind == kind, *_begins(AuthorityWord, typed[0]))
        .group_by(key)
        .order_by(func.max(AuthorityWord.uses).desc(), key)
    )
    if scheme:
        query = query.where(AuthorityWord.scheme == scheme)
    for word in typed[1:]:
        other = aliased(AuthorityWord)
        same = (other.kind == kind, other.authority_id == AuthorityWord.authority_id)
        query = query.where(select(other.word).where(*same, *_begins(other, word)).exists())
    return query


def listed(
    kind: str, text: str = "", *, scheme: str = "", unused: bool = False
) -> Select[int, int]:
    """Keys and uses in the order of the names; of those that fit what is typed, if anything is."""
    at = AuthorityWord
    query = select(at.authority_id, at.uses).where(at.kind == kind, *_begins(at, WHOLE))
    if scheme:
        query = query.where(at.scheme == scheme)
    if unused:
        query = query.where(at.uses == 0)
    if typed := sorted(set(fold(text).split()), key=len, reverse=True)[:MOST_WORDS]:
        query = query.where(at.authority_id.in_(fitting(kind, typed, scheme)))
    return query.order_by(at.word, at.authority_id)


def having(session: Session, kind: Kind, name: str, scheme: str = "") -> list[Row]:
    """Authorities that have every word of a name among their names; few enough to compare."""
    words = set(fold(name).split())
    if not words:
        return []
    at = AuthorityWord
    query = select(at.authority_id).where(
        at.kind == kind.name, at.word.in_({word[:LONGEST] for word in words})
    )
    if scheme:
        query = query.where(at.scheme == scheme)
    whole = query.group_by(at.authority_id).having(func.count() == len(words)).limit(BATCH)
    found = kind.model.id.in_(session.scalars(whole).all())
    return list(session.scalars(select(kind.model).where(found).order_by(kind.model.id)))


@history.project
def project(session: Session, subjects: list[Subject]) -> None:
    """Count the versions of changed authorities; bring their words, and all uses, up to date."""
    relinked = _relinked(session)
    for kind in KINDS.values():
        changed = {subject.id for subject in subjects if subject.kind == kind.name}
        for chunk in _chunks(changed):
            later = kind.model.version + 1
            session.execute(
                update(kind.model).where(kind.model.id.in_(chunk)).values(version=later)
            )
            _write(session, kind, chunk)
        for chunk in _chunks(relinked[kind.column] - changed):
            _recount(session, kind, chunk)


def renew(session: Session) -> None:
    """Write all words anew."""
    session.execute(delete(AuthorityWord))
    for kind in KINDS.values():
        for chunk in _chunks(session.scalars(select(kind.model.id)).all()):
            _write(session, kind, chunk)


def uses(session: Session, kind: Kind, keys: Collection[int]) -> dict[int, int]:
    """How many photographs refer to each of these; those without use are absent."""
    number = func.count(distinct(kind.link.image_id))
    counted = select(kind.key, number).where(kind.key.in_(keys)).group_by(kind.key)
    return dict(session.execute(counted).all())


def _begins(table: Any, word: str) -> tuple[Any, Any]:
    """A range, for a pattern would use no index where the database sorts by a language."""
    start = word[:LONGEST]
    return table.word >= start, table.word < start + LAST


def _write(session: Session, kind: Kind, keys: Collection[int]) -> None:
    mine = AuthorityWord.authority_id.in_(keys)
    session.execute(delete(AuthorityWord).where(AuthorityWord.kind == kind.name, mine))
    used = uses(session, kind, keys)
    found = session.scalars(select(kind.model).where(kind.model.id.in_(keys)))
    rows = [entry for row in found for entry in _entries(kind, row, used.get(row.id, 0))]
    if rows:
        session.execute(insert(AuthorityWord), rows)


def _entries(kind: Kind, row: Any, number: int) -> Iterator[dict[str, Any]]:
    concept = isinstance(row, Concept)
    if row.merged_into_id is not None or (concept and row.state == "deprecated"):
        return
    shared = {
        "kind": kind.name,
        "authority_id": row.id,
        "scheme": row.scheme if concept else "",
        "uses": number,
    }
    whole = WHOLE + fold(next(preferred_names(row), ""))
    for word in {word[:LONGEST] for word in (whole, *words_of(row))}:
        yield {**shared, "word": word}


def _recount(session: Session, kind: Kind, keys: Collection[int]) -> None:
    used = uses(session, kind, keys)
    for key in keys:
        number = used.get(key, 0)
        mine = (AuthorityWord.kind == kind.name, AuthorityWord.authority_id == key)
        session.execute(
            update(AuthorityWord).where(*mine, AuthorityWord.uses != number).values(uses=number)
        )


def _relinked(session: Session) -> dict[str, set[int]]:
    """By column of the links: what the open change set links to a photograph or parts from one."""
    found: dict[str, set[int]] = {kind.column: set() for kind in KINDS.values()}
    links = {kind.link.__tablename__ for kind in KINDS.values()}
    rows = (sides for entity, sides in history.touched_rows(session) if entity in links)
    for side in (side or {} for sides in rows for side in sides):
        for column in found.keys() & side.keys():
            found[column].add(side[column])
    return found


def _chunks(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    return (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))
