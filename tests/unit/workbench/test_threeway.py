"""Two people on one record: nothing that one of them did is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archive.workbench.describing import threeway

Values = dict[str, Any]


def caption(key: str, text: str, **more: str) -> Values:
    return {"id": key, "type": "archivist_title", "lang": "hu", "text": text, "dated": "", **more}


def person(name: str, role: str = "depicted", **more: str) -> Values:
    return {"name": name, "named": name, "target": f"id-{name}", "kind": "", "role": role,
            "certainty": "certain", **more}  # fmt: skip


def test_what_only_one_of_them_changed_is_kept() -> None:
    base = {"notes": "a", "credit_line": "x", "captions": [caption("1", "régi")]}
    mine = {**base, "notes": "b"}
    theirs = {**base, "credit_line": "y", "captions": [caption("1", "új")]}
    merged = threeway.merge(base, mine, theirs)
    assert merged.values == {"notes": "b", "credit_line": "y", "captions": [caption("1", "új")]}
    assert (merged.conflicts, merged.theirs) == ([], ["credit_line", "captions"])


def test_two_columns_of_one_row_are_two_things() -> None:
    base = {"captions": [caption("1", "régi")]}
    mine = {"captions": [caption("1", "új")]}
    theirs = {"captions": [caption("1", "régi", dated="1956")]}
    merged = threeway.merge(base, mine, theirs)
    assert merged.values["captions"] == [caption("1", "új", dated="1956")]
    assert merged.conflicts == []


def test_rows_added_by_both_are_both_there() -> None:
    base = {"agents": [person("Kő")]}
    mine = {"agents": [person("Kő"), person("Én")]}
    theirs = {"agents": [person("Ő"), person("Kő")]}
    merged = threeway.merge(base, mine, theirs)
    assert [row["name"] for row in merged.values["agents"]] == ["Ő", "Kő", "Én"]


def test_the_same_change_of_both_is_no_conflict() -> None:
    base, both = {"notes": "a"}, {"notes": "b"}
    assert threeway.merge(base, both, dict(both)).conflicts == []


def test_a_field_that_both_changed_is_chosen() -> None:
    base, mine, theirs = {"notes": "a"}, {"notes": "b"}, {"notes": "c"}
    merged = threeway.merge(base, mine, theirs)
    [conflict] = merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == ("a", "b", "c")
    assert merged.values == mine
    assert threeway.choose(merged.values, theirs, [conflict.path]) == theirs
    assert threeway.choose(merged.values, theirs, []) == mine


def test_a_column_that_both_changed_is_chosen_in_its_row() -> None:
    base = {"captions": [caption("1", "régi"), caption("2", "más")]}
    mine = {"captions": [caption("1", "enyém", dated="1957"), caption("2", "más")]}
    theirs = {"captions": [caption("1", "övék"), caption("2", "más")]}
    merged = threeway.merge(base, mine, theirs)
    [conflict] = merged.conflicts
    chosen = threeway.choose(merged.values, theirs, [conflict.path])
    assert chosen["captions"] == [caption("1", "övék", dated="1957"), caption("2", "más")]


def test_a_row_taken_out_by_one_and_changed_by_the_other_is_asked_about() -> None:
    base = {"agents": [person("Kő")]}
    changed = {"agents": [person("Kő", certainty="possible")]}
    out: Values = {"agents": []}
    kept = threeway.merge(base, changed, out)
    assert kept.values == changed
    assert threeway.choose(kept.values, out, [kept.conflicts[0].path]) == out
    gone = threeway.merge(base, out, changed)
    assert gone.values == out
    assert threeway.choose(gone.values, changed, [gone.conflicts[0].path]) == changed


def test_a_region_is_one_thing() -> None:
    def at(*numbers: str) -> Values:
        parts = ("region_x", "region_y", "region_w", "region_h")
        return {"agents": [person("Kő", **dict(zip(parts, numbers, strict=True)))]}

    base, mine, theirs = at("", "", "", ""), at("1", "2", "3", "4"), at("5", "6", "7", "8")
    [conflict] = threeway.merge(base, mine, theirs).conflicts
    assert threeway.choose(mine, theirs, [conflict.path]) == theirs


def test_without_a_base_every_difference_is_asked_about() -> None:
    merged = threeway.merge({}, {"notes": "b", "frame": "1"}, {"notes": "c", "frame": "1"})
    assert [conflict.section for conflict in merged.conflicts] == ["notes"]


TEXT = st.sampled_from(("", "a", "b", "c"))
PEOPLE = st.lists(st.sampled_from("ABCD"), unique=True).map(lambda names: [*map(person, names)])
VALUES = st.fixed_dictionaries({"notes": TEXT, "frame": TEXT, "agents": PEOPLE})


def names(values: Values) -> set[str]:
    return {row["name"] for row in values["agents"]}


@given(VALUES, VALUES, VALUES)
def test_no_addition_is_lost_and_no_removal_comes_back(
    base: Values, mine: Values, theirs: Values
) -> None:
    merged = threeway.merge(base, mine, theirs)
    added = (names(mine) | names(theirs)) - names(base)
    kept = names(base) & names(mine) & names(theirs)
    assert names(merged.values) == added | kept
    for field in ("notes", "frame"):
        said = {mine[field], theirs[field]} - {base[field]}
        assert merged.values[field] == mine[field] or said == {theirs[field]}
        assert (len(said) == 2) == any(c.section == field for c in merged.conflicts)
