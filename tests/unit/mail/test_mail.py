"""The outbox: one message a key, sent after the commit, offered again, never logged."""

from __future__ import annotations

import logging
import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError
from sqlalchemy import select, update

from archive import db, jobs, mail
from archive.mail import Outgoing
from archive.settings import Settings, use

READER = "reader@example.org"
LINK = {"link": "https://archive.example/account/reset/abc"}


class Session(socketserver.StreamRequestHandler):
    """Just enough of SMTP (RFC 5321) to take a message, or to refuse it."""

    server: MailServer

    def handle(self) -> None:
        self.say(220)
        for line in self.rfile:
            verb = line.split()[0].upper()
            if verb == b"DATA":
                self.say(354)
                self.take(b"".join(iter(self.rfile.readline, b".\r\n")))
            elif verb == b"RCPT" and self.server.refuses:
                self.wfile.write(f"550 no such mailbox <{READER}>\r\n".encode())
            else:
                self.say(221 if verb == b"QUIT" else 250)

    def take(self, message: bytes) -> None:
        self.server.taken.append(message_from_bytes(message, policy=policy.default))  # type: ignore[arg-type]
        self.say(250)

    def say(self, code: int) -> None:
        self.wfile.write(f"{code} ok\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it takes."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.taken: list[EmailMessage] = []
        self.refuses = False


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def reachable(sqlite_url: str, settings: Settings, server: MailServer) -> Iterator[Settings]:
    """An archive with a mail server."""
    db.connect(sqlite_url)
    address = f"127.0.0.1:{server.server_address[1]}"
    yield use(settings.model_copy(update={"mail_server": address}))
    db.disconnect()


@pytest.fixture
def alone(sqlite_url: str, settings: Settings) -> Iterator[Settings]:
    """An archive without a mail server."""
    db.connect(sqlite_url)
    yield use(settings)
    db.disconnect()


def row() -> Outgoing:
    db.release()
    return db.session().scalars(select(Outgoing)).one()


def send(key: str = "k", locale: str = "en", **more: Any) -> Outgoing:
    return mail.send("reset_password", READER, locale, {**LINK, **more}, key)


def wait_over() -> None:
    with db.transaction() as session:
        session.execute(update(Outgoing).values(next_try=db.now() - timedelta(seconds=1)))


def test_a_message_is_sent_after_the_commit(reachable: Settings, server: MailServer) -> None:
    with db.transaction():
        send()
        jobs_before = server.taken
        assert jobs_before == []
    jobs.run_due()
    [message] = server.taken
    assert message["To"] == READER
    assert message["From"] == reachable.mail_from
    assert message["Subject"] == "A new password for Pillanat"
    assert LINK["link"] in message.get_content()
    assert (row().state, row().tries) == ("sent", 1)


def test_hungarian_letters_arrive_whole(reachable: Settings, server: MailServer) -> None:
    send(locale="hu")
    jobs.run_due()
    assert server.taken[0]["Subject"] == "Új jelszó – Pillanat"
    assert "valószínűleg Ön" in server.taken[0].get_content()


def test_a_letter_that_can_be_stopped_says_so_to_mail_programs(
    reachable: Settings, server: MailServer
) -> None:
    stop = "https://archive.example/account/searches/stop/abc"
    news = {"name": "Tankok", "number": 0, "photographs": [], "search_link": "", "list_link": ""}
    mail.send("new_photographs", READER, "hu", {**news, "stop_link": stop}, "alert:1")
    send()
    jobs.run_due()
    headers = {str(m["Subject"]): m["List-Unsubscribe"] for m in server.taken}
    assert headers["Új fénykép a „Tankok” keresésben: 0"] == f"<{stop}>"
    assert [m["List-Unsubscribe-Post"] for m in server.taken if m["List-Unsubscribe"]] == [
        "List-Unsubscribe=One-Click"
    ]
    assert len(server.taken) == 2


def test_the_same_key_is_the_same_message(reachable: Settings, server: MailServer) -> None:
    assert send("once").id == send("once").id
    send("another")
    jobs.run_due()
    send("once")
    jobs.run_due()
    assert len(server.taken) == 2


def test_two_that_send_the_same_at_once_make_one(reachable: Settings, server: MailServer) -> None:
    threads = [threading.Thread(target=send, args=("once",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    jobs.run_due()
    assert len(server.taken) == 1


def test_what_is_rolled_back_is_not_sent(reachable: Settings, server: MailServer) -> None:
    def fail() -> None:
        with db.transaction():
            send()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    jobs.run_due()
    assert server.taken == []
    assert db.session().scalars(select(Outgoing)).all() == []


def test_a_refused_message_is_offered_again_and_then_marked(
    reachable: Settings, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.refuses = True
    send()
    with caplog.at_level(logging.DEBUG):
        jobs.run_due()
    assert (row().state, row().tries) == ("waiting", 1)
    assert row().next_try > db.now() + timedelta(seconds=60)
    assert READER not in caplog.text + row().error
    mail.send_waiting_mail(jobs.Run(0, ""))
    assert row().tries == 1
    with db.transaction() as session:
        session.execute(update(Outgoing).values(tries=reachable.mail_tries - 1))
    wait_over()
    mail.send_mail(jobs.Run(0, ""), row().id)
    assert row().state == "failed"
    assert server.taken == []


def test_a_server_that_comes_back_gets_what_waited(
    reachable: Settings, server: MailServer, settings: Settings
) -> None:
    use(settings.model_copy(update={"mail_server": "127.0.0.1:9"}))
    send()
    jobs.run_due()
    assert row().state == "waiting"
    use(reachable)
    wait_over()
    jobs.submit("send_waiting_mail")
    jobs.run_due()
    assert len(server.taken) == 1
    assert (row().state, row().error) == ("sent", "")


def test_a_message_is_never_offered_by_two_at_once(reachable: Settings, server: MailServer) -> None:
    number = send().id
    threads = [
        threading.Thread(target=mail.send_mail, args=(jobs.Run(0, ""), number)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.taken) == 1


def test_without_a_mail_server_it_is_kept_to_be_read(alone: Settings) -> None:
    send()
    jobs.run_due()
    assert row().state == "kept"
    [kept] = mail.outbox(db.session())
    assert mail.letter(kept).subject == "A new password for Pillanat"
    assert LINK["link"] in mail.letter(kept).body


def test_a_subject_cannot_smuggle_in_a_header(alone: Settings) -> None:
    use(alone.model_copy(update={"site_name": "Archive\r\nBcc: everybody@example.org"}))
    assert mail.letter(send()).subject == "A new password for Archive Bcc: everybody@example.org"


def test_a_missing_word_is_found_before_anybody_is_promised_a_message(alone: Settings) -> None:
    with pytest.raises(UndefinedError):
        mail.send("reset_password", READER, "en", {}, "k")
    assert db.session().scalars(select(Outgoing)).all() == []


def test_every_letter_is_there_in_both_languages() -> None:
    folder = Path(mail.__file__).parent / "templates" / "mail"
    letters = {path.name.split(".")[0] for path in folder.iterdir()}
    for letter in letters:
        for language in ("hu", "en"):
            first = (folder / f"{letter}.{language}.txt").read_text(encoding="utf-8")
            assert first.startswith("Subject: ")
