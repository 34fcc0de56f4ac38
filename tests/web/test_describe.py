"""Describing as it is worked at: merging, unsaved drafts, filling in, review, queues."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.engine import Connection
from werkzeug.test import TestResponse

from archive import db, history
from archive import settings as settings_room
from archive.catalogue import authorities, redrafting
from archive.catalogue import service as catalogue
from archive.catalogue.authorities import KINDS, keeping, merging
from archive.catalogue.drafts import CarrierDraft, DateDraft, Draft, LinkDraft
from archive.catalogue.models import Agent
from archive.history import ChangeSet
from archive.settings import Settings
from archive.workbench.models import Template, WorkingDraft
from tests.web.test_workbench import (
    LIST,
    OPERATOR,
    Form,
    archivist,
    browser,
    photograph,
    press,
    sent,
    state,
    title,
)

__all__ = ["archivist"]
CANARY = "csak-a-munkatársaknak"


def form_of(page: TestResponse) -> dict[str, str]:
    found = re.search(r'<form method="post" class="stack describe".*?</form>', page.text, re.DOTALL)
    assert found is not None
    return Form(found[0]).values.to_dict()


def said(public_id: str) -> Draft:
    with db.transaction() as session:
        image = catalogue.image_by_id(session, public_id)
        return redrafting.draft_of(catalogue.own_record(session, image))


def described(public_id: str, **values: Any) -> None:
    with db.transaction() as session:
        image = catalogue.image_by_id(session, public_id)
        draft = replace(redrafting.draft_of(catalogue.own_record(session, image)), **values)
        catalogue.describe(OPERATOR, image, draft, based_on=image.version)
    db.release()


# Two people on one record


def test_changes_of_two_people_to_other_fields_are_merged(app: Flask) -> None:
    public_id, mine, theirs = photograph(), browser(app, "one"), browser(app, "two")
    opened = mine.get(f"{LIST}/{public_id}")
    page = theirs.get(f"{LIST}/{public_id}")
    sent(theirs, page, **{"captions-0-text": "Az övék", "captions-1-text": "Leírás"})
    saved = sent(mine, opened, **{"notes": "enyém", "captions-0-dated": "1957"})
    assert saved.status_code == 302
    told = mine.get(saved.location).text
    assert "Közben valaki más módosította: Cím és képaláírások." in told
    kept = said(public_id)
    assert (kept.notes, kept.captions[0].text, kept.captions[0].dated) == (
        "enyém",
        "Az övék",
        "1957",
    )
    assert kept.captions[1].text == "Leírás"


def test_what_both_changed_is_shown_in_three_columns_and_chosen(app: Flask) -> None:
    public_id, mine, theirs = photograph("Régi"), browser(app, "one"), browser(app, "two")
    opened = mine.get(f"{LIST}/{public_id}")
    typed = {"captions-0-text": "Az övék", "credit_line": "Övék"}
    sent(theirs, theirs.get(f"{LIST}/{public_id}"), **typed)
    typed = {"captions-0-text": "Az enyém", "credit_line": "Enyém", "notes": "jegyzet"}
    asked = sent(mine, opened, **typed)
    assert asked.status_code == 409
    table = asked.text.split('id="merge"')[1].split("</table>")[0]
    for words in ("Az enyém", "Az övék", "Régi", "Enyém", "Övék"):
        assert words in table
    paths = [html.unescape(path) for path in re.findall(r'name="(choose:[^"]+)"', table)]
    chosen = next(path for path in paths if "captions" in path)
    assert sent(mine, asked, **{chosen: "theirs"}).status_code == 302
    kept = said(public_id)
    assert (kept.captions[0].text, kept.rights.credit_line, kept.notes) == (
        "Az övék",
        "Enyém",
        "jegyzet",
    )


def test_who_was_taken_out_stays_out_though_joined_with_another_meanwhile(
    archivist: FlaskClient,
) -> None:
    public_id = photograph()
    described(public_id, agents=[LinkDraft("Kő Pál", "creator"), LinkDraft("Tar Éva", "depicted")])
    opened = archivist.get(f"{LIST}/{public_id}")
    with db.transaction() as session:
        gone = authorities.by_name(session, KINDS["agent"], "Kő Pál", authorities.agent_key)
        kept = keeping.add(OPERATOR, KINDS["agent"], {"name": "Kő Pál (1920)"})
        merging.merge(OPERATOR, kept, gone)
    db.release()
    assert [link.name for link in said(public_id).agents] == ["Kő Pál (1920)", "Tar Éva"]
    out = {f"agents-0-{name}": "" for name in ("name", "named", "target")}
    assert sent(archivist, opened, **out).status_code == 302
    assert [link.name for link in said(public_id).agents] == ["Tar Éva"]


def test_who_was_joined_with_one_typed_beside_them_is_named_once(archivist: FlaskClient) -> None:
    public_id = photograph()
    described(public_id, agents=[LinkDraft("Kő Pál", "creator"), LinkDraft("Tar Éva", "depicted")])
    opened = archivist.get(f"{LIST}/{public_id}")
    kept = keeping.add(OPERATOR, KINDS["agent"], {"name": "Kő Pál (1920)"})
    gone = authorities.by_name(db.session(), KINDS["agent"], "Kő Pál", authorities.agent_key)
    merging.merge(OPERATOR, kept, gone)
    key, name = kept.public_id, "Kő Pál (1920)"
    db.release()
    typed = {"name": name, "named": name, "target": key, "role": "creator", "certainty": "certain"}
    typed = {f"agents-2-{column}": value for column, value in typed.items()}
    assert sent(archivist, opened, **typed).status_code == 302
    assert [link.name for link in said(public_id).agents] == [name, "Tar Éva"]


def test_who_is_meant_is_settled_once_it_is_ones_turn_to_write(archivist: FlaskClient) -> None:
    """Two people are joined, and parted again just as somebody who named one of them saves."""
    public_id, names = photograph(), ("Kő Pál (1920)", "Kő Pál")
    opened = archivist.get(f"{LIST}/{public_id}")
    described(public_id, notes="of another")
    kept, gone = (keeping.add(OPERATOR, KINDS["agent"], {"name": name}) for name in names)
    joined, meant = [merging.merge(OPERATOR, kept, gone).id], gone.public_id
    db.release()

    @event.listens_for(db.engine(), "rollback")
    def as_reading_ends(_connection: Connection) -> None:
        if joined:
            parting = Thread(target=part, args=(joined.pop(),))
            parting.start()
            parting.join()

    typed = {"name": "Kő Pál", "named": "Kő Pál", "target": meant, "role": "depicted"}
    typed = {f"agents-1-{column}": value for column, value in typed.items()}
    assert sent(archivist, opened, **typed).status_code == 302
    assert meant in {link.target for link in said(public_id).agents}


def part(joined: int) -> None:
    history.undo(OPERATOR, db.session().get_one(ChangeSet, joined))
    db.release()


def test_a_third_who_saves_while_one_chooses_is_merged_too(app: Flask) -> None:
    public_id, mine, theirs = photograph(), browser(app, "one"), browser(app, "two")
    opened = mine.get(f"{LIST}/{public_id}")
    sent(theirs, theirs.get(f"{LIST}/{public_id}"), **{"captions-0-text": "Az övék"})
    asked = sent(mine, opened, **{"captions-0-text": "Az enyém"})
    described(public_id, notes="a harmadiké")
    assert sent(mine, asked).status_code == 302
    assert title(public_id) == "Az enyém"
    assert said(public_id).notes == "a harmadiké"


# What is typed and not saved


def test_what_is_typed_is_kept_for_its_writer_alone(app: Flask) -> None:
    public_id, writer, other = photograph(), browser(app, "one"), browser(app, "two")
    typed = {**form_of(writer.get(f"{LIST}/{public_id}")), "notes": CANARY}
    assert writer.post(f"{LIST}/{public_id}/draft", data=typed).status_code == 204
    elsewhere = writer.get(f"{LIST}/{public_id}?draft=1")
    assert CANARY in elsewhere.text
    assert "draft=1" in writer.get(f"{LIST}/{public_id}").text
    assert public_id in writer.get("/workbench").text.split('id="queues"')[0]
    for page in (f"{LIST}/{public_id}?draft=1", f"{LIST}/{public_id}", "/workbench"):
        shown = other.get(page).text
        assert CANARY not in shown
        assert 'name="discard"' not in shown
    assert said(public_id).notes == ""


def test_saving_or_discarding_ends_a_draft(archivist: FlaskClient) -> None:
    public_id = photograph()
    address = f"{LIST}/{public_id}"
    typed = {**form_of(archivist.get(address)), "notes": "félbehagyva"}
    archivist.post(f"{address}/draft", data=typed)
    again = archivist.get(f"{address}?draft=1")
    assert archivist.post(address, data=form_of(again)).status_code == 302
    assert said(public_id).notes == "félbehagyva"
    assert drafts() == 0
    typed = {**form_of(archivist.get(address)), "notes": "mégsem"}
    archivist.post(f"{address}/draft", data=typed)
    press(archivist, address, f"{address}/draft", discard="1", back=address)
    assert drafts() == 0
    assert said(public_id).notes == "félbehagyva"


def test_typing_back_what_was_there_leaves_no_draft(archivist: FlaskClient) -> None:
    public_id = photograph()
    typed = form_of(archivist.get(f"{LIST}/{public_id}"))
    archivist.post(f"{LIST}/{public_id}/draft", data={**typed, "notes": "valami"})
    assert drafts() == 1
    archivist.post(f"{LIST}/{public_id}/draft", data=typed)
    assert drafts() == 0


def test_an_outdated_draft_is_merged_when_it_is_saved(archivist: FlaskClient) -> None:
    public_id = photograph()
    address = f"{LIST}/{public_id}"
    typed = {**form_of(archivist.get(address)), "notes": "tegnapi"}
    archivist.post(f"{address}/draft", data=typed)
    described(public_id, alt={"hu": "közben"})
    again = archivist.get(f"{address}?draft=1")
    assert archivist.post(address, data=form_of(again)).status_code == 302
    assert (said(public_id).notes, said(public_id).alt) == ("tegnapi", {"hu": "közben"})


def test_a_draft_has_limits_and_says_so(archivist: FlaskClient, limits: Any) -> None:
    first, second = photograph("Egy"), photograph("Kettő")
    limits(draft_max_kib=16, drafts_most=1)
    typed = form_of(archivist.get(f"{LIST}/{first}"))
    long = archivist.post(f"{LIST}/{first}/draft", data={**typed, "notes": "x" * 17_000})
    assert (long.status_code, "16 KiB" in long.text) == (413, True)
    archivist.post(f"{LIST}/{first}/draft", data={**typed, "notes": "x"})
    typed = form_of(archivist.get(f"{LIST}/{second}"))
    many = archivist.post(f"{LIST}/{second}/draft", data={**typed, "notes": "x"})
    assert many.status_code == 413
    assert drafts() == 1


def drafts() -> int:
    with db.transaction() as session:
        return len(session.scalars(select(WorkingDraft)).all())


@pytest.fixture
def limits(settings: Settings) -> Iterator[Any]:
    """`limits(name=value)` changes settings for this test."""
    before = settings_room.current()
    yield lambda **values: settings_room.use(before.model_copy(update=values))
    settings_room.use(before)


# Filling in


def test_a_part_is_filled_from_the_previous_photograph(archivist: FlaskClient) -> None:
    first, second = photograph("Egy"), photograph("Kettő", ready=False)
    described(first, places=[LinkDraft("Múzeum körút", "shown", source="felirat")])
    page = archivist.get(f"{LIST}/{second}")
    filled = sent(archivist, page, copy="places", notes="amit közben írtam")
    assert filled.status_code == 200
    assert "Kitöltve: Helyek" in filled.text
    assert said(second).places == []
    assert archivist.post(f"{LIST}/{second}", data=form_of(filled)).status_code == 302
    kept = said(second)
    assert [(link.name, link.source) for link in kept.places] == [("Múzeum körút", "felirat")]
    assert kept.notes == "amit közben írtam"
    assert [caption.text for caption in said(first).captions] == ["Egy"]


def test_a_copied_statement_is_a_statement_of_its_own(archivist: FlaskClient) -> None:
    first, second = photograph("Egy"), photograph("Kettő", ready=False)
    filled = sent(archivist, archivist.get(f"{LIST}/{second}"), copy="dates")
    archivist.post(f"{LIST}/{second}", data=form_of(filled))
    [mine], [theirs] = said(second).dates, said(first).dates
    assert (mine.display, mine.edtf) == (theirs.display, theirs.edtf)
    assert mine.id != theirs.id


def test_a_template_fills_only_what_is_empty(archivist: FlaskClient) -> None:
    first, second = photograph("Egy"), photograph("Kettő", ready=False)
    described(second, notes="", dates=[DateDraft("1957", "hu")])
    page = archivist.get(f"{LIST}/{first}")
    kept = sent(archivist, page, keep="1", template_name="Utcai képek", credit_line="Sablon")
    assert "Utcai képek" in kept.text
    with db.transaction() as session:
        template = session.scalars(select(Template)).one().public_id
    filled = sent(archivist, archivist.get(f"{LIST}/{second}"), apply=template)
    assert said(second).rights.credit_line == ""
    archivist.post(f"{LIST}/{second}", data=form_of(filled))
    now = said(second)
    assert [date.display for date in now.dates] == ["1957"]
    assert [caption.text for caption in now.captions] == ["Kettő"]
    assert [agent.name for agent in now.agents] == ["Kő Ágnes"]
    assert now.rights.credit_line == "Sablon"
    press(archivist, f"{LIST}/{first}", f"/workbench/templates/{template}/delete")
    assert "Utcai képek" not in archivist.get(f"{LIST}/{first}").text


def test_a_template_without_a_name_is_not_kept(archivist: FlaskClient) -> None:
    public_id = photograph()
    page = archivist.get(f"{LIST}/{public_id}")
    refused = sent(archivist, page, keep="1", template_name=" ", notes="megmarad")
    assert "adjon nevet" in refused.text
    assert "megmarad" in refused.text


def test_a_new_name_is_made_and_told(archivist: FlaskClient) -> None:
    public_id = photograph()
    typed = {"agents-1-name": "Új Emil", "places-0-name": "Ismeretlen köz"}
    saved = sent(archivist, archivist.get(f"{LIST}/{public_id}"), **typed)
    assert "Új a névtérben: Új Emil, Ismeretlen köz." in archivist.get(saved.location).text
    again = sent(archivist, archivist.get(f"{LIST}/{public_id}"), **{"agents-2-name": "emil új"})
    assert "Új a névtérben" not in archivist.get(again.location).text
    with db.transaction() as session:
        assert len(session.scalars(select(Agent)).all()) == 2


@pytest.mark.parametrize(("lang", "role"), [("en", "Depicted"), ("hu", "Ábrázolt")])
def test_who_is_seen_has_a_role_of_one_person(archivist: FlaskClient, lang: str, role: str) -> None:
    page = archivist.get(f"{LIST}/{photograph()}?lang={lang}").text
    assert re.search(f'<option[^>]* value="depicted">{role}</option>', page)


def test_a_name_that_is_no_more_is_asked_for_anew(archivist: FlaskClient) -> None:
    public_id = photograph()
    typed = {"agents-1-name": "Valaki", "agents-1-named": "Valaki", "agents-1-target": "gone"}
    refused = sent(archivist, archivist.get(f"{LIST}/{public_id}"), **typed)
    assert refused.status_code == 422
    assert "Valaki" in refused.text


# What scripts ask for


def test_a_script_saves_and_stays_on_the_page(archivist: FlaskClient) -> None:
    public_id = photograph()
    typed = form_of(archivist.get(f"{LIST}/{public_id}"))
    typed["captions-0-text"] = "Más cím"
    answer = archivist.post(f"{LIST}/{public_id}", data=typed, headers={"X-Part": "form"})
    came = json.loads(answer.text)
    fields = dict(came["fields"])
    assert fields["captions-0-text"] == "Más cím"
    assert fields["captions-0-id"] != typed["captions-0-id"]
    assert int(fields["based_on"]) == int(typed["based_on"]) + 1
    assert "Mentve" in came["said"]
    assert "Más cím" in came["head"]
    again = archivist.post(
        f"{LIST}/{public_id}", data={**typed, **{k: str(v) for k, v in fields.items() if v}}
    )
    assert again.status_code == 302


def test_a_script_gets_what_is_wrong_without_the_frame(archivist: FlaskClient) -> None:
    public_id = photograph()
    typed = {**form_of(archivist.get(f"{LIST}/{public_id}")), "carriers-0-size": "nagy"}
    wrong = archivist.post(f"{LIST}/{public_id}", data=typed, headers={"X-Part": "form"})
    assert wrong.status_code == 422
    assert "<html" not in wrong.text
    assert 'href="#carriers-0-size"' in wrong.text


@pytest.mark.parametrize(
    "typed",
    [
        {"agents-1-name": "Kő", "agents-1-region_x": "5"},
        {"agents-1-name": "Kő", "agents-1-region_x": "60", "agents-1-region_y": "0",
         "agents-1-region_w": "50", "agents-1-region_h": "10"},
        {"places-0-name": "Tér", "places-0-point": "észak"},
        {"places-0-name": "Tér", "places-0-heading_deg": "400"},
        {"carriers-0-technique": "x", "carriers-0-condition_on": "tegnap"},
        {"captions-1-text": "Második", "captions-1-preferred": "y", "captions-1-lang": "hu"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_kept(
    archivist: FlaskClient, typed: dict[str, str]
) -> None:
    public_id = photograph()
    wrong = sent(archivist, archivist.get(f"{LIST}/{public_id}"), **typed)
    assert wrong.status_code == 422
    shown = form_of(wrong)
    assert {name: shown[name] for name in typed} == typed


def test_a_place_outside_the_picture_says_what_to_do(archivist: FlaskClient) -> None:
    public_id = photograph()
    typed = dict(zip("xywh", ("60", "0", "50", "10"), strict=True))
    region = {f"agents-1-region_{name}": value for name, value in typed.items()}
    wrong = sent(
        archivist, archivist.get(f"{LIST}/{public_id}"), **region, **{"agents-1-name": "Kő"}
    )
    assert "Jelölje meg újra a képen" in wrong.text


# Review and queues


def test_what_is_sent_back_says_why(archivist: FlaskClient) -> None:
    public_id = photograph()
    page, change = f"{LIST}/{public_id}", f"{LIST}/{public_id}/state"
    press(archivist, page, change, act="review")
    assert state(public_id) == "in_review"
    refused = press(archivist, page, change, act="send_back", note=" ")
    assert "miért küldi vissza" in refused.text
    assert state(public_id) == "in_review"
    press(archivist, page, change, act="send_back", note="A dátum forrása hiányzik.")
    assert state(public_id) == "draft"
    shown = archivist.get(page).text
    assert "A dátum forrása hiányzik." in shown
    assert "visszaküldve" in archivist.get(f"{page}/history").text
    note = re.search(r'name="settle" value="(\w+)"', shown)
    assert note is not None
    press(archivist, page, f"{page}/notes", settle=note[1])
    assert 'name="settle"' not in archivist.get(page).text


def test_a_step_that_does_not_follow_is_not_taken(archivist: FlaskClient) -> None:
    public_id = photograph()
    change = f"{LIST}/{public_id}/state"
    answer = press(archivist, LIST, change, act="withdraw", reason_class="rights")
    assert "Valaki megelőzte" in answer.text
    assert state(public_id) == "draft"
    assert press(archivist, LIST, change, act="burn").status_code == 400


def test_four_eyes_see_what_is_published(app: Flask, limits: Any) -> None:
    public_id, writer, other = photograph(), browser(app, "one"), browser(app, "two")
    limits(four_eyes=True)
    sent(writer, writer.get(f"{LIST}/{public_id}"), notes="leírtam")
    change = f"{LIST}/{public_id}/state"
    assert 'value="publish"' not in writer.get(f"{LIST}/{public_id}").text
    press(writer, LIST, change, act="publish")
    assert state(public_id) == "draft"
    press(other, LIST, change, act="publish")
    assert state(public_id) == "published"


def test_a_queue_is_walked_although_what_is_done_falls_out(archivist: FlaskClient) -> None:
    ids = [photograph(name, ready=False) for name in ("Egy", "Kettő", "Három")]
    press(archivist, LIST, "/workbench/queues", name="Dátum nélkül", gap="no_date", order="unit")
    home = archivist.get("/workbench").text
    queue = re.search(r'/workbench/queues/(\w{10})"', home)
    assert queue is not None
    walked = [archivist.get(f"/workbench/queues/{queue[1]}").location]
    for _ in range(2):
        page = archivist.get(walked[-1])
        typed = {**form_of(page), "dates-0-display": "1956"}
        following = re.search(r'name="next" value="(\w+)"', page.text)
        assert following is not None
        walked.append(archivist.post(walked[-1], data={**typed, "next": following[1]}).location)
    assert [re.findall(r"photographs/(\w+)\?queue", page)[0] for page in walked] == ids
    assert f'rel="prev" href="{LIST}/' not in archivist.get(walked[-1]).text
    press(archivist, "/workbench", f"/workbench/queues/{queue[1]}/delete")
    assert archivist.get(f"/workbench/queues/{queue[1]}").status_code == 404


def test_a_queue_of_somebody_else_is_not_there(app: Flask) -> None:
    mine, theirs = browser(app, "one"), browser(app, "two")
    photograph()
    press(mine, LIST, "/workbench/queues", name="Az enyém", state="draft")
    press(mine, LIST, "/workbench/queues", name="Közös sor", state="draft", shared="1")
    shown = theirs.get("/workbench").text
    assert "Közös sor" in shown
    assert "Az enyém" not in shown
    assert press(mine, LIST, "/workbench/queues", name=" ").status_code == 200


def test_an_empty_preset_says_so(archivist: FlaskClient) -> None:
    answer = archivist.get("/workbench/queues/in-review", follow_redirects=True)
    assert "elfogyott" in answer.text


# What readers see of it


def test_readers_see_sources_and_sizes_and_nothing_of_the_staff(
    archivist: FlaskClient, client: FlaskClient
) -> None:
    public_id = photograph()
    described(
        public_id,
        agents=[LinkDraft("Kő Ágnes", "creator", certainty="probable", source="hagyatéki napló")],
        places=[LinkDraft("Múzeum körút", "shown", source="felirat a hátoldalon")],
        events=[LinkDraft("Tüntetés", certainty="possible", source="egykorú újság")],
        dates=[DateDraft("1956. október 25.", "hu", source="ügynökségi napló")],
        carriers=[
            CarrierDraft("zselatinos ezüst", kind="print", height_mm=180, width_mm=240,
                         condition=3, condition_note=CANARY, location=CANARY)
        ],
    )  # fmt: skip
    press(archivist, LIST, f"{LIST}/{public_id}/notes", note=CANARY)
    press(archivist, LIST, f"{LIST}/{public_id}/state", act="publish")
    page = client.get(f"/photographs/{public_id}?lang=hu").text
    sources = ("hagyatéki napló", "felirat a hátoldalon", "egykorú újság", "ügynökségi napló")
    for words in (*sources, "valószínűleg", "180 × 240 mm", "nagyítás"):
        assert words in page
    shown = page + client.get(f"/photographs/{public_id}.json").text
    assert CANARY not in shown
    assert "condition" not in shown
