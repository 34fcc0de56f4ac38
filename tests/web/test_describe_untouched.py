"""Saving the describe form of any record untouched changes nothing; what is typed is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from archive import db, history
from archive.catalogue import redrafting
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import (
    CaptionDraft,
    CarrierDraft,
    DateDraft,
    Draft,
    IdentifierDraft,
    LinkDraft,
    Rights,
)
from archive.catalogue.models import (
    AGENT_ROLES,
    BASES,
    CAPTION_TYPES,
    CARRIER_KINDS,
    CERTAINTIES,
    COLOURS,
    CONDITIONS,
    IDENTIFIER_KINDS,
    POLARITIES,
    SIDES,
    STANCES,
    Image,
)
from archive.workbench.describing.forms import DescribeForm
from archive.workbench.describing.starting import inputs, starting_values
from tests.web.test_workbench import Form

OPERATOR = history.system("test")
PAGE = "/workbench/photographs"
SIGNS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
LINE = st.text(SIGNS, max_size=30)
SPOKEN = st.text(SIGNS, min_size=1, max_size=30).filter(lambda text: text.strip())
LINES = st.text(st.one_of(SIGNS, st.just("\n")), min_size=1, max_size=60)
WORDS = LINES.filter(lambda text: text.strip())
TEXTS = st.dictionaries(st.sampled_from(("hu", "en", "de")), SPOKEN, max_size=3)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2026, 11, 22))
MM = st.none() | st.integers(1, 99_999).map(lambda tenths: tenths / 10)
PLACE = st.none() | st.integers(0, 359)
SHARES = st.integers(0, 4_000).map(lambda part: part / 100)
CERTAINTY = st.sampled_from(CERTAINTIES)
DATES = st.sampled_from(("1956 ősze", "1956. október 23.", "ca. 1956", "régen", "", "1945/1948"))

captions = st.builds(
    CaptionDraft,
    type=st.sampled_from(CAPTION_TYPES),
    lang=st.sampled_from(("hu", "en", "la", "de-AT", "")),
    text=WORDS, attributed=LINE, dated=LINE, source=LINE,
    side=st.sampled_from(("", *SIDES)), stance=st.sampled_from(STANCES), stance_note=TEXTS,
    public=st.booleans(),
)  # fmt: skip
dates = st.builds(
    DateDraft,
    display=DATES, lang=st.sampled_from(("hu", "en")),
    role=st.sampled_from(("created", "published", "digitised")),
    edtf=st.sampled_from(("", "1956-10-23", "1956~", "[1956-10-23, 1956-10-25]")),
    basis=st.sampled_from(BASES), attributed=LINE, source=LINE, preferred=st.booleans(),
).filter(lambda entry: entry.display or entry.edtf)  # fmt: skip
agents = st.builds(
    LinkDraft,
    name=SPOKEN, role=st.sampled_from(AGENT_ROLES), certainty=CERTAINTY, note=LINE, source=LINE,
    public=st.booleans(),
    region=st.none() | st.tuples(SHARES, SHARES, SHARES, SHARES).map(
        lambda r: [r[0], r[1], r[2] + 0.01, r[3] + 0.01]
    ),
)  # fmt: skip
places = st.builds(
    LinkDraft,
    name=SPOKEN, role=st.sampled_from(("shown", "camera")), certainty=CERTAINTY, note=LINE,
    source=LINE, lat=st.none() | st.floats(-90, 90), lon=st.none() | st.floats(-180, 180),
    uncertainty_m=st.none() | st.integers(0, 10_000), heading_deg=PLACE,
)  # fmt: skip
events = st.builds(LinkDraft, name=SPOKEN, certainty=CERTAINTY, source=LINE)
subjects = st.builds(LinkDraft, name=SPOKEN, kind=st.sampled_from(("", "genre", "technique")))
identifiers = st.builds(
    IdentifierDraft, kind=st.sampled_from(IDENTIFIER_KINDS), value=LINE, authority=LINE
)
carriers = st.builds(
    CarrierDraft,
    kind=st.sampled_from(CARRIER_KINDS), inventory_no=LINE, technique=LINE, format=LINE,
    polarity=st.sampled_from(POLARITIES), colour=st.sampled_from(COLOURS),
    height_mm=MM, width_mm=MM, sheet_height_mm=MM, sheet_width_mm=MM,
    condition=st.none() | st.sampled_from(CONDITIONS), condition_note=LINE, condition_on=DAYS,
    location=LINE, note=LINE,
)  # fmt: skip
rights = st.builds(
    Rights,
    rights_statement=st.sampled_from(("", "http://rightsstatements.org/vocab/InC/1.0/")),
    credit_line=LINE, rights_holder=LINE, rights_note=TEXTS, source=LINE, acquisition=LINE,
    custody=TEXTS, publication_publisher=LINE, publication_title=LINE,
    publication_address=st.sampled_from(("", "https://example.org/lap")),
    publication_date=LINE, publication_retrieved_on=DAYS,
)  # fmt: skip
drafts = st.builds(
    Draft,
    ref_code=LINE, frame=st.text(SIGNS, max_size=20), captions=st.lists(captions, max_size=3),
    dates=st.lists(dates, max_size=3), agents=st.lists(agents, max_size=3),
    places=st.lists(places, max_size=2), events=st.lists(events, max_size=2),
    subjects=st.lists(subjects, max_size=3), identifiers=st.lists(identifiers, max_size=2),
    carriers=st.lists(carriers, max_size=2), rights=rights, alt=TEXTS,
    notes=LINES, undated=st.booleans(), creator_unknown=st.booleans(), specimen=st.booleans(),
)  # fmt: skip


@pytest.fixture
def fonds(app: Flask) -> Any:
    """A unit to take photographs into."""
    made = catalogue.add_unit(OPERATOR, ref_code="HU-1", title={"hu": "Fond"})
    db.release()
    return made


def test_saving_what_was_not_touched_changes_nothing(app: Flask, fonds: Any) -> None:
    """As a browser sends the page back, to the last space."""

    @settings(max_examples=60)
    @given(drafts)
    def untouched(draft: Draft) -> None:
        with app.test_request_context():
            image = catalogue.accession(OPERATOR, fonds, draft)
            before = catalogue.own_record(db.session(), image)
            changes = history.latest_seq(db.session())
            kept = redrafting.draft_of(before)
            typed = DescribeForm(formdata=sent(kept), meta={"csrf": False})
            typed.offer_statements()
            told = {name: said or "" for name, said in inputs(kept, 1)}
            assert told.items() >= dict(_filled(opened(kept))).items()
            assert typed.validate(), typed.errors
            again = typed.draft(kept)
            catalogue.describe(OPERATOR, image, again, based_on=image.version)
            assert history.latest_seq(db.session()) == changes
            assert catalogue.own_record(db.session(), image) == before
            db.release()

    untouched()


def opened(kept: Draft) -> DescribeForm:
    """The form as it shows a draft."""
    data = {**starting_values(kept), "based_on": "1"}
    return DescribeForm(formdata=None, data=data, meta={"csrf": False})


def _filled(fields: Any) -> Iterator[tuple[str, Any]]:
    """Its inputs by name."""
    for field in fields:
        if field.type == "FieldList":
            for row in field:
                yield from _filled(row.form)
        else:
            yield field.name, field.data or ""


def sent(kept: Draft) -> MultiDict[str, str]:
    """What a browser sends of the form as it shows a draft."""
    form = opened(kept).with_room()
    page = "".join(_shown(form))
    values = Form(page).values
    values["preferred_date"] = form.preferred_date.data or ""
    return values


def _shown(fields: Any) -> list[str]:
    shown = []
    for field in fields:
        if field.type == "FieldList":
            shown += [part for row in field for part in _shown(row.form)]
        else:
            shown.append(str(field()))
    return shown


def test_a_value_beside_others_is_changed_alone(app: Flask, fonds: Any) -> None:
    draft = Draft(
        agents=[
            LinkDraft("Kő Ágnes", role="depicted", source="levél", region=[10, 20, 30, 40]),
            LinkDraft("Nagy Anna", role="depicted", public=False),
        ],
        events=[LinkDraft("Tüntetés", source="napló")],
        carriers=[CarrierDraft("zselatinos ezüst", height_mm=180, width_mm=240)],
        rights=Rights(custody={"hu": "őrzés", "de": "Verwahrung"}),
    )
    with app.test_request_context():
        image: Image = catalogue.accession(OPERATOR, fonds, draft)
        kept = redrafting.draft_of(catalogue.own_record(db.session(), image))
        typed = sent(kept)
        typed["events-0-certainty"], typed["custody_hu"] = "possible", "más őrzés"
        typed["carriers-0-size"] = "18x24 cm"
        form = DescribeForm(formdata=typed, meta={"csrf": False})
        said = form.draft(kept)
        catalogue.describe(OPERATOR, image, said, based_on=image.version)
        record = catalogue.own_record(db.session(), image)
        assert said.carriers[0].height_mm == 180
        assert record["events"][0]["certainty"] == "possible"
        assert record["provenance"]["custody"] == {"hu": "más őrzés", "de": "Verwahrung"}
        assert record["agents"][0]["region"] == [10, 20, 30, 40]
        assert replace(said, events=kept.events, rights=kept.rights) == kept
        db.release()
