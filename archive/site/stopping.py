"""The link in a letter that stops the letters: no account, no cookie, one click.

Opening it only asks, because mail programs open links before their readers do. A POST stops, with
no other proof than the signed link: it comes from our button or from the reader's mail program
(RFC 8058), which knows no token of ours. The invariant: a link says nothing about its owner.
"""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.exceptions import BadRequest, NotFound

from archive import db
from archive.search import alerts, saved

blueprint = Blueprint("stopping", __name__, url_prefix="/account/searches/stop")


@blueprint.get("/<token>")
def ask(token: str) -> str:
    """The name of the search, and a button."""
    try:
        search = saved.any_of_id(db.session(), _named(token))
    except LookupError as error:
        raise NotFound from error
    return render_template("site/stop_letters.html", name=search.name, stopped=False)


@blueprint.post("/<token>")
def stop(token: str) -> str:
    """No more letters; doing it twice does no harm."""
    try:
        search = saved.stop(_named(token))
    except LookupError as error:
        raise NotFound from error
    return render_template("site/stop_letters.html", name=search.name, stopped=True)


def _named(token: str) -> str:
    """The search a link is about; a link that is not ours is refused whatever else is wrong."""
    try:
        return alerts.stopped_by(token)
    except LookupError as error:
        raise BadRequest from error
