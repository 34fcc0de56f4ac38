"""Looking up while typing: which words find whom, in which order, and on which index."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text

from archive import db, history
from archive.catalogue import authorities, service
from archive.catalogue.authorities.lookup import fitting, renew
from archive.catalogue.drafts import Draft, LinkDraft
from archive.catalogue.models import Agent, AuthorityWord, Concept, Event, Image, Place, Unit

pytestmark = pytest.mark.usefixtures("either_database")
ACTOR = history.system("test")


def keep(*rows: Any) -> None:
    """Write authorities down, each with the key of its name."""
    with history.change(ACTOR, "authority"):
        for row in rows:
            row.names, row.forms = row.names or [], row.forms or []
            row.key = authorities.key_of(row)
            db.session().add(row)


def agent(name: str, *names: str, **more: Any) -> Agent:
    return Agent(name=name, names=list(names), **more)


def found(typed: str, kind: str = "agent", **more: Any) -> list[str]:
    rows = authorities.lookup(db.session(), kind, typed, **more)
    return [next(authorities.preferred_names(row)) for row in rows]


def unit() -> Unit:
    return service.add_unit(ACTOR, ref_code="HU-1", title={"hu": "Fond"})


def photograph(of: Unit, *names: str) -> Image:
    draft = Draft(agents=[LinkDraft(name, role="depicted") for name in names])
    return service.accession(ACTOR, of, draft)


def test_any_word_of_any_name_finds_by_its_beginning_whatever_the_accents() -> None:
    keep(agent("Szőts István", "Stephen Szots"), agent("Nagy Imre"))
    for typed in ("szot", "SZŐTS", "istv", "steph sz", "ist, szo"):
        assert found(typed) == ["Szőts István"]
    assert found("zots") == found("szots nagy") == found("  ") == []


def test_names_of_1956_and_other_forms_find_a_place() -> None:
    form = {"text": "Kálmán király tér", "lang": "hu", "kind": "former", "valid": "", "source": ""}
    keep(
        Place(
            name={"hu": "Széll Kálmán tér", "en": "Széll Kálmán Square"},
            then={"hu": "Moszkva tér"},
            names=["Moscow Square"],
            forms=[form],
        )
    )
    for typed in ("moszk", "moscow", "square", "kir"):
        assert found(typed, "place") == ["Széll Kálmán tér"]


def test_the_most_used_comes_first_and_uses_follow_every_change() -> None:
    keep(agent("Kovács Anna"), agent("Kovács Béla"))
    assert found("kov") == ["Kovács Anna", "Kovács Béla"]
    fonds = unit()
    image = photograph(fonds, "Kovács Béla")
    photograph(fonds, "Kovács Béla")
    photograph(fonds, "Kovács Anna")
    assert found("kov") == ["Kovács Béla", "Kovács Anna"]
    service.describe(
        ACTOR, image, Draft(agents=[LinkDraft("Kovács Anna", role="creator")]), based_on=2
    )
    assert found("kov") == ["Kovács Anna", "Kovács Béla"]


def test_undoing_takes_the_uses_back() -> None:
    keep(agent("Kovács Anna"), agent("Kovács Béla"))
    fonds = unit()
    with history.change(ACTOR, "ingest") as batch:
        photograph(fonds, "Kovács Béla")
    history.undo(ACTOR, batch)
    used = db.session().scalars(select(AuthorityWord.uses).where(AuthorityWord.word == "bela"))
    assert list(used) == [0]


def test_one_photograph_counts_once_however_often_it_names_somebody() -> None:
    keep(agent("Kovács Anna"))
    photograph(unit(), "Kovács Anna", "Kovács Anna")
    used = db.session().scalars(select(AuthorityWord.uses).where(AuthorityWord.word == "anna"))
    assert list(used) == [1]


def test_what_was_merged_or_deprecated_is_never_offered() -> None:
    kept = agent("Gerő Ernő")
    keep(kept)
    keep(agent("Gerő E.", merged_into_id=kept.id))
    keep(
        Concept(label={"hu": "harckocsi"}, scheme="subject"),
        Concept(label={"hu": "harci jármű"}, scheme="subject", state="deprecated"),
    )
    assert found("ger") == ["Gerő Ernő"]
    assert found("har", "concept") == ["harckocsi"]


def test_a_scheme_offers_its_own_terms_only() -> None:
    keep(
        Concept(label={"hu": "nyomat"}, scheme="technique"),
        Concept(label={"hu": "nyomda"}, scheme="subject"),
    )
    assert found("nyom", "concept", scheme="technique") == ["nyomat"]
    assert found("nyom", "concept") == ["nyomat", "nyomda"]


def test_a_renamed_event_is_found_by_its_new_name_only() -> None:
    event = Event(name={"hu": "Tűzszünet"})
    keep(event)
    with history.change(ACTOR, "authority"):
        db.session().get_one(Event, event.id).name = {"hu": "Fegyverszünet"}
    assert found("fegyv", "event") == ["Fegyverszünet"]
    assert found("tuzsz", "event") == []


def test_words_made_anew_are_the_same() -> None:
    keep(agent("Kovács Anna"), Place(name={"hu": "Bem tér"}))
    photograph(unit(), "Kovács Anna")
    every = select(
        AuthorityWord.kind, AuthorityWord.word, AuthorityWord.uses, AuthorityWord.authority_id
    ).order_by(AuthorityWord.kind, AuthorityWord.word)
    before = db.session().execute(every).all()
    with db.transaction() as session:
        renew(session)
    assert db.session().execute(every).all() == before != []


@pytest.mark.parametrize("typed", [["nagy"], ["nagy", "im"]])
def test_the_database_answers_from_the_index(typed: list[str]) -> None:
    session = db.session()
    explain = "EXPLAIN QUERY PLAN" if db.is_sqlite() else "EXPLAIN"
    if not db.is_sqlite():
        session.execute(text("SET enable_seqscan = off"))
    query = fitting("agent", typed, "").limit(12)
    literal = query.compile(db.engine(), compile_kwargs={"literal_binds": True})
    plan = "\n".join(str(row[-1]) for row in session.execute(text(f"{explain} {literal}")))
    if db.is_sqlite():
        assert "ix_authority_word_lookup (kind=? AND word>? AND word<?)" in plan
    else:
        assert "Index Cond" in plan
        assert "word >= '" in plan


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Moszkva tér", "Széll Kálmán tér"),  # a name of one place only
        ("Nagykörút", "Nagykörút"),  # a name of two: nobody can tell which, so a place of its own
    ],
)
def test_a_link_is_found_by_another_name_when_only_one_has_it(name: str, meant: str) -> None:
    keep(
        Place(name={"hu": "Széll Kálmán tér"}, then={"hu": "Moszkva tér"}),
        Place(name={"hu": "József körút"}, names=["Nagykörút"]),
        Place(name={"hu": "Teréz körút"}, names=["Nagykörút"]),
    )
    with history.change(ACTOR, "authority"):
        place = authorities.place(db.session(), LinkDraft(name))
    assert next(authorities.preferred_names(place)) == meant


def test_a_link_by_the_name_or_identifier_of_the_merged_leads_to_the_survivor() -> None:
    kept, gone = agent("Gerő Ernő"), agent("Singer Ernő")
    keep(kept)
    gone.merged_into_id = kept.id
    keep(gone)
    session = db.session()
    with history.change(ACTOR, "authority"):
        assert authorities.agent(session, LinkDraft("Singer Ernő")).id == kept.id
        assert authorities.agent(session, LinkDraft(target=gone.public_id)).id == kept.id
