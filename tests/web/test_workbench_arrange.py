"""Arranging as a browser without scripts does it: the tree, the page of a unit, codes and moves."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image as Picture
from sqlalchemy import select
from werkzeug.test import TestResponse

from archive import db, history, jobs
from archive.accounts import service as accounts
from archive.catalogue import arrangement, service
from archive.catalogue.drafts import DateDraft, Draft, LinkDraft, Rights
from archive.catalogue.models import Image, Unit
from archive.search import follow

OPERATOR = history.system("test")
PASSWORD = "four words in a row"
UNITS = "/workbench/units"
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
INC = "http://rightsstatements.org/vocab/InC/1.0/"


@pytest.fixture
def archivist(app: Flask) -> FlaskClient:
    return browser(app, "archivist")


def browser(app: Flask, name: str) -> FlaskClient:
    email = f"{name}@demo.example"
    accounts.add_person(OPERATOR, email=email, name=name, roles=["archivist"], password=PASSWORD)
    db.release()
    client = app.test_client()
    signing = client.get("/account/login")
    client.post("/account/login", data={**hidden(signing), "email": email, "password": PASSWORD})
    return client


def hidden(page: TestResponse) -> dict[str, str]:
    """The first token of a page."""
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)
    assert token is not None
    return {"csrf_token": token[1]}


def typed(page: TestResponse) -> dict[str, str]:
    """What the form of a unit holds."""
    form = page.text.split('class="stack describe"')[1].split("</form>")[0]
    values = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form))
    values |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', form))
    for name, options in re.findall(
        r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        values[name] = chosen[1] if chosen else ""
    return values


def unit(ref: str, level: str = "fonds", parent: Unit | None = None, **more: object) -> Unit:
    return arrangement.add_unit(
        OPERATOR, ref_code=ref, title={"hu": f"{ref} címe"}, level=level, parent=parent, **more
    )


def photograph(place: Unit, title: str, *, public: bool = False, rights: str = PDM) -> Image:
    draft = Draft(ref_code=f"{place.ref_code}/{title}", rights=Rights(rights_statement=rights))
    draft.title("hu", title)
    draft.dates = [DateDraft("1956", lang="hu")]
    draft.agents = [LinkDraft("Kő Ágnes", role="creator")]
    image = service.accession(OPERATOR, place, draft)
    if public:
        service.publish(OPERATOR, image)
    return image


def test_a_unit_called_new_has_its_own_page(archivist: FlaskClient) -> None:
    unit("new")
    db.release()
    assert "new címe" in archivist.get(f"{UNITS}/new").text
    assert 'value="new"' not in archivist.get(f"{UNITS}/+new").text


def test_all_areas_of_a_unit_are_kept_in_both_languages(archivist: FlaskClient) -> None:
    unit("HU-1")
    db.release()
    page = archivist.get(f"{UNITS}/HU-1")
    said = {
        "extent-hu": "431 felvétel",
        "extent-en": "431 negatives",
        "appraisal-hu": "Selejtezés nem történt.",
        "finding_aids-en": "Card index",
        "rules-hu": "ISAD(G) 2",
        "dates": "1956 ősze",
    }
    assert archivist.post(f"{UNITS}/HU-1", data={**typed(page), **said}).status_code == 302
    again = typed(archivist.get(f"{UNITS}/HU-1"))
    assert {name: again[name] for name in said} == said
    with db.transaction() as session:
        kept = arrangement.unit_by_ref(session, "HU-1")
        assert kept.extent == {"hu": "431 felvétel", "en": "431 negatives"}
        assert kept.isad["appraisal"] == {"hu": "Selejtezés nem történt."}
    assert "1956 ősze" in archivist.get(f"{UNITS}/HU-1?lang=hu").text
    assert "autumn 1956" in archivist.get(f"{UNITS}/HU-1?lang=en").text


def test_a_date_of_a_unit_that_cannot_be_read_is_told(archivist: FlaskClient) -> None:
    unit("HU-1")
    db.release()
    page = archivist.get(f"{UNITS}/HU-1")
    refused = archivist.post(f"{UNITS}/HU-1", data={**typed(page), "dates": "egyszer régen"})
    assert refused.status_code == 422
    assert 'value="egyszer régen"' in refused.text
    assert 'id="dates-error"' in refused.text


def test_saving_what_was_not_touched_changes_nothing(archivist: FlaskClient) -> None:
    made = unit("HU-1", dates="1956", scope={"hu": "Egy\nkettő"})
    version = made.version
    db.release()
    page = archivist.get(f"{UNITS}/HU-1")
    assert archivist.post(f"{UNITS}/HU-1", data=typed(page)).status_code == 302
    with db.transaction() as session:
        assert arrangement.unit_by_ref(session, "HU-1").version == version


@pytest.mark.parametrize(
    ("lang", "shown"), [("hu", "1956. október 23–25."), ("en", "23–25 October 1956")]
)
def test_the_dates_of_a_unit_are_shown_as_people_write_them(
    archivist: FlaskClient, lang: str, shown: str
) -> None:
    made = unit("HU-1", dates="1956-10-23/1956-10-25")
    page = archivist.get(f"{UNITS}/HU-1?lang={lang}")
    assert typed(page)["dates"] == shown
    for said, kept in ((shown, "1956-10-23/1956-10-25"), ("1957 tele", "1957 tele"), ("", "")):
        page = archivist.get(f"{UNITS}/HU-1?lang={lang}")
        archivist.post(f"{UNITS}/HU-1?lang={lang}", data={**typed(page), "dates": said})
        db.release()
        assert db.session().get_one(Unit, made.id).dates == kept


def test_two_editors_of_one_unit_see_each_other(app: Flask, archivist: FlaskClient) -> None:
    unit("HU-1")
    db.release()
    other = browser(app, "other")
    mine, theirs = (typed(client.get(f"{UNITS}/HU-1")) for client in (archivist, other))
    other.post(f"{UNITS}/HU-1", data={**theirs, "creator": "Az övék"})
    refused = archivist.post(f"{UNITS}/HU-1", data={**mine, "creator": "Az enyém"})
    assert refused.status_code == 409
    assert "<dd>Az övék</dd>" in refused.text
    assert typed(refused)["creator"] == "Az enyém"
    assert archivist.post(f"{UNITS}/HU-1", data=typed(refused)).status_code == 302
    assert typed(archivist.get(f"{UNITS}/HU-1"))["creator"] == "Az enyém"


@pytest.mark.parametrize(
    ("code", "words"),
    [("HU-2", "jelzet"), ("+x", "„+x”"), ("HU-OLD", "HU-NEW")],
)
def test_a_code_that_cannot_be_given_says_why(
    archivist: FlaskClient, code: str, words: str
) -> None:
    unit("HU-1")
    unit("HU-2")
    arrangement.edit_unit(OPERATOR, unit("HU-OLD"), ref_code="HU-NEW")
    db.release()
    page = archivist.get(f"{UNITS}/HU-1")
    refused = archivist.post(f"{UNITS}/HU-1?lang=hu", data={**typed(page), "ref_code": code})
    assert refused.status_code == 422
    error = refused.text.split('id="ref_code-error"')[1].split("</p>")[0]
    assert words in error


def test_an_old_address_leads_to_the_new_one(archivist: FlaskClient, client: FlaskClient) -> None:
    isad = {"finding_aids": {"en": "Card index"}, "archivist_note": {"en": "Nobody’s business"}}
    fonds = unit("HU-1", dates="1956 ősze", isad=isad)
    photograph(fonds, "Híd", public=True)
    unit("HU-9")
    for code in ("HU-2", "HU-3"):
        arrangement.edit_unit(OPERATOR, fonds, ref_code=code)
    arrangement.edit_unit(OPERATOR, arrangement.unit_by_ref(db.session(), "HU-9"), ref_code="HU-10")
    follow.reindex()
    db.release()
    for old in ("HU-1", "HU-2"):
        moved = client.get(f"/collections/{old}?ref=x&_external=1")
        assert (moved.status_code, moved.location) == (301, "/collections/HU-3")
        assert client.get(f"/collections/{old}.json").location == "/collections/HU-3.json"
    assert client.get("/collections/HU-3").status_code == 200
    told = client.get("/collections/HU-3?lang=en").text
    assert "autumn 1956" in told
    assert "Card index" in told
    assert "Nobody’s business" not in told
    assert client.get("/collections/HU-9").status_code == 404, "nothing public is told of it"
    assert archivist.get(f"{UNITS}/HU-1").location == f"{UNITS}/HU-3"
    shown = archivist.get(f"{UNITS}/HU-3").text
    assert shown.index("HU-2 <") < shown.index("HU-1 <")
    assert "HU-1" in archivist.get(f"{UNITS}/+history/HU-3").text


def test_a_photograph_is_found_by_the_code_it_had(archivist: FlaskClient) -> None:
    image = photograph(unit("HU-1"), "Híd")
    public_id = image.public_id
    service.describe(OPERATOR, image, Draft(ref_code="HU-1/új"), based_on=image.version)
    db.release()
    assert public_id in archivist.get("/workbench/photographs?q=HU-1/Híd").text


def test_the_tree_opens_without_scripts(archivist: FlaskClient) -> None:
    fonds = unit("HU-1")
    unit("HU-2")
    series = unit("HU-1-1", "series", fonds)
    photograph(unit("HU-1-1-1", "file", series), "Híd")
    db.release()
    closed = archivist.get(UNITS).text
    assert "HU-1-1" not in closed
    opening = re.search(r'class="twist" href="([^"]+)"', closed)
    assert opening is not None
    opened = archivist.get(opening[1].replace("&amp;", "&")).text
    assert ">HU-1-1<" in opened
    assert ">HU-1-1-1<" not in opened
    chosen = archivist.get(f"{UNITS}?at=HU-1-1-1").text
    assert 'id="chosen"' in chosen
    assert chosen.count('aria-current="true"') == 1
    assert archivist.get(f"{UNITS}?at=nothing").status_code == 404
    below = archivist.get(f"{UNITS}/+below/HU-1-1").text
    assert ">HU-1-1-1<" in below
    assert "<html" not in below
    assert "HU-1-1-1" in archivist.get(f"{UNITS}?q=hu-1-1-1").text


def test_siblings_are_put_in_order_with_buttons(archivist: FlaskClient) -> None:
    fonds = unit("HU-1")
    for number in (1, 2, 3):
        unit(f"HU-1-{number}", "series", fonds)
    db.release()
    page = archivist.get(f"{UNITS}?at=HU-1-3&open=HU-1")
    for to in ("first", "down"):
        data = {**hidden(page), "to": to, "open": "HU-1"}
        moved = archivist.post(f"{UNITS}/+order/HU-1-3", data=data)
        assert "at=HU-1-3" in moved.location
        assert "open=HU-1" in moved.location
    assert archivist.post(f"{UNITS}/+order/HU-1-3", data={**hidden(page)}).status_code == 400
    with db.transaction() as session:
        above = arrangement.unit_by_ref(session, "HU-1")
        order = [one.ref_code for one in arrangement.children(session, above.id)]
    assert order == ["HU-1-1", "HU-1-3", "HU-1-2"]


def test_a_move_is_shown_before_it_is_done(archivist: FlaskClient) -> None:
    free = unit("HU-1", rights_and_provenance=Rights(rights_statement=PDM, credit_line="Első"))
    unit("HU-2", rights_and_provenance=Rights(rights_statement=INC, credit_line="Második"))
    series = unit("HU-1-5", "series", free)
    photograph(series, "Híd", public=True, rights="")
    db.release()
    page = archivist.get(f"{UNITS}/+move?which=HU-1-5&to=HU-2&codes=new&lang=hu")
    shown = page.text
    for words in ("Első", "Második", ">Híd<", "HU-2-5", "HU-2-5/Híd", "öröklött"):
        assert words in shown, words
    digest = re.search(r'name="digest" value="(\w+)"', shown)
    assert digest is not None
    data = {**hidden(page), "which": "HU-1-5", "to": "HU-2", "codes": "new", "act": "move"}
    refused = archivist.post(f"{UNITS}/+move", data={**data, "digest": "0" * 16})
    assert refused.status_code == 422
    moved = archivist.post(f"{UNITS}/+move", data={**data, "digest": digest[1]})
    assert "at=HU-2-5" in moved.location
    told = archivist.get(f"{UNITS}/+history/HU-2-5?lang=hu").text
    assert "<del>HU-1</del> <ins>HU-2</ins>" in told


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("which=HU-1-5&to=HU-1-5", "nem kerülhet"),
        ("which=HU-1-5&to=NINCS", "NINCS"),
        ("which=HU-1-5&to=HU-2&codes=new&pattern=%7Bx%7D", "{x}"),
    ],
)
def test_a_move_that_cannot_be_says_why(archivist: FlaskClient, query: str, words: str) -> None:
    unit("HU-1-5", "series", unit("HU-1"))
    unit("HU-2")
    db.release()
    refused = archivist.get(f"{UNITS}/+move?{query}&lang=hu")
    assert refused.status_code == 422
    assert words in refused.text.split('role="alert"')[1].split("</div>")[0]
    assert archivist.get(f"{UNITS}/+move?which=nothing").status_code == 404
    assert archivist.get(f"{UNITS}/+move?id=nothing").status_code == 404


def test_chosen_photographs_are_moved(archivist: FlaskClient) -> None:
    first = unit("HU-1")
    images = [photograph(first, title).public_id for title in ("Híd", "Tér")]
    unit("HU-2")
    db.release()
    page = archivist.get(f"{UNITS}/+move?id={images[0]}&id={images[1]}&to=HU-2")
    data = {**hidden(page), "id": images, "to": "HU-2", "act": "move"}
    assert archivist.post(f"{UNITS}/+move", data=data).status_code == 302
    with db.transaction() as session:
        places = [service.image_by_id(session, public_id).unit_id for public_id in images]
        assert set(places) == {arrangement.unit_by_ref(session, "HU-2").id}


def test_a_roll_is_numbered_and_dated_on_its_strip(archivist: FlaskClient) -> None:
    roll = unit("HU-1-R17", "file", unit("HU-1"), form="roll")
    keys = []
    for number, day in (("1", "1956. október 23."), ("", ""), ("5", "1956. október 30.")):
        dates = [DateDraft(day, lang="hu")] if day else []
        draft = Draft(frame=number, dates=dates)
        keys.append(service.accession(OPERATOR, roll, draft).public_id)
    db.release()
    address = f"{UNITS}/+strip/HU-1-R17"
    page = archivist.get(f"{address}?lang=hu")
    assert "2–4" in page.text
    typed_in = {**hidden(page), "act": "numbers", f"frame-{keys[1]}": "3"}
    assert archivist.post(address, data=typed_in).status_code == 302
    again = archivist.get(f"{address}?lang=hu").text
    assert "1956. október 23–30." in again
    proposal = f"{keys[1]}=1956-10-23/1956-10-30"
    assert f'value="{proposal}"' in again
    wrong = {**hidden(page), "act": "dates", "date": f"{keys[1]}=1956"}
    assert "notice error" in archivist.post(address, data=wrong, follow_redirects=True).text
    archivist.post(address, data={**hidden(page), "act": "dates", "date": proposal})
    with db.transaction() as session:
        image = service.image_by_id(session, keys[1])
        own = service.own_record(session, image)
        assert [date["basis"] for date in own["dates"]] == ["sequence"]
    assert proposal not in archivist.get(address).text


def test_a_dropped_box_becomes_rolls_when_the_archivist_agrees(archivist: FlaskClient) -> None:
    unit("HU-1")
    db.release()
    names = ["R17_2.png", "R17_10.png", "R17_1.png", "R17_1_verso.png", "R18_5.png", "IMG_3.png"]
    parts = [(io.BytesIO(drawn(tone)), name) for tone, name in enumerate(names)]
    home = archivist.get("/workbench/receive")
    sent = archivist.post("/workbench/receive", data={**hidden(home), "files": parts})
    page = archivist.get(f"{sent.location}?lang=hu")
    assert "2 tekercs, 4 kocka, 1 hátlap" in page.text
    assert "hiányzik: 3–9" in page.text
    wishes = {**hidden(page), "unit": "HU-1", "title": "Doboz", "rolls": "1", "act": "rehearse"}
    rehearsed = archivist.post(sent.location, data=wishes)
    db.release()
    jobs.run_due()
    with db.transaction() as session:
        assert len(session.scalars(select(Unit)).all()) == 1, "a rehearsal makes nothing"
    archivist.post(f"{rehearsed.location}/take", data=hidden(archivist.get(rehearsed.location)))
    db.release()
    jobs.run_due()
    with db.transaction() as session:
        roll = arrangement.unit_by_ref(session, "HU-1-R17")
        assert (roll.level, roll.form, roll.title["hu"]) == ("file", "roll", "17. tekercs")
        images = session.scalars(
            select(Image).where(Image.unit_id == roll.id).order_by(Image.position)
        ).all()
        assert [image.frame for image in images] == ["1", "2", "10"]
        shown = service.read(images[0].public_id, OPERATOR).record
        assert shown["title"] == {"hu": "17. tekercs, 1. kocka", "en": "Roll 17, frame 1"}
        assert [asset["side"] for asset in shown["assets"]] == ["recto", "verso"]
        loose = arrangement.unit_by_ref(session, "HU-1")
        assert len(session.scalars(select(Image).where(Image.unit_id == loose.id)).all()) == 1
    assert "3–9" in archivist.get(f"{UNITS}/+strip/HU-1-R17").text


def drawn(tone: int) -> bytes:
    target = io.BytesIO()
    Picture.new("RGB", (20, 10), (tone * 20, 40, 90)).save(target, "PNG")
    return target.getvalue()


def test_what_is_inherited_is_shown_as_inherited(archivist: FlaskClient) -> None:
    says = Rights(rights_statement=PDM, rights_note={"hu": "Szabadon"}, custody={"hu": "Padláson"})
    fonds = unit("HU-1", dates="1956 ősze", creator="Nagy Iroda", rights_and_provenance=says)
    series = unit("HU-1-5", "series", fonds)
    draft = Draft()
    draft.title("hu", "Néma")
    public_id = service.accession(OPERATOR, series, draft).public_id
    db.release()
    described = archivist.get(f"/workbench/photographs/{public_id}?lang=hu").text
    for words in ("1956 ősze", "Nagy Iroda", "Szabadon", "Padláson"):
        assert re.search(rf"öröklött[^<]*{words}", described), words
    assert re.search(
        r"öröklött[^<]*HU-1[^<]*Padláson", archivist.get(f"{UNITS}/HU-1-5?lang=hu").text
    )
    told = archivist.get(f"/photographs/{public_id}.json").json
    assert told is not None
    assert told["inherited"]["creator"] == {"name": "Nagy Iroda", "unit": "HU-1"}
    assert (told["dates"], told["agents"]) == ([], [])
