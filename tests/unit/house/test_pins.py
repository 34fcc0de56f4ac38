"""The requirements files agree with pyproject.toml, pin by digest, and name no host."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[3]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
CAUSE = re.compile(r"^ +#(?: via)? +(\S+)(?: \((\S+)\))?$")
FILES = {
    "requirements.txt": "",
    "requirements-build.txt": "build",
    "requirements-node.txt": "node",
    "requirements-postgresql.txt": "postgresql",
    "requirements-dev.txt": "test",
    "requirements-judges.txt": "judges",
}
APART = {"requirements-judges.txt"}  # installed into a folder of their own


def asked_for(group: str) -> dict[str, Requirement]:
    """What pyproject.toml asks for at run time, or in one of its groups."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    lines = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}


def direct_pins(text: str) -> set[str]:
    """The pinned packages that a file says are there for pyproject's own sake."""
    found, current = set(), ""
    for line in text.splitlines():
        if pin := PIN.match(line):
            current = canonicalize_name(pin.group(1))
        elif (cause := CAUSE.match(line)) and cause.group(1) == "pillanat":
            found.add(current)
    return found


@pytest.mark.parametrize(("name", "group"), FILES.items())
def test_what_is_pinned_is_what_pyproject_asks_for(name: str, group: str) -> None:
    text = (PROJECT / name).read_text()
    wanted = asked_for(group)
    assert direct_pins(text) == set(wanted)
    for package, version in PIN.findall(text):
        requirement = wanted.get(canonicalize_name(package))
        assert requirement is None or requirement.specifier.contains(version), package


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_digests(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", (PROJECT / name).read_text())
    pins = [block for block in blocks if PIN.match(block)]
    assert pins
    assert [block for block in pins if "--hash=sha256:" not in block] == []


def test_the_files_agree_where_they_overlap() -> None:
    """Forks for different Pythons have several versions; the sets of versions must be the same."""
    pinned: dict[str, set[frozenset[str]]] = {}
    for name in FILES.keys() - APART:
        versions: dict[str, set[str]] = {}
        for package, version in PIN.findall((PROJECT / name).read_text()):
            versions.setdefault(package, set()).add(version)
        for package, found in versions.items():
            pinned.setdefault(package, set()).add(frozenset(found))
    assert {package: found for package, found in pinned.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", [*FILES, "package-lock.json"])
def test_no_download_host_is_named(name: str) -> None:
    text = (PROJECT / name).read_text()
    assert re.findall(r"index-url|find-links|\"resolved\"", text) == []
    assert re.findall(r"https?://(?!github\.com/sponsors|opencollective\.com)", text) == []
