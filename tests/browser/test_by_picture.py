"""A reader brings a picture; an archivist judges what looks alike. By hand, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Page, expect

from tests.chromium import sign_in
from tests.lookalikes import EMAIL, PASSWORD, Lookalikes, as_file, lookalikes, scene

__all__ = ["lookalikes"]
pytestmark = pytest.mark.browser


@pytest.fixture
def app(lookalikes: Lookalikes) -> Flask:
    return lookalikes.app


def test_a_picture_is_brought_and_its_original_found(
    window: Page, address: str, lookalikes: Lookalikes, axe: Callable[[Page], list[str]]
) -> None:
    window.goto(f"{address}/search?lang=en")
    window.get_by_role("link", name="Find by picture").click()
    assert axe(window) == []
    part = as_file(scene(1).crop((60, 40, 600, 450))).getvalue()
    mine = FilePayload(name="mine.jpg", mimeType="image/jpeg", buffer=part)
    window.get_by_label("Your picture").set_input_files(mine)
    window.get_by_role("button", name="Find", exact=True).click()
    expect(window.get_by_role("heading", name="2 photographs look like yours")).to_be_visible()
    assert axe(window) == []
    window.get_by_role("link", name="Picture: original").click()
    window.wait_for_url(f"**/photographs/{lookalikes.ids['original']}**")


def test_two_that_look_alike_are_told_apart(
    window: Page, address: str, axe: Callable[[Page], list[str]]
) -> None:
    sign_in(window, address, EMAIL, PASSWORD)
    window.goto(f"{address}/workbench/look-alikes?lang=en")
    expect(window.locator("main li.card")).to_have_count(6)
    assert axe(window) == []
    window.get_by_role("button", name="Different photographs").first.click()
    expect(window.locator("main li.card")).to_have_count(5)
