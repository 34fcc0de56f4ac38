"""Records and engines to search in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import dates
from archive.search.analysis import Analyzer
from archive.search.documents import Access, SearchDocument, document
from archive.search.engine import SearchEngine
from archive.search.whoosh_engine import WhooshEngine

Record = dict[str, Any]
MakeRecord = Callable[..., Record]
MakeDocument = Callable[..., SearchDocument]


@pytest.fixture(scope="session")
def analyzer(word_folder: Path) -> Analyzer:
    return Analyzer(word_folder)


def caption(text: str, **values: Any) -> Record:
    return {
        "id": "c", "type": "archivist_description", "lang": "hu", "text": text, "attributed": "",
        "dated": "", "side": "", "stance": "neutral", "stance_note": {}, "preferred": False,
        "public": True, **values,
    }  # fmt: skip


def date_statement(text: str, **values: Any) -> Record:
    reading = dates.read(text)
    assert reading.edtf, text
    return {
        "id": "d", "role": "created", "edtf": reading.edtf, "display": text, "lang": "hu",
        "earliest": reading.earliest.isoformat() if reading.earliest else None,
        "latest": reading.latest.isoformat() if reading.latest else None,
        "uncertain": reading.uncertain, "approximate": reading.approximate,
        "kind": reading.kind, "basis": "caption", "attributed": "", "preferred": True, **values,
    }  # fmt: skip


def agent(name: str, *names: str, **values: Any) -> Record:
    return {
        "id": f"a-{name}", "name": name, "names": list(names), "kind": "person",
        "role": "depicted", "certainty": "certain", "note": "", "public": True, **values,
    }  # fmt: skip


def place(name: str, *names: str, then: str = "", **values: Any) -> Record:
    return {
        "id": f"p-{name}", "role": "shown", "name": {"hu": name}, "names": list(names),
        "then": {"hu": then} if then else {}, "lat": None, "lon": None, "uncertainty_m": None,
        "certainty": "certain", **values,
    }  # fmt: skip


def unit(ref: str, title: str) -> Record:
    return {"id": f"u-{ref}", "ref": ref, "level": "fonds", "title": {"hu": title}}


def asset(**values: Any) -> Record:
    return {
        "id": "as1", "side": "recto", "role": "original", "sha256": "0" * 64, "bytes": 1,
        "mime": "image/jpeg", "width": 4000, "height": 3000, "filename": "0012_r.jpg",
        "representative": True, "digital_source_type": "print", "thumbhash": "abc", "sizes": [],
        **values,
    }  # fmt: skip


def _record(name: str, title: str = "", **values: Any) -> Record:
    path = values.pop("path", [unit("HU-PIL-1956", "Ötvenhat")])
    record = {
        "id": name, "version": 1, "state": "published",
        "published_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T10:00:00Z",
        "ref_code": "", "identifiers": [], "unit": path[-1], "path": path,
        "title": {"hu": title} if title else {}, "captions": [], "dates": [], "undated": False,
        "agents": [], "creator_unknown": False, "places": [], "events": [], "subjects": [],
        "rights": {"statement": "", "credit": "", "holder": "", "note": {}, "inherited": {}},
        "provenance": {
            "source": "", "acquisition": "", "custody": {}, "publication": {}, "inherited": {},
        },
        "carriers": [], "assets": [], "alt": {}, "specimen": False, "notes": "",
    }  # fmt: skip
    return {**record, **values}


@pytest.fixture(scope="session")
def record() -> MakeRecord:
    """`record(id, title, **values)`: a record with the values given and nothing else."""
    return _record


@pytest.fixture(scope="session")
def made() -> MakeDocument:
    """`made(id, title, visible=True, seq=1, **values)`: its document."""

    def make(
        name: str, title: str = "", *, visible: bool = True, seq: int = 1, **values: Any
    ) -> SearchDocument:
        access = Access(visible, max_px=1200, badge="InC", uses=("view",))
        return document(_record(name, title, **values), seq=seq, access=access)

    return make


class Parts:
    """The parts a record is made of, with sensible values for what is not given."""

    caption = staticmethod(caption)
    date = staticmethod(date_statement)
    agent = staticmethod(agent)
    place = staticmethod(place)
    unit = staticmethod(unit)
    asset = staticmethod(asset)


@pytest.fixture(scope="session")
def parts() -> type[Parts]:
    return Parts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "search_index"


def fill(engine: SearchEngine, documents: list[SearchDocument], seq: int = 1) -> None:
    with engine.begin_rebuild() as rebuild:
        rebuild.add(documents)
        rebuild.swap(seq)


@pytest.fixture(params=["whoosh"])
def new_engine(
    request: pytest.FixtureRequest, folder: Path, analyzer: Analyzer
) -> Callable[..., SearchEngine]:
    """Every engine of the archive; what the conformance suite asks of one, it asks of all."""

    def make(documents: list[SearchDocument] | None = None, *, seq: int = 1) -> SearchEngine:
        engine = WhooshEngine(folder, analyzer, poll_s=0.0)
        if documents is not None:
            fill(engine, documents, seq)
        return engine

    return make
