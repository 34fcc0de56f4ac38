"""The sentences of descriptions from AtoM."""

from __future__ import annotations

LEVELS = {
    "fonds": ("fond", "fonds"),
    "subfonds": ("állag", "sub-fonds"),
    "series": ("sorozat", "series"),
    "subseries": ("alsorozat", "sub-series"),
    "file": ("tétel", "file"),
}
ATOM: dict[str, tuple[str, str]] = {
    "not_atom": (
        "Ez nem az AtoM leírásainak CSV-je: hiányzik a title vagy a levelOfDescription oszlop. Ami"
        " benne van: {found}.",
        "This is no CSV of descriptions from AtoM: it lacks the column title or"
        " levelOfDescription. It has {found}.",
    ),
    "atom_no_parent": (
        "Nincs a fájlban {parent} azonosítójú szülője.",
        "Its parent {parent} is not in the file.",
    ),
    "atom_parent_refused": (
        "A szülője ({parent}) nem vehető át, így ez sem.",
        "Its parent {parent} cannot be taken, so this cannot either.",
    ),
    "atom_no_slug": (
        "Nincs olyan leírási egység, amelynek címe vagy jelzete {slug} lenne.",
        "There is no unit whose title or reference code is {slug}.",
    ),
    "atom_circle": (
        "A szülője végül önmaga: körbe mutat.",
        "Its parents lead back to itself.",
    ),
    "atom_below_item": (
        "Egy darab ({parent}) része; mellé kerül külön fényképként.",
        "It is a part of the item {parent} and becomes a photograph beside it.",
    ),
    "atom_level_unknown": (
        "Ismeretlen leírási szint ({level}); {taken} lesz.",
        "The level “{level}” is not known; it becomes a {taken}.",
    ),
    "atom_item_at_the_top": (
        "Darab nem állhat legfelül: nevezze meg, melyik leírási egységbe kerüljön.",
        "An item cannot stand at the top: name the unit that it goes to.",
    ),
    "atom_not_at_the_top": (
        "Legfelül csak fond állhat, ez {level}: nevezze meg, melyik leírási egységbe kerüljön.",
        "Only a fonds stands at the top, and this is a {level}: name the unit that it goes to.",
    ),
    "atom_level_does_not_fit": (
        "{level} nem állhat itt: fölötte {above} van.",
        "A {level} cannot stand below a {above}.",
    ),
    "atom_code_twice": (
        "A {ref} jelzet már a(z) {row}. soré.",
        "The reference code {ref} is that of row {row}.",
    ),
    "atom_code_unfit": (
        "A {ref} jelzet nem adható: túl hosszú, meg nem engedett jel van benne, vagy másé volt.",
        "The reference code {ref} cannot be given: it is too long, has a sign that is not allowed,"
        " or was another’s.",
    ),
    "atom_differs": (
        "Már itt van, és úgy marad; a fájl mást mond itt: {elements}.",
        "It is here already and stays as it is; the file says something else in {elements}.",
    ),
}
