"""Arranging in a real browser: the tree by keyboard, and no barrier on any of its pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from archive import db, history
from archive.accounts import service as accounts
from archive.catalogue import arrangement, service
from archive.catalogue.drafts import DateDraft, Draft, Rights
from tests.chromium import sign_in

pytestmark = pytest.mark.browser
PASSWORD = "four words in a row"
OPERATOR = history.system("test")
INC = "http://rightsstatements.org/vocab/InC/1.0/"
UNITS = "/workbench/units"
NARROW_LIGHT = {"viewport": {"width": 320, "height": 700}, "color_scheme": "light"}
WIDE_DARK = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"}


@pytest.fixture
def archivist(app: Flask, address: str) -> Callable[[Page], None]:
    """Signs a window in as an archivist of an archive of two fonds, with a roll in the first."""
    accounts.add_person(
        OPERATOR, email="a@demo.example", name="A", roles=["archivist"], password=PASSWORD
    )
    with history.change(OPERATOR, "arrange"):
        fonds = arrangement.add_unit(OPERATOR, ref_code="HU-1", title={"hu": "Első fond"})
        says = Rights(rights_statement=INC, credit_line="Második")
        arrangement.add_unit(
            OPERATOR, ref_code="HU-2", title={"hu": "Másik"}, rights_and_provenance=says
        )
        series = arrangement.add_unit(
            OPERATOR, ref_code="HU-1-1", title={"hu": "Utcák"}, level="series", parent=fonds
        )
        roll = arrangement.add_unit(
            OPERATOR, ref_code="HU-1-1-R1", title={"hu": "1. tekercs"}, level="file",
            form="roll", parent=series,
        )  # fmt: skip
        for number, day in (("1", "1956. október 23."), ("2", ""), ("4", "1956. október 30.")):
            dates = [DateDraft(day, lang="hu")] if day else []
            service.accession(OPERATOR, roll, Draft(frame=number, dates=dates))
    db.release()

    return lambda page: sign_in(page, address, "a@demo.example", PASSWORD)


def test_the_tree_is_walked_by_keyboard(
    address: str,
    archivist: Callable[[Page], None],
    open_window: Callable[..., Page],
    complaints: list[str],
) -> None:
    page = open_window(**WIDE_DARK)
    archivist(page)
    page.goto(f"{address}{UNITS}?lang=hu")
    first = page.get_by_role("treeitem", name=re.compile("HU-1 "))
    expect(first).to_have_attribute("aria-expanded", "false")
    first.focus()
    page.keyboard.press("ArrowRight")
    series = page.get_by_role("treeitem", name=re.compile("HU-1-1 "))
    expect(series).to_be_visible()
    expect(first).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowRight")
    expect(series).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("treeitem", name=re.compile("HU-2"))).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(series).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    expect(series).to_be_hidden()
    expect(first).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page.locator("#chosen")).to_be_visible()
    expect(page.get_by_role("heading", name="Első fond")).to_be_visible()
    tabbable = page.locator('[role="tree"] [tabindex="0"]')
    expect(tabbable).to_have_count(1)
    assert complaints == []


@pytest.mark.parametrize("window_of", [NARROW_LIGHT, WIDE_DARK], ids=["narrow", "wide-dark"])
def test_no_page_of_arranging_has_a_barrier(
    address: str,
    archivist: Callable[[Page], None],
    open_window: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    complaints: list[str],
    window_of: dict[str, object],
) -> None:
    page = open_window(**window_of)
    archivist(page)
    for path in (
        "?at=HU-1-1-R1",
        "?q=hu",
        "/+new?parent=HU-1",
        "/HU-1-1-R1",
        "/+history/HU-1",
        "/+strip/HU-1-1-R1",
        "/+move?which=HU-1-1&to=HU-2&codes=new",
    ):
        page.goto(f"{address}{UNITS}{path}")
        assert axe(page) == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
    assert complaints == []
