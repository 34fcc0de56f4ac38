"""What a file says of itself when it leaves the archive: the record in the words of IPTC and PLUS.

`credited` is for what anybody may download, `licensed` for what was licensed. Only what readers
may see is written, whoever asks. A date is written only where day, month or year are certain
(IPTC Photo Metadata 2025.1, Date Created).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from archive import settings
from archive.catalogue.record import Record, public
from archive.media.embed import embed
from archive.media.packet import Embedded, Licensor
from archive.rights import statement

CERTAIN_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# Drawn by a program: it must never pass for a photograph.
SPECIMEN_SOURCE_TYPE = "algorithmicMedia"


def credited(record: Record) -> Embedded:
    """The words of a freely downloaded copy."""
    shown = public(record)
    found = statement(shown["rights"]["statement"])
    free = found is not None and found.group == "free"
    return Embedded(
        title=_tagged(shown["title"]),
        description=_descriptions(shown),
        alt_text=_tagged(shown["alt"]),
        rights=_tagged(found.label if found else {}),
        usage_terms=_tagged(found.summary if found else {}),
        creator=tuple(a["name"] for a in shown["agents"] if a["role"] == "creator"),
        credit=shown["rights"]["credit"],
        source=shown["provenance"]["source"] or shown["rights"]["holder"],
        date_created=_certain_date(shown),
        web_statement=found.link if found else "",
        marked=not free if found else None,
        digital_source_type=_source_type(shown),
    )


def licensed(record: Record, *, number: str, starts_on: date, ends_on: date | None) -> Embedded:
    """The words of a licensed copy: whose licence it is under and until when."""
    chosen = settings.current()
    page = f"{chosen.base_url}/licence/{number}/verify"
    terms = {
        "hu": f"Felhasználható a(z) {number} számú engedély szerint: {page}",
        "en": f"To be used as licence {number} says: {page}",
    }
    return replace(
        credited(record),
        usage_terms=terms,
        licensor=Licensor(chosen.institution, chosen.base_url, chosen.institution_email),
        licence_number=number,
        licence_start=starts_on.isoformat(),
        licence_end=ends_on.isoformat() if ends_on else "",
        data_mining="DMI-PROHIBITED",
    )


def write(source: Path, target: Path, words: Embedded) -> None:
    """A copy of a picture that says `words`. Raises media.embed.EmbedError."""
    embed(source, target, words)


def _tagged(texts: dict[str, str]) -> dict[str, str]:
    """Texts whose language is known, Hungarian first: the first is what old readers show."""
    return {lang: texts[lang] for lang in sorted(texts, reverse=True) if lang != "und"} or (
        {"x-default": texts["und"]} if texts.get("und") else {}
    )


def _descriptions(record: Record) -> dict[str, str]:
    """The archive's own description per language, else the title."""
    said = {
        caption["lang"]: caption["text"]
        for caption in reversed(record["captions"])
        if caption["type"] == "archivist_description" and caption["lang"]
    }
    return _tagged(said or record["title"])


def _certain_date(record: Record) -> str:
    for entry in record["dates"]:
        plain: str = entry["edtf"].split("T")[0]
        if entry["role"] == "created" and CERTAIN_DAY.fullmatch(plain):
            return plain
    return ""


def _source_type(record: Record) -> str:
    if record["specimen"]:
        return SPECIMEN_SOURCE_TYPE
    kinds = (asset["digital_source_type"] for asset in record["assets"])
    return next((kind for kind in kinds if kind), "")
