"""Describing in a real browser: by the keyboard alone, without a new page, and for every reader."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.demo import Demo

pytestmark = pytest.mark.browser
Axe = Callable[[Page], list[str]]
SPECIMENS = 20
NEW_QUEUE = """async name => {
  const read = text => new DOMParser().parseFromString(text, 'text/html');
  const page = read(await (await fetch('/workbench')).text());
  const form = page.querySelector('form[action$="/workbench/queues"]');
  const body = new URLSearchParams({
    csrf_token: form.elements.csrf_token.value, name, order: 'unit' });
  const made = await (await fetch('/workbench/queues', { method: 'POST', body })).text();
  const rows = [...read(made).querySelectorAll('tr')];
  return rows.find(row => row.textContent.includes(name)).querySelector('a').getAttribute('href');
}"""
HEAR_THE_MOUSE = """const kinds = ['mousedown', 'mousemove', 'pointerdown', 'touchstart', 'wheel'];
for (const kind of kinds) {
  document.addEventListener(kind, ({ type }) => window.heardMouse(type), { capture: true });
}"""
SAVES = "performance.getEntriesByName('save').length"
# Nothing is looked at meanwhile: a page that is asked at every frame has to draw every frame.
NEXT_SAVE = """before => new Promise(done => {
  const saves = () => performance.getEntriesByName('save');
  const look = () => { if (saves().length > before) done(saves().at(-1).duration); };
  new PerformanceObserver(look).observe({ type: 'measure', buffered: true });
})"""


@pytest.fixture
def desk(window: Page, demo: Demo) -> Page:
    """An archivist's window."""
    demo.sign_in(window, "archivist@demo.example")
    return window


def photographs(demo: Demo) -> list[str]:
    """The addresses of the describe pages of the specimens, in the order of their units."""
    with closing(sqlite3.connect(demo.folder / "instance" / "pillanat.db")) as database:
        found = database.execute("SELECT public_id FROM image ORDER BY unit_id, position, id")
        return [f"/workbench/photographs/{public_id}" for (public_id,) in found]


def values(page: Page, address: str) -> Any:
    return page.request.get(f"{address.split('?')[0]}/values").json()


def save(page: Page) -> float:
    """Save by the key; the milliseconds until the page said so, as the browser saw them."""
    before = page.evaluate(SAVES)
    page.keyboard.press("Control+s")
    return float(page.evaluate(NEXT_SAVE, before))


def go(page: Page, letter: str) -> None:
    """Leave the field and go to a part of the form."""
    for key in ("Escape", "g", letter):
        page.keyboard.press(key)


def test_twenty_specimens_are_described_by_the_keyboard_alone(
    desk: Page, demo: Demo, capsys: pytest.CaptureFixture[str]
) -> None:
    heard: list[str] = []
    desk.expose_function("heardMouse", lambda kind: heard.append(kind))
    desk.add_init_script(HEAR_THE_MOUSE)
    desk.goto(f"{demo.address}/workbench")
    desk.goto(demo.address + desk.evaluate(NEW_QUEUE, "Húsz minta"))
    keys, met, took = desk.keyboard, [], []
    for number in range(SPECIMENS):
        met.append(desk.url)
        desk.wait_for_load_state("networkidle")  # nobody types before the picture is there
        go(desk, "p")
        keys.type(f"Próba Személy {number}")
        keys.press("Tab")
        keys.type("Szem")
        go(desk, "d")
        keys.type("1956 ősze")
        go(desk, "n")
        keys.type(f"billentyűvel {number}")
        took.append(save(desk))
        expect(desk.locator("#said")).to_contain_text("Mentve")
        if number < SPECIMENS - 1:
            with desk.expect_navigation():
                keys.press("Alt+ArrowRight")
    assert heard == []
    assert len(set(met)) == SPECIMENS
    for number, address in enumerate(met):
        said = values(desk, address)
        assert said["notes"].endswith(f"billentyűvel {number}")
        assert f"Próba Személy {number}" in [row["name"] for row in said["agents"]]
        assert "1956 ősze" in [row["display"] for row in said["dates"]]
    ranked = sorted(took)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{SPECIMENS} saves in the browser: median {ranked[SPECIMENS // 2]:.0f} ms, "
            f"slowest {ranked[-1]:.0f} ms\n"
        )


def test_saving_and_going_on_opens_the_next(desk: Page, demo: Demo) -> None:
    first = photographs(demo)[0]
    desk.goto(demo.address + first)
    following = desk.locator("#head a[rel=next]").get_attribute("href")
    go(desk, "n")
    desk.keyboard.type("és tovább")
    with desk.expect_navigation():
        desk.keyboard.press("Control+Enter")
    assert desk.url == demo.address + str(following)
    assert values(desk, demo.address + first)["notes"].endswith("és tovább")


def test_the_list_of_keys_opens_and_closes(desk: Page, demo: Demo, axe: Axe) -> None:
    desk.goto(demo.address + photographs(demo)[0])
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    assert axe(desk) == []
    desk.keyboard.press("Escape")
    expect(desk.locator("#keys")).to_be_hidden()


def test_the_focus_stays_where_it_was(desk: Page, demo: Demo) -> None:
    desk.goto(demo.address + photographs(demo)[1])
    field = desk.locator("[name='captions-0-text']")
    field.press("End")
    desk.keyboard.type(" – toldás")
    save(desk)
    expect(field).to_be_focused()
    desk.keyboard.type("!")
    expect(field).to_have_value(re.compile(r" – toldás!$"))
    save(desk)
    expect(desk.locator("#said")).to_contain_text("Mentve")


def test_a_known_name_is_offered_and_chosen(desk: Page, demo: Demo, axe: Axe) -> None:
    address = demo.address + photographs(demo)[2]
    desk.goto(address)
    go(desk, "l")
    field = desk.locator(":focus")
    with desk.expect_response(re.compile("/lookup.*=kossuth$")):
        desk.keyboard.type("kossuth")
    expect(field).to_have_attribute("aria-expanded", "true")
    # What the open list lies over is small for as long as it is open.
    assert [line for line in axe(desk) if not line.startswith("target-size")] == []
    desk.keyboard.press("ArrowDown")
    active = desk.locator("[role=option][aria-selected=true]")
    expect(field).to_have_attribute("aria-activedescendant", str(active.get_attribute("id")))
    meant = active.get_attribute("data-id")
    desk.keyboard.press("Enter")
    expect(field).to_have_attribute("aria-expanded", "false")
    save(desk)
    assert meant in [row["target"] for row in values(desk, address)["places"]]


def test_a_person_is_marked_by_keys_and_by_mouse(desk: Page, demo: Demo) -> None:
    address = demo.address + photographs(demo)[3]
    desk.goto(address)
    go(desk, "p")
    desk.keyboard.type("Jelölt Jenő")
    name = str(desk.locator(":focus").get_attribute("name")).removesuffix("-name")
    for key in ("Escape", "m", "ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown"):
        desk.keyboard.press(key)
    assert region(desk, name) == [39, 29, 21, 31]
    save(desk)
    desk.reload()
    box = desk.locator(f".regions [data-for='{name}']")
    expect(box).to_contain_text("Jelölt Jenő")
    desk.locator(f"[name='{name}-region_x']").evaluate("e => e.closest('details').open = true")
    desk.locator(f"[data-row]:has([name='{name}-name']) [data-mark=draw]").click()
    frame = desk.locator("[data-regions]").bounding_box()
    assert frame is not None
    desk.mouse.move(frame["x"] + frame["width"] * 0.1, frame["y"] + frame["height"] * 0.2)
    desk.mouse.down()
    desk.mouse.move(frame["x"] + frame["width"] * 0.4, frame["y"] + frame["height"] * 0.6, steps=4)
    desk.mouse.up()
    for found, meant in zip(region(desk, name), [10, 20, 30, 40], strict=True):
        assert found == pytest.approx(meant, abs=0.5)


def region(page: Page, name: str) -> list[float]:
    parts = (page.locator(f"[name='{name}-region_{part}']") for part in "xywh")
    return [float(part.input_value()) for part in parts]


def test_what_was_typed_is_there_after_the_window_was_closed(desk: Page, demo: Demo) -> None:
    address = demo.address + photographs(demo)[4]
    desk.goto(address)
    go(desk, "n")
    with desk.expect_response(lambda kept: "mondat" in (kept.request.post_data or "")):
        desk.keyboard.type("félbehagyott mondat")
    desk.goto(address)
    with desk.expect_navigation():
        desk.get_by_role("link", name="Folytatás").press("Enter")
    expect(desk.locator("[name=notes]")).to_have_value(re.compile("félbehagyott mondat$"))
    save(desk)
    desk.goto(address)
    expect(desk.get_by_role("link", name="Folytatás")).to_have_count(0)


def test_a_field_is_copied_from_the_previous_photograph(desk: Page, demo: Demo) -> None:
    first = photographs(demo)[0]
    desk.goto(demo.address + first)
    desk.locator("[name=source]").fill("Az előző forrása")
    save(desk)
    desk.goto(demo.address + str(desk.locator("#head a[rel=next]").get_attribute("href")))
    desk.locator("[name=source]").press("Control+d")
    expect(desk.locator("[name=source]")).to_have_value("Az előző forrása")


def test_a_copied_part_is_shown_and_not_saved(desk: Page, demo: Demo) -> None:
    first = photographs(demo)[0]
    desk.goto(demo.address + first)
    go(desk, "s")
    desk.keyboard.type("egyedi tárgyszó")
    save(desk)
    following = demo.address + str(desk.locator("#head a[rel=next]").get_attribute("href"))
    desk.goto(following)
    go(desk, "s")
    desk.keyboard.press("Control+Shift+d")
    expect(desk.locator("#said")).to_contain_text("Még semmi sincs mentve")
    names = desk.locator("[data-rows=subjects] [name$='-name']")
    assert "egyedi tárgyszó" in [field.input_value() for field in names.all()]
    assert "egyedi tárgyszó" not in [row["name"] for row in values(desk, following)["subjects"]]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("theme", ["paper", "darkroom"])
def test_the_page_is_accessible_and_never_wider_than_the_window(
    open_window: Callable[..., Page], demo: Demo, axe: Axe, width: int, theme: str
) -> None:
    page = open_window(viewport={"width": width, "height": 800})
    demo.sign_in(page, "archivist@demo.example")
    for path in (photographs(demo)[0], "/workbench"):
        page.goto(f"{demo.address}{path}?theme={theme}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        names = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
        assert sorted(names) == sorted(set(names))
