"""`pillanat serve` as it is started by people: it answers, has its worker, and ends in peace."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from archive.settings import Settings


def test_the_started_program_answers(served: str, tmp_path: Path) -> None:
    with urlopen(f"{served}/sitemap.xml") as answer:
        assert f"{served}/" in answer.read().decode()
    with urlopen(f"{served}/healthz") as answer:
        assert answer.status == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert served.split("//")[1] in (tmp_path / "serve.log").read_text()


def test_a_process_is_ready_before_it_is_asked(settings: Settings, sqlite_template: Path) -> None:
    """Its templates are read, and what stays is out of every later search for garbage."""
    settings.instance.mkdir()
    shutil.copyfile(sqlite_template, settings.instance / "pillanat.db")
    tell = "print(len(app.jinja_env.cache), gc.get_freeze_count(), len(gc.get_objects()))"
    program = f"import gc; from archive.commands import served; app = served.application(); {tell}"
    environ = {**os.environ, "PILLANAT_DATA": str(settings.data)}
    said = subprocess.check_output([sys.executable, "-c", program], env=environ, text=True)
    templates, frozen, left = map(int, said.split())
    assert templates > 100
    assert frozen > 100 * left
