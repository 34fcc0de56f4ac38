"""What rows and columns of the history are called, and the words for values that are codes.

How a change becomes lines is in `lines`. The invariant: every recorded table has a name, and every
recorded column of the catalogue has one or is named as silent, so that nobody reads a column name.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from archive import words
from archive.catalogue.authorities.identifiers import FILES
from archive.catalogue.models import (
    Agent,
    CaptionStatement,
    Carrier,
    Concept,
    Event,
    Image,
    Place,
    Unit,
)

ENTITIES: dict[str, Any] = {
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
    "agent": _("Person or body"),
    "place": _("Place"),
    "event": _("Event"),
    "concept": _("Term"),
    "concept_scheme": _("Vocabulary"),
    "distinct_pair": _("Not the same"),
    "licence_request": _("Licence request"),
    "request_line": _("Licence request"),
    "quote": _("Quote"),
    "acceptance": _("Quote"),
    "licence": _("Licence"),
    "licence_line": _("Licence"),
    "delivery": _("File"),
    "person": _("Account"),
    "role_grant": _("Role"),
}
# What acts by itself, by the label of its actor.
PROGRAMS: dict[str, Any] = {
    "transcription": _("the archive, reading the backs"),
    "ingest": _("the archive, taking in"),
    "delivery": _("the archive, handing out files"),
    "command line": _("the command line"),
    "demo": _("the demo archive"),
}
# The columns that say what a row is, for a row that came or went as a whole.
MAIN: dict[str, tuple[str, ...]] = {
    "image": ("ref_code", "state"),
    "unit": ("ref_code", "title"),
    "former_code": ("code",),
    "caption_statement": ("text", "attributed", "dated"),
    "date_statement": ("display", "role"),
    "image_agent": ("agent_id", "role"),
    "image_place": ("place_id", "role"),
    "image_event": ("event_id",),
    "image_concept": ("concept_id",),
    "image_identifier": ("value", "authority"),
    "carrier": ("kind", "technique", "format", "inventory_no"),
    "asset": ("filename", "side"),
    "image_link": ("other_id", "note"),
    "agent": ("name",),
    "place": ("name",),
    "event": ("name",),
    "concept": ("label",),
    "concept_scheme": ("title", "code"),
    "distinct_pair": ("one_id", "other_id"),
    "licence_request": ("number", "state"),
    "quote": ("number", "state"),
    "licence": ("number", "state"),
    "delivery": ("filename", "state"),
    "role_grant": ("role",),
}
COLUMNS: dict[str, Any] = {
    "state": _("state"),
    "text": _("words"),
    "lang": _("language"),
    "type": _("kind"),
    "attributed": _("who said so"),
    "dated": _("when"),
    "side": _("side"),
    "stance": _("stance"),
    "stance_note": _("remark"),
    "preferred": _("preferred"),
    "public": _("public"),
    "translation_of_id": _("translation of"),
    "display": _("as written"),
    "basis": _("basis"),
    "ref_code": _("reference code"),
    "code": _("code"),
    "number": _("number"),
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
    "specimen": _("drawn specimen"),
    "withdrawn_reason": _("reason for withdrawing"),
    "certainty": _("certainty"),
    "role": _("role"),
    "region": _("place in the picture"),
    "title": _("title"),
    "parent_id": _("what is above"),
    "broader_id": _("broader term"),
    "merged_into_id": _("merged into"),
    "agent_id": _("person or body"),
    "place_id": _("place"),
    "event_id": _("event"),
    "concept_id": _("term"),
    "carrier_id": _("carrier"),
    "image_id": _("photograph"),
    "one_id": _("one name"),
    "other_id": _("the other"),
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
    "heading_deg": _("direction of view in degrees"),
    "scheme": _("vocabulary"),
    "notation": _("notation"),
    "uri": _("address"),
    "further": _("further statements"),
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
    "until": _("until"),
    "value": _("number"),
    "authority": _("who gave the number"),
    "inventory_no": _("inventory number"),
    "technique": _("technique"),
    "polarity": _("polarity"),
    "colour": _("colouring"),
    "format": _("format"),
    "height_mm": _("height of the picture (mm)"),
    "width_mm": _("width of the picture (mm)"),
    "sheet_height_mm": _("height of the sheet (mm)"),
    "sheet_width_mm": _("width of the sheet (mm)"),
    "condition": _("condition"),
    "condition_note": _("what is damaged"),
    "condition_on": _("condition seen on"),
    "location": _("shelf mark"),
    "filename": _("file name"),
    "representative": _("stands for the photograph"),
    "digitised": _("digitised"),
}
_FILE_ROLES: words.Words = {
    "original": _("original"),
    "preservation": _("preservation copy"),
    "access": _("access copy"),
    "crop": _("crop"),
    "restoration": _("restoration"),
}
_ACCOUNT_ROLES: words.Words = {
    "administrator": _("administrator"),
    "archivist": _("archivist"),
    "officer": _("licence officer"),
    "publisher": _("publisher"),
}
_SCHEMES: words.Words = {
    "subject": _("Subjects"),
    "technique": _("Techniques"),
    "genre": _("Genres"),
}
# Values that are codes, and the words for them: of one table, else of a column wherever it is.
CODES_OF: dict[tuple[str, str], words.Words] = {
    ("date_statement", "role"): words.DATE_ROLES,
    ("asset", "role"): _FILE_ROLES,
    ("role_grant", "role"): _ACCOUNT_ROLES,
    ("carrier", "kind"): words.CARRIER_KINDS,
}
CODES: dict[str, words.Words] = {
    "state": {**words.FACET_VALUES["state"], **words.TERM_STATES},
    "type": words.CAPTION_TYPES,
    "stance": {**words.STANCES, "neutral": _("no remark")},
    "role": {**words.ROLES_OF_AN_AGENT, **words.PLACE_ROLES},
    "certainty": {**words.CERTAINTIES, "certain": _("certain")},
    "basis": words.BASES,
    "side": words.ON_SIDES,
    "level": words.LEVELS,
    "form": words.FORMS,
    "kind": {**words.IDENTIFIER_KINDS, **words.AGENT_KINDS},
    "polarity": words.POLARITIES,
    "colour": words.COLOURS,
    "condition": words.CONDITIONS,
    "withdrawn_reason": words.WITHDRAWN,
    "scheme": _SCHEMES,
}
# What the parts of a value in several languages, and numbers in other files, are called.
PARTS: dict[str, Any] = {
    "hu": _("in Hungarian"),
    "en": _("in English"),
    **{file.code: file.label for file in FILES.values()},
}
KEYS: dict[str, Any] = {
    "agent_id": Agent,
    "place_id": Place,
    "event_id": Event,
    "concept_id": Concept,
    "unit_id": Unit,
    "image_id": Image,
    "carrier_id": Carrier,
    "translation_of_id": CaptionStatement,
}
# What is above a row, or took its place, is a row of the same kind.
OWN_KIND: dict[str, Any] = {
    "image": Image,
    "unit": Unit,
    "agent": Agent,
    "place": Place,
    "event": Event,
    "concept": Concept,
}
# Keys, places in an order, what follows from other columns, and what a new caption says itself.
SILENT = frozenset(
    {
        "id", "public_id", "position", "key", "created_at", "superseded_by_id", "retired",
        "earliest", "latest", "uncertain", "approximate",
        "sha256", "bytes", "mime", "width", "height", "digital_source_type",
    }
)  # fmt: skip
SILENT_OF = frozenset(
    {
        ("date_statement", "kind"),
        ("image_link", "kind"),
        ("distinct_pair", "kind"),
    }
)
