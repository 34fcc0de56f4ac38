"""Pages of what photographs are linked to: a person, a place, an event, a collection.

The invariant: a name is public through its photographs. A reader who may see none of them finds no
page, so that a name the archive keeps to itself is not told by its address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from archive import db, words
from archive.catalogue import authorities, codes, record
from archive.catalogue import service as catalogue
from archive.catalogue.authorities.identifiers import links
from archive.catalogue.models import Event, Place, Unit
from archive.search.engine import Hit, Results
from archive.site import around, linked_data

Find = Callable[..., Results]
SHOWN = "24"
# What readers are told of a unit beside its title and scope, by the names in `Unit.isad`.
TOLD = (
    "administrative_history", "arrangement", "access_conditions", "reproduction_conditions",
    "language", "physical_characteristics", "finding_aids", "originals", "copies",
    "related_units", "publication_note",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Some photographs under a heading; `query` finds them all."""

    title: str
    total: int
    hits: tuple[Hit, ...]
    query: dict[str, Any]


@dataclass(frozen=True)
class NamedPage:
    """What the template shows. `schema` is the kind in schema.org's words."""

    endpoint: str
    key: dict[str, Any]
    kind: str
    schema: str
    title: str
    groups: list[Group]
    names: list[str] = field(default_factory=list)
    dates: str = ""
    note: dict[str, str] = field(default_factory=dict)
    facts: list[tuple[str, list[str]]] = field(default_factory=list)
    path: list[dict[str, Any]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)
    forms: list[around.NameLine] = field(default_factory=list)
    above: list[around.Neighbour] = field(default_factory=list)
    within: list[around.Neighbour] = field(default_factory=list)
    where: list[around.Neighbour] = field(default_factory=list)
    identifiers: list[tuple[str, str, str]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)

    def linked_data(self, address: str) -> dict[str, Any]:
        return linked_data.named(self.schema, self.title, self.names, address)


def person(find: Find, public_id: str, lang: str) -> NamedPage:
    """A person, body or family: what they took, and where they are seen. Raises NotFound."""
    agent = _entry("agent", public_id)
    groups = [
        _group(find, _("Photographs taken"), photographer=agent.public_id),
        _group(find, _("Photographs that show them"), person=agent.public_id),
    ]
    return NamedPage(
        endpoint="site.person",
        key={"public_id": agent.public_id},
        kind=str(words.AGENT_KINDS.get(agent.kind, words.AGENT_KINDS["person"])),
        schema="Person" if agent.kind == "person" else "Organization",
        title=agent.name,
        groups=_seen(groups, public_id),
        names=_others(agent, agent.names, agent.name),
        dates=words.life_in_words(agent.dates, lang),
        **_told(agent, lang),
    )


def place(find: Find, public_id: str, lang: str) -> NamedPage:
    """A place with its names, then and now, and what is in it. Raises NotFound."""
    found = _entry("place", public_id)
    title = words.pick(found.name, lang)
    inside = around.within(find, "place", found, SHOWN)
    then = words.pick(found.then, lang)
    facts = [(_("Name in 1956"), [then])] if then else []
    if found.lat is not None and found.lon is not None:
        facts.append((_("Coordinates"), [_coordinates(found)]))
    return NamedPage(
        endpoint="site.place",
        key={"public_id": found.public_id},
        kind=_("Place"),
        schema="Place",
        title=title,
        groups=_seen([_all_within(inside)], public_id),
        names=_others(found, [*found.name.values(), *found.names], title),
        facts=facts,
        above=around.above("place", found),
        within=inside.parts,
        **_told(found, lang),
    )


def event(find: Find, public_id: str, lang: str) -> NamedPage:
    """Something that happened, with its date, its place and its parts. Raises NotFound."""
    found = _entry("event", public_id)
    title = words.pick(found.name, lang)
    inside = around.within(find, "event", found, SHOWN)
    return NamedPage(
        endpoint="site.event",
        key={"public_id": found.public_id},
        kind=_("Event"),
        schema="Event",
        title=title,
        groups=_seen([_all_within(inside)], public_id),
        names=_others(found, [*found.name.values(), *found.names], title),
        dates=words.edtf_in_words(found.edtf, lang),
        above=around.above("event", found),
        within=inside.parts,
        where=_where(find, found),
        **_told(found, lang),
    )


def term(find: Find, public_id: str, lang: str) -> NamedPage:
    """A term of a vocabulary with its broader and narrower terms. Raises NotFound."""
    found = _entry("concept", public_id)
    facet = "technique" if found.scheme == "technique" else "subject"
    title = words.pick(found.label, lang)
    inside = around.within(find, facet, found, SHOWN)
    return NamedPage(
        endpoint="site.term",
        key={"public_id": found.public_id},
        kind=_("Term"),
        schema="DefinedTerm",
        title=title,
        groups=_seen([_all_within(inside)], public_id),
        names=_others(found, [*found.label.values(), *found.names], title),
        facts=[(_("Notation"), [found.notation])] if found.notation else [],
        above=around.above(facet, found),
        within=inside.parts,
        **_told(found, lang),
    )


def collection(find: Find, ref: str, lang: str) -> NamedPage:
    """A fonds, series or file with its parts, by a code it bears or bore. Raises NotFound."""
    session = db.session()
    unit = codes.bearer(session, ref)
    ref = unit.ref_code
    found = find(collection=ref, limit=SHOWN, count=("collection",))
    counts = {count.value: count.count for count in found.facets.get("collection", ())}
    below = session.scalars(
        select(Unit).where(Unit.parent_id == unit.id).order_by(Unit.position, Unit.ref_code)
    )
    return NamedPage(
        endpoint="site.collection",
        key={"ref": ref},
        kind=str(words.LEVELS[unit.level]),
        schema="Collection",
        title=words.pick(unit.title, lang) or ref,
        groups=_seen([Group(_("Photographs"), found.total, found.hits, {"collection": ref})], ref),
        dates=words.date_in_words(record.unit_date(unit.dates), lang) if unit.dates else "",
        note=unit.scope,
        facts=_unit_facts(unit, lang),
        path=[record.as_unit(above) for above in record.path_of(session, unit.id)[:-1]],
        parts=[
            {**record.as_unit(part), "count": counts[part.ref_code]}
            for part in below
            if part.ref_code in counts
        ],
    )


def as_data(page: NamedPage, address: Callable[[Hit], str]) -> dict[str, Any]:
    """The JSON twin: names, dates, and the addresses of the first photographs."""
    return {
        **page.key,
        "kind": page.schema,
        "name": page.title,
        "names": page.names,
        "dates": page.dates,
        "note": page.note,
        "forms": [asdict(form) for form in page.forms],
        "identifiers": {name or address: number for name, number, address in page.identifiers},
        "sources": page.sources,
        "part_of": [near.public_id for near in page.above],
        "within": [near.public_id for near in page.within],
        "parts": page.parts,
        "photographs": sum(group.total for group in page.groups),
        "first": [address(hit) for group in page.groups for hit in group.hits],
    }


def _entry(kind: str, public_id: str) -> Any:
    """The one with this identifier; of one that was merged, its survivor. Raises NotFound."""
    found = authorities.by_id(db.session(), authorities.KINDS[kind], public_id)
    if found is None:
        raise catalogue.NotFound(public_id)
    return found


def _told(row: Any, lang: str) -> dict[str, Any]:
    """What every kind tells in the same way."""
    return {
        "note": row.note,
        "forms": around.names(row, lang),
        "identifiers": links(row.identifiers),
        "sources": row.sources.splitlines(),
    }


def _all_within(inside: around.Within) -> Group:
    return Group(_("Photographs"), inside.found.total, inside.found.hits, inside.query)


def _where(find: Find, event: Event) -> list[around.Neighbour]:
    """The place of an event, where readers may see photographs of it."""
    if event.place_id is None:
        return []
    place = db.session().get_one(Place, event.place_id)
    found = find(place=place.public_id, limit="1")
    return (
        [around.Neighbour(place.name, "site.place", place.public_id, found.total)]
        if found.total
        else []
    )


def _group(find: Find, title: str, **query: str) -> Group:
    found = find(**query, limit=SHOWN, sort="date")
    return Group(title, found.total, found.hits, query)


def _seen(groups: list[Group], key: str) -> list[Group]:
    """The groups that hold photographs; none means that there is nothing a reader may know."""
    shown = [group for group in groups if group.total]
    if not shown:
        raise catalogue.NotFound(key)
    return shown


def _others(row: Any, names: list[str], shown: str) -> list[str]:
    """Its other names, but for those that are there only to be found by."""
    hidden = {form["text"] for form in row.forms if form["kind"] == "hidden"}
    return [name for name in dict.fromkeys(names) if name and name != shown and name not in hidden]


def _unit_facts(unit: Unit, lang: str) -> list[tuple[str, list[str]]]:
    told = (
        (_("Reference code"), unit.ref_code),
        (_("Extent"), words.pick(unit.extent, lang)),
        (_("Creator of the records"), unit.creator),
        (_("Custody"), words.pick(unit.custody, lang)),
        *((words.ISAD[name], words.pick(unit.isad.get(name, {}), lang)) for name in TOLD),
    )
    return [(str(label), [value]) for label, value in told if value]


def _coordinates(found: Place) -> str:
    where = f"{found.lat:.5f}, {found.lon:.5f}"
    return f"{where} (± {found.uncertainty_m} m)" if found.uncertainty_m else where
