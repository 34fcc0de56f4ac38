"""One analyser for the whole run; its word files are kept in pytest's own cache."""

from pathlib import Path

import pytest

from archive.search.analysis import Analyzer


@pytest.fixture(scope="session")
def word_folder(request: pytest.FixtureRequest) -> Path:
    assert request.config.cache is not None
    return request.config.cache.mkdir("search-words")


@pytest.fixture(scope="session")
def analyzer(word_folder: Path) -> Analyzer:
    return Analyzer(word_folder)
