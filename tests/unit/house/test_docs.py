"""The project's pages lead where they say."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


def test_no_link_of_the_documentation_is_broken() -> None:
    listed = subprocess.run(
        [sys.executable, PROJECT / "scripts" / "docs.py"], capture_output=True, text=True
    )
    assert listed.stderr == ""
    assert listed.returncode == 0
    assert "CONTRIBUTING.md" in listed.stdout
