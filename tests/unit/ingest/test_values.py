"""Single values as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest import values
from archive.ingest.mapping import Column
from archive.ingest.values import Bounds, Name, date_of, name_of, told


@pytest.mark.parametrize(
    ("written", "family_first", "lang", "expected"),
    [
        ("Watkins, Carleton E.", True, "en", Name("Carleton E. Watkins")),
        ("Nagy, Imre", True, "hu", Name("Nagy Imre")),
        ("Nagy Imre", False, "hu", Name("Nagy Imre")),
        ("Lenggenhager, Werner W., 1899-1988", True, "en",
         Name("Werner W. Lenggenhager", "1899–1988")),
        ("Mariette, Auguste, 1821-1881", True, "", Name("Auguste Mariette", "1821–1881")),
        ("Bida, Alexandre (1813-1895)", True, "fr", Name("Alexandre Bida", "1813–1895")),
        ("Webster & Stevens", True, "en", Name("Webster & Stevens", kind="corporate")),
        ("Barnard's Studio", False, "en", Name("Barnard's Studio", kind="corporate")),
        ("Mertens és Társa", False, "hu", Name("Mertens és Társa", kind="corporate")),
        ("Serapeum (Ṣaqqārah, Egypt)", True, "", Name("Serapeum (Ṣaqqārah, Egypt)")),
        ("A, B, C", True, "en", Name("A, B, C")),
    ],
)  # fmt: skip
def test_names_in_reading_order(
    written: str, family_first: bool, lang: str, expected: Name
) -> None:
    assert name_of(written, family_first=family_first, lang=lang) == expected


@pytest.mark.parametrize(
    "name", ["unknown", "Unknown photographer", "ismeretlen fényképész", "N. N.", "Anonymous"]
)
def test_words_for_an_unknown_photographer(name: str) -> None:
    assert values.is_unknown(name)
    assert not values.is_unknown(f"{name} Jones")


def test_a_caption_tells_credit_shelf_mark_and_date() -> None:
    found = told(
        "Dorottya utca 6. A felvétel 1860-ban készült. A kép forrását kérjük így adja meg: "
        "Fortepan / Budapest Főváros Levéltára. Levéltári jelzet: HU.BFL.XV.19.d.1.07.106"
    )
    assert found.text == "Dorottya utca 6. A felvétel 1860-ban készült."
    assert found.credit == "Fortepan / Budapest Főváros Levéltára"
    assert found.numbers == [("source_id", "HU.BFL.XV.19.d.1.07.106")]
    assert found.taken == "1860-ban"


def test_a_place_where_it_was_taken_is_no_date() -> None:
    found = told("A felvétel a 74. számú ház előtt készült.")
    assert found.taken == ""
    assert found.text == "A felvétel a 74. számú ház előtt készült."


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("Old resident of Big Falls, Minnesota", "Old resident of Big Falls, Minnesota"),
        ("Bajcsy-Zsilinszky út 28. (a háborúban elpusztult). A felvétel 1880 körül készült.",
         "Bajcsy-Zsilinszky út 28. (a háborúban elpusztult)"),
        ("Washington, D.C. Spectators at a game. More.", "Washington, D.C. Spectators at a game"),
        ("line one\nline two", "line one"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_first_sentence(caption: str, title: str) -> None:
    assert values.first_sentence(caption) == title


@given(st.text(max_size=400))
def test_a_title_is_the_beginning_of_the_caption(caption: str) -> None:
    title = values.first_sentence(caption, 120)
    assert len(title) <= 120
    assert caption.strip().startswith(title.removesuffix("…"))


@given(st.text(max_size=200))
def test_telling_never_adds_words(caption: str) -> None:
    assert set(told(caption).text.split()) <= set(caption.split())


@given(st.lists(st.sampled_from(["a", "bb", "c d", " "]), max_size=5), st.sampled_from(";|,"))
def test_lists_are_cut_and_cleaned(entries: list[str], separator: str) -> None:
    found = values.parts(separator.join(entries), separator)
    assert found == list(dict.fromkeys(entry for entry in entries if entry.strip()))


def test_glued_subjects_are_parted_but_initials_are_not() -> None:
    glued = "Women--Pennsylvania--Pittsburgh.St. Paul's Church (U.S.)--Pittsburgh.Hats."
    assert values.parts(glued, ".") == [
        "Women--Pennsylvania--Pittsburgh",
        "St. Paul's Church (U.S.)--Pittsburgh",
        "Hats",
    ]


def test_positions() -> None:
    assert values.position("47.4984", "19,0405") == (47.4984, 19.0405)
    assert values.coordinates("47.604445; -122.334479") == (47.604445, -122.334479)
    assert values.position("91", "19") is None
    assert values.position("0", "0") is None
    assert values.position("north", "19") is None


def test_a_chain_of_places_is_turned() -> None:
    assert values.place_name("United States--Wyoming--Park county") == (
        "Park county, Wyoming, United States"
    )
    assert values.place_name("Andrássy út") == "Andrássy út"


@pytest.mark.parametrize(
    ("words", "column", "bounds", "edtf", "warning"),
    [
        ("May 1959", Column("date"), Bounds("1959-05-01", "1959-05-09"),
         "1959-05-01/1959-05-09", ""),
        ("c. 1950", Column("date"), Bounds("1947-01-01", "1953-12-31"), "", ""),
        ("1959", Column("date"), Bounds("1962-01-01", "1962-12-31"), "", "dates_disagree"),
        ("sometime", Column("date"), Bounds("1962", "1963"), "1962/1963", "date_not_read"),
        ("sometime", Column("date"), Bounds(), "", "date_not_read"),
        ("1910", Column("date"), Bounds(approximate=True), "1910~", ""),
        ("3/10/1944", Column("date", order="mdy"), Bounds(), "1944-03-10", ""),
        ("7-Oct-33", Column("date"), Bounds(), "", "spreadsheet_date"),
        ("20389", Column("date"), Bounds(), "", "serial_date"),
        ("1915-01-01T00:00:00Z", Column("date"), Bounds(), "", "padded_date"),
    ],
)  # fmt: skip
def test_dates_keep_their_words(
    words: str, column: Column, bounds: Bounds, edtf: str, warning: str
) -> None:
    found, warnings = date_of(words, column, "Dátum", "en", bounds)
    assert found is not None
    assert (found.display, found.edtf) == (words, edtf)
    assert [entry.code for entry in warnings] == ([warning] if warning else [])


def test_bounds_alone_make_a_date_and_an_address_makes_none() -> None:
    alone, _ = date_of("", Column("date"), "", "", Bounds("1945", "1948"))
    assert alone is not None
    assert (alone.display, alone.edtf) == ("1945 – 1948", "1945/1948")
    assert date_of("https://a.example/1956", Column("date"), "", "", Bounds()) == (None, [])
