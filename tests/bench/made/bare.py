"""The peer of the pages: bare Flask over SQLite's FTS5, the same photographs, plain templates."""

import json
import sqlite3
from typing import Any

from flask import Flask, render_template_string, request
from sqlalchemy import select

from archive import db
from archive.catalogue.models import Image
from archive.catalogue.service import records_of

FACETS = ("place", "event", "person", "photographer", "unit")
CHUNK = 500
PAGE = """<!doctype html><html lang="en"><head><title>{{ total }} found</title></head><body>
<form action="/search"><input name="q" value="{{ q }}"></form><h1>{{ total }} photographs</h1>
{% for name, values in facets.items() %}<h2>{{ name }}</h2><ul>
{% for value, label, count in values %}<li><a href="/search?q={{ q|urlencode }}&amp;{{ name }}={{
 value|urlencode }}">{{ label }}</a> {{ count }}</li>{% endfor %}</ul>{% endfor %}
<ul>{% for hit in hits %}<li><a href="/photographs/{{ hit.id }}"><img src="/p/{{ hit.id }}.webp"
 alt="{{ hit.title }}">{{ hit.title }}</a> {{ hit.date }}</li>{% endfor %}</ul></body></html>"""
PHOTOGRAPH = """<!doctype html><html lang="en"><head><title>{{ record.ref_code }}</title></head>
<body><h1>{{ record.title.values()|first }}</h1><img src="/p/{{ record.id }}.webp" alt="">
{% for caption in record.captions %}<blockquote>{{ caption.text }}</blockquote>{% endfor %}
<dl>{% for agent in record.agents %}<dt>{{ agent.role }}</dt><dd>{{ agent.name }}</dd>{% endfor %}
{% for place in record.places %}<dt>place</dt><dd>{{ place.name.hu }}</dd>{% endfor %}</dl>
</body></html>"""


class BarePages:
    """An application with the pages /search, /photographs/<id> and /."""

    def __init__(self, page_size: int) -> None:
        self._size = page_size
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._fill()
        self.app = Flask("bare")
        self.app.add_url_rule("/search", view_func=self.search)
        self.app.add_url_rule("/", endpoint="home", view_func=self.search)
        self.app.add_url_rule("/photographs/<name>", view_func=self.photograph)

    def _fill(self) -> None:
        self._base.executescript(
            "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize="
            "'unicode61 remove_diacritics 2');"
            "CREATE TABLE photo(id INTEGER PRIMARY KEY, name TEXT UNIQUE, record TEXT, hit TEXT);"
            "CREATE TABLE facet(photo INT, name TEXT, value TEXT, label TEXT);"
        )
        keys = list(db.session().scalars(select(Image.id).order_by(Image.id)))
        for start in range(0, len(keys), CHUNK):
            readings = records_of(db.session(), keys[start : start + CHUNK])
            for at, reading in enumerate(readings, start):
                self._add(keys[at], reading.record)
        self._base.execute("CREATE INDEX facet_photo ON facet(photo, name, value)")
        self._base.commit()

    def _add(self, key: int, record: dict[str, Any]) -> None:
        text = " ".join(caption["text"] for caption in record["captions"])
        title = next(iter(record["title"].values()), "")
        date = record["dates"][0]["display"]
        hit = json.dumps({"id": record["id"], "title": title, "date": date})
        self._base.execute("INSERT INTO words(rowid, text) VALUES(?, ?)", (key, text))
        photo = (key, record["id"], json.dumps(record), hit)
        self._base.execute("INSERT INTO photo VALUES(?, ?, ?, ?)", photo)
        linked = [("place", p["id"], p["name"]["hu"]) for p in record["places"]]
        linked += [("event", e["id"], e["name"]["hu"]) for e in record["events"]]
        roles = {"depicted": "person", "creator": "photographer"}
        linked += [(roles[a["role"]], a["id"], a["name"]) for a in record["agents"]]
        linked += [("unit", u["ref"], u["title"]["hu"]) for u in record["path"]]
        rows = [(key, *one) for one in linked]
        self._base.executemany("INSERT INTO facet VALUES(?, ?, ?, ?)", rows)

    def search(self) -> str:
        q = request.args.get("q", "")
        found, values = ("FROM photo WHERE id", ()) if not q else (
            "FROM words WHERE words MATCH ? AND rowid", (f'"{q}"',)
        )  # fmt: skip
        within = "id" if not q else "rowid"
        order = "rank" if q else "id DESC"
        size = int(request.args.get("limit", self._size))
        offset = (int(request.args.get("page", "1")) - 1) * size
        keys = self._rows(
            f"SELECT {within} {found} > 0 ORDER BY {order} LIMIT {size} OFFSET {offset}",
            *values,
        )
        total = self._rows(f"SELECT count(*) {found} > 0", *values)[0][0]
        facets = {
            name: self._rows(
                f"SELECT value, max(label), count(*) FROM facet WHERE name = ? AND photo IN "
                f"(SELECT {within} {found} > 0) GROUP BY value ORDER BY 3 DESC LIMIT 12",
                name, *values,
            )
            for name in FACETS
        }  # fmt: skip
        hits = [
            json.loads(self._rows("SELECT hit FROM photo WHERE id = ?", k)[0][0]) for (k,) in keys
        ]
        return render_template_string(PAGE, q=q, total=total, facets=facets, hits=hits)

    def photograph(self, name: str) -> str:
        found = self._rows("SELECT record FROM photo WHERE name = ?", name)
        return render_template_string(PHOTOGRAPH, record=json.loads(found[0][0]))

    def _rows(self, statement: str, *values: object) -> list[Any]:
        return self._base.execute(statement, values).fetchall()
