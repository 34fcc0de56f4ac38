"""Whatever is asked of the search is answered, or refused with a 400, and costs what it may.

The bounds, of processor time and of bytes, lie far above what any answer takes: they fail where
a question costs more with every character, not on a slow day.
"""

from __future__ import annotations

import time
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient

from archive.history.actor import READER
from archive.search import service
from tests.abuse import abusive
from tests.collection import Collection, collection, exhibition, reader

__all__ = ["collection", "exhibition", "reader"]
CPU_S = 5.0
PAGE_BYTES = 500_000
RAW = [
    "q=%", "q=%zz", "q=%00", "q=%ff%fe", "q=%ed%a0%80", "q=%c0%80", "q=" + "%25" * 3000,
    "q=%f4%90%80%80", "q[]=a&q[x]=b", "q", "=", "&&&&", "q=a;q=b", "q=a&page=%ff", "year=%ff&year=",
    "person=" + "&person=" * 2000, "q=" + quote("tér") * 20, "?q=?", "q=" + "+" * 8000,
]  # fmt: skip


def spent(client: FlaskClient, address: str) -> tuple[int, float, str]:
    begun = time.process_time()
    response = client.get(address)
    text = response.get_data(as_text=True)
    return response.status_code, time.process_time() - begun, text


@pytest.mark.parametrize("path", ["/search", "/search.json", "/search.atom", "/search/suggest"])
def test_every_question_is_answered_and_bounded(
    reader: FlaskClient, collection: Collection, path: str
) -> None:
    asked = [urlencode(pairs, errors="surrogatepass") for pairs in abusive()]
    assert len(asked) >= 60
    _, _, plain = spent(reader, path)
    wrong = []
    for query in [*asked, *RAW]:
        status, cpu, page = spent(reader, f"{path}?{query}")
        large = len(page) > len(plain) + PAGE_BYTES
        runs = path == "/search" and "<script>alert(1)" in page
        if status not in (200, 400) or cpu > CPU_S or large or runs:
            wrong.append((status, round(cpu, 2), len(page), query[:80]))
    assert wrong == []
    assert service.status().health.state == "ok"
    _, _, page = spent(reader, "/search?q=roncsai&lang=en")
    assert "Wreck of the bridge" in page


def test_what_is_typed_is_completed_or_not_but_never_fails(
    reader: FlaskClient, collection: Collection
) -> None:
    for pairs in abusive():
        for _, text in pairs[:3]:
            assert len(service.suggest(text, READER, limit=8)) <= 8, text[:80]
