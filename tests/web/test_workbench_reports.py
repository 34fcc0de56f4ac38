"""Reports as staff sees them: numbers that lead to work, tables to take away, nobody watched."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from archive import db, history, settings
from archive.accounts import service as accounts
from archive.accounts.models import Person
from archive.catalogue import gaps
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, FileDraft, LinkDraft, Rights
from archive.catalogue.models import Agent, Image, Place
from archive.history import Actor, ChangeSet
from archive.media import service as media
from archive.search import follow, misses
from archive.search.models import Miss, Wish
from archive.workbench.reports import doings, tables, wanted
from archive.workbench.reports import views as reports

OPERATOR = history.system("test")
PASSWORD = "four words in a row"
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
REPORTS = "/workbench/reports"


@pytest.fixture(autouse=True)
def _allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misses, "_allowance", misses.Allowance())


@pytest.fixture
def archivist(app: Flask) -> FlaskClient:
    return browser(app, "anna", "archivist")


def browser(app: Flask, name: str, *roles: str) -> FlaskClient:
    """A browser in which somebody of this name is signed in, who reads English."""
    email = f"{name}@demo.example"
    accounts.add_person(OPERATOR, email=email, name=name, roles=roles, password=PASSWORD)
    db.release()
    client = app.test_client()
    press(client, "/account/login", "/account/login", email=email, password=PASSWORD)
    return client


def press(client: FlaskClient, page: str, to: str, **values: str) -> str:
    """Press a button of a page that sends a small form to `to`; the page that follows."""
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(page).text)
    assert token is not None
    form = {"csrf_token": token[1], **values}
    return client.post(to, data=form, follow_redirects=True).text


def actor(name: str) -> Actor:
    key = db.session().scalars(select(Person.id).where(Person.name == name)).one()
    return Actor(key, "archivist", frozenset({"archivist"}))


def photograph(title: str = "", *, by: Actor = OPERATOR, **parts: object) -> str:
    """A draft in the unit HU-1."""
    try:
        unit = catalogue.unit_by_ref(db.session(), "HU-1")
    except catalogue.NotFound:
        unit = catalogue.add_unit(OPERATOR, ref_code="HU-1", title={"hu": "Fond"})
    draft = Draft(ref_code=f"HU-1/{title or 'x'}", **parts)  # type: ignore[arg-type]
    draft.title("hu", title)
    public_id = catalogue.accession(by, unit, draft).public_id
    db.release()
    return public_id


def dead_man() -> str:
    """A photograph of 1989 that shows somebody who died in 1958."""
    shown = [LinkDraft("Nagy Imre", "depicted")]
    made = photograph("Újratemetés", dates=[DateDraft("1989. június 16.", "hu")], agents=shown)
    with history.change(OPERATOR, "edit_authority"):
        db.session().scalars(select(Agent)).one().dates = "1896–1958"
    db.release()
    return made


def table(client: FlaskClient, name: str) -> list[list[str]]:
    answer = client.get(f"{REPORTS}/{name}.csv?lang=en")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert answer.text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(answer.text[1:])))


def number(page: str, name: str) -> int:
    """The number beside the report of this name on the overview."""
    assert re.search(rf">{name}</a>", page), name
    found = re.search(rf'class="many">([\d\u202f]+)</span>\s*<div><a [^>]*>{name}</a>', page)
    return int(found[1].replace("\u202f", "")) if found else 0


def test_the_overview_counts_each_report_and_leads_to_it(archivist: FlaskClient) -> None:
    photograph()
    photograph("Tüntetők")
    page = archivist.get(f"{REPORTS}?lang=en").text
    assert number(page, "Undescribed") == 1
    assert number(page, "Without a date") == 2
    assert number(page, "Withdrawn") == 0
    links = set(re.findall(rf'href="({REPORTS}/[^"]+)"', page))
    assert len(links) >= len(gaps.GAPS) + 4
    for link in links:
        assert archivist.get(link.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("name", tables.REPORTS)
def test_every_report_can_be_taken_away(archivist: FlaskClient, name: str) -> None:
    dead_man()
    misses.note("zászló")
    misses.tell("zászló")
    heading, *lines = table(archivist, name)
    assert heading == list(tables.REPORTS[name].columns)
    assert all(len(line) == len(heading) for line in lines)


def test_a_report_leads_to_the_photograph_and_to_the_list(archivist: FlaskClient) -> None:
    made = photograph("Tüntetők")
    page = archivist.get(f"{REPORTS}/lacking/no_place").text
    assert f"/workbench/photographs/{made}" in page
    assert "/workbench/photographs?gap=no_place" in page
    assert "Tüntetők" in page


def test_photographs_without_a_title_are_told_apart(archivist: FlaskClient, tmp_path: Path) -> None:
    photograph()
    media.masters().prepare()
    unit = catalogue.unit_by_ref(db.session(), "HU-1")
    for name in ("054176.jpg", "071299.jpg"):
        scan = tmp_path / name
        scan.write_bytes(name.encode())
        kept = media.masters().put_file(scan)
        catalogue.accession(OPERATOR, unit, Draft(), [FileDraft(kept, name)])
    db.release()
    lists = (
        f"{REPORTS}/lacking/no_title",
        *(f"/workbench{at}" for at in ("/photographs", "/changes", "")),
    )
    for address in lists:
        page = archivist.get(address).text
        for name in ("HU-1/x", "054176.jpg", "071299.jpg"):
            assert f">{name}</a>" in page, address
    last = db.session().scalars(select(Image.public_id).order_by(Image.id.desc())).first()
    db.release()
    for page in ("check", "history"):
        assert "071299.jpg" in archivist.get(f"/workbench/photographs/{last}/{page}").text, page


def test_a_long_report_goes_on(archivist: FlaskClient) -> None:
    made = [photograph(f"{n}") for n in range(reports.PER_PAGE + 2)]
    page = archivist.get(f"{REPORTS}/lacking/no_place?lang=en").text
    assert made[-1] not in page
    further = re.search(r'href="([^"]+)">Show the next ones', page)
    assert further is not None
    rest = archivist.get(further[1].replace("&amp;", "&")).text
    assert made[-1] in rest
    assert made[0] not in rest


def test_a_table_runs_nothing_that_somebody_wrote(archivist: FlaskClient) -> None:
    for title in ('=HYPERLINK("http://elsewhere.example")', "+36", "-1", "@SUM(A1)"):
        photograph(title)
    titles = [line[4] for line in table(archivist, "no_place")[1:]]
    assert [title[0] for title in titles] == ["'"] * 4
    misses.note("=cmd|' /C calc'!A0")
    assert table(archivist, "searches")[1][0].startswith("'=")


def test_a_contradiction_is_told_with_both_sides(archivist: FlaskClient) -> None:
    made = dead_man()
    page = archivist.get(f"{REPORTS}/contradictions?lang=en").text
    assert "It is dated 16 June 1989, but Nagy Imre, who is shown, had died (1896–1958)." in page
    assert made in page
    assert made in archivist.get(f"{REPORTS}/contradictions?rule=after_death").text
    assert made not in archivist.get(f"{REPORTS}/contradictions?rule=rival_dates").text
    line = table(archivist, "contradictory")[1]
    assert line[6:] == [
        "After the death of who is shown",
        "It is dated 16 June 1989, but Nagy Imre, who is shown, had died (1896–1958).",
    ]


@pytest.mark.parametrize(
    "address", ["/lacking/nothing", "/contradictions?rule=nothing", "/nothing.csv",
                "/searches?again=nothing"],
)  # fmt: skip
def test_what_is_no_report_is_not_found(archivist: FlaskClient, address: str) -> None:
    assert archivist.get(REPORTS + address).status_code == 404


def test_a_search_is_asked_again_and_settled(archivist: FlaskClient) -> None:
    misses.note("felborult villamos")
    miss = db.session().scalars(select(Miss.public_id)).one()
    follow.reindex()
    again = f"{REPORTS}/searches?lang=en&again={miss}"
    assert "“felborult villamos” still finds nothing." in archivist.get(again).text
    publish("Felborult villamos")
    page = archivist.get(again).text
    assert "Readers now find 1 photograph by “felborult villamos”." in page
    page = press(archivist, again, f"{REPORTS}/searches/{miss}?lang=en", act="settle")
    assert "No search waits here." in page
    settled = f"{REPORTS}/searches?settled=1&lang=en"
    assert "felborult villamos" in archivist.get(settled).text
    press(archivist, settled, f"{REPORTS}/searches/{miss}?lang=en", act="reopen")
    assert "felborult villamos" in archivist.get(f"{REPORTS}/searches").text


def missed(words: str) -> str:
    """A search of readers that found nothing; gives the page of the task."""
    misses.note(words)
    public_id = db.session().scalars(select(Miss.public_id)).one()
    db.release()
    return f"{REPORTS}/searches/{public_id}"


def test_words_become_another_name_and_find_what_it_names(archivist: FlaskClient) -> None:
    unit = catalogue.add_unit(OPERATOR, ref_code="HU-T", title={"hu": "Próba"})
    draft = Draft(creator_unknown=True, rights=Rights(PDM), dates=[DateDraft("1956", "hu")])
    draft.title("hu", "Az út")
    draft.places.append(LinkDraft("Andrássy út", "shown"))
    catalogue.publish(OPERATOR, catalogue.accession(OPERATOR, unit, draft))
    follow.reindex()
    page = missed("Sztalin ut")
    told = archivist.get(f"{page}?meant=Andrássy&lang=en").text
    button = re.search(r'name="authority" value="(place\.\w+)"', told)
    assert button is not None
    press(archivist, f"{page}?lang=en", f"{page}/name?lang=en", authority=button[1])
    follow.catch_up()
    db.release()
    miss = db.session().scalars(select(Miss)).one()
    assert (miss.outcome, misses.found_now(miss)) == ("named", 1)
    press(archivist, f"{page}?lang=en", f"{page}/name?lang=en", authority=button[1])
    place = db.session().scalars(select(Place)).one()
    assert [form["text"] for form in place.forms] == ["Sztalin ut"]


def test_a_search_is_answered_by_a_photograph_or_not_at_all(archivist: FlaskClient) -> None:
    follow.reindex()
    publish("Felborult villamos")
    image = db.session().scalars(select(Image.public_id)).one()
    page = missed("omnibusz")
    assert "There is no photograph" in press(
        archivist, f"{page}?lang=en", f"{page}/answer?lang=en", photograph="nothing"
    )
    address = f" http://localhost/photographs/{image}?lang=en "
    press(archivist, f"{page}?lang=en", f"{page}/answer?lang=en", photograph=address)
    settled = archivist.get(f"{REPORTS}/searches?settled=1&lang=en").text
    assert "answered by a photograph" in settled
    assert f"/workbench/photographs/{image}" in settled
    press(archivist, f"{page}?lang=en", f"{page}?lang=en", act="impossible")
    assert "cannot be answered" in archivist.get(f"{REPORTS}/searches?settled=1&lang=en").text
    press(archivist, f"{page}?lang=en", f"{page}?lang=en", act="reopen")
    db.release()
    miss = db.session().scalars(select(Miss)).one()
    assert (miss.outcome, miss.answer, miss.settled_at) == ("", "", None)


def test_a_name_of_no_kind_or_nobody_is_refused(archivist: FlaskClient) -> None:
    follow.reindex()
    page = missed("omnibusz")
    token = press_token(archivist, page)
    for authority, code in (("nothing.x", 400), ("place.zzzz", 404)):
        form = {"authority": authority, "csrf_token": token}
        assert archivist.post(f"{page}/name", data=form).status_code == code


def press_token(archivist: FlaskClient, page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', archivist.get(page).text)
    assert found is not None
    return found[1]


def publish(title: str) -> None:
    made = photograph(
        title, creator_unknown=True, dates=[DateDraft("1956", "hu")], rights=Rights(PDM)
    )
    catalogue.publish(OPERATOR, catalogue.image_by_id(db.session(), made))
    follow.catch_up()
    db.release()


def test_a_wish_is_read_and_settled_and_its_address_erased(archivist: FlaskClient) -> None:
    misses.tell("nagyapám", "a Corvin közben", "nagy@pelda.example")
    page = archivist.get(f"{REPORTS}/wishes").text
    assert "a Corvin közben" in page
    assert "nagy@pelda.example" in page
    assert all("pelda" not in cell for line in table(archivist, "wishes") for cell in line)
    wish = db.session().scalars(select(Wish.public_id)).one()
    press(archivist, f"{REPORTS}/wishes", f"{REPORTS}/wishes/{wish}")
    db.release()
    assert db.session().scalars(select(Wish.contact)).one() == ""
    assert "nagyapám" not in archivist.get(f"{REPORTS}/wishes").text


def test_most_wanted_is_what_readers_cannot_find_yet(archivist: FlaskClient) -> None:
    hidden = photograph("Felborult villamos")
    photograph("Valami más")
    publish("Ami látható")
    follow.reindex()
    for _ in range(3):
        misses.note("felborult villamos")
    misses.note("villamos")
    misses.note("ami látható")
    found = wanted.most_wanted(db.session(), limit=5)
    assert [(entry.times, entry.searches) for entry in found] == [
        (4, [("felborult villamos", 3), ("villamos", 1)])
    ]
    page = archivist.get(f"{REPORTS}/wanted?lang=en").text
    assert hidden in page
    assert "“felborult villamos” (3 times), “villamos” (1 time)" in page


def test_work_is_counted_by_what_was_done(app: Flask, archivist: FlaskClient) -> None:
    anna = actor("anna")
    made = photograph("Tüntetők", by=anna)
    image = catalogue.image_by_id(db.session(), made)
    draft = Draft(creator_unknown=True, dates=[DateDraft("1956", "hu")], rights=Rights(PDM))
    draft.title("hu", "Tüntetők")
    newest = select(ChangeSet).order_by(ChangeSet.id.desc()).limit(1)
    for _ in range(2):
        image = catalogue.describe(anna, image, draft, based_on=image.version)
        draft.notes = "még egyszer"
    catalogue.publish(anna, image)
    history.undo(anna, db.session().scalars(newest).one())
    photograph("Másé")
    month = doings.months(db.session(), anna)[0]
    assert month.own == {"described": 1, "published": 1, "received": 1, "merged": 0, "undone": 1}
    assert month.everybody["received"] == 2
    line = table(archivist, "work")[1]
    assert line[1:] == ["you", "1", "1", "1", "0", "1"]


def test_work_of_last_month_is_not_of_this_one(app: Flask, archivist: FlaskClient) -> None:
    photograph("Tüntetők", by=actor("anna"))
    with db.transaction() as session:
        for change_set in session.scalars(select(ChangeSet)):
            change_set.at = change_set.at.replace(day=1) - timedelta(days=2)
    this, last, *_ = doings.months(db.session(), actor("anna"))
    assert this.everybody["received"] == 0
    assert last.own["received"] == 1
    assert (this.first - last.first).days in (28, 29, 30, 31)
    assert this.first.day == last.first.day == 1


def share_sums() -> None:
    """The archive decides that administrators see what each person did."""
    settings.use(settings.current().model_copy(update={"work_by_person": True}))


def test_nobody_sees_the_sums_of_somebody_else_unless_the_archive_says_so(app: Flask) -> None:
    keeper = browser(app, "kata", "administrator")
    browser(app, "anna", "archivist")
    photograph("Tüntetők", by=actor("anna"))
    page = keeper.get(f"{REPORTS}/work?lang=en").text
    assert "Nobody sees the sums of somebody else" in page
    assert "anna" not in page
    assert all("anna" not in line for line in table(keeper, "work"))
    share_sums()
    page = keeper.get(f"{REPORTS}/work?lang=en").text
    assert "administrators also see the sums of each person" in page
    assert ">anna<" in page


def test_an_archivist_never_sees_the_sums_of_others(app: Flask) -> None:
    share_sums()
    browser(app, "bela", "archivist")
    anna = browser(app, "anna", "archivist")
    photograph("Tüntetők", by=actor("bela"))
    page = anna.get(f"{REPORTS}/work?lang=en").text
    assert "administrators also see the sums of each person" in page
    assert "bela" not in page
    assert all("bela" not in line for line in table(anna, "work"))


@pytest.mark.parametrize("role", ["publisher", "officer"])
def test_reports_are_for_archivists(app: Flask, role: str) -> None:
    other = browser(app, "otto", role)
    for address in ("", "/searches", "/wishes", "/wanted", "/work", "/wishes.csv"):
        assert other.get(REPORTS + address).status_code == 404


def test_what_was_published_before_it_was_whole_is_listed(archivist: FlaskClient) -> None:
    publish("Kép nélkül")
    image = db.session().scalars(select(Image.public_id)).one()
    assert image in archivist.get(f"{REPORTS}/lacking/published_no_picture").text
