"""Photographs that look alike: two side by side, what is the same, and what a person says to it.

A blueprint of its own beside `receive`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from archive import db
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import likenesses
from archive.catalogue import service as catalogue
from archive.catalogue.likenesses import Pair
from archive.catalogue.models import Image
from archive.catalogue.record import Record, known_by
from archive.languages import language
from archive.workbench.blueprint import image_of

blueprint = Blueprint("lookalikes", __name__, url_prefix="/workbench/look-alikes")
PAIRS = 20  # on a page
RELATIONS = {
    "variant_frame": _("another frame of the same scene"),
    "same_negative": _("prints of the same negative"),
    "crop_of": _("a part cut from the other"),
    "retouched_version_of": _("a retouched version of the other"),
    "duplicate_of": _("a copy, described by itself"),
}
TURNS = {
    1: _("Turned by a quarter."),
    2: _("Turned upside down."),
    3: _("Turned by a quarter."),
}


@dataclass(frozen=True)
class Shown:
    """A pair as it is shown: both records, what differs in words, and what it likely is."""

    pair: Pair
    records: tuple[Record, Record]
    remarks: list[str]
    likely: str


@blueprint.get("")
@roles_required("archivist")
def waiting() -> str:
    """Pairs that look alike, the surest first; with `of`, those of one photograph."""
    session = db.session()
    of = image_of(request.args["of"]) if request.args.get("of") else None
    total = likenesses.count(session, of)
    pages = max(1, -(-total // PAIRS))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    found = likenesses.pairs(session, of, limit=PAIRS, offset=(number - 1) * PAIRS)
    return render_template(
        "workbench/receiving/lookalikes.html",
        of=of,
        pairs=[_shown(pair) for pair in found],
        relations=RELATIONS,
        total=total,
        number=number,
        pages=pages,
    )


@blueprint.post("")
@roles_required("archivist")
def judge() -> Any:
    """Related, or different. That two are one is said on the page that joins records."""
    one, other = (image_of(request.form.get(name, "")) for name in ("one", "other"))
    if one.id == other.id:
        abort(400)
    if request.form.get("act") == "different":
        likenesses.tell_apart(current_actor(), one, other)
        flash(gettext("Remembered: they are different photographs."), "success")
    else:
        _relate(one, other, request.form.get("kind", ""))
        flash(gettext("Remembered: the two are related. It can be undone."), "success")
    return redirect(url_for("lookalikes.waiting", of=request.form.get("of") or None))


def _relate(one: Image, other: Image, kind: str) -> None:
    """`part` names the one of which it is said, where it is said of one alone."""
    if kind not in RELATIONS:
        abort(400)
    if request.form.get("part") == other.public_id:
        one, other = other, one
    likenesses.relate(current_actor(), one, other, kind)


def _shown(pair: Pair) -> Shown:
    actor = current_actor()
    one, other = (catalogue.read(image.public_id, actor).record for image in (pair.one, pair.other))
    likely = "crop_of" if pair.part else "duplicate_of"
    return Shown(pair, (one, other), _remarks(pair, (one, other)), likely)


def _remarks(pair: Pair, records: tuple[Record, Record]) -> list[str]:
    """What differs between the pictures, in sentences."""
    said = [gettext("They agree by %(n)s %%.", n=round(pair.likeness.agreement * 100))]
    if pair.likeness.mirrored:
        said.append(gettext("One is the mirror image of the other."))
    if pair.likeness.quarters:
        said.append(str(TURNS[pair.likeness.quarters]))
    if pair.part is not None:
        share = round(min(pair.shares) * 100)
        part = records[0] if pair.part is pair.one else records[1]
        which = part["ref_code"] or known_by(part, language())
        said.append(
            gettext("%(which)s shows about %(n)s %% of the other one.", which=which, n=share)
        )
    return said
