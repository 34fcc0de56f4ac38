"""The views of the results in a browser: for everybody, by mouse, finger and keys, and light."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from tests.demo import Demo

pytestmark = pytest.mark.browser
VIEWS = (
    "/search?q=tank",
    "/search?view=list&q=tank&year=1956",
    "/search?view=contact",
    "/search?view=timeline&day=1956-10-23",
    "/search?view=map",
)
REQUESTS, KILOBYTES = 12, 150  # before pictures (screens.md 5)


@pytest.fixture(scope="module")
def place(demo: Demo) -> str:
    """The address of a demo archive with a thousand photographs."""
    return demo.address


def said(page: Page) -> list[str]:
    """What the browser complains of, gathered while pages are looked at."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text)
            if message.type in ("error", "warning") else None)  # fmt: skip
    return complaints


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_is_for_everybody(
    open_window: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    place: str,
    scheme: str,
    width: int,
) -> None:
    page = open_window(viewport={"width": width, "height": 800}, color_scheme=scheme)
    wrong = said(page)
    for path in VIEWS:
        page.goto(place + path, wait_until="networkidle")
        wrong += [f"{path} {found}" for found in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{path} scrolls sideways")
    assert wrong == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("path", VIEWS)
def test_a_page_of_results_is_light(window: Page, place: str, path: str) -> None:
    answers: list[Response] = []
    window.on("response", lambda answer: answers.append(answer))
    window.goto(place + path, wait_until="networkidle")
    kept = [a for a in answers if a.request.resource_type != "image"]
    sizes = {urlsplit(a.url).path: len(_packed(a)) for a in kept}
    assert len(kept) <= REQUESTS, sorted(sizes)
    assert sum(sizes.values()) <= KILOBYTES * 1000, sizes


def _packed(answer: Response) -> bytes:
    """The body as it travels; typefaces are packed already."""
    body = answer.body()
    return body if answer.url.endswith(".woff2") else gzip.compress(body)


@pytest.mark.parametrize("path", VIEWS)
def test_nothing_moves_while_a_view_arrives(window: Page, place: str, path: str) -> None:
    window.add_init_script(
        "window.shifted = 0; new PerformanceObserver((list) => { for (const entry of "
        "list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value; })"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    window.goto(place + path, wait_until="networkidle")
    assert window.evaluate("window.shifted") < 0.02


def test_the_timeline_is_set_by_arrow_keys(window: Page, place: str) -> None:
    window.goto(place + "/")
    window.locator("[data-timeline][data-ready]").wait_for()
    first, last = window.get_by_role("slider").all()
    expect(first).to_have_accessible_name("Az időszak kezdete")
    before = first.get_attribute("aria-valuetext")
    first.press("ArrowRight")
    assert first.get_attribute("aria-valuetext") != before
    last.press("Home")
    assert last.get_attribute("aria-valuetext") == first.get_attribute("aria-valuetext")
    asked = window.locator("[data-date] input[name=date]").first.input_value()
    with window.expect_navigation():
        last.press("Enter")
    assert parse_qs(urlsplit(window.url).query)["date"] == [asked]
    assert ".." not in asked or asked.endswith("9")  # one bar: a day, a year or a decade


def test_the_timeline_is_tapped_with_a_finger(open_window: Callable[..., Page], place: str) -> None:
    page = open_window(viewport={"width": 320, "height": 800}, has_touch=True, is_mobile=True)
    page.goto(place + "/")
    page.locator("[data-timeline][data-ready]").wait_for()
    box = page.locator("[data-timeline] svg").bounding_box()
    assert box
    with page.expect_navigation():
        page.locator("[data-timeline] svg").tap(position={"x": box["width"] / 2, "y": 60})
    assert "date=" in page.url


def test_a_handle_is_dragged_and_the_other_stays(window: Page, place: str) -> None:
    window.goto(place + "/search?view=timeline&day=1956-10-23")
    window.locator("[data-timeline][data-ready]").wait_for()
    _first, last = window.get_by_role("slider").all()
    kept = window.locator("[data-first].in").first.get_attribute("data-first")
    box = last.bounding_box()
    assert box
    window.mouse.move(box["x"] + 12, box["y"] + 12)
    window.mouse.down()
    window.mouse.move(box["x"] - 200, box["y"] + 12, steps=4)
    with window.expect_navigation():
        window.mouse.up()
    assert parse_qs(urlsplit(window.url).query)["date"][0].startswith(str(kept))


def test_a_quick_look_by_keys(window: Page, place: str, axe: Callable[[Page], list[str]]) -> None:
    window.goto(place + "/search?q=tank")
    window.locator("#look[data-ready]").wait_for(state="attached")
    links = window.locator("#results .sheet-link")
    window.keyboard.press("j")
    window.keyboard.press("Space")
    dialog = window.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.locator(".credit")).to_be_visible()
    expect(dialog.locator(".badge")).to_be_visible()
    expect(dialog.locator("blockquote, .wording").first).to_be_visible()
    expect(dialog.locator("img")).to_have_attribute("srcset", re.compile(r"\d+w"))
    assert axe(window) == []
    title = dialog.get_by_role("heading").inner_text()
    window.keyboard.press("j")
    expect(dialog.get_by_role("heading")).not_to_have_text(title)
    window.keyboard.press("k")
    expect(dialog.get_by_role("heading")).to_have_text(title)
    window.keyboard.press("j")
    window.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(links.nth(1)).to_be_focused()


def test_a_question_mark_tells_the_keys(
    window: Page, place: str, axe: Callable[[Page], list[str]]
) -> None:
    window.goto(place + "/search")
    window.keyboard.press("?")
    keys = window.get_by_role("dialog", name="Billentyűk")
    expect(keys).to_be_visible()
    assert axe(window) == []
    window.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_the_map_comes_closer_by_key_and_link(window: Page, place: str) -> None:
    window.goto(place + "/search?view=map")
    sheet = window.locator(".map[data-ready] .sheet > svg")
    sheet.focus()
    whole = window.locator("[data-map]").get_attribute("data-bounds")
    sheet.press("+")
    expect(window.locator("[data-map]")).not_to_have_attribute("data-bounds", str(whole))
    window.wait_for_url("**box=**")
    expect(window.locator(".sheet > svg")).to_be_focused()
    closer = [float(side) for side in parse_qs(urlsplit(window.url).query)["box"][0].split(",")]
    first = [float(side) for side in str(whole).split(",")]
    assert closer[2] - closer[0] == pytest.approx((first[2] - first[0]) / 2, rel=0.05)
    assert closer[0] + closer[2] == pytest.approx(first[0] + first[2], abs=0.01)


def test_the_map_is_dragged_without_opening_what_lies_on_it(window: Page, place: str) -> None:
    window.goto(place + "/search?view=map")
    window.locator(".map[data-ready]").wait_for()
    before = str(window.locator("[data-map]").get_attribute("data-bounds")).split(",")
    circle = window.locator(".spot circle").last.bounding_box()
    assert circle
    x, y = circle["x"] + circle["width"] / 2, circle["y"] + circle["height"] / 2
    window.mouse.move(x, y)
    window.mouse.down()
    window.mouse.move(x - 60, y + 30, steps=4)
    window.mouse.up()
    window.wait_for_url("**box=**")
    assert "place=" not in window.url
    after = parse_qs(urlsplit(window.url).query)["box"][0].split(",")
    assert float(after[1]) > float(before[1])
    assert float(after[0]) > float(before[0])


def test_a_place_of_the_map_is_opened_without_scripts(
    open_window: Callable[..., Page], place: str
) -> None:
    page = open_window(java_script_enabled=False)
    page.goto(place + "/search?view=map")
    page.locator(".map-tools a").first.click()
    assert "box=" in page.url
    page.goto(place + "/search?view=map")
    page.locator(".map-list li a").first.click()
    assert "place=" in page.url
    expect(page.locator(".spot.chosen")).to_have_count(1)
