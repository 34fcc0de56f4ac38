"""Fronts and backs are paired by name, and nothing doubtful is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.pairing import marked, pairs, side_of

STEMS = st.lists(
    st.text(alphabet="ab12_-. rvesoct", min_size=1, max_size=12), max_size=12, unique=True
)


@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("0012_r", "0012_v"),
        ("0012-recto", "0012-verso"),
        ("0012", "0012_verso"),
        ("0012", "0012-back"),
        ("12a", "12b"),
        ("IMG 7 front", "IMG 7 back"),
        ("1956.recto", "1956.verso"),
        ("tüntetés_előlap", "tüntetés_hátlap"),
        ("tüntetés", "tüntetés_hátoldal"),
        ("0012_R", "0012_V"),
    ],
)
def test_front_and_back_find_each_other(front: str, back: str) -> None:
    assert list(pairs([front, back])) == [(0, 1)]
    assert list(pairs([back, front])) == [(1, 0)]


@pytest.mark.parametrize(
    "stems",
    [
        ["12", "12b"],
        ["12a", "12b", "12c"],
        ["12", "12a", "12b"],
        ["12a", "13b"],
        ["705817f-b", "705817f-c"],
        ["12_v"],
        ["12_r"],
        ["12_verso"],
        ["12_v", "12-v", "12"],
        ["lib", "lia"],
        ["12_verso", "12_back", "12"],
    ],
)
def test_what_is_doubtful_stays_single(stems: list[str]) -> None:
    assert list(pairs(stems)) == []


def test_a_lone_back_is_a_back_only_if_a_word_says_so() -> None:
    assert side_of("0012_verso") == "verso"
    assert side_of("0012_hátlap") == "verso"
    assert side_of("0012_v") == "recto"
    assert side_of("0012b") == "recto"


@given(STEMS)
def test_no_file_is_in_two_pairs_and_sides_differ(stems: list[str]) -> None:
    found = list(pairs(stems))
    used = [index for pair in found for index in pair]
    assert len(used) == len(set(used))
    for front, back in found:
        assert marked(stems[back]).side == "verso"
        assert marked(stems[front]).base.rstrip() == marked(stems[back]).base.rstrip() or (
            stems[front].casefold() == marked(stems[back]).base
        )
