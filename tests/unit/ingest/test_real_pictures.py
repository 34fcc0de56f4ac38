"""Real pictures of many archives and cameras are taken in; what is refused is told why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archive import db
from archive.ingest import service
from archive.media import service as media
from archive.media.models import Picture
from archive.settings import Settings

CPU_S = 5
NOT_TAKEN = {
    "README": "This is not a picture file.",
    "jpg__beach.jpg": "The picture has no width or no height.",  # said only behind the picture
    "truncated_image.png": "The file ends before the picture does; it was cut off.",
}


@pytest.fixture
def pictures(shared_data: Path) -> Path:
    folder = shared_data / "images"
    if not folder.is_dir():
        pytest.skip(f"the real pictures in {folder} are missing")
    return folder


def test_every_real_picture_is_taken_in_and_drawn(
    desk: Any, archive: Settings, pictures: Path
) -> None:
    service.settings.use(archive.model_copy(update={"probe_cpu_s": CPU_S}))
    desk.take(pictures)
    refused = {
        Path(result.path).name: result.reason.sentence("en")
        for result in desk.told
        if result.outcome == "refused" and result.reason.code != "another_spreadsheet"
    }
    assert refused == NOT_TAKEN
    for asset_id in media.want(db.session()):
        media.render(asset_id)
    drawn = db.session().query(Picture.state, Picture.reason).distinct().all()
    assert drawn == [("ready", "")]
