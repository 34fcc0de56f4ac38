"""How templates reach what every one of them may use.

The invariant: a template is never loaded with names of its own, so the names of the application
are one plain dictionary for all. Jinja would lay a second one over it for each template, and ask
both for every name whenever a page begins or takes macros from another file.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """The environment of all templates."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names of the application; to be called by Jinja when it loads a template."""
        return super().make_globals(d) if d else self.globals
