"""The short way to a stored tile: a WSGI application in front of the web application.

A viewer asks for hundreds of tiles; where the reader brings no cookie and the tile is stored as it
is asked for, this answers with a third of the work. Everything else is passed on unchanged, the
refusals too. The invariant: the decision about the photograph is read from the database for every
single tile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from archive import settings
from archive.media import answering, iiif, kept, service, viewing

ADDRESS = re.compile(
    r"/iiif/([23])/([0-9a-z]{1,16})/([^/]{1,60})/([^/]{1,30})/(0)/(default|color)\.(jpg)"
)
NOT_FOR_ALL = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_IF_NONE_MATCH", "HTTP_RANGE")

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def in_front(application: Application, always: Mapping[str, str]) -> Application:
    """`application` with the short way before it; `always` are headers of every answer."""
    standing = [*always.items(), *answering.OPEN_TO_VIEWERS.items()]

    def answer(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        found = _tile(environ)
        if found is None:
            return application(environ, start)
        headers, data = found
        size = ("Content-Length", str(len(data)))
        start("200 OK", [*headers.items(), size, *standing])
        return [data] if environ["REQUEST_METHOD"] == "GET" else []

    return answer


def _tile(environ: Environ) -> tuple[dict[str, str], bytes] | None:
    """The headers and bytes of the stored tile that is asked for; None when it is not one."""
    asked = ADDRESS.fullmatch(environ["PATH_INFO"])
    if asked is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    if any(name in environ for name in NOT_FOR_ALL):
        return None
    version, asset_id, *parts = asked.groups()
    try:
        shown = viewing.shown_to_all(asset_id)
        cut = iiif.asked(version, shown.size, *parts)
    except (service.NoPicture, kept.Busy, iiif.Malformed, iiif.NotMade, SQLAlchemyError):
        return None
    data = viewing.stored(shown, cut)
    if data is None:
        return None
    now = settings.current()
    here = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}"
    address = f"{answering.site_root(now.base_url, here)}/iiif/{version}/{asset_id}"
    return answering.headers(version, address, shown, cut, now.iiif_cache_s), data
