"""The viewers of others show our photographs: from another site, without a word on the console."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest
from PIL import Image as Drawing
from playwright.sync_api import ConsoleMessage, Page

from tests.chromium import PROJECT
from tests.gallery import Gallery, gallery
from tests.judges import Judged, judged, judges

__all__ = ["gallery", "judged", "judges"]
pytestmark = pytest.mark.browser
NEAR = 12  # how far a colour may be off on the screen, being a JPEG
PATIENCE_MS = 60_000
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Another site</title>
<link rel="icon" href="data:,"><style>#here {{ position: absolute; inset: 0 }}</style>
<body><div id="here" class="uv"></div>{}</body></html>"""
OPENSEADRAGON = """<script src="openseadragon/build/openseadragon/openseadragon.min.js"></script>
<script>OpenSeadragon({{id: "here", prefixUrl: "openseadragon/build/openseadragon/images/",
crossOriginPolicy: "Anonymous", tileSources: "{image}/info.json"}})</script>"""
MIRADOR_4 = """<script src="mirador-4/dist/mirador.min.js"></script><script>
Mirador.viewer({{id: "here", windows: [{{manifestId: "{manifest}"}}]}})</script>"""
MIRADOR_3 = """<script src="mirador-3/dist/mirador.min.js"></script><script>
Mirador.viewer({{id: "here", windows: [{{manifestId: "{manifest}"}}]}})</script>"""
UNIVERSAL = """<link rel="stylesheet" href="universalviewer-4/dist/uv.css">
<script src="universalviewer-4/dist/umd/UV.js"></script><script>
UV.init("here", {{manifest: "{manifest}", embedded: true}})</script>"""
# What Mirador 4 says on the console whatever it is given: its React warns of how another library of
# it reads refs. A control proves it.
SAID_OF_ANYTHING = {MIRADOR_4: re.compile(r"element\.ref was removed in React 19")}
# Through the parser and back; and what its strict reading would put right.
PARSED = """async addresses => {
    const { normalize, serialize, serializeConfigPresentation3 } =
        await import("/parser-2/dist/index.js");
    const { presentation3StrictUpgrade } = await import("/parser-2/dist/strict.js");
    return Promise.all(addresses.map(async address => {
        const told = await (await fetch(address)).json();
        const { entities, mapping, resource } = normalize(structuredClone(told));
        const state = { entities, mapping, requests: {}, meta: {} };
        const again = serialize(state, resource, serializeConfigPresentation3);
        return { told, again, strict: presentation3StrictUpgrade(structuredClone(told)) };
    }));
}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a test prints what fails only."""


@pytest.fixture(scope="module")
def another_site(
    judges: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str]]:
    """A folder that is served under an origin of its own, with the viewers below it."""
    folder = tmp_path_factory.mktemp("another-site")
    for viewer in judges.iterdir():
        (folder / viewer.name).symlink_to(viewer)
    (folder / "openseadragon").symlink_to(PROJECT / "node_modules" / "openseadragon")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visited(
    another_site: tuple[Path, str],
    judged: Judged,
    open_window: Callable[..., Page],
    complaints: list[str],
) -> Callable[[str], Page]:
    """Opens a page of the other site; every error on its console is a complaint, but for what the
    viewer says of anything."""
    folder, address = another_site

    def visit(body: str) -> Page:
        image = f"{judged.address}/iiif/3/{judged.squares.asset}"
        filled = body.format(image=image, manifest=judged.manifest)
        (folder / "index.html").write_text(PAGE.format(filled), encoding="utf-8")
        page = open_window(locale="en", viewport={"width": 1280, "height": 900})
        page.on("console", lambda said: complaints.extend(_fault(said, body)))
        page.goto(f"{address}/index.html")
        return page

    return visit


def _fault(said: ConsoleMessage, viewer: str) -> list[str]:
    """What the console says is wrong, but for what it says with this viewer of anything."""
    wrong = said.type == "error" and not _said_of_anything(said, viewer)
    return [_whole(said)] if wrong else []


def _said_of_anything(said: ConsoleMessage, viewer: str) -> bool:
    known = SAID_OF_ANYTHING.get(viewer)
    return known is not None and known.search(_whole(said)) is not None


def _whole(said: ConsoleMessage) -> str:
    return f"{said.text} {said.location['url']}"


def _of_other_making(folder: Path, address: str) -> str:
    """The address of the plainest manifest there can be, a file beside its picture."""
    Drawing.new("RGB", (400, 300), (200, 30, 30)).save(folder / "plain.jpg")
    sides, canvas = {"width": 400, "height": 300}, f"{address}/canvas"
    body = {"id": f"{address}/plain.jpg", "type": "Image", "format": "image/jpeg", **sides}
    painting = {
        "id": f"{canvas}/painting", "type": "Annotation", "motivation": "painting",
        "body": body, "target": canvas,
    }  # fmt: skip
    page = {"id": f"{canvas}/page", "type": "AnnotationPage", "items": [painting]}
    manifest = {
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": f"{address}/plain.json",
        "type": "Manifest",
        "label": {"none": ["Plain"]},
        "items": [{"id": canvas, "type": "Canvas", **sides, "items": [page]}],
    }
    (folder / "plain.json").write_text(json.dumps(manifest), encoding="utf-8")
    return f"{address}/plain.json"


def seen(page: Page, colours: np.ndarray) -> int:
    """How many of the squares' colours are on the screen."""
    shot = Drawing.open(io.BytesIO(page.screenshot())).convert("RGB")
    pixels = np.unique(np.asarray(shot).reshape(-1, 3)[::7], axis=0).astype(int)
    return sum(bool((np.abs(pixels - colour).max(axis=1) <= NEAR).any()) for colour in colours)


@pytest.mark.parametrize(
    "viewer",
    [OPENSEADRAGON, MIRADOR_3, MIRADOR_4, UNIVERSAL],
    ids=["OpenSeadragon", "Mirador 3", "Mirador 4", "Universal Viewer"],
)
def test_a_viewer_paints_the_photograph(
    visited: Callable[[str], Page], judged: Judged, viewer: str
) -> None:
    with_picture = "document.querySelector('canvas') !== null"
    page = visited(viewer)
    page.wait_for_function(with_picture, timeout=PATIENCE_MS)
    wanted, until = 0.9 * len(judged.colours), time.monotonic() + PATIENCE_MS / 1000
    while (painted := seen(page, judged.colours)) < wanted and time.monotonic() < until:
        page.evaluate("new Promise((idle) => requestIdleCallback(() => idle()))")  # then look anew
    assert painted >= wanted


@pytest.mark.parametrize("viewer", SAID_OF_ANYTHING, ids=["Mirador 4"])
def test_what_is_passed_over_is_said_of_a_manifest_of_other_making_too(
    another_site: tuple[Path, str], open_window: Callable[..., Page], viewer: str
) -> None:
    folder, address = another_site
    filled = viewer.format(manifest=_of_other_making(folder, address))
    (folder / "control.html").write_text(PAGE.format(filled), encoding="utf-8")
    page, asked = open_window(locale="en"), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    expected = partial(_said_of_anything, viewer=viewer)
    with page.expect_console_message(expected, timeout=PATIENCE_MS):
        page.goto(f"{address}/control.html")
    assert all(one.startswith((address, "data:", "blob:")) for one in asked)  # nothing of ours


def test_the_parser_of_the_community_reads_all_and_mends_nothing(
    visited: Callable[[str], Page], judged: Judged, gallery: Gallery
) -> None:
    photographs = [judged.squares, gallery.free, gallery.protected, gallery.without]
    manifests = [f"{judged.address}/iiif/manifest/{one.id}" for one in photographs]
    collections = [f"{judged.address}/iiif/collection{ref}" for ref in ("", "/HU-G", "/HU-J")]
    read = visited("").evaluate(PARSED, manifests + collections)
    assert [one["told"]["id"] for one in read] == manifests + collections
    assert [one["again"] for one in read] == [one["told"] for one in read]
    strict = read[: len(manifests)]  # to the parts of a collection it adds empty lists
    assert [one["strict"] for one in strict] == [one["told"] for one in strict]
