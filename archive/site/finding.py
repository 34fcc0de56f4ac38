"""Find by picture: a reader brings a picture and gets the photographs of the archive it shows.

The picture is read in a process of its own and forgotten before the answer is sent. The invariant:
only photographs that everybody may see are answered with, whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from archive import db, settings
from archive.catalogue import service as catalogue
from archive.catalogue.models import Image
from archive.history.actor import READER
from archive.languages import language
from archive.media import alike, brought
from archive.media import service as media
from archive.media.limits import MIB, Limits
from archive.media.resembling import Resemblance
from archive.site import photograph as photographs

MOST = 12  # photographs in an answer
WHOLE = 0.9  # share in common from which a picture is taken to be shown whole
FORM_BYTES = 64 * 1024  # what the form needs beside the file
blueprint = Blueprint("finding", __name__)
# Why a file cannot be looked for, by the codes of `media.refusal`; the rest are damaged files.
REFUSALS: dict[str, Any] = {
    "empty": _("The file is empty."),
    "not_a_picture": _("This is not a picture file."),
    "pdf": _("This is a PDF. Please bring a picture: JPEG, PNG, TIFF or WebP."),
    "svg": _("This is a drawing (SVG). Please bring a photograph: JPEG, PNG, TIFF or WebP."),
    "html": _("This is a web page, not a picture. Save the picture itself and bring that."),
    "archive": _("This is a ZIP or the like. Please bring one picture."),
    "truncated": _("The end of the file is missing; it was probably not copied whole."),
    **dict.fromkeys(
        ("too_many_pixels", "too_many_pixels_progressive", "side_too_long", "too_much_memory"),
        _("The picture has too many pixels; please bring a smaller copy."),
    ),
    "too_long": _("The picture took too long to read; please bring a smaller copy."),
}
DAMAGED = _("The picture cannot be read: it is damaged, or of a kind that is not known here.")


@dataclass(frozen=True)
class Found:
    """A photograph that looks like the picture brought, and how, in a sentence or two."""

    page: photographs.PhotographPage
    shown: photographs.Picture | None
    how: str


@blueprint.url_value_preprocessor
def limit_size(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything of the request is read, its form included."""
    request.max_content_length = settings.current().find_picture_mib * MIB + FORM_BYTES


@blueprint.route("/search/by-picture", methods=["GET", "POST"])
def by_picture() -> ResponseReturnValue:
    """A form; with a picture, the photographs that look like it, the surest first."""
    found: list[Found] | None = None
    problem = ""
    if request.method == "POST":
        try:
            found = _found(request.files.get("picture"))
        except brought.Unreadable as error:
            problem = str(REFUSALS.get(error.code, DAMAGED))
    page = render_template(
        "site/by_picture.html",
        found=found,
        problem=problem,
        most_mib=settings.current().find_picture_mib,
    )
    return page, 422 if problem else 200


def _found(sent: FileStorage | None) -> list[Found]:
    """What looks like the picture sent. Raises brought.Unreadable."""
    if sent is None or not sent.filename:
        raise brought.Unreadable("empty")
    with NamedTemporaryFile(prefix="pillanat-brought-") as file:
        sent.save(file)
        file.flush()
        picture = brought.read(Path(file.name), _limits())
    among = alike.shown_to_all(media.today())
    best: dict[int, alike.Alike] = {}
    for one in alike.find(picture.grey, picture.width, picture.height, among=among):
        best.setdefault(one.image_id, one)
    return [_shown(one) for one in list(best.values())[:MOST]]


def _limits() -> Limits:
    now = settings.current()
    return Limits(
        file_bytes=now.find_picture_mib * MIB,
        pixels=now.max_pixels_mp * 1_000_000,
        cpu_seconds=now.probe_cpu_s,
        memory_bytes=now.probe_memory_mib * MIB,
    )


def _shown(one: alike.Alike) -> Found:
    public_id = db.session().scalars(select(Image.public_id).where(Image.id == one.image_id)).one()
    reading = catalogue.read(public_id, READER)
    page = photographs.build(reading, language(), settings.current(), "")
    shown = next((each for each in page.pictures if each.asset == one.asset_id), None)
    return Found(page, shown or next(iter(page.pictures), None), _how(one.how))


def _how(how: Resemblance) -> str:
    """How the picture brought lies in the photograph; `one` is the photograph."""
    if how.of_one < WHOLE <= how.of_other:
        said = gettext("Your picture is a part of it: about %(n)s %%.", n=round(how.of_one * 100))
    elif how.of_other < WHOLE <= how.of_one:
        said = gettext("It is a part of your picture.")
    elif how.of_one < WHOLE:
        said = gettext("The two show the same in part.")
    else:
        said = gettext("The same picture.")
    more = [gettext("Yours is mirrored.")] if how.mirrored else []
    more += [gettext("Yours is turned.")] if how.quarters else []
    return " ".join([said, *more])
