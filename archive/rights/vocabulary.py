"""The rights statements an archive may use: RightsStatements.org 1.0 and Creative Commons.

The addresses begin with ``http://`` on purpose: they are identifiers, and aggregators compare them
letter by letter. `link` is the page a person opens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

RS = "http://rightsstatements.org/vocab/{}/1.0/"
CC = "http://creativecommons.org/"


@dataclass(frozen=True)
class Statement:
    """One statement; `group` is the row of the policy matrix that applies to it."""

    code: str
    uri: str
    group: str
    label: dict[str, str]
    summary: dict[str, str]

    @property
    def link(self) -> str:
        return self.uri.replace("http://", "https://", 1).replace("/vocab/", "/page/", 1)


def _rs(code: str, group: str, hu: str, en: str, hu_summary: str, en_summary: str) -> Statement:
    return Statement(
        code, RS.format(code), group, {"hu": hu, "en": en}, {"hu": hu_summary, "en": en_summary}
    )


def _cc(code: str, path: str, group: str, hu: str, en: str) -> Statement:
    label = {"hu": f"Creative Commons {code}", "en": f"Creative Commons {code}"}
    if path.startswith("publicdomain"):
        label = {"hu": hu.split(":")[0], "en": en.split(":")[0]}
        hu, en = hu.split(": ", 1)[1], en.split(": ", 1)[1]
    return Statement(code, CC + path, group, label, {"hu": hu, "en": en})


_ALL = (
    _rs(
        "InC",
        "closed",
        "Szerzői jogi védelem alatt",
        "In copyright",
        "A fénykép védett; közléséhez engedély kell.",
        "The photograph is protected; publishing it needs permission.",
    ),
    _rs(
        "InC-OW-EU",
        "orphan",
        "Védett – árva mű (EU)",
        "In copyright – EU orphan work",
        "A jogosult felkutatása nem vezetett eredményre; csak nem üzleti célra mutatható be.",
        "The rights holder could not be found; it may be shown for non-commercial purposes only.",
    ),
    _rs(
        "InC-EDU",
        "closed_education",
        "Védett – oktatási célra használható",
        "In copyright – educational use permitted",
        "Oktatási célra engedély nélkül használható, minden másra engedély kell.",
        "Free for education; every other use needs permission.",
    ),
    _rs(
        "InC-NC",
        "closed_noncommercial",
        "Védett – nem üzleti célra használható",
        "In copyright – non-commercial use permitted",
        "Nem üzleti célra engedély nélkül használható, üzleti célra engedély kell.",
        "Free for non-commercial use; commercial use needs permission.",
    ),
    _rs(
        "InC-RUU",
        "orphan",
        "Védett – a jogosult ismeretlen vagy nem elérhető",
        "In copyright – rights holder unlocatable or unidentifiable",
        "A jogosultat nem ismerjük vagy nem érjük el.",
        "The rights holder is not known or cannot be reached.",
    ),
    _rs(
        "NoC-CR",
        "limited",
        "Nem védett – szerződéses korlátozással",
        "No copyright – contractual restrictions",
        "Szerzői jog nem védi, de az átadáskor kötött szerződés korlátozza a felhasználását.",
        "Not protected, but an agreement limits how it may be used.",
    ),
    _rs(
        "NoC-NC",
        "limited",
        "Nem védett – csak nem üzleti célra",
        "No copyright – non-commercial use only",
        "Szerzői jog nem védi, de csak nem üzleti célra használható.",
        "Not protected, but it may be used for non-commercial purposes only.",
    ),
    _rs(
        "NoC-OKLR",
        "limited",
        "Nem védett – más jogi korlátozás ismert",
        "No copyright – other known legal restrictions",
        "Szerzői jog nem védi, de más jogszabály korlátozza a felhasználását.",
        "Not protected, but another law limits how it may be used.",
    ),
    _rs(
        "NoC-US",
        "abroad",
        "Nem védett – Egyesült Államok",
        "No copyright – United States",
        "Az Egyesült Államokban nem védett; más országokban védett lehet.",
        "Not protected in the United States; it may be protected elsewhere.",
    ),
    _rs(
        "CNE",
        "unknown",
        "Szerzői jogi helyzete nem vizsgált",
        "Copyright not evaluated",
        "Jogi helyzetét az archívum még nem vizsgálta.",
        "The archive has not yet evaluated its copyright status.",
    ),
    _rs(
        "UND",
        "unknown",
        "Szerzői jogi helyzete bizonytalan",
        "Copyright undetermined",
        "Jogi helyzetét vizsgáltuk, de nem sikerült megállapítani.",
        "Its status was examined but could not be determined.",
    ),
    _rs(
        "NKC",
        "unknown",
        "Nincs ismert szerzői jogi védelem",
        "No known copyright",
        "Feltehetően nem védett, de ez nem állapítható meg bizonyosan.",
        "Probably not protected, but this cannot be said with certainty.",
    ),
    _cc(
        "CC0",
        "publicdomain/zero/1.0/",
        "free",
        "CC0 – lemondás a jogokról: A jogosult lemondott minden jogáról; bármire használható.",
        "CC0 – rights waived: The holder has waived all rights; it may be used for anything.",
    ),
    _cc(
        "PDM",
        "publicdomain/mark/1.0/",
        "free",
        "Közkincs: Szerzői jogi védelme lejárt; bármire használható.",
        "Public domain: Its copyright has ended; it may be used for anything.",
    ),
    _cc(
        "CC BY 4.0",
        "licenses/by/4.0/",
        "open",
        "A forrás megjelölésével bármire használható.",
        "It may be used for anything, with the credit.",
    ),
    _cc(
        "CC BY-SA 4.0",
        "licenses/by-sa/4.0/",
        "open",
        "A forrás megjelölésével, azonos feltételekkel bármire használható.",
        "It may be used for anything, with the credit and under the same licence.",
    ),
    _cc(
        "CC BY-SA 3.0",
        "licenses/by-sa/3.0/",
        "open",
        "A forrás megjelölésével, azonos feltételekkel bármire használható.",
        "It may be used for anything, with the credit and under the same licence.",
    ),
    _cc(
        "CC BY-NC 4.0",
        "licenses/by-nc/4.0/",
        "open_noncommercial",
        "A forrás megjelölésével, nem üzleti célra használható.",
        "It may be used for non-commercial purposes, with the credit.",
    ),
    _cc(
        "CC BY-NC-SA 4.0",
        "licenses/by-nc-sa/4.0/",
        "open_noncommercial",
        "A forrás megjelölésével, nem üzleti célra, azonos feltételekkel használható.",
        "For non-commercial purposes, with the credit and under the same licence.",
    ),
    _cc(
        "CC BY-ND 4.0",
        "licenses/by-nd/4.0/",
        "open",
        "A forrás megjelölésével, változtatás nélkül használható.",
        "It may be used unchanged, with the credit.",
    ),
    _cc(
        "CC BY-NC-ND 4.0",
        "licenses/by-nc-nd/4.0/",
        "open_noncommercial",
        "A forrás megjelölésével, nem üzleti célra, változtatás nélkül használható.",
        "For non-commercial purposes, unchanged, with the credit.",
    ),
)

STATEMENTS: dict[str, Statement] = {entry.uri: entry for entry in _ALL}
_BY_CODE = {entry.code.lower().replace(" ", "-"): entry for entry in _ALL}
_WORDS = {
    "public domain": "pdm", "közkincs": "pdm", "cc-0": "cc0", "public domain mark": "pdm",
    "cc-by": "cc-by-4.0", "cc-by-sa": "cc-by-sa-4.0", "cc-by-nc": "cc-by-nc-4.0",
    "in copyright": "inc", "no known copyright": "nkc", "copyright not evaluated": "cne",
}  # fmt: skip


def statement(value: str) -> Statement | None:
    """The statement that an address, a code or a common wording means; None when none does.

    Accepts ``https``, ``/page/`` instead of ``/vocab/``, a missing slash, older Creative Commons
    versions and codes such as ``InC-EDU`` or ``CC BY-SA 3.0``.
    """
    text = value.strip()
    if not text:
        return None
    if text.lower().startswith("http"):
        return _by_address(text)
    key = re.sub(r"[\s_]+", " ", text.lower()).strip(" .")
    return _BY_CODE.get(_WORDS.get(key, key.replace(" ", "-"))) or _BY_CODE.get(
        _WORDS.get(key.replace(" ", "-"), "")
    )


def _by_address(text: str) -> Statement | None:
    address = re.sub(r"^https?://(www\.)?", "http://", text.split("?")[0].split("#")[0])
    address = address.replace("/page/", "/vocab/").rstrip("/") + "/"
    address = re.sub(r"(deed\.\w+|legalcode)/$", "", address)
    if address in STATEMENTS:
        return STATEMENTS[address]
    older = re.match(rf"{CC}licenses/([a-z-]+)/(\d\.\d)/(?:\w+/)?$", address)
    if older is None:
        return None
    current = STATEMENTS.get(f"{CC}licenses/{older[1]}/4.0/")
    if current is None:
        return None
    code = current.code.replace("4.0", older[2])
    label = dict.fromkeys(("hu", "en"), f"Creative Commons {code}")
    uri = f"{CC}licenses/{older[1]}/{older[2]}/"
    return Statement(code, uri, current.group, label, current.summary)
