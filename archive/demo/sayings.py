"""Small ways of writing the records: links, captions of the invented agencies, closing words."""

from __future__ import annotations

from archive.demo.backs import BACKS
from archive.demo.model import AgentLink, Caption, PlaceLink, Publication, Text

SPS = AgentLink("sps", "agency")
MKU = AgentLink("mku", "agency")

_VOLUME = "Mintakönyv az októberi eseményekről (kitalált kiadvány)"
_CONTESTED: Text = {
    "hu": "Ugyanarról a képről a két képügynökség mást mond; mindkét szöveget úgy közöljük, "
    "ahogyan "
    "fennmaradt.",
    "en": "The two agencies say different things of the same picture; both texts are given as they "
    "have come down.",
}
_PROPAGANDA: Text = {
    "hu": "A megtorlás hivatalos szóhasználata. Megőrizzük, mert a kép történetéhez tartozik; nem "
    "az "
    "archívum szava.",
    "en": "The official language of the reprisals. It is kept because it belongs to the history of "
    "the "
    "picture; these are not the archive's words.",
}


def shown(*keys: str, certainty: str = "certain") -> tuple[PlaceLink, ...]:
    """The places a picture shows."""
    return tuple(PlaceLink(key, "shown", certainty) for key in keys)


def drawn(hu: str, en: str) -> Text:
    """A description that ends by saying what the picture is."""
    return {
        "hu": f"{hu} Rajzolt mintakép, nem fénykép.",
        "en": f"{en} A drawn specimen picture, not a photograph.",
    }


def back(number: int, *, contested: bool = False) -> Caption:
    """The caption typed on the back of a print, letter by letter."""
    found = next(entry for entry in BACKS if entry.number == number)
    agency = "Specimen Press Service" if found.lang == "en" else "Minta Képügynökség"
    stance, note = ("contested", _CONTESTED) if contested else ("neutral", {})
    return Caption(
        "agency_caption", found.lang, found.transcription, agency, "1956", "verso", stance, note
    )


def rival(lang: str, text: str, agency: str, dated: str) -> Caption:
    """An agency's caption that another agency contradicts."""
    return Caption("agency_caption", lang, text, agency, dated, "", "contested", _CONTESTED)


def propaganda(lang: str, text: str, dated: str = "1957", *, stance: str = "propaganda") -> Caption:
    """A caption of the invented White-Book-like volume, in the language of the reprisals."""
    return Caption("publication_caption", lang, text, _VOLUME, dated, "", stance, _PROPAGANDA)


def agency(lang: str, text: str, who: str, dated: str = "1956") -> Caption:
    """An agency's caption nobody disputes."""
    return Caption("agency_caption", lang, text, who, dated)


def donor(text: str, who: str) -> Caption:
    """What the donor told when giving the print."""
    return Caption("donor_account", "hu", text, who, "2026")


def published_in(publisher: str, title: str, slug: str, date: str) -> Publication:
    """An invented first publication; its address leads nowhere."""
    return Publication(publisher, title, f"https://example.org/{slug}", date, "2026-09-14")
