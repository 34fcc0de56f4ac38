"""What a delivered copy says of itself, and its XMP packet (ISO 16684-1; IPTC 2025.1; PLUS LDF).

embed.py puts the packet into files. Invariant: the same values give the same bytes, and no value
can break out of its element.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
DATA_MINING = "http://ns.useplus.org/ldf/vocab/"
PLUS_VERSION = "1.2.1"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Licensor:
    """Who grants licences, as plus:Licensor."""

    name: str
    url: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What is written into a copy; empty values are left out.

    Texts in languages are {BCP 47 tag: text}; the first is the default, and the one that IPTC-IIM
    and EXIF get, which know no languages. Dates are ISO 8601. `data_mining` is a code of the PLUS
    vocabulary (DMI-PROHIBITED), `digital_source_type` one of IPTC's (print, negativeFilm).
    """

    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    alt_text: Mapping[str, str] = field(default_factory=dict)
    rights: Mapping[str, str] = field(default_factory=dict)
    usage_terms: Mapping[str, str] = field(default_factory=dict)
    creator: tuple[str, ...] = ()
    credit: str = ""
    source: str = ""
    date_created: str = ""
    web_statement: str = ""
    marked: bool | None = None
    licensor: Licensor | None = None
    licence_number: str = ""
    licence_start: str = ""
    licence_end: str = ""
    data_mining: str = ""
    digital_source_type: str = ""


def packet(values: Embedded) -> bytes:
    """The XMP packet, UTF-8."""
    spaces = "".join(f'\n    xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    properties = "\n".join(f"   {line}" for line in _properties(values) if line)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Pillanat">\n'
        ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'  <rdf:Description rdf:about=""{spaces}>\n{properties}\n'
        "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    ).encode()


def _properties(values: Embedded) -> Iterable[str]:
    yield _alternatives("dc:title", values.title)
    yield _alternatives("dc:description", values.description)
    yield _list("dc:creator", "Seq", values.creator)
    yield _alternatives("dc:rights", values.rights)
    yield _simple("photoshop:Credit", values.credit)
    yield _simple("photoshop:Source", values.source)
    yield _simple("photoshop:DateCreated", values.date_created)
    yield _simple("xmpRights:Marked", "" if values.marked is None else str(values.marked))
    yield _simple("xmpRights:WebStatement", values.web_statement)
    yield _alternatives("xmpRights:UsageTerms", values.usage_terms)
    yield _alternatives("Iptc4xmpCore:AltTextAccessibility", values.alt_text)
    yield _simple("Iptc4xmpExt:DigitalSourceType", _in(SOURCE_TYPES, values.digital_source_type))
    yield _simple("plus:Version", PLUS_VERSION)
    yield _licensor(values.licensor)
    yield _simple("plus:LicenseID", values.licence_number)
    yield _list("plus:LicensorTransactionID", "Bag", filter(None, (values.licence_number,)))
    yield _simple("plus:LicenseStartDate", values.licence_start)
    yield _simple("plus:LicenseEndDate", values.licence_end)
    yield _simple("plus:DataMining", _in(DATA_MINING, values.data_mining))


def _text(value: str) -> str:
    return escape(NOT_IN_XML.sub("", value))


def _in(vocabulary: str, code: str) -> str:
    return code if not code or ":" in code else vocabulary + code


def _simple(name: str, value: str) -> str:
    return f"<{name}>{_text(value)}</{name}>" if value else ""


def _alternatives(name: str, texts: Mapping[str, str]) -> str:
    """A language alternative, the default first (ISO 16684-1, 8.2.2.4)."""
    given = [(language, text) for language, text in texts.items() if text]
    if not given:
        return ""
    default = [] if "x-default" in texts else [("x-default", given[0][1])]
    items = "".join(
        f'<rdf:li xml:lang="{_text(language)}">{_text(text)}</rdf:li>'
        for language, text in default + given
    )
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def _list(name: str, kind: str, texts: Iterable[str]) -> str:
    items = "".join(f"<rdf:li>{_text(text)}</rdf:li>" for text in texts)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""


def _licensor(licensor: Licensor | None) -> str:
    if licensor is None:
        return ""
    details = "".join(
        _simple(f"plus:Licensor{part}", value)
        for part, value in (
            ("Name", licensor.name),
            ("URL", licensor.url),
            ("Email", licensor.email),
        )
    )
    item = f'<rdf:li rdf:parseType="Resource">{details}</rdf:li>'
    return f"<plus:Licensor><rdf:Seq>{item}</rdf:Seq></plus:Licensor>"
