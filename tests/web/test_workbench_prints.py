"""Several prints on one scan become drafts: once, as one change that can be undone."""

from __future__ import annotations

import numpy as np
import pytest
from flask.testing import FlaskClient
from PIL import Image as Drawing
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from archive import db, history, jobs
from archive.accounts import service as accounts
from archive.catalogue import service as catalogue
from archive.catalogue.models import Asset, Image, ImageLink
from archive.history import ChangeSet
from archive.ingest import prints
from archive.jobs import Job
from archive.media import service as media
from archive.media.models import Picture
from tests.forms import Form
from tests.gallery import PASSWORD, PROTECTED, TESTER
from tests.scans import Scanned, boxes, scanned

__all__ = ["scanned"]


def press(client: FlaskClient, scan: Scanned, *chosen: str, **changed: str) -> TestResponse:
    """Choose boxes on the page as it is and press the button."""
    page = client.get(scan.page).text
    typed = {**Form(page).values, "asset": scan.asset, "box": list(chosen or boxes(page))}
    return client.post(f"{scan.page}/prints", data={**typed, **changed})


def drafts(scan: Scanned) -> list[Image]:
    """All photographs but the scan, in the order they came."""
    db.release()
    others = select(Image).where(Image.public_id != scan.id).order_by(Image.id)
    return list(db.session().scalars(others))


def test_each_chosen_box_becomes_a_draft_cut_from_the_master(scanned: Scanned) -> None:
    client = scanned.signed_in()
    first, _second, third = boxes(client.get(scanned.page).text)
    assert press(client, scanned, first, third, reason="két kép kell").status_code == 302
    waiting = client.get(f"{scanned.page}?lang=en")
    assert "being cut out" in waiting.text
    assert waiting.headers["Refresh"]
    jobs.run_due()
    made = drafts(scanned)
    assert [image.state for image in made] == ["draft", "draft"]
    session = db.session()
    scan = catalogue.image_by_id(session, scanned.id)
    assert {image.unit_id for image in made} == {scan.unit_id}
    master = np.asarray(Drawing.open(media.masters().locate(session, file_of(scan).sha256)))
    for image, cut in zip(made, prints.cuts_of(session, scan), strict=True):
        left, top, width, height = cut.box
        file = file_of(image)
        assert (cut.image.id, cut.asset_id) == (image.id, scanned.asset)
        pixels = np.asarray(Drawing.open(media.masters().locate(session, file.sha256)))
        assert np.array_equal(pixels, master[top : top + height, left : left + width])
        assert (file.width, file.height, file.digitised) == (width, height, "2026-10-23")
        own = catalogue.own_record(session, image)
        assert own["rights"]["statement"] == PROTECTED
        assert (own["title"], own["notes"], own["ref_code"]) == ({}, "", "")
        assert session.get_one(Picture, own["assets"][0]["id"]).state == "ready"
    page = client.get(f"{scanned.page}?lang=en")
    assert len(boxes(page.text)) == 1
    assert all(f"/workbench/photographs/{image.public_id}" in page.text for image in made)
    assert "Refresh" not in page.headers
    cut_page = client.get(f"/workbench/photographs/{made[0].public_id}/check?lang=en").text
    left, top, width, height = prints.cuts_of(db.session(), scan)[0].box
    said = f"HU-S/1</a> (from the left {left}, from the top {top}, {width} × {height} pixels)"
    assert said in cut_page


def file_of(image: Image) -> Asset:
    return db.session().scalars(select(Asset).where(Asset.image_id == image.id)).one()


def test_all_that_was_chosen_is_one_change_and_is_undone_and_cut_again(scanned: Scanned) -> None:
    client = scanned.signed_in()
    press(client, scanned, reason="külön fényképek")
    jobs.run_due()
    session = db.session()
    (change,) = session.scalars(select(ChangeSet).where(ChangeSet.action == prints.ACTION)).all()
    assert (change.reason, len(drafts(scanned))) == ("külön fényképek", 3)
    listed = client.get("/workbench/changes?lang=en").text
    assert "cut from a scan" in listed
    history.undo(TESTER, change)
    assert drafts(scanned) == []
    assert db.session().scalars(select(ImageLink)).all() == []
    assert len(boxes(client.get(scanned.page).text)) == 3
    press(client, scanned)
    jobs.run_due()
    assert len(drafts(scanned)) == 3


def test_no_box_is_cut_twice(scanned: Scanned) -> None:
    client = scanned.signed_in()
    chosen = boxes(client.get(scanned.page).text)
    press(client, scanned, *chosen[:2])
    press(client, scanned, *chosen)  # before the first is done
    assert press(client, scanned, *chosen).status_code == 302
    asked = [job.args["boxes"] for job in db.session().scalars(select(Job)) if "boxes" in job.args]
    assert [len(one) for one in asked] == [2, 1]
    jobs.run_due()
    assert len(drafts(scanned)) == 3
    (first, *_), actor = [tuple(box) for box in asked[0]], TESTER
    assert prints.cut(actor, scanned.asset, [first, first]) == []
    press(client, scanned, *chosen)
    jobs.run_due()
    assert len(drafts(scanned)) == 3
    changes = select(func.count()).where(ChangeSet.action == prints.ACTION)
    assert db.session().scalar(changes) == 2


def test_a_cut_whose_link_was_taken_away_is_not_taken_in_again(scanned: Scanned) -> None:
    client = scanned.signed_in()
    press(client, scanned)
    jobs.run_due()
    with history.change(TESTER, "test"):
        for link in db.session().scalars(select(ImageLink)):
            db.session().delete(link)
    press(client, scanned)
    jobs.run_due()
    assert len(drafts(scanned)) == 3


def test_a_master_that_cannot_be_read_is_told(scanned: Scanned) -> None:
    client, session = scanned.signed_in(), db.session()
    scan = catalogue.image_by_id(session, scanned.id)
    press(client, scanned)
    master = media.masters().locate(session, file_of(scan).sha256)
    content = master.read_bytes()
    master.chmod(0o644)
    master.write_bytes(content[: len(content) // 2])
    jobs.run_due()
    assert drafts(scanned) == []
    master.write_bytes(content)
    page = client.get(f"{scanned.page}?lang=en").text
    assert "The prints could not be cut out" in page
    assert len(boxes(page)) == 3
    masters = [path for path in media.masters().masters.rglob("*") if path.is_file()]
    assert masters == [master]


@pytest.mark.parametrize("box", ["", "1,2,3", "0,0,0,0", "-5,0,50,50", "nan,0,50,50", "0,0,1e9,1"])
def test_what_is_no_box_is_refused(scanned: Scanned, box: str) -> None:
    assert press(scanned.signed_in(), scanned, box).status_code == 400


def test_only_archivists_cut_and_only_with_the_token_of_the_form(scanned: Scanned) -> None:
    box = boxes(scanned.signed_in().get(scanned.page).text)[0]
    address, typed = f"{scanned.page}/prints", {"asset": scanned.asset, "box": box}
    accounts.add_person(TESTER, email="b@demo.example", name="B", roles=[], password=PASSWORD)
    member = scanned.signed_in("b@demo.example")
    token = Form(member.get("/account/searches/new?q=x").text).values["csrf_token"]
    assert member.post(address, data={**typed, "csrf_token": token}).status_code == 404
    assert scanned.signed_in().post(address, data=typed).status_code == 400
    assert scanned.app.test_client().post(address, data=typed).status_code == 400
    jobs.run_due()
    assert drafts(scanned) == []


def test_only_files_of_the_photograph_are_cut_and_not_too_many_at_once(scanned: Scanned) -> None:
    client = scanned.signed_in()
    box = boxes(client.get(scanned.page).text)[0]
    assert press(client, scanned, box, asset="nothing").status_code == 404
    assert press(client, scanned, *[box] * (prints.MOST + 1)).status_code == 400
    nothing = {**Form(client.get(scanned.page).text).values, "box": []}
    assert client.post(f"{scanned.page}/prints", data=nothing).status_code == 302
    assert db.session().scalar(select(func.count()).where(Job.kind == prints.JOB)) == 0


def test_a_withdrawn_scan_is_not_cut(scanned: Scanned) -> None:
    client = scanned.signed_in()
    press(client, scanned)
    with history.change(TESTER, "test"):
        catalogue.image_by_id(db.session(), scanned.id).state = "withdrawn"
    jobs.run_due()
    assert drafts(scanned) == []
