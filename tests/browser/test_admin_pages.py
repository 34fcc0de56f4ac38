"""The pages of administrators in a browser: for everybody, narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from archive import db, history
from archive.accounts import service as accounts
from tests.chromium import sign_in

pytestmark = pytest.mark.browser
EMAIL, PASSWORD = "administrator.of.a.large.archive@demo.example", "four words in a row"
SIDEWAYS = "one => one.scrollWidth - one.clientWidth"


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_people_are_seen_whole_with_all_their_roles(
    open_window: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    app: Flask,
    address: str,
    width: int,
    scheme: str,
) -> None:
    accounts.add_person(
        history.system("test"), email=EMAIL, name="A", roles=["administrator"], password=PASSWORD
    )
    db.release()
    page = open_window(viewport={"width": width, "height": 800}, color_scheme=scheme)
    sign_in(page, address, EMAIL, PASSWORD)
    page.goto(f"{address}/admin/people")
    assert axe(page) == []
    assert page.locator(".table-wrap").evaluate(SIDEWAYS) <= 0
    assert page.locator("html").evaluate(SIDEWAYS) <= 0
