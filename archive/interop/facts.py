"""What is known of a photograph in both languages at once, for those who choose among them.

The words are those of the site; only what `catalogue.service.read` gave to the reader comes in. The
invariant: both languages tell the same facts in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from archive import words
from archive.catalogue.record import Record

LANGUAGES = ("hu", "en")
Texts = dict[str, list[str]]  # a language map of IIIF: values by language, "none" for no language
PHOTOGRAPHERS = ("creator", "agency", "studio")


def language_map(texts: dict[str, str]) -> Texts:
    """Texts of the record, by language, as IIIF writes them (Presentation 3.0, section 4)."""
    return {
        ("none" if lang == "und" else lang): [plain(text)] for lang, text in texts.items() if text
    }


def without_language(text: str) -> Texts:
    return {"none": [plain(text)]}


def plain(text: str) -> str:
    """Words that begin and end with angle brackets would be taken for HTML by viewers."""
    return f" {text}" if text.startswith("<") else text


def in_both(texts: Iterable[str]) -> Texts:
    """The Hungarian and the English text; one where they are alike."""
    hungarian, english = texts
    if hungarian == english:
        return without_language(hungarian)
    return language_map({"hu": hungarian, "en": english})


def title_of(record: Record) -> Texts:
    """The archive's own titles, else the reference code, else the identifier."""
    own = language_map(record["title"])
    return own or without_language(record["ref_code"] or record["id"])


def summary_of(record: Record) -> Texts:
    """The archive's descriptions."""
    told: Texts = {}
    for caption in record["captions"]:
        if caption["type"] == "archivist_description":
            told.setdefault(caption["lang"] or "none", []).append(plain(caption["text"]))
    return told


def metadata_of(record: Record) -> list[dict[str, Texts]]:
    """Label and value of each fact, in both languages."""
    told = []
    for lang in LANGUAGES:
        with force_locale(lang):
            told.append(_facts(record, lang))
    return [
        {"label": in_both((hu[0], en[0])), "value": in_both((hu[1], en[1]))}
        for hu, en in zip(*told, strict=True)
    ]


def said(say: Callable[[], object]) -> Texts:
    """Words of the site in both languages: `say` is asked for them once in each."""
    told = []
    for lang in LANGUAGES:
        with force_locale(lang):
            told.append(str(say()))
    return in_both(told)


def _facts(record: Record, lang: str) -> list[tuple[str, str]]:
    """Label and value of each fact in the language that is set; nothing is left empty."""
    created = [date for date in record["dates"] if date["role"] == "created"]
    created.sort(key=lambda date: not date["preferred"])
    technique = [term for term in record["subjects"] if term["scheme"] == "technique"]
    subjects = [term for term in record["subjects"] if term["scheme"] != "technique"]
    facts = [
        (_("Date"), "; ".join(words.date_in_words(date, lang) for date in created)),
        (_("Place"), _named(record["places"], lang)),
        (_("Event"), _named(record["events"], lang)),
        *_agents(record),
        (_("Technique"), ", ".join(words.pick(term["label"], lang) for term in technique)),
        (_("Shows"), ", ".join(words.pick(term["label"], lang) for term in subjects)),
        (_("Reference code"), record["ref_code"]),
        *((str(words.IDENTIFIER_KINDS[i["kind"]]), i["value"]) for i in record["identifiers"]),
        (_("Where it is kept"), _path(record["path"], lang)),
    ]
    return [(label, plain(value)) for label, value in facts if value]


def _agents(record: Record) -> list[tuple[str, str]]:
    """The people of each role, in the order of the vocabulary, doubt told."""
    found: dict[str, list[str]] = {}
    for agent in record["agents"]:
        doubt = words.CERTAINTIES.get(agent["certainty"], "")
        name = f"{agent['name']} ({doubt})" if doubt and agent["certainty"] != "certain" else None
        found.setdefault(agent["role"], []).append(name or agent["name"])
    return [
        (str(label), "; ".join(found[role]))
        for role, label in words.AGENT_ROLES.items()
        if role in found
    ]


def _named(entries: list[dict[str, Any]], lang: str) -> str:
    return "; ".join(words.pick(entry["name"], lang) for entry in entries)


def _path(units: list[dict[str, Any]], lang: str) -> str:
    return " › ".join(words.pick(unit["title"], lang) or unit["ref"] for unit in units)
