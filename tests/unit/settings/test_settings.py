"""Settings: read once, checked, each with its source; and the secret that is drawn but once."""

from __future__ import annotations

import logging
import stat
import threading
from pathlib import Path

import pytest

from archive.logs import CONFIG, Discreet, mask
from archive.settings import Settings, SettingsError, current, use


def written(folder: Path, words: str) -> Path:
    (folder / "instance").mkdir()
    (folder / "instance" / "pillanat.toml").write_text(words, encoding="utf-8")
    return folder


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    data = written(tmp_path, 'site_name = "Őrző"\npage_size = 24\n')
    settings = Settings.load({"PILLANAT_DATA": str(data), "PILLANAT_PAGE_SIZE": "12"})
    assert (settings.site_name, settings.page_size, settings.currency) == ("Őrző", 12, "HUF")
    sources = [settings.source_of(name) for name in ("page_size", "site_name", "currency")]
    assert sources == ["environment", "instance/pillanat.toml", "default"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAGE_SIZE", "0"),
        ("PAGE_SIZE", "many"),
        ("DEFAULT_LANGUAGE", "de"),
        ("INSTITUTION_COUNTRY", "Hungary"),
    ],
)
def test_a_value_out_of_bounds_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"PILLANAT_{name}"):
        Settings.load({"PILLANAT_DATA": str(tmp_path), f"PILLANAT_{name}": value})


@pytest.mark.parametrize(
    ("words", "said"), [("page_size = ", "cannot be read"), ("pagesize = 3", "PILLANAT_PAGESIZE")]
)
def test_a_file_that_is_wrong_is_not_ignored(tmp_path: Path, words: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        Settings.load({"PILLANAT_DATA": str(written(tmp_path, words))})


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_a_secret_is_drawn_once_whoever_comes_first(tmp_path: Path) -> None:
    keys: list[str] = []
    settings = Settings(data=tmp_path)
    threads = [
        threading.Thread(target=lambda: keys.append(settings.key_for("forms"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keys)) == 1
    [drawn] = (tmp_path / "instance").iterdir()
    assert drawn.name == "secret_key"
    assert stat.S_IMODE(drawn.stat().st_mode) == 0o600
    assert Settings(data=tmp_path).key_for("forms") == keys[0]


def test_each_purpose_has_a_key_of_its_own(settings: Settings) -> None:
    keys = {settings.key_for(purpose) for purpose in ("sessions", "forms", "jobs")}
    assert len(keys) == 3
    assert settings.secret_key not in "".join(keys)


def test_a_process_has_one_set_of_settings(settings: Settings) -> None:
    assert use(settings) is current()


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("to kovacs.ilona+x@osa.ceu.hu.", "to (address)."),
        ("<a@b.example>, c@d.example", "<(address)>, (address)"),
        ("photograph HU-PIL-1956-1/12 @ 10:00", "photograph HU-PIL-1956-1/12 @ 10:00"),
    ],
)
def test_addresses_are_masked(said: str, logged: str) -> None:
    assert mask(said) == logged


def test_a_log_line_names_nobody_not_even_in_its_trace() -> None:
    try:
        raise ValueError("no mailbox somebody@example.org")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 1, "to %s", ("a@b.example",), (ValueError, error, None)
        )
    line = Discreet(CONFIG["formatters"]["discreet"]["fmt"]).format(record)
    assert "@" not in line
    assert "ValueError: no mailbox (address)" in line
