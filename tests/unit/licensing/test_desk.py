"""From the request to the delivered file, and everything that may go wrong on the way."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from archive import db, history, jobs, mail
from archive.catalogue import projection
from archive.catalogue import service as catalogue
from archive.licensing import delivery, service
from archive.licensing.models import (
    Acceptance,
    Delivery,
    Licence,
    LicenceLine,
    LicenceRequest,
    Quote,
)
from archive.media.probe import probe
from tests.unit.licensing.conftest import USAGE, Desk

DETAILS = {"organisation": "Őszi Kiadó", "country": "HU", "message": "Borítóra is."}


def asked(desk: Desk) -> LicenceRequest:
    return service.request(
        desk.publisher, image_ids=[desk.protected], usage=USAGE, details=DETAILS, lang="hu"
    )


def quoted(desk: Desk, net: int = 12_500) -> Quote:
    found = asked(desk)
    return offered(desk, found, net)


def offered(desk: Desk, found: LicenceRequest, net: int = 12_500) -> Quote:
    current = db.session().get_one(LicenceRequest, found.id)
    nets = {line.id: net for line in current.lines}
    return service.quote(
        desk.officer, current, nets=nets, currency="HUF", vat_scheme="domestic", note="Köszönjük."
    )


def licensed(desk: Desk) -> Licence:
    return service.accept(desk.publisher, quoted(desk), key="k1")


def ready(desk: Desk) -> Delivery:
    licensed(desk)
    jobs.run_due()
    return db.session().scalars(select(Delivery)).one()


def outbox() -> list[str]:
    return list(db.session().scalars(select(mail.Outgoing.template).order_by(mail.Outgoing.id)))


def test_a_request_has_a_number_and_tells_both_sides(desk: Desk) -> None:
    found = asked(desk)
    assert found.number.startswith("R-")
    assert found.state == "submitted"
    assert outbox() == ["request_received", "request_arrived"]
    assert [entry.id for entry in service.inbox(db.session())] == [found.id]
    assert [entry.id for entry in service.requests_of(db.session(), desk.publisher)] == [found.id]
    assert service.requests_of(db.session(), desk.other) == []


def test_a_free_photograph_needs_no_licence(desk: Desk) -> None:
    with pytest.raises(service.DeskError) as refused:
        service.request(
            desk.publisher, image_ids=[desk.free], usage=USAGE, details=DETAILS, lang="hu"
        )
    assert refused.value.code == "needs_no_licence"
    assert db.session().scalars(select(LicenceRequest)).all() == []
    assert outbox() == []


def test_a_quote_is_frozen_with_its_amounts_and_its_pdf(desk: Desk) -> None:
    made = quoted(desk)
    assert (made.net_minor, made.vat_minor, made.gross_minor) == (12_500, 3_375, 15_875)
    content = json.loads(made.frozen)
    assert content["lines"][0]["credit"] == "Archívum / Kő Ágnes gyűjteménye"
    assert hashlib.sha256(made.frozen.encode()).hexdigest() == made.frozen_sha256
    pdf = service.document(db.session(), made.pdf_sha256)
    assert pdf.startswith(b"%PDF")
    assert hashlib.sha256(pdf).hexdigest() == made.pdf_sha256


def test_a_new_quote_supersedes_the_old_one(desk: Desk) -> None:
    first = quoted(desk)
    second = offered(desk, first.request, net=9_000)
    assert (second.revision, second.state) == (2, "sent")
    with pytest.raises(service.DeskError) as refused:
        service.accept(desk.publisher, first, key="k1")
    assert refused.value.code == "quote_superseded"


def test_acceptance_grants_a_licence_with_a_register(desk: Desk) -> None:
    licence = licensed(desk)
    assert licence.number.startswith("L-")
    assert licence.starts_on == projection.today()
    assert licence.ends_on is not None
    assert licence.ends_on.year == licence.starts_on.year + 5
    line = db.session().scalars(select(LicenceLine)).one()
    assert line.net_minor == 12_500
    assert line.usage["project"] == "Budapest ősze"
    assert outbox()[-2:] == ["licence_granted", "quote_accepted"]


def test_accepting_twice_gives_the_same_licence(desk: Desk) -> None:
    quote = quoted(desk)
    first = service.accept(desk.publisher, quote, key="k1")
    again = service.accept(desk.publisher, quote, key="k1")
    other_tab = service.accept(desk.publisher, quote, key="k2")
    assert first.id == again.id == other_tab.id
    assert db.session().scalar(select(func.count()).select_from(Acceptance)) == 1
    assert db.session().scalar(select(func.count()).select_from(Licence)) == 1


def test_an_expired_quote_cannot_be_accepted(desk: Desk) -> None:
    quote = quoted(desk)
    with history.change(desk.officer, "test"):
        current = db.session().get_one(Quote, quote.id)
        current.valid_until = projection.today() - timedelta(days=1)
    with pytest.raises(service.DeskError) as refused:
        service.accept(desk.publisher, quote, key="k1")
    assert refused.value.code == "quote_expired"
    assert db.session().scalars(select(Licence)).all() == []


def test_rights_are_asked_again_when_a_quote_is_accepted(desk: Desk) -> None:
    quote = quoted(desk)
    image = catalogue.image_by_id(db.session(), desk.protected)
    catalogue.withdraw(desk.officer, image, reason_class="rights")
    with pytest.raises(service.DeskError) as refused:
        service.accept(desk.publisher, quote, key="k1")
    assert refused.value.code == "may_not_be_licensed"
    found = db.session().scalars(select(LicenceRequest)).one()
    assert found.state == "quoted"


def test_a_refused_step_draws_no_number(desk: Desk) -> None:
    found = asked(desk)
    with pytest.raises(service.DeskError, match="amount missing"):
        service.quote(desk.officer, found, nets={}, currency="HUF", vat_scheme="domestic")
    assert offered(desk, found).number.endswith("-0001")


def test_reverse_charge_needs_a_vat_number(desk: Desk) -> None:
    found = asked(desk)
    nets = {line.id: 100 for line in db.session().get_one(LicenceRequest, found.id).lines}
    with pytest.raises(service.DeskError) as refused:
        service.quote(desk.officer, found, nets=nets, currency="EUR", vat_scheme="reverse_charge")
    assert refused.value.code == "vat_number_missing"


def test_nobody_sees_the_requests_of_others(desk: Desk) -> None:
    found = asked(desk)
    with pytest.raises(service.NotFound):
        service.find_request(db.session(), found.public_id, desk.other)
    assert service.find_request(db.session(), found.public_id, desk.officer).id == found.id


def test_a_question_is_answered_and_a_refusal_says_why(desk: Desk) -> None:
    found = asked(desk)
    service.ask(desk.officer, found, "Hány oldalon?")
    service.answer(desk.publisher, found, "Egyen.")
    service.decline(desk.officer, found, "A jogosult nem járul hozzá.")
    current = db.session().get_one(LicenceRequest, found.id)
    assert [(step.kind, step.by_staff) for step in current.steps] == [
        ("submitted", False),
        ("needs_info", True),
        ("in_review", False),
        ("declined", True),
    ]
    with pytest.raises(service.DeskError) as refused:
        service.answer(desk.publisher, found, "De mégis?")
    assert refused.value.code == "not_now"


def test_the_delivered_file_says_whose_it_is_and_under_which_licence(desk: Desk) -> None:
    found = ready(desk)
    assert found.state == "ready", found.reason
    said = probe(delivery.path(found)).fields
    assert said.creator == ("Nagy Imre",) or said.creator == ["Nagy Imre"]
    assert said.credit == "Archívum / Kő Ágnes gyűjteménye"
    assert found.licence.number.encode() in delivery.path(found).read_bytes()
    assert found.filename == (
        f"Archivum-Ko-Agnes-gyujtemenye_HU-1-vedett_{found.licence.number}.jpg"
    )
    assert hashlib.sha256(delivery.path(found).read_bytes()).hexdigest() == found.sha256
    assert outbox()[-1] == "delivery_ready"


def test_a_file_outlasts_a_power_cut_before_it_is_called_ready(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    durable: dict[int, str] = {}
    real = os.fsync

    def note(handle: int) -> None:
        with db.transaction_aside() as session:
            state = session.scalars(select(Delivery.state)).one()
        durable.setdefault(os.fstat(handle).st_ino, state)
        real(handle)

    licensed(desk)
    monkeypatch.setattr(os, "fsync", note)
    jobs.run_due()
    file = delivery.path(db.session().scalars(select(Delivery)).one())
    assert durable[file.stat().st_ino] == "preparing"
    assert durable[file.parent.stat().st_ino] == "preparing"


def test_of_a_link_only_the_digest_is_kept(desk: Desk) -> None:
    found = ready(desk)
    token = delivery.issue_link(desk.publisher, found)
    stored = db.session().get_one(Delivery, found.id)
    assert stored.token_hash == hashlib.sha256(token.encode()).hexdigest()
    everything = str([row.after for row in db.session().scalars(select(history.Change))])
    assert token not in everything


def test_looking_at_a_link_costs_nothing_and_downloads_are_counted(desk: Desk) -> None:
    found = ready(desk)
    token = delivery.issue_link(desk.publisher, found)
    for _ in range(10):
        delivery.behind(db.session(), token)
    for _ in range(found.max_sessions):
        delivery.open_session(token)
    with pytest.raises(delivery.LinkEnded) as ended:
        delivery.open_session(token)
    assert ended.value.why == "used_up"


def test_a_download_that_has_no_file_is_not_counted(desk: Desk) -> None:
    found = ready(desk)
    token = delivery.issue_link(desk.publisher, found)
    kept = delivery.path(found).rename(delivery.path(found).with_name("away"))
    with pytest.raises(delivery.LinkEnded, match="missing"):
        delivery.open_session(token)
    assert db.session().get_one(Delivery, found.id).sessions == 0
    kept.rename(delivery.path(found))
    delivery.open_session(token)
    assert db.session().get_one(Delivery, found.id).sessions == 1


def test_a_link_expires_and_can_be_revoked(desk: Desk) -> None:
    found = ready(desk)
    token = delivery.issue_link(desk.publisher, found)
    with history.change(desk.officer, "test"):
        db.session().get_one(Delivery, found.id).expires_at = db.now() - timedelta(seconds=1)
    with pytest.raises(delivery.LinkEnded, match="expired"):
        delivery.behind(db.session(), token)
    again = delivery.issue_link(desk.publisher, found)
    delivery.revoke(desk.officer, found)
    with pytest.raises(delivery.LinkEnded, match="revoked"):
        delivery.behind(db.session(), again)
    with pytest.raises(delivery.NoSuchLink):
        delivery.behind(db.session(), token)


def test_every_step_is_in_the_audit_chain_without_names(desk: Desk) -> None:
    ready(desk)
    actions = db.session().scalars(select(history.AuditEvent.action)).all()
    for action in ("licence.request", "licence.quote", "licence.accept", "licence.delivery_ready"):
        assert action in actions
    events = db.session().scalars(select(history.AuditEvent.payload)).all()
    changes = [str((row.before, row.after)) for row in db.session().scalars(select(history.Change))]
    for text in ("Őszi Kiadó", "kiado@demo.example", "Borítóra"):
        assert text not in str(events)
        assert text not in str([entry for entry in changes if "image" not in entry])
    assert history.verify(db.session()).broken_at is None
