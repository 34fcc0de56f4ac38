"""Deliveries as people hand them in, wrong ones included: clear words, nothing lost or twice."""

from __future__ import annotations

import json
import os
import shutil
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from archive import db, jobs
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Draft, FileDraft
from archive.catalogue.models import Asset, DateStatement, Image, RawMetadata, Unit
from archive.history import ChangeSet, system, undo
from archive.ingest import healing, proposals, service
from archive.ingest.mapping import from_json
from archive.ingest.models import Batch, BatchFile, Proposal
from archive.ingest.service import Request
from archive.ingest.words import Unreadable
from archive.media import service as media
from archive.media.models import Picture
from archive.settings import Settings
from archive.storage import StoredFile

ACTOR = system("a test")
Draw = Callable[..., Path]
LIST = "fájlnév;cím;dátum;fényképész;jogi státusz\n"


def count(model: Any) -> int:
    return db.session().scalar(select(func.count()).select_from(model)) or 0


def images() -> list[Image]:
    return list(db.session().scalars(select(Image).order_by(Image.id)))


def record(public_id: str) -> dict[str, Any]:
    db.release()
    return catalogue.read(public_id, ACTOR).record


def masters(archive: Settings) -> set[str]:
    return {path.name for path in (archive.media / "masters").rglob("*") if path.is_file()}


def listed(box: Path, *rows: str, name: str = "lista.csv", encoding: str = "utf-8") -> Path:
    path = box / name
    path.write_bytes((LIST + "\n".join(rows) + "\n").encode(encoding))
    return path


def test_a_folder_is_taken_in_and_a_second_time_nothing_changes(
    desk: Any, draw: Draw, box: Path, archive: Settings
) -> None:
    for name in ("1.jpg", "2_r.jpg", "2_v.jpg", "sub/3.png"):
        draw(name)
    summary = desk.take(box)
    assert {name: number for name, number in summary.counts.items() if number} == {"received": 4}
    assert count(Image) == 3
    assert desk.reason("2_v.jpg") == "Received as the verso of 2_r.jpg."
    before = count(ChangeSet), masters(archive)
    again = desk.take(box)
    assert again.counts["unchanged"] == 4
    assert sum(again.counts.values()) == 4
    assert (count(ChangeSet), masters(archive)) == before
    assert list((archive.media / "incoming").iterdir()) == []


def test_what_the_file_says_is_in_the_record(desk: Any, draw: Draw, box: Path) -> None:
    draw("1.jpg", title="Tüntetés a Bem téren")
    desk.take(box)
    found = record(images()[0].public_id)
    assert found["title"] == {"hu": "Tüntetés a Bem téren"}
    assert found["rights"]["credit"] == "MTI"
    assert found["dates"][0]["edtf"] == "1956-10-23"
    assert found["assets"][0]["mime"] == "image/jpeg"
    assert found["assets"][0]["digital_source_type"] == "negativeFilm"
    assert (found["assets"][0]["width"], found["assets"][0]["height"]) == (16, 12)
    raw = db.session().scalars(select(RawMetadata)).one()
    assert raw.probe["xmp"]["photoshop:City"] == "Budapest"
    assert "xmp" in raw.blocks


def test_a_windows_1250_list_with_semicolons_describes_a_folder(
    desk: Any, draw: Draw, box: Path
) -> None:
    for name in ("1.jpg", "2.jpg", "3.jpg"):
        draw(name)
    listed(
        box,
        "1.jpg;Tüntetők „ősszel”;1956. október 23.;Őri Ödön;InC",
        "2.jpg;Üres utca;é. n.;ismeretlen;CC BY 4.0",
        "9.jpg;Elveszett kép;1956;;",
        encoding="cp1250",
    )
    summary = desk.take(box)
    assert desk.outcomes() == {
        "1.jpg": "received", "2.jpg": "received", "3.jpg": "received", "lista.csv#4": "described",
    }  # fmt: skip
    assert desk.reason("3.jpg") == "Received; no row of the spreadsheet names it."
    assert desk.reason("lista.csv#4") == (
        "Described without a picture: the file 9.jpg is not in the delivery."
    )
    first = record(desk.told[0].image)
    assert first["title"] == {"hu": "Tüntetők „ősszel”"}
    assert [date["earliest"] for date in first["dates"]] == ["1956-10-23"]
    assert [(a["role"], a["name"]) for a in first["agents"]] == [("creator", "Őri Ödön")]
    assert first["rights"]["statement"] == "http://rightsstatements.org/vocab/InC/1.0/"
    second = record(desk.told[1].image)
    assert second["undated"]
    assert second["creator_unknown"]
    assert sum(summary.counts.values()) == 4


def test_wrong_files_are_refused_each_with_its_sentence(
    desk: Any, draw: Draw, box: Path, archive: Settings
) -> None:
    draw("good.jpg")
    (box / "empty.jpg").touch()
    (box / "notes.txt").write_text("not a picture")
    (box / "cut.jpg").write_bytes(draw("whole.jpg").read_bytes()[:200])
    (box / "gone.jpg").symlink_to(box / "nowhere")
    (box / "Thumbs.db").write_bytes(b"x")
    (box / "paper.pdf").write_bytes(b"%PDF-1.7\n")
    summary = desk.take(box)
    assert summary.counts["received"] == 2
    assert summary.counts["refused"] == 6
    assert desk.reason("empty.jpg") == "The file is empty."
    assert desk.reason("empty.jpg", "hu") == "A fájl üres."
    assert desk.reason("notes.txt") == "This is not a picture file."
    assert desk.reason("paper.pdf", "hu") == "Ez PDF, vagyis irat, nem fénykép."
    assert desk.reason("gone.jpg") == "The file cannot be read: No such file or directory."
    assert desk.reason("Thumbs.db").startswith("Skipped")
    assert masters(archive) == set(db.session().scalars(select(StoredFile.sha256)))


def test_a_file_that_may_not_be_read_is_named(desk: Any, draw: Draw, box: Path) -> None:
    draw("good.jpg")
    (box / "folder.jpg").mkdir()
    os.mkfifo(box / "pipe.jpg")
    desk.take(box)
    assert desk.outcomes() == {"good.jpg": "received", "pipe.jpg": "refused"}
    assert desk.reason("pipe.jpg") == "This is not a regular file."


def test_the_same_bytes_are_taken_once(desk: Any, draw: Draw, box: Path) -> None:
    shutil.copy(draw("1.jpg"), box / "2.jpg")
    desk.take(box)
    assert desk.outcomes() == {"1.jpg": "received", "2.jpg": "duplicate"}
    assert desk.reason("2.jpg") == "The same file is here already as 1.jpg; it was not taken twice."
    desk.take(box)
    assert desk.outcomes() == {"1.jpg": "unchanged", "2.jpg": "duplicate"}
    assert count(Asset) == 1


@pytest.mark.parametrize("size", [1, 2, 100])
def test_groups_of_any_size_end_alike(
    desk: Any, draw: Draw, box: Path, archive: Settings, size: int
) -> None:
    for number in range(5):
        draw(f"{number}.jpg")
    shutil.copy(box / "0.jpg", box / "9.jpg")
    service.settings.use(archive.model_copy(update={"ingest_commit_files": size}))
    summary = desk.take(box)
    assert (summary.counts["received"], summary.counts["duplicate"]) == (5, 1)


def test_a_folder_without_pictures_is_said(desk: Any, box: Path) -> None:
    with pytest.raises(Unreadable, match=r"Nothing to ingest: .* holds no photographs\."):
        desk.take(box)
    (box / "Thumbs.db").write_bytes(b"x")
    with pytest.raises(Unreadable, match="holds no photographs"):
        desk.take(box)
    assert count(Batch) == count(Unit) == 0


def test_a_delivery_of_which_nothing_can_be_taken_says_why(desk: Any, box: Path) -> None:
    with zipfile.ZipFile(box / "küldemény.zip", "w") as archive:
        archive.writestr("../../../gonosz.jpg", b"x")
    (box / "üres.jpg").touch()
    with pytest.raises(Unreadable, match=r"of 2 files none can be taken") as refused:
        desk.take(box)
    said = refused.value.reason.sentence("hu")
    assert "gonosz.jpg: A ZIP-beli név a mappáján kívülre mutat" in said
    assert "üres.jpg: A fájl üres." in said
    assert count(Batch) == 0


def test_a_list_without_file_names_is_not_guessed_onto_files(
    desk: Any, draw: Draw, tmp_path: Path, box: Path
) -> None:
    draw("1.jpg")
    path = tmp_path / "lista.csv"
    path.write_text("cím;dátum\nTüntetés;1956\n")
    with pytest.raises(Unreadable, match="it lacks a column of file names"):
        desk.take(box, spreadsheet=path)
    mapping = from_json({"columns": {"Kép neve": "filename", "cím": "title"}})
    with pytest.raises(Unreadable, match=r"lacks Kép neve\. It has cím, dátum\."):
        desk.take(box, spreadsheet=path, mapping=mapping)
    assert count(Batch) == 0


def test_a_list_lying_in_the_folder_that_names_no_file_is_left_aside(
    desk: Any, draw: Draw, box: Path
) -> None:
    draw("1.jpg")
    (box / "kiadások.csv").write_text("mit;mennyi\nfilm;120\n")
    desk.take(box)
    assert desk.outcomes() == {"1.jpg": "received", "kiadások.csv": "refused"}
    assert desk.reason("kiadások.csv").startswith("Skipped: a spreadsheet")


def test_a_file_named_twice_keeps_the_words_of_its_first_row(
    desk: Any, draw: Draw, box: Path
) -> None:
    draw("1.jpg")
    listed(box, "1.jpg;Az első;1956;;", "1.jpg;A második;1957;;")
    desk.take(box)
    assert desk.outcomes() == {"1.jpg": "received", "lista.csv#3": "refused"}
    assert desk.reason("lista.csv#3") == (
        "The row names a file (1.jpg) that row 2 describes already."
    )
    kept = db.session().scalars(select(BatchFile).where(BatchFile.outcome == "refused")).one()
    assert kept.row["cím"] == "A második"


def test_a_zip_is_read_in_place(desk: Any, draw: Draw, box: Path, archive: Settings) -> None:
    picture, other = draw("1.jpg"), draw("2.jpg")
    path = box / "küldemény.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.write(picture, "mappa/egy.jpg")
        target.write(other, "../kettő.jpg")
        target.writestr("levél.txt", "üdvözlettel")
    picture.unlink()
    other.unlink()
    summary = desk.take(path)
    assert desk.outcomes() == {
        "egy.jpg": "received",
        "kettő.jpg": "refused",
        "levél.txt": "refused",
    }
    assert "points outside its folder" in desk.reason("kettő.jpg")
    assert summary.counts["refused"] == 2
    assert not (box.parent / "kettő.jpg").exists()
    desk.take(path)
    assert desk.outcomes()["egy.jpg"] == "unchanged"
    assert len(masters(archive)) == 1


def test_a_damaged_entry_of_a_zip_spoils_no_other(desk: Any, draw: Draw, box: Path) -> None:
    path = box / "a.zip"
    with zipfile.ZipFile(path, "w") as target:
        for name in ("1.jpg", "2.jpg", "3.jpg"):
            target.write(draw(name), name)
    raw = bytearray(path.read_bytes())
    at = raw.index((box / "2.jpg").read_bytes())
    raw[at + 60 : at + 64] = b"ruin"
    path.write_bytes(raw)
    for picture in box.glob("*.jpg"):
        picture.unlink()
    desk.take(path)
    assert desk.outcomes() == {"1.jpg": "received", "2.jpg": "refused", "3.jpg": "received"}
    assert desk.reason("2.jpg").startswith("This file is damaged within the ZIP")


def test_new_words_for_a_known_file_are_proposed_and_never_overwrite(
    desk: Any, draw: Draw, box: Path
) -> None:
    draw("1.jpg")
    listed(box, "1.jpg;Tüntetés;1956. október 23.;;")
    desk.take(box)
    public_id = desk.told[0].image
    listed(box, "1.jpg;Tüntetés;1956. október 23.;Kovács Pál;CC0")
    before = record(public_id)
    desk.take(box)
    assert desk.outcomes() == {"1.jpg": "proposed"}
    assert record(public_id) == before
    desk.take(box)
    assert desk.outcomes() == {"1.jpg": "unchanged"}
    proposal = db.session().scalars(select(Proposal)).one()
    assert proposal.draft.keys() == {"agents", "rights"}
    proposals.accept(ACTOR, proposal)
    after = record(public_id)
    assert [agent["name"] for agent in after["agents"]] == ["Kovács Pál"]
    assert after["rights"]["statement"] == "http://creativecommons.org/publicdomain/zero/1.0/"
    assert after["dates"] == before["dates"]
    made = db.session().scalars(select(ChangeSet).order_by(ChangeSet.id.desc())).first()
    assert made is not None
    undo(ACTOR, made)
    assert record(public_id)["agents"] == []


def test_a_rejected_proposal_does_not_come_back(desk: Any, draw: Draw, box: Path) -> None:
    draw("1.jpg")
    desk.take(box)
    listed(box, "1.jpg;Tüntetés;1956;;")
    desk.take(box)
    proposals.reject(ACTOR, db.session().scalars(select(Proposal)).one())
    desk.take(box)
    assert desk.outcomes() == {"1.jpg": "unchanged"}
    assert [row.state for row in db.session().scalars(select(Proposal))] == ["rejected"]


def test_a_corrected_caption_is_not_proposed_again(desk: Any, draw: Draw, box: Path) -> None:
    draw("1.jpg")
    listed(box, "1.jpg;Tűntetés;1956;;")
    desk.take(box)
    image = images()[0]
    draft = Draft()
    draft.title("hu", "Tüntetés")
    catalogue.describe(ACTOR, image, draft, based_on=image.version)
    listed(box, "1.jpg;Tűntetés;1956;;InC")
    desk.take(box)
    proposal = db.session().scalars(select(Proposal)).one()
    assert "captions" not in proposal.draft


def test_rows_alone_are_described_once(desk: Any, box: Path) -> None:
    path = box / "lista.csv"
    path.write_text("azonosító;cím;dátum\nA1;Egy;1956\nA2;Kettő;1957\n;;\nA3;;\n")
    desk.take(path)
    assert desk.outcomes() == {
        "lista.csv#2": "described", "lista.csv#3": "described", "lista.csv#5": "refused",
    }  # fmt: skip
    desk.take(path)
    assert Counter(desk.outcomes().values()) == {"unchanged": 2, "refused": 1}
    path.write_text("azonosító;cím;dátum\nA1;Egy;1956\nA2;Kettő;1957 nyara\n")
    desk.take(path)
    assert desk.outcomes() == {"lista.csv#2": "unchanged", "lista.csv#3": "proposed"}
    assert count(Image) == 2


def test_a_row_that_stands_twice_is_described_once(desk: Any, box: Path) -> None:
    path = box / "lista.csv"
    path.write_text("azonosító;cím\nA1;Egy\nA1;Egy\nA1;Más\n")
    rehearsed = desk.take(path, dry_run=True)
    summary = desk.take(path)
    assert desk.outcomes() == {
        "lista.csv#2": "described", "lista.csv#3": "duplicate", "lista.csv#4": "described",
    }  # fmt: skip
    assert desk.reason("lista.csv#3").startswith("The same stands in row 2")
    assert rehearsed.counts == summary.counts
    desk.take(path)
    assert [result.outcome for result in desk.told] == ["unchanged", "duplicate", "unchanged"]


def test_a_picture_that_comes_later_joins_its_description(
    desk: Any, draw: Draw, box: Path, tmp_path: Path
) -> None:
    path = tmp_path / "lista.csv"
    path.write_text("azonosító;cím\nA1;Egy\nA2;Kettő\n")
    unit = catalogue.add_unit(ACTOR, ref_code="HU-1", title={"hu": "Hagyaték"})
    desk.take(path, unit=unit.ref_code)
    described = {result.row: result.image for result in desk.told}
    draw("A1.jpg")
    desk.take(box, spreadsheet=path, unit=unit.ref_code)
    assert desk.outcomes() == {"A1.jpg": "received", "lista.csv#3": "unchanged"}
    assert desk.told[0].image == described[2]
    assert record(described[2])["assets"][0]["representative"]
    assert count(Image) == 2


def test_a_back_that_comes_later_joins_its_front(desk: Any, draw: Draw, box: Path) -> None:
    draw("7_r.jpg")
    desk.take(box)
    draw("7_v.jpg")
    desk.take(box)
    assert desk.outcomes() == {"7_r.jpg": "unchanged", "7_v.jpg": "received"}
    sides = {asset["side"] for asset in record(images()[0].public_id)["assets"]}
    assert (count(Image), sides) == (1, {"recto", "verso"})


def test_a_rehearsal_writes_nothing_and_tells_the_same(
    desk: Any, draw: Draw, box: Path, archive: Settings
) -> None:
    shutil.copy(draw("1.jpg"), box / "2.jpg")
    (box / "x.txt").write_text("x")
    listed(box, "1.jpg;Egy;1956;;", "9.jpg;Kilenc;1956;;")
    rehearsed = desk.take(box, dry_run=True)
    said = desk.outcomes()
    assert count(Batch) == count(Image) == count(Unit) == count(ChangeSet) == 0
    assert not (archive.media / "masters").exists()
    real = desk.take(box)
    assert (desk.outcomes(), real.counts) == (said, rehearsed.counts)
    listed(box, "1.jpg;Egy;1956;Új Név;", "9.jpg;Kilenc;1956;;")
    rehearsed = desk.take(box, dry_run=True)
    assert count(Proposal) == 0
    assert desk.take(box).counts == rehearsed.counts


def test_masters_by_reference_stay_where_they_are(
    desk: Any, draw: Draw, box: Path, archive: Settings
) -> None:
    path = draw("1.jpg")
    desk.take(box, by_reference=True)
    assert desk.outcomes() == {"1.jpg": "received"}
    assert masters(archive) == set()
    digest = db.session().scalars(select(StoredFile.sha256)).one()
    assert media.masters().locate(db.session(), digest) == path.resolve()
    desk.take(box, by_reference=True)
    assert desk.outcomes() == {"1.jpg": "unchanged"}
    with zipfile.ZipFile(box / "a.zip", "w") as target:
        target.write(draw("2.jpg"), "zipped.jpg")
    desk.take(box / "a.zip", by_reference=True)
    assert "cannot stay where it is" in desk.reason("zipped.jpg")


def test_publishing_keeps_the_rules(desk: Any, draw: Draw, box: Path) -> None:
    for name in ("1.jpg", "2.jpg"):
        draw(name)
    listed(box, "1.jpg;Egy;1956;Kis Pál;CC0", "2.jpg;Kettő;;;")
    desk.take(box, publish=True)
    assert desk.reason("1.jpg") == "Received and published."
    assert desk.reason("2.jpg") == (
        "Received; it stays a draft because this is missing: a date, a photographer, "
        "a rights statement."
    )
    assert [image.state for image in images()] == ["published", "draft"]


def test_units(desk: Any, draw: Draw, box: Path) -> None:
    draw("1.jpg")
    with pytest.raises(Unreadable, match="There is no unit HU-NO"):
        desk.take(box, unit="HU-NO")
    assert count(Batch) == 0
    desk.take(box)
    unit = db.session().scalars(select(Unit)).one()
    assert (unit.ref_code, unit.level, unit.title) == ("NAGY-DOBOZ", "fonds", {"und": "Nagy doboz"})


def test_a_picture_is_rendered_after_its_batch(
    desk: Any, draw: Draw, box: Path, archive: Settings
) -> None:
    draw("1.jpg")
    desk.take(box)
    db.release()
    assert jobs.run_due() >= 1
    assert db.session().scalars(select(Picture.state)).one() == "ready"


def test_a_batch_of_the_worker_does_the_same(desk: Any, draw: Draw, box: Path) -> None:
    draw("1.jpg")
    request = Request([box], title="Doboz")
    batch = service.open_batch(ACTOR, request, service.prepare(request), queued=True)
    assert (batch.state, count(Image)) == ("open", 0)
    jobs.run_due()
    done = db.session().get_one(Batch, batch.id)
    assert (done.state, done.counts["received"], done.total, done.runner) == ("finished", 1, 1, "")


def test_a_rehearsal_of_the_worker_keeps_its_report_only(
    desk: Any, draw: Draw, box: Path, archive: Settings
) -> None:
    draw("1.jpg")
    request = Request([box])
    prepared = service.prepare(request)
    batch = service.open_batch(ACTOR, request, prepared, queued=True, dry_run=True)
    jobs.run_due()
    done = db.session().get_one(Batch, batch.id)
    assert (done.state, done.counts["received"]) == ("finished", 1)
    assert count(Image) == count(Unit) == 0
    desk.take(box)
    assert desk.outcomes() == {"1.jpg": "received"}


def test_two_may_not_work_on_one_batch(desk: Any, draw: Draw, box: Path) -> None:
    draw("1.jpg")
    request = Request([box])
    batch = service.open_batch(ACTOR, request, service.prepare(request))
    with db.transaction() as session:
        busy = session.get_one(Batch, batch.id)
        busy.state, busy.runner = "running", "another-machine:17:abcd"
    with pytest.raises(Unreadable, match="worked on already"):
        service.run_batch(batch.id)
    with pytest.raises(Unreadable, match="worked on already"):
        service.resume(ACTOR, batch)


def test_a_batch_of_a_dead_process_is_healed_and_goes_on(
    desk: Any, draw: Draw, box: Path, archive: Settings
) -> None:
    draw("1.jpg")
    request = Request([box])
    batch = service.open_batch(ACTOR, request, service.prepare(request))
    with db.transaction() as session:
        dead = session.get_one(Batch, batch.id)
        dead.state, dead.runner = (
            "running",
            healing.runner().replace(f":{os.getpid()}:", f":{2**22 + 5}:"),
        )
    kept = media.masters()
    kept.prepare()
    old, young = (kept.put_file(draw(name, tone=7)) for name in ("old.png", "young.gif"))
    os.utime(old.path, (time.time() - 3600,) * 2)
    (kept.incoming / f"{2**22 + 5}-half").write_bytes(b"half")
    assert service.heal() == 2
    assert not old.path.exists()
    assert young.path.exists()
    assert db.session().get_one(Batch, batch.id).state == "interrupted"
    service.resume(ACTOR, batch)
    jobs.run_due()
    assert db.session().get_one(Batch, batch.id).state == "finished"


def test_uploads_that_nobody_took_in_are_forgotten(
    desk: Any, draw: Draw, archive: Settings
) -> None:
    picture = draw("1.jpg")
    kept, taken, fresh = (service.upload_folder(name * 8) for name in "abc")
    for folder in (kept, taken, fresh):
        folder.mkdir(parents=True)
        shutil.copy(picture, folder / "1.jpg")
    request = Request([taken], title="Doboz")
    service.open_batch(ACTOR, request, service.prepare(request), uploaded=True)
    for folder in (kept, taken):
        os.utime(folder, (time.time() - 30 * 24 * 3600,) * 2)
    assert service.forget_uploads() == 1
    assert [folder.exists() for folder in (kept, taken, fresh)] == [False, True, True]


def test_masters_are_safe_while_a_batch_is_at_work(
    desk: Any, draw: Draw, box: Path, archive: Settings
) -> None:
    draw("1.jpg")
    request = Request([box])
    batch = service.open_batch(ACTOR, request, service.prepare(request))
    with db.transaction() as session:
        busy = session.get_one(Batch, batch.id)
        busy.state, busy.runner = "running", healing.runner()
    kept = media.masters()
    kept.prepare()
    orphan = kept.put_file(box / "1.jpg")
    os.utime(orphan.path, (time.time() - 3600,) * 2)
    assert healing.remove_orphans(kept) == 0
    assert orphan.path.exists()


def test_a_batch_that_goes_on_does_not_answer_twice(
    desk: Any, draw: Draw, box: Path, archive: Settings
) -> None:
    for number in range(4):
        draw(f"{number}.jpg")
    service.settings.use(archive.model_copy(update={"ingest_commit_files": 2}))
    request = Request([box])
    batch = service.open_batch(ACTOR, request, service.prepare(request))

    class Killed(BaseException):
        pass

    def fall_over(done: int, _total: int) -> None:
        if done == 3:
            raise Killed

    with pytest.raises(Killed):
        service.run_batch(batch.id, tick=fall_over)
    assert service.render_forgotten()
    assert not service.render_forgotten()
    half = db.session().get_one(Batch, batch.id)
    assert (half.state, half.counts["received"], count(Image)) == ("interrupted", 2, 2)
    service.run_batch(batch.id)
    done = db.session().get_one(Batch, batch.id)
    assert (done.state, done.counts["received"], count(Image)) == ("finished", 4, 4)
    assert count(BatchFile) == 4
    assert masters(archive) == set(db.session().scalars(select(StoredFile.sha256)))


def test_a_file_that_somebody_else_took_meanwhile_is_not_taken_twice(
    desk: Any, draw: Draw, box: Path, archive: Settings
) -> None:
    for name in ("1.jpg", "2.jpg", "3.jpg"):
        draw(name)

    def take_meanwhile(done: int, _total: int) -> None:
        if done == 3:
            unit = catalogue.add_unit(ACTOR, ref_code="OTHER", title={"hu": "Más"})
            kept = media.masters().put_file(box / "2.jpg")
            catalogue.accession(ACTOR, unit, Draft(), [FileDraft(kept, "máshonnan.jpg")])

    request = Request([box])
    batch = service.open_batch(ACTOR, request, service.prepare(request))
    service.run_batch(batch.id, tell=desk.told.extend, tick=take_meanwhile)
    assert desk.outcomes() == {"1.jpg": "received", "2.jpg": "duplicate", "3.jpg": "received"}
    assert count(Asset) == 3


def test_a_description_that_cannot_be_written_costs_no_other(
    desk: Any, draw: Draw, box: Path, archive: Settings
) -> None:
    for name in ("1.jpg", "2.jpg", "3.jpg"):
        draw(name)
    listed(box, "1.jpg;Egy;1956;;", "2.jpg;Kettő;1956;;", "3.jpg;Három;1956;;")
    with db.transaction() as session:
        session.execute(
            text(
                "CREATE TRIGGER no_two BEFORE INSERT ON caption_statement WHEN new.text = 'Kettő'"
                " BEGIN SELECT RAISE(ABORT, 'two is not accepted'); END"
            )
        )
    summary = desk.take(box)
    assert desk.outcomes() == {"1.jpg": "received", "2.jpg": "refused", "3.jpg": "received"}
    assert "two is not accepted" in desk.reason("2.jpg")
    assert summary.counts["received"] == count(Image) == 2
    assert masters(archive) == set(db.session().scalars(select(StoredFile.sha256)))


def test_mappings_are_saved_by_name(archive: Settings) -> None:
    mapping = from_json({"columns": {"Név": "creator"}, "language": "hu"})
    service.save_mapping("lista", mapping)
    service.save_mapping("lista", mapping)
    assert service.mapping_named("lista").columns == mapping.columns
    with pytest.raises(Unreadable, match="no mapping named other"):
        service.mapping_named("other")


def test_dates_of_rows_are_read_and_kept_as_written(desk: Any, box: Path) -> None:
    path = box / "l.csv"
    path.write_text("azonosító,cím,dátum\n1,A,1956 ősze\n2,B,ki tudja\n")
    desk.take(path)
    found = db.session().execute(
        select(DateStatement.display, DateStatement.edtf).order_by(DateStatement.id)
    )
    assert [tuple(row) for row in found] == [("1956 ősze", "1956-23"), ("ki tudja", "")]
    assert [warning.code for result in desk.told for warning in result.warnings] == [
        "date_not_read"
    ]


def test_outcomes_are_stored_as_they_are_told(desk: Any, draw: Draw, box: Path) -> None:
    draw("1.jpg")
    (box / "x.txt").write_text("x")
    desk.take(box)
    rows = db.session().scalars(select(BatchFile).order_by(BatchFile.position)).all()
    assert [(row.path, row.outcome, row.image) for row in rows] == [
        (result.path, result.outcome, result.image) for result in desk.told
    ]
    assert json.dumps([row.params for row in rows])


def test_either_database_takes_a_delivery_in(
    database_url: str, settings: Settings, draw: Draw, box: Path
) -> None:
    mine = service.settings.use(settings.model_copy(update={"database_url": database_url}))
    db.connect(mine.database)
    for name in ("1.jpg", "2_r.jpg", "2_v.jpg"):
        draw(name)
    listed(box, "1.jpg;Tüntetés;1956 ősze;Kis Pál;InC", "9.jpg;Elveszett;1956;;")
    counts = []
    for _ in range(2):
        request = Request([box])
        prepared = service.prepare(request)
        batch = service.open_batch(ACTOR, request, prepared)
        counts.append(service.run_batch(batch.id, prepared=prepared).counts)
    assert (counts[0]["received"], counts[0]["described"]) == (3, 1)
    assert counts[1]["unchanged"] == 4
    assert service.heal() == 0
    db.disconnect()
