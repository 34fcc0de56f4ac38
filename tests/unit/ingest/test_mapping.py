"""Columns are recognised by their headings and values, in English and Hungarian."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest import mapping as mappings
from archive.ingest import spreadsheet
from archive.ingest.headings import PHRASES, TARGETS, meaning
from archive.ingest.mapping import Column, Mapping, check, from_json, guess, separator
from archive.ingest.spreadsheet import Row
from archive.ingest.words import Unreadable
from archive.settings import Settings

# For each real catalogue: the columns that matter, checked by hand against its first rows.
CATALOGUES = {
    "bath_historical_images": {
        "Source": "source", "Title": "title", "Date": "date", "Creator": "creator", "Id": "id",
        "Homepage": "address_online", "Licence": "rights_statement", "Longitude": "longitude",
        "Latitude": "latitude", "Notes": "notes",
    },
    "butler_library_iiif": {
        "pid": "id", "_date": "date", "_name": "creator", "shelf_location": "location",
        "subjects": "subject", "summary": "description", "title": "title",
    },
    "edmonton_city_archives": {
        "fonds_title": "collection", "creator": "creator", "image_title": "title",
        "subjects": "subject", "names": "depicted", "creation_date": "date",
        "image_number": "id", "description": "description",
    },
    "fortepan_budapest_hu": {
        "id": "id", "description": "description", "places": "place", "old_places": "old_place",
        "full_address": "address", "latitude": "latitude", "longitude": "longitude",
        "source_url": "address_online",
    },
    "fsa_owi_photogrammar": {
        "call_number": "original_no", "photographer_name": "creator", "caption": "caption",
        "year": "year", "month": "month", "lot_number": "former_no", "city": "city",
        "county": "county", "state": "state", "country": "country", "longitude": "longitude",
        "latitude": "latitude",
    },
    "hirahara_wsu": {
        "objectid": "id", "title": "title", "subject": "subject", "description": "description",
        "creator": "creator", "publisher": "publisher", "date": "date", "genre": "genre",
        "filename": "filename", "source": "source", "language": "language",
        "rightsstatement": "rights_statement", "rights": "rights", "image_size": "format",
        "date_digitized": "date_digitised", "negative_or_print": "technique",
        "location": "place", "note": "notes", "date_modified": "administrative_date",
        "reference_url": "address_online",
    },
    "idaho_cities": {
        "objectid": "id", "title": "title", "date": "date",
        "date_is_approximate": "date_approximate", "description": "description",
        "location": "place", "latitude": "latitude", "longitude": "longitude",
        "subject": "subject", "source": "source", "identifier": "id", "donor": "donor",
        "format_original": "format", "language": "language", "rights": "rights",
        "rightsstatement": "rights_statement", "filename": "filename",
    },
    "nw_postcards_compound_objects": {
        "objectid": "id", "parentid": "parent", "title": "title", "description": "description",
        "creator": "creator", "date": "date", "subject": "subject", "location": "place",
        "publisher": "publisher", "source": "source", "date is approximate": "date_approximate",
        "rights": "rights", "rightsstatement": "rights_statement", "original_format": "format",
        "language": "language", "latitude": "latitude", "longitude": "longitude",
        "identifier": "id", "filename": "filename",
    },
    "nypl_pd_collections": {
        "UUID": "guid", "Title": "title", "Alternative Title": "other_title",
        "Contributor": "contributor", "Date": "date", "Date Start": "date_start",
        "Date End": "date_end", "Language": "language", "Description": "description",
        "Note": "notes", "Subject Topical": "subject", "Subject Name": "depicted",
        "Subject Geographic": "place", "Genre": "genre", "Publisher": "publisher",
        "Identifier Call Number": "original_no", "Digital Collections URL": "address_online",
    },
    "oldnyc_nypl": {
        "id": "id", "title": "title", "original_title": "other_title", "date": "date",
        "text": "description", "subjects": "subject", "nypl_url": "address_online",
    },
    "seattle_public_library": {
        "title": "title", "identifier": "id", "description": "description",
        "subjects": "subject", "photographer": "creator", "intersection": "place",
        "coordinates": "coordinates", "createdDate": "date",
    },
    "teenie_harris": {
        "irn": "id", "TitAccessionNo": "accession_no", "CreDateCreated": "date",
        "CreEarliestDate": "date_start", "CreLatestDate": "date_end",
        "PhyMediumComments": "technique", "CatDescriptText": "description",
        "TitMainTitle": "title", "CreCountry_tab": "country", "CreState_tab": "state",
        "CreCity_tab": "city", "CatSubject_tab": "subject", "AdmGUIDValue_tab": "guid",
    },
    "wikidata_hungarian_photographers": {
        "item": "id", "itemLabel": "creator", "birthdate": "creator_born",
        "deathdate": "creator_died", "itemDescription": "creator_note",
    },
}  # fmt: skip


def guessed(path: Path, settings: Settings) -> Mapping:
    sheet = spreadsheet.read(path, settings)
    return guess(sheet.headings, sheet.rows)


@pytest.mark.parametrize("name", CATALOGUES)
def test_real_catalogues_are_mapped_without_a_hand(
    shared_data: Path, settings: Settings, name: str
) -> None:
    found = guessed(shared_data / "catalogues" / f"{name}.csv", settings)
    targets = {heading: column.target for heading, column in found.columns.items()}
    expected = CATALOGUES[name]
    assert {heading: targets.get(heading) for heading in expected} == expected


def test_no_real_catalogue_was_forgotten(shared_data: Path) -> None:
    assert {path.stem for path in (shared_data / "catalogues").glob("*.csv")} == set(CATALOGUES)


def test_values_decide_separators_names_and_orders(shared_data: Path, settings: Settings) -> None:
    def column(catalogue: str, heading: str) -> Column:
        return guessed(shared_data / "catalogues" / f"{catalogue}.csv", settings).columns[heading]

    assert column("fortepan_budapest_hu", "places").separator == "|"
    assert column("edmonton_city_archives", "subjects").separator == ","
    assert column("edmonton_city_archives", "creator") == Column("creator")
    assert column("teenie_harris", "CatSubject_tab").separator == "."
    assert column("butler_library_iiif", "_name") == Column("creator", ";", family_first=True)
    assert column("hirahara_wsu", "date").order == "mdy"
    assert column("hirahara_wsu", "creator").family_first


def test_the_language_of_the_texts_is_recognised(shared_data: Path, settings: Settings) -> None:
    folder = shared_data / "catalogues"
    assert guessed(folder / "fortepan_budapest_hu.csv", settings).language == "hu"
    assert guessed(folder / "oldnyc_nypl.csv", settings).language == "en"


HUNGARIAN = {
    "Fájlnév": "filename", "Cím": "title", "Képaláírás": "caption", "Leírás": "description",
    "Készítés ideje": "date", "Fényképész": "creator", "Helyszín": "place",
    "Korábbi helynév": "old_place", "Tárgyszavak": "subject", "Ábrázolt személyek": "depicted",
    "Leltári szám": "inventory_no", "Jelzet": "ref_code", "Negatívszám": "original_no",
    "Jogi státusz": "rights_statement", "Jogosult": "rights_holder",
    "Forrásmegjelölés": "credit", "Adományozó": "donor", "Őrző intézmény": "source",
    "Felirat": "inscription", "Eredeti képaláírás": "agency_caption", "Megjegyzés": "notes",
    "Földrajzi szélesség": "latitude", "Ügynökség": "agency", "Műterem": "studio",
    "Hordozó": "technique", "Méret": "format", "Raktári jelzet": "location", "Esemény": "event",
}  # fmt: skip


@pytest.mark.parametrize(("heading", "target"), HUNGARIAN.items())
def test_hungarian_headings(heading: str, target: str) -> None:
    assert meaning(heading) == target
    assert meaning(heading.upper().replace(" ", "_")) == target


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("dc:title", "title"), ("dcterms.created", ""), ("dc.creator", "creator"),
        ("scopeAndContent", "description"), ("eventDates", "date"), ("legacyId", "id"),
        ("parentId", "parent"), ("TitMainTitle", "title"), ("AdmGUIDValue_tab", "guid"),
        ("date_source", ""), ("Publisher Location", ""), ("width", ""),
    ],
)  # fmt: skip
def test_headings_of_common_programs(heading: str, target: str) -> None:
    assert meaning(heading) == target


@given(st.sampled_from([phrase for text in PHRASES.values() for phrase in text.split("|")]))
def test_case_and_joints_do_not_matter(phrase: str) -> None:
    assert meaning(phrase.replace(" ", "_").upper()) == meaning(phrase) != ""


def rows(*cells: dict[str, str]) -> list[Row]:
    return [Row(number + 2, entry) for number, entry in enumerate(cells)]


def test_the_better_of_two_date_columns_wins() -> None:
    found = guess(["date_created", "date"], rows({"date": "1944", "date_created": "11/19/2012"}))
    assert found.headings("date") == ["date"]


def test_a_column_of_like_addresses_is_no_column_of_file_names() -> None:
    values = [{"image": f"https://a.example/{n}/default.jpg", "id": str(n)} for n in range(20)]
    assert guess(["id", "image"], rows(*values)).headings("filename") == []
    values = [{"image": f"https://a.example/{n}.jpg"} for n in range(20)]
    assert guess(["image"], rows(*values)).headings("filename") == ["image"]


def test_a_mapping_survives_being_saved() -> None:
    mapping = Mapping(
        {"Név": Column("creator", ";", family_first=True), "Mikor": Column("date", order="mdy")},
        "hu",
        "a mi listánk",
    )
    assert from_json(mapping.as_json()) == mapping
    assert from_json({"columns": {"Név": "creator"}}).columns == {"Név": Column("creator")}


@pytest.mark.parametrize(
    "stored", [{}, [], {"columns": []}, {"columns": {"a": {"no": "target"}}}, None]
)
def test_a_broken_mapping_is_said(stored: object) -> None:
    with pytest.raises(Unreadable, match="The mapping cannot be read"):
        from_json(stored)


def test_unknown_targets_and_missing_columns_are_named() -> None:
    with pytest.raises(Unreadable, match="unknown target colour"):
        from_json({"columns": {"a": "colour"}})
    with pytest.raises(Unreadable, match=r"lacks Szerző\. It has Cím, Dátum\."):
        check(from_json({"columns": {"Szerző": "creator"}}), ["Cím", "Dátum"])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["a; b", "c;d"], ";"), (["a | b", "c"], "|"), (["Sea, at dawn", "Sky, blue"], ""),
        (["utca, tél", "utca, hó", "tél, hó"], ","), (["X--Y.Z--Y.", "X--Y."], "."),
        (["one"], ""), ([], ""),
    ],
)  # fmt: skip
def test_separators(values: list[str], expected: str) -> None:
    assert separator(values) == expected


def test_a_comma_never_cuts_names() -> None:
    assert separator(["Nagy, Imre", "Nagy, Pál", "Nagy, Imre"], of_names=True) == ""
    assert separator(["Nagy, Imre; Kis, Pál"], of_names=True) == ";"


@given(
    st.lists(st.text(max_size=12), max_size=6, unique=True),
    st.lists(st.lists(st.text(max_size=20), max_size=6), max_size=6),
)
def test_guessing_never_fails_and_keeps_single_targets_single(
    headings: list[str], table: list[list[str]]
) -> None:
    sheet = rows(*(dict(zip(headings, cells, strict=False)) for cells in table))
    found = guess(headings, sheet)
    targets = [column.target for column in found.columns.values()]
    assert set(targets) <= set(TARGETS)
    for target in set(targets) - mappings.MANY:
        assert targets.count(target) == 1
