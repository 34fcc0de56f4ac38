"""Whatever a template says is escaped, as MarkupSafe would do it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import LazyString
from markupsafe import Markup, escape

from archive.templating import Templates, escaped


class Text(str):
    """A string of a kind of its own."""

    __slots__ = ()


@pytest.mark.parametrize(
    "value",
    [
        "", "híd", "a & b", "<script>", "O'Hara", 'a "b"', 1956, -0.5, True, None,
        ["<b>"], Text("<b>"), Markup("<b>&amp;</b>"), LazyString(lambda: "a & b"),
    ],
)  # fmt: skip
def test_a_value_is_escaped_where_it_needs_to_be(value: object) -> None:
    assert escaped(value) == escape(value)
    written = Templates(Flask("archive"), autoescape=True).from_string("<i>{{ value }}</i>")
    assert written.render(value=value) == f"<i>{escape(value)}</i>"


def test_what_a_macro_or_a_block_wrote_is_escaped_once() -> None:
    templates = Templates(Flask("archive"), autoescape=True)
    written = templates.from_string(
        "{% macro named(x) %}<b>{{ x }}{{ caller() }}</b>{% endmacro %}"
        "{% set kept %}{{ name }}{% endset %}"
        "{% call named(name) %}{{ kept }}{% endcall %}{{ name ~ '<'|safe }}"
    )
    assert written.render(name="A&B") == "<b>A&amp;BA&amp;B</b>A&amp;B<"


def test_plain_text_stays_plain() -> None:
    plain = Templates(Flask("archive"), autoescape=False).from_string("{{ value }}")
    assert plain.render(value="A & B") == "A & B"
