"""Names as people write them, and the table of words that the search was built for, end to end.

`names.txt` goes through the query language and an engine; the table goes through a whole archive:
records with authorities, the follower, the rights, the index, the box.
"""

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from archive import db, settings
from archive.catalogue import service as catalogue
from archive.catalogue.authorities import keeping, kinds
from archive.catalogue.drafts import DateDraft, Draft, LinkDraft, Rights
from archive.catalogue.models import Unit
from archive.history import system
from archive.history.actor import READER
from archive.search import follow, service
from archive.search.documents import SearchDocument
from archive.search.engine import SearchEngine
from archive.search.query import parse
from archive.settings import Settings

NewEngine = Callable[..., SearchEngine]
Made = Callable[..., SearchDocument]
STAFF = system("tests")
OWN = "http://creativecommons.org/licenses/by/4.0/"
LINES = Path(__file__).with_name("names.txt").read_text(encoding="utf-8").splitlines()
NAMES = [
    [wording.strip() for wording in line.split("|")] for line in LINES if not line.startswith("#")
]


# What is typed, and the first word of the titles it must find (search.md 3).
TABLE = {
    "forradalom": ["Zászlók"],
    "forradalmak": ["Zászlók"],
    "felkelés": ["Zászlók"],
    "felkelesek": ["Zászlók"],
    "uprisings": ["Zászlók"],
    "revolution": ["Zászlók"],
    "tuntetes": ["Szobrok"],
    "tank": ["Szobrok"],
    "tankkal": ["Szobrok"],
    "szobor": ["Szobrok"],
    "hidak": ["Szobrok"],
    "nok": ["Nők"],
    "nőket": ["Nők"],
    "no": ["There", "Nők"],
    "lovak": ["Nők"],
    "Maleter": ["Ezredes"],
    "Malétert": ["Ezredes"],
    "Pal Maleter": ["Ezredes"],
    '"Corvin köz"': [],
    '"Corvin közben"': ["Nők"],
    "Nagy Imre": ["Miniszterelnök"],
    "Imre Nagy": ["Miniszterelnök"],
    "Надь Имре": ["Miniszterelnök"],
    "Имре Надь": ["Miniszterelnök"],
    "Andrássy út": ["Barikád"],
    "Sztálin út": ["Barikád"],
    "Stalin út": [],
    '"Népköztársaság útja"': ["Barikád"],
    "place:sztalin": ["Barikád"],
    "1956-10-23..1956-11-04": ["Barikád", "Zászlók"],
    "1956 ősze": ["Barikád", "Zászlók"],
    "before 1945": ["Kenyérsor"],
    "HU-T-1956-1/12": ["Kenyérsor"],
    "hu-t-1956-1/12": ["Kenyérsor"],
    "HU-T-1956-1/1": [],
}


@pytest.fixture
def captioned(new_engine: NewEngine, made: Made, parts: type) -> SearchEngine:
    """A photograph for every wording of every name."""
    return new_engine(
        [
            made(f"{line}-{at}", captions=[parts.caption(f"A képen {wording} látható.")])  # type: ignore[attr-defined]
            for line, wordings in enumerate(NAMES)
            for at, wording in enumerate(wordings)
        ]
    )


def test_names_are_found_however_they_are_written(captioned: SearchEngine) -> None:
    """Recall of at least 98 % over all pairs of wordings, and nobody else's photograph."""
    assert len(NAMES) >= 60
    missed, false, pairs = [], [], 0
    for line, wordings in enumerate(NAMES):
        answers = {wording: found(captioned, wording) for wording in wordings}
        for (_, typed), (other, written) in permutations(enumerate(wordings), 2):
            pairs += 1
            if f"{line}-{other}" not in answers[typed]:
                missed.append((typed, written))
        for typed, ids in answers.items():
            false += [(typed, name) for name in ids if name.split("-")[0] != str(line)]
    assert false == []
    assert pairs > 300
    assert len(missed) <= 0.02 * pairs, missed


def found(engine: SearchEngine, typed: str) -> set[str]:
    results = engine.find(parse({"q": typed, "limit": "200"}), "public")
    assert results.notices == ()
    return {hit.id for hit in results.hits}


@pytest.fixture
def archive(database: None, tmp_path: Path, word_folder: Path) -> Iterator[Unit]:
    settings.use(Settings(data=tmp_path))
    words = tmp_path / "search_index" / "words"
    words.parent.mkdir()
    words.symlink_to(word_folder)
    service._engines.clear()
    service._lags.clear()
    yield catalogue.add_unit(STAFF, ref_code="HU-T", level="fonds", title={"hu": "Próba"})
    service._engines.clear()
    settings.use(Settings.load())


@pytest.fixture
def street(archive: Unit) -> dict[str, str]:
    """Photographs of 1956 with authorities, as an archivist makes them: titles by identifier."""
    authorities = {
        name: keeping.add(STAFF, kinds.KINDS[kind], values).public_id
        for name, kind, values in (
            ("nagy", "agent", {"name": "Nagy Imre", "kind": "person", "names": ["Надь Имре"]}),
            ("maleter", "agent", {"name": "Maléter Pál", "kind": "person"}),
            ("road", "place", {
                "name": {"hu": "Andrássy út"}, "then": {"hu": "Sztálin út"},
                "names": ["Népköztársaság útja"],
            }),
            ("rising", "event", {
                "name": {"hu": "forradalom", "en": "uprising"}, "names": ["felkelés", "revolution"],
            }),
        )
    }  # fmt: skip
    made: dict[str, str] = {}

    def photograph(title: str, date: str = "1957", **values: object) -> None:
        draft = Draft(creator_unknown=True, rights=Rights(OWN, "Pillanat"), **values)  # type: ignore[arg-type]
        draft.title("hu", title)
        draft.dates = [DateDraft(date, "hu")]
        image = catalogue.accession(STAFF, archive, draft)
        catalogue.publish(STAFF, image)
        made[str(image.public_id)] = title

    photograph("Miniszterelnök", agents=[LinkDraft(target=authorities["nagy"], role="depicted")])
    photograph("Ezredes", agents=[LinkDraft(target=authorities["maleter"], role="depicted")])
    photograph(
        "Barikád", "1956. október 30.", places=[LinkDraft(target=authorities["road"], role="shown")]
    )
    photograph("Zászlók", "1956 ősze", events=[LinkDraft(target=authorities["rising"])])
    photograph("Kenyérsor", "1944", ref_code="HU-T-1956-1/12")
    photograph("Nők a Corvin közben, lovat vezetnek")
    photograph("Szobrok a hídon; tankok, tüntetések")
    photograph("There is no köz of Corvin here; Kossuth")
    follow.catch_up()
    db.release()
    return made


def test_the_table_of_words_holds_end_to_end(street: dict[str, str]) -> None:
    def titles(typed: str) -> list[str]:
        hits = service.find(parse(typed), READER).hits
        return sorted(street[hit.id].split()[0].strip(",;") for hit in hits)

    assert {typed: titles(typed) for typed in TABLE} == {
        typed: sorted(expected) for typed, expected in TABLE.items()
    }


def test_dates_and_the_nearest_word_end_to_end(street: dict[str, str]) -> None:
    found = service.find(parse("1956-10-23..1956-11-04"), READER)
    assert {street[hit.id]: hit.when for hit in found.hits} == {
        "Barikád": "certain",
        "Zászlók": "possible",
    }
    assert service.find(parse("Kosuth"), READER).suggestion == "kossuth"
