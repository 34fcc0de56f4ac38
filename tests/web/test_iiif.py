"""The image service as viewers and harvesters ask it; the checks of iiif-validator among them."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from math import ceil

import numpy as np
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import update
from werkzeug.test import TestResponse

from archive import db, jobs, rights, settings
from archive.media import kept, renditions, viewing
from archive.media import service as media
from archive.media.models import Picture
from tests.gallery import Gallery, gallery

__all__ = ["gallery"]
BOTH = pytest.mark.parametrize("version", ["2", "3"])
LD_JSON_2 = 'application/ld+json;profile="http://iiif.io/api/image/2/context.json"'


def told(client: FlaskClient, version: str, asset: str) -> dict:
    response = client.get(f"/iiif/{version}/{asset}/info.json")
    assert response.status_code == 200
    return response.get_json()


def ask(client: FlaskClient, asset: str, path: str, version: str = "3") -> TestResponse:
    return client.get(f"/iiif/{version}/{asset}/{path}")


def picture(response: TestResponse) -> Image.Image:
    assert response.status_code == 200, response.get_data(as_text=True)
    found = Image.open(io.BytesIO(response.data))
    found.load()
    return found


def contrast(found: Image.Image) -> float:
    """How much neighbouring columns differ: near 255 where single lines are seen, else near 0."""
    grey = np.asarray(found.convert("L"), dtype=float)
    return float(np.abs(np.diff(grey, axis=1)).mean()) if grey.shape[1] > 1 else 0.0


# --- what a viewer is told ---


@BOTH
def test_what_is_told_is_what_the_reader_may_have(gallery: Gallery, version: str) -> None:
    reader = gallery.reader()
    free = told(reader, version, gallery.free.asset)
    protected = told(reader, version, gallery.protected.asset)
    small = told(reader, version, gallery.small.asset)
    staff = told(gallery.archivist(), version, gallery.protected.asset)
    sizes = [(found["width"], found["height"]) for found in (free, protected, small, staff)]
    assert sizes == [(2048, 1418), (1200, 831), (900, 600), (2600, 1800)]
    most = [
        (found if version == "3" else found["profile"][1])["maxWidth"]
        for found in (free, protected, staff)
    ]
    assert most == [2048, 1200, 4096]


def test_information_of_version_3(gallery: Gallery) -> None:
    found = told(gallery.reader(), "3", gallery.protected.asset)
    assert found["@context"] == "http://iiif.io/api/image/3/context.json"
    assert found["id"] == f"http://localhost/iiif/3/{gallery.protected.asset}"
    assert (found["type"], found["profile"]) == ("ImageService3", "level2")
    assert found["protocol"] == "http://iiif.io/api/image"
    assert found["rights"] == "http://rightsstatements.org/vocab/InC/1.0/"
    assert found["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    assert found["sizes"][-1] == {"width": 1200, "height": 831}


def test_information_of_version_2(gallery: Gallery) -> None:
    found = told(gallery.reader(), "2", gallery.protected.asset)
    assert found["@context"] == "http://iiif.io/api/image/2/context.json"
    assert found["@id"] == f"http://localhost/iiif/2/{gallery.protected.asset}"
    assert found["profile"][0] == "http://iiif.io/api/image/2/level2.json"
    assert set(found["profile"][1]["formats"]) == {"jpg", "png", "webp"}
    assert "license" in found


@pytest.mark.parametrize(
    ("version", "accept", "type_"),
    [
        ("3", None, 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'),
        ("3", "*/*", 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'),
        ("3", "application/json", "application/json"),
        ("3", "text/html,*/*;q=0.8", "application/json"),
        ("2", None, "application/json"),
        ("2", "application/ld+json", LD_JSON_2),
    ],
)
def test_the_type_follows_what_is_accepted(
    gallery: Gallery, version: str, accept: str | None, type_: str
) -> None:
    headers = {"Accept": accept} if accept else {}
    address = f"/iiif/{version}/{gallery.free.asset}/info.json"
    response = gallery.reader().get(address, headers=headers)
    assert response.content_type == type_
    plain = type_ == "application/json"
    assert ("http://www.w3.org/ns/json-ld#context" in response.headers["Link"]) == plain


@BOTH
def test_the_bare_address_leads_to_the_information(gallery: Gallery, version: str) -> None:
    for ending in ("", "/"):
        response = gallery.reader().get(f"/iiif/{version}/{gallery.free.asset}{ending}")
        assert response.status_code == 303
        assert response.location == (
            f"http://localhost/iiif/{version}/{gallery.free.asset}/info.json"
        )
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@BOTH
def test_other_sites_may_read_it(gallery: Gallery, version: str) -> None:
    address = f"/iiif/{version}/{gallery.free.asset}"
    reader = gallery.reader()
    for path in ("info.json", "full/max/0/default.jpg", "full/x/0/default.jpg"):
        assert reader.get(f"{address}/{path}").headers["Access-Control-Allow-Origin"] == "*"
    asked = reader.options(f"{address}/info.json", headers={"Origin": "https://viewer.example"})
    assert asked.status_code == 200
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


# --- pictures ---


@BOTH
def test_a_whole_session_of_a_viewer_is_answered_with_stored_tiles(
    gallery: Gallery, version: str
) -> None:
    reader, asset = gallery.reader(), gallery.free.asset
    info = told(reader, version, asset)
    made = settings.current().media / viewing.FOLDER
    before = sorted(made.rglob("*"))
    width, height = info["width"], info["height"]
    for scale in info["tiles"][0]["scaleFactors"]:
        step = 512 * scale
        for left in range(0, width, step):
            for top in range(0, height, step):
                box = left, top, min(step, width - left), min(step, height - top)
                size = ceil(box[2] / scale), ceil(box[3] / scale)
                path = f"{','.join(map(str, box))}/{size[0]},{size[1]}/0/default.jpg"
                assert picture(ask(reader, asset, path, version)).size == size
    assert sorted(made.rglob("*")) == before


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("full/max/0/default.jpg", (900, 600)),
        ("square/max/0/default.jpg", (600, 600)),
        ("10,20,300,200/150,/0/default.jpg", (150, 100)),
        ("pct:10,10,50,50/,100/0/color.jpg", (150, 100)),
        ("full/pct:50/0/gray.jpg", (450, 300)),
        ("full/!100,100/0/bitonal.png", (100, 67)),
        ("full/100,100/0/default.webp", (100, 100)),
        ("full/90,/90/default.jpg", (60, 90)),
        ("full/90,/180/default.jpg", (90, 60)),
        ("full/90,/!270/default.png", (60, 90)),
        ("0,0,90,60/^1800,/0/default.jpg", (1800, 1200)),
        ("full/^max/0/default.jpg", (2048, 1365)),
    ],
)
def test_regions_sizes_turns_qualities_and_formats(
    gallery: Gallery, path: str, size: tuple[int, int]
) -> None:
    response = ask(gallery.reader(), gallery.small.asset, path)
    found = picture(response)
    formats = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
    assert (found.size, found.format) == (size, formats[path.rpartition(".")[2]])
    if "gray" in path or "bitonal" in path:
        assert found.mode in ("L", "1")


def test_turning_mirrors_first_and_goes_clockwise(gallery: Gallery) -> None:
    reader, asset = gallery.reader(), gallery.free.assets[0]
    region = "0,0,400,200/^400,200"
    plain = np.asarray(picture(ask(reader, asset, f"{region}/0/default.png")))
    for rotation, turned in (
        ("90", np.rot90(plain, -1)),
        ("180", np.rot90(plain, 2)),
        ("270", np.rot90(plain, 1)),
        ("!0", plain[:, ::-1]),
        ("!90", np.rot90(plain[:, ::-1], -1)),
    ):
        found = np.asarray(picture(ask(reader, asset, f"{region}/{rotation}/default.png")))
        assert np.array_equal(found, turned), rotation


@BOTH
def test_every_picture_names_its_one_address(gallery: Gallery, version: str) -> None:
    response = ask(
        gallery.reader(), gallery.small.asset, "0,0,900,600/450,300/0/color.jpg", version
    )
    size = {"2": "450,", "3": "450,300"}[version]
    canonical = f"http://localhost/iiif/{version}/{gallery.small.asset}/full/{size}/0/default.jpg"
    assert f'<{canonical}>;rel="canonical"' in response.headers["Link"]
    profile = f"http://iiif.io/api/image/{version}/level2.json"
    assert f'<{profile}>;rel="profile"' in response.headers["Link"]
    again = gallery.reader().get(canonical)
    assert again.data == response.data
    assert again.headers["ETag"] == response.headers["ETag"]


@BOTH
@pytest.mark.parametrize("path", ["0,0,512,512/512,512/0/default.jpg", "full/max/0/default.jpg"])
def test_the_short_way_to_a_tile_answers_as_the_long_one(
    gallery: Gallery, version: str, path: str
) -> None:
    address = f"/iiif/{version}/{gallery.protected.asset}/{path}"
    short = gallery.reader().get(address)
    long = gallery.reader().get(address, headers={"Cookie": "nothing=1"})
    assert short.status_code == long.status_code == 200
    assert short.data == long.data
    assert dict(short.headers) == dict(long.headers)
    head = gallery.reader().head(address)
    assert (head.headers["Content-Length"], head.data) == (str(len(short.data)), b"")


def test_what_another_process_decides_holds_from_the_next_tile_on(gallery: Gallery) -> None:
    reader, asset = gallery.reader(), gallery.small.asset
    address = f"/iiif/3/{asset}/0,0,512,512/512,512/0/default.jpg"
    database = settings.current().instance / "pillanat.db"
    decide = (
        "UPDATE access SET public = ?"
        " WHERE image_id = (SELECT image_id FROM picture WHERE asset_id = ?)"
    )
    with closing(sqlite3.connect(database, isolation_level=None)) as another:
        for public, status in ((1, 200), (0, 404), (1, 200)):
            another.execute(decide, [public, asset])
            assert [reader.get(address).status_code for _ in range(3)] == [status] * 3
            assert reader.get(address, headers={"Cookie": "nothing=1"}).status_code == status


# --- caches ---


def test_a_public_tile_needs_no_asking_and_a_known_one_is_not_sent(gallery: Gallery) -> None:
    reader, path = gallery.reader(), "0,0,512,512/512,512/0/default.jpg"
    first = ask(reader, gallery.free.asset, path)
    assert first.headers["Cache-Control"] == "public, max-age=86400, immutable"
    assert "Cookie" in first.headers["Vary"]
    again = reader.get(first.request.path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = reader.get(first.request.path, headers={"If-None-Match": '"other"'})
    assert other.data == first.data
    information = reader.get(f"/iiif/3/{gallery.free.asset}/info.json")
    assert "must-revalidate" in information.headers["Cache-Control"]


def test_what_staff_see_is_kept_nowhere(gallery: Gallery) -> None:
    staff = gallery.archivist()
    for path in ("info.json", "full/max/0/default.jpg"):
        response = ask(staff, gallery.draft.asset, path)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"


# --- rights ---


HIDDEN = pytest.mark.parametrize("which", ["draft", "withdrawn"])
PATHS = ("", "/info.json", "/full/max/0/default.jpg", "/full/x/0/default.jpg")


@BOTH
@HIDDEN
def test_what_may_not_be_known_answers_as_what_is_not_there(
    gallery: Gallery, version: str, which: str
) -> None:
    reader, hidden = gallery.reader(), getattr(gallery, which).asset
    for path in PATHS[1:]:
        there = reader.get(f"/iiif/{version}/{hidden}{path}")
        nothing = reader.get(f"/iiif/{version}/zzzzzzzzzz{path}")
        assert there.status_code == nothing.status_code == 404
        assert there.data == nothing.data == b"There is no such picture.\n"
        assert dict(there.headers) == dict(nothing.headers)
        assert there.headers["Cache-Control"] == "no-store"
        assert "ETag" not in there.headers


def test_a_decision_that_has_run_out_shows_nothing(gallery: Gallery) -> None:
    path, reader = "full/max/0/default.jpg", gallery.reader()
    with _access(gallery.small.asset, valid_until=date(2020, 1, 1)):
        assert ask(reader, gallery.small.asset, path).status_code == 404
    assert ask(reader, gallery.small.asset, path).status_code == 200


@contextmanager
def _access(asset: str, **values: object) -> Iterator[None]:
    """Other values in the access row of a picture, for as long as this lasts."""
    with db.transaction() as session:
        image_id = session.get_one(Picture, asset).image_id
        row = session.get_one(rights.Access, image_id)
        before = {name: getattr(row, name) for name in values}
        session.execute(
            update(rights.Access).where(rights.Access.image_id == image_id).values(**values)
        )
    yield
    with db.transaction() as session:
        session.execute(
            update(rights.Access).where(rights.Access.image_id == image_id).values(**before)
        )


def test_a_tile_is_not_sent_once_its_photograph_is_hidden(gallery: Gallery) -> None:
    path, reader = "0,0,512,512/512,512/0/default.jpg", gallery.reader()
    assert ask(reader, gallery.free.asset, path).status_code == 200
    with _access(gallery.free.asset, public=False):
        assert ask(reader, gallery.free.asset, path).status_code == 404
    assert ask(reader, gallery.free.asset, path).status_code == 200


def test_fine_lines_are_seen_by_staff_only(gallery: Gallery) -> None:
    tile = "0,0,512,512/512,512/0/default.png"
    asset = gallery.protected.asset
    assert contrast(picture(ask(gallery.archivist(), asset, tile))) > 200
    assert contrast(picture(ask(gallery.reader(), asset, tile))) < 12


sides = st.integers(0, 2700)
percents = st.integers(0, 100)
regions = st.one_of(
    st.sampled_from(["full", "square"]),
    st.builds("{},{},{},{}".format, sides, sides, st.integers(1, 900), st.integers(1, 900)),
    st.builds("pct:{},{},{},{}".format, percents, percents, percents, percents),
)
wanted = st.one_of(
    st.sampled_from(["max", "^max", "full"]),
    st.builds("^{},".format, sides),
    st.builds("{},{}".format, sides, sides),
    st.builds("^{},{}".format, sides, sides),
    st.builds("^pct:{}".format, st.integers(1, 400)),
    st.builds("^!{},{}".format, sides, sides),
)


@given(
    version=st.sampled_from(["2", "3"]),
    region=regions,
    size=wanted,
    turned=st.sampled_from(["0", "!90", "180"]),
)
@hypothesis_settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_no_request_gives_more_than_the_limit(
    gallery: Gallery, version: str, region: str, size: str, turned: str
) -> None:
    path = f"{region}/{size}/{turned}/default.png"
    response = ask(gallery.reader(), gallery.protected.asset, path, version)
    if response.status_code == 400:
        return
    found = picture(response)
    assert max(found.size) <= 1200
    if turned in ("0", "180"):
        assert contrast(found) < 30


def test_a_new_limit_holds_for_the_next_request(gallery: Gallery) -> None:
    with _access(gallery.free.asset, max_px=700):
        found = told(gallery.reader(), "3", gallery.free.asset)
        assert (found["width"], found["maxWidth"]) == (700, 700)
        whole = picture(ask(gallery.reader(), gallery.free.asset, "full/max/0/default.jpg"))
        assert whole.size == (700, 485)
    assert told(gallery.reader(), "3", gallery.free.asset)["width"] == 2048


# --- what cannot be answered ---


@BOTH
@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("x/max/0/default.jpg", 400, "region 'x' is not written"),
        ("full/x/0/default.jpg", 400, "size 'x' is not written"),
        ("full/max/x/default.jpg", 400, "number of degrees"),
        ("full/max/0/x.jpg", 400, "no quality 'x'"),
        ("full/max/0/default.x", 400, "no format 'x'"),
        ("2000,0,10,10/max/0/default.jpg", 400, "outside the picture of 900 × 600"),
        ("full/1000,/0/default.jpg", 400, "not enlarged to 1000 × 667"),
        ("full/max/22.5/default.jpg", 501, "turned by 0, 90, 180 and 270"),
        ("full/max/0/default.tif", 501, "not made as tif"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(
    gallery: Gallery, version: str, path: str, status: int, says: str
) -> None:
    response = ask(gallery.reader(), gallery.small.asset, path, version)
    assert (response.status_code, response.mimetype) == (status, "text/plain")
    assert says in response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store"


@BOTH
def test_strange_identifiers_are_not_found_and_escaped_ones_are(
    gallery: Gallery, version: str
) -> None:
    reader, path = gallery.reader(), "full/max/0/default.jpg"
    for name in ("a%2Fb", "[frob]", "%00", "..%2f..%2fetc", "x" * 300):
        assert reader.get(f"/iiif/{version}/{name}/{path}").status_code == 404
    escaped = "".join(f"%{ord(letter):02X}" for letter in gallery.small.asset)
    assert reader.get(f"/iiif/{version}/{escaped}/{path}").status_code == 200


def test_a_missing_pyramid_is_ordered_once_and_readers_go_on(gallery: Gallery) -> None:
    asset = gallery.protected.asset
    with db.transaction() as session:
        digest = session.get_one(Picture, asset).sha256
    stored = renditions.folder(digest) / "pyramid.tif"
    stored.unlink()
    staff = gallery.archivist()
    for _ in range(2):
        refused = staff.get(f"/iiif/3/{asset}/info.json")
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
    assert told(gallery.reader(), "3", asset)["width"] == 1200
    assert gallery.reader().get(f"/media/{asset}/640.jpg", buffered=True).status_code == 200
    assert media.want(db.session()) == [asset]
    db.release()
    jobs.run_due()
    assert stored.exists()
    assert told(staff, "3", asset)["width"] == 2600


def test_a_damaged_pyramid_is_made_anew(gallery: Gallery) -> None:
    reader, asset = gallery.reader(), gallery.small.asset
    told(reader, "3", asset)
    with db.transaction() as session:
        digest = session.get_one(Picture, asset).sha256
    made = settings.current().media / viewing.FOLDER / digest[:2] / f"{digest}-900.tif"
    made.write_bytes(made.read_bytes()[:5000])
    assert reader.get(f"/iiif/3/{asset}/info.json").status_code == 503
    assert told(reader, "3", asset)["width"] == 900


def test_who_comes_when_all_places_are_taken_is_asked_to_come_again(gallery: Gallery) -> None:
    now = settings.current()
    settings.use(now.model_copy(update={"iiif_wait_s": 0.01, "iiif_parallel": 1}))
    keeper = kept.kept(now.media / viewing.FOLDER, now.iiif_cache_mib, 1, 0.01)
    try:
        with keeper.place():
            path = "1,1,33,33/33,33/0/default.png"
            refused = ask(gallery.reader(), gallery.small.asset, path)
            assert refused.status_code == 503
            assert refused.headers["Retry-After"] == "1"
            tile = ask(gallery.reader(), gallery.small.asset, "0,0,512,512/512,512/0/default.jpg")
            assert tile.status_code == 200
    finally:
        settings.use(now)
    assert ask(gallery.reader(), gallery.small.asset, path).status_code == 200
