"""Word files: whatever was written is found, nothing else is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.lexicon import WordFile, write_word_file

# Many words with long beginnings in common, so that they fill several blocks.
LETTERS = st.text(alphabet="aáb", min_size=1, max_size=3)
KEYS = st.lists(
    st.tuples(st.sampled_from(["", "megszentség", "á"]), LETTERS, LETTERS), max_size=200
)


@settings(max_examples=60, deadline=None)
@given(keys=KEYS, others=KEYS)
def test_word_file_reads_as_the_mapping_it_was_made_of(
    keys: list[tuple[str, str, str]],
    others: list[tuple[str, str, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    words = {"".join(key): key[1] for key in keys} | {"x": "y"}
    path = tmp_path_factory.mktemp("words") / "hu.words"
    write_word_file(path, words)
    file = WordFile(path)
    assert dict(file.items()) == words
    for other in map("".join, others):
        assert file.get(other) == words.get(other)
