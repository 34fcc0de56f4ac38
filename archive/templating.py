"""How templates reach what every one of them may use, and how what they say is written.

The invariants: a template is never loaded with names of its own, so the names of the application
are one plain dictionary for all. Jinja would lay a second one over it for each template, and ask
both for every name whenever a page begins or takes macros from another file. And whatever a
template says is escaped: what needs it is left to MarkupSafe, what needs none stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_TO_ESCAPE = re.compile("[&<>\"']")


def escaped(value: Any) -> str:
    """A value as it stands in a page. A page has a thousand, few with a sign to be escaped, and to
    mark each as escaped would take three times as long as to see that it has none."""
    kind = type(value)
    if kind is Markup or (kind is str and not _TO_ESCAPE.search(value)):
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


class _Program(CodeGenerator):
    """The program that Jinja makes of a template, with our way to write a value."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Templates(Environment):
    """The environment of all templates."""

    code_generator_class = _Program
    escaped = staticmethod(escaped)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names of the application; to be called by Jinja when it loads a template."""
        return super().make_globals(d) if d else self.globals
