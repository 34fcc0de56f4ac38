"""The page of photographs that look alike: two side by side, and three answers."""

from __future__ import annotations

import re

from sqlalchemy import select

from archive import db
from archive.catalogue.models import ImageLink
from tests.forms import Form
from tests.lookalikes import Lookalikes, lookalikes

__all__ = ["lookalikes"]
ADDRESS = "/workbench/look-alikes"


def card(page: str, *ids: str) -> str:
    """The part of the page about two photographs."""
    return next(part for part in page.split("<li class=") if all(each in part for each in ids))


def test_a_pair_is_shown_with_what_differs_and_judged(lookalikes: Lookalikes) -> None:
    client = lookalikes.signed_in()
    page = client.get(f"{ADDRESS}?lang=en").get_data(as_text=True)
    shown = card(page, lookalikes.ids["part"], lookalikes.ids["original"])
    assert shown.count("<img") == 2
    assert re.search(r"HU-L/part shows about 7\d % of the other one", shown)
    assert f"/workbench/bulk/merge?id={lookalikes.ids['original']}" in shown
    sent = {**Form(shown).values, "act": "related"}
    assert sent["kind"] == "crop_of"
    assert client.post(ADDRESS, data=sent).status_code == 302
    (link,) = db.session().scalars(select(ImageLink)).all()
    assert link.image_id == lookalikes.image("part").id
    mirrored = card(page, lookalikes.ids["mirrored"], lookalikes.ids["original"])
    assert "mirror image" in mirrored
    client.post(ADDRESS, data={**Form(mirrored).values, "act": "different"})
    page = client.get(f"{ADDRESS}?of={lookalikes.ids['original']}&lang=en").get_data(as_text=True)
    assert page.count("mirror image") == 0
    assert page.count('<li class="card') == 1


def test_the_pairs_are_told_of_where_work_waits(lookalikes: Lookalikes) -> None:
    client = lookalikes.signed_in()
    for address in ("/workbench", "/workbench/receive"):
        assert ADDRESS in client.get(address).get_data(as_text=True)
    described = client.get(f"/workbench/photographs/{lookalikes.ids['copy']}").get_data(
        as_text=True
    )
    assert f"{ADDRESS}?of={lookalikes.ids['copy']}" in described


def test_nobody_else_sees_it_and_nonsense_is_refused(lookalikes: Lookalikes) -> None:
    assert lookalikes.reader().get(ADDRESS).status_code in (302, 401, 403)
    client = lookalikes.signed_in()
    token = Form(client.get(ADDRESS).get_data(as_text=True)).values["csrf_token"]
    ids = {"one": lookalikes.ids["copy"], "other": lookalikes.ids["part"], "csrf_token": token}
    assert client.post(ADDRESS, data={**ids, "kind": "x"}).status_code == 400
    assert client.post(ADDRESS, data={**ids, "other": ids["one"]}).status_code == 400
    assert client.post(ADDRESS, data={**ids, "other": "nothing"}).status_code == 404
    assert client.get(f"{ADDRESS}?of=nothing").status_code == 404
