"""Reports read the same on both databases: every line, every sum."""

from __future__ import annotations

import pytest

from archive import db, history
from archive.accounts import service as accounts
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, LinkDraft, Rights
from archive.catalogue.models import STATES, Agent
from archive.search import misses
from archive.workbench.reports import doings, tables

OPERATOR = history.system("test")
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"


@pytest.fixture
def kata(either_database: None) -> history.Actor:
    """An archivist who took in, described and published a photograph that contradicts itself."""
    person = accounts.add_person(OPERATOR, email="kata@demo.example", name="Kata")
    kata = history.Actor(person.id, "archivist", frozenset({"archivist"}))
    unit = catalogue.add_unit(kata, ref_code="HU-1", title={"hu": "Fond"})
    draft = Draft(creator_unknown=True, rights=Rights(PDM), dates=[DateDraft("1989", "hu")])
    draft.agents.append(LinkDraft("Nagy Imre", "depicted"))
    draft.title("hu", "Újratemetés")
    image = catalogue.accession(kata, unit, draft)
    image = catalogue.describe(kata, image, draft, based_on=image.version)
    catalogue.publish(kata, image)
    with history.change(OPERATOR, "edit_authority"):
        db.session().query(Agent).one().dates = "1896–1958"
    misses.tell("temetés")
    return kata


@pytest.mark.parametrize("name", tables.REPORTS)
def test_every_report_is_as_long_as_its_number(name: str, kata: history.Actor) -> None:
    heading, *lines = tables.table(db.session(), name, kata, "hu")
    assert all(len(line) == len(heading) for line in lines)
    if name != "work":
        assert len(lines) == tables.report(name).count(db.session())


@pytest.mark.parametrize("name", tables.REPORTS)
def test_every_column_has_a_hungarian_name(name: str) -> None:
    columns = tables.report(name).columns
    assert tables.headings(columns, "en") == list(columns)
    assert len(set(tables.headings(columns, "hu"))) == len(columns)


def test_a_state_is_told_in_words(kata: history.Actor) -> None:
    heading, *lines = tables.table(db.session(), "contradictory", kata, "hu")
    assert [line[heading.index("state")] for line in lines] == ["közzétéve"]
    assert set(tables.STATES_HU) == set(STATES)


def test_the_sums_of_a_month_are_of_what_was_done(kata: history.Actor) -> None:
    month = doings.months(db.session(), kata, number=1)[0]
    assert month.own == {"described": 1, "published": 1, "received": 1, "merged": 0, "undone": 0}
    assert month.everybody["published"] == 1
    assert month.by_person == {}


def test_the_months_before_any_work_are_left_out(kata: history.Actor) -> None:
    months = doings.months(db.session(), kata)
    assert doings.since_the_first(months) == months[:1]
    assert doings.since_the_first(months[1:]) == months[1:2]
