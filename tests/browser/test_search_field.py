"""The search field while one types, and the pages of saved searches, as people meet them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from archive import db
from archive.accounts import service as accounts
from archive.history import Actor, system
from archive.search import alerts, misses, saved
from tests.collection import Collection, exhibition
from tests.served import opened

__all__ = ["exhibition"]
pytestmark = pytest.mark.browser
PASSWORD = "four words in a row"
PAUSE_MS = 150  # after which the site is asked (suggest.js)


@pytest.fixture(scope="module")
def place(exhibition: tuple[Flask, Collection]) -> Iterator[str]:
    """The address at which the exhibition is open, with an archivist and a miss in it."""
    accounts.add_person(
        system("test"), email="a@archive.example", roles=["archivist"], password=PASSWORD
    )
    misses.note("felborult omnibusz")
    db.release()
    with opened(exhibition[0]) as address:
        yield address


def type_in(page: Page, text: str) -> None:
    """Types without a pause between two letters, however slow the machine is, and then pauses."""
    field = page.locator("#find")
    expect(field).to_have_role("combobox")
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    field.fill("")
    field.press_sequentially(text)
    page.clock.run_for(PAUSE_MS)
    page.clock.resume()
    expect(page.get_by_role("option").first).to_be_visible()


def test_a_name_is_chosen_by_keyboard(window: Page, place: str) -> None:
    window.goto(f"{place}/about")
    expect(window.locator("#find")).to_have_role("combobox")
    window.keyboard.press("/")
    type_in(window, "pal pro")
    field = window.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "true")
    window.keyboard.press("ArrowDown")
    option = window.get_by_role("option", selected=True)
    expect(option).to_contain_text("Próba Pál")
    expect(field).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    window.keyboard.press("ArrowUp")  # back in the field, where nothing is chosen
    expect(window.get_by_role("option", selected=True)).to_have_count(0)
    window.keyboard.press("ArrowDown")
    window.keyboard.press("Enter")
    expect(window.locator("#found")).to_contain_text("fénykép")
    assert re.search(r"[?&](person|photographer)=", window.url)


def test_escape_closes_and_enter_searches_what_was_typed(window: Page, place: str) -> None:
    window.goto(place)
    type_in(window, "ronc")
    window.keyboard.press("Escape")
    expect(window.get_by_role("listbox")).to_be_hidden()
    expect(window.get_by_role("combobox")).to_have_value("ronc")
    window.keyboard.press("Enter")
    window.wait_for_url("**/search?*q=ronc*")


def test_a_suggestion_is_clicked(window: Page, place: str) -> None:
    window.goto(f"{place}/search")
    type_in(window, "ronc")
    window.get_by_role("option", name=re.compile("roncsai")).click()
    expect(window.locator("#found")).to_contain_text("roncsai")


def test_nothing_is_asked_for_each_key_nor_twice(window: Page, place: str) -> None:
    asked: list[str] = []
    window.on("request", lambda r: asked.append(r.url) if "/search/suggest" in r.url else None)
    window.goto(place)
    type_in(window, "roncs")
    assert len(asked) == 1
    window.keyboard.press("Backspace")
    window.keyboard.type("s")
    expect(window.get_by_role("option").first).to_be_visible()
    assert asked.count(asked[0]) == 1
    assert window.context.cookies() == []


def test_without_scripts_it_is_a_plain_field(open_window: Callable[..., Page], place: str) -> None:
    page = open_window(java_script_enabled=False)
    page.goto(place)
    page.get_by_role("searchbox").fill("roncsai")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("1 fénykép")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_for_everybody(
    open_window: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    place: str,
    scheme: str,
    width: int,
) -> None:
    page = open_window(viewport={"width": width, "height": 800}, color_scheme=scheme)
    wrong: list[str] = []

    def look(path: str) -> None:
        page.wait_for_load_state()
        wrong.extend(f"{path} {found}" for found in axe(page))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{path} scrolls sideways")

    for path in ("/", "/search"):
        page.goto(place + path)
        type_in(page, "pr")
        page.keyboard.press("ArrowDown")
        look(f"{path} with suggestions")
    page.goto(f"{place}/search?q=roncsai")
    page.get_by_role("link", name="A keresés mentése").click()
    page.get_by_label("E-mail").fill("a@archive.example")
    page.get_by_label("Jelszó", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A keresés mentése")
    look("/account/searches/new")
    page.get_by_label("Levél az új fényképekről").select_option("weekly")
    page.get_by_role("button", name="Mentés").click()
    page.wait_for_url("**/account/searches")
    look("/account/searches")
    page.get_by_role("link", name="Név és levelek").first.click()
    look("one saved search")
    page.goto(f"{place}/workbench/reports/searches")
    page.get_by_role("link", name="felborult omnibusz", exact=True).click()
    page.wait_for_url("**/workbench/reports/searches/*")
    look("a search that found nothing")
    page.goto(f"{place}/account/searches/stop/{alerts.stop_token(kept())}")
    look("stop the letters")
    page.get_by_role("button", name="A levelek leállítása").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nem küldünk")
    look("stopped")
    assert wrong == []


def kept() -> str:
    person = accounts.by_email(db.session(), "a@archive.example")
    assert person is not None
    actor = Actor(person.id, "archivist", frozenset({"archivist"}))
    found = saved.of_person(db.session(), actor)[0].public_id
    db.release()
    return found
