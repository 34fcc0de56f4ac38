"""What readers do not find: a search without result is counted, and a reader may tell us more.

The form is a page of its own, because it needs a cookie against forged requests, which no page
that is only read may set. The invariant: counting begins when the reader has the whole page.
"""

from __future__ import annotations

import logging
from typing import Any, cast

from flask import (
    Blueprint,
    Response,
    after_this_request,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.exc import SQLAlchemyError
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from archive import db
from archive.history import Actor
from archive.search import misses
from archive.search.engine import Results
from archive.search.query import Query
from archive.site.results import Args

UNSURE = frozenset({"search_limited", "filters_ignored"})
log = logging.getLogger(__name__)
blueprint = Blueprint("wishing", __name__)


class WishForm(FlaskForm):
    """What somebody looked for, in their own words; nothing about them is needed."""

    words = StringField(
        _("What were you looking for?"),
        validators=[
            DataRequired(message=_("Please write what you were looking for.")),
            Length(max=misses.KEY_CHARS),
        ],
    )
    told = TextAreaField(
        _("What do you know about it?"),
        description=_("When and where it may have been taken, who may be in it, where you saw it."),
        validators=[Length(max=misses.TOLD_CHARS)],
        render_kw={"rows": 5},
    )
    contact = StringField(
        _("Where may we answer you?"),
        description=_(
            "An e-mail address or a telephone number, only if you would like an answer. The staff "
            "alone see it, and it is erased when your question is settled."
        ),
        validators=[Length(max=misses.CONTACT_CHARS)],
    )


@blueprint.route("/tell-us", methods=["GET", "POST"])
def tell() -> ResponseReturnValue:
    """A short form for whoever did not find what they looked for."""
    form: Any = cast(Any, WishForm)(data={"words": request.args.get("q", "")[: misses.KEY_CHARS]})
    if not form.validate_on_submit():
        page = render_template("site/tell_us.html", form=form)
        return page, 422 if form.errors else 200
    misses.tell(form.words.data, form.told.data or "", form.contact.data or "")
    return redirect(url_for("wishing.told"))


@blueprint.get("/tell-us/thank-you")
def told() -> str:
    """It has arrived, and what happens next."""
    return render_template("site/told.html")


def count_if_missed(query: Query, args: Args, found: Results, actor: Actor) -> None:
    """Count this search once its page is sent, if a person's words alone found nothing."""
    narrowed = set(args) - {"q", "sort"} or query.page > 1
    if found.total or narrowed or actor.is_staff or not query.text:
        return
    if _asked_by_a_person() and not UNSURE & {notice.code for notice in found.notices}:
        after_this_request(_counting(query.text))


def _asked_by_a_person() -> bool:
    """A page opened in a browser: no program, no look-ahead, no search while somebody types."""
    wanted = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    ahead = "Sec-Purpose" in request.headers or "Purpose" in request.headers
    return wanted and not ahead and misses.by_a_person(request.headers.get("User-Agent", ""))


def _counting(words: str) -> Any:
    def after(response: Response) -> Response:
        response.call_on_close(lambda: _note(words))
        return response

    return after


def _note(words: str) -> None:
    """A count that fails is no matter to the reader, whose page is complete."""
    try:
        misses.note(words)
    except SQLAlchemyError:
        log.exception("a search without result was not counted")
    finally:
        db.release()
