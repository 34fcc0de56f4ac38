"""Rows of real catalogues, checked by hand, and the words within files land in the right fields."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.catalogue.drafts import Draft
from archive.ingest import drafting, spreadsheet
from archive.ingest.drafting import Drafted, compose_title, from_row, with_file
from archive.ingest.mapping import Column, Mapping, guess
from archive.media.fields import Fields
from archive.settings import Settings

Read = Callable[[str, str, str], Drafted]
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
INC_EDU = "http://rightsstatements.org/vocab/InC-EDU/1.0/"
INC = "http://rightsstatements.org/vocab/InC/1.0/"


@pytest.fixture
def row(shared_data: Path, settings: Settings) -> Read:
    """`row(file, heading, value)` drafts the first row that has the value under the heading."""

    def read(name: str, heading: str, value: str) -> Drafted:
        sheet = spreadsheet.read(shared_data / name, settings)
        found = next(row for row in sheet.rows if row.cells.get(heading) == value)
        return compose_title(from_row(found.cells, guess(sheet.headings, sheet.rows)))

    return read


def title(draft: Draft) -> str:
    return next(c.text for c in draft.captions if c.type == "archivist_title")


def others(draft: Draft) -> list[tuple[str, str]]:
    return [(c.type, c.text) for c in draft.captions if c.type != "archivist_title"]


def agents(draft: Draft) -> list[tuple[str, str, str]]:
    return [(link.role, link.name, link.note) for link in draft.agents]


def places(draft: Draft) -> list[str]:
    return [link.name for link in draft.places]


def numbers(draft: Draft) -> set[tuple[str, str]]:
    return {(entry.kind, entry.value) for entry in draft.identifiers}


def test_fortepan(row: Read) -> None:
    draft = row("catalogues/fortepan_budapest_hu.csv", "id", "82430").draft
    assert title(draft).startswith("Széchenyi István (Ferenc József) tér, szemben a Széchenyi")
    text = others(draft)[0][1]
    assert text.endswith("A felvétel 1898 körül készült.")
    assert [(d.display, d.basis) for d in draft.dates] == [("1898 körül", "caption")]
    assert draft.rights.credit_line == "Fortepan / Budapest Főváros Levéltára"
    assert numbers(draft) == {("source_id", "82430"), ("source_id", "HU.BFL.XV.19.d.1.07.106")}
    assert [entry.authority for entry in draft.identifiers][1] == "Budapest Főváros Levéltára"
    assert places(draft) == ["Széchenyi István tér", "Ferenc József tér"]
    assert [link.note for link in draft.places][1] == "former name"
    assert (draft.places[0].lat, draft.places[0].lon) == (47.498462, 19.0472592)
    assert draft.rights.publication_address == "https://fortepan.hu/hu/photos/?id=82430"
    assert {caption.lang for caption in draft.captions} == {"hu"}


def test_teenie_harris(row: Read) -> None:
    draft = row("catalogues/teenie_harris.csv", "irn", "60170").draft
    assert title(draft).startswith("Group portrait of man and four women, including one wearing")
    assert [(d.display, d.edtf) for d in draft.dates] == [("May 1959", "1959-05-01/1959-05-09")]
    assert [link.name for link in draft.subjects if link.kind == "subject"] == [
        "Women--Pennsylvania--Pittsburgh",
        "Interiors--Pennsylvania--Pittsburgh",
        "Group portraits--Pennsylvania--Pittsburgh",
        "Rugs--Pennsylvania--Pittsburgh",
        "Men--Pennsylvania--Pittsburgh",
    ]
    assert draft.carriers[0].technique == "black-and-white: Kodak safety film"
    assert ("accession_no", "2001.35.46145") in numbers(draft)
    cutline = row("catalogues/teenie_harris.csv", "irn", "69705").draft
    assert others(cutline)[0][1].startswith("Cutline of image published in Pittsburgh Courier")


def test_fsa(row: Read) -> None:
    made = row("catalogues/fsa_owi_photogrammar.csv", "call_number", "LC-USE6-D-004379")
    draft = made.draft
    assert "will carry America's offensive" in others(draft)[0][1]
    assert title(draft).startswith("Manpower. Negro bomber plant workers")
    assert made.origins["title"] == {"from": "caption"}
    assert [d.display for d in draft.dates] == ["1942-05"]
    assert agents(draft) == [("creator", "Howard Liberman", "")]
    assert places(draft) == ["Baltimore, City Baltimore, Maryland, United States"]
    assert draft.places[0].lon == -76.6121893
    assert numbers(draft) == {("original_no", "LC-USE6-D-004379"), ("former_no", "1837")}


def test_new_york(row: Read) -> None:
    draft = row("catalogues/oldnyc_nypl.csv", "id", "725898f-a").draft
    assert title(draft) == "Queens: 150th Street - 12th Avenue"
    assert others(draft)[0][1].endswith("Whitestone.\nApril 13, 1927\nP. L. Sperr")
    assert [d.display for d in draft.dates] == ["1927"]
    assert [link.name for link in draft.subjects][1] == "Queens (New York, N.Y.)"
    assert draft.rights.publication_address.startswith("https://digitalcollections.nypl.org/")


def test_idaho(row: Read) -> None:
    draft = row("catalogues/idaho_cities.csv", "objectid", "cities448").draft
    assert title(draft) == "Business section. Boise City, Idaho Territory."
    assert [d.display for d in draft.dates] == ["1866"]
    assert places(draft) == ["Boise"]
    assert [link.name for link in draft.subjects] == ["horse-drawn vehicles"]
    assert draft.rights.rights_statement == PDM
    assert draft.rights.rights_note["en"].startswith("Material determined to be in Public Domain")
    assert draft.rights.source.startswith("Idaho Cities and Towns Collection, Photo Group 5")
    assert draft.carriers[0].format == "7x9.75 black and white print"
    assert numbers(draft) == {("source_id", "cities448"), ("source_id", "5-008-07b")}


def test_postcards(row: Read) -> None:
    draft = row("catalogues/nw_postcards_compound_objects.csv", "objectid", "nwpostcards435").draft
    assert title(draft) == "Noll Aduitorium [Bryan Hall]"
    assert [(d.display, d.edtf) for d in draft.dates] == [("1915", "1915~")]
    assert agents(draft) == [("publisher", "Patton Post Card Co.", "")]
    assert places(draft) == ["Pullman, Washington", "Washington State University"]
    assert draft.rights.rights_statement == INC_EDU


def test_hirahara(row: Read) -> None:
    made = row("catalogues/hirahara_wsu.csv", "objectid", "coll422")
    draft = made.draft
    assert [(d.display, d.edtf) for d in draft.dates] == [("4/12/1944", "1944-04-12")]
    assert agents(draft)[0] == ("creator", "Frank Hirahara", "")
    assert agents(draft)[1][:2] == (
        "publisher",
        "Manuscripts, Archives, and Special Collections, Washington State University Libraries",
    )
    assert places(draft)[0].startswith("Heart Mountain Relocation Center, Park county, Wyoming")
    assert draft.rights.rights_statement == INC
    assert draft.rights.rights_note["en"].endswith("70 years after the 2006 death of the creator.")
    assert draft.carriers[0].format == '1.5"x2"'
    assert made.digitised == "10/25/2011"
    assert draft.notes.startswith("If you have additional information")


def test_edmonton(row: Read) -> None:
    draft = row("catalogues/edmonton_city_archives.csv", "image_number", "EA-64-29").draft
    assert title(draft) == "Houses at 91 Street and 73 Avenue"
    assert others(draft) == [("archivist_description", "In Richmond Park area.")]
    assert draft.creator_unknown
    assert agents(draft) == []
    assert [d.display for d in draft.dates] == ["Nov. 1960"]
    fonds = row("catalogues/edmonton_city_archives.csv", "image_number", "EA-275-422").draft
    assert fonds.rights.source == "Hook Signs fonds"


def test_seattle(row: Read) -> None:
    made = row("catalogues/seattle_public_library.csv", "identifier", "spl_shp_23057")
    draft = made.draft
    assert agents(draft) == [("creator", "Asahel Curtis", "1874–1941")]
    assert places(draft) == ["1st Ave. and Cherry St."]
    assert (draft.places[0].lat, draft.places[0].lon) == (47.602557, -122.334303)
    assert draft.subjects[0].name == "Streets--Washington (State)--Seattle"
    assert [d.display for d in draft.dates] == ["1874-01-01T00:00:00.000Z"]
    assert [warning.code for warning in made.warnings] == ["padded_date"]


def test_bath(row: Read) -> None:
    draft = row("catalogues/bath_historical_images.csv", "Id", "B1975.3.42").draft
    assert title(draft) == "Comforts of Bath: Gouty Gourmands at Dinner"
    assert agents(draft) == [("creator", "Thomas Rowlandson", "")]
    assert draft.rights.rights_statement == PDM
    assert draft.rights.source == "Yale Centre for British Art"
    eaten = row("catalogues/bath_historical_images.csv", "Licence", "CC BY-NC-SA 4.12")
    assert eaten.draft.rights.rights_statement == ""
    assert eaten.draft.rights.rights_note == {"en": "CC BY-NC-SA 4.12"}
    assert [warning.code for warning in eaten.warnings] == ["rights_not_recognised"]


def test_butler(row: Read) -> None:
    made = row("catalogues/butler_library_iiif.csv", "pid", "17")
    draft = made.draft
    assert agents(draft) == [("creator", "A. Tennyson Beals", "")]
    assert [d.display for d in draft.dates] == ["1-Jun-33"]
    assert [warning.code for warning in made.warnings] == ["spreadsheet_date"]
    assert draft.carriers[0].location.startswith("Box no. Box 162, Folder no. Folder 12")


def test_nypl_collections(row: Read) -> None:
    start = "26d63ba0-c6de-012f-2cae-3c075448cc4b"
    draft = row("catalogues/nypl_pd_collections.csv", "UUID", start).draft
    assert ("contributor", "Auguste Mariette", "1821–1881") in agents(draft)
    assert ("depicted", "Serapeum (Ṣaqqārah, Egypt)", "") in agents(draft)
    assert [link.name for link in draft.subjects if link.kind == "genre"] == ["Prints", "Books"]
    assert [d.display for d in draft.dates] == ["1857"]


def test_a_list_of_photographers_is_not_one_of_photographs(row: Read) -> None:
    made = row("catalogues/wikidata_hungarian_photographers.csv", "itemLabel", "Suzanne Szasz")
    assert agents(made.draft) == [("creator", "Suzanne Szasz", "1915–1997")]
    assert not made.speaks_of_a_photograph


def test_watkins(row: Read) -> None:
    draft = row("images/watkins-1890/metadata.csv", "filename", "89-1169.jpg").draft
    assert title(draft) == "Anaconda Mine 1000 ft. level West [no. 1169]"
    assert agents(draft) == [("creator", "Carleton E. Watkins", "")]
    assert places(draft)[0] == "Anaconda Mine"
    assert draft.rights.rights_statement == "http://rightsstatements.org/vocab/NoC-US/1.0/"


# --- what files say ---

MAPPING = Mapping(
    {name: Column(name) for name in ("title", "description", "creator", "date", "credit")}, "hu"
)
FILE = Fields(
    title="Tüntetés a Bem téren",
    caption={"x-default": "Tömeg a szobor körül.", "en-GB": "Crowd at the statue."},
    creator=("Nagy, Pál",),
    credit="MTI",
    copyright="© 1956 Magyar Távirati Iroda",
    keywords=("tüntetés", "szobor"),
    date_created="1956-10-23",
    date_digitised="2011-04-05T10:00:00",
    city="Budapest",
    country="Magyarország",
    gps=(47.5141, 19.0379),
    web_statement="https://creativecommons.org/licenses/by/4.0/",
    alt_text="Sok ember egy szobor körül",
)


def test_a_file_alone_describes_its_photograph() -> None:
    made = with_file(Drafted(), FILE)
    draft = made.draft
    assert [(c.type, c.lang, c.text, c.attributed) for c in draft.captions] == [
        ("archivist_title", "", "Tüntetés a Bem téren", ""),
        ("agency_caption", "", "Tömeg a szobor körül.", "MTI"),
        ("agency_caption", "en", "Crowd at the statue.", "MTI"),
    ]
    assert agents(draft) == [("creator", "Pál Nagy", "")]
    assert [(d.display, d.basis) for d in draft.dates] == [("1956-10-23", "file")]
    assert [(p.name, p.role) for p in draft.places] == [
        ("Budapest, Magyarország", "shown"), ("47.5141, 19.0379", "camera"),
    ]  # fmt: skip
    assert (draft.places[1].lat, draft.places[1].lon) == (47.5141, 19.0379)
    assert draft.rights.credit_line == "MTI"
    assert draft.rights.rights_holder == "Magyar Távirati Iroda"
    assert draft.rights.rights_statement == "http://creativecommons.org/licenses/by/4.0/"
    assert draft.rights.rights_note == {"und": "© 1956 Magyar Távirati Iroda"}
    assert [link.name for link in draft.subjects] == ["tüntetés", "szobor"]
    assert draft.alt == {"und": "Sok ember egy szobor körül"}
    assert made.digitised == "2011-04-05T10:00:00"
    assert made.warnings == []


def test_the_row_wins_and_disagreement_is_noted() -> None:
    cells = {
        "title": "Más cím", "description": "Más leírás.", "creator": "Kis Éva",
        "date": "1956. november", "credit": "Fortepan",
    }  # fmt: skip
    made = with_file(from_row(cells, MAPPING), FILE)
    draft = made.draft
    assert title(draft) == "Más cím"
    assert agents(draft) == [("creator", "Kis Éva", "")]
    assert [d.display for d in draft.dates] == ["1956. november"]
    assert draft.rights.credit_line == "Fortepan"
    assert ("agency_caption", "Tömeg a szobor körül.") in others(draft)
    noted = {entry.params["field"] for entry in made.warnings}
    assert noted == {"title", "caption", "creator", "credit"}
    assert made.origins["title"] == {
        "from": "row", "column": "title", "over": "Tüntetés a Bem téren",
    }  # fmt: skip


def test_case_and_signs_are_no_disagreement() -> None:
    cells = {"title": "tüntetés a BEM téren.", "creator": "Pál Nagy"}
    made = with_file(from_row(cells, MAPPING), Fields(title="Tüntetés a Bem téren"))
    assert made.warnings == []


@pytest.mark.parametrize("name", ["DSC_0012", "IMG-2034", "scan 12", "kep.jpg", "89-1214.tif"])
def test_a_program_that_writes_the_file_name_gives_no_title(name: str) -> None:
    assert with_file(Drafted(), Fields(title=name)).draft.captions == []


def test_no_date_is_a_statement_of_its_own() -> None:
    made = with_file(from_row({"date": "é. n."}, MAPPING), Fields(date_created="2011-05-01"))
    assert made.draft.undated
    assert made.draft.dates == []


def test_lost_letters_are_flagged() -> None:
    made = from_row({"title": "T\ufffdntetés"}, MAPPING)
    assert [(entry.code, entry.params) for entry in made.warnings] == [
        ("lost_character", {"column": "title"})
    ]


def test_a_title_is_composed_only_where_there_is_none() -> None:
    with_title = compose_title(from_row({"title": "A", "description": "B c d."}, MAPPING))
    assert [c.text for c in with_title.draft.captions] == ["A", "B c d."]
    without = compose_title(from_row({"description": "Tüntetés a téren. Este volt."}, MAPPING))
    assert title(without.draft) == "Tüntetés a téren"
    assert without.origins["title"] == {"from": "caption"}
    assert drafting.compose_title(Drafted()).draft.captions == []


def test_year_month_and_day_are_put_together() -> None:
    mapping = Mapping({name: Column(name) for name in ("year", "month", "day")})

    def display(**cells: str) -> str:
        return from_row(cells, mapping).draft.dates[0].display

    assert display(year="1956", month="10", day="3") == "1956-10-03"
    assert display(year="1942", month="7") == "1942-07"
    assert display(year="1942") == "1942"
    assert display(year="1942", month="July") == "July 1942"
