"""What people and programs type into a search box who wish it no good, or copied the wrong thing.

Each is a list of names and values, as they stand in an address. The invariant: nothing here is
made up at random, so that a failure names its case.
"""

from __future__ import annotations

Asked = list[tuple[str, str]]


def _typed(*texts: str) -> list[Asked]:
    return [[("q", text)] for text in texts]


def abusive() -> list[Asked]:
    """At least sixty ways to ask too much or the impossible."""
    return [*WILD, *BRACKETED, *LONG, *FOREIGN, *QUOTED, *CODE, *_parameters()]


WILD = _typed(
    "*", "**", "***a***", "*a*", "a*", "aa*", "?", "a?c", "~", "a~", "tüntetők~9", "^2", "a^999999",
    " ".join(f"{a}{b}*" for a in "abcdefgh" for b in "aeiou"),
    " ".join(f"tün{chr(97 + n)}ető~" for n in range(26)) + " tankkokk~" * 14,
    " ".join(f"nincsilyen{chr(97 + n)}szó" for n in range(26)),
)  # fmt: skip
BRACKETED = _typed(
    "(" * 500, ")" * 500, "()" * 250, "(" * 250 + "a" + ")" * 250, "[{(<", "a AND (b OR (c",
    "NOT " * 125, "-" * 500, "- - -", "OR OR OR", "AND", "a OR " * 100, "NOT NOT a", "!" * 400,
    "&&||!", "person:" * 70, "person:person:nagy", "q:q:q", "date:(", "id:", ":" * 500,
)  # fmt: skip
LONG = _typed(
    "a" * 10_000, "ő" * 5_000, "a " * 5_000, "HU-" + "1-" * 4_000, "1956" * 2_000,
    "1956.." * 80, ".." * 250, "1956-10-23 " * 45, "9" * 400, "-".join("1956" for _ in range(100)),
    "0000..9999", "9999-99-99..0000-00-00", "1956 ősze vagy " * 30,
)  # fmt: skip
FOREIGN = _typed(
    "\0", "a\0b", "\r\n\r\nSet-Cookie: x=1", "\x1b[31m", "\ufeff\u200b\u200d", "\u202eevil\u202c",
    "ש" * 100, "مظاهرة", "a" + "\u0301" * 450, "\u0301" * 500, "ﷺ" * 200, "𝔱𝔞𝔫𝔨", "🏳️‍🌈" * 60,
    "ß" * 500, "ŉ" * 500, "İ" * 500, "\uffff\ufffe", "\U0010ffff" * 50, "漢" * 500, "Z̸͕̈a̵̢l̶g̷o" * 30,
)  # fmt: skip
QUOTED = _typed(
    '"', "'", "„", "”", "«»", '"' * 500, '"a', 'a"', '"" "" ""', "\u201c\u201d\u2018\u2019`´",
    '"' + "a " * 240 + '"', '"' + "tér " * 120 + '"', "'; DROP TABLE image; --", '" OR ""="',
)  # fmt: skip
CODE = _typed(
    "(a+)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", ".*.*.*.*x", "\\", "\\" * 500, "%00", "%", "%%%s%n",
    "%u0041", "%c0%ae", "{{7*7}}", "${jndi:ldap://x}", "<script>alert(1)</script>",
    "../../etc/passwd", "$(id)", "*:* OR id:*", "_exists_:x",
    "title:/a.*/", "[* TO *]", '{"$gt": ""}',
)  # fmt: skip


def _parameters() -> list[Asked]:
    """Pages, sorts and facets that nobody can mean."""
    pages = [[("q", ""), ("page", page)] for page in ("1000000", "-1", "0", "1e9", "९", "9" * 400)]
    limits = [[("q", "a"), ("limit", limit)] for limit in ("1000000", "-5", "0", "NaN")]
    facets = ("person", "place", "technique", "year", "day", "decade", "hour", "when", "state")
    many = [[(name, f"nobody {at}") for at in range(1000)] for name in facets]
    return [
        *pages,
        *limits,
        *many,
        [(name, f"{at}") for name in facets for at in range(120)],
        [("q", "a")] * 1000,
        [("date", "1956")] * 1000,
        [("date", f"{year}") for year in range(1000, 2000)],
        [("sort", "'"), ("sort", "date")],
        [("year", "99999999999999999999")],
        [("decade", "-5"), ("day", "1956-13-45"), ("hour", "x")],
        [("collection", "\0"), ("person", "\u202e")],
        [("view", "../x"), ("facets", "all" * 3000)],
        [(f"x{at}", "1") for at in range(1000)],
    ]
