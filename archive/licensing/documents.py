"""Quotes and licences as PDF: deterministic bytes from a frozen document, Hungarian or English.

The layout follows the archive's pages: serif titles, hairlines, one accent. The fonts are static
cuts that set-up makes from the site's own; they carry ő and ű.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from babel.dates import format_date
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from archive.licensing.money import show, vat_scheme
from archive.licensing.usage import Usage, in_words

FONTS = Path(__file__).parent.parent / "static" / "vendor" / "fonts"
INK, QUIET, LINE, ACCENT = (HexColor(c) for c in ("#1c1a17", "#5d574e", "#ddd6c9", "#9b2c22"))

WORDS = {
    "hu": {
        "quote": "Árajánlat",
        "licence": "Felhasználási engedély",
        "date": "Kelt",
        "valid_until": "Érvényes",
        "until": "{}-ig",
        "request": "Kérelem",
        "from_quote": "Árajánlat",
        "from": "Az engedélyt adja",
        "to": "Megrendelő",
        "use": "A felhasználás",
        "photograph": "Fénykép",
        "credit": "Forrásmegjelölés",
        "net": "Nettó",
        "vat": "{label}, {percent}%",
        "gross": "Fizetendő",
        "term": "Hatály",
        "open_end": "{} napjától, határozatlan időre",
        "closed_end": "{} – {}",
        "vat_id": "Adószám",
        "rule": "Az áfát a nettó összegek összegére számítjuk, a felet felfelé kerekítve.",
        "terms_quote": (
            "Az ajánlat elfogadásával a megrendelő a fent leírt felhasználásra kap nem kizárólagos "
            "engedélyt. A forrásmegjelölés feltüntetése kötelező. A fénykép tartalma nem "
            "változtatható meg; gépi tanításra nem használható fel."
        ),
        "terms_licence": (
            "Az engedély nem kizárólagos, másra át nem ruházható, és a fent leírt felhasználásra "
            "szól. A forrásmegjelölés feltüntetése kötelező. A fénykép tartalma nem változtatható "
            "meg; gépi tanításra nem használható fel. Az archívum nem szavatol az ábrázolt "
            "személyek és más jogosultak jogaiért, hacsak ezt külön nem jelzi."
        ),
        "verify": "Az engedély száma ellenőrizhető: {}",
        "page": "{}. oldal",
    },
    "en": {
        "quote": "Quote",
        "licence": "Licence",
        "date": "Date",
        "valid_until": "Valid",
        "until": "until {}",
        "request": "Request",
        "from_quote": "Quote",
        "from": "Granted by",
        "to": "Customer",
        "use": "The use",
        "photograph": "Photograph",
        "credit": "Credit line",
        "net": "Net",
        "vat": "{label}, {percent}%",
        "gross": "To be paid",
        "term": "Term",
        "open_end": "from {}, without a time limit",
        "closed_end": "{} – {}",
        "vat_id": "VAT number",
        "rule": "VAT is computed on the sum of the net amounts, half rounded up.",
        "terms_quote": (
            "By accepting this quote the customer is granted a non-exclusive licence for the use "
            "described above. The credit line must be printed. The content of the photograph may "
            "not be altered, and it may not be used to train machines."
        ),
        "terms_licence": (
            "This licence is non-exclusive, may not be transferred, and covers the use described "
            "above. The credit line must be printed. The content of the photograph may not be "
            "altered, and it may not be used to train machines. The archive gives no warranty for "
            "the rights of persons shown or of third parties unless it says so."
        ),
        "verify": "This licence can be verified at {}",
        "page": "Page {}",
    },
}


def pdf(content: dict[str, Any]) -> bytes:
    """The document as PDF; the same content gives the same bytes."""
    _fonts()
    words = WORDS[content["lang"]]
    target = BytesIO()
    layout = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=24 * mm,
        rightMargin=24 * mm,
        topMargin=22 * mm,
        bottomMargin=22 * mm,
        title=f"{words[content['kind']]} {content['number']}",
        author=content["institution"]["name"],
        lang=content["lang"],
        invariant=1,
    )

    def footer(canvas: Any, _document: Any) -> None:
        canvas.setFont("Sans", 8)
        canvas.setFillColor(QUIET)
        canvas.drawString(
            24 * mm, 12 * mm, f"{content['institution']['name']} · {content['number']}"
        )
        canvas.drawRightString(
            A4[0] - 24 * mm, 12 * mm, words["page"].format(canvas.getPageNumber())
        )

    layout.build(_story(content, words), onFirstPage=footer, onLaterPages=footer)
    return target.getvalue()


def _story(content: dict[str, Any], words: dict[str, str]) -> list[Flowable]:
    lang = content["lang"]
    return [
        _Mark(),
        Spacer(1, 7 * mm),
        Paragraph(escape(words[content["kind"]]), _style("title")),
        Paragraph(escape(content["number"]), _style("number")),
        Spacer(1, 6 * mm),
        _facts(_head(content, words)),
        Spacer(1, 5 * mm),
        _parties(content, words),
        Paragraph(escape(words["use"]), _style("heading")),
        _facts(in_words(Usage.from_json(content["usage"]), lang)),
        Spacer(1, 5 * mm),
        _lines(content, words),
        Spacer(1, 3 * mm),
        Paragraph(escape(words["rule"]), _style("quiet")),
        *_note(content),
        Spacer(1, 5 * mm),
        Paragraph(escape(words[f"terms_{content['kind']}"]), _style("body")),
        *_verification(content, words),
    ]


def _head(content: dict[str, Any], words: dict[str, str]) -> list[tuple[str, str]]:
    lang = content["lang"]
    rows = [(words["date"], day(content["date"], lang))]
    if content["kind"] == "quote":
        until = words["until"].format(day(content["valid_until"], lang).rstrip("."))
        return [*rows, (words["valid_until"], until), (words["request"], content["request"])]
    return [*rows, (words["from_quote"], content["quote"]), (words["term"], _term(content, words))]


def _term(content: dict[str, Any], words: dict[str, str]) -> str:
    starts = day(content["starts_on"], content["lang"])
    if content["ends_on"] is None:
        return words["open_end"].format(starts)
    return words["closed_end"].format(starts, day(content["ends_on"], content["lang"]))


def day(iso: str, lang: str) -> str:
    """A day in words: "2026. november 22." or "22 November 2026"."""
    return format_date(date.fromisoformat(iso), "long", locale="hu" if lang == "hu" else "en_GB")


def _facts(rows: list[tuple[str, str]]) -> Table:
    cells = [
        [Paragraph(escape(label), _style("quiet")), Paragraph(escape(value), _style("body"))]
        for label, value in rows
    ]
    return Table(cells, colWidths=[38 * mm, 124 * mm], style=_PLAIN, hAlign="LEFT")


def _parties(content: dict[str, Any], words: dict[str, str]) -> Table:
    seller, buyer = content["institution"], content["customer"]
    vat = f"{words['vat_id']}: {buyer['vat_id']}" if buyer["vat_id"] else ""
    left = [words["from"], seller["name"], seller["address"], seller["email"]]
    right = [words["to"], buyer["organisation"], buyer["name"], buyer["address"], vat]
    cells = [[_block(left), _block(right)]]
    return Table(cells, colWidths=[81 * mm, 81 * mm], style=_RULED, hAlign="LEFT")


def _block(lines: list[str]) -> list[Paragraph]:
    first, *rest = lines
    shown = [Paragraph(escape(line), _style("body")) for line in rest if line]
    return [Paragraph(escape(first), _style("quiet")), *shown]


def _lines(content: dict[str, Any], words: dict[str, str]) -> Table:
    lang, currency = content["lang"], content["currency"]
    head = [Paragraph(escape(words[key]), _style("quiet")) for key in ("photograph", "credit")]
    cells: list[list[Any]] = [[*head, Paragraph(escape(words["net"]), _style("quiet_right"))]]
    for line in content["lines"]:
        title = line["title"].get(lang) or next(iter(line["title"].values()), "")
        named = f"<b>{escape(line['ref'])}</b><br/>{escape(title)}"
        amount = Paragraph(show(line["net"], currency, lang), _style("right"))
        cells.append(
            [
                Paragraph(named, _style("body")),
                Paragraph(escape(line["credit"]), _style("body")),
                amount,
            ]
        )
    scheme = vat_scheme(content["vat_scheme"]).label(lang)
    sums = [
        (words["net"], content["net"]),
        (words["vat"].format(label=scheme, percent=content["vat_percent"]), content["vat"]),
        (words["gross"], content["gross"]),
    ]
    for label, amount in sums:
        strong = "strong_right" if label == words["gross"] else "right"
        cells.append(
            [
                "",
                Paragraph(escape(label), _style(strong)),
                Paragraph(show(amount, currency, lang), _style(strong)),
            ]
        )
    return Table(
        cells, colWidths=[74 * mm, 54 * mm, 34 * mm], style=_RULED, hAlign="LEFT", repeatRows=1
    )


def _note(content: dict[str, Any]) -> list[Flowable]:
    if not content["note"]:
        return []
    return [Spacer(1, 4 * mm), Paragraph(escape(content["note"]), _style("body"))]


def _verification(content: dict[str, Any], words: dict[str, str]) -> list[Flowable]:
    if content["kind"] != "licence":
        return []
    address = f"{content['institution']['site']}/licence/{content['number']}/verify"
    return [Spacer(1, 4 * mm), Paragraph(escape(words["verify"].format(address)), _style("quiet"))]


class _Mark(Flowable):
    """The mark: a rectangle with a round hole."""

    def __init__(self) -> None:
        super().__init__()
        self.width, self.height = 13 * mm, 10 * mm

    def draw(self) -> None:
        path = self.canv.beginPath()
        path.rect(0, 0, self.width, self.height)
        path.circle(self.width / 2, self.height / 2, 2.4 * mm)
        self.canv.setFillColor(ACCENT)
        self.canv.drawPath(path, stroke=0, fill=1, fillMode=0)


_PLAIN = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
)
_RULED = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("LINEABOVE", (0, 0), (-1, 0), 0.6, INK),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
)


@cache
def _fonts() -> None:
    for name, file in (
        ("Serif", "SourceSerif4-Semibold.ttf"),
        ("Sans", "SourceSans3-Regular.ttf"),
        ("SansBold", "SourceSans3-Semibold.ttf"),
    ):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
    pdfmetrics.registerFontFamily("Sans", normal="Sans", bold="SansBold")


@cache
def _style(name: str) -> ParagraphStyle:
    base = {"fontName": "Sans", "fontSize": 9.5, "leading": 13.5, "textColor": INK}
    styles: dict[str, dict[str, Any]] = {
        "body": {},
        "right": {"alignment": TA_RIGHT},
        "strong_right": {"alignment": TA_RIGHT, "fontName": "SansBold"},
        "quiet": {"textColor": QUIET, "fontSize": 8.5, "leading": 12},
        "quiet_right": {"textColor": QUIET, "fontSize": 8.5, "leading": 12, "alignment": TA_RIGHT},
        "title": {"fontName": "Serif", "fontSize": 24, "leading": 29},
        "number": {"fontSize": 11, "textColor": QUIET},
        "heading": {
            "fontName": "Serif",
            "fontSize": 13,
            "leading": 17,
            "spaceBefore": 14,
            "spaceAfter": 3,
        },
    }
    return ParagraphStyle(name, **{**base, **styles[name]})
