"""What is hidden leaves no trace: every public address answers as if it were not there.

The same archive is asked twice: before hidden photographs come into it and after. Addresses are
taken from the URL map; a public one without a case here fails the first test. Hidden are drafts,
what is in review, withdrawn, under embargo, or open no longer; and the private statements of
a photograph that everybody sees. The answers are compared whole, headers included, so that totals,
facets, order, suggestions and marks of versions count as traces too. What is hidden is bound to
what everybody sees as well: the same people and places, this day of the year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.routing import AnyConverter, Rule

from archive import db, rights
from archive.accounts import service as accounts
from archive.app import create_app
from archive.catalogue import models
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import (
    CaptionDraft,
    DateDraft,
    Draft,
    FileDraft,
    IdentifierDraft,
    LinkDraft,
    Rights,
)  # fmt: skip
from archive.catalogue.projection import today
from archive.history.actor import system
from archive.media import service as media
from archive.search import follow
from archive.search import service as searching
from archive.search.analysis import EXACT
from archive.search.whoosh_engine.snapshot import Snapshot
from archive.settings import Settings, current
from tests.databases import begin

TESTER = system("tests")
FREE = "http://creativecommons.org/publicdomain/mark/1.0/"
STATES = ("draft", "in_review", "withdrawn", "embargo", "expired")
SECRET, NONSENSE = "titkanar", "zizkemor"  # of one length, near to nothing else
PRIVATE = "magankanar"
NOBODY = "zzzzzzzzzz"

QUERIES = [
    "", "q=villamos", "q=villam*", "q=villamits", "q=villamis~", "q=titkanar*", "q=titkanardraft",
    "q=titkanardrafd", "q=titkanarlatr", "q=titkanarlate~",
    "q=titkanarwithdrawn~", "q=person:titkanardraft", "q=HU-TITOK-draft",
    "q=jelzet:HU-TITOK-expired", "q=-titkanardraft", "q=date:1951-03-07", "q=állapot:draft",
    f"q={PRIVATE}", "date=1951-03-07", "date=1951", "year=1951", "day=1951-03-07",
    "collection=HU-TITOK", "state=draft", "lacks=title", "facets=all", "view=list&q=villamos",
    "sort=date", "sort=-date", "sort=newest", "sort=id", "page=2&limit=1", "limit=1&sort=id",
    "certainty=certain", "use=download", "lang=en&facets=all&q=villamos", "side=recto",
    "view=map", "view=map&box=18,47,20,48&facets=all", "view=contact&sort=newest",
    *(f"view=timeline&sort={sort}" for sort in ("date", "-date", "id")), "view=timeline&year=1956",
    "decade=1950s", "decade=1950", "hour=1956-10-23T10", "when=day", "rights=&technique=",
]  # fmt: skip
TYPED = ["ti", "titk", "titkanardraft", "magan", "vi", "vill", "villam", "pr", "próba t", "hu",
         "195", "titkanar utca", ""]  # fmt: skip


@dataclass
class World:
    """Public identifiers of what everybody sees, and of what nobody sees, by what they are."""

    seen: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, list[str]] = field(default_factory=dict)
    withdrawn: list[str] = field(default_factory=list)


Addresses = Callable[[World], list[str]]
Answers = dict[str, tuple[Any, ...]]


def pages(*paths: str) -> Addresses:
    return lambda _world: list(paths)


def asked(path: str, queries: list[str]) -> Addresses:
    return lambda _world: [f"{path}?{query}" for query in queries]


def of(kind: str, *patterns: str) -> Addresses:
    return lambda world: [pattern.format(world.seen[kind]) for pattern in patterns]


CASES: dict[str, Addresses] = {
    "site.home": pages("/", "/?lang=en"),
    "site.home_json": pages("/index.json"),
    "site.search": asked("/search", QUERIES),
    "site.search_json": asked("/search.json", QUERIES),
    "feeds.search": asked("/search.atom", QUERIES),
    "feeds.newest": pages("/feed.atom", "/feed.atom?lang=en"),
    "suggesting.suggest": asked("/search/suggest", [f"q={text}" for text in TYPED]),
    "site.opensearch": pages("/opensearch.xml"),
    "site.sitemap": pages("/sitemap.xml", "/sitemap.xml?page=1", "/sitemap.xml?page=2"),
    "site.robots": pages("/robots.txt"),
    "site.photograph": of(
        "photograph", "/photographs/{}", "/photographs/{}?lang=en", "/photographs/{}?sort=id&at=1",
        "/photographs/{}?sort=date&at=2", "/photographs/{}?q=villamos&at=1",
    ),
    "site.photograph_json": of("photograph", "/photographs/{}.json"),
    "site.download": of("photograph", "/photographs/{}/download/zzzzzzzzzz"),
    "site.person": of("agent", "/people/{}", "/people/{}?lang=en"),
    "site.person_json": of("agent", "/people/{}.json"),
    "site.place": of("place", "/places/{}"),
    "site.place_json": of("place", "/places/{}.json"),
    "site.event": of("event", "/events/{}"),
    "site.event_json": of("event", "/events/{}.json"),
    "site.term": of("concept", "/terms/{}"),
    "site.term_json": of("concept", "/terms/{}.json"),
    "site.collection": of("unit", "/collections/{}"),
    "site.collection_json": of("unit", "/collections/{}.json"),
    "licensing.request": of("photograph", "/licensing/request/{}"),
    "interop.manifest": of("photograph", "/iiif/manifest/{}"),
    "interop.everything": pages("/iiif/collection"),
    "interop.collection": of("unit", "/iiif/collection/{}", "/iiif/collection/{}?page=1"),
    "comparing.compare": of("photograph", "/compare?a={0}&b={0}"),
    "finding.by_picture": pages("/search/by-picture"),
    "wishing.tell": pages("/tell-us?q=villamos"),
    "wishing.told": pages("/tell-us/thank-you"),
    "media.rendition": of("asset", "/media/{}/320.jpg"),
    "media.image_base": of("asset", "/iiif/3/{}"),
    "media.image_information": of("asset", "/iiif/3/{}/info.json"),
    "media.image": of("asset", "/iiif/3/{}/full/max/0/default.jpg",
                      "/iiif/2/{}/full/full/0/default.jpg"),
    **{f"site.{name}": pages(f"/{name}")
       for name in ("about", "accessibility", "developers", "privacy")},
}  # fmt: skip
# Public addresses that know nothing of photographs: files of ours, the way in, operations, and
# what is told to the holder of a number or a signed link.
SAYS_NOTHING = {
    "static", "accounts.begin", "security.login", "security.logout", "security.register",
    "security.forgot_password", "security.reset_password", "security.verify",
    "operations.healthz", "operations.readyz", "operations.metrics", "stopping.ask",
    "licensing.delivery", "licensing.verify",
}  # fmt: skip
# Addresses that name one thing, by the kind of thing.
NAMING = {
    "photograph": ("/photographs/{}", "/photographs/{}.json", "/iiif/manifest/{}",
                   "/photographs/{}/download/zzzzzzzzzz", "/compare?a={0}&b={0}",
                   "/licensing/request/{}", "/search.json?q={}", "/search?q={}&view=map"),
    "agent": ("/people/{}", "/people/{}.json", "/search.json?person={}", "/search.atom?person={}"),
    "place": ("/places/{}", "/places/{}.json", "/search.json?place={}", "/search?place={}"),
    "event": ("/events/{}", "/events/{}.json", "/search.json?event={}", "/search?event={}"),
    "concept": ("/terms/{}", "/terms/{}.json", "/search.json?subject={}"),
    "unit": ("/collections/{}", "/collections/{}.json", "/iiif/collection/{}",
             "/search?collection={}"),
    "asset": ("/media/{}/320.jpg", "/iiif/3/{}/info.json", "/iiif/3/{}/full/max/0/default.jpg",
              "/iiif/3/{}", "/iiif/2/{}", "/iiif/2/{}/info.json",
              "/iiif/2/{}/full/full/0/default.jpg"),
}  # fmt: skip


def this_day() -> str:
    """Today, in a year of which everybody sees photographs."""
    return f"1956. {today():%m. %d}."


def drafted(word: str, code: str, day: str) -> Draft:
    """A photograph in whose every part a word stands."""
    draft = Draft(ref_code=code, creator_unknown=True, rights=Rights(FREE, f"{word} hitel"))
    draft.title("hu", f"{word} a körúton")
    draft.caption("archivist_description", "hu", f"Egy {word}, villamis villamis {word}.")
    draft.dates.append(DateDraft(day, "hu"))
    draft.agents.append(LinkDraft(f"{word} Pál", "depicted", kind="person"))
    away = len(word) / 10  # a spot of its own on the map
    draft.places.append(LinkDraft(f"{word} utca", "shown", lat=47 + away, lon=18 + away))
    draft.events.append(LinkDraft(f"{word} esemény"))
    draft.subjects.append(LinkDraft(f"{word} tárgy", "subject", kind="subject"))
    draft.identifiers.append(IdentifierDraft("original_no", f"{word}/1", f"{word} ügynökség"))
    return draft


def public_draft() -> Draft:
    """What everybody sees, with private statements that nobody does."""
    draft = drafted("villamos", "HU-L/1", "1956. október 23.")
    draft.captions.append(CaptionDraft("donor_account", "hu", PRIVATE, public=False))
    draft.agents.append(LinkDraft(f"{PRIVATE} Tamás", "depicted", kind="person", public=False))
    draft.notes = PRIVATE
    return draft


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, word_folder: Path
) -> Iterator[tuple[Flask, Path]]:
    folder = tmp_path_factory.mktemp("secrets")
    settings = Settings(data=folder, secret_key="a key for tests only")
    begin(settings, sqlite_template, word_folder)
    app = create_app(settings)
    media.masters().prepare()
    yield app, folder
    db.disconnect()


@dataclass(frozen=True)
class Told:
    """What an archive answered at one moment, by address, and the words it searches for readers."""

    answers: Answers
    words: dict[str, dict[bytes, int]]


@dataclass(frozen=True)
class Looked:
    """The archive before hidden photographs came, with them, and while one is just being hidden;
    `bare` are answers without an index, before and with them."""

    app: Flask
    world: World
    before: Told
    after: Told
    meanwhile: Told
    bare: tuple[Answers, Answers]


@pytest.fixture(scope="module")
def looked(house: tuple[Flask, Path]) -> Looked:
    app, folder = house
    world = World()
    fonds = catalogue.add_unit(TESTER, ref_code="HU-L", title={"hu": "Próbafond"}).id
    public = accession(fonds, public_draft(), folder, "publish")
    accession(fonds, drafted("kenyérsor", "HU-L/2", "1949"), folder, "publish")
    follow.reindex()
    world.seen = names_of(public)
    before, bare_before = told(app, world), without_index(app, world)
    hide(world, fonds, folder)
    follow.catch_up()
    after, bare_after = told(app, world), without_index(app, world)
    late = accession(
        fonds, drafted(f"{SECRET}late", "HU-L/9", "1951. március 7."), folder, "publish"
    )
    follow.catch_up()
    catalogue.unpublish(TESTER, db.session().get_one(models.Image, late))
    meanwhile = told(app, world)
    return Looked(app, world, before, after, meanwhile, (bare_before, bare_after))


def hide(world: World, fonds: int, folder: Path) -> None:
    """Photographs that readers may not see, one of each kind, in a fonds of their own and in one
    that everybody sees."""
    secret = catalogue.add_unit(TESTER, ref_code="HU-TITOK", title={"hu": f"{SECRET} fond"}).id
    for number, (state, day) in enumerate(product(STATES, ("1951. március 7.", this_day()))):
        draft = drafted(f"{SECRET}{state}", f"HU-TITOK-{state}{number % 2 or ''}", day)
        draft.agents.append(LinkDraft("villamos Pál", "depicted", kind="person"))
        draft.title("en", "Villámos, villámos, villámos")  # as nobody else spells it
        draft.places.append(LinkDraft("villamos utca", "shown"))
        draft.events.append(LinkDraft("villamos esemény"))
        draft.subjects.append(LinkDraft("villamos tárgy", "subject", kind="subject"))
        key = accession(fonds if number % 3 else secret, draft, folder, state)
        names = names_of(key)
        if state == "withdrawn":
            world.withdrawn.append(names.pop("photograph"))
        for kind, name in names.items():
            world.hidden.setdefault(kind, []).append(name)
    world.hidden["unit"] = ["HU-TITOK"]


def accession(unit: int, draft: Draft, folder: Path, state: str) -> int:
    path = folder / f"{draft.ref_code.replace('/', '-')}.jpg"
    path.write_bytes(b"\xff\xd8\xff" + draft.ref_code.encode())
    kept = media.masters().put_file(path)
    file = FileDraft(kept, path.name, mime="image/jpeg", width=1200, height=800)
    image = catalogue.accession(TESTER, db.session().get_one(models.Unit, unit), draft, [file])
    if state == "in_review":
        catalogue.submit_for_review(TESTER, image)
    elif state != "draft":
        catalogue.publish(TESTER, image)
    key = image.id
    if state == "withdrawn":
        catalogue.withdraw(TESTER, image, reason_class="privacy")
    elif state in DECISIONS:
        with db.transaction() as session:
            decision = update(rights.Access).where(rights.Access.image_id == key)
            session.execute(decision.values(**DECISIONS[state]()))
    db.release()
    return key


DECISIONS: dict[str, Callable[[], dict[str, Any]]] = {
    "embargo": lambda: {"public": False, "max_px": 0},
    "expired": lambda: {"valid_until": today() - timedelta(days=1)},
}


def names_of(key: int) -> dict[str, str]:
    """The public identifiers of a photograph and of what is linked to it, by their kinds."""
    image = db.session().get_one(models.Image, key)
    record = catalogue.own_record(db.session(), image)
    found = {
        "photograph": image.public_id,
        "asset": record["assets"][0]["id"],
        "agent": record["agents"][0]["id"],
        "place": record["places"][0]["id"],
        "event": record["events"][0]["id"],
        "concept": record["subjects"][0]["id"],
        "unit": db.session().get_one(models.Unit, image.unit_id).ref_code,
    }
    db.release()
    return found


def told(app: Flask, world: World) -> Told:
    return Told(answers(app, world), words())


def answers(app: Flask, world: World) -> Answers:
    addresses = [address for case in CASES.values() for address in case(world)]
    return {address: answer(app.test_client(), address) for address in addresses}


def without_index(app: Flask, world: World) -> Answers:
    """What is answered while there is no index, and the database is searched."""
    pointer = current().search_index / "current"
    away = pointer.rename(pointer.with_name("away"))
    searching._engines.clear()
    found = answers(app, world)
    away.rename(pointer)
    searching._engines.clear()
    return found


def answer(client: FlaskClient, address: str) -> tuple[Any, ...]:
    """An answer whole, but for what is drawn anew for every page."""
    with client.get(address) as response:
        headers = {name: re.sub("'nonce-[^']*'", "", value) for name, value in response.headers
                   if name not in ("Date", "Set-Cookie")}  # fmt: skip
        text = response.get_data(as_text=True)
    text = re.sub(r'(nonce=|name="csrf_token"[^>]* value=)"[^"]*"', "", text)
    return response.status_code, headers, text


def alike(told: tuple[Any, ...], name: str = "", other: str = "") -> str:
    """An answer with one name for another; its mark and length, which are those of its text, are
    left out."""
    code, headers, text = told
    kept = {**headers, "ETag": None, "Content-Length": None}
    return repr((code, kept, text)).replace(name, other)


def words() -> dict[str, dict[bytes, int]]:
    """The lexicons that a reader's search works on: every term, and on how many records."""
    snapshot: Snapshot = searching.engine()._current()  # type: ignore[attr-defined]
    found: dict[str, dict[bytes, int]] = {"pt": {}, "pe": {}}
    for part in snapshot.parts:
        for name, into in found.items():
            lexicon = part.columns.lexicons[name]
            for term, count in zip(lexicon.terms, lexicon.counts.tolist(), strict=True):
                into[term] = into.get(term, 0) + count
    return found


def test_every_public_address_has_a_case(looked: Looked) -> None:
    client, missing = looked.app.test_client(), []
    for rule in looked.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in {*CASES, *SAYS_NOTHING}:
            continue
        values = {name: some_value(rule, name) for name in rule.arguments}
        address = looked.app.url_map.bind("localhost").build(rule.endpoint, values)
        response = client.get(address)
        if response.status_code != 401 and "/account/login" not in (response.location or ""):
            missing.append(f"{rule.endpoint} {address}: {response.status}")
    assert missing == []


def some_value(rule: Rule, name: str) -> str:
    converter = (rule._converters or {})[name]
    return min(converter.items) if isinstance(converter, AnyConverter) else "1"


@pytest.mark.parametrize("endpoint", CASES)
def test_hidden_photographs_leave_no_trace(looked: Looked, endpoint: str) -> None:
    for address in CASES[endpoint](looked.world):
        assert looked.after.answers[address] == looked.before.answers[address], address


@pytest.mark.parametrize("endpoint", CASES)
def test_a_photograph_just_hidden_leaves_none_either(looked: Looked, endpoint: str) -> None:
    """It stands in the index still, until the follower comes round."""
    for address in CASES[endpoint](looked.world):
        assert looked.meanwhile.answers[address] == looked.before.answers[address], address


@pytest.mark.parametrize("endpoint", CASES)
def test_hidden_photographs_leave_none_while_the_database_is_searched(
    looked: Looked, endpoint: str
) -> None:
    before, after = looked.bare
    for address in CASES[endpoint](looked.world):
        assert after[address] == before[address], address


@pytest.mark.parametrize("kind", NAMING)
def test_what_is_hidden_answers_like_what_is_not_there(looked: Looked, kind: str) -> None:
    client = looked.app.test_client()
    for name in looked.world.hidden[kind]:
        for pattern in NAMING[kind]:
            wanted = answer(client, pattern.format(NOBODY))
            found = answer(client, pattern.format(name))
            assert alike(found, name, NOBODY) == alike(wanted), pattern.format(name)


def test_a_withdrawn_photograph_says_no_more_than_that_it_was(looked: Looked) -> None:
    client = looked.app.test_client()
    for name in looked.world.withdrawn:
        for pattern in (named for named in NAMING["photograph"] if "?q=" not in named):
            code, _, text = answer(client, pattern.format(name))
            assert code in (404, 410)
            assert SECRET not in text.casefold()


@pytest.mark.parametrize("word", [f"{SECRET}{state}" for state in STATES])
@pytest.mark.parametrize(
    "pattern", ["/search?q={}", "/search.json?q={}", "/search.atom?q={}", "/search/suggest?q={}",
                "/search.json?q={}~", "/search.json?q={}*", "/search?q=person:{}"],
)  # fmt: skip
def test_a_secret_word_is_answered_like_any_that_nobody_wrote(
    looked: Looked, pattern: str, word: str
) -> None:
    client = looked.app.test_client()
    unknown = word.replace(SECRET, NONSENSE)
    found, wanted = (answer(client, pattern.format(text)) for text in (word, unknown))
    assert alike(found, SECRET, NONSENSE) == alike(wanted)


def test_the_database_was_searched_where_there_was_no_index(looked: Looked) -> None:
    address = "/search.json?q=villamos"
    assert looked.bare[0][address] != looked.before.answers[address]
    assert "villamos" in looked.bare[0][address][2]


def test_places_and_days_of_the_hidden_would_be_drawn(looked: Looked) -> None:
    """The front page and the map show what they do of what everybody sees."""
    assert "villamos utca" in looked.after.answers["/search?view=map"][2]
    assert "A nap képei" not in looked.after.answers["/"][2]


def test_private_statements_are_nowhere(looked: Looked) -> None:
    for address, (_, _, text) in looked.after.answers.items():
        if PRIVATE not in address:
            assert PRIVATE not in text, address


def test_staff_is_told_in_feeds_what_everybody_is(looked: Looked) -> None:
    password, client = "four words in a row", looked.app.test_client()
    accounts.add_person(TESTER, email="a@archive.example", roles=["archivist"], password=password)
    db.release()
    token = re.search(r'csrf_token"[^>]* value="([^"]+)"', client.get("/account/login").text)
    assert token is not None
    form = {"csrf_token": token[1], "email": "a@archive.example", "password": password}
    assert client.post("/account/login", data=form).status_code == 302
    assert SECRET in client.get(f"/search.json?q={SECRET}*").text.replace(f"{SECRET}*", "")
    for address in ("/feed.atom", f"/search.atom?q={SECRET}*", "/search.atom?q=villamos"):
        assert SECRET not in client.get(address).text.replace(f"{SECRET}*", "")


def test_a_reader_searches_the_same_words_and_records(looked: Looked) -> None:
    """The work of a search is what it reads: neither lexicons nor lists know hidden photographs."""
    assert looked.after.words == looked.before.words
    assert not any(
        SECRET.encode() in term for terms in looked.after.words.values() for term in terms
    )
    snapshot: Snapshot = searching.engine()._current()  # type: ignore[attr-defined]
    for state in STATES:
        for form in (f"{SECRET}{state}", f"{EXACT}{SECRET}{state}"):
            for name in ("pt", "ps", "pi"):
                assert snapshot.postings(name, form.encode()) == [], (name, form)
    names = {db.session().get_one(models.Image, key).public_id
             for key in db.session().scalars(select(models.Image.id))}  # fmt: skip
    seen = {name for name in names if snapshot.public[snapshot.find_id(name)]}
    assert seen.isdisjoint({*looked.world.hidden["photograph"], *looked.world.withdrawn})
