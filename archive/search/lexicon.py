"""Dictionary forms of Hungarian and English words, looked up in a compact file on disk.

simplemma ships its dictionaries compressed; unpacking them costs seconds and hundreds of
megabytes in every process. Here each is written once as a sorted, memory-mapped file, so that a
process starts in milliseconds and all processes share the same pages. The file is a cache: it can
be deleted.
"""

import mmap
import os
import tempfile
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

_HEAD = 8  # bytes
_EVERY = 24  # one offset kept for so many lines: 17 comparisons find any of 1.8 million words
_MAGIC = b"pillanat-words-2\n"
_ALONE = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"}


def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(c for c in parts if unicodedata.category(c) != "Mn")


_BARE = str.maketrans(
    {
        chr(c): _bare(chr(c))
        for block in ((0xC0, 0x250), (0x370, 0x530), (0x1E00, 0x2000))
        for c in range(*block)
        if _bare(chr(c)) != chr(c)
    }
    | _ALONE
)


def fold(word: str) -> str:
    """The word without accents: `nők` -> `nok`. Expects composed, case-folded text."""
    return word if word.isascii() else word.translate(_BARE)


class WordFile(Mapping[str, str]):
    """A sorted file of `key TAB value` lines, searched in place; reads as a mapping of strings."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = len(_MAGIC) + 16
        if self._text[: len(_MAGIC)] != _MAGIC:
            raise ValueError(f"{path.name} is not a word file of this version")
        lines, marks = np.frombuffer(self._text[len(_MAGIC) : head], dtype="<u8")
        self._lines = int(lines)
        self._start = head + int(marks) * 4
        if self._text[-1:] != b"\n" or self._start > len(self._text):
            raise ValueError(f"{path.name} is cut short")
        self._marks = np.frombuffer(self._text, dtype="<u4", count=int(marks), offset=head)
        self._heads = _heads(self._text, self._marks, self._start)

    def _block(self, wanted: bytes) -> bytes:
        text = self._text
        low = bisect_left(self._heads, int.from_bytes(wanted[:_HEAD].ljust(_HEAD, b"\0"), "big"))
        above = (wanted + b"\t")[:_HEAD].ljust(_HEAD, b"\xff")
        high = bisect_right(self._heads, int.from_bytes(above, "big"), lo=low)
        while low < high:
            middle = (low + high) // 2
            at = self._start + int(self._marks[middle])
            if text[at : text.find(b"\t", at)] <= wanted:
                low = middle + 1
            else:
                high = middle
        if low == 0:
            return b""
        begin = self._start + int(self._marks[low - 1])
        end = self._start + int(self._marks[low]) if low < len(self._marks) else len(text)
        return b"\n" + text[begin:end]

    def __getitem__(self, key: str) -> str:
        value = self._find(key)
        if value is None:
            raise KeyError(key)
        return value

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or `default`; most lookups miss, so a miss must be cheap."""
        value = self._find(key)
        return default if value is None else value

    def _find(self, key: str) -> str | None:
        """Values are stored as how much to cut from the key and what to add."""
        wanted = key.encode()
        block = self._block(wanted)
        at = block.find(b"\n" + wanted + b"\t")
        if at < 0:
            return None
        line = block[at + len(wanted) + 2 : block.index(b"\n", at + 1)].decode()
        return key[: len(key) - ord(line[0]) + 48] + line[1:]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) is not None

    def __iter__(self) -> Iterator[str]:
        for line in self._text[self._start :].splitlines():
            yield line.split(b"\t", 1)[0].decode()

    def __len__(self) -> int:
        return self._lines


def _heads(text: mmap.mmap, marks: NDArray[np.uint32], start: int) -> "array[int]":
    """The first bytes of each block as a number: most look-ups are settled by comparing these."""
    bytes_ = np.frombuffer(text, dtype=np.uint8)
    at = np.minimum(marks[:, None].astype(np.int64) + start + np.arange(_HEAD), len(bytes_) - 1)
    return array("Q", bytes_[at].view(">u8").ravel().astype("=u8").tobytes())


def _line(key: str, value: str) -> bytes:
    pairs = enumerate(zip(key, value, strict=False))
    shared = next((at for at, (a, b) in pairs if a != b), min(len(key), len(value)))
    return f"{key}\t{chr(48 + len(key) - shared)}{value[shared:]}\n".encode()


def write_word_file(path: Path, words: Mapping[str, str]) -> None:
    """Write `words` so that a crash leaves either the whole file or none."""
    pairs = ((k.encode(), _line(k, v)) for k, v in words.items() if "\t" not in k and "\n" not in v)
    lines = [line for _, line in sorted(pairs)]
    sizes = np.fromiter((len(line) for line in lines), dtype=np.uint32, count=len(lines))
    marks = (np.cumsum(sizes) - sizes)[::_EVERY].astype("<u4")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(_MAGIC + np.array([len(lines), len(marks)], dtype="<u8").tobytes())
        file.write(marks.tobytes())
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


class Dictionaries:
    """simplemma's dictionaries in a folder of word files, made on first use (some seconds).

    `folder` may be shared by any number of processes and may be emptied when none of them runs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, WordFile] = {}

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """Form -> lemma for `hu` or `en` (the method simplemma's own strategies ask for)."""
        if lang not in self._open:
            path = self._folder / f"{lang}-{version('simplemma')}.words"
            self._open[lang] = _existing(path) or _made(lang, path)
        return self._open[lang]


def _existing(path: Path) -> WordFile | None:
    try:
        return WordFile(path)
    except (OSError, ValueError):
        return None


def _made(lang: str, path: Path) -> WordFile:
    write_word_file(path, DefaultDictionaryFactory(cache_max_size=0).get_dictionary(lang))
    return WordFile(path)
