"""Saved searches and their letters: what is new is told once, whatever was missed or repeated."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from archive import db, jobs, mail, settings
from archive.accounts import service as accounts
from archive.accounts.models import Person
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, Rights
from archive.catalogue.models import Unit
from archive.catalogue.projection import today
from archive.history import Actor, change, system
from archive.history.models import Change
from archive.search import alerts, follow, saved, service, watching
from archive.search.models import SavedSearch
from archive.settings import Settings

STAFF = system("test")
FREE = "http://creativecommons.org/publicdomain/mark/1.0/"
DAY = timedelta(days=1)
Publish = Callable[..., str]


@pytest.fixture
def unit(either_database: None, tmp_path: Path, word_folder: Path) -> Iterator[int]:
    """An archive of one fonds on each database, with an index that answers; the fonds' key."""
    settings.use(Settings(data=tmp_path, secret_key="a key for tests only", alert_hour=0))
    (tmp_path / "search_index").mkdir()
    (tmp_path / "search_index" / "words").symlink_to(word_folder)
    service._engines.clear()
    service._lags.clear()
    made = catalogue.add_unit(STAFF, ref_code="HU-T", level="fonds", title={"hu": "Próba"})
    follow.reindex()
    yield made.id
    service._engines.clear()
    settings.use(Settings.load())


def drafted(title: str) -> Draft:
    draft = Draft(creator_unknown=True, rights=Rights(FREE, "Próba"))
    draft.title("hu", title)
    draft.dates.append(DateDraft("1956. október 23.", "hu"))
    return draft


@pytest.fixture
def add(unit: int) -> Publish:
    """`add(title, publish=True)`: a photograph that can be found; gives its identifier."""

    def make(title: str, *, publish: bool = True) -> str:
        image = catalogue.accession(STAFF, db.session().get_one(Unit, unit), drafted(title))
        if publish:
            catalogue.publish(STAFF, image)
        follow.catch_up()
        db.release()
        return image.public_id

    return make


def person(role: str = "publisher", *, language: str = "hu") -> Actor:
    made = accounts.add_person(
        STAFF, email=f"{role}@archive.example", roles=[role], password="four words in a row"
    )
    with db.transaction() as session:
        session.get_one(Person, made.id).language = language
    return Actor(made.id, role, frozenset({role}))


def keep(actor: Actor, query: str = "q=tank", alert: str = "daily") -> SavedSearch:
    made = saved.save(actor, query, name="Tankok", alert=alert)
    db.release()
    return made


def letters() -> list[mail.Outgoing]:
    db.release()
    return list(db.session().scalars(select(mail.Outgoing).order_by(mail.Outgoing.id)))


def tell(search: SavedSearch, days: int = 0) -> int:
    db.release()
    return alerts.tell(search.id, today() + days * DAY)


def test_what_is_new_is_told_once(add: Publish) -> None:
    add("Tank az utcán")
    search = keep(person())
    assert tell(search) == 0
    new = add("Kiégett tank")
    add("Kenyérsor")
    assert [tell(search), tell(search), tell(search, 1)] == [1, 0, 0]
    (row,) = letters()
    letter = mail.letter(row)
    assert letter.subject == "Új fénykép a „Tankok” keresésben: 1"
    assert f"– Kiégett tank (1956. október 23.)\n  http://127.0.0.1:8000/photographs/{new}" in (
        letter.body
    )
    assert "Tank az utcán" not in letter.body
    assert "Kenyérsor" not in letter.body
    assert row.to == "publisher@archive.example"


def test_days_that_were_missed_are_told_together_in_one_letter(
    add: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "SHOWN", 2)
    search = keep(person(language="en"))
    for number in range(5):
        add(f"Tank {number}")
    assert tell(search, 9) == 5
    (row,) = letters()
    letter = mail.letter(row)
    assert letter.subject == "New in “Tankok”: 5 photographs"
    assert letter.body.count("/photographs/") == 2
    assert "… and 3 more." in letter.body


def test_there_is_one_letter_a_day_and_the_rest_tomorrow(add: Publish) -> None:
    search = keep(person())
    add("Tank reggel")
    assert tell(search) == 1
    add("Tank este")
    assert [tell(search), tell(search, 1)] == [0, 1]
    assert len(letters()) == 2


def test_a_weekly_letter_waits_for_its_week(add: Publish) -> None:
    search = keep(person(), alert="weekly")
    add("Tank hétfőn")
    assert tell(search) == 1
    add("Tank kedden")
    assert [tell(search, day) for day in (0, 1, 6, 7)] == [0, 0, 0, 1]


def test_a_photograph_that_comes_to_fit_is_new_too(add: Publish) -> None:
    older = add("Az utca")
    search = keep(person())
    image = catalogue.image_by_id(db.session(), older)
    catalogue.describe(STAFF, image, drafted("Az utca, tankkal"), based_on=image.version)
    follow.catch_up()
    assert tell(search) == 1


def test_a_publisher_is_told_of_what_everybody_may_see(add: Publish) -> None:
    theirs, ours = keep(person()), keep(person("archivist"))
    add("Tank, kiadatlan", publish=False)
    assert tell(theirs) == 0
    assert tell(ours) == 1
    hidden = add("Tank, visszavont")
    catalogue.withdraw(STAFF, catalogue.image_by_id(db.session(), hidden), reason_class="privacy")
    assert tell(theirs) == 0
    follow.catch_up()
    assert tell(theirs) == 0


def test_a_wide_search_tells_what_was_published_since(
    add: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PAGE", 1)
    monkeypatch.setattr(watching, "PAGES", 2)
    first = [add(f"Tank {number}") for number in range(3)]
    search = keep(person())
    assert not search.whole
    for public_id in first[1:]:
        catalogue.withdraw(
            STAFF, catalogue.image_by_id(db.session(), public_id), reason_class="privacy"
        )
    follow.catch_up()
    assert tell(search) == 0  # the first one comes into sight, and is old
    add("Új tank")
    assert tell(search) == 1


def test_nothing_is_told_nor_forgotten_while_there_is_no_index(
    add: Publish, tmp_path: Path
) -> None:
    search = keep(person())
    add("Tank")
    for generation in (tmp_path / "search_index").iterdir():
        if generation.name != "words":
            shutil.rmtree(generation) if generation.is_dir() else generation.unlink()
    service._engines.clear()
    assert tell(search) == 0
    follow.reindex()
    assert tell(search) == 1


def test_the_job_writes_to_whoever_is_due_and_logs_no_address(
    add: Publish, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keep(person())
    keep(person("archivist"), alert="never")
    gone = person("officer")
    keep(gone)
    accounts.disable(system("test"), db.session().get_one(Person, gone.person_id))
    add("Tank")
    for _ in range(2):
        jobs.submit("tell_of_new_photographs")
        jobs.run_due()
    assert [row.to for row in letters()] == ["publisher@archive.example"]
    assert "@archive" not in caplog.text


def test_letters_wait_for_their_hour(add: Publish) -> None:
    keep(person())
    add("Tank")
    early = next(zone for zone in ("Etc/GMT+12", "Etc/GMT-6") if hour_in(zone) < 23)
    late = {"alert_hour": 23, "time_zone": early}
    settings.use(settings.current().model_copy(update=late))
    jobs.submit("tell_of_new_photographs")
    jobs.run_due()
    assert letters() == []


def hour_in(zone: str) -> int:
    return datetime.now(ZoneInfo(zone)).hour


def test_an_alert_that_begins_again_tells_from_then_on(add: Publish) -> None:
    actor = person()
    search = keep(actor)
    add("Tank")
    saved.settle(actor, search.public_id, name="Tankok", alert="never")
    assert tell(search) == 0
    saved.settle(actor, search.public_id, name="Tankok", alert="daily")
    assert tell(search) == 0


def test_renaming_forgets_nothing(add: Publish) -> None:
    actor = person()
    search = keep(actor)
    add("Tank")
    saved.settle(actor, search.public_id, name="Páncélosok\r\nBcc: x", alert="weekly")
    assert tell(search) == 1
    assert mail.letter(letters()[0]).subject == "Új fénykép a „Páncélosok Bcc: x” keresésben: 1"


def test_a_signed_link_stops_and_no_other_does(add: Publish) -> None:
    search = keep(person())
    token = alerts.stop_token(search.public_id)
    assert alerts.stopped_by(token) == search.public_id
    for forged in (token[:-1], token + "x", search.public_id, "", f"{search.public_id}.x"):
        with pytest.raises(LookupError):
            alerts.stopped_by(forged)
    saved.stop(search.public_id)
    add("Tank")
    assert tell(search) == 0


def test_a_search_is_kept_once_and_so_many_by_one_person(add: Publish) -> None:
    actor = person()
    settings.use(settings.current().model_copy(update={"saved_searches_most": 2}))
    one, same = keep(actor), saved.save(actor, "q=tank", name="Páncél", alert="weekly")
    assert (same.id, same.name, same.alert) == (one.id, "Páncél", "weekly")
    keep(actor, "q=ló")
    with pytest.raises(saved.NotKept, match="full"):
        keep(actor, "q=híd")
    with pytest.raises(saved.NotKept, match="long"):
        keep(actor, "q=" + "x" * saved.QUERY_CHARS)


def test_nobody_reaches_the_search_of_another(add: Publish) -> None:
    search, other = keep(person()), person("archivist")
    assert saved.of_person(db.session(), other) == []
    with pytest.raises(LookupError):
        saved.remove(other, search.public_id)
    with pytest.raises(LookupError):
        saved.settle(other, search.public_id, name="x", alert="never")


def test_it_goes_with_the_account_and_history_does_not_know_it(add: Publish) -> None:
    actor = person()
    db.release()
    before = db.session().scalar(select(func.count()).select_from(Change))
    keep(actor)
    db.release()
    assert db.session().scalar(select(func.count()).select_from(Change)) == before
    with change(STAFF, "remove_person"):
        db.session().delete(db.session().get_one(Person, actor.person_id))
        db.session().flush()
    assert db.session().scalars(select(SavedSearch)).all() == []
