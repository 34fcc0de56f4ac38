"""The grid of photographs by keyboard, and many changed together and back again, as seen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from archive import db, history
from archive.accounts import service as accounts
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, Rights
from tests.chromium import sign_in

pytestmark = pytest.mark.browser
PASSWORD = "four words in a row"
OPERATOR = history.system("test")
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
LIST = "/workbench/photographs?order=code&lang=en"
NARROW_LIGHT = {"viewport": {"width": 320, "height": 700}, "color_scheme": "light"}
WIDE_DARK = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"}
TITLES = ("Tüntetők", "Kenyérsor", "Barikád", "Romok", "Menekülők")


@pytest.fixture
def archivist(app: Flask, address: str) -> Callable[[Page], None]:
    """Opens the grid of five photographs as an archivist."""
    accounts.add_person(
        OPERATOR, email="a@demo.example", name="Anna", roles=["archivist"], password=PASSWORD
    )
    unit = catalogue.add_unit(OPERATOR, ref_code="HU-1", title={"hu": "Fond"})
    for place, title in enumerate(TITLES):
        draft = Draft(ref_code=f"HU-1/{place}", rights=Rights(rights_statement=PDM))
        draft.title("hu", title)
        draft.dates = [DateDraft("1956", lang="hu")]
        catalogue.accession(OPERATOR, unit, draft)
    db.release()

    def open_grid(page: Page) -> None:
        sign_in(page, address, "a@demo.example", PASSWORD)
        page.goto(f"{address}{LIST}")
        page.locator("[data-grid-keys]:not([hidden])").wait_for(state="attached")

    return open_grid


def chosen(page: Page) -> list[str]:
    """The titles of the rows whose boxes are ticked."""
    return page.locator("tr:has([name=id]:checked) [data-open-row]").all_inner_texts()


def test_rows_are_chosen_and_opened_by_keyboard(
    archivist: Callable[[Page], None], open_window: Callable[..., Page], complaints: list[str]
) -> None:
    page = open_window(**WIDE_DARK)
    archivist(page)
    rows = page.locator("tr[data-id]")
    expect(page.locator('tr[data-id][tabindex="0"]')).to_have_count(1)
    rows.nth(0).focus()
    facts = page.locator("#inspector h2")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    expect(facts).to_have_text("Kenyérsor")
    page.keyboard.press("Space")
    assert chosen(page) == ["Kenyérsor"]
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    assert chosen(page) == ["Kenyérsor", "Barikád", "Romok"]
    expect(page.locator("[data-grid-said]")).to_have_text("3 chosen")
    expect(facts).to_have_text("Romok")
    page.keyboard.press("Space")
    assert chosen(page) == ["Kenyérsor", "Barikád"]
    page.keyboard.press("End")
    expect(rows.nth(4)).to_be_focused()
    page.keyboard.press("Home")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("Control+a")
    expect(page.locator("[data-grid-said]")).to_have_text("all 5 that fit are chosen")
    page.keyboard.press("Escape")
    assert chosen(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tüntetők")
    assert complaints == []


def test_a_range_is_chosen_with_the_mouse(
    archivist: Callable[[Page], None], open_window: Callable[..., Page]
) -> None:
    page = open_window(**WIDE_DARK)
    archivist(page)
    boxes = page.locator("[name=id]")
    boxes.nth(1).click()
    boxes.nth(3).click(modifiers=["Shift"])
    assert chosen(page) == ["Kenyérsor", "Barikád", "Romok"]
    page.locator("tr[data-id] .when").nth(4).click()
    expect(page.locator("#inspector h2")).to_have_text("Menekülők")
    assert chosen(page) == ["Kenyérsor", "Barikád", "Romok"]


@pytest.mark.parametrize("window_of", [NARROW_LIGHT, WIDE_DARK], ids=["narrow", "wide-dark"])
def test_three_are_changed_together_and_back(
    archivist: Callable[[Page], None],
    open_window: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    complaints: list[str],
    window_of: dict[str, object],
) -> None:
    page = open_window(**window_of)
    archivist(page)

    def is_for_everybody() -> None:
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    is_for_everybody()
    for place in range(3):
        page.locator("[name=id]").nth(place).check()
    page.get_by_text("More with the chosen").click()
    expect(page.get_by_role("button", name="Publish the chosen")).to_be_visible()
    is_for_everybody()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Change the chosen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change 3 photographs")
    is_for_everybody()
    page.locator("#how-credit_line").select_option("set")
    page.get_by_label(re.compile("^credit line$", re.IGNORECASE)).fill("Fortepan")
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("cell", name="Fortepan")).to_have_count(3)
    is_for_everybody()
    page.get_by_role("button", name="Change these 3 photographs").click()
    undo = page.get_by_role("button", name="Undo this change")
    expect(undo).to_be_visible()
    for title in TITLES[:3]:
        expect(page.get_by_role("link", name=title)).to_be_visible()
    is_for_everybody()
    undo.click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    expect(page.locator("del").filter(has_text="Fortepan")).to_have_count(3)
    is_for_everybody()
    assert complaints == []
