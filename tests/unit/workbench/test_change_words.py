"""History in words: every recorded table and column, and values as people read them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from archive.db import Base
from archive.history import Recorded, Subject
from archive.workbench.changes import lines, naming
from archive.workbench.changes.lines import Row
from archive.workbench.changes.past import OF_THE_CATALOGUE
from tests.served import app

__all__ = ["app"]
INC = "http://rightsstatements.org/vocab/InC/1.0/"
RECORDED = [one.class_ for one in Base.registry.mappers if issubclass(one.class_, Recorded)]
MODELS = sorted(RECORDED, key=lambda model: str(model.__tablename__))
NAMED = {"agent_id": "Nagy Imre", "one_id": "Nagy Imre", "other_id": "Nagy Imrén"}


def read(entity: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Any:
    """The lines of one change, in English."""
    row = Row(0, Subject("image", 1), entity, before, after)
    return lines.values(row, lambda _row, column, _key: NAMED.get(column, ""))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__tablename__)
def test_every_recorded_row_has_words(model: Any) -> None:
    entity = model.__tablename__
    assert entity in naming.ENTITIES
    if model.__subject__[0] not in (*OF_THE_CATALOGUE, "former_code", "distinct_pair"):
        return
    assert entity in naming.MAIN
    recorded = {attr.key for attr in model.__mapper__.column_attrs} - model.__unrecorded__
    unsaid = {name for name in recorded if lines.is_silent(entity, name)}
    assert unsaid <= naming.SILENT | {column for _entity, column in naming.SILENT_OF}


@pytest.mark.parametrize(
    ("entity", "column", "before", "after", "said"),
    [
        ("carrier", "condition", 0, 3, ("condition", "0 – sound", "3 – badly damaged")),
        ("carrier", "kind", "", "print", ("kind", "", "print")),
        ("carrier", "height_mm", None, 124.5, ("height of the picture (mm)", "", "124.5")),
        ("carrier", "condition_on", None, "2026-11-22",
         ("condition seen on", "", "22 November 2026")),
        ("image_agent", "region", None, [10.0, 20.5, 5.0, 8.0],
         ("place in the picture", "", "10 %; 20.5 %; 5 %; 8 %")),
        ("date_statement", "role", "created", "digitised", ("role", "taken", "digitised")),
        ("date_statement", "edtf", "", "1956-10-23", ("date", "", "23 October 1956")),
        ("asset", "role", "original", "crop", ("role", "original", "crop")),
        ("caption_statement", "lang", "hu", "en", ("language", "Hungarian", "English")),
        ("image", "alt", {"hu": "híd"}, {"hu": "híd", "en": "bridge"},
         ("alternative text", "in Hungarian: híd", "in Hungarian: híd / in English: bridge")),
        ("image", "rights_statement", "", INC, ("rights statement", "", "InC – In copyright")),
        ("image", "undated", False, True, ("undated", "no", "yes")),
        ("unit", "isad", {}, {"accruals": {"en": "none"}},
         ("further elements", "", "Accruals: in English: none")),
        ("agent", "identifiers", {}, {"viaf": "1"}, ("identifiers", "", "VIAF: 1")),
    ],
)  # fmt: skip
def test_a_value_is_read_in_words(
    app: Flask, entity: str, column: str, before: Any, after: Any, said: tuple[str, str, str]
) -> None:
    with app.test_request_context("/?lang=en"):
        (line,) = read(entity, {column: before}, {column: after})
        found = (str(line.column), line.before, line.after)
    assert found[:2] == said[:2]
    assert found[2].casefold() == said[2].casefold()


def test_what_follows_from_other_columns_is_not_told(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert read("date_statement", {"earliest": None}, {"earliest": "1956-10-23"}) == []
        assert read("licence_request", {"usage": {}}, {"usage": {"use": "book"}}) == []


def test_a_pair_told_apart_is_told_by_its_names(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        (line,) = read("distinct_pair", None, {"kind": "agent", "one_id": 1, "other_id": 2})
    assert (line.before, line.after) == ("", "Nagy Imre · Nagy Imrén")
