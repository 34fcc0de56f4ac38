"""The record: one JSON object per photograph that feeds the page, its JSON twin and the index.

`own()` gathers what the rows of one image say; it is stored in `RecordRow` by the projection.
`complete()` joins what is inherited from the units above and what media knows of the pictures.
`public()` takes out what readers may not see: the one place where that is decided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from archive import dates
from archive.catalogue.models import (
    Asset,
    CaptionStatement,
    Carrier,
    DateStatement,
    Image,
    ImageAgent,
    ImageConcept,
    ImageEvent,
    ImageIdentifier,
    ImagePlace,
    Unit,
)
from archive.media.models import Picture

Record = dict[str, Any]

RIGHTS_FIELDS = {
    "statement": "rights_statement",
    "credit": "credit_line",
    "holder": "rights_holder",
    "note": "rights_note",
}
PROVENANCE_FIELDS = {"source": "source", "acquisition": "acquisition", "custody": "custody"}
_PICTURES = select(Picture).where(Picture.asset_id.in_(bindparam("keys")))
CREATORS = ("creator", "agency", "studio")
_FRAMES = {"hu": "{title}, {ordinal} kocka", "en": "{title}, frame {frame}"}
COMPOSED = {
    "roll": _FRAMES,
    "contact_sheet": _FRAMES,
    "album": {"hu": "{title}, {ordinal} lap", "en": "{title}, page {frame}"},
    "box": {"hu": "{title}, {ordinal} fénykép", "en": "{title}, photograph {frame}"},
}
CARRIER_COLUMNS = (
    "kind", "inventory_no", "technique", "polarity", "colour", "format", "height_mm", "width_mm",
    "sheet_height_mm", "sheet_width_mm", "condition", "condition_note", "location", "note",
)  # fmt: skip
STAFF_OF_CARRIER = ("location", "condition", "condition_note", "condition_on")
PUBLICATION_FIELDS = {
    "publisher": "publication_publisher",
    "title": "publication_title",
    "address": "publication_address",
    "date": "publication_date",
    "retrieved_on": "publication_retrieved_on",
}


def own(
    session: Session,
    image_ids: Sequence[int],
    kept: Mapping[int, Record] | None = None,
    touched: Collection[str] = (),
) -> dict[int, Record]:
    """The own values of some images, by key; a handful of selects however many they are.

    Rows are read as they are in the database, for a bulk edit reads thousands: flush before. With
    the records `kept` of all of them, only the parts that come from `touched` tables are made anew.
    """
    images = Image.__table__
    found: Any = session.execute(select(images).where(images.c.id.in_(image_ids)))
    records = {image.id: _image(image) for image in found}
    for name, model, shape, link in _PARTS:
        if kept is not None and model.__tablename__ not in touched:
            for key, record in records.items():
                record[name] = kept[key][name]
            continue
        for row in _rows(session, model, link, image_ids):
            if (entry := shape(row)) is not None:
                records[row.image_id][name].append(entry)
    for record in records.values():
        record["title"] = _titles(record)
    return records


def _rows(session: Session, model: Any, link: str, image_ids: Sequence[int]) -> Iterable[Any]:
    """The rows of one part in their order, each with the authority it refers to."""
    table = model.__table__
    chosen = select(table).where(table.c.image_id.in_(image_ids))
    rows = session.execute(chosen.order_by(table.c.position, table.c.id)).all()
    if not link:
        return rows
    place, other = f"{link}_id", getattr(model, link).property.mapper.class_
    keys = {getattr(row, place) for row in rows}
    others = {one.id: one for one in session.scalars(select(other).where(other.id.in_(keys)))}
    return [SimpleNamespace(**row._mapping, **{link: others[getattr(row, place)]}) for row in rows]


def told(image: Image, rows: Mapping[type[Any], Iterable[Any]]) -> Record:
    """The own values that these rows of one image say, which may be those of an earlier time."""
    record = _image(image)
    for name, model, shape, _link in _PARTS:
        entries = map(shape, rows[model])
        record[name] = [entry for entry in entries if entry is not None]
    return {**record, "title": _titles(record)}


def known_by(own_record: Record, lang: str = "hu") -> str:
    """What staff tell a photograph from others by: its title, else its code, its file, its id."""
    titles = own_record["title"]
    title = titles.get(lang) or next(iter(titles.values()), "")
    files = (asset["filename"] for asset in own_record["assets"] if asset.get("filename"))
    return str(title or own_record["ref_code"] or next(files, own_record["id"]))


def _titles(record: Record) -> dict[str, str]:
    return {
        caption["lang"] or "und": caption["text"]
        for caption in record["captions"]
        if caption["type"] == "archivist_title" and caption["preferred"]
    }


def complete(session: Session, image: Image, own_values: Record) -> Record:
    """The whole record, inheritance and pictures joined."""
    units = path_of(session, image.unit_id)
    record = dict(own_values)
    record["version"], record["updated_at"] = image.version, _moment(image.updated_at)
    record["path"] = [as_unit(unit) for unit in units]
    record["unit"] = record["path"][-1]
    for part in ("rights", "provenance"):
        record[part] = inherit(part, own_values[part], units)
    record["inherited"] = from_above(own_values, units)
    record["title"] = own_values["title"] or composed_title(own_values["frame"], units[-1])
    record["title_composed"] = not own_values["title"] and bool(record["title"])
    record["assets"] = _with_pictures(session, own_values["assets"])
    return record


def public(record: Record) -> Record:
    """What a reader may see: private statements, staff notes and shelf marks are left out.

    A record that is public already stays as it is: its statements carry no mark any more.
    """
    shown = {key: value for key, value in record.items() if key != "notes"}
    shown["captions"] = [_without(c, "public") for c in record["captions"] if c.get("public", True)]
    shown["agents"] = [_without(a, "public") for a in record["agents"] if a.get("public", True)]
    shown["carriers"] = [_without(c, *STAFF_OF_CARRIER) for c in record["carriers"]]
    shown["identifiers"] = [i for i in record["identifiers"] if i["kind"] != "accession_no"]
    shown["assets"] = [_without(a, "filename") for a in record["assets"]]
    return shown


def path_of(session: Session, unit_id: int) -> list[Unit]:
    """The units from the fonds down to this one."""
    path: list[Unit] = []
    current = session.get(Unit, unit_id)
    while current is not None:
        path.append(current)
        current = session.get(Unit, current.parent_id) if current.parent_id else None
    return path[::-1]


def as_unit(unit: Unit) -> dict[str, Any]:
    return {"id": unit.public_id, "ref": unit.ref_code, "level": unit.level, "title": unit.title}


def _without(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in keys}


def _moment(value: datetime | None) -> str | None:
    return value.isoformat(timespec="seconds").replace("+00:00", "Z") if value else None


def _image(image: Image) -> Record:
    return {
        "id": image.public_id,
        "state": image.state,
        "published_at": _moment(image.published_at),
        "ref_code": image.ref_code,
        "frame": image.frame,
        "undated": image.undated,
        "creator_unknown": image.creator_unknown,
        "specimen": image.specimen,
        "alt": image.alt,
        "notes": image.notes,
        "rights": {key: getattr(image, column) for key, column in RIGHTS_FIELDS.items()},
        "provenance": provenance(image),
        **{name: [] for name, *_ in _PARTS},
    }


def provenance(holder: Image | Unit) -> dict[str, Any]:
    values: dict[str, Any] = {
        key: getattr(holder, column) for key, column in PROVENANCE_FIELDS.items()
    }
    values["publication"] = {
        key: str(getattr(holder, column) or "") for key, column in PUBLICATION_FIELDS.items()
    }
    return values


def stated(part: str, holder: Image | Unit) -> dict[str, Any]:
    """The rights or the provenance as an image or a unit itself states them."""
    if part == "provenance":
        return provenance(holder)
    return {key: getattr(holder, column) for key, column in RIGHTS_FIELDS.items()}


def inherited_by(unit: Unit | None, above: Iterable[Unit], part: str) -> dict[str, Any]:
    """What a unit, or one to be made, says or inherits from those above it."""
    return inherit(part, stated(part, unit or Unit()), above)


def from_above(own_values: Record, units: Sequence[Unit]) -> Record:
    """Date and creator of the nearest unit that states them, where the photograph is silent.

    They are those of the unit (ISAD(G) 3.1.3, 3.2.1), shown as such and never made its own.
    """
    found: Record = {"date": None, "creator": None}
    for unit in reversed(units):
        if found["date"] is None and unit.dates and not _dated(own_values):
            found["date"] = {**unit_date(unit.dates), "unit": unit.ref_code}
        if found["creator"] is None and unit.creator and not _attributed(own_values):
            found["creator"] = {"name": unit.creator, "unit": unit.ref_code}
    return found


def unit_date(text: str) -> dict[str, Any]:
    """The dates of a unit as a date statement has them; what cannot be read keeps its words."""
    reading = dates.read(text, lang="hu")
    return {
        "display": text,
        "edtf": (reading.edtf or "") if reading.ok else "",
        "earliest": reading.earliest.isoformat() if reading.earliest else None,
        "latest": reading.latest.isoformat() if reading.latest else None,
        "kind": reading.kind if reading.ok else "unread",
    }


def composed_title(frame: str, unit: Unit) -> dict[str, str]:
    """The title of a frame that has none of its own: "Roll 17, frame 12" (describe.md 1.7)."""
    patterns = COMPOSED.get(unit.form)
    if not frame or patterns is None:
        return {}
    ordinal = frame + "." if frame[-1].isdigit() else frame
    return {
        lang: patterns.get(lang, "{title}, {frame}").format(
            title=title, frame=frame, ordinal=ordinal
        )
        for lang, title in (unit.title or {"und": unit.ref_code}).items()
    }


def _dated(own_values: Record) -> bool:
    return own_values["undated"] or any(d["role"] == "created" for d in own_values["dates"])


def _attributed(own_values: Record) -> bool:
    return own_values["creator_unknown"] or any(a["role"] in CREATORS for a in own_values["agents"])


def inherit(part: str, own_values: dict[str, Any], units: Iterable[Unit]) -> dict[str, Any]:
    """Own values, else the nearest unit's; `inherited` tells which field came from where."""
    values, origins = dict(own_values), {}
    for unit in reversed(list(units)):
        for key, value in stated(part, unit).items():
            if _silent(values[key]) and not _silent(value):
                values[key], origins[key] = value, unit.ref_code
    return {**values, "inherited": origins}


def _silent(value: Any) -> bool:
    return not any(value.values()) if isinstance(value, dict) else not value


def _with_pictures(session: Session, assets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = [asset["id"] for asset in assets]
    found = session.scalars(_PICTURES, {"keys": keys}) if keys else ()
    pictures = {picture.asset_id: picture for picture in found}
    return [_with_picture(asset, pictures.get(asset["id"])) for asset in assets]


def _with_picture(asset: dict[str, Any], picture: Picture | None) -> dict[str, Any]:
    if picture is None:
        return {**asset, "thumbhash": "", "sizes": []}
    shape = {"width": picture.width or asset["width"], "height": picture.height or asset["height"]}
    return {**asset, **shape, "thumbhash": picture.thumbhash, "sizes": picture.sizes}


def _caption(row: CaptionStatement) -> dict[str, Any] | None:
    if row.superseded_by_id is not None or row.retired:
        return None
    keys = (
        "type",
        "lang",
        "text",
        "attributed",
        "dated",
        "source",
        "side",
        "stance",
        "stance_note",
    )
    return {"id": row.public_id, **_columns(row, keys), "preferred": row.preferred,
            "public": row.public and row.type != "machine"}  # fmt: skip


def _date(row: DateStatement) -> dict[str, Any]:
    keys = ("role", "edtf", "display", "lang", "uncertain", "approximate", "kind", "basis")
    return {
        "id": row.public_id,
        **_columns(row, keys),
        "earliest": row.earliest.isoformat() if row.earliest else None,
        "latest": row.latest.isoformat() if row.latest else None,
        "attributed": row.attributed,
        "source": row.source,
        "preferred": row.preferred,
    }


def _agent(row: ImageAgent) -> dict[str, Any]:
    agent = row.agent
    return {
        "id": agent.public_id,
        **_columns(agent, ("name", "names", "kind", "dates")),
        **_columns(row, ("role", "certainty", "note", "source", "region", "public")),
    }


def _place(row: ImagePlace) -> dict[str, Any]:
    place = row.place
    here = _columns(row, ("lat", "lon", "uncertainty_m", "heading_deg"))
    return {
        "id": place.public_id,
        **_columns(place, ("name", "then", "names", "forms", "lat", "lon", "uncertainty_m")),
        **_columns(row, ("role", "certainty", "note", "source")),
        "point": {name: value for name, value in here.items() if value is not None} or None,
    }


def _event(row: ImageEvent) -> dict[str, Any]:
    event = _columns(row.event, ("name", "names", "edtf"))
    return {"id": row.event.public_id, **event, **_columns(row, ("certainty", "source"))}


def _subject(row: ImageConcept) -> dict[str, Any]:
    concept = row.concept
    return {"id": concept.public_id, "scheme": concept.scheme, "label": concept.label,
            "labels": concept.names}  # fmt: skip


def _identifier(row: ImageIdentifier) -> dict[str, Any]:
    return _columns(row, ("kind", "value", "authority"))


def _carrier(row: Carrier) -> dict[str, Any]:
    seen = row.condition_on
    return {
        "id": row.public_id,
        **_columns(row, CARRIER_COLUMNS),
        "condition_on": seen.isoformat() if seen else None,
    }


def _asset(row: Asset) -> dict[str, Any]:
    keys = (
        "side", "role", "sha256", "bytes", "mime", "width", "height", "filename",
        "representative", "digital_source_type", "digitised",
    )  # fmt: skip
    return {"id": row.public_id, **_columns(row, keys)}


def _columns(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


# Name in the record, rows, their shape, and the authority that they refer to.
_PARTS: tuple[tuple[str, Any, Any, str], ...] = (
    ("identifiers", ImageIdentifier, _identifier, ""),
    ("captions", CaptionStatement, _caption, ""),
    ("dates", DateStatement, _date, ""),
    ("agents", ImageAgent, _agent, "agent"),
    ("places", ImagePlace, _place, "place"),
    ("events", ImageEvent, _event, "event"),
    ("subjects", ImageConcept, _subject, "concept"),
    ("carriers", Carrier, _carrier, ""),
    ("assets", Asset, _asset, ""),
)
