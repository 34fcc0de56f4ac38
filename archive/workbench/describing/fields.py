"""What the forms of the workbench are made of: limits, choices, and fields that read numbers.

The invariant: a field never changes what was typed; what is typed and cannot be read comes back
with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask_babel import gettext
from wtforms import SelectField, StringField
from wtforms.fields.choices import Choice, SelectChoice
from wtforms.validators import Length, ValidationError

LONG, SHORT = Length(max=50_000), Length(max=2_000)
LANGUAGE_NAMES = {"hu": "magyar", "en": "English", "de": "Deutsch", "fr": "français",
                  "ru": "русский", "": "–"}  # fmt: skip


def named(codes: Any, labels: dict[Any, Any], **more: Any) -> list[SelectChoice]:
    """Choices of a vocabulary with their words."""
    return [SelectChoice(code, more.get(code) or labels.get(code) or code) for code in codes]


def text(field: Any) -> str:
    """What was typed, without the spaces around it."""
    return (field.data or "").strip()


def lines(field: Any) -> str:
    """What was typed in several lines; browsers send their ends as CR LF."""
    return text(field).replace("\r\n", "\n").replace("\r", "\n")


def both(hungarian: Any, english: Any) -> dict[str, str]:
    """Two fields as one language-tagged text; what is empty is left out."""
    found = {"hu": lines(hungarian), "en": lines(english)}
    return {lang: words for lang, words in found.items() if words}


class LanguageField(SelectField):
    """A language of a few, or the tag (BCP 47) that came with the statement."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        choices = [SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
        super().__init__(label, choices=choices, validate_choice=False, **kwargs)

    def iter_choices(self) -> list[Choice]:
        offered: list[Choice] = super().iter_choices()
        if self.data and not any(choice.selected for choice in offered):
            offered.append(Choice(self.data, self.data, True, {}))
        return offered

    def pre_validate(self, _form: Any) -> None:
        if not re.fullmatch(r"([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?", self.data or ""):
            raise ValidationError(gettext("This is not the tag of a language."))


class ReadField(StringField):
    """Text that says something else, as "180 × 240" says a size; `refusal` asks for it anew."""

    def __init__(
        self, label: Any, reading: Callable[[str], Any], refusal: Any, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.reading, self.refusal = reading, refusal

    @property
    def value(self) -> Any:
        """What was typed means; None when nothing was typed, or nothing that can be read."""
        try:
            return self.reading(text(self)) if text(self) else None
        except ValueError:
            return None

    def pre_validate(self, _form: Any) -> None:
        if text(self) and self.value is None:
            raise ValidationError(str(self.refusal))
