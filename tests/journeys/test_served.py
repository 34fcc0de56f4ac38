"""`pillanat serve` as it is started by people: it answers, has its worker, and ends in peace."""

from pathlib import Path
from urllib.request import urlopen


def test_the_started_program_answers(served: str, tmp_path: Path) -> None:
    with urlopen(f"{served}/sitemap.xml") as answer:
        assert f"{served}/" in answer.read().decode()
    with urlopen(f"{served}/healthz") as answer:
        assert answer.status == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert served.split("//")[1] in (tmp_path / "serve.log").read_text()
