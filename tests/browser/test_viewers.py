"""Enlarging a photograph, comparing two: by hand, by keyboard, aloud and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from archive import settings
from archive.media import viewing
from tests.gallery import Gallery, gallery
from tests.served import opened

__all__ = ["gallery"]
pytestmark = pytest.mark.browser
MOVED = "[data-zoom-said]"
WHERE = """() => [...document.querySelectorAll('.zoom')].map((box) => {
    const viewer = window.OpenSeadragon?.getViewer(box);
    if (!viewer?.isOpen()) return null;
    const { x, y } = viewer.viewport.getCenter(true);
    return [viewer.viewport.getZoom(true) / viewer.viewport.getHomeZoom(), x, y];
})"""

DRAWN = """viewers => {
    const boxes = [...document.querySelectorAll('.zoom')];
    const picture = (box) => window.OpenSeadragon?.getViewer(box)?.world.getItemAt(0);
    return boxes.length === viewers && boxes.every((box) => picture(box)?.getFullyLoaded());
}"""


@pytest.fixture(scope="module")
def place(gallery: Gallery) -> Iterator[str]:
    """The address at which the gallery is open."""
    with opened(gallery.app) as address:
        yield address


@pytest.fixture
def looking(open_window: Callable[..., Page], complaints: list[str]) -> Callable[..., Page]:
    """Opens a window without motion, in which every error on the console is a complaint."""

    def open_one(**options: Any) -> Page:
        page = open_window(
            **{"locale": "en", "reduced_motion": "reduce",
               "viewport": {"width": 1280, "height": 800}, **options}
        )  # fmt: skip
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
        return page

    return open_one


def zoomed(page: Page, address: str) -> Page:
    page.goto(address)
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(MOVED)).to_have_text("The whole photograph")
    return page


def test_the_picture_comes_in_tiles_as_they_are_stored(
    looking: Callable[..., Page], place: str, gallery: Gallery
) -> None:
    page = looking()
    tiles: list[tuple[str, int]] = []

    def several_came(found: Response) -> bool:
        if "/iiif/3/" in found.url and ".jpg" in found.url:
            tiles.append((found.url, found.status))
        return len(tiles) > 4

    with page.expect_response(several_came):
        zoomed(page, f"{place}/photographs/{gallery.free.id}")
        for _ in range(4):
            page.keyboard.press("+")
    expect(page.locator(MOVED)).to_contain_text("Enlarged 5.1 times: middle")
    assert {status for _url, status in tiles} == {200}
    assert all(url.startswith(f"{place}/iiif/3/{gallery.free.asset}/") for url, _ in tiles)
    made = settings.current().media / viewing.FOLDER
    assert [path.suffix for path in made.rglob("*") if path.is_file()] == [".tif"]


def test_where_one_is_is_said_and_escape_goes_back(
    looking: Callable[..., Page], place: str, gallery: Gallery
) -> None:
    page = zoomed(looking(), f"{place}/photographs/{gallery.free.id}")
    said = page.locator(MOVED)
    assert said.get_attribute("aria-live") == "polite"
    for _ in range(5):
        page.keyboard.press("+")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowUp")
    expect(said).to_contain_text("upper left")
    page.keyboard.press("0")
    expect(said).to_have_text("The whole photograph")
    page.keyboard.press("Escape")
    expect(page.locator(".zoom")).to_have_count(0)
    expect(page.get_by_role("button", name="Zoom in")).to_be_focused()
    expect(said).to_have_text("")


def test_buttons_do_what_the_keys_do(
    looking: Callable[..., Page], place: str, gallery: Gallery
) -> None:
    page = zoomed(looking(), f"{place}/photographs/{gallery.free.id}")
    page.get_by_role("button", name="Closer").click()
    expect(page.locator(MOVED)).to_have_text("Enlarged 1.5 times: middle")
    page.get_by_role("button", name="Further away").click()
    expect(page.locator(MOVED)).to_have_text("The whole photograph")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator(".zoom")).to_have_count(0)


def test_people_have_their_names_on_them(
    looking: Callable[..., Page], place: str, gallery: Gallery
) -> None:
    page = zoomed(looking(), f"{place}/photographs/{gallery.free.id}")
    person = page.get_by_role("link", name="Próba Pál").and_(page.locator(".seen"))
    expect(person).to_be_visible()
    assert page.locator(".seen").count() == 1
    picture, mark = page.locator(".zoom").bounding_box(), person.bounding_box()
    assert picture
    assert mark
    assert mark["width"] > 0.2 * picture["width"]
    page.get_by_role("button", name="Names").click()
    expect(person).to_be_hidden()
    page.get_by_role("button", name="Names").click()
    person.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Próba Pál")


def test_the_other_side_is_enlarged_too(
    looking: Callable[..., Page], place: str, gallery: Gallery
) -> None:
    page = zoomed(looking(), f"{place}/photographs/{gallery.free.id}")
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.locator(MOVED)).to_have_text("The whole photograph")
    assert "shown=verso" in page.url
    expect(page.get_by_role("link", name="Back", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    assert page.locator(".seen").count() == 0


def test_a_picture_that_cannot_be_had_is_told(
    open_window: Callable[..., Page], place: str, gallery: Gallery
) -> None:
    page = open_window(locale="en")
    page.route("**/info.json", lambda route: route.fulfill(status=503))
    page.goto(f"{place}/photographs/{gallery.free.id}")
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(MOVED)).to_contain_text("please try again later")
    expect(page.get_by_role("button", name="Zoom in")).to_be_visible()


def test_two_photographs_move_together_until_they_are_let_go(
    looking: Callable[..., Page], place: str, gallery: Gallery
) -> None:
    page = looking()
    page.goto(f"{place}/compare?a={gallery.free.id}&b={gallery.protected.id}")
    together = page.get_by_role("checkbox", name="Move both together")
    expect(together).to_be_checked()
    _until(page, "first && second")
    first = page.locator(".zoom .openseadragon-canvas").nth(0)
    first.focus()
    with page.expect_request(lambda asked: gallery.protected.asset in asked.url):
        for _ in range(5):
            page.keyboard.press("+")
    _until(page, "first[0] > 7 && second[0] > 7")
    together.uncheck()
    before = page.evaluate(WHERE)
    first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    _until(page, f"first[1] < {before[0][1]} - 0.05")
    assert page.evaluate(WHERE)[1] == before[1], "the second picture moved after it was let go"


def _until(page: Page, condition: str) -> None:
    """Waits until both viewers, each as [times enlarged, across, down], fulfil a condition."""
    page.wait_for_function(f"() => {{ const [first, second] = ({WHERE})(); return {condition}; }}")


def _all_drawn(page: Page, viewers: int) -> None:
    """Waits until so many viewers have every tile they want; whoever leaves earlier hears of it."""
    page.wait_for_function(DRAWN, arg=viewers)


def test_the_second_photograph_is_chosen_or_named(
    looking: Callable[..., Page], place: str, gallery: Gallery
) -> None:
    page = looking()
    page.goto(f"{place}/photographs/{gallery.free.id}")
    page.get_by_role("link", name="Compare with another").click()
    _all_drawn(page, 1)
    page.get_by_role("link", name="Lines: protected").click()
    expect(page.get_by_role("heading", name="Lines: protected")).to_be_visible()
    _all_drawn(page, 2)
    for name in ("HU-G/small", f"{place}/photographs/{gallery.small.id}?shown=verso"):
        page.goto(f"{place}/compare?a={gallery.free.id}")
        _all_drawn(page, 1)
        page.get_by_role("textbox", name="Address or reference code").fill(name)
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_role("heading", name="Lines: small")).to_be_visible()
        _all_drawn(page, 2)
    page.goto(f"{place}/compare?a={gallery.free.id}&b={gallery.draft.id}")
    expect(page.get_by_text("There is no photograph called")).to_be_visible()
    _all_drawn(page, 1)


def test_without_scripts_there_are_plain_pictures(
    open_window: Callable[..., Page], place: str, gallery: Gallery
) -> None:
    page = open_window(java_script_enabled=False, locale="en")
    page.goto(f"{place}/photographs/{gallery.free.id}")
    expect(page.get_by_role("button", name="Zoom in")).to_be_hidden()
    page.locator(".view a").click()
    assert page.url.endswith(f"/media/{gallery.free.asset}/2048.jpg")
    page.goto(f"{place}/compare?a={gallery.free.id}&b={gallery.protected.id}")
    pictures = page.locator(".halves .view img")
    assert pictures.count() == 2
    sizes = [pictures.nth(n).evaluate("picture => picture.naturalWidth") for n in range(2)]
    assert min(sizes) >= 1024


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_viewers_are_for_everybody(
    looking: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    place: str,
    gallery: Gallery,
    width: int,
    scheme: str,
) -> None:
    page = looking(viewport={"width": width, "height": 800}, color_scheme=scheme)
    zoomed(page, f"{place}/photographs/{gallery.free.id}")
    assert axe(page) == []
    for viewers, second in ((1, ""), (2, f"&b={gallery.protected.id}")):
        page.goto(f"{place}/compare?a={gallery.free.id}{second}")
        _all_drawn(page, viewers)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
