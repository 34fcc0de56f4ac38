"""Gaps: each condition finds the photograph that lacks something and passes by the complete one."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from archive import db, history, jobs
from archive.catalogue import gaps, service, upkeep
from archive.catalogue.drafts import DateDraft, Draft, FileDraft, LinkDraft, Rights
from archive.catalogue.models import Image, Unit
from archive.settings import Settings
from archive.storage import Storage

ARCHIVIST = history.Actor(1, "archivist", frozenset({"archivist"}))
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"


@pytest.fixture(autouse=True)
def _tables(either_database: None) -> None:
    """Every test here runs on SQLite and, where there is one, on PostgreSQL."""


@pytest.fixture
def silent() -> Unit:
    """A fonds that says nothing of rights."""
    return service.add_unit(ARCHIVIST, ref_code="HU-1", title={"hu": "Fond"})


@pytest.fixture
def files(settings: Settings) -> Callable[[], FileDraft]:
    """Draw up a file that no photograph has yet."""
    storage, numbers = Storage(settings.media), iter(range(1000))
    storage.prepare()
    return lambda: FileDraft(storage.put(io.BytesIO(b"%d" % next(numbers))), "a.jpg")


def complete() -> Draft:
    draft = Draft(
        dates=[DateDraft("1956 ősze", "hu")],
        agents=[LinkDraft("Próba Pál", "creator")],
        places=[LinkDraft("Kossuth tér")],
        subjects=[LinkDraft("tüntetők", kind="subject")],
        rights=Rights(rights_statement=PDM),
        alt={"hu": "Tömeg egy téren"},
    )
    draft.title("hu", "Tüntetők")
    return draft


LACKING = {
    "undescribed": replace(complete(), captions=[]),
    "no_title": replace(complete(), captions=[]),
    "no_rights": replace(complete(), rights=Rights()),
    "no_date": replace(complete(), dates=[DateDraft("1989", "hu", role="published")]),
    "date_unread": replace(complete(), dates=[DateDraft("valamikor régen, mondják", "hu")]),
    "no_creator": replace(complete(), agents=[LinkDraft("Nagy Imre", "depicted")]),
    "no_place": replace(complete(), places=[]),
    "no_subject": replace(complete(), subjects=[LinkDraft("nagyítás", kind="technique")]),
    "no_alt": replace(complete(), alt={"hu": "", "en": ""}),
}


def fitting(code: str) -> list[int]:
    return [image.id for image in gaps.listed(db.session(), code, limit=50)]


@pytest.mark.parametrize("code", LACKING)
def test_a_gap_finds_what_lacks_it_and_nothing_else(
    code: str, silent: Unit, files: Callable[[], FileDraft]
) -> None:
    service.accession(ARCHIVIST, silent, complete(), [files()])
    lacking = service.accession(ARCHIVIST, silent, LACKING[code], [files()])
    assert fitting(code) == [lacking.id]
    assert gaps.count(db.session(), code) == 1


def test_a_photograph_without_a_file_lacks_its_picture_but_no_alternative_text(
    silent: Unit, files: Callable[[], FileDraft]
) -> None:
    service.accession(ARCHIVIST, silent, complete(), [files()])
    bare = service.accession(ARCHIVIST, silent, replace(complete(), alt={}))
    assert fitting("no_picture") == [bare.id]
    assert fitting("no_alt") == []


def test_what_is_known_to_be_unknown_is_no_gap(silent: Unit) -> None:
    draft = replace(complete(), dates=[], agents=[], undated=True, creator_unknown=True)
    service.accession(ARCHIVIST, silent, draft)
    assert fitting("no_date") == fitting("no_creator") == []


def test_rights_stated_two_levels_above_are_enough(silent: Unit) -> None:
    stating = service.add_unit(
        ARCHIVIST,
        ref_code="HU-1-1",
        title={},
        level="series",
        parent=silent,
        rights_and_provenance=Rights(rights_statement=PDM),
    )
    below = service.add_unit(ARCHIVIST, ref_code="HU-1-1-1", title={}, level="file", parent=stating)
    beside = service.add_unit(ARCHIVIST, ref_code="HU-1-2", title={}, level="series", parent=silent)
    service.accession(ARCHIVIST, below, LACKING["no_rights"])
    lacking = service.accession(ARCHIVIST, beside, LACKING["no_rights"])
    assert fitting("no_rights") == [lacking.id]


def test_a_title_taken_back_counts_no_more(silent: Unit) -> None:
    image = service.accession(ARCHIVIST, silent, complete())
    service.describe(ARCHIVIST, image, LACKING["no_title"], based_on=image.version)
    assert fitting("no_title") == fitting("undescribed") == [image.id]


def test_states_are_gaps_of_their_own_and_what_is_withdrawn_needs_no_work(silent: Unit) -> None:
    image = service.accession(ARCHIVIST, silent, complete())
    service.submit_for_review(ARCHIVIST, image)
    assert fitting("in_review") == [image.id]
    service.publish(ARCHIVIST, image)
    assert fitting("published_no_picture") == [image.id]
    service.withdraw(ARCHIVIST, image, reason_class="error")
    assert fitting("withdrawn") == [image.id]
    assert fitting("no_picture") == fitting("published_no_picture") == []


def test_a_draft_is_left_lying_when_nobody_touches_it_for_long(silent: Unit) -> None:
    lying = service.accession(ARCHIVIST, silent, complete())
    service.accession(ARCHIVIST, silent, complete())
    assert fitting("stale_draft") == []
    with db.transaction() as session:
        session.get_one(Image, lying.id).updated_at = db.now() - timedelta(days=61)
    assert fitting("stale_draft") == [lying.id]


def test_a_list_goes_on_behind_the_last_one_seen(silent: Unit) -> None:
    made = [service.accession(ARCHIVIST, silent, complete()).id for _ in range(3)]
    first = gaps.listed(db.session(), "no_picture", limit=2)
    rest = gaps.listed(db.session(), "no_picture", limit=2, after=first[-1].id)
    assert [image.id for image in (*first, *rest)] == made


def test_every_gap_has_its_words_and_an_unknown_one_is_refused() -> None:
    for code, found in gaps.GAPS.items():
        assert found.code == code
        assert found.name["hu"]
        assert found.name["en"]
        assert found.advice["hu"]
        assert found.advice["en"]
        db.session().execute(select(Image.id).where(gaps.fitting(code))).all()
    with pytest.raises(gaps.UnknownGap):
        gaps.fitting("nothing")


def test_the_hourly_count_is_what_a_large_archive_shows(
    silent: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.accession(ARCHIVIST, silent, complete())
    jobs.submit(upkeep.count_gaps.__name__)
    jobs.run_due()
    service.accession(ARCHIVIST, service.unit_by_ref(db.session(), "HU-1"), complete())
    now = gaps.standing(db.session())
    assert (now.numbers["no_picture"], now.counted_at) == (2, None)
    monkeypatch.setattr(gaps, "COUNTED_AT_ONCE", 1)
    kept = gaps.standing(db.session())
    assert kept.numbers["no_picture"] == 1
    assert kept.counted_at is not None
