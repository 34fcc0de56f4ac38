"""The technical check of a photograph's files, and drafts of the prints that lie on one scan.

What is seen and proposed is found by `media.checking`, cutting is `ingest.prints`. The invariant:
nothing is cut that a person has not chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from archive import db
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import service as catalogue
from archive.catalogue.models import Image
from archive.ingest import prints
from archive.jobs import Job
from archive.media import checked, checking
from archive.workbench.blueprint import blueprint, image_of, renewed


@dataclass(frozen=True)
class Proposed:
    """A box that seems to be a print, as shares in per cent, and the draft that was made of it."""

    shares: checking.Box
    draft: Image | None


@dataclass(frozen=True)
class OnScan:
    """What is on one file: boxes, drafts of boxes that are proposed no more, and the last job."""

    proposed: list[Proposed]
    others: list[Image]
    job: Job | None

    @property
    def left(self) -> bool:
        return any(one.draft is None for one in self.proposed)

    @property
    def busy(self) -> bool:
        return self.job is not None and not self.job.is_over


@blueprint.get("/photographs/<public_id>/check")
@roles_required("archivist")
def check(public_id: str) -> Any:
    """The technical check of each file: for whoever scans, not for readers."""
    image, session = image_of(public_id), db.session()
    record = catalogue.read(public_id, current_actor()).record
    found = checked.of(session, [asset["id"] for asset in record["assets"]])
    scans = {asset_id: _on_scan(session, image, asset_id, of) for asset_id, of in found.items()}
    page = render_template(
        "workbench/check.html",
        record=record,
        checks=found,
        scans=scans,
        origin=prints.origin(session, image),
    )
    return renewed(page, working=any(scan.busy for scan in scans.values()))


@blueprint.post("/photographs/<public_id>/check/prints")
@roles_required("archivist")
def cut_prints(public_id: str) -> Any:
    """Have a draft made of each box that was chosen."""
    record = catalogue.read(image_of(public_id).public_id, current_actor()).record
    asset_id, chosen = request.form.get("asset", ""), request.form.getlist("box")
    if asset_id not in {asset["id"] for asset in record["assets"]}:
        abort(404)
    if not chosen:
        flash(gettext("Choose the prints first."), "warning")
    elif _wished(asset_id, chosen, request.form.get("reason", "")):
        flash(gettext("The prints are being cut out; their drafts appear here."), "success")
    else:
        flash(gettext("There is a draft of each of these prints already."), "info")
    return redirect(url_for("workbench.check", public_id=public_id))


def _wished(asset_id: str, chosen: Sequence[str], reason: str) -> bool:
    session = db.session()
    try:
        shares = [[float(share) for share in text.split(",")] for text in chosen]
        boxes = [prints.box_of(session, asset_id, four) for four in shares]
        return prints.wish(current_actor(), asset_id, boxes, reason=reason.strip()) is not None
    except (ValueError, catalogue.Refused):
        abort(400)


def _on_scan(session: Session, image: Image, asset_id: str, found: checking.Check) -> OnScan:
    cuts = {cut.box: cut.image for cut in prints.cuts_of(session, image)
            if cut.asset_id == asset_id}  # fmt: skip
    proposed = [
        Proposed(shares, cuts.pop(prints.box_of(session, asset_id, shares), None))
        for shares in found.prints
    ]
    return OnScan(proposed, list(cuts.values()), prints.last_job(session, asset_id))
