"""Receiving in a real browser: files chosen, columns looked through, the batch followed by eye."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect

from archive import db, history, jobs
from archive.accounts import service as accounts
from archive.settings import current
from tests.chromium import sign_in

pytestmark = pytest.mark.browser
PASSWORD = "four words in a row"
NARROW_LIGHT = {"viewport": {"width": 320, "height": 700}, "color_scheme": "light"}
WIDE_DARK = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"}
LIST = "Fájlnév;Cím;Dátum\n1_r.png;Tüntetés a téren;1956 ősze\n2.png;Utca;\n9.png;Nincs meg;1957\n"


@pytest.fixture
def archivist(app: Flask, address: str) -> Callable[[Page], None]:
    """Signs a window in as an archivist of an empty archive."""
    accounts.add_person(
        history.system("command line"),
        email="a@demo.example",
        name="A",
        roles=["archivist"],
        password=PASSWORD,
    )
    db.release()

    return lambda page: sign_in(page, address, "a@demo.example", PASSWORD)


@pytest.fixture
def box(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "doboz"
    folder.mkdir()
    for number, name in enumerate(("1_r.png", "1_v.png", "2.png")):
        Image.new("RGB", (30, 20), (number * 70, 60, 40)).save(folder / name)
    (folder / "jegyzet.txt").write_text("x")
    (folder / "lista.csv").write_text(LIST)
    return sorted(folder.iterdir())


@pytest.mark.parametrize("window_of", [NARROW_LIGHT, WIDE_DARK], ids=["narrow", "wide-dark"])
def test_a_delivery_is_received(
    address: str,
    archivist: Callable[[Page], None],
    box: list[Path],
    open_window: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    complaints: list[str],
    window_of: dict[str, object],
) -> None:
    page = open_window(**window_of)
    archivist(page)
    page.goto(f"{address}/workbench/receive")
    assert axe(page) == []
    page.get_by_label("Fényképek, ZIP-fájlok vagy táblázat").set_input_files(box)
    page.get_by_role("button", name="Küldés és átnézés").click()
    expect(page.get_by_role("cell", name="Tüntetés a téren")).to_be_visible()
    page.locator("summary").click()
    expect(page.get_by_label("A(z) Dátum jelentése")).to_have_value("date")
    assert axe(page) == []
    page.get_by_label("A küldemény címe").fill("Egy doboz")
    page.get_by_role("button", name="Beérkeztetés", exact=True).click()
    expect(page.get_by_role("heading", name="Egy doboz")).to_be_visible()
    hold_still = page.get_by_role("link", name="Ne frissüljön ez az oldal")
    hold_still.click()  # or it comes anew while it is being looked at
    goes_on = page.get_by_role("link", name="Frissüljön ez az oldal magától")
    expect(goes_on).to_be_visible()
    assert axe(page) == []
    goes_on.click()
    expect(hold_still).to_be_visible()
    jobs.connect(current())
    jobs.run_due()
    expect(hold_still).to_have_count(0)
    expect(page.get_by_text("Bekerült: a(z) 1_r.png fájl párja (hátlap).")).to_be_visible()
    expect(page.get_by_text("Ez nem képfájl.")).to_be_visible()
    expect(page.get_by_text("a(z) 9.png fájl nincs a küldeményben")).to_be_visible()
    assert axe(page) == []
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not sideways
    assert complaints == []
