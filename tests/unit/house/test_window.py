"""The browser bench: script errors and foreign requests are noticed, axe finds what is wrong."""

from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang=hu><meta charset=utf-8><title>Egy kép</title>
<main><h1>Kép</h1>{}</main></html>"""


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def folder_address(tmp_path: Path) -> Iterator[str]:
    """The address of a web server that shows this test's folder."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *rest: Silent(*rest, directory=str(tmp_path))
    )
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_axe_accepts_a_good_page_and_names_what_is_wrong(
    window: Page, axe: Callable[[Page], list[str]], folder_address: str, tmp_path: Path
) -> None:
    (tmp_path / "good.html").write_text(PAGE.format("<img src='data:,' alt='Egy tér'>"))
    (tmp_path / "bad.html").write_text(PAGE.format("<img src='data:,'>"))
    window.goto(f"{folder_address}/good.html")
    expect(window).to_have_title("Egy kép")
    assert axe(window) == []
    window.goto(f"{folder_address}/bad.html")
    assert [line.split(":")[0] for line in axe(window)] == ["image-alt"]


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("<script>undefined.shutter</script>", "script error"),
        ("<img alt='' src='http://elsewhere.example/a.jpg'>", "elsewhere.example"),
    ],
)
def test_a_page_that_misbehaves_is_complained_of(
    open_window: Callable[..., Page],
    complaints: list[str],
    folder_address: str,
    tmp_path: Path,
    markup: str,
    complaint: str,
) -> None:
    (tmp_path / "page.html").write_text(PAGE.format(markup))
    open_window().goto(f"{folder_address}/page.html")
    assert len(complaints) == 1
    assert complaint in complaints.pop()
