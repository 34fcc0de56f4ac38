"""Lists the documentation and checks that its links lead somewhere.

Links to other sites are not followed. The invariant: a link to a file of the project, or to a
heading in one, that does not exist makes this end with 1.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?)\s*$", re.MULTILINE)
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("http:", "https:", "mailto:")


def pages() -> list[Path]:
    """The project's own pages of text: those at the top and those below docs/."""
    return [*sorted(PROJECT.glob("*.md")), *sorted((PROJECT / "docs").rglob("*.md"))]


def text_of(page: Path) -> str:
    """A page without its blocks of code, in which brackets are not links."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def title_of(page: Path) -> str:
    heading = HEADING.search(text_of(page))
    return heading.group(1) if heading else page.name


def anchors_of(page: Path) -> set[str]:
    """The names that headings get: lower case, spaces to hyphens, punctuation gone."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in HEADING.findall(text_of(page))
    }


def broken_links() -> Iterator[str]:
    """One line for each link of the project's pages that leads nowhere."""
    for page in pages():
        for link in LINK.findall(text_of(page)):
            if not link.startswith(ELSEWHERE) and not leads_somewhere(page, link):
                yield f"{page.relative_to(PROJECT)}: {link} leads nowhere"


def leads_somewhere(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (page.parent / name) if name else page
    if not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors_of(target)


def main() -> None:
    for page in pages():
        print(f"{page.relative_to(PROJECT)!s:<44} {title_of(page)}")
    found = list(broken_links())
    sys.exit("\n".join(["", *found]) if found else 0)


if __name__ == "__main__":
    main()
