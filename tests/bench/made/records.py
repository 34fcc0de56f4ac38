"""Search documents of made-up photographs, as `search.documents` makes them from records.

A record has a title, a caption of forty words, two people, a place, a fonds and a date; people and
places return as they do in collections, a few of them often. The same seed gives the same records.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from archive.search.documents import Access, SearchDocument, document
from made.texts import Language, Texts

TITLE, CAPTION = 8, 40  # words
PEOPLE, PLACES, UNITS = 5000, 2000, 40
FIRST_DAY, DAYS = date(1880, 1, 1), 110 * 365
BADGES = ("InC", "CC0", "CC-BY", "NoC-US", "InC-EDU", "UND", "CNE", "NKC", "CC-BY-SA")
WIDTHS = (0, 1, 30, 365)  # days between the earliest and the latest


class Records:
    """Makes documents one after the other."""

    def __init__(self, texts: Texts, seed: int = 1956) -> None:
        self._texts, self._chance = texts, random.Random(seed)
        self._people = [self._named(texts.names, "a", n) for n in range(PEOPLE)]
        self._places = [self._named(texts.places, "p", n) for n in range(PLACES)]

    def documents(self, number: int) -> Iterator[SearchDocument]:
        access = Access(True, 1200, uses=("view", "licence"))
        for at in range(number):
            badge = BADGES[self._often(len(BADGES))]
            yield document(self._record(at), seq=1, access=replaced(access, badge))

    def _named(self, names: list[str], sign: str, number: int) -> tuple[str, str]:
        """The key and the name of a person or place; names are made of parts of two."""
        first, last = self._chance.choice(names).split(), self._chance.choice(names).split()
        return f"{sign}{number}", " ".join([*first[:1], *last[-2:]])

    def _often(self, kinds: int) -> int:
        """A number below `kinds`, small ones more often."""
        return int(kinds * self._chance.random() ** 2)

    def _record(self, at: int) -> dict[str, Any]:
        chance = self._chance
        lang = chance.choice(("hu", "en"))
        language = self._texts.languages[lang]
        unit = self._often(UNITS)
        fonds = {"id": f"u{unit}", "ref": f"HU-{unit}", "title": {"hu": f"Fond {unit}"}}
        place = self._places[self._often(PLACES)]
        return {
            **EMPTY, "id": f"p{at:09}", "ref_code": f"HU-{unit}-{at}", "unit": fonds,
            "path": [fonds], "title": {lang: " ".join(language.walk(chance, TITLE))},
            "captions": [_caption(language, lang, chance)], "dates": [_date(chance)],
            "agents": [self._agent("creator"), self._agent("depicted")],
            "places": [
                {"id": place[0], "role": "shown", "name": {"hu": place[1]}, "names": [],
                 "then": {}, "certainty": "certain"}
            ],
            "assets": [{**ASSET, "id": f"as{at}"}],
        }  # fmt: skip

    def _agent(self, role: str) -> dict[str, Any]:
        key, name = self._people[self._often(PEOPLE)]
        return {"id": key, "name": name, "names": [], "role": role, "certainty": "certain"}


def replaced(access: Access, badge: str) -> Access:
    return Access(access.public_visible, access.max_px, badge, access.uses)


def _caption(language: Language, lang: str, chance: random.Random) -> dict[str, Any]:
    text = " ".join(language.walk(chance, CAPTION))
    return {"type": "archivist_description", "lang": lang, "text": text, "stance": "neutral"}


def _date(chance: random.Random) -> dict[str, Any]:
    first = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    last = first + timedelta(days=chance.choice(WIDTHS))
    edtf = first.isoformat() if first == last else f"{first}/{last}"
    return {
        "role": "created", "kind": "date", "preferred": True, "display": edtf, "edtf": edtf,
        "earliest": first.isoformat(), "latest": last.isoformat(), "lang": "hu",
        "uncertain": False, "approximate": chance.random() < 0.3,
    }  # fmt: skip


ASSET = {
    "side": "recto", "width": 4000, "height": 3000, "thumbhash": "abcdefgh", "representative": True,
}  # fmt: skip
EMPTY: dict[str, Any] = {
    "version": 1, "state": "published", "published_at": "2026-11-22T10:00:00Z",
    "updated_at": "2026-11-22T10:00:00Z", "identifiers": [], "undated": False,
    "creator_unknown": False, "events": [], "subjects": [],
    "rights": {"statement": "", "credit": "Fényképtár", "holder": "", "note": {}, "inherited": {}},
    "provenance": {
        "source": "", "acquisition": "", "custody": {}, "publication": {}, "inherited": {},
    },
    "carriers": [], "alt": {}, "specimen": False, "notes": "",
}  # fmt: skip
