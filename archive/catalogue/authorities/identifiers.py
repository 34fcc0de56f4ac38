"""Numbers that other authority files gave to ours: their shape, and the address they lead to.

An identifier may be typed bare or as the address it has on the web. The invariant: what is kept
has the shape of its file, so that the address made of it is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


class NotAnIdentifier(ValueError):
    """The text cannot be an identifier of that file."""

    def __init__(self, file: File, text: str) -> None:
        super().__init__(f"{text!r} is no identifier of {file.label}, such as {file.example}")
        self.file, self.text = file, text


@dataclass(frozen=True)
class File:
    """An authority file: what its identifiers look like, and where they lead."""

    code: str
    label: str
    shape: str
    address: str
    example: str
    kinds: frozenset[str]
    linked: str = ""

    def clean(self, text: str) -> str:
        """The bare identifier. Raises NotAnIdentifier."""
        bare = text.strip()
        host = re.escape(self.address.split("//")[1].split("/")[0].removeprefix("www."))
        web = re.fullmatch(rf"https?://(?:www\.)?{host}/(?:.*/)?([^/]+?)/?(?:[?#].*)?", bare)
        if web:
            bare = web[1]
        if not re.fullmatch(self.shape, bare):
            raise NotAnIdentifier(self, text)
        return bare

    def uri(self, identifier: str) -> str:
        """The address in linked data, where it is another than that of the page."""
        return (self.linked or self.address).format(identifier)

    def number_in(self, uri: str) -> str:
        """The identifier in an address of linked data, else nothing."""
        before, after = (self.linked or self.address).split("{}")
        number = uri[len(before) : len(uri) - len(after)]
        fits = uri.startswith(before) and uri.endswith(after) and re.fullmatch(self.shape, number)
        return number if fits else ""

    def link(self, identifier: str) -> str:
        return self.address.format(identifier)


_AGENT, _PLACE, _TERM = frozenset({"agent"}), frozenset({"place"}), frozenset({"concept"})
_ANY = _AGENT | _PLACE | _TERM | frozenset({"event"})
_GETTY = "vocab.getty.edu/"
_WIKIDATA, _WIKIDATA_DATA = "https://www.wikidata.org/wiki/{}", "http://www.wikidata.org/entity/{}"
_LOC, _LOC_SHAPE = "https://id.loc.gov/authorities/{}", r"(?:n|nb|nr|no|sh)\d{8,10}"
_LOC_DATA = "http://id.loc.gov/authorities/subjects/{}"


def _getty(code: str, shape: str, example: str, kinds: frozenset[str]) -> File:
    page, data = f"https://{_GETTY}{code}/{{}}", f"http://{_GETTY}{code}/{{}}"
    return File(code, code.upper(), shape, page, example, kinds, data)


FILES = {
    file.code: file
    for file in (
        File("wikidata", "Wikidata", r"Q[1-9]\d{0,11}", _WIKIDATA, "Q171393", _ANY, _WIKIDATA_DATA),
        File("viaf", "VIAF", r"[1-9]\d{1,21}", "https://viaf.org/viaf/{}", "46768804", _AGENT),
        _getty("ulan", r"500\d{6}", "500115393", _AGENT),
        File(
            "isni", "ISNI", r"\d{15}[\dX]", "https://isni.org/isni/{}", "0000000121443963", _AGENT
        ),
        File("gnd", "GND", r"\d{1,9}-?[\dX]", "https://d-nb.info/gnd/{}", "118586408", _ANY),
        File("loc", "LoC", _LOC_SHAPE, _LOC, "n79055798", _ANY, _LOC_DATA),
        _getty("aat", r"300\d{6}", "300046300", _TERM),
        _getty("tgn", r"[1-9]\d{6}", "7006280", _PLACE),
        File("geonames", "GeoNames", r"[1-9]\d{0,8}", "https://geonames.org/{}", "3054643", _PLACE),
    )
}


def files_for(kind: str) -> list[File]:
    """The files that know this kind of authority, in the order of a form."""
    return [file for file in FILES.values() if kind in file.kinds]


def links(identifiers: dict[str, str]) -> list[tuple[str, str, str]]:
    """(name of the file, identifier, address); what is an address itself leads there."""
    known = [
        (FILES[code].label, value, FILES[code].link(value))
        for code, value in identifiers.items()
        if code in FILES
    ]
    return known + [
        ("", code, code) for code in identifiers if code.startswith(("http://", "https://"))
    ]
