"""The lines of a history: a recorded row before and after, in the archive's words.

A statement that was made or taken back is one line with its main words; one that was changed shows
each value before and after. Keys of persons and places are shown as their names. The names of
tables and columns are in `naming`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import words
from archive.catalogue.models import CaptionStatement, Image, RecordRow
from archive.catalogue.record import Record, known_by
from archive.catalogue.redrafting import any_name
from archive.history import Change, Subject
from archive.rights.vocabulary import statement
from archive.workbench.changes.naming import (
    CODES,
    CODES_OF,
    COLUMNS,
    ENTITIES,
    KEYS,
    MAIN,
    OWN_KIND,
    PARTS,
    SILENT,
    SILENT_OF,
)

CAPTION = ("text", "type", "lang", "attributed", "dated", "side", "stance", "stance_note", "public")
DAYS = frozenset({"condition_on", "publication_retrieved_on", "published_at", "until"})
DATES = frozenset({"edtf", "dated"})
LONGEST = 20_000
NO_LANGUAGE = "und"  # a text whose language nobody has told
Names = Callable[["Row", str, Any], str]


@dataclass(frozen=True)
class Row:
    """A change as it is read; see `as_read`."""

    change_set_id: int
    subject: Subject
    entity: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    def of(self, column: str) -> Any:
        """The value of a column, on whichever side there is one."""
        return (self.after or {}).get(column) or (self.before or {}).get(column)


@dataclass(frozen=True)
class Value:
    """One line of a history: what it concerns, before and after, the differing words marked."""

    entity: Any
    column: Any
    before: str
    after: str
    pieces: tuple[tuple[str, str], ...]


def as_read(session: Session, rows: Sequence[Change]) -> list[Row]:
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
        subject = Subject(row.subject_kind, row.subject_id)
        read.append(Row(row.change_set_id, subject, row.entity, before, after))
    return read


def values(row: Row, names: Names) -> list[Value]:
    """The lines of one row; none where nothing that people read has changed."""
    entity = ENTITIES[row.entity]
    if row.before is None or row.after is None:
        before, after = _main(row, row.before, names), _main(row, row.after, names)
        return [Value(entity, "", before, after, ())] if before or after else []
    found = []
    for name in row.after:
        if is_silent(row.entity, name):
            continue
        before, after = (text(row, name, side.get(name), names) for side in (row.before, row.after))
        if before != after:
            found.append(Value(entity, COLUMNS[name], before, after, tuple(pieces(before, after))))
    return found


def is_silent(entity: str, column: str) -> bool:
    """Whether a column is never shown: a key, what follows from others, or not of the catalogue."""
    return column in SILENT or (entity, column) in SILENT_OF or column not in COLUMNS


def names_of(session: Session, rows: Iterable[Row]) -> Names:
    """The names behind the keys that the rows speak of."""
    wanted: dict[Any, set[int]] = {}
    for row in rows:
        for side in (row.before or {}, row.after or {}):
            for column in side:
                if side[column] and (model := _referred(row, column)):
                    wanted.setdefault(model, set()).add(side[column])
    known: dict[tuple[Any, Any], str] = {}
    for model, keys in wanted.items():
        known |= {(model, key): name for key, name in _named(session, model, keys)}
    return lambda row, column, key: known.get((_referred(row, column), key), "")


def _named(session: Session, model: Any, keys: set[int]) -> Iterable[tuple[int, str]]:
    """By key, what people know these things by; a photograph by its code if it has one."""
    if model is Image:
        records = own_records(session, keys)
        return [(key, own["ref_code"] or known_by(own)) for key, own in records.items()]
    found = session.scalars(select(model).where(model.id.in_(keys)))
    return [(thing.id, called(thing)) for thing in found]


def own_records(session: Session, keys: Collection[int]) -> dict[int, Record]:
    """What photographs say themselves, by key."""
    mine = RecordRow.image_id.in_(keys)
    return dict(session.execute(select(RecordRow.image_id, RecordRow.own).where(mine)).all())


def called(thing: Any) -> str:
    """What people know a thing by, other than a photograph."""
    for attribute in ("ref_code", "name", "label", "text", "technique", "format", "public_id"):
        value = getattr(thing, attribute, None)
        if value:
            return any_name(value) if isinstance(value, dict) else str(value)
    return ""


def text(row: Row, name: str, value: Any, names: Names) -> str:
    """A value as people read it; nothing is an empty text."""
    if value in (None, "", [], {}):
        return ""
    if _referred(row, name):
        return names(row, name, value)
    if codes := CODES_OF.get((row.entity, name)) or CODES.get(name):
        return str(codes.get(str(value)) or value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dict):
        return " / ".join(_part(key, said) for key, said in value.items() if said)
    if name == "region":
        return "; ".join(f"{words.number(part)} %" for part in value)
    if isinstance(value, list):
        return "; ".join(_entry(entry) for entry in value)
    return plain(name, value)


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    """("same" | "gone" | "come", text) word by word; nothing to compare gives no pieces."""
    if not old or not new or len(old) + len(new) > LONGEST:
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


def _successors(row: Change) -> list[int]:
    """The caption that took the place of this one in a change, or gave it back."""
    sides = (row.before or {}, row.after or {})
    return [side["superseded_by_id"] for side in sides if side.get("superseded_by_id")]


def _columns(caption: CaptionStatement) -> dict[str, Any]:
    return {name: getattr(caption, name) for name in CAPTION}


def _main(row: Row, side: Mapping[str, Any] | None, names: Names) -> str:
    told = MAIN.get(row.entity, ())
    texts = (text(row, name, (side or {}).get(name), names) for name in told)
    return " · ".join(said for said in texts if said)


def _referred(row: Row, column: str) -> Any:
    """The model whose key a column holds, or None."""
    if column in ("parent_id", "broader_id", "merged_into_id"):
        return OWN_KIND.get(row.entity)
    if column in ("one_id", "other_id"):
        return Image if row.entity == "image_link" else OWN_KIND.get(row.of("kind"))
    return KEYS.get(column)


def _part(key: str, said: Any) -> str:
    """One language of a text, one element of ISAD(G) in its languages, one number elsewhere."""
    if isinstance(said, dict):
        said = " / ".join(_part(inner, value) for inner, value in said.items() if value)
    if key == NO_LANGUAGE:
        return str(said)
    label = PARTS.get(key) or words.ISAD.get(key) or _language(key, get_locale())
    return f"{label}: {said}"


def _entry(entry: Any) -> str:
    """A name with the time it held; an entry of another list as it is."""
    if isinstance(entry, list):
        return " ".join(map(str, entry))
    if not isinstance(entry, dict) or "text" not in entry:
        return str(entry)
    return f"{entry['text']} ({entry['valid']})" if entry.get("valid") else str(entry["text"])


def plain(name: str, value: Any) -> str:
    """A language, a statement of rights, a day or a number as a reader writes it."""
    locale = get_locale()
    if name == "lang":
        return _language(str(value), locale)
    if name == "rights_statement" and (known := statement(str(value))):
        return f"{known.code} – {words.pick(known.label, locale.language if locale else 'en')}"
    if name in DAYS:
        return words.day(str(value))
    if name in DATES:
        return words.edtf_in_words(str(value), locale.language if locale else "en")
    return words.number(value) if isinstance(value, float) else str(value)


def _language(code: str, locale: Locale | None) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(locale) or code
    except (UnknownLocaleError, ValueError):
        return code
