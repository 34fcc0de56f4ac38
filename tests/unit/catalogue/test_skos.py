"""SKOS: both formats read and written, a vocabulary imported, and nothing lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from archive import db, history
from archive.catalogue import authorities
from archive.catalogue.authorities import KINDS, keeping, merging, schemes
from archive.catalogue.models import Concept
from archive.catalogue.refusals import Refused
from archive.catalogue.skos import exchange, rdfxml, turtle
from archive.catalogue.skos.triples import SKOS, XSD, Blank, Iri, Literal, NotRdf, Triple
from archive.settings import Settings, use

ACTOR = history.system("test")
EX = "http://example.org/terms/"
MINIMAL = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix ex: <http://example.org/terms/> .
ex: a skos:ConceptScheme ; dct:title "Hadi szavak"@hu, "Words of war"@en ; dct:creator ex:me .
ex:vehicle a skos:Concept ; skos:inScheme ex: ; skos:topConceptOf ex: ; skos:prefLabel "jármű"@hu ;
  skos:narrower ex:tank .
ex:tank a skos:Concept ; skos:inScheme ex: ; skos:prefLabel "harckocsi"@hu, "tank"@en ;
  skos:altLabel "tank"@hu, "páncélos"@hu ; skos:hiddenLabel "harcikocsi"@hu ;
  skos:broader ex:vehicle ; skos:notation "T1", "tank-1"^^ex:code ;
  skos:scopeNote "Lánctalpas harcjármű."@hu ; skos:definition "An armoured vehicle."@en ;
  skos:exactMatch <http://vocab.getty.edu/aat/300046300>, <http://vocab.getty.edu/aat/300046301>,
    <http://www.wikidata.org/entity/Q12876>, <http://example.com/tank> ;
  skos:closeMatch <http://example.com/armour> ; skos:related ex:old ;
  skos:historyNote [ a ex:Note ; ex:by ex:me ; ex:said "Felvéve."@hu ] ;
  dct:source "Hadtudományi lexikon" .
ex:old a skos:Concept ; skos:inScheme ex: ; skos:prefLabel "harci szekér"@hu ;
  owl:deprecated true ; dct:isReplacedBy ex:tank .
ex:me ex:name "Valaki" .
ex:group a skos:Collection ; skos:member ex:tank, ex:vehicle .
"""


@pytest.fixture
def archive(database: None) -> None:
    use(Settings(secret_key="a key for tests only"))


def stated(triples: list[Triple]) -> set[Any]:
    """Statements to compare: things without an address by what is said of them."""
    inner: dict[Any, set[Any]] = {}
    for subject, predicate, value in triples:
        if isinstance(subject, Blank):
            inner.setdefault(subject, set()).add((predicate, value))
    return {
        (s, p, frozenset(inner[o]) if isinstance(o, Blank) else o)
        for s, p, o in triples
        if not isinstance(s, Blank)
    }


def terms() -> dict[str, Concept]:
    db.release()
    return {next(iter(row.label.values())): row for row in db.session().scalars(select(Concept))}


def written(format: str = "ttl", scheme: str = "war") -> bytes:
    return "".join(exchange.write(db.session(), scheme, format)).encode()


@pytest.mark.usefixtures("archive")
def test_a_vocabulary_becomes_terms_with_their_names_and_places() -> None:
    report = exchange.take_over(ACTOR, MINIMAL.encode(), scheme="war")
    assert report.counts() == {"new": 3, "changed": 0, "unchanged": 0, "refused": 0}
    known = terms()
    tank = known["harckocsi"]
    assert tank.label == {"hu": "harckocsi", "en": "tank"}
    assert [(form["text"], form["kind"]) for form in tank.forms] == [
        ("tank", "variant"), ("páncélos", "variant"), ("harcikocsi", "hidden"),
    ]  # fmt: skip
    assert tank.identifiers == {"aat": "300046300", "wikidata": "Q12876"}
    assert (tank.notation, tank.sources) == ("T1", "Hadtudományi lexikon")
    assert tank.note == {"hu": "Lánctalpas harcjármű."}
    assert tank.broader_id == known["jármű"].id
    assert known["harci szekér"].merged_into_id == tank.id
    assert schemes.by_code(db.session(), "war").title["hu"] == "Hadi szavak"  # type: ignore[union-attr]
    assert authorities.lookup(db.session(), "concept", "harcikoc", scheme="war") == [tank]


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("format", ["ttl", "rdf"])
def test_all_that_a_file_said_is_written_out_again(format: str) -> None:
    exchange.take_over(ACTOR, MINIMAL.encode(), scheme="war")
    told, again = exchange.read(MINIMAL.encode()), exchange.read(written(format))
    assert stated(told) - stated(again) == set()


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("format", ["ttl", "rdf"])
def test_a_second_run_changes_nothing_nor_does_our_own_file(format: str) -> None:
    exchange.take_over(ACTOR, MINIMAL.encode(), scheme="war")
    before = written()
    for data in (MINIMAL.encode(), written(format)):
        report = exchange.take_over(ACTOR, data, scheme="war")
        assert report.counts()["unchanged"] == 3
        assert report.change_set == ""
    assert written() == before


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("format", ["ttl", "rdf"])
def test_a_term_in_no_known_language_comes_back_as_it_was(format: str) -> None:
    keeping.add(ACTOR, KINDS["concept"], {"label": {"und": "tank"}, "scheme": "war"})
    report = exchange.take_over(ACTOR, written(format), scheme="war")
    assert (report.counts()["unchanged"], report.change_set) == (1, "")
    other = written(format).replace(b"tank", b"harckocsi")
    exchange.take_over(ACTOR, other, scheme="war")
    assert [(row.label, row.names) for row in terms().values()] == [
        ({"und": "harckocsi"}, ["tank"])
    ]


@pytest.mark.usefixtures("archive")
def test_what_the_archive_knows_of_its_terms_survives_the_way_out_and_in() -> None:
    form = {"text": "T–34", "lang": "ru", "kind": "colloquial", "valid": "1944/..", "source": "N"}
    values = {
        "label": {"und": "tank"}, "scheme": "war", "forms": [form], "state": "proposed",
        "names": ["páncélos"], "note": {"hu": "a\nb \"c\" <d> &"}, "sources": "A\nB",
        "notation": "1.2",
    }  # fmt: skip
    keeping.add(ACTOR, KINDS["concept"], values)
    row = terms()["tank"]
    data, said = written("rdf"), {name: getattr(row, name) for name in exchange.COLUMNS}
    with history.change(ACTOR, "empty"):
        db.session().delete(row)
    exchange.take_over(ACTOR, data, scheme="war")
    again = terms()["tank"]
    forms = [*said.pop("forms"), {**form, "text": "páncélos", "lang": "", "kind": "variant",
                                  "valid": "", "source": ""}]  # fmt: skip
    assert again.forms == forms
    assert set(again.names) == {*said.pop("names")}
    assert {name: getattr(again, name) for name in said} == said


@pytest.mark.usefixtures("archive")
def test_taking_over_adds_and_corrects_and_takes_nothing_away() -> None:
    values = {
        "label": {"hu": "Harckocsi"}, "scheme": "war", "note": {"en": "ours"},
        "identifiers": {"gnd": "4059017-4"},
    }  # fmt: skip
    mine = keeping.add(ACTOR, KINDS["concept"], values)
    key = mine.id
    report = exchange.take_over(ACTOR, MINIMAL.encode(), scheme="war")
    assert report.counts() == {"new": 2, "changed": 1, "unchanged": 0, "refused": 0}
    row = terms()["harckocsi"]
    assert (row.id, row.uri) == (key, EX + "tank")
    assert row.note == {"en": "ours", "hu": "Lánctalpas harcjármű."}
    assert row.identifiers["gnd"] == "4059017-4"


@pytest.mark.usefixtures("archive")
def test_a_rehearsal_writes_nothing_and_an_import_is_undone_as_a_whole() -> None:
    report = exchange.take_over(ACTOR, MINIMAL.encode(), scheme="war", dry_run=True)
    assert (report.counts()["new"], report.change_set, terms()) == (3, "", {})
    report = exchange.take_over(ACTOR, MINIMAL.encode(), scheme="war")
    found = db.session().scalars(
        select(history.ChangeSet).where(history.ChangeSet.public_id == report.change_set)
    )
    history.undo(ACTOR, found.one())
    assert terms() == {}


@pytest.mark.usefixtures("archive")
def test_what_cannot_be_is_told_and_kept() -> None:
    text = """
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ex: <http://example.org/terms/> .
    ex:a a skos:Concept ; skos:prefLabel "a" ; skos:broader ex:b .
    ex:b a skos:Concept ; skos:prefLabel "b" ; skos:broader ex:a .
    ex:c a skos:Concept ; skos:prefLabel "c" ; skos:broader ex:nowhere .
    ex:d a skos:Concept ; skos:notation "no label" .
    _:e a skos:Concept ; skos:prefLabel "no address" .
    """
    report = exchange.take_over(ACTOR, text.encode(), scheme="war")
    reasons = {outcome.uri[-1]: outcome.reason for outcome in report.outcomes}
    assert reasons == {
        "a": "", "b": "goes_in_a_circle", "c": "broader_unknown", "d": "no_label",
        "e": "no_address",
    }  # fmt: skip
    again = stated(exchange.read(written()))
    assert (Iri(EX + "b"), Iri(SKOS + "broader"), Iri(EX + "a")) in again
    assert (Iri(EX + "c"), Iri(SKOS + "broader"), Iri(EX + "nowhere")) in again


@pytest.mark.usefixtures("archive")
def test_a_term_without_an_address_gets_one_that_leads_back_to_it() -> None:
    keeping.add(ACTOR, KINDS["concept"], {"label": {"hu": "nők"}, "scheme": "subject"})
    data = written("ttl", "subject")
    assert b"/terms/" in data
    report = exchange.take_over(ACTOR, data, scheme="subject")
    assert report.counts() == {"new": 0, "changed": 0, "unchanged": 1, "refused": 0}
    assert terms()["nők"].uri == ""


@pytest.mark.usefixtures("archive")
def test_a_merge_is_written_as_a_replacement() -> None:
    old, new = (
        keeping.add(ACTOR, KINDS["concept"], {"label": {"hu": name}, "scheme": "subject"})
        for name in ("tank", "harckocsi")
    )
    merging.merge(ACTOR, new, old)
    text = written("ttl", "subject").decode()
    assert "dct:isReplacedBy" in text
    assert exchange.take_over(ACTOR, text.encode(), scheme="subject").counts()["unchanged"] == 2


@pytest.mark.usefixtures("archive")
def test_a_scheme_needs_a_code_that_can_stand_in_an_address() -> None:
    for code in ("", "War", "a b", "-x", "x" * 21):
        with pytest.raises(Refused):
            exchange.take_over(ACTOR, MINIMAL.encode(), scheme=code)


RDF_XML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:skos="http://www.w3.org/2004/02/skos/core#" xmlns:ex="http://example.org/terms/"
  xml:base="http://example.org/terms/" xml:lang="en">
  <skos:Concept rdf:about="tank" ex:short="T">
    <skos:prefLabel xml:lang="hu">harckocsi</skos:prefLabel>
    <skos:prefLabel>tank</skos:prefLabel><skos:broader rdf:resource="#v"/>
    <skos:note rdf:parseType="Resource"><ex:by>me</ex:by></skos:note>
    <skos:broader><skos:Concept rdf:ID="w"><skos:notation
      rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">5</skos:notation></skos:Concept></skos:broader>
    <skos:memberList rdf:parseType="Collection"><rdf:Description rdf:about="v"/></skos:memberList>
    <skos:example rdf:parseType="Literal"><b>x</b></skos:example>
    <ex:near rdf:nodeID="n1"/></skos:Concept>
  <rdf:Description rdf:nodeID="n1"><ex:by/></rdf:Description>
</rdf:RDF>"""


def test_rdf_xml_in_all_its_ways() -> None:
    found = stated(rdfxml.read(RDF_XML.encode()))
    tank = Iri(EX + "tank")
    for predicate, value in (
        (SKOS + "prefLabel", Literal("harckocsi", "hu")),
        (SKOS + "prefLabel", Literal("tank", "en")),
        (SKOS + "broader", Iri(EX + "#v")),
        (SKOS + "broader", Iri(EX + "#w")),
        (EX + "short", Literal("T", "en")),
        (SKOS + "note", frozenset({(Iri(EX + "by"), Literal("me", "en"))})),
        (EX + "near", frozenset({(Iri(EX + "by"), Literal("", "en"))})),
    ):
        assert (tank, Iri(predicate), value) in found
    assert (Iri(EX + "#w"), Iri(SKOS + "notation"), Literal("5", "", XSD + "integer")) in found


@pytest.mark.parametrize(
    ("text", "triples"),
    [
        ("<a:b> <c:d> <e:f> .", [(Iri("a:b"), Iri("c:d"), Iri("e:f"))]),
        ("@prefix : <x:> . :a :b 'it''s' .", None),
        ("PREFIX p: <x:>\np:a.b p:c 1, -2.5, 3e4, true ; p:d '''a'b''' , \"\\u0151\\n\"@hu-HU .", [
            (Iri("x:a.b"), Iri("x:c"), Literal("1", "", XSD + "integer")),
            (Iri("x:a.b"), Iri("x:c"), Literal("-2.5", "", XSD + "decimal")),
            (Iri("x:a.b"), Iri("x:c"), Literal("3e4", "", XSD + "double")),
            (Iri("x:a.b"), Iri("x:c"), Literal("true", "", XSD + "boolean")),
            (Iri("x:a.b"), Iri("x:d"), Literal("a'b")),
            (Iri("x:a.b"), Iri("x:d"), Literal("ő\n", "hu-HU")),
        ]),
        ("@base <http://h/a/> . <b#c> <d> \"x\"^^<e> . # remark", [
            (Iri("http://h/a/b#c"), Iri("http://h/a/d"), Literal("x", "", "http://h/a/e")),
        ]),
        ("<a:b> <c:d> ", None),
        ("<a:b> p:q <c:d> .", None),
        ("<a:b> <c:d> \"unended .", None),
        ("\"text\" <c:d> <e:f> .", None),
    ],
)  # fmt: skip
def test_turtle_is_read_or_refused(text: str, triples: list[Triple] | None) -> None:
    if triples is not None:
        assert turtle.read(text.encode()) == triples
        return
    with pytest.raises(NotRdf) as refused:
        turtle.read(text.encode())
    assert (refused.value.why, refused.value.line) == ("not_turtle", 1)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "document_type_refused"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "document_type_refused"),
        (b"<?xml version='1.0'?><a><b></a>", "not_xml"),
        (b"<?xml version='1.0'?><a><b/></a>", "not_rdf"),
        (b"\xff\xff\xff", "not_utf8"),
        (b"", "no_terms"),
        (b"<a:b> <c:d> <e:f> .", "no_terms"),
        (b"<a:b> <c:d> " + b"[ <c:d> " * 3000, "too_deep"),
        (b"<?xml version='1.0'?>" + b"<a xmlns='x:'>" * 3000 + b"</a>" * 3000, "too_deep"),
    ],
)
@pytest.mark.usefixtures("archive")
def test_a_hostile_or_wrong_file_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(NotRdf) as refused:
        exchange.take_over(ACTOR, data, scheme="war")
    assert refused.value.why == why
    assert terms() == {}


@pytest.mark.usefixtures("database")
def test_limits_are_settings() -> None:
    use(Settings(secret_key="a key for tests only", max_vocabulary_terms=2))
    with pytest.raises(NotRdf) as refused:
        exchange.take_over(ACTOR, MINIMAL.encode(), scheme="war")
    assert refused.value.why == "too_many_terms"


_texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
_iris = st.sampled_from(["http://a/b", "urn:x:y", SKOS + "note", "http://a/č?q=1&b=2#f"]).map(Iri)
_literals = st.builds(Literal, _texts, st.sampled_from(["", "hu", "en-GB"]))


@given(st.lists(st.tuples(_iris, st.sampled_from([Iri("http://a/b"), Iri(SKOS + "note")]),
                          _iris | _literals), max_size=8))  # fmt: skip
def test_both_formats_give_back_what_was_written(triples: list[Triple]) -> None:
    for format in (turtle, rdfxml):
        text = "".join(format.write(triples))
        assert set(format.read(text.encode())) == set(triples)
