"""What is missing from the catalogue: named conditions over photographs, as SQL.

A gap is a code, its name and what to do about it, and a condition on `Image` that lists, queues
and reports put into their own queries. What a record says against itself is found in
`contradictions`. The invariant: a condition asks only what an index answers for one photograph,
so that a page of any list costs the same however large the archive is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, Text, and_, cast, exists, func, not_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from archive import settings
from archive.catalogue.contradictions import ContradictionRow
from archive.catalogue.models import (
    Asset,
    CaptionStatement,
    Concept,
    DateStatement,
    Image,
    ImageAgent,
    ImageConcept,
    ImagePlace,
    Unit,
)
from archive.catalogue.record import COMPOSED
from archive.db import Base, now

Condition = ColumnElement[bool]
CREATORS = ("creator", "agency", "studio")
COUNTED_AT_ONCE = 10_000
SAID_BY_ARCHIVIST = ("archivist_title", "archivist_description")


class GapCount(Base):
    """How many photographs had a gap when it was last counted; can be counted anew."""

    __tablename__ = "gap_count"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(default=now)


class UnknownGap(LookupError):
    """There is no gap with this code."""


@dataclass(frozen=True)
class Gap:
    """One thing that photographs lack: its name and what to do, Hungarian and English."""

    code: str
    name: dict[str, str]
    advice: dict[str, str]
    condition: Callable[[], Condition]


@dataclass(frozen=True)
class Standing:
    """Photographs by code of gap; `counted_at` is None when they were counted just now."""

    numbers: dict[str, int]
    counted_at: datetime | None


def fitting(code: str) -> Condition:
    """The condition on `Image` that holds for photographs with this gap. Raises UnknownGap."""
    return gap(code).condition()


def gap(code: str) -> Gap:
    """Raises UnknownGap."""
    if code not in GAPS:
        raise UnknownGap(code)
    return GAPS[code]


def count(session: Session, code: str) -> int:
    """How many photographs have this gap. Raises UnknownGap."""
    query = select(func.count()).select_from(Image).where(fitting(code))
    return session.scalar(query) or 0


def standing(session: Session) -> Standing:
    """How many photographs have each gap; of a large archive as the last count found it."""
    if (session.scalar(select(func.count()).select_from(Image)) or 0) <= COUNTED_AT_ONCE:
        return Standing({code: count(session, code) for code in GAPS}, None)
    kept = {row.code: row for row in session.scalars(select(GapCount))}
    numbers = {c: kept[c].number if c in kept else count(session, c) for c in GAPS}
    return Standing(numbers, min((row.counted_at for row in kept.values()), default=None))


def keep_count(session: Session, code: str, number: int) -> None:
    """Remember a count; the caller's transaction writes it."""
    session.merge(GapCount(code=code, number=number, counted_at=now()))


def listed(session: Session, code: str, *, limit: int, after: int = 0) -> Sequence[Image]:
    """Photographs with this gap in order of their keys, those behind `after` first.

    Raises UnknownGap.
    """
    query = select(Image).where(fitting(code), Image.id > after)
    return session.scalars(query.order_by(Image.id).limit(limit)).all()


def _at_work() -> Condition:
    """What was withdrawn for good needs no more work."""
    return Image.state != "withdrawn"


def _has(model: Any, *conditions: Condition) -> Condition:
    return exists().where(model.image_id == Image.id, *conditions).correlate(Image)


def _says(*types: str) -> Condition:
    """Whether a statement of one of these types holds today."""
    return _has(
        CaptionStatement,
        CaptionStatement.type.in_(types),
        CaptionStatement.superseded_by_id.is_(None),
        CaptionStatement.retired.is_(False),
    )


def _machine_draft() -> Condition:
    return and_(_at_work(), _says("machine"))


def _undescribed() -> Condition:
    return and_(_at_work(), not_(_says(*SAID_BY_ARCHIVIST)))


def _no_title() -> Condition:
    """A numbered frame of a roll or an album is called after it."""
    orderly = select(Unit.id).where(Unit.form.in_(COMPOSED))
    composed = and_(Image.frame != "", Image.unit_id.in_(orderly))
    return and_(_at_work(), not_(_says("archivist_title")), not_(composed))


def _no_rights() -> Condition:
    silent = Image.unit_id.in_(_silent_units())
    return and_(_at_work(), Image.rights_statement == "", silent)


def _silent_units() -> Any:
    """Units that neither state rights nor inherit any."""
    above = (
        select(Unit.id)
        .where(Unit.parent_id.is_(None), Unit.rights_statement == "")
        .cte("silent_unit", recursive=True)
    )
    below = aliased(Unit)
    return select(
        above.union_all(
            select(below.id).where(below.parent_id == above.c.id, below.rights_statement == "")
        ).c.id
    )


def _no_date() -> Condition:
    dated = _has(DateStatement, DateStatement.role == "created")
    return and_(_at_work(), Image.undated.is_(False), not_(dated))


def _date_unread() -> Condition:
    unread = (DateStatement.role == "created", DateStatement.kind == "unread")
    return and_(_at_work(), _has(DateStatement, *unread))


def _no_creator() -> Condition:
    made = _has(ImageAgent, ImageAgent.role.in_(CREATORS))
    return and_(_at_work(), Image.creator_unknown.is_(False), not_(made))


def _no_place() -> Condition:
    return and_(_at_work(), not_(_has(ImagePlace)))


def _no_subject() -> Condition:
    subject = exists().where(
        ImageConcept.image_id == Image.id,
        Concept.id == ImageConcept.concept_id,
        Concept.scheme == "subject",
    )
    return and_(_at_work(), not_(subject.correlate(Image)))


def _no_alt() -> Condition:
    """Only what can be seen needs words for those who cannot see it."""
    words = func.replace(cast(Image.alt, Text), '": ""', "")
    return and_(_at_work(), words.not_like('%": "%'), _has(Asset))


def _no_picture() -> Condition:
    return and_(_at_work(), not_(_has(Asset)))


def _contradictory() -> Condition:
    return and_(_at_work(), _has(ContradictionRow))


def _in_review() -> Condition:
    return Image.state == "in_review"


def _withdrawn() -> Condition:
    return Image.state == "withdrawn"


def _stale_draft() -> Condition:
    since = now() - timedelta(days=settings.current().stale_draft_days)
    return and_(Image.state == "draft", Image.updated_at < since)


def _published(condition: Callable[[], Condition]) -> Callable[[], Condition]:
    return lambda: and_(Image.state == "published", condition())


def _gap(code: str, condition: Callable[[], Condition], hu: str, en: str, do: str, to: str) -> Gap:
    return Gap(code, {"hu": hu, "en": en}, {"hu": do, "en": to}, condition)


_LACKING = (
    _gap(
        "undescribed",
        _undescribed,
        "Leíratlan",
        "Undescribed",
        "Az archívum még nem adott nekik sem címet, sem leírást. Kezdje azokkal, "
        "amelyeket keresnek.",
        "The archive has given them neither a title nor a description. Begin with those that "
        "people look for.",
    ),
    _gap(
        "no_title",
        _no_title,
        "Nincs címe",
        "Without a title",
        "Cím nélkül nem tehetők közzé. Egy rövid, tárgyszerű cím elég.",
        "They cannot be published without one. A short, plain title will do.",
    ),
    _gap(
        "no_rights",
        _no_rights,
        "Nincs jogi státusza",
        "Without a rights statement",
        "Sem a fényképnek, sem a fölötte álló egységnek nincs jogi státusza. Gyakran elég a "
        "fondnál megadni.",
        "Neither the photograph nor a unit above it states the rights. Stating them once for the "
        "fonds is often enough.",
    ),
    _gap(
        "no_date",
        _no_date,
        "Nincs dátuma",
        "Without a date",
        "Adjon meg egy mégoly tág időt, vagy jelölje datálatlannak.",
        "Give a date, however wide, or mark the photograph as undated.",
    ),
    _gap(
        "date_unread",
        _date_unread,
        "Olvashatatlan dátum",
        "Date not understood",
        "A dátum szövegét a program nem értette, ezért idő szerint nem találhatók meg. Írja le "
        "másként; az eredeti szöveg megmarad.",
        "The words of the date were not understood, so these cannot be found by time. Write it "
        "another way; the original wording is kept.",
    ),
    _gap(
        "no_creator",
        _no_creator,
        "Nincs készítője",
        "Without a photographer",
        "Nevezze meg a fényképészt vagy az ügynökséget, vagy jelölje ismeretlennek.",
        "Name the photographer or the agency, or say that the maker is unknown.",
    ),
    _gap(
        "no_place",
        _no_place,
        "Nincs helye",
        "Without a place",
        "Egy város is segít: hely nélkül nem kerülnek térképre.",
        "Even a town helps: without a place they are on no map.",
    ),
    _gap(
        "no_subject",
        _no_subject,
        "Nincs tárgyszava",
        "Without a subject",
        "Két-három tárgyszó elég, hogy téma szerint is előkerüljenek.",
        "Two or three subjects are enough to make them turn up by theme.",
    ),
    _gap(
        "no_alt",
        _no_alt,
        "Nincs szöveges megfelelője",
        "Without alternative text",
        "Írja le egy mondatban, mi látható, azoknak, akik a képet nem látják.",
        "Say in one sentence what is to be seen, for those who cannot see the picture.",
    ),
    _gap(
        "no_picture",
        _no_picture,
        "Nincs képe",
        "Without a picture",
        "Csak leírásuk van. Digitalizálja, vagy adja hozzá a fájlt.",
        "There is only a description. Digitise the photograph or add its file.",
    ),
)
_STANDING = (
    _gap(
        "contradictory",
        _contradictory,
        "Ellentmondó adatok",
        "Contradictory",
        "Egy-egy leírás két állítása kizárja egymást. Döntse el, melyik áll, vagy írja meg, "
        "miért vitatott.",
        "Two statements of one description exclude each other. Decide which holds, or say why it "
        "is contested.",
    ),
    _gap(
        "in_review",
        _in_review,
        "Ellenőrzésre vár",
        "Awaiting review",
        "Valaki elkészült velük; nézze át és tegye közzé, vagy adja vissza.",
        "Somebody has finished them; look them over and publish them, or hand them back.",
    ),
    _gap(
        "machine_draft",
        _machine_draft,
        "Gépi vázlat, emberre vár",
        "Drafted by a machine",
        "Program olvasta le a hátoldalt. Vesse össze a képpel, javítsa, és adja meg, ki írta.",
        "A program has read the back. Compare it with the picture, correct it, say whose words.",
    ),
    _gap(
        "stale_draft",
        _stale_draft,
        "Régen nem nyúltak hozzá",
        "Drafts left lying",
        "Vázlatok, amelyekhez hosszú ideje senki sem nyúlt. Fejezze be őket.",
        "Drafts that nobody has touched for a long time. Finish them.",
    ),
    _gap(
        "withdrawn",
        _withdrawn,
        "Visszavont",
        "Withdrawn",
        "Aki a címüket megnyitja, ezt olvassa. Itt nincs teendő.",
        "Their addresses say so to whoever asks. There is nothing to do.",
    ),
)
_NEEDED = ("no_title", "no_date", "no_creator", "no_rights", "no_alt", "no_picture")


def _already_public(lacking: Gap) -> Gap:
    return _gap(
        f"published_{lacking.code}",
        _published(lacking.condition),
        f"Nyilvános, de: {lacking.name['hu'][0].lower()}{lacking.name['hu'][1:]}",
        f"Published {lacking.name['en'][0].lower()}{lacking.name['en'][1:]}",
        lacking.advice["hu"],
        lacking.advice["en"],
    )


GAPS: dict[str, Gap] = {
    found.code: found
    for found in (
        *_LACKING,
        *_STANDING,
        *(_already_public(found) for found in _LACKING if found.code in _NEEDED),
    )
}
