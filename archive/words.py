"""The archive's own words as readers see them: roles, certainties, bases, kinds of statement.

Keys are the values kept in the database, words are translated when shown. What is said in whole
sentences stays in the templates. The invariant: every value of the catalogue's vocabularies has
words here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import get_group_symbol
from flask_babel import format_decimal, get_locale, gettext
from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext as pgettext

from archive import dates

Words = dict[str, Any]

CAPTION_TYPES: Words = {
    "archivist_title": _("Title given by the archive"),
    "archivist_description": _("The archive’s description"),
    "original_inscription": _("Written on the photograph"),
    "agency_caption": _("Agency caption"),
    "publication_caption": _("Caption as published"),
    "donor_account": _("The donor’s account"),
    "witness_account": _("A witness’s account"),
    "public_contribution": _("Told by a reader"),
    "machine": _("Drafted by a machine, not checked yet"),
}
STANCES: Words = {
    "contested": _("Contested"),
    "disproved": _("Disproved"),
    "propaganda": _("Propaganda"),
    "offensive_language": _("Offensive wording"),
}
STANCE_NOTES: Words = {
    "contested": _("What follows is disputed; the wording is kept as found."),
    "disproved": _("What follows has been shown to be wrong; the wording is kept as found."),
    "propaganda": _("What follows was written as propaganda; the wording is kept as found."),
    "offensive_language": _("The wording that follows hurts; it is kept because it is evidence."),
}
SIDES: Words = {
    "recto": _("Front"),
    "verso": _("Back"),
    "mount": _("Mount"),
    "detail": _("Detail"),
    "frame": _("Frame"),
}
ON_SIDES: Words = {
    "recto": _("on the front"),
    "verso": _("on the back"),
    "mount": _("on the mount"),
    "detail": _("in a detail"),
    "frame": _("on the frame"),
}
AGENT_ROLES: Words = {
    "creator": _("Photographer"),
    "contributor": _("Contributor"),
    "agency": _("Agency"),
    "studio": _("Studio"),
    "publisher": _("Publisher"),
    "depicted": _("People"),
    "donor": _("Given by"),
    "owner": _("Owner"),
    "rights_holder": _("Rights holder"),
    "licensor": _("Licensor"),
    "subject": _("About"),
}
# The same of one person, where no list of them stands below.
ROLES_OF_AN_AGENT: Words = {**AGENT_ROLES, "depicted": _("Depicted")}
CERTAINTIES: Words = {
    "certain": "",
    "probable": _("probably"),
    "possible": _("possibly"),
    "disproved": _("disproved"),
}
PLACE_ROLES: Words = {"shown": _("place shown"), "camera": _("place of the camera")}
DATE_ROLES: Words = {
    "created": _("taken"),
    "published": _("first published"),
    "digitised": _("digitised"),
}
CARRIER_KINDS: Words = {
    "": "–",
    "negative": _("negative"),
    "slide": _("slide"),
    "print": _("print"),
    "contact_sheet": _("contact sheet"),
    "album_page": _("album page"),
    "postcard": _("postcard"),
}
POLARITIES: Words = {"": "–", "negative": _("negative"), "positive": _("positive")}
COLOURS: Words = {
    "": "–",
    "black_and_white": _("black and white"),
    "toned": _("toned"),
    "hand_coloured": _("hand-coloured"),
    "colour": _("colour"),
}
_SIZES = ("", "sheet_")
CONDITIONS: Words = {
    "": "–",
    "0": _("0 – sound"),
    "1": _("1 – slightly worn"),
    "2": _("2 – damaged"),
    "3": _("3 – badly damaged"),
    "4": _("4 – being lost"),
}
AGENT_KINDS: Words = {
    "person": _("Person"),
    "corporate": _("Organisation"),
    "family": _("Family"),
}
NAME_KINDS: Words = {
    "official": _("official name"),
    "colloquial": _("colloquial name"),
    "former": _("former name"),
    "variant": _("variant"),
    "pseudonym": _("pseudonym"),
    "maiden_name": _("maiden name"),
    "hidden": _("only for searching"),
}
PEOPLE_COLUMNS: Words = {
    "name": _("name"),
    "family": _("family name"),
    "given": _("given name"),
    "life": _("life dates"),
    "born": pgettext("column of a list of people", "born"),
    "died": pgettext("column of a list of people", "died"),
    "kind": _("kind"),
    "note": _("note"),
    "others": _("other names"),
    "sources": _("sources"),
    "item": "Wikidata",
    "viaf": "VIAF",
    "ulan": "ULAN",
    "isni": "ISNI",
    "gnd": "GND",
    "loc": "LoC",
}
TERM_STATES: Words = {
    "proposed": _("proposed"),
    "approved": _("approved"),
    "deprecated": _("deprecated"),
}
BASES: Words = {
    "inscription": _("from an inscription on the photograph"),
    "caption": _("from its caption"),
    "agency_log": _("from the agency’s register"),
    "inference": _("inferred from what is seen"),
    "donor": _("as the donor tells"),
    "identified_event": _("from the event shown"),
    "sequence": _("from its place on the roll"),
    "cataloguer": _("dated by the archive"),
    "file": _("from the file"),
}
IDENTIFIER_KINDS: Words = {
    "original_no": _("Original number"),
    "former_no": _("Former number"),
    "inventory_no": _("Inventory number"),
    "accession_no": _("Accession number"),
    "source_id": _("Number at the source"),
}
LEVELS: Words = {
    "fonds": _("Fonds"),
    "subfonds": _("Sub-fonds"),
    "series": _("Series"),
    "subseries": _("Sub-series"),
    "file": pgettext("level of description", "File"),
}
# Elements of ISAD(G) that a unit keeps in both languages, by their names in `Unit.isad`.
ISAD: Words = {
    "administrative_history": _("Administrative or biographical history"),
    "appraisal": _("Appraisal, destruction and scheduling"),
    "accruals": _("Accruals"),
    "arrangement": _("System of arrangement"),
    "access_conditions": _("Conditions governing access"),
    "reproduction_conditions": _("Conditions governing reproduction"),
    "language": _("Language and script of the material"),
    "physical_characteristics": _("Physical characteristics"),
    "finding_aids": _("Finding aids"),
    "originals": _("Existence and location of originals"),
    "copies": _("Existence and location of copies"),
    "related_units": _("Related units of description"),
    "publication_note": _("Publications about it"),
    "archivist_note": _("Archivist’s note"),
    "rules": _("Rules or conventions"),
    "description_dates": _("Dates of description"),
}
FORMS: Words = {
    "": "–",
    "roll": _("Roll"),
    "contact_sheet": _("Contact sheet"),
    "album": _("Album"),
    "box": _("Box"),
}
FACETS: Words = {
    "collection": _("Collection"),
    "decade": _("Decade"),
    "year": _("Year"),
    "day": _("Day"),
    "hour": _("Hour"),
    "when": _("In this time"),
    "certainty": _("How sure the date is"),
    "place": _("Where"),
    "person": _("Who"),
    "event": _("Event"),
    "photographer": _("Photographer"),
    "subject": _("What it shows"),
    "technique": _("Technique"),
    "rights": _("Rights"),
    "use": _("What may I do with it"),
    "side": _("Scanned"),
    "state": _("State"),
    "lacks": _("Still missing"),
    "date": _("When"),
}
FACET_VALUES: dict[str, Words] = {
    "when": {"certain": _("certainly"), "possible": _("possibly")},
    "certainty": {
        "certain": _("certain"),
        "approximate": _("approximate"),
        "uncertain": _("uncertain"),
        "undated": _("undated"),
    },
    "use": {
        "view": _("look at it"),
        "download": _("download it"),
        "licence": _("publish it with a licence"),
    },
    "side": SIDES,
    "state": {
        "draft": _("draft"),
        "in_review": _("in review"),
        "published": _("published"),
        "withdrawn": _("withdrawn"),
    },
    "lacks": {
        "title": _("title"),
        "date": _("date"),
        "creator": _("photographer"),
        "rights": _("rights"),
        "picture": _("picture"),
    },
}
FIELDS: Words = {
    "title": _("title"),
    "caption": _("caption"),
    "person": _("person"),
    "photographer": _("photographer"),
    "place": _("place"),
    "event": _("event"),
    "subject": _("subject"),
    "technique": _("technique"),
    "genre": _("genre"),
    "collection": _("collection"),
    "context": _("origin"),
    "id": _("identifier"),
}
WITHDRAWN: Words = {
    "rights": _("It may no longer be shown here because of the rights in it."),
    "privacy": _("It is no longer shown, to protect somebody who can be seen in it."),
    "donor": _("It is no longer shown, at the wish of those who gave it."),
    "error": _("It was published by mistake."),
    "other": _("It is no longer shown. Its address will never be given to another photograph."),
}
VIEWS: Words = {
    "grid": _("Pictures"),
    "list": _("List"),
    "contact": _("Contact sheet"),
    "timeline": _("Timeline"),
    "map": _("Map"),
}
SORTS: Words = {
    "relevance": _("Best match"),
    "date": _("Oldest first"),
    "-date": _("Latest first"),
    "newest": _("Recently added"),
    "id": _("Reference code"),
}
# What the search had to guess; `%(…)s` are the notice's own parameters.
NOTICES: Words = {
    "query_cut": _("The query was too long; its first %(chars)s characters were searched."),
    "bracket_unopened": _("A bracket was closed that had not been opened; it was ignored."),
    "bracket_unclosed": _("A bracket was not closed; it was closed at the end."),
    "quote_unclosed": _("A quotation mark was not closed; its words were searched one by one."),
    "operator_alone": _("“%(operator)s” stood alone and was ignored."),
    "too_deep": _("The brackets were too deep; the inner ones were ignored."),
    "too_many_words": _("Only the first %(clauses)s words were searched."),
    "field_empty": _("Nothing followed “%(field)s:”; it was ignored."),
    "leading_star": _("A star is possible only at the end of a word; it was ignored."),
    "prefix_short": _("Before a star at least %(letters)s letters are needed."),
    "date_unread": _("“%(text)s” was not understood as a date."),
    "too_many_values": _("Only the first %(values)s choices of a filter were used."),
    "sort_unknown": _("There is no order called “%(sort)s”."),
    "page_unread": _("“%(text)s” is not a page; the first one is shown."),
    "page_too_far": _("Pages end at %(most)s; please narrow the search to see further."),
    "limit_unread": _("“%(text)s” is not a number of photographs."),
    "limit_too_far": _("At most %(most)s photographs fit on a page."),
    "search_limited": _(
        "The search index is being rebuilt; for now words are found only as they stand."
    ),
    "filters_ignored": _("Until then these filters do not work: %(filters)s."),
}


def number(value: int | float | Decimal) -> str:
    """A number as the reader's language writes it, with thin spaces between thousands."""
    if isinstance(value, int) and 0 <= value < 1000:
        return str(value)  # most numbers of a page, and nothing to be put between
    return format_decimal(value).replace(get_group_symbol(get_locale()), "\u202f")


def size(height: float | None, width: float | None) -> str:
    """Height × width in millimetres; a side that is not known is a question mark."""
    if height is None and width is None:
        return ""
    sides = ("?" if side is None else number(side) for side in (height, width))
    return gettext("%(size)s mm", size=" × ".join(sides))


def carrier(entry: dict[str, Any]) -> str:
    """A carrier in one line: what it is, what it is made of, how large, its number."""
    sizes = {name: size(entry[f"{name}height_mm"], entry[f"{name}width_mm"]) for name in _SIZES}
    said = (
        CARRIER_KINDS[entry["kind"]] if entry["kind"] else "",
        entry["technique"],
        POLARITIES[entry["polarity"]] if entry["polarity"] not in ("", entry["kind"]) else "",
        COLOURS[entry["colour"]] if entry["colour"] else "",
        entry["format"],
        sizes[""],
        sizes["sheet_"] and gettext("sheet %(size)s", size=sizes["sheet_"]),
        entry["inventory_no"] and gettext("inventory number %(no)s", no=entry["inventory_no"]),
        entry["note"],
    )
    return ", ".join(str(part) for part in said if part)


def pick(texts: dict[str, str], lang: str) -> str:
    """The text in the reader's language, else in any other, else nothing."""
    return texts.get(lang) or next(iter(texts.values()), "")


def day(iso: str) -> str:
    """A day or moment in ISO 8601 as a reader writes a day; other text stays as it is."""
    locale = get_locale()
    try:
        written = date.fromisoformat(iso[:10]).isoformat()
        return edtf_in_words(written, locale.language if locale else "en")
    except ValueError:
        return iso


def mark(value: str) -> str:
    """A year as it is, a day or hour without its year: for the scale of a timeline."""
    if "-" not in value:
        return value
    hour = f", {value[11:16]}" if "T" in value else ""
    return _day_and_month(value[:10], get_locale()) + hour


@lru_cache(maxsize=4096)
def _day_and_month(iso: str, locale: Locale | None) -> str:
    return str(format_skeleton("MMMd", date.fromisoformat(iso), locale=locale))


def moment(value: str) -> str:
    """An hour of a day, as the index counts it, as a reader writes it."""
    return day(value) + (f", {value[11:13]}:00" if "T" in value else "")


def clock(value: str) -> str:
    """The hour of a moment, without its day."""
    return f"{value[11:13]}:00"


def weekday(iso: str) -> str:
    """The day of the week of a day in ISO 8601."""
    return str(format_date(date.fromisoformat(iso[:10]), "EEEE", locale=get_locale()))


@lru_cache(maxsize=4096)
def edtf_in_words(edtf: str, lang: str) -> str:
    """A date in EDTF as a reader would write it; what is no EDTF stays as it is."""
    try:
        return dates.words(edtf, "hu" if lang == "hu" else "en") if edtf else ""
    except dates.DateError:
        return edtf


def life_in_words(edtf: str, lang: str) -> str:
    """Life dates (EDTF, born/died) in words; an open or unknown side is left out."""
    born, slash, died = edtf.partition("/")
    known = [side not in ("", "..") for side in (born, died)]
    try:
        if known == [True, False] and slash:
            return gettext("born %(date)s", date=edtf_in_words(born, lang))
        if known == [False, True]:
            return gettext("died %(date)s", date=edtf_in_words(died, lang))
        return edtf_in_words(edtf, lang)
    except dates.DateError:
        return edtf


def date_in_words(statement: dict[str, Any], lang: str) -> str:
    """A date statement of the record in the reader's language; unread words stay as found."""
    return edtf_in_words(statement["edtf"], lang) or str(statement["display"])
