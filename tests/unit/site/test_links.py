"""Excerpts, shapes and page numbers."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from archive.search.engine import Match, Span
from archive.site.links import excerpt, page_numbers, shape, told


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (4000, 3000, "1.33"),
        (3000, 4000, "0.75"),
        (100, 3000, "0.40"),
        (9999, 9, "3.99"),
        (0, 0, "1.33"),
    ],
)
def test_a_shape_has_two_decimals_and_bounds(width: int, height: int, expected: str) -> None:
    assert shape(width, height) == expected


@pytest.mark.parametrize(
    ("page", "pages", "expected"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 20, [1, None, 4, 5, 6, None, 20]),
        (20, 20, [1, None, 19, 20]),
    ],
)
def test_page_numbers_leave_out_the_middle(
    page: int, pages: int, expected: list[int | None]
) -> None:
    assert page_numbers(page, pages) == expected


def test_an_excerpt_marks_words_and_escapes_the_rest() -> None:
    text = "<b>Munkások</b> a híd kábelén"
    found = Match("caption", text, (Span(18, 21),))
    assert excerpt(found) == "&lt;b&gt;Munkások&lt;/b&gt; a <mark>híd</mark> kábelén"


def test_a_long_text_is_cut_around_its_first_hit() -> None:
    text = "szó " * 100 + "forradalom " + "vége " * 100
    start = text.index("forradalom")
    cut = excerpt(Match("caption", text, (Span(start, start + 10),)))
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert "<mark>forradalom</mark>" in cut
    assert len(cut) < 130


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"hu": "híd", "en": "<bridge>"}, "&lt;bridge&gt;"),
        ({"hu": "<híd>"}, '<span lang="hu">&lt;híd&gt;</span>'),
        ({}, "&lt;none&gt;"),
    ],
)
def test_a_text_is_told_in_the_language_or_says_in_which(
    texts: dict[str, str], expected: str
) -> None:
    pages = Environment(autoescape=True)
    pages.filters["told"] = told
    page = pages.from_string("{{ texts|told('<none>') }}")
    assert page.render(texts=texts, lang="en") == expected
