"""The public pages as readers meet them: themes, widths, by keyboard, without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.collection import Collection, collection, exhibition
from tests.served import opened

__all__ = ["collection", "exhibition"]
pytestmark = pytest.mark.browser
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""


@pytest.fixture(scope="module")
def place(exhibition: tuple[Flask, Collection]) -> Iterator[str]:
    """The address at which the exhibition is open."""
    with opened(exhibition[0]) as address:
        yield address


def addresses(collection: Collection) -> list[str]:
    return [
        "/",
        "/search?facets=all",
        "/search?q=hooligans&view=list&certainty=certain",
        "/search?view=contact",
        "/search?q=xyzzy&year=1956",
        "/search#narrow",
        f"/photographs/{collection.free}?sort=id&at=1",
        f"/photographs/{collection.protected}",
        f"/photographs/{collection.withdrawn}",
        f"/collections/{collection.unit}",
        "/about",
        "/privacy",
        "/accessibility",
        "/developers",
        "/nothing",
        "/account/login",
    ]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_for_everybody(
    open_window: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    place: str,
    collection: Collection,
    scheme: str,
    width: int,
) -> None:
    page = open_window(viewport={"width": width, "height": 800}, color_scheme=scheme)
    wrong = []
    for path in addresses(collection):
        page.goto(place + path)
        wrong += [f"{path} {found}" for found in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{path} scrolls sideways")
    assert wrong == []


@pytest.mark.parametrize("width", [320, 2560])
def test_nothing_moves_while_a_page_arrives(
    open_window: Callable[..., Page], place: str, collection: Collection, width: int
) -> None:
    page = open_window(viewport={"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    moved = {}
    for path in ("/", "/search", f"/photographs/{collection.free}"):
        page.goto(place + path, wait_until="networkidle")
        moved[path] = page.evaluate("window.shifted")
    assert all(shift < 0.02 for shift in moved.values()), moved


def test_a_visit_leaves_nothing_behind(window: Page, place: str, collection: Collection) -> None:
    for path in addresses(collection)[:-1]:  # signing in needs a cookie
        window.goto(place + path)
        assert window.evaluate("localStorage.length + sessionStorage.length") == 0
    assert window.context.cookies() == []


def test_the_photograph_is_found_by_keyboard_alone(
    window: Page, place: str, collection: Collection
) -> None:
    window.goto(place + "/about")
    window.keyboard.press("/")
    window.keyboard.type("roncsai")
    with window.expect_navigation():
        window.keyboard.press("Enter")
    expect(window.locator("#found")).to_contain_text("1 fénykép")
    window.keyboard.press("j")
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", level=1)).to_have_text("A híd roncsai")


def test_letters_typed_in_a_field_are_letters(window: Page, place: str) -> None:
    window.goto(place + "/search")
    field = window.locator("#find")
    field.fill("")
    field.press_sequentially("j/k")
    expect(field).to_have_value("j/k")


def test_the_credit_line_is_copied(
    open_window: Callable[..., Page], place: str, collection: Collection
) -> None:
    page = open_window(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{place}/photographs/{collection.free}")
    page.locator(".credit [data-copy]").click()
    expect(page.locator(".credit").get_by_role("status")).to_have_text("Kimásolva")
    assert page.evaluate("navigator.clipboard.readText()") == "Próba Archívum"


def test_dragging_over_the_timeline_searches_there(
    window: Page, place: str, collection: Collection
) -> None:
    window.goto(place + "/")
    window.locator("[data-timeline][data-ready]").wait_for()
    box = window.locator("[data-timeline] svg").bounding_box()
    assert box
    window.mouse.move(box["x"] + 3, box["y"] + 50)
    window.mouse.down()
    window.mouse.move(box["x"] + box["width"] / 2, box["y"] + 50)
    with window.expect_navigation():
        window.mouse.up()
    expect(window.locator("#found")).to_contain_text("1 fénykép")
    expect(window.get_by_role("textbox")).to_have_value("1949..1953")


def test_the_photograph_is_enlarged_and_put_back_by_keyboard(
    window: Page, place: str, collection: Collection, axe: Callable[[Page], list[str]]
) -> None:
    window.goto(f"{place}/photographs/{collection.free}")
    opener = window.get_by_role("button", name="Nagyítás")
    opener.focus()
    window.keyboard.press("Enter")
    enlarged = window.get_by_role("application")
    expect(enlarged.locator("canvas")).to_be_visible()
    assert axe(window) == []
    window.keyboard.press("Escape")
    expect(enlarged).to_have_count(0)
    expect(opener).to_be_focused()
    opener.click()
    window.get_by_role("button", name="Bezárás").click()
    expect(enlarged).to_have_count(0)


def test_everything_but_the_zoom_works_without_scripts(
    open_window: Callable[..., Page], place: str, collection: Collection
) -> None:
    page = open_window(java_script_enabled=False)
    page.goto(place + "/")
    page.locator("#find").fill("híd")
    page.get_by_role("button", name="Keresés").click()
    page.get_by_role("link", name="A híd roncsai").click()
    page.get_by_role("link", name="Hátlap").click()
    expect(page.locator(".stage .view img")).to_have_attribute(
        "alt", "A híd roncsai, 1956. október 23. – Hátlap"
    )
    expect(page.locator("[data-copy]").first).to_be_hidden()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wreck of the bridge")
    page.get_by_role("link", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "darkroom")
    expect(page.locator("html")).to_have_attribute("lang", "en")
