"""A check is made once, and again when its picture or the checker is another."""

from __future__ import annotations

import json

import pytest

from archive import db
from archive.media import checked, checking, renditions, service
from archive.media.models import Picture
from archive.media.prober import Prober
from tests.scans import Scanned, scanned

__all__ = ["scanned"]


@pytest.fixture
def probed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The masters that were read, as they are."""
    read, probe = list[str](), Prober.probe

    def counted(self: Prober, path: object, **more: object) -> object:
        read.append(str(path))
        return probe(self, path, **more)

    monkeypatch.setattr(Prober, "probe", counted)
    return read


def asked(scan: Scanned) -> checking.Check | None:
    db.release()
    return checked.of(db.session(), [scan.asset]).get(scan.asset)


def test_a_master_is_read_once_and_the_check_stays_the_same(
    scanned: Scanned, probed: list[str]
) -> None:
    first = asked(scanned)
    assert first is not None
    assert len(first.prints) == 3
    assert asked(scanned) == first
    assert len(probed) == 1


def test_a_picture_made_anew_and_another_checker_are_checked_again(
    scanned: Scanned, probed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(scanned)
    service.render(scanned.asset)
    asked(scanned)
    assert len(probed) == 2
    monkeypatch.setattr(checking, "VERSION", checking.VERSION + 1)
    asked(scanned)
    asked(scanned)
    assert len(probed) == 3


@pytest.mark.parametrize("kept", ["", "[]", '{"basis": 1}', "null"])
def test_what_is_damaged_is_made_again(scanned: Scanned, probed: list[str], kept: str) -> None:
    first = asked(scanned)
    picture = db.session().get_one(Picture, scanned.asset)
    path = renditions.folder(picture.sha256) / checked.NAME
    told = json.loads(path.read_text())
    for damaged in (kept, json.dumps({**told, "check": {**told["check"], "prints": [[1]]}})):
        path.write_text(damaged)
        assert asked(scanned) == first
    assert len(probed) == 3


def test_without_its_master_there_is_no_check(scanned: Scanned) -> None:
    assert asked(scanned) is not None
    picture = db.session().get_one(Picture, scanned.asset)
    master = service.masters().locate(db.session(), picture.sha256)
    master.unlink()
    assert asked(scanned) is None
