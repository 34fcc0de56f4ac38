"""A file whose photographs keep an order: the strip of a roll, the sheets of an album, a box.

What is seen on the strip as a whole (gaps, numbers given twice, dates by sequence) follows from
`frames`; here it is read and written. The invariant: a date by sequence is evidence of neither
neighbour, so it never becomes the ground of another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import dates, db, history
from archive.catalogue import arrangement, frames, service
from archive.catalogue.drafts import DateDraft, Draft
from archive.catalogue.frames import Bounds, Spot
from archive.catalogue.models import DateStatement, Image, Unit
from archive.catalogue.refusals import Refused
from archive.history import Actor

NUMBERED = ("roll", "contact_sheet", "album")
FILMED = ("roll", "contact_sheet")
LONGEST = 20
UNFIT = re.compile(r"[\s/\\]+")  # what a code of a roll is not to have from the name of a folder


@dataclass(frozen=True)
class Strip:
    """A file as a whole; `images` are its photographs in order, with the keys of their records."""

    unit: Unit
    images: Sequence[Image]
    missing: Sequence[tuple[int, int]]
    twice: Sequence[str]
    unnumbered: int
    proposed: Sequence[Bounds]
    against: Sequence[tuple[str, str]]


def strip(session: Session, unit: Unit) -> Strip:
    """The photographs right in a unit, in the order of their frames."""
    found = session.scalars(select(Image).where(Image.unit_id == unit.id)).all()
    images = sorted(found, key=lambda i: (frames.order(i.frame), i.position, i.id))
    numbers = [image.frame for image in images]
    proposed, against = _by_sequence(session, unit, images)
    return Strip(
        unit,
        images,
        frames.missing(numbers) if unit.form in NUMBERED else [],
        frames.twice(numbers) if unit.form in NUMBERED else [],
        sum(not number.strip() for number in numbers),
        proposed,
        against,
    )


def roll_below(actor: Actor, unit: Unit, name: str) -> Unit:
    """The roll of this name below a unit, made when it is not there yet.

    `name` is its number, with what sets it apart before it ("1956 17").
    """
    code = f"{unit.ref_code}-R{UNFIT.sub('-', name)}"
    known = select(Unit).where(Unit.ref_code == code, Unit.parent_id == unit.id)
    found = db.session().scalars(known).first()
    if found is not None:
        return found
    apart, _space, number = name.rpartition(" ")
    hungarian, english = f"{number}. tekercs", f"roll {number}" if apart else f"Roll {number}"
    return arrangement.add_unit(
        actor,
        ref_code=code,
        title={
            "hu": ", ".join(filter(None, (apart, hungarian))),
            "en": ", ".join(filter(None, (apart, english))),
        },
        level="file",
        form="roll",
        parent=unit,
    )


def renumber(actor: Actor, unit: Unit, numbers: Mapping[int, str]) -> None:
    """Give photographs of a unit their frames, by key; they then stand in that order.

    Raises Refused for a number that is too long.
    """
    with history.change(actor, "arrange"):
        images = strip(db.session(), unit).images
        for image in images:
            frame = " ".join(numbers.get(image.id, image.frame).split())
            if len(frame) > LONGEST:
                raise Refused("frame_too_long", frame=frame)
            image.frame = frame
        ordered = sorted(images, key=lambda i: (frames.order(i.frame), i.position, i.id))
        for position, image in enumerate(ordered, start=1):
            image.position = position


def accept_dates(actor: Actor, unit: Unit, chosen: Mapping[int, str], *, lang: str) -> int:
    """Date frames by sequence, by key and EDTF as they were proposed, as one change set.

    `lang` is the language in which the span is written out. Raises Refused when another span
    would be proposed by now.
    """
    with history.change(actor, "date_by_sequence"):
        session = db.session()
        now = {bounds.key: bounds for bounds in strip(session, unit).proposed}
        for key, edtf in chosen.items():
            if key not in now or now[key].edtf != edtf:
                raise Refused("proposal_changed")
        for key in chosen:
            draft = Draft(dates=[_statement(unit, now[key], lang)])
            service.supplement(actor, session.get_one(Image, key), draft)
    return len(chosen)


def _statement(unit: Unit, bounds: Bounds, lang: str) -> DateDraft:
    return DateDraft(
        dates.words(bounds.edtf, "hu" if lang == "hu" else "en"),
        lang=lang,
        edtf=bounds.edtf,
        basis="sequence",
        source=f"{unit.ref_code}: {bounds.after}–{bounds.before}",
    )


def _by_sequence(
    session: Session, unit: Unit, images: Sequence[Image]
) -> tuple[list[Bounds], list[tuple[str, str]]]:
    """Spans for frames that nothing is said of; one looked into and undated stays so."""
    if unit.form not in FILMED:
        return [], []
    said: dict[int, list[DateStatement]] = defaultdict(list)
    inside = select(Image.id).where(Image.unit_id == unit.id)
    created = select(DateStatement).where(
        DateStatement.image_id.in_(inside), DateStatement.role == "created"
    )
    for statement in session.scalars(created.order_by(DateStatement.position)):
        said[statement.image_id].append(statement)
    proposed, against = frames.by_sequence([_spot(image, said[image.id]) for image in images])
    silent = {image.id for image in images if not said[image.id] and not image.undated}
    return [bounds for bounds in proposed if bounds.key in silent], against


def _spot(image: Image, said: Sequence[DateStatement]) -> Spot:
    grounds = [one for one in said if one.basis != "sequence" and one.earliest and one.latest]
    best = next((one for one in grounds if one.preferred), grounds[0] if grounds else None)
    if best is None:
        return Spot(image.id, image.frame)
    return Spot(image.id, image.frame, best.earliest, best.latest)
