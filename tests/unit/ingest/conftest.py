"""An archive of its own for each test of ingest, and small pictures to hand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from archive import db, history
from archive import settings as chosen
from archive.ingest import service
from archive.ingest.run import Result
from archive.ingest.service import Request, Summary
from archive.settings import Settings

Draw = Callable[..., Path]
ACTOR = history.system("a test")
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Budapest"'
    ' xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    ' ext:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/negativeFilm"'
    ' photoshop:Credit="MTI" photoshop:DateCreated="1956-10-23">{}</rdf:Description></rdf:RDF>'
    "</x:xmpmeta>"
)


@pytest.fixture
def archive(settings: Settings, sqlite_url: str) -> Iterator[Settings]:
    """An empty archive that this process is connected to."""
    mine = chosen.use(settings.model_copy(update={"database_url": sqlite_url}))
    db.connect(mine.database)
    yield mine
    db.disconnect()


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A folder of things to hand in."""
    folder = tmp_path / "Nagy doboz"
    folder.mkdir()
    return folder


@pytest.fixture
def draw(box: Path) -> Draw:
    """`draw("a.jpg")` makes a picture in the box; each name gives other bytes."""

    def make(name: str, *, tone: int | None = None, title: str = "") -> Path:
        path = box / name
        path.parent.mkdir(parents=True, exist_ok=True)
        told = sha256((str(tone) if tone is not None else name).encode()).digest()
        picture = Image.frombytes("RGB", (4, 2), told[:24]).resize(
            (16, 12), Image.Resampling.NEAREST
        )
        words = f"<dc:title><rdf:Alt><rdf:li xml:lang='hu'>{title}</rdf:li></rdf:Alt></dc:title>"
        extra = {"xmp": XMP.format(words).encode()} if title else {}
        picture.save(path, **extra)
        return path

    return make


class Desk:
    """Hands things in and remembers what was told."""

    def __init__(self) -> None:
        self.told: list[Result] = []

    def take(self, *paths: Path, dry_run: bool = False, **wishes: object) -> Summary:
        request = Request(list(paths), **wishes)  # type: ignore[arg-type]
        prepared = service.prepare(request)
        self.told = []
        if dry_run:
            return service.rehearse(ACTOR, request, prepared, tell=self.told.extend)
        batch = service.open_batch(ACTOR, request, prepared)
        return service.run_batch(batch.id, prepared=prepared, tell=self.told.extend)

    def outcomes(self) -> dict[str, str]:
        return {Path(result.path).name: result.outcome for result in self.told}

    def reason(self, name: str, lang: str = "en") -> str:
        found = next(result for result in self.told if Path(result.path).name == name)
        return found.reason.sentence(lang)


@pytest.fixture
def desk(archive: Settings) -> Desk:
    return Desk()
