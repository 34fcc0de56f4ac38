"""Posting lists read several at a time, and what a process does before anybody asks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.search.analysis import Analyzer
from archive.search.documents import SearchDocument
from archive.search.engine import IndexUnusable
from archive.search.query import parse
from archive.search.whoosh_engine import WhooshEngine, segments
from archive.search.whoosh_engine.snapshot import Part

Made = Callable[..., SearchDocument]
MANY = 600  # records: more than fit the steps of a byte


@pytest.fixture(scope="module")
def engine(
    tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer, made: Made
) -> WhooshEngine:
    """Words in every record, in every seventh, in two far apart and in one; a second segment."""
    engine = WhooshEngine(tmp_path_factory.mktemp("lists"), analyzer, poll_s=0.0)
    with engine.begin_rebuild() as rebuild:
        rebuild.add([made(f"x{n}", text_of(n)) for n in range(MANY)])
        rebuild.swap(1)
    engine.replace([made("y", "tankkal tankok", visible=False), made("z", "tanker")])
    engine.commit(2)
    return engine


def text_of(number: int) -> str:
    words = [f"kép{number}", "tank", *["tanks"] * (number % 7 == 0)]
    return " ".join([*words, *["tanya"] * (number in (0, MANY - 1))])


def surfaces(part: Part, texts: str) -> list[bytes]:
    return list(part.words[texts].beginning(b""))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_lists_read_together_are_those_read_one_by_one(
    data: st.DataObject, engine: WhooshEngine
) -> None:
    part = data.draw(st.sampled_from(engine._current().parts))
    texts, forms = data.draw(st.sampled_from([("pt", "ps"), ("st", "ss")]))
    known = surfaces(part, texts)
    asked = data.draw(st.lists(st.sampled_from([*known, b"tang", b"~"]), unique=True, max_size=40))
    begins = part.words[texts].begins(asked)
    assert len(begins) == len(set(asked) & set(known))
    if begins:
        alone = [part.reader.postings(forms, term) for term in sorted(set(asked) & set(known))]
        together = part.reader.forms(begins)
        assert together.docs.tolist() == [n for one in alone if one for n in one.docs.tolist()]
        joined = np.concatenate([one.forms for one in alone if one and one.forms is not None])
        assert together.forms is not None
        assert together.forms.tolist() == joined.tolist()


def test_a_beginning_asks_whoosh_for_no_list(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def postings(_self: Any, _name: str, term: bytes) -> None:
        asked.append(term)

    monkeypatch.setattr(segments.SegmentReader, "postings", postings)
    assert engine.find(parse("tank*"), "public").total == MANY + 1
    assert engine.find(parse("tanya*"), "staff").total == 2
    assert asked == []


def test_a_place_where_no_list_begins_is_damage(engine: WhooshEngine) -> None:
    part = engine._current().parts[0]
    begins = part.words["pt"].begins([b"tanya"])
    with pytest.raises(ValueError, match="no posting list"):
        part.reader.forms([begins[0] + 1])
    with pytest.raises(IndexUnusable), engine._trouble():
        part.reader.forms([1 << 40])
    engine._damage = ""


def test_a_page_is_explained_before_anybody_asks(
    tmp_path: Path, word_folder: Path, made: Made
) -> None:
    folder = tmp_path / "index"
    with WhooshEngine(folder, Analyzer(word_folder)).begin_rebuild() as rebuild:
        rebuild.add([made(f"x{n}", "Tüntetők a hídon, téren") for n in range(3)])
        rebuild.swap(1)
    analyzer = Analyzer(word_folder)
    engine = WhooshEngine(folder, analyzer)
    engine.warm()
    met = analyzer.forms.cache_info().misses
    assert engine.find(parse("téren"), "public").hits[0].why
    assert analyzer.forms.cache_info().misses == met


def test_every_segment_is_read_and_every_spelling_sorted_before_anybody_asks(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: set[str] = set()
    parts = engine._current().parts
    row = segments.SegmentReader.row

    def reading(reader: segments.SegmentReader, doc: int) -> str:
        read.add(reader.id)
        return row(reader, doc)

    monkeypatch.setattr(segments.SegmentReader, "row", reading)
    assert engine._current().warm() == "otvenhat"  # of the fonds of all
    assert read == {part.reader.id for part in parts}
    engine.warm()
    assert all(part.words[name]._spellings is not None for part in parts for name in ("pe", "se"))


def test_an_index_without_records_is_opened_too(tmp_path: Path, analyzer: Analyzer) -> None:
    engine = WhooshEngine(tmp_path / "index", analyzer)
    with engine.begin_rebuild() as rebuild:
        rebuild.swap(1)
    engine.warm()
    assert engine.health().ok
