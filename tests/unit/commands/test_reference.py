"""The reference pages name every command, every option and every setting, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from archive.cli import COMMANDS, main
from archive.settings import PREFIX, Settings

DOCS = Path(__file__).resolve().parents[3] / "docs"
HEADING = re.compile(r"^#{2,3} (pillanat .+)$", re.MULTILINE)
OPTION = re.compile(r"`(--[a-z-]+)`")
# Options that a section mentions of another command.
MENTIONED = {"pillanat backup": {"--by-reference"}}


def sections() -> dict[str, str]:
    """The text below each command's heading."""
    parts = HEADING.split((DOCS / "reference" / "commands.md").read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its whole name, groups and what is in them."""
    context = click.Context(main)
    for name in COMMANDS:
        found = main.get_command(context, name)
        assert found is not None
        yield from within(f"pillanat {name}", found)


def within(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for inner, found in command.commands.items():
            yield from within(f"{name} {inner}", found)


ALL = dict(commands())


def test_there_is_a_section_for_each_command() -> None:
    assert set(sections()) == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_a_section_names_the_options_that_there_are(name: str) -> None:
    options = {
        option
        for parameter in ALL[name].params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in parameter.opts
    }
    named = set(OPTION.findall(sections()[name])) - MENTIONED.get(name, set())
    assert named == options


@pytest.mark.parametrize("name", ALL)
def test_each_command_says_what_it_does(name: str) -> None:
    assert ALL[name].help


def test_the_settings_page_names_each_setting_with_its_default() -> None:
    rows = re.findall(
        rf"^\| `{PREFIX}(\w+)` \| (.+?) \|",
        (DOCS / "reference" / "settings.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert {name.lower() for name, _ in rows} == set(Settings.model_fields)
    for name, shown in rows:
        default = Settings.model_fields[name.lower()].default
        if isinstance(default, int):
            assert shown == str(default).lower(), name
        elif isinstance(default, str) and default:
            assert shown == default, name


def test_the_index_of_the_documentation_leads_to_every_page() -> None:
    listed = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    assert [page for page in pages if page != "README.md" and page not in listed] == []
