"""Money: integer minor units, explicit rounding, VAT on the total of its rate. Pure.

VAT schemes are rows with a source, not rules in code: which one applies is the officer's choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# Minor units as they are used, which differs from ISO 4217 for the forint: no fillér since 1999.
EXPONENTS = {"HUF": 0, "JPY": 0, "EUR": 2, "GBP": 2, "USD": 2, "CHF": 2, "KWD": 3}


@dataclass(frozen=True)
class VatScheme:
    """How a sale is taxed; `percent` None stands for the domestic rate of the settings."""

    code: str
    percent: int | None
    hu: str
    en: str
    needs_vat_id: bool = False
    source: str = ""

    def label(self, lang: str) -> str:
        return self.hu if lang == "hu" else self.en


VAT_SCHEMES = (
    VatScheme("domestic", None, "Belföldi áfa", "Domestic VAT",
              source="2007. évi CXXVII. tv. 82. §"),
    VatScheme("reverse_charge", 0, "Fordított adózás", "Reverse charge", True,
              "2006/112/EC art. 44, 196"),
    VatScheme("outside", 0, "Áfa területi hatályán kívül", "Outside the scope of VAT",
              source="2006/112/EC art. 44, 59"),
    VatScheme("exempt", 0, "Alanyi adómentes", "Exempt from VAT",
              source="2007. évi CXXVII. tv. XIII. fejezet"),
)  # fmt: skip


class BadAmount(ValueError):
    """An amount that somebody typed cannot be read as money."""


@dataclass(frozen=True)
class Total:
    net: int
    vat: int
    gross: int
    percent: int


def vat_scheme(code: str) -> VatScheme:
    for scheme in VAT_SCHEMES:
        if scheme.code == code:
            return scheme
    raise LookupError(code)


def exponent(currency: str) -> int:
    return EXPONENTS.get(currency, 2)


def parse(text: str, currency: str) -> int:
    """Minor units of an amount as typed ("12 500", "12.500,50", "99.90"). Raises BadAmount."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not re.fullmatch(r"\d[\d.,]*", bare):
        raise BadAmount(text)
    places = exponent(currency)
    fraction = re.search(rf"[.,](\d{{1,{places}}})$", bare) if places else None
    whole = bare[: fraction.start()] if fraction else bare
    if re.search(r"[.,]", whole) and not re.fullmatch(r"\d{1,3}([.,]\d{3})+", whole):
        raise BadAmount(text)
    digits = re.sub(r"[.,]", "", whole)
    return int(digits + (fraction[1] if fraction else "").ljust(places, "0"))


def total(nets: list[int], percent: int) -> Total:
    """Net, VAT and gross: VAT is computed once on the sum of the lines, half rounded up."""
    net = sum(nets)
    vat = int((Decimal(net) * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return Total(net, vat, net + vat, percent)


def show(minor: int, currency: str, lang: str) -> str:
    """An amount for people: "12 500 Ft" in Hungarian, "HUF 12,500" in English."""
    places = exponent(currency)
    whole, rest = divmod(abs(minor), 10**places)
    fraction = f"{rest:0{places}d}" if places else ""
    sign = "−" if minor < 0 else ""
    if lang == "hu":
        number = f"{whole:,}".replace(",", "\u202f") + ("," + fraction if fraction else "")
        return f"{sign}{number}\u00a0{'Ft' if currency == 'HUF' else currency}"
    return f"{sign}{currency}\u00a0{whole:,}" + ("." + fraction if fraction else "")
