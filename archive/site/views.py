"""The addresses of the public site, each with its JSON twin.

A view loads, checks, and renders; what a page consists of is built in `photograph`, `results`,
`named` and `home`. The invariant: a reader gets nothing here but what `catalogue.service.read`
and `search.service.find` give to this reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden, Gone, NotFound

from archive import db, errors, settings
from archive.accounts.web import current_actor
from archive.catalogue import service as catalogue
from archive.languages import language
from archive.media import service as media
from archive.media.views import site_root
from archive.search import service as searching
from archive.search.engine import Results
from archive.search.query import Query, parse
from archive.site import (
    along,
    downloads,
    links,
    mapping,
    merged,
    named,
    results,
    sitemaps,
    spots,
    widening,
    wishing,
    zoom,
)
from archive.site import home as front
from archive.site import photograph as photographs

XML = "application/xml"
MAP_STRIP = 16  # photographs below a map

blueprint = Blueprint("site", __name__)
links.furnish(blueprint)


@blueprint.get("/")
def home() -> str:
    return render_template("site/home.html", page=front.build(_find, language()))


@blueprint.get("/index.json")
def home_json() -> Response:
    page = front.build(_find, language())
    return jsonify(total=page.total, newest=[hit.id for strip in page.strips for hit in strip.hits])


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    actor, args = current_actor(), results.kept(request.args.to_dict(flat=False))
    if (elsewhere := merged.elsewhere(args)) is not None:
        return _moved(_link("site.search")(elsewhere))
    view = results.view_of(request.args.get("view", ""))
    every = request.args.get("facets") == "all"
    query = _query(args, view, every=every, listed=results.LISTED)
    found = searching.find(query, actor)
    wishing.count_if_missed(query, args, found, actor)
    link, lang = _link("site.search"), language()
    page = results.ResultsPage(
        path=links.bare_url("site.search"),
        canonical_query=results.canonical(args, query.page),
        json=_link("site.search_json")({**args, **_paged(query)}),
        eras=along.lay(found.hits, query.offset + 1, lang) if view == "timeline" else [],
        map=_map(found) if view == "map" else None,
        args=args,
        link=link,
        ways_on=[] if found.total else widening.ways_on(args, link, _count, lang),
        **results.build(found, query, args, link, lang=lang, staff=actor.is_staff, view=view),
    )
    return render_template("site/search.html", page=page)


@blueprint.get("/search.json")
def search_json() -> ResponseReturnValue:
    args = results.kept(request.args.to_dict(flat=False))
    if (elsewhere := merged.elsewhere(args)) is not None:
        return _moved(_link("site.search_json")(elsewhere))
    view = results.view_of(request.args.get("view", ""))
    query = _query(args, view, every=True, listed={})
    found = searching.find(query, current_actor())
    data = results.as_data(found, query, lambda hit: _photograph_address(hit.id))
    if view == "map":
        placed, _unplaced = spots.of_counts(found.facets.get("place", ()), language())
        data["places"] = [asdict(spot) for spot in placed]
    return jsonify(data)


@blueprint.get("/photographs/<public_id>")
def photograph(public_id: str) -> str:
    reading = _read(public_id)
    lang = language()
    page = photographs.build(reading, lang, settings.current(), _photograph_address(public_id))
    shown = photographs.chosen(page.pictures, request.args.get("shown", ""))
    return render_template(
        "site/photograph.html",
        page=page,
        shown=shown,
        zoom=zoom.of_picture(reading.record, shown),
        manifest=f"{site_root()}{url_for('interop.manifest', public_id=public_id)}",
        linked_data=_linked_data(page, lang),
        neighbours=_neighbours(public_id),
        related=photographs.related(reading.record, _find, lang),
    )


@blueprint.get("/photographs/<public_id>.json")
def photograph_json(public_id: str) -> Response:
    return jsonify(photographs.as_data(_read(public_id), _photograph_address(public_id)))


@blueprint.get("/photographs/<public_id>/download/<asset_id>")
def download(public_id: str, asset_id: str) -> Response:
    """A free photograph as an attachment, its credit line written inside."""
    reading = _read(public_id)
    try:
        copy, name = downloads.credited_copy(reading, asset_id, current_actor())
    except (media.NoPicture, FileNotFoundError) as error:
        raise NotFound from error
    except media.TooLarge as error:
        raise Forbidden from error
    response = send_file(copy, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/people/<public_id>")
def person(public_id: str) -> ResponseReturnValue:
    return _named(named.person(_find, public_id, language()), public_id)


@blueprint.get("/places/<public_id>")
def place(public_id: str) -> ResponseReturnValue:
    return _named(named.place(_find, public_id, language()), public_id)


@blueprint.get("/events/<public_id>")
def event(public_id: str) -> ResponseReturnValue:
    return _named(named.event(_find, public_id, language()), public_id)


@blueprint.get("/terms/<public_id>")
def term(public_id: str) -> ResponseReturnValue:
    return _named(named.term(_find, public_id, language()), public_id)


@blueprint.get("/collections/<path:ref>")
def collection(ref: str) -> ResponseReturnValue:
    return _named(named.collection(_find, ref, language()), ref)


@blueprint.get("/people/<public_id>.json")
def person_json(public_id: str) -> ResponseReturnValue:
    return _named_data(named.person(_find, public_id, language()), public_id)


@blueprint.get("/places/<public_id>.json")
def place_json(public_id: str) -> ResponseReturnValue:
    return _named_data(named.place(_find, public_id, language()), public_id)


@blueprint.get("/events/<public_id>.json")
def event_json(public_id: str) -> ResponseReturnValue:
    return _named_data(named.event(_find, public_id, language()), public_id)


@blueprint.get("/terms/<public_id>.json")
def term_json(public_id: str) -> ResponseReturnValue:
    return _named_data(named.term(_find, public_id, language()), public_id)


@blueprint.get("/collections/<path:ref>.json")
def collection_json(ref: str) -> ResponseReturnValue:
    return _named_data(named.collection(_find, ref, language()), ref)


@blueprint.get("/about")
def about() -> str:
    return _prose("about", _("About the archive"))


@blueprint.get("/privacy")
def privacy() -> str:
    return _prose("privacy", _("Privacy"))


@blueprint.get("/accessibility")
def accessibility() -> str:
    return _prose("accessibility", _("Accessibility"))


@blueprint.get("/developers")
def developers() -> str:
    return _prose("developers", _("For developers"))


@blueprint.get("/robots.txt")
def robots() -> Response:
    return Response(render_template("site/robots.txt"), mimetype="text/plain")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    text = render_template("site/opensearch.xml")
    return Response(text, mimetype="application/opensearchdescription+xml")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """An index of maps, or with `?page=` one map of at most 5,000 photographs."""
    page = request.args.get("page", type=int)
    maps = sitemaps.pages(db.session())
    if page is None:
        return Response(render_template("site/sitemap_index.xml", maps=maps), mimetype=XML)
    if not 1 <= page <= maps:
        return errors.answer(NotFound())  # type: ignore[no-any-return]
    entries = sitemaps.entries(db.session(), page)
    return Response(render_template("site/sitemap.xml", entries=entries), mimetype=XML)


@blueprint.errorhandler(catalogue.NotFound)
def not_found(_error: catalogue.NotFound) -> ResponseReturnValue:
    """What a reader may not know of is not there."""
    return errors.answer(NotFound())  # type: ignore[no-any-return]


@blueprint.errorhandler(catalogue.Moved)
def moved(error: catalogue.Moved) -> ResponseReturnValue:
    """Two records were found to be one; it may turn out otherwise, so nobody remembers it."""
    args: dict[str, Any] = {**(request.view_args or {}), "public_id": error.to}
    return redirect(url_for(str(request.endpoint), **args), 302)


@blueprint.errorhandler(catalogue.Gone)
def gone(error: catalogue.Gone) -> ResponseReturnValue:
    return errors.answer(Gone(description=error.reason))  # type: ignore[no-any-return]


def _find(**asked: Any) -> Any:
    """A search on behalf of a page: facets to count under `count`, the rest as in an address."""
    count = asked.pop("count", ())
    return searching.find(parse(asked, facets=count, guards=searching.guards()), current_actor())


def _query(args: results.Args, view: str, *, every: bool, listed: Mapping[str, int]) -> Query:
    """The query of this address, a page's worth of it, as this view needs it."""
    asked = request.args.to_dict(flat=False)
    asked.setdefault("limit", [str(settings.current().page_size)])
    counted = results.counted(args, every=every, staff=current_actor().is_staff)
    query = parse(asked, facets=counted, guards=searching.guards())
    query = replace(query, listed=listed)
    if view == "timeline" and query.sort not in ("date", "-date"):
        return replace(query, sort="date")
    if view == "map":
        listed = {**listed, "place": spots.MOST}
        return replace(query, listed=listed, page=1, limit=MAP_STRIP)
    return query


def _count(args: results.Args) -> int:
    """How many photographs a search finds, for ways on from a page without any."""
    query = parse({**args, "limit": ["1"]}, guards=searching.guards())
    return searching.find(replace(query, explained=False), current_actor()).total


def _map(found: Results) -> mapping.Map:
    placed, unplaced = spots.of_counts(found.facets.get("place", ()), language())
    return mapping.draw(placed, mapping.read_box(request.args.get("box", "")), unplaced)


def _paged(query: Query) -> results.Args:
    return {"page": [str(query.page)]} if query.page > 1 else {}


def _link(endpoint: str) -> results.Link:
    """Makes addresses of searches that keep this page's view, language and appearance."""
    view = request.args.get("view")
    base = url_for(endpoint, view=view, box=request.args.get("box") if view == "map" else None)
    joint = "&" if "?" in base else "?"

    def link(args: results.Args) -> str:
        query = urlencode(args, doseq=True)
        return f"{base}{joint}{query}" if query else base

    return link


def _read(public_id: str) -> catalogue.Reading:
    return catalogue.read(public_id, current_actor())


def _photograph_address(public_id: str) -> str:
    return links.absolute(links.bare_url("site.photograph", public_id=public_id))


def _linked_data(page: photographs.PhotographPage, lang: str) -> dict[str, Any]:
    picture = page.pictures[0] if page.pictures else None
    address = links.picture_url(picture.asset, picture.largest) if picture else ""
    return photographs.as_linked_data(page, links.absolute(address) if address else "", lang)


def _neighbours(public_id: str) -> results.Neighbours | None:
    """The photographs before and after this one in the results that the reader came from."""
    at = request.args.get("at", "")
    if not at.isdigit() or len(at) > 6:
        return None
    args = results.kept(request.args.to_dict(flat=False))
    size = settings.current().page_size

    def page(number: int) -> Any:
        asked = {**args, "page": [str(number)], "limit": [str(size)]}
        query = parse(asked, guards=searching.guards())
        return searching.find(replace(query, explained=False), current_actor())

    return results.neighbours(page, int(at), size, public_id, args)


def _named(page: named.NamedPage, asked: str) -> ResponseReturnValue:
    """The page of a name; what was merged, or bore another code, has its page elsewhere now."""
    if asked not in page.key.values():
        return _moved(url_for(page.endpoint, **page.key))
    return render_template("site/named.html", page=page)


def _named_data(page: named.NamedPage, asked: str) -> ResponseReturnValue:
    if asked not in page.key.values():
        return _moved(url_for(f"{page.endpoint}_json", **page.key))
    return jsonify(named.as_data(page, lambda hit: _photograph_address(hit.id)))


def _moved(address: str) -> ResponseReturnValue:
    """Leads on for good, asked anew each time: a merge can be undone, and a browser that kept the
    answer would never come back."""
    answer = redirect(address, 301)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _prose(name: str, title: str) -> str:
    """A page of running text, written in each language by itself."""
    return render_template("site/prose.html", name=name, title=title, contact=settings.current())
