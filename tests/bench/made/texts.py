"""Captions as archives write them, any number of them: real sentences taken apart and recombined.

The sentences come from the real catalogues beside the project (PILLANAT_SHARED_DATA), Hungarian
and English; nothing of them is kept in the project. A caption is one real sentence and a walk from
word to word as real sentences go, with a compound nobody has written yet among every fifty words,
so that new words keep coming as they do in real collections. The same seed gives the same texts.
"""

import csv
import os
import random
import re
import sys
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

SHARED = Path(os.environ.get("PILLANAT_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data"))
CAPTIONS = {
    "bath_historical_images": ["Title"],
    "butler_library_iiif": ["title", "summary"],
    "edmonton_city_archives": ["image_title", "description"],
    "fortepan_budapest_hu": ["description"],
    "fsa_owi_photogrammar": ["caption"],
    "hirahara_wsu": ["title", "description"],
    "idaho_cities": ["title", "description"],
    "nw_postcards_compound_objects": ["title", "description"],
    "nypl_pd_collections": ["Title"],
    "oldnyc_nypl": ["title", "text"],
    "seattle_public_library": ["title", "description"],
    "teenie_harris": ["TitMainTitle", "CatDescriptText"],
}
HUNGARIAN = {"fortepan_budapest_hu"}
NAMES = {"wikidata_hungarian_photographers": "itemLabel"}
PLACES = {"fortepan_budapest_hu": "places", "idaho_cities": "location"}
SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
NEW_WORD = 50  # among so many words one is a compound of two


@dataclass
class Language:
    """The sentences of a language, and which words follow each word in them."""

    sentences: list[list[str]] = field(default_factory=list)
    after: dict[str, list[str]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        for sentence in SENTENCE.split(text):
            if words := sentence.split():
                self.sentences.append(words)
                for word, following in pairwise(words):
                    self.after.setdefault(word, []).append(following)

    def walk(self, chance: random.Random, words: int) -> list[str]:
        """A real sentence, and words that follow each other as they do in others."""
        walked = list(chance.choice(self.sentences))
        while len(walked) < words:
            if chance.randrange(NEW_WORD) == 0:
                walked.append(self._compound(chance))
            following = self.after.get(walked[-1])
            walked.append(chance.choice(following or chance.choice(self.sentences)))
        return walked[:words]

    def _compound(self, chance: random.Random) -> str:
        parts = (chance.choice(chance.choice(self.sentences)).strip(".,;:()\"'") for _ in "12")
        return "".join(parts)


@dataclass
class Texts:
    """Titles, captions and names to draw from."""

    languages: dict[str, Language]
    names: list[str]
    places: list[str]


def read(folder: Path = SHARED / "catalogues") -> Texts:
    """The words of the real catalogues; ends the program where they are missing."""
    if not folder.is_dir():
        sys.exit(f"The folder of real catalogues {folder} is missing.")
    languages = {"hu": Language(), "en": Language()}
    for name, columns in CAPTIONS.items():
        language = languages["hu" if name in HUNGARIAN else "en"]
        for row in _rows(folder, name):
            for column in columns:
                language.add(row[column])
    names = [row[column] for name, column in NAMES.items() for row in _rows(folder, name)]
    places = [row[column] for name, column in PLACES.items() for row in _rows(folder, name)]
    return Texts(languages, names, sorted({p for text in places for p in text.split(" | ") if p}))


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
