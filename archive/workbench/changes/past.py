"""History as the workbench shows it: change sets, and what each did in the archive's words.

A statement that was made or taken back is one line with its main words; one that was changed shows
each value before and after. Keys of persons and places are shown as their names.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import history, words
from archive.accounts.models import Person
from archive.catalogue.authorities import Row
from archive.catalogue.models import Agent, CaptionStatement, Concept, Event, Image, Place, Unit
from archive.catalogue.redrafting import any_name
from archive.history import Change, ChangeSet, Subject

MOST = 200
OF_THE_CATALOGUE = ("image", "unit", "agent", "place", "event", "concept", "concept_scheme")
ENTITIES = {
    "image": _("Photograph"),
    "unit": _("Unit"),
    "former_code": _("Former reference code"),
    "caption_statement": _("Caption"),
    "date_statement": _("Date"),
    "image_agent": _("Person or body"),
    "image_place": _("Place"),
    "image_event": _("Event"),
    "image_concept": _("Subject"),
    "image_identifier": _("Number"),
    "carrier": _("Carrier"),
    "asset": _("File"),
    "image_link": _("Link to another photograph"),
    "review_note": _("Note to a colleague"),
    "working_draft": _("Unsaved draft"),
    "proposal": _("Proposal"),
    "request_line": _("Licence request"),
    "licence_line": _("Licence"),
    "agent": _("Person or body"),
    "place": _("Place"),
    "event": _("Event"),
    "concept": _("Term"),
    "person": _("Account"),
    "role_grant": _("Role"),
}
# The columns that say what a row is, for a row that came or went as a whole.
MAIN = {
    "image": ("ref_code", "state"),
    "unit": ("ref_code", "title"),
    "former_code": ("code",),
    "caption_statement": ("text", "attributed", "dated"),
    "date_statement": ("display",),
    "image_agent": ("agent_id", "role"),
    "image_place": ("place_id",),
    "image_event": ("event_id",),
    "image_concept": ("concept_id",),
    "image_identifier": ("value", "authority"),
    "carrier": ("technique", "format"),
    "asset": ("filename",),
    "agent": ("name",),
    "place": ("name",),
    "event": ("name",),
    "concept": ("label",),
    "role_grant": ("role",),
}
COLUMNS = {
    "state": _("state"),
    "text": _("words"),
    "lang": _("language"),
    "type": _("kind"),
    "attributed": _("who said so"),
    "dated": _("when"),
    "stance": _("stance"),
    "stance_note": _("remark"),
    "preferred": _("preferred"),
    "public": _("public"),
    "display": _("as written"),
    "basis": _("basis"),
    "ref_code": _("reference code"),
    "rights_statement": _("rights statement"),
    "credit_line": _("credit line"),
    "rights_holder": _("rights holder"),
    "rights_note": _("rights note"),
    "source": _("source"),
    "acquisition": _("acquisition"),
    "custody": _("custody history"),
    "publication_publisher": _("originally published by"),
    "publication_title": _("publication"),
    "publication_address": _("address"),
    "publication_date": _("date of publication"),
    "publication_retrieved_on": _("retrieved on"),
    "alt": _("alternative text"),
    "notes": _("notes"),
    "undated": _("undated"),
    "creator_unknown": _("photographer unknown"),
    "certainty": _("certainty"),
    "role": _("role"),
    "title": _("title"),
    "parent_id": _("what is above"),
    "broader_id": _("broader term"),
    "merged_into_id": _("merged into"),
    "agent_id": _("person or body"),
    "place_id": _("place"),
    "event_id": _("event"),
    "concept_id": _("term"),
    "name": _("name"),
    "label": _("term"),
    "names": _("all names"),
    "forms": _("names"),
    "then": _("name in 1956"),
    "kind": _("kind"),
    "note": _("note"),
    "identifiers": _("identifiers"),
    "sources": _("sources"),
    "edtf": _("date"),
    "lat": _("latitude"),
    "lon": _("longitude"),
    "uncertainty_m": _("uncertainty in metres"),
    "scheme": _("vocabulary"),
    "notation": _("notation"),
    "uri": _("address"),
    "unit_id": _("unit"),
    "level": _("level"),
    "form": _("form"),
    "scope": _("scope and content"),
    "dates": _("dates"),
    "extent": _("extent"),
    "creator": _("creator"),
    "isad": _("further elements"),
    "frame": _("frame"),
    "published_at": _("published"),
}
# Values that are codes, and the words for them.
CODES: dict[str, words.Words] = {
    "state": {**words.FACET_VALUES["state"], **words.TERM_STATES},
    "type": words.CAPTION_TYPES,
    "stance": {**words.STANCES, "neutral": _("no remark")},
    "role": {**words.AGENT_ROLES, "shown": _("place shown"), "camera": _("place of the camera")},
    "certainty": {**words.CERTAINTIES, "certain": _("certain")},
    "basis": words.BASES,
    "side": words.ON_SIDES,
    "level": words.LEVELS,
    "form": words.FORMS,
    "kind": {**words.IDENTIFIER_KINDS, **words.AGENT_KINDS},
}
KEYS: dict[str, Any] = {
    "agent_id": Agent,
    "place_id": Place,
    "event_id": Event,
    "concept_id": Concept,
    "unit_id": Unit,
}
# What is above a row, or took its place, is a row of the same kind.
OWN_KIND = {
    "image": Image,
    "unit": Unit,
    "agent": Agent,
    "place": Place,
    "event": Event,
    "concept": Concept,
}
# A new statement takes the place of this one: said by the new one already.
SILENT = frozenset({"superseded_by_id", "retired", "position", "key"})
CAPTION = ("text", "type", "lang", "attributed", "dated", "side", "stance", "stance_note", "public")
Names = Callable[[str, str, Any], str]


@dataclass(frozen=True)
class _Row:
    """A change as it is read; see `_as_read`."""

    change_set: ChangeSet
    entity: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class Value:
    """One line of a history: what it concerns, before and after, the differing words marked."""

    entity: Any
    column: Any
    before: str
    after: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entry:
    """One change set as far as it concerns one photograph."""

    change_set: ChangeSet
    who: str
    values: list[Value]


@dataclass(frozen=True)
class Summary:
    change_set: ChangeSet
    who: str
    photographs: int
    first: Image | None


@dataclass(frozen=True)
class Standing:
    """What stands against undoing something done to one thing: each value made and found."""

    public_id: str
    name: str
    values: list[Value]


@dataclass(frozen=True)
class Shown:
    """A whole change set: what it touched and the first of its changes."""

    change_set: ChangeSet
    who: str
    photographs: list[Image]
    values: list[Value]
    number: int
    total: int
    undone_by: ChangeSet | None
    most: int = MOST


def recent(session: Session, *, limit: int = 12) -> list[Summary]:
    """The last change sets that touched photographs or units."""
    touched = select(Change.change_set_id).where(Change.subject_kind.in_(("image", "unit")))
    newest = select(ChangeSet).where(ChangeSet.id.in_(touched)).order_by(ChangeSet.id.desc())
    return summaries(session, session.scalars(newest.limit(limit)).all())


def summaries(session: Session, found: Sequence[ChangeSet]) -> list[Summary]:
    """Change sets as lines of a list: who, how many photographs, the first of them."""
    names = _people(session, found)
    counted = select(
        Change.change_set_id,
        func.count(func.distinct(Change.subject_id)),
        func.min(Change.subject_id),
    ).where(Change.change_set_id.in_([entry.id for entry in found]), Change.subject_kind == "image")
    numbers = {key: rest for key, *rest in session.execute(counted.group_by(Change.change_set_id))}
    firsts = select(Image).where(Image.id.in_([first for _number, first in numbers.values()]))
    images = {image.id: image for image in session.scalars(firsts)}
    lines = []
    for entry in found:
        number, first = numbers.get(entry.id, (0, 0))
        lines.append(Summary(entry, names(entry), number, images.get(first)))
    return lines


def of_image(session: Session, image: Image) -> list[Entry]:
    """The history of one photograph, newest first."""
    return _of(session, Subject("image", image.id))


def of_unit(session: Session, unit: Unit) -> list[Entry]:
    """The history of a unit itself, newest first."""
    return _of(session, Subject("unit", unit.id))


def of_authority(session: Session, row: Row) -> list[Entry]:
    """The history of a person, place, event or term itself, newest first."""
    return _of(session, Subject(row.__tablename__, row.id))


def _of(session: Session, subject: Subject) -> list[Entry]:
    rows = history.of_subject(session, subject)
    people = _people(session, [row.change_set for row in rows])
    names = _names(session, rows)
    entries: dict[int, Entry] = {}
    for row in _as_read(session, rows):
        entry = entries.setdefault(
            row.change_set.id, Entry(row.change_set, people(row.change_set), [])
        )
        entry.values.extend(_values(row, names))
    return list(entries.values())


def by_id(session: Session, public_id: str) -> ChangeSet | None:
    return session.scalars(select(ChangeSet).where(ChangeSet.public_id == public_id)).first()


def shown(session: Session, found: ChangeSet) -> Shown:
    """A change set for its page."""
    mine = Change.change_set_id == found.id
    rows = session.scalars(select(Change).where(mine).order_by(Change.seq).limit(MOST)).all()
    total = session.scalar(select(func.count()).select_from(Change).where(mine)) or 0
    number = session.scalar(
        select(func.count(func.distinct(Change.subject_id))).where(
            mine, Change.subject_kind == "image"
        )
    )
    keys = {row.subject_id for row in rows if row.subject_kind == "image"}
    images = session.scalars(select(Image).where(Image.id.in_(keys)).order_by(Image.id)).all()
    undone = history.undone_by(session, found.id)
    names = _names(session, rows)
    values = [value for row in _as_read(session, rows) for value in _values(row, names)]
    who = _people(session, [found])(found)
    return Shown(found, who, list(images), values, number or 0, total, undone)


def of_edits(
    session: Session, edits: Sequence[history.Edit], new_names: Mapping[int, str]
) -> list[Value]:
    """What edits would do, before they are written; `new_names` are those nobody has yet."""
    rows: list[Any] = [
        SimpleNamespace(
            change_set=None,
            change_set_id=0,
            entity=edit.entity,
            entity_id=edit.id,
            before=_json(edit.before),
            after=_json(edit.after),
        )
        for edit in edits
    ]
    known = _names(session, rows)

    def names(entity: str, column: str, key: Any) -> str:
        return new_names.get(key) or known(entity, column, key)

    return [value for row in _as_read(session, rows) for value in _values(row, names)]


def _json(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {k: history.plain(v) for k, v in values.items()}


def standing(session: Session, conflicts: Sequence[Mapping[str, Any]]) -> list[Standing]:
    """What stands against an undo, thing by thing; conflicts as a plan keeps them."""
    things: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    for conflict in conflicts:
        things.setdefault(tuple(conflict["subject"]), []).append(conflict)
    keys = [key for kind, key in things if kind == "image"]
    images = {i.id: i for i in session.scalars(select(Image).where(Image.id.in_(keys)))}
    found = []
    for (kind, key), told in things.items():
        image = images.get(key) if kind == "image" else None
        name = (image.ref_code or image.public_id) if image else str(ENTITIES.get(kind, kind))
        values = [_against(session, conflict) for conflict in told]
        found.append(Standing(image.public_id if image else "", name, values))
    return found


def _against(session: Session, conflict: Mapping[str, Any]) -> Value:
    """One conflict: what the change made of a value, and what it is now."""
    entity, column = conflict["entity"], conflict["column"]
    label = ENTITIES.get(entity, entity)
    made, now = conflict["made"], conflict["found"]
    if not column:
        return Value(label, "", "", str(_NOW["gone" if made == "present" else "back"]), ())
    if made is None and column.endswith("_id"):
        return Value(label, "", "", str(_NOW["refers"]), ())
    row: Any = SimpleNamespace(entity=entity, before={column: made}, after={column: now})
    names = _names(session, [row])
    texts = [_text(row, column, value, names) for value in (made, now)]
    return Value(label, COLUMNS.get(column, column), texts[0], texts[1], ())


_NOW = {
    "gone": _("has been removed since"),
    "back": _("is there again"),
    "refers": _("refers to it"),
}


def _people(session: Session, found: Sequence[ChangeSet]) -> Callable[[ChangeSet], str]:
    """Who acted, by name where the account still has one."""
    keys = {entry.actor_id for entry in found if entry.actor_id}
    people = session.scalars(select(Person).where(Person.id.in_(keys))).all() if keys else []
    names = {person.id: person.name or person.email for person in people}
    return lambda entry: names.get(entry.actor_id or 0, entry.actor_label)


def _names(session: Session, rows: Sequence[Change]) -> Names:
    """The names behind the keys that the rows speak of."""
    wanted: dict[Any, set[int]] = {}
    for row in rows:
        for side in (row.before or {}, row.after or {}):
            for column in side:
                if side[column] and (model := _referred(row.entity, column)):
                    wanted.setdefault(model, set()).add(side[column])
    known: dict[tuple[Any, Any], str] = {}
    for model, keys in wanted.items():
        found = session.scalars(select(model).where(model.id.in_(keys)))
        known |= {(model, thing.id): _called(thing) for thing in found}
    return lambda entity, column, key: known.get((_referred(entity, column), key), "")


def _referred(entity: str, column: str) -> Any:
    """The model whose key a column holds, or None."""
    if column in ("parent_id", "broader_id", "merged_into_id"):
        return OWN_KIND.get(entity)
    return KEYS.get(column)


def _called(thing: Any) -> str:
    for attribute in ("ref_code", "name", "label"):
        value = getattr(thing, attribute, None)
        if value:
            return any_name(value) if isinstance(value, dict) else str(value)
    return ""


def _as_read(session: Session, rows: Sequence[Change]) -> list[_Row]:
    """A caption is never edited, a new one takes its place: here both are one edit again."""
    moved = [row for row in rows if row.entity == "caption_statement" and row.before and row.after]
    found = select(CaptionStatement).where(
        CaptionStatement.id.in_({row.entity_id for row in moved})
    )
    texts = {caption.id: _columns(caption) for caption in session.scalars(found)}
    places = {(row.change_set_id, key): row.entity_id for row in moved for key in _successors(row)}
    read = []
    for row in rows:
        before, after = row.before, row.after
        replaced = places.get((row.change_set_id, row.entity_id))
        if row.entity == "caption_statement" and replaced in texts:
            before, after = before or texts[replaced], after or texts[replaced]
            after = {name: after[name] for name in CAPTION if before[name] != after[name]}
        elif row in moved and "retired" in (after or {}):
            text = texts[row.entity_id]
            before, after = (text, None) if row.after["retired"] else (None, text)  # type: ignore[index]
        elif row in moved and any(_successors(row)):
            continue
        read.append(_Row(row.change_set, row.entity, before, after))
    return read


def _successors(row: Change) -> list[int]:
    """The caption that took the place of this one in a change, or gave it back."""
    sides = (row.before or {}, row.after or {})
    return [side["superseded_by_id"] for side in sides if side.get("superseded_by_id")]


def _columns(caption: CaptionStatement) -> dict[str, Any]:
    return {name: getattr(caption, name) for name in CAPTION}


def _values(row: _Row, names: Names) -> list[Value]:
    entity = ENTITIES.get(row.entity, row.entity)
    if row.before is None or row.after is None:
        before, after = _main(row, row.before, names), _main(row, row.after, names)
        return [Value(entity, "", before, after, ())] if before or after else []
    values = [
        _value(
            entity,
            name,
            _text(row, name, row.before.get(name), names),
            _text(row, name, after, names),
        )
        for name, after in row.after.items()
        if name not in SILENT
    ]
    return [value for value in values if value.before != value.after]


def _main(row: _Row, side: dict[str, Any] | None, names: Names) -> str:
    texts = (_text(row, name, (side or {}).get(name), names) for name in MAIN.get(row.entity, ()))
    return " · ".join(text for text in texts if text)


def _value(entity: Any, name: str, before: str, after: str) -> Value:
    return Value(entity, COLUMNS.get(name, name), before, after, tuple(pieces(before, after)))


def _text(row: _Row, name: str, value: Any, names: Names) -> str:
    if _referred(row.entity, name):
        return names(row.entity, name, value)
    if name in CODES and isinstance(value, str):
        return str(CODES[name].get(value) or value)
    if name == "isad" and isinstance(value, dict):
        return "; ".join(
            f"{words.ISAD[key]}: {_text(row, '', said, names)}" for key, said in value.items()
        )
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text}" for key, text in value.items() if text)
    if isinstance(value, list):
        return "; ".join(_form(entry) for entry in value)
    if isinstance(value, bool):
        return "✓" if value else "–"
    return "" if value in (None, []) else str(value)


def _form(entry: Any) -> str:
    """A name with the time it held; an entry of another list as it is."""
    if not isinstance(entry, dict) or "text" not in entry:
        return str(entry)
    return f"{entry['text']} ({entry['valid']})" if entry.get("valid") else str(entry["text"])


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    """("same" | "gone" | "come", text) word by word; nothing to compare gives no pieces."""
    if not old or not new or len(old) + len(new) > 20_000:
        return []
    a, b = old.split(" "), new.split(" ")
    found = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", " ".join(a[i1:i2])))
            continue
        if i1 < i2:
            found.append(("gone", " ".join(a[i1:i2])))
        if j1 < j2:
            found.append(("come", " ".join(b[j1:j2])))
    return found
