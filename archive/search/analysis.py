"""How text becomes words, and words become the forms under which they are found.

The chain (search.md §3): NFKC -> case fold -> words (identifiers also whole) -> forms -> accents
folded. A form is a term of the index: the bare surface, what Snowball and simplemma make of it in
Hungarian and in English, and, behind a `=`, spellings that keep their accents. The invariant:
documents, queries and highlighting use this one analyser, so what is found can also be shown.
Lives here: pure text. Not here: weights, fields, the query language.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import Stemmer
from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy

from archive.search.lexicon import Dictionaries, fold

VERSION = 2  # an index made by another version of this chain is made anew
EXACT = "="  # marks a form that keeps its accents
SHORT = 3  # dictionary forms up to this length keep their accents: `nő` must not meet `no`
_LETTERS = re.compile(r"[^\W_]+")
_IDENTIFIER = re.compile(r"[^\W_]+(?:[-_/.:+][^\W_]+)+")
_STEPS = 3  # lovak -> lova -> ló
_RESTORED = 128  # spellings tried when a word was typed without accents
_VOWELS = {"a": "aá", "e": "eé", "i": "ií", "o": "oóöő", "u": "uúüű"}
# Snowball also joins demonstration and demonstrator; only inflections are wanted of it.
_ENGLISH_ENDINGS = {"s", "es", "ed", "d", "ing", "ings", "e"}
# A closed class of nouns, whose plurals simplemma takes for verbs (leaves -> leave).
_IN_F = "calf elf half hoof knife leaf life loaf scarf self sheaf shelf thief wharf wife wolf"
_IN_VES = {f"{noun.removesuffix('e').removesuffix('f')}ves": noun for noun in _IN_F.split()}
_CACHED = 200_000


class Word(NamedTuple):
    """A word of a text: case-folded `surface`, its span in the text, its place in the sequence."""

    surface: str
    start: int
    end: int
    position: int

    @property
    def bare(self) -> str:
        return fold(self.surface)

    def span(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a typed word looks for: its bare surface, its forms, and the spelling as typed."""

    bare: str
    forms: frozenset[str]
    exact: str


def normal(text: str) -> str:
    """NFKC and case fold, the form in which texts are compared."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> Iterator[Word]:
    """The words of a text in order; spans count characters of its composed form (NFC)."""
    text = unicodedata.normalize("NFC", text)
    plain = text.casefold()
    if len(plain) == len(text) and unicodedata.is_normalized("NFKC", plain):
        for position, found in enumerate(_LETTERS.finditer(plain)):
            yield Word(found[0], found.start(), found.end(), position)
        return
    for position, found in enumerate(_LETTERS.finditer(text)):
        surface = "".join(_LETTERS.findall(normal(found[0])))
        if surface:
            yield Word(surface, found.start(), found.end(), position)


def located(text: str) -> tuple[list[str], Iterator[tuple[int, int]]]:
    """The surfaces of a text as `words` tells them, and their spans for whoever wants these too."""
    composed = unicodedata.normalize("NFC", text)
    plain = composed.casefold()
    if len(plain) == len(composed) and unicodedata.is_normalized("NFKC", plain):
        found = _LETTERS.findall(plain)
        return found, _spans(plain, found)
    kept = list(words(text))
    return [word.surface for word in kept], (word.span() for word in kept)


def _spans(plain: str, found: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where each of all words of a text stands: between two of them is nothing of a word."""
    end = 0
    for surface in found:
        start = plain.find(surface, end)
        end = start + len(surface)
        yield start, end


def placed(text: str, first: int) -> tuple[list[str], Sequence[int]]:
    """The words of a text and their places, counted from `first`."""
    plain = text.casefold()
    if len(plain) == len(text) and unicodedata.is_normalized("NFKC", plain):
        found = _LETTERS.findall(plain)
        return found, range(first, first + len(found))
    kept = list(words(text))
    return [word.surface for word in kept], [first + word.position for word in kept]


def identifiers(text: str) -> list[str]:
    """The tokens of a text that are identifiers: joined parts with a digit, whole and folded."""
    found = (identifier(m[0]) for m in _IDENTIFIER.finditer(text))
    return [name for name in found if any(c.isdigit() for c in name)]


def identifier(text: str) -> str:
    """An identifier as it is compared: case and accents folded, without blanks."""
    return fold(normal("".join(text.split())))


class Analyzer:
    """The chain with its dictionaries; one per process, safe to share between threads.

    `folder` holds the word files (see `lexicon`); they are made there when missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._dictionaries = Dictionaries(folder)
        strategy = DefaultStrategy(dictionary_factory=self._dictionaries)
        self._lemmas = Lemmatizer(cache_max_size=1024, lemmatization_strategy=strategy)
        self.forms = lru_cache(maxsize=_CACHED)(self._forms)
        self.wanted = lru_cache(maxsize=10_000)(self._wanted)

    def warm(self) -> None:
        """Make or open the word files now, so that the first reader need not wait."""
        self.forms("fényképek")

    def _forms(self, surface: str) -> tuple[str, ...]:
        """The terms under which a word of a document is indexed, the bare surface first."""
        bare = fold(surface)
        found = {bare: None}
        if bare != surface:
            found[EXACT + surface] = None
        if not surface.isdigit():
            found |= dict.fromkeys(_marked(form) for form in self._stems(surface))
        return tuple(found)

    def _wanted(self, surface: str) -> Wanted:
        """What a typed word looks for; typed without accents, it may stand for several words."""
        forms = set(self._forms(surface)) - {fold(surface)}
        if surface.isascii() and not surface.isdigit():
            forms |= {_marked(lemma) for lemma in self._restored(surface)}
        short = (form.removeprefix(EXACT) for form in forms if form != EXACT + surface)
        forms |= {bare for form in short if self._unmistakable(bare := fold(form))}
        return Wanted(fold(surface), frozenset(forms), EXACT + surface)

    def _unmistakable(self, bare: str) -> bool:
        """Whether a word without its accents is no other word: `Szena ter` of a foreign caption is
        found by `téren`, but `no` and `hid` are English and not found by `nőket` and `hídon`."""
        return not any(bare in self._dictionaries.get_dictionary(lang) for lang in ("hu", "en"))

    def _stems(self, surface: str) -> set[str]:
        stems = set(self._chain(surface, "hu")) | set(self._chain(surface, "en"))
        hungarian, english = _stem("hungarian", surface), _stem("english", surface)
        stems.add(hungarian)
        if surface.removeprefix(english) in _ENGLISH_ENDINGS:
            stems.add(english)
        if surface in _IN_VES:
            stems.add(_IN_VES[surface])
        return {stem for stem in stems if len(stem) > 1}

    def _chain(self, surface: str, lang: str) -> Iterator[str]:
        """The dictionary form, and the dictionary form of that, until it stays."""
        for _ in range(_STEPS):
            lemma = self._lemmas.lemmatize(surface, lang).casefold()
            if lemma == surface or not lemma.isalnum():
                return
            yield lemma
            surface = lemma

    def _restored(self, bare: str) -> set[str]:
        """Dictionary forms of the Hungarian words that read `bare` without their accents."""
        choices = [_VOWELS.get(letter, letter) for letter in bare]
        size = 1
        for choice in choices:
            size *= len(choice)
        if size > _RESTORED or len(bare) < SHORT - 1:
            return set()
        known = self._dictionaries.get_dictionary("hu")
        found = [word for word in map("".join, product(*choices)) if word != bare and word in known]
        return {lemma for word in found for lemma in (word, *self._chain(word, "hu"))}


def _marked(form: str) -> str:
    """A short form keeps its accents behind a mark, a longer one loses them."""
    bare = fold(form)
    return EXACT + form if len(form) <= SHORT and bare != form else bare


_STEMMERS = {language: Stemmer.Stemmer(language) for language in ("hungarian", "english")}


def _stem(language: str, surface: str) -> str:
    """Snowball's stem; where it leaves only a stump (`tank` -> `ta`), the word itself."""
    stem: str = _STEMMERS[language].stemWord(surface)
    return stem if len(stem) >= SHORT else surface
