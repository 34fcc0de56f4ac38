"""Words and their forms: what is typed finds what was meant, and nothing else."""

import subprocess
import sys
import unicodedata
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.analysis import Analyzer, identifier, identifiers, located, normal, words
from archive.search.lexicon import Dictionaries, WordFile, fold, write_word_file


def families(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


HUNGARIAN = families("families_hu.txt")
ENGLISH = families("families_en.txt")


def finds(analyzer: Analyzer, typed: str, written: str) -> bool:
    wanted = analyzer.wanted(normal(typed))
    forms = analyzer.forms(normal(written))
    return wanted.bare in forms or not wanted.forms.isdisjoint(forms)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("forradalom", "forradalmak forradalomban"),
        ("tuntetes", "tüntetések tüntetésen"),
        ("tank", "tankok tankkal"),
        ("nok", "nők nőket"),
        ("lovak", "ló lovat"),
        ("hidak", "híd hídon"),
        ("szobor", "szobrok szobrát"),
        ("Maleter", "Maléter Malétert"),
        ("MALÉTERT", "Maléter"),
        ("женщина", "ЖЕНЩИНА"),
        ("ő", "Ő"),
    ],
)
def test_what_is_typed_finds_its_family(analyzer: Analyzer, typed: str, written: str) -> None:
    assert [w for w in written.split() if not finds(analyzer, typed, w)] == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("nok", "no"),
        ("nők", "no"),
        ("tank", "ta"),
        ("tank", "tanács"),
        ("fal", "falu"),
        ("ló", "lo"),
    ],
)
def test_a_stranger_is_not_found(analyzer: Analyzer, typed: str, written: str) -> None:
    assert not finds(analyzer, typed, written) or fold(typed) == fold(written)


def recall(analyzer: Analyzer, families: list[list[str]], *, bare: bool = False) -> float:
    pairs = [
        (fold(typed) if bare else typed, written)
        for family in families
        for typed, written in permutations(dict.fromkeys(family), 2)
    ]
    return sum(finds(analyzer, typed, written) for typed, written in pairs) / len(pairs)


def test_hungarian_families_are_found(analyzer: Analyzer) -> None:
    assert len(HUNGARIAN) >= 150
    assert recall(analyzer, HUNGARIAN) >= 0.98


def test_hungarian_families_are_found_without_accents(analyzer: Analyzer) -> None:
    assert recall(analyzer, HUNGARIAN, bare=True) >= 0.98


def test_english_families_are_found(analyzer: Analyzer) -> None:
    assert len(ENGLISH) >= 60
    assert recall(analyzer, ENGLISH) >= 0.98


def test_no_family_finds_another(analyzer: Analyzer) -> None:
    families = HUNGARIAN + ENGLISH
    false = [
        (typed, written)
        for one, other in permutations(families, 2)
        if set(one).isdisjoint(other)
        for typed in one
        for written in other
        if finds(analyzer, typed, written)
    ]
    assert false == []


def test_words_have_spans_in_the_text() -> None:
    text = "A Széna téren, 1956-ban: T34-es."
    found = list(words(text))
    assert [w.surface for w in found] == ["a", "széna", "téren", "1956", "ban", "t34", "es"]
    assert [text[w.start : w.end] for w in found] == [
        "A",
        "Széna",
        "téren",
        "1956",
        "ban",
        "T34",
        "es",
    ]
    assert [w.position for w in found] == list(range(7))


def test_decomposed_accents_are_the_same_word() -> None:
    assert [w.surface for w in words("no\u030bk")] == ["nők"]


def test_ligatures_and_long_s_are_read() -> None:
    assert [w.surface for w in words("ﬁlm Straße")] == ["film", "strasse"]


@given(st.text())
def test_any_text_gives_words_inside_it(text: str) -> None:
    composed = len(unicodedata.normalize("NFC", text))
    for word in words(text):
        assert 0 <= word.start < word.end <= composed
        assert word.surface
        assert fold(word.surface) == fold(fold(word.surface))


@given(st.text(min_size=1, max_size=12))
def test_any_word_finds_itself(analyzer: Analyzer, text: str) -> None:
    for word in words(text):
        assert finds(analyzer, word.surface, word.surface)


def test_identifiers_are_kept_whole() -> None:
    text = "Lásd HU-PIL-1956-1/12 és FT_1234, 1956-10-23; Corvin-köz."
    assert identifiers(text) == ["hu-pil-1956-1/12", "ft_1234", "1956-10-23"]
    assert identifier(" HU-PIL 1956 ") == "hu-pil1956"


def test_a_long_word_typed_without_accents_costs_little(analyzer: Analyzer) -> None:
    assert analyzer.wanted("o" * 400).bare == "o" * 400


def test_a_word_file_answers_like_the_mapping_it_was_made_of(tmp_path: Path) -> None:
    given_words = {f"szó{n:04}ban": f"szó{n:04}" for n in range(500)} | {"lova": "ló", "nők": "nő"}
    path = tmp_path / "w.words"
    write_word_file(path, given_words)
    read = WordFile(path)
    assert {key: read[key] for key in read} == given_words
    assert len(read) == len(given_words)
    assert read.get("szó") is None
    assert "zzz" not in read
    assert "" not in read
    with pytest.raises(KeyError):
        read["szó0001"]


def test_a_cut_word_file_is_made_again(
    tmp_path: Path, word_folder: Path, analyzer: Analyzer
) -> None:
    analyzer.warm()
    for path in word_folder.glob("en-*.words"):
        (tmp_path / path.name).write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert Dictionaries(tmp_path).get_dictionary("en")["soldiers"] == "soldier"


def test_a_second_process_does_not_unpack_the_dictionaries(
    word_folder: Path, analyzer: Analyzer
) -> None:
    analyzer.warm()
    before = {path: path.stat().st_mtime_ns for path in word_folder.iterdir()}
    program = (
        "import sys, lzma\n"
        "def refuse(*args, **kwargs): raise SystemExit('unpacked a dictionary')\n"
        "lzma.open = refuse\n"
        "from pathlib import Path\n"
        "from archive.search.analysis import Analyzer\n"
        "assert 'tank' in Analyzer(Path(sys.argv[1])).forms('tankokat')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(word_folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {path: path.stat().st_mtime_ns for path in word_folder.iterdir()} == before


@given(st.text(alphabet="aáb_- .1ſﬁ½\u0301İ") | st.text())
def test_words_are_located_where_they_stand(text: str) -> None:
    surfaces, spans = located(text)
    assert list(zip(surfaces, spans, strict=True)) == [(w.surface, w.span()) for w in words(text)]
