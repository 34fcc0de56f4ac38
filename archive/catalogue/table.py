"""The catalogue as a table: one row a photograph, for spreadsheets.

Headings are those that `pillanat ingest --spreadsheet` understands. Several values stand in one
cell with `; ` between them. The invariant: no cell begins a formula, so that opening the table
runs nothing that somebody wrote into a caption.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Row = dict[str, Any]
JOINT = "; "
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cells(photograph: Row) -> list[str]:
    """The row of one photograph of `dump.photographs`, in the order of `COLUMNS`."""
    return [harmless(column(photograph)) for column in COLUMNS.values()]


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (CWE-1236)."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _joined(values: Iterable[str]) -> str:
    return JOINT.join(dict.fromkeys(value for value in values if value))


def _plain(*path: str) -> Callable[[Row], str]:
    def read(photograph: Row) -> str:
        value: Any = photograph
        for name in path:
            value = value[name]
        return str(value or "")

    return read


def _title(lang: str) -> Callable[[Row], str]:
    return lambda photograph: photograph["title"].get(lang, "")


def _captions(kind: str, lang: str = "") -> Callable[[Row], str]:
    def read(photograph: Row) -> str:
        return _joined(
            caption["text"]
            for caption in photograph["captions"]
            if caption["type"] == kind and lang in ("", caption["lang"])
        )

    return read


def _date(name: str) -> Callable[[Row], str]:
    def read(photograph: Row) -> str:
        return _joined(d[name] for d in photograph["dates"] if d["role"] == "created")

    return read


def _agents(*roles: str) -> Callable[[Row], str]:
    return lambda photograph: _joined(a["name"] for a in photograph["agents"] if a["role"] in roles)


def _labels(part: str, label: str) -> Callable[[Row], str]:
    def read(photograph: Row) -> str:
        words = (entry[label] for entry in photograph[part])
        return _joined(word.get("hu") or next(iter(word.values()), "") for word in words)

    return read


def _each(part: str, name: str) -> Callable[[Row], str]:
    return lambda photograph: _joined(entry[name] for entry in photograph[part])


def _identifiers(kind: str) -> Callable[[Row], str]:
    return lambda p: _joined(i["value"] for i in p["identifiers"] if i["kind"] == kind)


COLUMNS: dict[str, Callable[[Row], str]] = {
    "identifier": _plain("id"),
    "reference code": _plain("ref_code"),
    "collection": lambda photograph: photograph["path"][-1],
    "state": _plain("state"),
    "file name": _each("assets", "filename"),
    "sha256": _each("assets", "sha256"),
    "inventory number": _identifiers("inventory_no"),
    "original number": _identifiers("original_no"),
    "accession number": _identifiers("accession_no"),
    "title (hu)": _title("hu"),
    "title (en)": _title("en"),
    "description (hu)": _captions("archivist_description", "hu"),
    "description (en)": _captions("archivist_description", "en"),
    "inscription": _captions("original_inscription"),
    "original caption": _captions("agency_caption"),
    "date": _date("display"),
    "date (EDTF)": _date("edtf"),
    "photographer": _agents("creator"),
    "agency": _agents("agency", "studio"),
    "person shown": _agents("depicted"),
    "donor": _agents("donor"),
    "place": _labels("places", "name"),
    "event": _labels("events", "name"),
    "subject": _labels("subjects", "label"),
    "technique": _each("carriers", "technique"),
    "format": _each("carriers", "format"),
    "shelf mark": _each("carriers", "location"),
    "rights statement": _plain("rights", "statement"),
    "credit line": _plain("rights", "credit"),
    "rights holder": _plain("rights", "holder"),
    "source": _plain("provenance", "source"),
    "acquisition": _plain("provenance", "acquisition"),
    "staff note": _plain("notes"),
}
