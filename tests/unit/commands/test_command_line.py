"""The command line: what it does, and that wrong input ends in a sentence."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from archive import db, jobs, storage
from archive.cli import COMMANDS, main
from archive.settings import Settings

PASSWORD = "four words in a row\n"
ADMIN = ("--email", "chief@demo.example", "--password-stdin")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every command finds an empty folder as its archive."""
    monkeypatch.setenv("PILLANAT_DATA", str(tmp_path))
    yield tmp_path
    jobs.disconnect()
    db.disconnect()


def run(*words: str, answer: str = "") -> Result:
    return CliRunner().invoke(main, words, input=answer)


@pytest.fixture
def begun(place: Path) -> Path:
    assert run("init", *ADMIN, answer=PASSWORD).exit_code == 0
    return place


def lines(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestBeginning:
    def test_it_makes_folders_database_and_key(self, begun: Path) -> None:
        for folder in ("instance", "media/masters", "media/incoming", "search_index"):
            assert (begun / folder).is_dir()
        key = begun / "instance" / "secret_key"
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert len(key.read_text()) >= 40

    def test_the_first_account_may_do_everything(self, begun: Path) -> None:
        assert lines(run("user", "list", "--json")) == [
            {
                "email": "chief@demo.example",
                "active": True,
                "roles": ["administrator", "archivist", "officer"],
            }
        ]

    def test_again_changes_nothing(self, begun: Path) -> None:
        key = (begun / "instance" / "secret_key").read_text()
        assert run("init").exit_code == 0
        assert (begun / "instance" / "secret_key").read_text() == key
        assert len(lines(run("user", "list", "--json"))) == 1

    def test_without_a_terminal_it_says_how_to_go_on(self, place: Path) -> None:
        result = run("init")
        assert result.exit_code == 0
        assert "pillanat user add" in result.output

    def test_a_short_password_is_refused(self, place: Path) -> None:
        result = run("init", *ADMIN, answer="short\n")
        assert (result.exit_code, "at least 12 characters" in result.output) == (1, True)


class TestPeople:
    def test_somebody_is_added_given_a_role_and_disabled(self, begun: Path) -> None:
        add = ("user", "add", "o@demo.example", "--role", "officer", "--password-stdin")
        assert run(*add, answer=PASSWORD).exit_code == 0
        assert run("user", "role", "o@demo.example", "archivist").exit_code == 0
        assert run("user", "role", "o@demo.example", "officer", "--remove").exit_code == 0
        assert run("user", "disable", "o@demo.example").exit_code == 0
        assert lines(run("user", "list", "--json"))[1] == {
            "email": "o@demo.example",
            "active": False,
            "roles": ["archivist"],
        }

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (("add", "nobody", "--no-password"), 1, "not an e-mail address"),
            (("add", "chief@demo.example", "--no-password"), 1, "already an account"),
            (("role", "nobody@demo.example", "officer"), 1, "no account with this address"),
            (("role", "chief@demo.example", "emperor"), 2, "'emperor' is not one of"),
            (("disable", "chief@demo.example"), 1, "last active administrator"),
            (("add",), 2, "Missing argument"),
        ],
    )
    def test_wrong_input_ends_in_a_sentence(
        self, begun: Path, words: tuple[str, ...], code: int, said: str
    ) -> None:
        result = run("user", *words)
        assert (result.exit_code, said in result.output) == (code, True)
        assert "Traceback" not in result.output


class TestWithoutAnArchive:
    @pytest.mark.parametrize(
        "words", [("user", "list"), ("doctor",), ("audit", "verify"), ("fixity",), ("jobs",)]
    )
    def test_it_says_what_to_do_and_makes_nothing(
        self, place: Path, words: tuple[str, ...]
    ) -> None:
        result = run(*words)
        assert (result.exit_code, "pillanat init" in result.output) == (1, True)
        assert list(place.iterdir()) == []

    def test_a_database_of_another_time_is_not_touched(self, begun: Path) -> None:
        db.connect(Settings.load().database)
        with db.transaction() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        result = run("user", "list")
        assert (result.exit_code, "revision 0000" in result.output) == (1, True)

    def test_a_setting_that_cannot_be_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PILLANAT_PAGE_SIZE", "many")
        result = run("doctor")
        assert (result.exit_code, "PILLANAT_PAGE_SIZE" in result.output) == (1, True)


class TestChecking:
    def test_a_sound_archive_is_sound(self, begun: Path) -> None:
        assert run("reindex").exit_code == 0
        findings = lines(run("doctor", "--json"))
        assert [found for found in findings if found["state"] == "wrong"] == []
        assert {"state": "good", "what": "1 active administrator", "remedy": ""} in findings

    @pytest.mark.parametrize(
        ("harm", "said"),
        [
            ("DROP TRIGGER change_no_delete", "triggers are missing: change_no_delete"),
            ("DELETE FROM role_grant", "nobody is administrator"),
        ],
    )
    def test_harm_is_found_with_a_remedy(self, begun: Path, harm: str, said: str) -> None:
        db.connect(Settings.load().database)
        with db.engine().begin() as connection:
            connection.execute(text(harm))
        result = run("doctor")
        assert (result.exit_code, said in result.output) == (1, True)
        assert "→ pillanat" in result.output

    def test_a_readable_key_is_found(self, begun: Path) -> None:
        (begun / "instance" / "secret_key").chmod(0o644)
        result = run("doctor")
        assert (result.exit_code, "others may read the secret key" in result.output) == (1, True)

    def test_settings_are_listed_with_their_source_and_secrets_masked(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PILLANAT_SECRET_KEY", "do not tell")
        monkeypatch.setenv("PILLANAT_DATABASE_URL", "postgresql://me:sesame@db/pillanat")
        listed = {entry["name"]: entry for entry in lines(run("doctor", "--settings", "--json"))}
        assert set(listed) == set(Settings.model_fields)
        assert listed["secret_key"]["value"] == "***"
        assert listed["database_url"]["value"] == "postgresql://me:***@db/pillanat"
        assert (listed["data"]["source"], listed["currency"]["source"]) == (
            "environment",
            "default",
        )
        assert all(entry["description"] for entry in listed.values())

    def test_the_chain_is_verified(self, begun: Path) -> None:
        result = run("audit", "verify", "--json")
        assert lines(result)[0]["broken_at"] is None
        db.connect(Settings.load().database)
        with db.engine().begin() as connection:
            connection.execute(text("DROP TRIGGER audit_event_no_update"))
            connection.execute(text("UPDATE audit_event SET actor = 'nobody'"))
        result = run("audit", "verify")
        assert (result.exit_code, "broken at event 1" in result.output) == (1, True)

    def test_a_flipped_bit_is_found(self, begun: Path) -> None:
        original = begun / "a.jpg"
        original.write_bytes(b"a picture")
        masters = storage.Storage(begun / "media")
        kept = masters.put_file(original)
        db.connect(Settings.load().database)
        with db.transaction() as session:
            storage.record(session, kept)
        assert run("fixity", "--all").output == "1 masters read, 0 damaged or missing.\n"
        kept.path.chmod(0o644)
        kept.path.write_bytes(b"b picture")
        result = run("fixity", "--json")
        assert result.exit_code == 1
        assert json.loads(result.stdout) == {"sha256": kept.sha256, "address": "", "ok": False}


class TestWithoutNeedOfOne:
    def test_dates_are_read_one_a_line(self, place: Path) -> None:
        result = run("dates", "--json", answer="1956. október 23.\nyesterday evening\n")
        said = [json.loads(line) for line in result.stdout.splitlines()]
        assert result.exit_code == 1
        assert [(entry["ok"], entry["edtf"]) for entry in said] == [
            (True, "1956-10-23"),
            (False, None),
        ]
        assert list(place.iterdir()) == []

    def test_a_file_that_is_no_picture_is_refused(self, place: Path) -> None:
        words = place / "words.txt"
        words.write_text("not a picture")
        result = run("probe", "--json", str(words), str(place / "nothing.jpg"))
        said = [json.loads(line) for line in result.stdout.splitlines()]
        assert result.exit_code == 2
        assert [entry["ok"] for entry in said] == [False, False]
        assert all(entry["reason"] for entry in said)


class TestJobs:
    def test_they_are_listed_cancelled_and_tried_again(self, begun: Path) -> None:
        db.connect(Settings.load().database)
        number = str(jobs.submit("forget_jobs").id)
        db.release()
        assert run("jobs", "cancel", number).exit_code == 0
        assert lines(run("jobs", "--json"))[0]["state"] == "cancelled"
        assert run("jobs", "cancel", number).exit_code == 1
        assert run("jobs", "retry", number).exit_code == 0
        assert "forget_jobs" in run("jobs").output


def test_help_names_every_command_and_each_explains_itself() -> None:
    listed = run("--help").output
    for name in COMMANDS:
        assert name in listed
        result = run(name, "--help")
        assert result.exit_code == 0, (name, result.output)
        assert result.output.startswith("Usage:")


def test_dates_do_not_wait_for_the_web_server() -> None:
    script = (
        "import sys; from archive.cli import main\n"
        "try: main(['dates', '1956'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'flask', 'sqlalchemy', 'granian', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.splitlines()[-1] == "[]"
