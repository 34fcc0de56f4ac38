"""Other engines over the same records, asked the same questions by their own means.

They index words as they stand, case and accents folded; the forms of Hungarian and English that
our own index holds besides are not asked of them. Each gives the number of records it found, so
that a peer which answers something else can be seen.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tantivy
from whoosh import query as wq
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from archive.search.documents import SearchDocument
from archive.search.lexicon import fold
from made.asking import FACETS, Asked

LIMIT = 20
Ask = Callable[[Asked], int]


class SqliteFts5:
    """Words in FTS5; facets, dates and what is shown in tables with indexes."""

    name = "SQLite FTS5"
    unknown = ("fuzzy",)

    def __init__(self, folder: Path) -> None:
        self.base = sqlite3.connect(folder / "fts.db")
        self.base.executescript(
            "PRAGMA journal_mode=WAL;"
            "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize="
            "'unicode61 remove_diacritics 2');"
            "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);"
            "CREATE TABLE photo(id INTEGER PRIMARY KEY, first INT, last INT, shown TEXT);"
            "CREATE TABLE facet(photo INT, name TEXT, value TEXT);"
        )

    def build(self, documents: Iterator[SearchDocument]) -> None:
        for at, document in enumerate(documents):
            when = document.when or (0, 0)
            shown = json.dumps(document.staff.hit)
            self.base.execute(
                "INSERT INTO words(rowid, text) VALUES(?, ?)", (at, text_of(document))
            )
            self.base.execute("INSERT INTO photo VALUES(?, ?, ?, ?)", (at, *when, shown))
            rows = [(at, n, v.value) for n in FACETS for v in document.staff.facets.get(n, ())]
            self.base.executemany("INSERT INTO facet VALUES(?, ?, ?)", rows)
        self.base.execute("CREATE INDEX facet_photo ON facet(photo, name, value)")
        self.base.commit()

    def ask(self, asked: Asked) -> int:
        match = _match(asked)
        total = self._rows("SELECT count(*) FROM words WHERE words MATCH ?", match)[0][0]
        if asked.kind == "suggest":
            return len(self._completed(asked.words[0]))
        order = "first, last" if asked.kind == "by date" else "rank"
        within, span = "", ()
        if asked.span:
            within, span = "AND first <= ? AND last >= ?", (asked.span.last, asked.span.first)
        self._rows(
            "SELECT shown FROM words JOIN photo ON photo.id = words.rowid "
            f"WHERE words MATCH ? {within} ORDER BY {order} LIMIT {LIMIT}",
            match, *span,
        )  # fmt: skip
        for name in asked.facets:
            self._rows(
                "SELECT value, count(*) FROM words JOIN facet ON facet.photo = words.rowid "
                "WHERE words MATCH ? AND name = ? GROUP BY value ORDER BY 2 DESC LIMIT 50",
                match, name,
            )  # fmt: skip
        return int(total)

    def _completed(self, start: str) -> list[Any]:
        return self._rows(
            "SELECT term FROM vocabulary WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT 8",
            fold(start), fold(start) + "\uffff",
        )  # fmt: skip

    def _rows(self, statement: str, *values: object) -> list[Any]:
        return self.base.execute(statement, values).fetchall()


def _match(asked: Asked) -> str:
    """The question in FTS5's language, which knows no near spellings."""
    words = [f'"{word}"' for word in asked.words]
    match asked.kind:
        case "phrase":
            return asked.text
        case "prefix" | "suggest":
            return f"{words[0]}*"
        case "or, not":
            return "({} OR {}) NOT {}".format(*words)
    return " ".join(words)


class Tantivy:
    """Words with positions, facets as fast fields, what is shown stored; one thread answers."""

    name = "tantivy"
    unknown = ("suggest",)

    def __init__(self, folder: Path) -> None:
        (folder / "tantivy").mkdir()
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", tokenizer_name="folded")
        for name in FACETS:
            schema.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        for name in ("first", "last"):
            schema.add_integer_field(name, fast=True, indexed=True)
        schema.add_text_field("shown", stored=True, tokenizer_name="raw", index_option="basic")
        self.schema = schema.build()
        self.index = tantivy.Index(self.schema, str(folder / "tantivy"))
        builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        folded = builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())
        self.index.register_tokenizer("folded", folded.build())

    def build(self, documents: Iterator[SearchDocument]) -> None:
        writer = self.index.writer(heap_size=256 << 20, num_threads=2)
        for document in documents:
            first, last = document.when or (0, 0)
            values = {n: [v.value for v in document.staff.facets.get(n, ())] for n in FACETS}
            shown = json.dumps(document.staff.hit)
            writer.add_document(
                tantivy.Document(
                    text=[text_of(document)], first=first, last=last, shown=[shown], **values
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, asked: Asked) -> int:
        query = self._query(asked)
        more = {"order_by_field": "first", "order": tantivy.Order.Asc}
        found = self.searcher.search(query, LIMIT, **(more if asked.kind == "by date" else {}))
        for _, address in found.hits:
            self.searcher.doc(address)["shown"]
        if asked.facets:
            counted = {n: {"terms": {"field": n, "size": 50}} for n in asked.facets}
            self.searcher.aggregate(query, counted)
        return int(found.count)

    def _query(self, asked: Asked) -> Any:
        made, words = tantivy.Query, [fold(word) for word in asked.words]
        terms = [made.term_query(self.schema, "text", word) for word in words]
        match asked.kind:
            case "phrase":
                return made.phrase_query(self.schema, "text", words)
            case "prefix":
                return made.regex_query(self.schema, "text", f"{words[0]}.*")
            case "fuzzy":
                return made.fuzzy_term_query(self.schema, "text", words[0], distance=1)
            case "or, not":
                either = made.boolean_query([(tantivy.Occur.Should, term) for term in terms[:2]])
                without = (tantivy.Occur.MustNot, terms[2])
                return made.boolean_query([(tantivy.Occur.Must, either), without])
        if asked.span:
            terms += [self._until("first", None, asked.span.last)]
            terms += [self._until("last", asked.span.first, None)]
        return made.boolean_query([(tantivy.Occur.Must, term) for term in terms])

    def _until(self, name: str, low: int | None, high: int | None) -> Any:
        kind = tantivy.FieldType.Integer
        return tantivy.Query.range_query(self.schema, name, kind, low, high)


class StockWhoosh:
    """Whoosh's own `Searcher.search()` on our own index: the same forms, as an Or of terms.

    Positions, dates and facets lie beside what Whoosh knows of, so it cannot be asked for them."""

    name = "stock Whoosh"
    unknown = ("phrase", "term, date", "by date", "5 facets", "with reasons")

    def __init__(self, generation: Path, wanted: Callable[[str], Any]) -> None:
        index = FileIndex(FileStorage(str(generation), supports_mmap=False), indexname="pillanat")
        self.searcher, self._wanted = index.searcher(), wanted

    def ask(self, asked: Asked) -> int:
        if asked.kind == "suggest":
            reader, start = self.searcher.reader(), fold(asked.words[0])
            terms = list(reader.expand_prefix("pt", start))
            ranked = sorted(terms, key=lambda term: -reader.doc_frequency("pt", term))
            return len(ranked[:8])
        return len(self.searcher.search(self._query(asked), limit=LIMIT))

    def _query(self, asked: Asked) -> Any:
        match asked.kind:
            case "prefix":
                return wq.Prefix("pt", fold(asked.words[0]))
            case "fuzzy":
                return wq.FuzzyTerm("pt", fold(asked.words[0]), maxdist=1)
        terms = [self._term(word) for word in asked.words]
        if asked.kind == "or, not":
            return wq.And([wq.Or(terms[:2]), wq.Not(terms[2])])
        return wq.And(terms)

    def _term(self, word: str) -> Any:
        wanted = self._wanted(word)
        return wq.Or([wq.Term("ps", form) for form in (*wanted.forms, wanted.bare)])


def text_of(document: SearchDocument) -> str:
    return "\n".join(passage.text for passage in document.staff.passages)
