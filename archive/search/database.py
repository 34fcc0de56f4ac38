"""A plain search of the database, for the time in which there is no index to ask.

It knows words as they are written (no other forms, no accents left out), phrases, beginnings, dates
and identifiers; it counts no facets. The invariant: a reader's search looks only at what `public`
leaves of published photographs.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, true
from sqlalchemy.orm import Session

from archive import db, rights
from archive.catalogue.models import (
    Agent,
    CaptionStatement,
    Concept,
    DateStatement,
    Event,
    Image,
    ImageAgent,
    ImageConcept,
    ImageEvent,
    ImageIdentifier,
    ImagePlace,
    Place,
    RecordRow,
)
from archive.catalogue.projection import today
from archive.search.documents import FIRST_HOUR, LAST_HOUR, SearchDocument
from archive.search.engine import Audience, Hit, Results
from archive.search.loading import documents_of, shown_to_readers
from archive.search.query import Query
from archive.search.tree import (
    And,
    Field,
    Fuzzy,
    Identifier,
    Node,
    Not,
    Notice,
    Or,
    Overlap,
    Phrase,
    Prefix,
    Term,
)

Condition = ColumnElement[bool]
_LINKED: dict[str, tuple[Any, Any]] = {
    "person": (ImageAgent, Agent),
    "photographer": (ImageAgent, Agent),
    "place": (ImagePlace, Place),
    "event": (ImageEvent, Event),
    "subject": (ImageConcept, Concept),
}


def find(session: Session, query: Query, audience: Audience) -> Results:
    """Answer a query without an index; facets chosen to narrow it are left out, which is noted."""
    wanted = _where(query.tree, audience)
    shown = shown_to_readers(today()) if audience == "public" else true()
    joined: Any = _images().where(shown, wanted)
    total = session.scalar(joined.with_only_columns(func.count(Image.id))) or 0
    page = session.execute(_ordered(joined, query).limit(query.limit).offset(query.offset)).all()
    documents = {d.id: d for d in documents_of(session, [row.id for row in page], seq=0)}
    hits = [_hit(documents[row.public_id], audience) for row in page]
    notices = [*query.notices, Notice("search_limited")]
    if query.filters:
        notices.append(Notice("filters_ignored", {"filters": sorted(query.filters)}))
    return Results(total, tuple(hit for hit in hits if hit), notices=tuple(notices))


def _images() -> Any:
    return (
        select(Image.id, Image.public_id)
        .join(RecordRow, RecordRow.image_id == Image.id)
        .join(rights.Access, rights.Access.image_id == Image.id)
    )


def _ordered(joined: Any, query: Query) -> Any:
    if query.sort in ("date", "-date"):
        days = select(func.min(DateStatement.earliest)).where(DateStatement.image_id == Image.id)
        day = days.scalar_subquery()
        return joined.order_by(day.desc() if query.sort == "-date" else day, Image.id)
    if query.sort == "id":
        return joined.order_by(Image.ref_code, Image.id)
    return joined.order_by(Image.published_at.desc(), Image.id)


def _hit(document: SearchDocument, audience: Audience) -> Hit | None:
    face = document.staff if audience == "staff" else document.public
    return Hit(document.id, 0.0, "", (), face.hit) if face else None


def _where(node: Node, audience: Audience) -> Condition:
    match node:
        case And(nodes):
            return and_(*(_where(inner, audience) for inner in nodes))
        case Or(nodes):
            return or_(*(_where(inner, audience) for inner in nodes))
        case Not(inner):
            return not_(_where(inner, audience))
        case Field(name, inner):
            return _in_field(name, _wording(inner), audience)
        case Overlap(first, last):
            return _overlap(first, last)
        case Identifier(text):
            return or_(_identified(text, audience), _anywhere(text, audience))
        case Term() | Phrase() | Prefix() | Fuzzy():
            return _anywhere(_wording(node), audience)
    return true()


def _wording(node: Node) -> str:
    match node:
        case Term(text) | Prefix(text) | Fuzzy(text) | Identifier(text):
            return text
        case Phrase(words):
            return " ".join(words)
        case And(nodes):
            return " ".join(_wording(inner) for inner in nodes)
    return ""


def _anywhere(text: str, audience: Audience) -> Condition:
    fields = [_captions(text, audience), *(_linked(name, text, audience) for name in _LINKED)]
    return or_(*fields)


def _in_field(name: str, text: str, audience: Audience) -> Condition:
    if name in ("title", "caption"):
        return _captions(text, audience)
    return _linked(name, text, audience) if name in _LINKED else false()


def _captions(text: str, audience: Audience) -> Condition:
    found = select(CaptionStatement.image_id).where(
        db.has(CaptionStatement.text, text),
        CaptionStatement.superseded_by_id.is_(None),
        not_(CaptionStatement.retired),
    )
    if audience == "public":
        found = found.where(CaptionStatement.public, CaptionStatement.type != "machine")
    return Image.id.in_(found)


def _linked(name: str, text: str, audience: Audience) -> Condition:
    link, model = _LINKED[name]
    if model is Agent:
        found = select(link.image_id).join(Agent).where(db.has(Agent.name, text))
        if audience == "public":
            found = found.where(ImageAgent.public)
        return Image.id.in_(found)
    label = model.label if model is Concept else model.name
    words = or_(*(db.has(label[lang].as_string(), text) for lang in ("hu", "en", "und")))
    return Image.id.in_(select(link.image_id).join(model).where(words))


def _identified(text: str, audience: Audience) -> Condition:
    numbers = select(ImageIdentifier.image_id).where(func.lower(ImageIdentifier.value) == text)
    if audience == "public":
        numbers = numbers.where(ImageIdentifier.kind != "accession_no")
    own = or_(func.lower(Image.ref_code) == text, Image.public_id == text)
    return or_(own, Image.id.in_(numbers))


def _overlap(first: int, last: int) -> Condition:
    """Photographs with a date of creation that may fall between two hours."""
    found = select(DateStatement.image_id).where(DateStatement.role == "created")
    known = or_(DateStatement.earliest.is_not(None), DateStatement.latest.is_not(None))
    found = found.where(known)
    if first > FIRST_HOUR:
        found = found.where(
            or_(DateStatement.latest.is_(None), DateStatement.latest >= _day(first))
        )
    if last < LAST_HOUR:
        found = found.where(
            or_(DateStatement.earliest.is_(None), DateStatement.earliest <= _day(last))
        )
    return Image.id.in_(found)


def _day(hour: int) -> date:
    return date.fromordinal(max(1, hour // 24))
