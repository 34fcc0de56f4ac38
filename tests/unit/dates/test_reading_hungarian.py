"""Hungarian dates, written down from the language: what each means, as EDTF."""

import pytest

from archive.dates import read

ALONE = {
    # year, month, day
    "1956": "1956",
    "1956.": "1956",
    "1956-ban": "1956",
    "1956-os": "1956",
    "az 1956-os év folyamán": "1956",
    "1956. október": "1956-10",
    "1956 október": "1956-10",
    "1956 októberében": "1956-10",
    "1914. októberében": "1914-10",
    "1914. augusztusában": "1914-08",
    "1956. okt.": "1956-10",
    "1956. X.": "1956-10",
    "1956.10.": "1956-10",
    "1956. október 23.": "1956-10-23",
    "1956. október 23-án": "1956-10-23",
    "1956. október 23-ai": "1956-10-23",
    "1956. okt. 23.": "1956-10-23",
    "1956.10.23.": "1956-10-23",
    "1956. 10. 23.": "1956-10-23",
    "1956. X. 23.": "1956-10-23",
    "1956. x. 23.": "1956-10-23",
    "1956.X.23.": "1956-10-23",
    "1956. Október 23., kedd": "1956-10-23",
    "1915. április 12-én": "1915-04-12",
    "1919. május 1-én": "1919-05-01",
    "1919. május 1-jén": "1919-05-01",
    "1956. május elsején": "1956-05-01",
    "1956. november 4-én": "1956-11-04",
    "1956 nov 4": "1956-11-04",
    "1848. márc. 15.": "1848-03-15",
    "1944. szept. 2.": "1944-09-02",
    "23. október 1956": "1956-10-23",
    "23.10.1956": "1956-10-23",
    # times of day
    "1956. X. hó": "1956-10",
    "1956. október hó 23.": "1956-10-23",
    "11 órakor, 1956. október 25-én": "1956-10-25T11:00",
    "1956. október 25., 11 óra": "1956-10-25T11:00",
    "1956. október 25-én 11 órakor": "1956-10-25T11:00",
    "1956. október 25., 11 óra 30 perc": "1956-10-25T11:30",
    "1956. október 25., 11:30": "1956-10-25T11:30",
    "1956. október 25-én délután 3 órakor": "1956-10-25T15:00",
    "1956. október 23. este 8-kor": "1956-10-23T20:00",
    "1956. október 23. délután 3 óra körül": "1956-10-23",
    "1956. október 23. kb. 15 óra": "1956-10-23",
    "1956. október 23-a körül": "1956-10-23~",
    "1956. okt. 23. du. 3 óra": "1956-10-23T15:00",
    "1956. november 4-e hajnalán": "1956-11-04",
    "1956. november 4. hajnala": "1956-11-04",
    "1956. november 4. éjszakáján": "1956-11-04",
    "1889. deczember 3.": "1889-12-03",
    "1889. márcz. 15.": "1889-03-15",
    # seasons and parts
    "1956 II. félév": "1956-41",
    "1956 első félévében": "1956-40",
    "1956 tavasza": "1956-21",
    "1956 nyarán": "1956-22",
    "1956 ősze": "1956-23",
    "1956. őszén": "1956-23",
    "1956 ősz": "1956-23",
    "1956 őszi": "1956-23",
    "1956/57 telén": "1956-24",
    "1956-57 tele": "1956-24",
    "1956–1957 telén": "1956-24",
    "1999/2000 tele": "1999-24",
    "1956 telén": "1956-24",
    "1956 késő őszén": "1956-23~",
    "1956 eleje": "1956-37",
    "1956 közepén": "1956-38",
    "1956 vége": "1956-39",
    "1956 végén": "1956-39",
    "1956 első felében": "1956-40",
    "1956 második fele": "1956-41",
    "1956 II. negyedéve": "1956-34",
    "1956 utolsó negyedében": "1956-36",
    "1956. október eleje": "1956-10-~01/1956-10-~10",
    "1956. október közepén": "1956-10-~11/1956-10-~20",
    "1956. október végén": "1956-10-~21/1956-10-~31",
    "1956. február végén": "1956-02-~21/1956-02-~29",
    "1956. október első fele": "1956-10-01/1956-10-15",
    # decades and centuries
    "1950-es évek": "195X",
    "az 1870-es években": "187X",
    "az 1960-as évek": "196X",
    "1900-as évek": "19XX",
    "1900-as évek (évtized)": "190X",
    "az 1950-es évek eleje": "1950~/1953~",
    "az 1950-es évek közepén": "1954~/1956~",
    "az 1950-es évek vége": "1957~/1959~",
    "az 1950-es évek második fele": "1955/1959",
    "1950-60-as évek": "195X/196X",
    "az 1950-es–1960-as évek": "195X/196X",
    "az 1950-es és 1960-as évek": "{195X,196X}",
    "1910-es, 1920-as évek": "[191X,192X]",
    "XX. század": "19XX",
    "a 20. században": "19XX",
    "huszadik század": "19XX",
    "19. sz.": "18XX",
    "a 19. század vége": "1867~/1899~",
    "a XIX. század második fele": "1850/1899",
    "a 19. század utolsó harmada": "1867/1899",
    "19–20. század": "18XX/19XX",
    # ranges
    "1945–1948": "1945/1948",
    "1945-48": "1945/1948",
    "1876-77": "1876/1877",
    "1914-15": "1914/1915",
    "1902–05": "1902/1905",
    "1956/57": "1956/1957",
    "1945-től 1948-ig": "1945/1948",
    "1945-től": "1945/..",
    "1948-ig": "../1948",
    "1956. október 23–30.": "1956-10-23/1956-10-30",
    "1956. október 23-30.": "1956-10-23/1956-10-30",
    "1956. október 23–november 4.": "1956-10-23/1956-11-04",
    "1956. október 23. – november 4.": "1956-10-23/1956-11-04",
    "1956. okt. 23–nov. 4.": "1956-10-23/1956-11-04",
    "1956. X. 23.–XI. 4.": "1956-10-23/1956-11-04",
    "1956. október 23-tól november 4-ig": "1956-10-23/1956-11-04",
    "1956.10.23-11.04.": "1956-10-23/1956-11-04",
    "1956. október–november": "1956-10/1956-11",
    "1956. X–XI.": "1956-10/1956-11",
    "1956. december – január": "1956-12/1957-01",
    "1956 tavaszától őszéig": "1956-21/1956-23",
    "1956 vége – 1957 eleje": "1956-39/1957-37",
    # between, before, after
    "1945 és 1948 között": "[1945..1948]",
    "1880-1890 között": "[1880..1890]",
    "valamikor 1945 és 1948 között": "[1945..1948]",
    "1956. október 23-a és 30-a között": "[1956-10-23..1956-10-30]",
    "1956. október 23. és november 4. között": "[1956-10-23..1956-11-04]",
    "1956. október és december között": "[1956-10..1956-12]",
    "1956 előtt": "[..1955]",
    "1890 után": "[1891..]",
    "1890. után": "[1891..]",
    "1956. november 4-e után": "[1956-11-05..]",
    "1956. november előtt": "[..1956-10]",
    "1956 vége előtt": "[..1956-39]",
    "1956. október vagy 1957": "[1956-10,1957]",
    "az 1950-es évek előtt": "[..1949]",
    "1945 vagy később": "[1945..]",
    "1945 vagy korábban": "[..1945]",
    "legkésőbb 1956": "[..1956]",
    "1760-ra": "[..1760]",
    # doubt
    "1956 körül": "1956~",
    "kb. 1956": "1956~",
    "1930 k.": "1930~",
    "1956 táján": "1956~",
    "1956. október 23. körül": "1956-10-23~",
    "1945–1948 körül": "1945~/1948~",
    "valószínűleg 1956": "1956?",
    "talán 1956": "1956?",
    "feltehetően 1956 ősze": "1956-23?",
    "1956?": "1956?",
    "1956 (?)": "1956?",
    "talán 1956 körül": "1956%",
    "kb. 1945 előtt": "[..1944~]",
    "2004. június 11. (az év bizonytalan)": "2004?-06-11",
    "1956, a hónap ismeretlen": "1956-XX",
    "1956. október, a nap ismeretlen": "1956-10-XX",
    "október 23., az év ismeretlen": "XXXX-10-23",
    # alternatives and lists
    "1928 vagy 1931": "[1928,1931]",
    "1956. október 23. vagy 24.": "[1956-10-23,1956-10-24]",
    "1928; 1931": "[1928,1931]",
    "1956. október 23. és 24.": "{1956-10-23,1956-10-24}",
    "1956. október 23., 25. és 30.": "{1956-10-23,1956-10-25,1956-10-30}",
    "1956 nyarán és őszén": "{1956-22,1956-23}",
}

IN_1956 = {
    "október végén": "1956-10-~21/1956-10-~31",
    "november 4-e után": "[1956-11-05..]",
    "október 23-án": "1956-10-23",
    "október 23. és november 4. között": "[1956-10-23..1956-11-04]",
    "október": "1956-10",
    "ősszel": "1956-23",
    "a század elején": "1900~/1933~",
    "a század": "19XX",
    "'56 őszén": "1956-23",
    "az ötvenes évek": "195X",
    "X. 23.": "1956-10-23",
}

WITHOUT_A_YEAR = ["október végén", "november 4-e után", "október 23-án", "ősszel", "X. 23."]


@pytest.mark.parametrize(("text", "edtf"), ALONE.items())
def test_hungarian_date_is_read(text: str, edtf: str) -> None:
    assert read(text).edtf == edtf


@pytest.mark.parametrize(("text", "edtf"), IN_1956.items())
def test_context_gives_the_year_and_says_so(text: str, edtf: str) -> None:
    reading = read(text, context_year=1956)
    assert reading.edtf == edtf
    assert "context_year" in reading.notes


@pytest.mark.parametrize("text", WITHOUT_A_YEAR)
def test_without_a_year_it_is_refused(text: str) -> None:
    assert read(text).reason == "no_year"


def test_century_without_a_number_needs_the_context() -> None:
    assert read("a század elején").reason == "no_century"


@pytest.mark.parametrize("text", ["é. n.", "é.n.", "[é. n.]", "keltezetlen", "dátum nélkül"])
def test_undated(text: str) -> None:
    reading = read(text)
    assert (reading.ok, reading.kind, reading.edtf) == (True, "undated", None)
    assert (reading.earliest, reading.latest) == (None, None)


def test_two_digit_year_is_flagged_and_uncertain() -> None:
    reading = read("'56 őszén")
    assert reading.edtf == "1956?-23"
    assert reading.uncertain
    assert reading.notes == ("two_digit_year",)


def test_hungarian_catalogues_write_the_day_before_the_month() -> None:
    assert read("4/3/1945", lang="hu").edtf == "1945-03-04"
    assert read("3.4.1945", lang="hu").edtf == "1945-04-03"


def test_accents_and_capitals_may_be_missing() -> None:
    assert read("1956 OKTOBER 23").edtf == "1956-10-23"
    assert read("1956 korul").edtf == "1956~"
