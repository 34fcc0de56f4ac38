"""Lists of people: headings, swapped columns, the order of names, dates, numbers, second runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from archive import db, history
from archive.catalogue.authorities import KINDS, keeping
from archive.catalogue.authorities.personal_names import family_first, share_of_given
from archive.catalogue.models import Agent
from archive.ingest import people
from archive.ingest.words import Unreadable, reason
from archive.settings import Settings, use

ACTOR = history.system("test")


@pytest.fixture
def archive(database: None) -> None:
    use(Settings(secret_key="a key for tests only"))


def listed(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


def agents() -> dict[str, Agent]:
    db.release()
    return {row.name: row for row in db.session().scalars(select(Agent))}


@pytest.mark.parametrize(
    ("name", "family", "given", "hungarian"),
    [
        ("Erzsébet Leichtner", "Leichtner", "Erzsébet", "Leichtner Erzsébet"),
        ("Gergely Pohárnok", "", "Gergely", "Pohárnok Gergely"),
        ("Gergely Pohárnok", "", "", "Pohárnok Gergely"),
        ("Gerebics Sándor", "", "Sándor", "Gerebics Sándor"),
        ("László Moholy-Nagy", "Nagy", "László", "Moholy-Nagy László"),
        ("Péter István Fábry", "Fábry", "István", "Fábry Péter István"),
        ("László György Sáros", "", "György", "Sáros László György"),
        ("Kálmándy Pap Ferenc", "", "Ferenc", "Kálmándy Pap Ferenc"),
        ("László Dezső", "Dezső", "László", "Dezső László"),  # both are given names
        ("László Dezső", "", "", "László Dezső"),  # and so nobody can tell
        ("Ernő Szijártó", "", "András", "Szijártó Ernő"),
        ("Deutsch Mór (festő)", "Deutsch", "Mór", "Deutsch Mór"),
        ("Nagy, Imre", "", "", "Nagy Imre"),
        ("Rogi André", "Klein", "Rózsa", "Rogi André"),  # a pseudonym
        ("Paulius Normantas", "Normantas", "Romualdas", "Paulius Normantas"),
        ("Ylla", "", "Kamilla", "Ylla"),
    ],
)
def test_the_family_name_of_hungarians_stands_first(
    name: str, family: str, given: str, hungarian: str
) -> None:
    assert family_first(name, family=family, given=given) == hungarian


def test_given_names_are_told_from_family_names() -> None:
    assert share_of_given(["László", "Éva", "Sandor"]) == 1
    assert share_of_given(["Leichtner", "Moholy-Nagy"]) == 0


@pytest.mark.usefixtures("archive")
def test_swapped_columns_are_put_right_and_rows_of_one_person_joined(tmp_path: Path) -> None:
    path = listed(
        tmp_path,
        "item,itemLabel,givenNameLabel,lastnameLabel,birthdate,deathdate,itemDescription\n"
        "http://www.wikidata.org/entity/Q1,László Kő,Kő,László,1915-01-01T00:00:00Z,"
        "1997-07-03T00:00:00Z,(1915–1997) magyar fotográfus\n"
        "http://www.wikidata.org/entity/Q1,László Kő,Kő,László,1915-10-20T00:00:00Z,"
        "1997-07-03T00:00:00Z,(1915–1997) magyar fotográfus\n"
        "http://www.wikidata.org/entity/Q2,Éva Dezső,Dezső,Éva,,"
        "http://www.wikidata.org/.well-known/genid/ab12,Hungarian photographer\n",
    )
    report = people.take_over(ACTOR, path, source="Wikidata, CC0")
    assert [outcome.rows for outcome in report.outcomes] == [(2, 3), (4,)]
    known = agents()
    assert known["Kő László"].dates == "1915-10-20/1997-07-03"
    assert known["Kő László"].identifiers == {"wikidata": "Q1"}
    assert known["Kő László"].note == {"hu": "magyar fotográfus"}
    assert known["Kő László"].sources == "Wikidata, CC0"
    assert known["Kő László"].names == ["László Kő"]
    assert (known["Dezső Éva"].dates, known["Dezső Éva"].note) == (
        "", {"en": "Hungarian photographer"},
    )  # fmt: skip


@pytest.mark.usefixtures("archive")
def test_any_list_with_known_headings_is_taken_over(tmp_path: Path) -> None:
    path = listed(
        tmp_path,
        "Név;Életévek;Fajta;VIAF;Más nevek;Források\n"
        "Escher Károly;1890–1966;személy;https://viaf.org/viaf/46768804;K. Escher | Escher K.;MÉL\n"
        "Magyar Távirati Iroda;;testület;;MTI;\n",
    )
    report = people.take_over(ACTOR, path)
    assert report.counts() == {"new": 2, "changed": 0, "unchanged": 0, "refused": 0}
    escher, agency = agents()["Escher Károly"], agents()["Magyar Távirati Iroda"]
    assert (escher.dates, escher.identifiers) == ("1890/1966", {"viaf": "46768804"})
    assert escher.names == ["K. Escher", "Escher K."]
    assert (agency.kind, agency.names, escher.sources) == ("corporate", ["MTI"], "MÉL")


@pytest.mark.usefixtures("archive")
def test_columns_can_be_named(tmp_path: Path) -> None:
    path = listed(tmp_path, "who,from\nSzabó Anna,1900\n")
    with pytest.raises(Unreadable):
        people.take_over(ACTOR, path)
    people.take_over(ACTOR, path, columns={"who": "name", "from": "born"})
    assert agents()["Szabó Anna"].dates == "1900/"


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",1900,1950,", "person_without_name"),
        ("Q12345,1900,1950,", "person_without_name"),
        ("Kő Anna,1950,1900,", "died_before_born"),
        ("Kő Anna,egyszer,,", "person_date_unread"),
        ("Kő Anna,,,VIAF-1", "identifier_wrong"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_reason(
    tmp_path: Path, row: str, code: str
) -> None:
    path = listed(tmp_path, f"name,born,died,viaf\nJó Éva,1900,,\n{row}\n")
    report = people.take_over(ACTOR, path)
    (refused,) = (outcome for outcome in report.outcomes if outcome.outcome == "refused")
    assert (refused.rows, refused.reason) == ((3,), code)
    for lang in ("hu", "en"):
        assert reason(refused.reason, **refused.params).sentence(lang)
    assert list(agents()) == ["Jó Éva"]


@pytest.mark.usefixtures("archive")
def test_who_is_here_already_is_found_and_only_filled(tmp_path: Path) -> None:
    values: dict[str, Any] = {"name": "Imre Nagy", "note": {"hu": "miniszterelnök"}}
    keeping.add(ACTOR, KINDS["agent"], values)
    keeping.add(ACTOR, KINDS["agent"], {"name": "Nagy Imre", "dates": "1933/"})
    text = "name,born,died,description,wikidata\nNagy Imre,1896,1958,politician,Q171393\n"
    report = people.take_over(ACTOR, listed(tmp_path, text))
    assert report.counts()["changed"] == 1
    row = agents()["Imre Nagy"]
    assert (row.dates, row.note["hu"], row.note["en"]) == (
        "1896/1958", "miniszterelnök", "politician",
    )  # fmt: skip
    assert people.take_over(ACTOR, listed(tmp_path, text)).counts()["unchanged"] == 1


@pytest.mark.usefixtures("archive")
def test_whom_a_name_alone_may_mean_twice_is_left_to_a_person(tmp_path: Path) -> None:
    for _number in range(2):
        keeping.add(ACTOR, KINDS["agent"], {"name": "Nagy Imre"})
    report = people.take_over(ACTOR, listed(tmp_path, "name\nNagy Imre\n"))
    assert [outcome.reason for outcome in report.outcomes] == ["several_have_the_name"]


@pytest.mark.usefixtures("archive")
def test_a_rehearsal_writes_nothing(tmp_path: Path) -> None:
    report = people.take_over(ACTOR, listed(tmp_path, "name\nKő Anna\n"), dry_run=True)
    assert (report.counts()["new"], report.change_set, agents()) == (1, "", {})


@pytest.mark.usefixtures("archive")
def test_the_photographers_of_wikidata(shared_data: Path) -> None:
    path = shared_data / "catalogues" / "wikidata_hungarian_photographers.csv"
    report = people.take_over(ACTOR, path, source="Wikidata, CC0")
    counts = report.counts()
    assert counts["new"] + counts["refused"] == 312
    assert counts["refused"] == 0
    known = agents()
    for name, dates, number in (
        ("Moholy-Nagy László", "1895-07-20/1946-11-24", "Q160448"),
        ("Martsa Alajos", "1910/1979-04-15", "Q56924637"),
        ("Gerebics Sándor", "1969-01-13/", "Q120907408"),
        ("Suzanne Szasz", "1915-10-20/1997-07-03", "Q18508662"),
    ):
        assert known[name].dates == dates
        assert known[name].identifiers == {"wikidata": number}
    again = people.take_over(ACTOR, path, source="Wikidata, CC0")
    assert again.counts() == {"new": 0, "changed": 0, "unchanged": 312, "refused": 0}
    assert again.change_set == ""
