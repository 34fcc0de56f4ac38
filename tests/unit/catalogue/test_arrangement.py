"""Units: their codes and what became of them, their levels, their order, two editors of one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from archive import db, history
from archive.catalogue import arrangement, codes, gaps, service, tree
from archive.catalogue.drafts import Draft, LinkDraft
from archive.catalogue.models import FormerCode, Image, Unit
from archive.catalogue.refusals import NotFound, Refused, Stale
from archive.history.models import ChangeSet

pytestmark = pytest.mark.usefixtures("database")
ARCHIVIST = history.Actor(1, "archivist", frozenset({"archivist"}))


def unit(ref: str, level: str = "fonds", parent: Unit | None = None, **more: object) -> Unit:
    return arrangement.add_unit(
        ARCHIVIST, ref_code=ref, title={"hu": f"{ref} címe"}, level=level, parent=parent, **more
    )


def order(parent: Unit | None) -> list[str]:
    found = arrangement.children(db.session(), parent.id if parent else None)
    return [one.ref_code for one in found]


def last_change() -> ChangeSet:
    return db.session().scalars(select(ChangeSet).order_by(ChangeSet.id.desc())).first()  # type: ignore[return-value]


def rename(one: Unit, code: str) -> Unit:
    return arrangement.edit_unit(ARCHIVIST, one, ref_code=code)


def test_a_former_code_leads_to_the_unit_and_is_kept_with_the_change() -> None:
    fonds = unit("HU-1")
    rename(fonds, "HU-A")
    assert codes.bearer(db.session(), "HU-1").id == fonds.id
    assert [one.code for one in codes.former_of(db.session(), fonds)] == ["HU-1"]
    entities = {row.entity for row in last_change().changes}
    assert entities == {"unit", "former_code"}


def test_a_code_once_borne_is_never_given_to_another() -> None:
    fonds, other = unit("HU-1"), unit("HU-2")
    rename(fonds, "HU-A")
    for attempt in (lambda: unit("HU-1"), lambda: rename(other, "HU-1")):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "reference_code_was_used"
        assert refused.value.params == {"ref_code": "HU-1", "now": "HU-A"}
    assert rename(fonds, "HU-1").ref_code == "HU-1"
    assert codes.bearer(db.session(), "HU-A").id == fonds.id


def test_undoing_a_new_code_leaves_no_trace_of_it() -> None:
    fonds = unit("HU-1")
    rename(fonds, "HU-A")
    undone = history.undo(ARCHIVIST, last_change())
    assert codes.bearer(db.session(), "HU-1").id == fonds.id
    assert db.session().scalars(select(FormerCode)).all() == []
    with pytest.raises(NotFound):
        codes.bearer(db.session(), "HU-A")
    history.undo(ARCHIVIST, undone)
    assert [one.code for one in codes.former_of(db.session(), fonds)] == ["HU-1"]


def test_the_code_of_a_photograph_is_kept_by_whatever_changes_it() -> None:
    image = service.accession(ARCHIVIST, unit("HU-1"), Draft(ref_code="HU-1/7"))
    service.describe(ARCHIVIST, image, Draft(ref_code="HU-1/8"), based_on=image.version)
    assert [one.code for one in codes.former_of(db.session(), image)] == ["HU-1/7"]
    first = service.accession(ARCHIVIST, codes.bearer(db.session(), "HU-1"), Draft())
    service.describe(ARCHIVIST, first, Draft(ref_code="HU-1/9"), based_on=first.version)
    assert codes.former_of(db.session(), first) == []


@pytest.mark.parametrize(
    "code",
    ["", "+new", "/HU", "HU/", "HU//1", "HU/../1", "HU/.", "HU-1.json", "HU\n1", " HU", "x" * 121],
)
def test_a_code_that_no_address_carries_is_refused(code: str) -> None:
    with pytest.raises(Refused) as refused:
        unit(code)
    assert refused.value.code == "reference_code_unfit"


@pytest.mark.parametrize("code", ["new", "HU-PIL-1956/1", "a.b", "Ő 12/a", "HU..1"])
def test_other_codes_are_the_archives_own_affair(code: str) -> None:
    assert unit(code).ref_code == code


@pytest.mark.parametrize(
    ("above", "level", "fits"),
    [
        (None, "fonds", True),
        (None, "series", False),
        ("fonds", "fonds", False),
        ("fonds", "file", True),
        ("subfonds", "subfonds", True),
        ("series", "series", False),
        ("series", "subseries", True),
        ("subseries", "subseries", True),
        ("file", "file", True),
        ("file", "series", False),
    ],
)
def test_a_unit_stands_below_one_of_a_higher_level(
    above: str | None, level: str, fits: bool
) -> None:
    if fits:
        arrangement.check_level(level, above)
    else:
        with pytest.raises(Refused):
            arrangement.check_level(level, above)


def test_a_new_level_has_to_suit_what_is_below() -> None:
    fonds = unit("HU-1")
    series = unit("HU-1-1", "series", fonds)
    unit("HU-1-1-1", "subseries", series)
    with pytest.raises(Refused) as refused:
        arrangement.edit_unit(ARCHIVIST, series, level="file")
    assert refused.value.params == {"level": "subseries", "above": "file"}
    assert arrangement.edit_unit(ARCHIVIST, series, level="subfonds").level == "subfonds"


def test_only_a_file_is_a_roll() -> None:
    fonds = unit("HU-1")
    assert unit("HU-1-1", "file", fonds, form="roll").form == "roll"
    for values in ({"level": "series", "form": "roll"}, {"level": "file", "form": "bottle"}):
        with pytest.raises(Refused):
            unit("HU-1-2", parent=fonds, **values)


def test_siblings_keep_the_order_they_are_put_in() -> None:
    fonds = unit("HU-1")
    parts = [unit(f"HU-1-{n}", "series", fonds) for n in (3, 1, 2)]
    assert order(fonds) == ["HU-1-1", "HU-1-2", "HU-1-3"]
    arrangement.reorder(ARCHIVIST, parts[0], 0)
    assert order(fonds) == ["HU-1-3", "HU-1-1", "HU-1-2"]
    arrangement.reorder(ARCHIVIST, parts[0], 99)
    unit("HU-1-0", "series", fonds)
    assert order(fonds) == ["HU-1-1", "HU-1-2", "HU-1-3", "HU-1-0"]


def test_two_editors_of_one_unit_lose_nothing() -> None:
    fonds = unit("HU-1")
    based_on = fonds.version
    arrangement.edit_unit(ARCHIVIST, fonds, based_on=based_on, creator="Az övék")
    with pytest.raises(Stale) as stale:
        arrangement.edit_unit(ARCHIVIST, fonds, based_on=based_on, creator="Az enyém")
    assert stale.value.found > based_on
    db.session().refresh(fonds)
    assert fonds.creator == "Az övék"
    arrangement.edit_unit(ARCHIVIST, fonds, based_on=stale.value.found, creator="Az enyém")
    assert fonds.creator == "Az enyém"


def test_the_tree_counts_what_is_below_however_deep() -> None:
    fonds = unit("HU-1")
    series = unit("HU-1-1", "series", fonds)
    file = unit("HU-1-1-1", "file", series)
    for place in (series, file, file):
        service.accession(ARCHIVIST, place, Draft())
    found = tree.counts(db.session(), [fonds.id, series.id, file.id])
    assert found[fonds.id] == tree.Counts(1, 2, 3)
    assert found[series.id] == tree.Counts(1, 1, 3)
    assert found[file.id] == tree.Counts(0, 0, 2)


def test_a_long_branch_is_shown_where_the_chosen_unit_is() -> None:
    fonds = unit("HU-1")
    with history.change(ARCHIVIST, "arrange"):
        files = [unit(f"HU-1-{n:04}", "file", fonds) for n in range(250)]
    top = tree.branch(db.session(), None, path=[fonds.id, files[237].id])
    below = top.nodes[0].branch
    assert below is not None
    assert (below.first, below.total, len(below.nodes)) == (200, 250, 50)
    assert files[237].id in [node.unit.id for node in below.nodes]
    assert tree.branch(db.session(), None).nodes[0].branch is None


def test_a_unit_is_found_by_code_former_code_and_title() -> None:
    fonds = unit("HU-1")
    series = unit("HU-1-1", "series", fonds)
    arrangement.edit_unit(ARCHIVIST, series, ref_code="HU-1-X", title={"hu": "Őszi tüntetések"})
    for words in ("hu-1-x", "HU-1-1", "oszi tuntet", "ŐSZI"):
        found = tree.find(db.session(), words)
        assert (series.id, [fonds.id]) in [(one.id, [a.id for a in above]) for one, above in found]
    assert tree.find(db.session(), "nincs ilyen") == []
    assert tree.find(db.session(), " ") == []


def test_date_and_creator_of_the_unit_are_shown_as_inherited_and_never_copied() -> None:
    fonds = unit("HU-1", dates="1956–1957", creator="Kő Ágnes")
    file = unit("HU-1-1", "file", fonds, dates="1956. október")
    silent = service.accession(ARCHIVIST, file, Draft())
    shown = service.read(silent.public_id, ARCHIVIST).record
    assert shown["inherited"]["date"]["edtf"] == "1956-10"
    assert shown["inherited"]["date"]["unit"] == "HU-1-1"
    assert shown["inherited"]["creator"] == {"name": "Kő Ágnes", "unit": "HU-1"}
    assert (shown["dates"], shown["agents"]) == ([], [])
    speaking = Draft(undated=True, agents=[LinkDraft("Más", role="agency")])
    stated = service.accession(ARCHIVIST, file, speaking)
    record = service.read(stated.public_id, ARCHIVIST).record
    assert record["inherited"] == {"date": None, "creator": None}


@pytest.mark.parametrize(
    ("form", "frame", "hungarian", "english"),
    [
        ("roll", "12", "17. tekercs, 12. kocka", "Roll 17, frame 12"),
        ("roll", "12A", "17. tekercs, 12A kocka", "Roll 17, frame 12A"),
        ("album", "3", "17. tekercs, 3. lap", "Roll 17, page 3"),
        ("", "12", None, None),
        ("roll", "", None, None),
    ],
)
def test_a_frame_without_a_title_is_called_after_its_roll(
    form: str, frame: str, hungarian: str | None, english: str | None
) -> None:
    roll = unit("HU-1-R17", "file", unit("HU-1"), form=form)
    arrangement.edit_unit(ARCHIVIST, roll, title={"hu": "17. tekercs", "en": "Roll 17"})
    image = service.accession(ARCHIVIST, roll, Draft(frame=frame))
    title = service.read(image.public_id, ARCHIVIST).record["title"]
    assert (title.get("hu"), title.get("en")) == (hungarian, english)
    assert ("title" in service.missing_for_publication(db.session(), image)) == (hungarian is None)
    untitled = db.session().scalars(select(Image.id).where(gaps.fitting("no_title"))).all()
    assert (image.id in untitled) == (hungarian is None)
    named = Draft(frame=frame)
    named.title("hu", "Saját cím")
    own = service.accession(ARCHIVIST, roll, named)
    assert service.read(own.public_id, ARCHIVIST).record["title"] == {"hu": "Saját cím"}
