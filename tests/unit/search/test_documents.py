"""Documents: what the index may know of a photograph, and what readers may know of it."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from archive.search.documents import (
    FIRST_HOUR,
    LAST_HOUR,
    Access,
    Face,
    SearchDocument,
    document,
    hours,
    natural,
)

Made = Callable[..., SearchDocument]


def texts(face: Face, field: str) -> list[str]:
    return [passage.text for passage in face.passages if passage.field == field]


def values(face: Face, facet: str) -> list[str]:
    return [found.value for found in face.facets.get(facet, ())]


def test_readers_get_nothing_of_what_they_may_not_see(made: Made) -> None:
    assert made("x1", "Tüntetés", visible=False).public is None


def test_no_staff_words_reach_the_public_face(made: Made, parts: Any) -> None:
    found = made(
        "x1",
        "Tüntetés",
        notes="canary-notes",
        captions=[parts.caption("canary-caption", public=False)],
        agents=[parts.agent("canary-agent", "canary-alias", public=False, note="canary-note")],
        identifiers=[{"kind": "accession_no", "value": "canary-2026/1", "authority": ""}],
        carriers=[
            {"id": "c", "technique": "", "format": "", "location": "canary-shelf", "note": ""}
        ],
        assets=[parts.asset(filename="canary.jpg")],
    )
    assert found.public is not None
    public = json.dumps(asdict(found.public), default=str)
    assert "canary" not in public
    staff = json.dumps(asdict(found.staff), default=str)
    for word in ("notes", "caption", "agent", "alias", "2026/1"):
        assert f"canary-{word}" in staff
    assert "canary-shelf" not in staff


def test_everything_readers_may_search_staff_may_too(made: Made, parts: Any) -> None:
    found = made("x1", "Tüntetés", captions=[parts.caption("A téren")], notes="jegyzet")
    assert found.public is not None
    assert set(found.public.passages) < set(found.staff.passages)


def test_captions_are_weighed_by_who_said_it(made: Made, parts: Any) -> None:
    kinds = ["archivist_description", "original_inscription", "agency_caption",
             "public_contribution", "machine"]  # fmt: skip
    captions = [parts.caption(kind, type=kind) for kind in kinds]
    face = made("x1", captions=captions).staff
    weights = {p.text: p.weight for p in face.passages if p.field == "caption"}
    assert sorted(weights, key=lambda kind: -weights[kind]) == kinds


def test_a_disproved_caption_counts_little_and_still_is_found(made: Made, parts: Any) -> None:
    face = made("x1", captions=[parts.caption("Ellenforradalom", stance="disproved")]).staff
    assert [p.weight for p in face.passages if p.text == "Ellenforradalom"] == [0.3]


def test_names_bring_their_variants(made: Made, parts: Any) -> None:
    found = made(
        "x1",
        agents=[parts.agent("Nagy Imre", "Imre Nagy", "Надь Имре")],
        places=[parts.place("Andrássy út", "Népköztársaság útja", then="Sztálin út")],
        subjects=[
            {"id": "s", "scheme": "subject", "label": {"hu": "nők"}, "labels": ["asszonyok"]}
        ],
        events=[{"id": "e", "name": {"hu": "forradalom", "en": "uprising"}, "edtf": "1956"}],
    )
    assert texts(found.staff, "person") == ["Nagy Imre", "Imre Nagy", "Надь Имре"]
    assert texts(found.staff, "place") == ["Andrássy út", "Sztálin út", "Népköztársaság útja"]
    assert texts(found.staff, "subject") == ["nők", "asszonyok"]
    assert texts(found.staff, "event") == ["forradalom", "uprising"]


def test_a_disproved_person_is_not_counted(made: Made, parts: Any) -> None:
    found = made("x1", agents=[parts.agent("Nagy Imre", certainty="disproved")])
    assert values(found.staff, "person") == []


def test_photographers_and_the_depicted_are_told_apart(made: Made, parts: Any) -> None:
    agents = [parts.agent("Vagn Hansen", role="creator"), parts.agent("Nagy Imre")]
    found = made("x1", agents=agents)
    assert values(found.staff, "photographer") == ["a-Vagn Hansen"]
    assert values(found.staff, "person") == ["a-Nagy Imre"]
    assert texts(found.staff, "photographer") == ["Vagn Hansen"]


def test_a_collection_counts_with_those_above_it(made: Made, parts: Any) -> None:
    path = [parts.unit("HU-1", "Fond"), parts.unit("HU-1-2", "Sorozat")]
    assert values(made("x1", path=path).staff, "collection") == ["HU-1", "HU-1-2"]


@pytest.mark.parametrize(
    ("text", "decades", "years", "days"),
    [
        ("1956-10-23", ["1950"], ["1956"], ["1956-10-23"]),
        ("1956-10-30/1956-11-02", ["1950"], ["1956"], 4),
        ("1956", ["1950"], ["1956"], []),
        ("1948/1952", ["1940", "1950"], ["1948", "1949", "1950", "1951", "1952"], []),
        ("1900/1950", ["1900", "1910", "1920", "1930", "1940", "1950"], [], []),
        ("1956/..", [], [], []),
    ],
)
def test_dates_are_counted_as_finely_as_they_say(
    made: Made, parts: Any, text: str, decades: list[str], years: list[str], days: Any
) -> None:
    face = made("x1", dates=[parts.date(text)]).staff
    assert values(face, "decade") == decades
    assert values(face, "year") == years
    assert (len(values(face, "day")) if isinstance(days, int) else values(face, "day")) == days


@pytest.mark.parametrize(
    ("text", "certainty"),
    [("1956", "certain"), ("1956?", "uncertain"), ("1956~", "approximate"), (None, "undated")],
)
def test_certainty_is_a_facet(made: Made, parts: Any, text: str | None, certainty: str) -> None:
    dated = [parts.date(text)] if text else []
    assert values(made("x1", dates=dated).staff, "certainty") == [certainty]


def test_the_preferred_date_of_creation_counts(made: Made, parts: Any) -> None:
    dated = [
        parts.date("1957", role="published"),
        parts.date("1955", preferred=False),
        parts.date("1956-10-25T11:00"),
    ]
    found = made("x1", dates=dated)
    eleven = date(1956, 10, 25).toordinal() * 24 + 11
    assert found.when == (eleven, eleven)
    assert found.staff.hit["edtf"] == "1956-10-25T11:00"


def test_open_dates_reach_as_far_as_time() -> None:
    day = date(1956, 10, 23)
    assert hours("1956-10-23/..", day, None) == (day.toordinal() * 24, LAST_HOUR)
    assert hours("../1956-10-23", None, day) == (FIRST_HOUR, day.toordinal() * 24 + 23)
    assert hours("", None, None) is None


def test_staff_see_what_is_lacking(made: Made, parts: Any) -> None:
    bare = made("x1")
    assert values(bare.staff, "lacks") == ["title", "date", "creator", "rights", "picture"]
    assert bare.public is not None
    assert "lacks" not in bare.public.facets
    assert "state" not in bare.public.facets


def test_the_hit_shows_recto_title_and_date(made: Made, parts: Any) -> None:
    verso = parts.asset(id="v", side="verso", representative=False)
    found = made(
        "x1", "Tüntetés", assets=[verso, parts.asset()], dates=[parts.date("1956. október 23.")]
    )
    hit = found.staff.hit
    assert (hit["asset"], hit["width"], hit["height"]) == ("as1", 4000, 3000)
    assert hit["title"] == {"hu": "Tüntetés"}
    assert hit["date"] == {"hu": "1956. október 23.", "en": "23 October 1956"}
    assert (hit["badge"], hit["max_px"], hit["specimen"]) == ("InC", 1200, False)


def test_without_a_title_the_weightiest_caption_speaks(made: Made, parts: Any) -> None:
    captions = [
        parts.caption("Gépi leírás", type="machine"),
        parts.caption("A téren " * 30, type="original_inscription"),
    ]
    title = made("x1", captions=captions).staff.hit["title"]["hu"]
    assert title.startswith("A téren A téren")
    assert len(title) <= 90
    assert title.endswith("…")


def test_rights_and_uses_are_facets(record: Any) -> None:
    access = Access(True, 2048, "CC-BY", ("view", "download"))
    found = document(record("x1"), seq=3, access=access)
    assert found.public is not None
    assert values(found.public, "rights") == ["CC-BY"]
    assert values(found.public, "use") == ["view", "download"]
    assert found.seq == 3


def test_references_sort_by_their_numbers() -> None:
    refs = ["HU-1/10", "HU-1/9", "HU-1/100", "HU-1/9a"]
    assert sorted(refs, key=natural) == ["HU-1/9", "HU-1/9a", "HU-1/10", "HU-1/100"]
