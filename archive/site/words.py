"""The archive's own words as readers see them: roles, certainties, bases, kinds of statement.

Keys are the values kept in the database, words are translated when shown. What is said in whole
sentences stays in the templates. The invariant: every value of the catalogue's vocabularies has
words here.
"""

from __future__ import annotations

from typing import Any

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _

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
    "machine": _("Drafted by a machine, checked by the archive"),
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
CERTAINTIES: Words = {
    "certain": "",
    "probable": _("probably"),
    "possible": _("possibly"),
    "disproved": _("disproved"),
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
    "file": _("File"),
}
FACETS: Words = {
    "collection": _("Collection"),
    "date": _("When"),
    "decade": _("Decade"),
    "year": _("Year"),
    "day": _("Day"),
    "certainty": _("How sure the date is"),
    "place": _("Where"),
    "person": _("Who"),
    "event": _("Event"),
    "photographer": _("Photographer"),
    "technique": _("Technique"),
    "subject": _("Subject"),
    "rights": _("What may I do with it"),
    "verso": _("Back scanned"),
    "state": _("State"),
}
RIGHTS_GROUPS: Words = {
    "free": _("Free to use"),
    "open": _("Free to use with the credit"),
    "open_noncommercial": _("Free for non-commercial use"),
    "limited": _("Limited by contract"),
    "abroad": _("Free in some countries"),
    "closed": _("Publishing needs a licence"),
    "closed_education": _("Free for education"),
    "closed_noncommercial": _("Protected, free for non-commercial use"),
    "orphan": _("Rights holder not found"),
    "unknown": _("Rights unclear"),
    "none": _("Rights not recorded"),
}
SORTS: Words = {
    "relevance": _("Best match"),
    "oldest": _("Oldest first"),
    "newest": _("Newest first"),
    "added": _("Recently added"),
    "identifier": _("By reference code"),
}


def number(value: int) -> str:
    """A whole number with thin spaces between thousands, as both languages allow."""
    return format_decimal(value).replace(",", "\u202f").replace("\xa0", "\u202f")


def pick(texts: dict[str, str], lang: str) -> str:
    """The text in the reader's language, else in any other, else nothing."""
    return texts.get(lang) or next(iter(texts.values()), "")
