"""What a reader finds through the archive, with the database, the rights and the index together."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import event

from archive import db, settings
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft as Dated
from archive.catalogue.drafts import Draft, LinkDraft, Rights
from archive.catalogue.models import Agent, Image, Unit
from archive.history import change, latest_seq, system
from archive.history.actor import READER
from archive.search import follow, service
from archive.search.engine import Results
from archive.search.query import PUBLIC_FACETS, parse
from archive.settings import Settings

STAFF = system("test")


class Made(NamedTuple):
    """A photograph that was made: its key and its public identifier."""

    id: int
    public_id: str

    @property
    def image(self) -> Image:
        return db.session().get_one(Image, self.id)


Accession = Callable[..., Made]
OWN = "http://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def archive(database: None, tmp_path: Path, word_folder: Path) -> Iterator[Unit]:
    """An archive of one fonds with an empty index."""
    settings.use(Settings(data=tmp_path))
    words = tmp_path / "search_index" / "words"
    words.parent.mkdir()
    words.symlink_to(word_folder)
    service._engines.clear()
    service._lags.clear()
    yield catalogue.add_unit(STAFF, ref_code="HU-T", level="fonds", title={"hu": "Próba"})
    service._engines.clear()
    settings.use(Settings.load())


@pytest.fixture
def accession(archive: Unit) -> Accession:
    """`accession(title, publish=True, **draft)`: a photograph in the archive."""

    def make(title: str, *, publish: bool = True, notes: str = "", **values: object) -> Made:
        draft = Draft(notes=notes, creator_unknown=True, rights=Rights(OWN, "Pillanat"), **values)  # type: ignore[arg-type]
        draft.title("hu", title)
        draft.dates = draft.dates or [Dated("1956. október 23.", "hu")]
        image = catalogue.accession(STAFF, archive, draft)
        if publish:
            catalogue.publish(STAFF, image)
        return Made(image.id, image.public_id)

    return make


def found(typed: str, *, staff: bool = False) -> Results:
    db.release()
    return service.find(parse(typed, facets=PUBLIC_FACETS), STAFF if staff else READER)


def titles(results: Results) -> list[str]:
    return sorted(hit.show["title"]["hu"] for hit in results.hits)


def test_a_published_photograph_is_found_by_readers(accession: Accession) -> None:
    image = accession("Tüntetők a Corvin közben")
    follow.catch_up()
    results = found("tuntetok")
    assert [hit.id for hit in results.hits] == [image.public_id]
    assert results.hits[0].show["date"]["hu"] == "1956. október 23."
    assert results.notices == ()


def test_a_draft_is_found_by_staff_only(accession: Accession) -> None:
    accession("Tüntetők", publish=False)
    follow.catch_up()
    assert found("tüntetők").total == 0
    assert found("tüntetők", staff=True).total == 1


def test_notes_are_searched_by_staff_only(accession: Accession) -> None:
    accession("Tüntetők", notes="kétes származás")
    follow.catch_up()
    assert found("származás").total == 0
    assert found("származás", staff=True).total == 1


def test_a_photograph_hidden_a_moment_ago_neither_shows_nor_counts(accession: Accession) -> None:
    hidden, kept = accession("Tüntetők"), accession("Tüntetők hárman")
    follow.catch_up()
    assert found("tüntetők").total == 2
    catalogue.unpublish(STAFF, hidden.image)
    results = found("tüntetők")
    assert [hit.id for hit in results.hits] == [kept.public_id]
    assert results.total == 1
    assert [(c.value, c.count) for c in results.facets["year"]] == [("1956", 1)]


def test_a_decision_that_ran_out_hides_at_once(accession: Accession) -> None:
    image = accession("Tüntetők")
    follow.catch_up()
    with db.transaction() as session:
        row = catalogue.rights.of_image(session, image.id)
        assert row is not None
        row.public = False
    assert found("tüntetők").total == 0
    assert found("tüntetők", staff=True).total == 1


def test_a_check_mends_what_no_change_told_of(accession: Accession) -> None:
    image = accession("Tüntetők")
    follow.catch_up()
    with db.transaction() as session:
        row = catalogue.rights.of_image(session, image.id)
        assert row is not None
        row.public, row.epoch = False, row.epoch + 1
    following = follow.Follower(service.engine())
    assert following.check() == follow.Checked(False, mended=1)
    assert following.check() == follow.Checked(False, mended=0)
    assert service.engine().find(parse("tüntetők"), "public").total == 0


def test_an_edit_is_followed(accession: Accession, archive: Unit) -> None:
    image = accession("Tüntetők")
    follow.catch_up()
    draft = Draft(creator_unknown=True, rights=Rights(OWN, "Pillanat"))
    draft.title("hu", "Villamosok")
    draft.dates = [Dated("1957", "hu")]
    catalogue.describe(STAFF, image.image, draft, based_on=image.image.version)
    assert follow.Follower(service.engine()).step() == 1
    assert found("tüntetők").total == 0
    assert titles(found("villamos")) == ["Villamosok"]
    assert service.status().lag == 0


def test_a_renamed_person_reaches_every_photograph(accession: Accession) -> None:
    for title in ("Beszéd", "Temetés"):
        accession(title, agents=[LinkDraft(name="Nagy I.", role="depicted")])
    accession("Utca")
    follow.catch_up()
    agent = db.session().query(Agent).one()
    with change(STAFF, "rename") as change_set:
        session = db.session()
        session.get_one(Agent, agent.id).names = ["Miklós Gimes"]
        assert change_set is not None
    follow.Follower(service.engine()).step()
    assert titles(found("gimes")) == ["Beszéd", "Temetés"]


def test_a_renamed_unit_reaches_what_is_below(accession: Accession, archive: Unit) -> None:
    accession("Utca")
    follow.catch_up()
    catalogue.edit_unit(STAFF, archive, title={"hu": "Hagyaték"})
    follow.Follower(service.engine()).step()
    results = found("hagyaték")
    assert results.total == 1
    assert results.facets["collection"][0].label == {"hu": "Hagyaték"}


def test_without_an_index_the_database_answers(accession: Accession) -> None:
    accession("Tüntetők a téren")
    accession("Tüntetők a hídon", publish=False, notes="titok")
    results = found("Tüntetők")
    assert titles(results) == ["Tüntetők a téren"]
    assert [notice.code for notice in results.notices] == ["search_limited"]
    assert found("tüntetők", staff=True).total == 2
    assert found("1956-10-23..1956-10-24").total == 1
    assert found("1957").total == 0
    assert found("titok").total == 0


def test_a_damaged_index_never_reaches_the_reader(accession: Accession) -> None:
    accession("Tüntetők a téren")
    follow.catch_up()
    for path in (settings.current().search_index).glob("g-*/*"):
        path.write_bytes(b"\x80\x04nonsense" * 3)
    results = found("Tüntetők")
    assert titles(results) == ["Tüntetők a téren"]
    assert [notice.code for notice in results.notices] == ["search_limited"]
    assert service.status().health.state == "damaged"
    assert follow.Follower(service.engine()).check().rebuilt
    assert found("tuntetok").notices == ()


def test_an_index_of_another_archive_is_made_anew(accession: Accession) -> None:
    accession("Tüntetők")
    follow.catch_up()
    engine = service.engine()
    engine.commit(latest_seq(db.session()) + 1000)
    assert follow.Follower(engine).check().rebuilt
    assert engine.applied_seq() == latest_seq(db.session())


def test_many_differences_are_met_by_a_rebuild(accession: Accession) -> None:
    for number in range(12):
        accession(f"Tüntetők {number}")
    follow.catch_up()
    engine = service.engine()
    engine.replace([], list(engine.ids()))
    engine.commit(engine.applied_seq())
    assert found("tüntetők").total == 0
    assert follow.Follower(engine).check().rebuilt
    assert found("tüntetők").total == 12


def test_suggestions_leave_out_what_is_hidden(accession: Accession) -> None:
    image = accession("Zsindely", agents=[LinkDraft(name="Gimes Miklós", role="depicted")])
    follow.catch_up()
    assert [s.text for s in service.suggest("gim", READER)] == ["Gimes Miklós", "gimes"]
    catalogue.unpublish(STAFF, image.image)
    db.release()
    assert service.suggest("gim", READER) == ()
    assert service.suggest("zsind", READER) == ()
    assert service.suggest("zsind", STAFF)[0].text == "zsindely"


def test_a_mistyped_word_is_put_right(accession: Accession) -> None:
    accession("Kossuth tér")
    follow.catch_up()
    results = found("Kosuth")
    assert (results.total, results.suggestion) == (0, "kossuth")


def test_the_query_is_answered_with_its_notices(accession: Accession) -> None:
    accession("Tüntetők")
    follow.catch_up()
    query = replace(parse('"tüntetők'), limit=1)
    assert [n.code for n in service.find(query, READER).notices] == ["quote_unclosed"]


def test_the_loop_of_a_worker_makes_the_index_and_follows(accession: Accession) -> None:
    accession("Tüntetők")
    stop = threading.Event()
    loop = threading.Thread(target=follow.follow, args=(stop,))
    loop.start()
    try:
        assert _until(lambda: service.status().health.ok)
        accession("Villamosok")
        assert _until(lambda: found("villamos").total == 1)
        for path in settings.current().search_index.glob("g-*/state.json"):
            path.write_text("{}")
        accession("Lovak")  # the next commit stumbles over it
        assert _until(lambda: found("ló").notices == () and found("ló").total == 1)
    finally:
        stop.set()
        loop.join()


def _until(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Whether it comes true before long; how long is not what is tested."""
    deadline = time.monotonic() + seconds
    while not condition():
        db.release()
        if time.monotonic() > deadline:
            return False
    return True


def test_an_index_is_opened_before_anybody_asks(accession: Accession) -> None:
    service.warm()
    assert not service.engine().health().ok
    accession("Zászlók a téren")
    follow.reindex()
    service._engines.clear()
    service.warm()
    snapshot = service.engine()._snapshot  # type: ignore[attr-defined]
    assert snapshot is not None
    assert "collection" in snapshot._facets


def test_the_settings_bound_a_query(archive: Unit) -> None:
    settings.use(Settings(max_query_chars=20, max_page=3))
    query = parse({"q": "a" * 50, "page": "9"}, guards=service.guards())
    assert (len(query.text), query.page) == (20, 3)


def test_a_search_reads_only_the_photographs_it_shows(accession: Accession) -> None:
    """SQLite's planner knows of no numbers: it would rather walk along an index of all that is
    published or public than look twenty names up."""
    for n in range(20):
        accession(f"Tank a hídon {n}")
    follow.catch_up()
    asked: list[tuple[str, Any]] = []

    def keep(_c: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        asked.append((statement, values))

    event.listen(db.engine(), "before_cursor_execute", keep)
    assert found("híd").total == 20
    event.remove(db.engine(), "before_cursor_execute", keep)
    connection = db.session().connection()
    plans = [
        row.detail
        for statement, values in asked
        if statement.startswith("SELECT")
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    ]
    assert any("image" in plan and "(public_id=?)" in plan for plan in plans), plans
    walks = ("(state=?)", "(public=?)", "SCAN image")
    assert not [plan for plan in plans if any(walk in plan for walk in walks)]
