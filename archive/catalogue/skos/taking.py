"""The terms of one file, written into one scheme of the archive, within an open change set.

First every term gets its row, then what they refer to is set, so that the order of the file does
not matter. What refers to nothing here is kept as it was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import settings
from archive.catalogue.authorities import finding, keeping, schemes
from archive.catalogue.authorities.names import fold, preferred_names
from archive.catalogue.authorities.redirecting import redirect
from archive.catalogue.models import Concept, ConceptScheme
from archive.catalogue.refusals import Refused
from archive.catalogue.skos import mapping
from archive.catalogue.skos.addresses import of_scheme, of_term
from archive.catalogue.skos.triples import TYPE, Iri, NotRdf, Object

COMPARED = (
    "uri", "label", "forms", "names", "note", "identifiers", "notation", "sources", "state",
    "further", "broader_id", "merged_into_id",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What became of one term; `reason` is a code of what was refused, of all or of a part."""

    uri: str
    name: str
    outcome: str
    reason: str = ""


class Taking:
    """One file being taken over; `outcomes` fill in the order of the file."""

    def __init__(self, session: Session, code: str, about: mapping.About) -> None:
        self.session, self.code, self.about = session, code, about
        self.outcomes: list[Outcome] = []
        known = session.scalars(select(Concept).where(Concept.scheme == code)).all()
        self.rows = {of_term(row): row for row in known}
        self._unnumbered = {
            row.key: row for row in known if not row.uri and row.merged_into_id is None
        }
        self._before: dict[str, dict[str, Any] | None] = {}

    def run(self) -> None:
        """Take all of it over. Raises NotRdf when there are no terms, or too many."""
        subjects = [subject for subject, said in self.about.items() if _is_term(said)]
        if not subjects:
            raise NotRdf("no_terms")
        if len(subjects) > settings.current().max_vocabulary_terms:
            raise NotRdf("too_many_terms")
        uri = self._scheme(set(subjects))
        named = [subject for subject in subjects if self._has_a_name(subject)]
        terms = [mapping.term_of(subject, self.about, uri) for subject in named]
        kept = [(term, row) for term in terms if (row := self._keep(term)) is not None]
        self.session.flush()
        wider = self._said_from_above()
        for term, row in kept:
            self._refer(term, row, wider.get(term.uri, ""))
        self.session.flush()

    def _scheme(self, terms: set[Any]) -> str:
        """Keep what the file says of its scheme; gives the address that its terms name it by."""
        row = schemes.by_code(self.session, self.code)
        if row is None:
            row = ConceptScheme(code=self.code, title={}, uri="", further=[])
            self.session.add(row)
        uri = self._address_of_scheme(terms) or of_scheme(self.code, row)
        said = mapping.scheme_of(uri, self.about, terms)
        if uri != of_scheme(self.code, row):
            row.uri = uri
        row.title = {**row.title, **said.title}
        row.further = _union(row.further, said.further)
        return uri

    def _address_of_scheme(self, terms: set[Any]) -> str:
        """The scheme that most terms are said to be in, else the one that is described."""
        votes: dict[str, int] = {}
        for subject, said in self.about.items():
            if (TYPE, mapping.SCHEME) in said and isinstance(subject, Iri):
                votes.setdefault(str(subject), 0)
            for predicate, value in said if subject in terms else ():
                if predicate == mapping.IN_SCHEME and isinstance(value, Iri):
                    votes[str(value)] = votes.get(str(value), 0) + 1
        return max(votes, key=votes.__getitem__, default="")

    def _has_a_name(self, subject: Any) -> bool:
        labelled = any(predicate == mapping.PREF for predicate, _value in self.about[subject])
        reason = "no_label" if not labelled else "" if isinstance(subject, Iri) else "no_address"
        if reason:
            self.outcomes.append(Outcome(str(subject), "", "refused", reason))
        return not reason

    def _keep(self, term: mapping.Term) -> Concept | None:
        """Write the columns of a term down; None where they were refused."""
        row = self.rows.get(term.uri) or self._namesake(term)
        self._before[term.uri] = _said(row) if row else None
        made = row is None
        row = row or Concept(scheme=self.code, label={})
        try:
            keeping.write(self.session, row, joined(row, term))
        except Refused as error:
            if not made:
                self.session.refresh(row)
            name = next(iter(term.values["label"].values()), "")
            self.outcomes.append(Outcome(term.uri, name, "refused", error.code))
            return None
        self.session.add(row)
        self.rows[term.uri] = row
        return row

    def _namesake(self, term: mapping.Term) -> Concept | None:
        """A term that was made here, without an address, under one of the preferred labels."""
        keys = {fold(text) for text in term.values["label"].values()}
        return next((self._unnumbered.pop(key) for key in keys if key in self._unnumbered), None)

    def _refer(self, term: mapping.Term, row: Concept, from_above: str) -> None:
        """Set what a term refers to, and tell what became of it."""
        wider = term.broader or ("" if row.broader_id else from_above)
        reason = self._place(row, wider) if wider else ""
        other = self.rows.get(term.replaced_by)
        if term.replaced_by and other is None:
            row.further = _union(row.further, [_statement(mapping.REPLACED, term.replaced_by)])
        elif other is not None and row.state == "deprecated" and row.merged_into_id is None:
            heir = finding.survivor(self.session, other)
            if heir is not row:
                redirect(self.session, row, heir)
        before = self._before[term.uri]
        outcome = "new" if before is None else "unchanged" if before == _said(row) else "changed"
        name = next(preferred_names(row), "")
        self.outcomes.append(Outcome(term.uri, name, outcome, reason))

    def _place(self, row: Concept, wider: str) -> str:
        """Put a term below another; what cannot be is kept as it was said, and told."""
        above = self.rows.get(wider)
        if above is None:
            reason = "broader_unknown"
        elif self._goes_round(row, above):
            reason = "goes_in_a_circle"
        else:
            row.broader_id = above.id
            return ""
        row.further = _union(row.further, [_statement(mapping.BROADER, wider)])
        return reason

    def _goes_round(self, row: Concept, above: Concept) -> bool:
        current: Concept | None = above
        seen: set[int] = set()
        while current is not None and current.id not in seen:
            if current is row:
                return True
            seen.add(current.id)
            key = current.broader_id
            current = self.session.get(Concept, key) if key is not None else None
        return False

    def _said_from_above(self) -> dict[str, str]:
        """By narrower term the one that names it so, where the term itself is silent."""
        return {
            str(value): str(subject)
            for subject, said in reversed(list(self.about.items()))
            for predicate, value in said
            if predicate == mapping.NARROWER
        }


def joined(row: Concept, term: mapping.Term) -> dict[str, Any]:
    """The columns of a term once the file has spoken: it adds and corrects, and takes nothing."""
    said, label = term.values, dict(row.label)
    undetermined = label.pop("und", "")
    former = [undetermined] if undetermined not in ("", said["label"].get("und")) else []
    forms = list(row.forms or [])
    told = {(form["text"], form["lang"]) for form in forms} | {
        (name, "") for name in row.names or []
    }
    forms += [form for form in said["forms"] if (form["text"], form["lang"]) not in told]
    lines = [*(row.sources or "").splitlines(), *said["sources"].splitlines()]
    stays = row.state == "deprecated" and said["state"] == "approved"
    return {
        "uri": row.uri or "" if row.id and of_term(row) == term.uri else term.uri,
        "label": {**label, **said["label"]},
        "names": [*(row.names or []), *former],
        "forms": forms,
        "note": {**(row.note or {}), **said["note"]},
        "identifiers": {**(row.identifiers or {}), **said["identifiers"]},
        "notation": said["notation"] or row.notation or "",
        "sources": "\n".join(dict.fromkeys(line for line in lines if line)),
        "state": "deprecated" if stays else said["state"],
        "further": _union(row.further or [], said["further"]),
    }


def _is_term(said: Sequence[tuple[Iri, Object]]) -> bool:
    labelled = any(predicate == mapping.PREF for predicate, _value in said)
    return (TYPE, mapping.CONCEPT) in said or (labelled and (TYPE, mapping.SCHEME) not in said)


def _said(row: Concept) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COMPARED}


def _union(known: mapping.Further, more: mapping.Further) -> mapping.Further:
    return [*known, *(one for one in more if one not in known)]


def _statement(predicate: Iri, value: str) -> list[str]:
    return [predicate, "iri", value, "", ""]
