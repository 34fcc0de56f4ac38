"""Every sort of rights statement once, with an invented case that explains it.

The drawings themselves may be used freely with the program; the cases show how the archive speaks
about rights.  Statements are the `http://` identifiers of RightsStatements.org 1.0 and Creative
Commons, letter by letter.
"""

from __future__ import annotations

from archive.demo.model import Collection, Rights

_RS = "http://rightsstatements.org/vocab/{}/1.0/"
_CC = "http://creativecommons.org/"
CREDIT = "Pillanat mintaarchívum"


def _case(statement: str, holder: str, hu: str, en: str, credit: str = CREDIT) -> Rights:
    uri = statement if statement.startswith("http") else _RS.format(statement)
    note = {"hu": f"Mintajogállás. {hu}", "en": f"A specimen case. {en}"}
    return Rights(uri, credit, holder, note)


CASES: dict[str, Rights] = {
    "InC": _case(
        "InC", "Halmi-Minta Ödön örökösei",
        "A képzelt fényképész 1991-ben halt meg; a kép 2061 végéig védett.",
        "The imagined photographer died in 1991; the picture is protected to the end of 2061.",
        f"{CREDIT} / Halmi-Minta Ödön",
    ),
    "InC-OW-EU": _case(
        "InC-OW-EU", "",
        "A jogosultat gondos kereséssel sem lehetett megtalálni; árva műként szerepel.",
        "A diligent search did not find the rights holder; it is recorded as an orphan work.",
    ),
    "InC-EDU": _case(
        "InC-EDU", "Gyapjas Borbála örökösei",
        "Az örökösök oktatási célra engedélyt adtak, másra külön kell kérni.",
        "The heirs allow use in teaching; anything else needs their permission.",
        f"{CREDIT} / Gyapjas Borbála",
    ),
    "InC-NC": _case(
        "InC-NC", "Linó család",
        "A család nem üzleti célú felhasználáshoz hozzájárult.",
        "The family agrees to non-commercial use.",
        f"{CREDIT} / Linó Mihályné",
    ),
    "InC-RUU": _case(
        "InC-RUU", "",
        "A kép védett, de a jogosult nem azonosítható.",
        "Protected, but the rights holder cannot be identified.",
    ),
    "NoC-CR": _case(
        "NoC-CR", "",
        "A képzelt ajándékozási szerződés üzleti közléshez az archívum hozzájárulását köti ki.",
        "The imagined deed of gift asks for the archive's consent to commercial publication.",
    ),
    "NoC-NC": _case(
        "NoC-NC", "",
        "A digitalizálást támogató képzelt partner 2030-ig csak nem üzleti felhasználást enged.",
        "The imagined partner who paid for the scan allows only non-commercial use until 2030.",
    ),
    "NoC-OKLR": _case(
        "NoC-OKLR", "",
        "Szerzői jog nem védi, de a képen látható személy jogai miatt óvatosság kell.",
        "Not protected by copyright, but the rights of the person shown ask for care.",
    ),
    "NoC-US": _case(
        "NoC-US", "Specimen Press Service",
        "Az Egyesült Államokban 1956-ban jelent meg, a védelmet nem újították meg; ott szabad, "
        "máshol "
        "külön kell megvizsgálni.",
        "Published in the United States in 1956 and not renewed: free there, to be examined "
        "elsewhere.",
        f"{CREDIT} / Specimen Press Service",
    ),
    "CNE": _case(
        "CNE", "", "A jogállását még senki sem vizsgálta meg.", "Nobody has examined its rights "
        "yet."
    ),
    "UND": _case(
        "UND", "",
        "Megvizsgálták, de a megjelenés ideje nem derült ki, ezért a jogállás nem dönthető el.",
        "It was examined, but the date of publication was not found, so the case stays open.",
    ),
    "NKC": _case(
        "NKC", "",
        "Nem ismert, hogy védené szerzői jog, de ez nem bizonyosság.",
        "No copyright is known to protect it, but that is no certainty.",
    ),
    "BY": _case(
        f"{_CC}licenses/by/4.0/", "Karcos Benedek",
        "A képzelt készítő maga adta szabad felhasználásra, nevének feltüntetésével.",
        "The imagined maker gave it for free use with his name.",
        f"{CREDIT} / Karcos Benedek",
    ),
    "BY-SA": _case(
        f"{_CC}licenses/by-sa/4.0/", "Gyapjas Borbála örökösei",
        "Az örökösök azonos feltételekkel továbbadhatóvá tették.",
        "The heirs allow sharing under the same terms.",
        f"{CREDIT} / Gyapjas Borbála",
    ),
    "BY-NC": _case(
        f"{_CC}licenses/by-nc/4.0/", "Linó család",
        "Nem üzleti célra a név feltüntetésével szabadon használható.",
        "Free for non-commercial use with the name.",
        f"{CREDIT} / Linó Mihályné",
    ),
    "CC0": _case(
        f"{_CC}publicdomain/zero/1.0/", "",
        "A jogosult lemondott minden jogáról.",
        "The holder has waived every right.",
    ),
    "PDM": _case(
        f"{_CC}publicdomain/mark/1.0/", "",
        "A közkincs jelölését mutatja. Valódi, névtelen, 1956-ban megjelent kép Magyarországon "
        "2027. "
        "január 1-jétől lesz közkincs.",
        "It shows the mark of the public domain. A real anonymous picture published in 1956 enters "
        "the "
        "public domain in Hungary on 1 January 2027.",
    ),
}  # fmt: skip

COLLECTIONS: dict[str, Collection] = {
    "lino": Collection(
        "Linó család (kitalált adományozó)", "Ajándék, mintagyarapodás 2026/001",
        {
            "hu": "1956-tól egy pesti lakás szekrényében, cipősdobozban; 2026-ban a család átadta.",
            "en": "From 1956 in a shoebox in a flat in Pest; given by the family in 2026.",
        },
    ),
    "sps": Collection(
        "Specimen Press Service (kitalált képügynökség)", "Vétel, mintagyarapodás 2026/002",
        {
            "hu": "Az ügynökség londoni képtárából; a hátlapon gépelt képaláírás.",
            "en": "From the agency's picture library in London; a typed caption on the back.",
        },
    ),
    "mku": Collection(
        "Minta Képügynökség (kitalált képügynökség)", "Átvétel, mintagyarapodás 2026/003",
        {
            "hu": "Az ügynökség budapesti irattárából, leltár nélkül érkezett.",
            "en": "From the agency's files in Budapest; it arrived without an inventory.",
        },
    ),
    "karcos": Collection(
        "Karcos Benedek (kitalált fényképész)", "Letét, mintagyarapodás 2026/004",
        {
            "hu": "A készítő 1956 novemberében magával vitte, 2026-ban letétbe adta.",
            "en": "The maker took it with him in November 1956 and deposited it in 2026.",
        },
    ),
    "piac": Collection(
        "Ismeretlen; bolhapiac (kitalált)", "Vétel, mintagyarapodás 2026/005",
        {
            "hu": "Album nélküli, kevert köteg része; a korábbi őrzők nem ismertek.",
            "en": "Part of a mixed bundle without an album; earlier keepers are not known.",
        },
    ),
}  # fmt: skip
