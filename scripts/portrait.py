"""Makes the picture in the README: a photograph's page of the demo, as Chromium shows it.

Run it beside a served demo: `.venv/bin/python scripts/portrait.py http://127.0.0.1:8000`.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).parent.parent / "docs" / "explanation" / "photograph-page.png"
WORDS = '"Corvin köz"'
SIZE = {"width": 1280, "height": 860}


def main() -> None:
    """Find one photograph and take the picture of its page."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with urlopen(f"{address}/search.json?q={quote(WORDS)}") as answer:
        found = json.load(answer)["hits"][0]["id"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE, locale="en-GB")
        page.goto(f"{address}/photographs/{found}?theme=paper", wait_until="networkidle")
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main()
