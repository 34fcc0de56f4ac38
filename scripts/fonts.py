"""Makes the archive's typefaces out of the Fontsource files: for the screen and for paper.

Fontsource cuts a family into `latin` and `latin-ext`, so that ő and ű lie in another file than o
and u. Here both are joined, cut down to the letters that Hungarian and its neighbours write, and
written twice: as one variable WOFF2 for pages, and as static TrueType instances for PDF. The
invariant: a letter that has a base letter (ő has o) is kerned like it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WEIGHT_RANGE = (400, 700)
NEIGHBOURS = "ĂăĄąĆćČčĎďĐđĘęĚěĹĺĽľŁłŃńŇňŐőŔŕŘřŚśŞşŠšŢţŤťŮůŰűŹźŻżŽžȘșȚț"
PUNCTUATION = "–—‘’‚“”„†•…′″‹›€™−↑↓"
LETTERS = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, NEIGHBOURS + PUNCTUATION)])
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "pnum"]
COPIED = "ext."
STYLES = {"Regular": 400, "Semibold": 600, "Bold": 700}


def joined(latin: Path, extended: Path) -> TTFont:
    """One variable font with the letters of both files, cut to LETTERS and to WEIGHT_RANGE."""
    font, further = _trimmed(latin), _trimmed(extended)
    present = font.getBestCmap()
    added = {code: name for code, name in further.getBestCmap().items() if code not in present}
    copied = _with_components(further, added.values())
    for name in copied:
        _copy_glyph(further, name, font)
    own = [name for name in font.getGlyphOrder() if not name.startswith(COPIED)]
    font.setGlyphOrder([*own, *map(_new_name, copied)])
    for table in font["cmap"].tables:
        table.cmap.update({code: _new_name(name) for code, name in added.items()})
    _kern_like_base(font, added)
    return font


def save_woff2(font: TTFont, path: Path) -> None:
    """Write the variable font that pages load."""
    font.flavor = "woff2"
    font.save(path)


def save_instance(font: TTFont, family: str, style: str, path: Path) -> None:
    """Write one static TrueType weight under its own name, as ReportLab needs it."""
    static = instancer.instantiateVariableFont(font, {"wght": STYLES[style]})
    for record, words in ((1, f"{family} {style}"), (4, f"{family} {style}"), (6, path.stem)):
        static["name"].setName(words, record, 3, 1, 0x409)
    static.flavor = None
    static.save(path)


def _trimmed(path: Path) -> TTFont:
    font = TTFont(path)
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # the licence stays with the font
    options.notdef_outline = True
    # Widths are read from gvar where HVAR is missing; BASE and MVAR serve no letter we keep.
    options.drop_tables = [*options.drop_tables, "BASE", "HVAR", "MVAR"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    return instancer.instantiateVariableFont(font, {"wght": WEIGHT_RANGE})


def _new_name(name: str) -> str:
    return COPIED + name


def _with_components(font: TTFont, names: Iterable[str]) -> list[str]:
    """The glyphs and all that they are composed of, each once."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        found[name] = None
        waiting += font["glyf"][name].getComponentNames(font["glyf"])
    return list(found)


def _copy_glyph(source: TTFont, name: str, target: TTFont) -> None:
    glyph = deepcopy(source["glyf"][name])
    for component in glyph.components if glyph.isComposite() else ():
        component.glyphName = _new_name(component.glyphName)
    target["glyf"][_new_name(name)] = glyph
    target["hmtx"][_new_name(name)] = source["hmtx"][name]
    target["gvar"].variations[_new_name(name)] = source["gvar"].variations.get(name, [])


def _kern_like_base(font: TTFont, added: dict[int, str]) -> None:
    """Enter each new letter beside its base letter in the pair kerning (OpenType GPOS type 2)."""
    letters = font.getBestCmap()
    bases = {
        _new_name(name): letters.get(ord(unicodedata.normalize("NFD", chr(code))[0]), "")
        for code, name in sorted(added.items(), key=lambda row: font.getGlyphID(_new_name(row[1])))
    }
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for pairs in lookup.SubTable:
            if pairs.LookupType == 2 and pairs.Format == 1:
                _kern_pairs(pairs, bases)
            elif pairs.LookupType == 2:
                _kern_classes(pairs, bases)


def _kern_classes(pairs: Any, bases: dict[str, str]) -> None:
    for new, base in bases.items():
        if base in pairs.Coverage.glyphs:
            pairs.Coverage.glyphs.append(new)
        for classes in (pairs.ClassDef1.classDefs, pairs.ClassDef2.classDefs):
            if base in classes:
                classes[new] = classes[base]


def _kern_pairs(pairs: Any, bases: dict[str, str]) -> None:
    for partners in pairs.PairSet:
        rows = {row.SecondGlyph: row for row in partners.PairValueRecord}
        for new, base in bases.items():
            if base in rows:
                row = deepcopy(rows[base])
                row.SecondGlyph = new
                partners.PairValueRecord.append(row)
    for new, base in bases.items():
        if base in pairs.Coverage.glyphs:
            place = pairs.Coverage.glyphs.index(base)
            pairs.Coverage.glyphs.append(new)
            pairs.PairSet.append(deepcopy(pairs.PairSet[place]))
