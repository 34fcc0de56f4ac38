"""What a photograph may be asked for: the choices of the form, in Hungarian and English.

Each use names the question it puts to `rights.decide`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Choice:
    """One choice of the form; `decides` is the use asked of the rights policy."""

    code: str
    hu: str
    en: str
    decides: str = ""

    def label(self, lang: str) -> str:
        return self.hu if lang == "hu" else self.en


USES = (
    Choice("editorial", "Könyv, folyóirat, ismeretterjesztés", "Book, magazine, non-fiction",
           "licence_editorial"),
    Choice("scholarly", "Tudományos közlés", "Scholarly publication", "licence_editorial"),
    Choice("news", "Sajtó, hírportál", "News", "licence_editorial"),
    Choice("textbook", "Tankönyv, oktatási anyag", "Textbook, teaching material",
           "licence_education"),
    Choice("exhibition", "Kiállítás", "Exhibition", "licence_editorial"),
    Choice("broadcast", "Film, televízió", "Film, television", "licence_editorial"),
    Choice("corporate", "Céges kiadvány", "Corporate publication", "licence_commercial"),
    Choice("advertising", "Reklám", "Advertising", "licence_commercial"),
    Choice("merchandise", "Árucikk", "Merchandise", "licence_commercial"),
    Choice("private", "Magáncél", "Private use", "licence_editorial"),
)  # fmt: skip
MEDIA = (
    Choice("print_book", "Nyomtatott könyv", "Printed book"),
    Choice("ebook", "Elektronikus könyv", "E-book"),
    Choice("periodical", "Folyóirat, napilap", "Magazine, newspaper"),
    Choice("web", "Weboldal", "Website"),
    Choice("social", "Közösségi média", "Social media"),
    Choice("film_tv", "Film, televízió, videó", "Film, television, video"),
    Choice("display", "Kiállítási tabló, plakát", "Exhibition panel, poster"),
)
TERRITORIES = (
    Choice("HU", "Magyarország", "Hungary"),
    Choice("EU", "Európai Unió", "European Union"),
    Choice("world", "Az egész világ", "The whole world"),
)
RUNS = (
    Choice("upto_1000", "legfeljebb 1000 példány", "up to 1,000 copies"),
    Choice("upto_5000", "1001–5000 példány", "1,001–5,000 copies"),
    Choice("upto_20000", "5001–20 000 példány", "5,001–20,000 copies"),
    Choice("over_20000", "20 000 példány felett", "over 20,000 copies"),
    Choice("online", "csak elektronikusan", "online only"),
)
DURATIONS = (
    Choice("once", "egyetlen kiadás", "one edition"),
    Choice("P1Y", "egy év", "one year"),
    Choice("P5Y", "öt év", "five years"),
    Choice("P10Y", "tíz év", "ten years"),
    Choice("perpetual", "határozatlan idő", "without a time limit"),
)
LANGUAGES = (
    Choice("hu", "magyar", "Hungarian"),
    Choice("en", "angol", "English"),
    Choice("de", "német", "German"),
    Choice("fr", "francia", "French"),
    Choice("other", "más nyelv", "another language"),
    Choice("all", "minden nyelv", "all languages"),
)
CHOICES = {
    "use": USES,
    "media": MEDIA,
    "territory": TERRITORIES,
    "run": RUNS,
    "duration": DURATIONS,
    "languages": LANGUAGES,
}


@dataclass(frozen=True)
class Usage:
    """One use of photographs; `planned` is when it appears, in the requester's words."""

    use: str
    media: tuple[str, ...]
    territory: str
    run: str
    duration: str
    languages: tuple[str, ...]
    project: str = ""
    planned: str = ""

    @property
    def decides(self) -> str:
        return choice("use", self.use).decides

    def as_json(self) -> dict[str, object]:
        return {
            "use": self.use,
            "media": list(self.media),
            "territory": self.territory,
            "run": self.run,
            "duration": self.duration,
            "languages": list(self.languages),
            "project": self.project,
            "planned": self.planned,
        }

    @classmethod
    def from_json(cls, values: dict[str, object]) -> Usage:
        lists = {key: tuple(_strings(values.get(key))) for key in ("media", "languages")}
        rest = ("use", "territory", "run", "duration", "project", "planned")
        return cls(**lists, **{key: str(values.get(key, "")) for key in rest})  # type: ignore[arg-type]


def _strings(value: object) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, list | tuple) else []


def choice(field: str, code: str) -> Choice:
    """The choice behind a code. Raises LookupError for a code that is not offered."""
    for entry in CHOICES[field]:
        if entry.code == code:
            return entry
    raise LookupError(f"{field}: {code}")


def in_words(usage: Usage, lang: str) -> list[tuple[str, str]]:
    """The usage as label and value, for pages and documents."""
    hu = lang == "hu"
    media = ", ".join(choice("media", code).label(lang) for code in usage.media)
    languages = ", ".join(choice("languages", code).label(lang) for code in usage.languages)
    rows = [
        ("Cél" if hu else "Purpose", choice("use", usage.use).label(lang)),
        ("Kiadvány" if hu else "Project", usage.project),
        ("Megjelenési forma" if hu else "Media", media),
        ("Terület" if hu else "Territory", choice("territory", usage.territory).label(lang)),
        ("Példányszám" if hu else "Print run", choice("run", usage.run).label(lang)),
        ("Időtartam" if hu else "Duration", choice("duration", usage.duration).label(lang)),
        ("Nyelv" if hu else "Languages", languages),
        ("Megjelenés" if hu else "To appear", usage.planned),
    ]
    return [(label, value) for label, value in rows if value]


def ends_on(starts: date, duration: str) -> date | None:
    """The last day of a licence; None when no day ends it."""
    years = {"P1Y": 1, "P5Y": 5, "P10Y": 10}.get(duration)
    if years is None:
        return None
    try:
        return starts.replace(year=starts.year + years)
    except ValueError:  # 29 February
        return starts.replace(year=starts.year + years, day=28)
