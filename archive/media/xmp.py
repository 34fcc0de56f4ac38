"""XMP packets (ISO 16684-1) as {prefix:name: value}, every language alternative kept.

A value is a text, a list (Bag, Seq), {language: text} (language alternatives) or a nested
{prefix:name: value} (structure). Writing is in packet.py. Invariant: no entity, no document
type, no deep nesting is ever followed; a packet that cannot be read yields a warning.
"""

import io
import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from archive.media.charset import Warn, decode, tidy
from archive.media.exif import Value
from archive.media.limits import Limits

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SKIPPED = ("{http://www.w3.org/XML/1998/namespace}", RDF, "{adobe:ns:meta/}")
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/bj/": "xmpBJ",
    "http://ns.adobe.com/xap/1.0/t/pg/": "xmpTPg",
    "http://ns.adobe.com/xap/1.0/g/": "xmpG",
    "http://ns.adobe.com/xap/1.0/g/img/": "xmpGImg",
    "http://ns.adobe.com/xap/1.0/sType/ResourceRef#": "stRef",
    "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#": "stEvt",
    "http://ns.adobe.com/xap/1.0/sType/Dimensions#": "stDim",
    "http://ns.adobe.com/xmp/sType/Area#": "stArea",
    "http://ns.adobe.com/xmp/note/": "xmpNote",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/camera-raw-settings/1.0/": "crs",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
    "http://www.metadataworkinggroup.com/schemas/regions/": "mwg-rs",
    "http://www.metadataworkinggroup.com/schemas/keywords/": "mwg-kw",
    "http://ns.microsoft.com/photo/1.0/": "MicrosoftPhoto",
    "http://ns.microsoft.com/photo/1.0": "MicrosoftPhoto",
    "http://creativecommons.org/ns#": "cc",
}
# A preview in base64 inside the packet: large, and no description.
LEFT_OUT = {"xmp:Thumbnails", "xmpNote:HasExtendedXMP", "xmpGImg:image"}
PACKET = re.compile(
    rb"<(?:\w+:)?(?:xmpmeta|xapmeta|RDF)\b.*</(?:\w+:)?(?:xmpmeta|xapmeta|RDF)>", re.DOTALL
)


class TooDeep(Exception):
    """The packet nests deeper than the limit."""


def read(packet: bytes, warn: Warn, *, charset: str, limits: Limits) -> dict[str, Value]:
    """The properties of one packet; empty with a warning when it is no readable XMP."""
    if len(packet) > limits.xmp_bytes:
        warn(f"XMP: {len(packet)} bytes are more than the limit of {limits.xmp_bytes}; not read")
        return {}
    try:
        return _properties(_trimmed(packet), warn, limits)
    except DefusedXmlException:
        warn("XMP: declares a document type or entities, which is not allowed; not read")
    except TooDeep:
        warn(f"XMP: nested deeper than {limits.xml_depth}; not read")
    except (ParseError, ValueError, LookupError):
        return _repaired(packet, warn, charset, limits)
    return {}


def _repaired(packet: bytes, warn: Warn, charset: str, limits: Limits) -> dict[str, Value]:
    """A second try for packets with stray bytes: another charset, characters XML forbids."""
    text = decode(_trimmed(packet), "XMP", warn, charset=charset)
    try:
        return _properties(text.encode(), warn, limits)
    except (ParseError, ValueError, LookupError, TooDeep, DefusedXmlException):
        warn("XMP: is not well-formed; not read")
        return {}


def _trimmed(packet: bytes) -> bytes:
    """The XML proper: writers leave NULs, blanks and even rubbish around it."""
    if packet[:2] in (b"\xff\xfe", b"\xfe\xff"):
        packet = packet.decode("utf-16", "replace").encode()
    match = PACKET.search(packet)
    return match.group() if match else packet.strip(b"\x00 \t\r\n")


def _properties(xml: bytes, warn: Warn, limits: Limits) -> dict[str, Value]:
    root, names = _parsed(xml, limits.xml_depth)
    reader = _Reader(names, warn, limits.values)
    found: dict[str, Value] = {}
    rdf = root if root.tag == f"{RDF}RDF" else root.find(f".//{RDF}RDF")
    for description in root[:0] if rdf is None else reader.first(rdf):
        for name, value in reader.structure(description).items():
            found.setdefault(name, value)
    return found


def _parsed(xml: bytes, depth_limit: int) -> tuple[Element, dict[str, str]]:
    """The tree and the prefixes that the packet itself gives to namespaces."""
    names: dict[str, str] = {}
    depth, root = 0, None
    for event, what in iterparse(io.BytesIO(xml), ("start", "end", "start-ns"), forbid_dtd=True):
        if event == "start-ns":
            names.setdefault(what[1], what[0])
        elif event == "start":
            depth += 1
            root = what if root is None else root
            if depth > depth_limit:
                raise TooDeep
        else:
            depth -= 1
    if root is None:
        raise ValueError("no element")
    return root, names


class _Reader:
    """Turns RDF elements into plain values."""

    def __init__(self, names: dict[str, str], warn: Warn, most: int) -> None:
        self.names = names
        self.warn = warn
        self.most = most

    def structure(self, element: Element) -> dict[str, Value]:
        """The properties an rdf:Description (or a struct) has, as attributes and as elements."""
        found: dict[str, Value] = {}
        attributes: Iterable[tuple[str, Value]] = (
            (tag, tidy(text, f"XMP {self.name(tag)}", self.warn))
            for tag, text in element.attrib.items()
            if tag.startswith("{") and not tag.startswith(SKIPPED)
        )
        children = ((child.tag, self.value(child)) for child in self.first(element))
        for tag, value in (*attributes, *children):
            name = self.name(tag)
            if value not in ("", [], {}) and name not in LEFT_OUT:
                found.setdefault(name, value)
        return found

    def first(self, element: Element) -> list[Element]:
        """What is within an element, as far as the limit goes."""
        if len(element) > self.most:
            name = self.name(element.tag)
            self.warn(f"XMP {name}: {len(element)} values; only the first {self.most} were read")
        return element[: self.most]

    def name(self, tag: str) -> str:
        """`prefix:name`, with the standard's own prefix for a known namespace."""
        namespace, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
        prefix = PREFIXES.get(namespace) or self.names.get(namespace)
        return f"{prefix}:{local}" if prefix else local

    def value(self, element: Element) -> Value:
        """The value of a property element (ISO 16684-1, 7.4 to 7.9)."""
        inner = element[0] if len(element) else None
        if element.get(f"{RDF}parseType") == "Resource":
            return self._qualified(element)
        if inner is None:
            return self._simple(element)
        if inner.tag == f"{RDF}Alt":
            return self._alternatives(inner)
        if inner.tag in (f"{RDF}Bag", f"{RDF}Seq"):
            return [
                value for value in map(self.value, self.first(inner)) if value not in ("", [], {})
            ]
        if inner.tag == f"{RDF}Description":
            return self._qualified(inner)
        return self.structure(element)

    def _simple(self, element: Element) -> Value:
        text = tidy(element.text or "", f"XMP {self.name(element.tag)}", self.warn)
        return text or element.get(f"{RDF}resource", "").strip() or self.structure(element)

    def _qualified(self, element: Element) -> Value:
        """A structure, or a simple value that carries qualifiers beside rdf:value."""
        plain = element.find(f"{RDF}value")
        if plain is not None:
            return self.value(plain)
        return element.get(f"{RDF}value", "") or self.structure(element)

    def _alternatives(self, alt: Element) -> Value:
        if not any(XML_LANG in item.attrib for item in alt):
            return [
                value for value in map(self.value, self.first(alt)) if value not in ("", [], {})
            ]
        found: dict[str, Value] = {}
        for item in self.first(alt):
            value = self.value(item)
            if value != "" and value != {}:
                found.setdefault(item.get(XML_LANG, "x-default"), value)
        return found
