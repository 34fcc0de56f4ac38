"""Taking the prints on one scan apart, in a browser, on the narrowest screen and a wide one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from archive import db, jobs
from tests.chromium import sign_in
from tests.gallery import PASSWORD
from tests.scans import EMAIL, Scanned, scanned
from tests.served import opened

__all__ = ["scanned"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_what_is_chosen_is_cut_and_the_rest_is_left(
    open_window: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    scanned: Scanned,
    width: int,
    scheme: str,
) -> None:
    page = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme)
    with opened(scanned.app) as address:
        sign_in(page, address, EMAIL, PASSWORD)
        page.goto(f"{address}{scanned.page}")
        assert axe(page) == []
        page.get_by_label("2. papírkép").uncheck()
        page.get_by_role("button", name="Vázlat készítése").click()
        expect(page.get_by_text("ez az oldal magától frissül")).to_be_visible()
        expect(page.get_by_role("button", name="Vázlat készítése")).to_have_count(0)
        page.reload()
        page.evaluate("stop()")  # or it comes anew while it is being looked at
        assert axe(page) == []
        jobs.run_due()
        db.release()
        page.reload()
        expect(page.get_by_role("checkbox")).to_have_count(1)
        expect(page.get_by_label("2. papírkép")).to_be_checked()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("listitem").filter(has_text="1. papírkép").get_by_role(
            "link"
        ).first.click()
        expect(page.get_by_role("link", name="Műszaki vizsgálat")).to_be_visible()
