"""The three journeys in a real browser: the reader, the archivist, the publisher.

Every page that is opened on the way is looked at by axe (WCAG 2.2 AA).
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.demo import PROGRAM, Demo
from tests.served import PATIENCE_S

pytestmark = pytest.mark.browser
Axe = Callable[[Page], list[str]]


@pytest.fixture
def go(demo: Demo, axe: Axe) -> Callable[[Page, str], None]:
    """Open a page of the demo and have it looked at."""

    def open_page(page: Page, path: str) -> None:
        page.goto(demo.address + path)
        assert axe(page) == []

    return open_page


def hits(page: Page) -> int:
    return page.locator(".rows > li, .rows-list > li").count()


def search(page: Page, demo: Demo, words: str) -> int:
    page.goto(demo.address + "/")
    page.locator("#find").first.fill(words)
    with page.expect_navigation():
        page.locator("#find").first.press("Enter")
    return hits(page)


def comes(page: Page, address: str, fits: Callable[[str], bool]) -> bool:
    """Whether an answer fits before long: it is asked for again until it does.

    `wait_for_function` would not do, as it takes the promise of an answer for a yes.
    """
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if fits(page.request.get(address).text()):
            return True
        page.wait_for_timeout(200)
    return False


def test_a_reader_finds_and_looks(
    window: Page, demo: Demo, go: Callable[[Page, str], None], axe: Axe
) -> None:
    with_accents, without = search(window, demo, "nők"), search(window, demo, "nok")
    assert with_accents == without > 3
    assert search(window, demo, "demonstrators") > 2
    assert search(window, demo, '"Corvin köz"') >= 1
    assert axe(window) == []
    window.locator(".rows a").first.click()
    expect(window.get_by_role("heading", level=1)).to_be_visible()
    assert axe(window) == []
    picture = window.locator(".view img")
    expect(picture).to_be_visible()
    front = picture.get_attribute("src") or "missing"
    window.get_by_role("link", name="Hátlap").click()
    expect(picture).not_to_have_attribute("src", front)
    assert axe(window) == []
    assert window.context.cookies() == []
    assert window.evaluate("localStorage.length") == 0


def test_hidden_photographs_leave_no_trace(window: Page, demo: Demo) -> None:
    answer = window.request.get(demo.address + "/search.json")
    listed = json.loads(answer.text())
    assert listed["total"] == 26
    assert "Keleti" not in answer.text()
    for words in ("Keleti pályaudvar", "Egyesült Izzó"):
        found = window.request.get(demo.address + "/search.json", params={"q": words})
        assert "pályaudvaron" not in found.text()


def test_an_archivist_corrects_a_caption_and_finds_it_at_once(
    window: Page, demo: Demo, go: Callable[[Page, str], None], axe: Axe
) -> None:
    demo.sign_in(window, "archivist@demo.example")
    for path in ("/workbench", "/workbench/photographs", "/workbench/units", "/workbench/receive"):
        go(window, path)
    window.goto(demo.address + "/search?q=Corvin")
    window.locator(".rows a").first.click()
    window.get_by_role("link", name=re.compile("^(Leírás|Feltárás)")).first.click()
    assert axe(window) == []
    correction = f"{demo.address}/search.json?q=zivatarban"
    words = window.locator("textarea[name='captions-0-text']")
    words.fill("Szabadságharcosok a Corvin közben, zivatarban")
    window.get_by_role("button", name="Mentés", exact=True).click()
    expect(window.locator(".notices")).to_contain_text("Mentve")
    assert comes(window, correction, lambda found: json.loads(found)["total"] == 1)
    window.get_by_role("link", name="Változástörténet").click()
    assert axe(window) == []
    expect(window.locator("ins", has_text="zivatarban").first).to_be_visible()
    window.get_by_role("link", name=re.compile("A teljes")).first.click()
    window.get_by_role("button", name=re.compile("visszavon", re.IGNORECASE)).click()
    assert comes(window, correction, lambda found: json.loads(found)["total"] == 0)


def test_a_publisher_gets_a_licence_and_the_file_says_so(
    open_window: Callable[..., Page], demo: Demo, axe: Axe, tmp_path: Path
) -> None:
    publisher = open_window(locale="en-GB", viewport={"width": 1280, "height": 800})
    demo.sign_in(publisher, "publisher@demo.example")
    publisher.goto(demo.address + "/search?use=licence")
    publisher.locator(".rows a").first.click()
    publisher.get_by_role("link", name="Request a licence").click()
    assert axe(publisher) == []
    publisher.get_by_label("Title of the publication").fill("Budapest in Autumn")
    publisher.get_by_label("Printed book").check()
    publisher.get_by_role("button", name="Send the request").click()
    expect(publisher.locator(".notices")).to_contain_text("has arrived")
    assert axe(publisher) == []

    officer = open_window(locale="hu-HU", viewport={"width": 1280, "height": 800})
    demo.sign_in(officer, "officer@demo.example")
    officer.goto(demo.address + "/licensing/desk")
    assert axe(officer) == []
    officer.locator("table a").first.click()
    assert axe(officer) == []
    officer.locator("input[name^='net-']").fill("12 500")
    officer.get_by_role(
        "button", name=re.compile("[Aá]rajánlat.*küld|küld", re.IGNORECASE)
    ).first.click()
    expect(officer.locator(".notices")).to_be_visible()

    publisher.reload()
    expect(publisher.get_by_text("HUF\u00a015,875")).to_be_visible()
    assert axe(publisher) == []
    publisher.get_by_label("I have read the quote and accept it.").check()
    publisher.get_by_role("button", name="Accept the quote").click()
    expect(publisher.get_by_role("heading", name=re.compile("Licence L-"))).to_be_visible()
    assert comes(publisher, f"{publisher.url}?lang=en", lambda page: "Get the file" in page)
    publisher.reload()
    with publisher.expect_navigation():
        publisher.get_by_role("button", name="Get the file").click()
    assert axe(publisher) == []
    with publisher.expect_download() as started:
        publisher.get_by_role("button", name="Download the file").click()
    target = tmp_path / "licensed.jpg"
    started.value.save_as(target)
    said = json.loads(
        subprocess.run(
            [PROGRAM, "probe", "--json", str(target)],
            capture_output=True, text=True, check=True,
        ).stdout.splitlines()[0]
    )  # fmt: skip
    assert said["ok"]
    assert said["fields"]["credit"]
    assert re.search(rb"L-\d{4}-\d{4}", target.read_bytes())
