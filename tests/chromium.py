"""A real browser for the tests: Debian's Chromium, driven by Playwright.

The invariant: a page that raises a script error, or that asks anything of another host, fails the
test that opened it, whatever else the test looks at. How long something took fails nothing: what
is waited for has `PATIENCE_MS`, which is long for a machine with much else to do.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PATIENCE_MS = 60_000
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def chromium(needs: Callable[..., None]) -> Iterator[Browser]:
    """One browser for the session; each test opens its own window."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    needs(program, "Chromium, for pages as people see them")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the windows of this test complained of; must be empty when it ends."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def open_window(chromium: Browser, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Open windows with their own cookies: `open_window(locale="en", viewport=…, …)`."""
    contexts = []

    def open_one(**options: Any) -> Page:
        context = chromium.new_context(**{"locale": "hu-HU", **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.route(_is_foreign, lambda route: _refuse(route, complaints))
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def window(open_window: Callable[..., Page]) -> Page:
    """A Hungarian reader's window, 1280 pixels wide."""
    return open_window(viewport={"width": 1280, "height": 800})


@pytest.fixture
def axe(needs: Callable[..., None]) -> Callable[[Page], list[str]]:
    """`axe(page)` lists what breaks WCAG 2.2 AA: rule, place and what to do, one line each.

    The page has come as a whole by then; a click only waits until it begins to come.
    """
    needs(AXE.exists(), "axe-core, which `make setup` brings")
    script = AXE.read_text(encoding="utf-8")

    def look(page: Page) -> list[str]:
        page.wait_for_load_state()
        page.evaluate(script)
        found = page.evaluate("tags => axe.run({runOnly: tags})", WCAG)
        return [
            f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return look


def sign_in(page: Page, address: str, email: str, password: str) -> None:
    """Sign in on the site at `address`, in whatever language it speaks."""
    page.goto(f"{address}/account/login")
    page.get_by_label(re.compile("E-?mail")).fill(email)
    page.get_by_label(re.compile("Password|Jelszó")).fill(password)
    page.get_by_label(re.compile("Password|Jelszó")).press("Enter")
    expect(page.get_by_role("link", name=re.compile("Sign out|Kijelentkezés"))).to_be_visible()


def _is_foreign(address: str) -> bool:
    return not address.startswith(("http://127.0.0.1", "http://localhost", "data:", "blob:"))


def _refuse(route: Route, complaints: list[str]) -> None:
    request: Request = route.request
    complaints.append(f"asked another host: {request.url}")
    route.abort()
