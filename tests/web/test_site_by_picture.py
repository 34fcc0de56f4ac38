"""Find by picture: what everybody may see is found, what is hidden leaves no trace."""

from __future__ import annotations

import io
import re
import struct
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Drawing
from sqlalchemy import update

from archive import db, rights
from archive.catalogue import service as catalogue
from archive.catalogue.projection import today
from archive.settings import Settings, use
from tests.lookalikes import TESTER, Lookalikes, as_file, lookalikes, scene

__all__ = ["lookalikes"]
ADDRESS = "/search/by-picture?lang=en"


def brought(archive: Lookalikes, file: Any, name: str = "mine.jpg") -> tuple[int, str]:
    """The status and the page that a reader gets who brings a file."""
    client = archive.reader()
    assert "Set-Cookie" not in client.get(ADDRESS).headers
    answer = client.post(ADDRESS, data={"picture": (file, name)})
    assert "Set-Cookie" not in answer.headers
    return answer.status_code, answer.text


def found(page: str) -> list[str]:
    return re.findall(r'<a class="serif" href="/photographs/(\w+)', page)


def test_the_originals_are_found_with_how_they_look_and_their_credit(
    lookalikes: Lookalikes, tmp_path: Path
) -> None:
    part = scene(1).crop((60, 40, 600, 450)).resize((300, 228))
    status, page = brought(lookalikes, as_file(part))
    assert status == 200
    assert set(found(page)) == {lookalikes.ids["original"], lookalikes.ids["mirrored"]}
    assert re.search(r"Your picture is a part of it: about 7\d %", page)
    assert "Yours is mirrored." in page
    assert "Próba Archívum" in page
    assert not list(Path("/tmp").glob("pillanat-brought-*"))


@pytest.mark.parametrize("form", ["PNG", "TIFF", "WEBP"])
def test_pictures_of_other_kinds_and_turned_ones_are_read(
    lookalikes: Lookalikes, form: str
) -> None:
    turned = scene(2).transpose(Drawing.Transpose.ROTATE_90)
    _, page = brought(lookalikes, as_file(turned, form), f"mine.{form}")
    assert found(page) == [lookalikes.ids["other"]]
    assert "The same picture. Yours is turned." in page


def plain(page: str) -> str:
    return re.sub(r'(value|nonce)="[^"]*"', "", page)


def test_what_is_hidden_answers_like_what_is_not_there(lookalikes: Lookalikes) -> None:
    _, hidden = brought(lookalikes, as_file(scene(3)))
    _, unknown = brought(lookalikes, as_file(scene(77)))
    assert "No photograph here looks like yours" in hidden
    assert plain(hidden) == plain(unknown)


def test_what_was_shown_and_is_no_more_answers_so_too(lookalikes: Lookalikes) -> None:
    _, unknown = brought(lookalikes, as_file(scene(77)))
    for decision in ({"public": False, "max_px": 0}, {"valid_until": today() - timedelta(days=1)}):
        decided(lookalikes, {"public": True, "max_px": 1200, "valid_until": None})
        assert found(brought(lookalikes, as_file(scene(2)))[1]) == [lookalikes.ids["other"]]
        decided(lookalikes, decision)
        assert plain(brought(lookalikes, as_file(scene(2)))[1]) == plain(unknown)
    decided(lookalikes, {"public": True, "max_px": 1200, "valid_until": None})
    catalogue.withdraw(TESTER, lookalikes.image("other"), reason_class="privacy")
    assert plain(brought(lookalikes, as_file(scene(2)))[1]) == plain(unknown)


def decided(archive: Lookalikes, values: dict[str, Any]) -> None:
    """Let the decision about the photograph of the second scene be another."""
    key = archive.image("other").id
    with db.transaction() as session:
        session.execute(update(rights.Access).where(rights.Access.image_id == key).values(**values))
    db.release()


def bomb() -> bytes:
    """A PNG of 60,000 × 50,000 white pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 60_000, 50_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


HOSTILE = {
    "nothing": (b"", "The file is empty."),
    "text": (b"not a picture at all, but words", "This is not a picture file."),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "drawing"),
    "a page": (b"<!doctype html><html><script>alert(1)</script></html>", "web page"),
    "a bomb": (bomb(), "too many pixels"),
    "half a picture": (as_file(scene(1)).getvalue()[:9000], "end of the file is missing"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_cannot_be_looked_for_is_told_in_a_sentence(lookalikes: Lookalikes, kind: str) -> None:
    octets, sentence = HOSTILE[kind]
    status, page = brought(lookalikes, io.BytesIO(octets))
    assert status == 422
    assert sentence in page
    assert "<script>alert" not in page


def test_without_a_file_and_with_too_much_it_is_refused(
    lookalikes: Lookalikes, tmp_path: Path
) -> None:
    client = lookalikes.reader()
    assert client.post(ADDRESS, data={}).status_code == 422
    use(Settings(data=tmp_path, secret_key="a key for tests only", find_picture_mib=1))
    form = "multipart/form-data; boundary=x"
    assert client.post(ADDRESS, data=bytes(1_200_000), content_type=form).status_code == 413


def test_the_search_page_leads_there(lookalikes: Lookalikes) -> None:
    assert "/search/by-picture" in lookalikes.reader().get("/search?lang=en").text
