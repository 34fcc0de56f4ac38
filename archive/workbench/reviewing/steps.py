"""From draft to public, step by step, and what colleagues write to each other on the way.

Which step follows which is said in `ACTS`; whether somebody may publish what they described
themselves is a setting (`four_eyes`), kept by the catalogue. The invariant: what is sent back from
review says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import db, history
from archive.accounts.models import Person
from archive.catalogue import service as catalogue
from archive.catalogue.models import Image
from archive.history import Actor
from archive.workbench.models import ReviewNote

# The steps from each state, the one that leads on first.
ACTS: dict[str, tuple[str, ...]] = {
    "draft": ("publish", "review"),
    "in_review": ("publish", "send_back"),
    "published": ("unpublish", "withdraw"),
    "withdrawn": ("unpublish",),
}
LONGEST = 5_000


class NotNow(Exception):
    """The step does not follow from the state the photograph is in now."""

    def __init__(self, act: str, state: str) -> None:
        super().__init__(f"{act} does not follow from {state}")
        self.act, self.state = act, state


class NothingSaid(ValueError):
    """A note has no words."""


@dataclass(frozen=True)
class Written:
    """A note with the name of who wrote it; of an account that is gone nothing is said."""

    note: ReviewNote
    by: str


def act(actor: Actor, image: Image, step: str, *, note: str = "", reason_class: str = "") -> None:
    """Take one step, as one change. Raises NotNow, NothingSaid, NotReady and Refused."""
    with history.change(actor, _ACTIONS.get(step, step)):
        now = db.session().get_one(Image, image.id).state
        if step not in ACTS[now]:
            raise NotNow(step, now)
        if step == "send_back" or note.strip():
            say(actor, image, note)
        if step == "withdraw":
            catalogue.withdraw(actor, image, reason_class=reason_class)
        else:
            _VERBS[step](actor, image)


def say(actor: Actor, image: Image, text: str) -> ReviewNote:
    """Write a note to colleagues about a photograph. Raises NothingSaid."""
    words = text.strip().replace("\r\n", "\n")[:LONGEST]
    if not words:
        raise NothingSaid
    with db.transaction() as session:
        note = ReviewNote(image_id=image.id, person_id=actor.person_id, text=words)
        session.add(note)
        return note


def settle(image: Image, public_id: str) -> None:
    """What a note asked for was done. Raises LookupError."""
    with db.transaction() as session:
        mine = (ReviewNote.image_id == image.id, ReviewNote.public_id == public_id)
        note = session.scalars(select(ReviewNote).where(*mine)).first()
        if note is None:
            raise LookupError(public_id)
        note.settled_at = note.settled_at or db.now()


def notes(session: Session, image: Image) -> Sequence[Written]:
    """What was written about a photograph: open notes first, then the latest."""
    query = (
        select(ReviewNote, Person)
        .outerjoin(Person, Person.id == ReviewNote.person_id)
        .where(ReviewNote.image_id == image.id)
        .order_by(ReviewNote.settled_at.is_not(None), ReviewNote.at.desc())
    )
    return [
        Written(note, (person.name or person.email) if person else "")
        for note, person in session.execute(query)
    ]


def waiting(session: Session) -> int:
    """How many photographs have notes that nobody has settled."""
    query = select(func.count(ReviewNote.image_id.distinct()))
    return session.scalar(query.where(ReviewNote.settled_at.is_(None))) or 0


# What a step is called in the history where it is called otherwise.
_ACTIONS = {"review": "submit_for_review"}
_VERBS = {
    "publish": catalogue.publish,
    "review": catalogue.submit_for_review,
    "send_back": catalogue.unpublish,
    "unpublish": catalogue.unpublish,
}
