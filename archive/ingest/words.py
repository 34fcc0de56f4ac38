"""Reasons in words: why a file or row was received, passed over or refused.

A reason is a code with parameters (`Reason`); the sentence is made where a person reads it. The
invariant: every code that this room uses has a sentence in Hungarian and in English.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from archive import dates
from archive.ingest.atom.sentences import ATOM, LEVELS
from archive.ingest.authority_sentences import AUTHORITIES
from archive.ingest.roundtrip.sentences import ROUND_TRIP

SENTENCES: dict[str, tuple[str, str]] = {
    # received
    "received": ("Bekerült.", "Received."),
    "published": ("Bekerült és nyilvános.", "Received and published."),
    "not_published": (
        "Bekerült; vázlat maradt, mert hiányzik: {missing}.",
        "Received; it stays a draft because this is missing: {missing}.",
    ),
    "side": (
        "Bekerült: a(z) {first} fájl párja ({side}).",
        "Received as the {side} of {first}.",
    ),
    "no_row": (
        "Bekerült; a táblázat egyetlen sora sem nevezi meg.",
        "Received; no row of the spreadsheet names it.",
    ),
    "ambiguous_name": (
        "Bekerült leírás nélkül: több fájlnak is ez a neve, így a(z) {row}. sor nem dönthető el.",
        "Received without its words: several files have this name, so row {row} could mean any.",
    ),
    "picture_of_row": (
        "Bekerült; a korábban leírt fényképhez került.",
        "Received; it was added to the photograph that was described before.",
    ),
    "side_of_known": (
        "Bekerült; egy már ismert fénykép másik oldala.",
        "Received; it is another side of a photograph that is here already.",
    ),
    "another": (
        "Bekerült külön fényképként; a sor egy meglévő fényképet is leír ({id}).",
        "Received as a photograph of its own; its row also describes one that is here ({id}).",
    ),
    # described
    "described": ("A sorból kép nélküli leírás készült.", "Described without a picture."),
    "file_missing": (
        "Kép nélküli leírás készült: a(z) {name} fájl nincs a küldeményben.",
        "Described without a picture: the file {name} is not in the delivery.",
    ),
    "part_of_row": (
        "A(z) {row}. sorban leírt fénykép egyik oldala, kép nélkül.",
        "One side of the photograph described in row {row}, without a picture.",
    ),
    "described_not_published": (
        "Kép nélküli leírás készült; vázlat maradt, mert hiányzik: {missing}.",
        "Described without a picture; it stays a draft because this is missing: {missing}.",
    ),
    # known already
    "duplicate": (
        "Ugyanez a fájl már megvan {name} néven; nem került be kétszer.",
        "The same file is here already as {name}; it was not taken twice.",
    ),
    "same_row": (
        "Ugyanez áll a(z) {row}. sorban; nem készült belőle másik leírás.",
        "The same stands in row {row}; no second description was made.",
    ),
    "unchanged": ("Már megvan; semmi sem változott.", "Here already; nothing changed."),
    "proposed": (
        "Már megvan; az új adatok javaslatként várnak döntésre.",
        "Here already; the new words wait as a proposal.",
    ),
    # refused: the file itself
    "empty": ("A fájl üres.", "The file is empty."),
    "unreadable": ("A fájl nem olvasható: {error}.", "The file cannot be read: {error}."),
    "not_a_file": ("Ez nem szabályos fájl.", "This is not a regular file."),
    "file_too_large": (
        "A fájl túl nagy: {size} bájt, a határ {limit}.",
        "The file is too large: {size} bytes; at most {limit} are accepted.",
    ),
    "picture": ("{why}", "{why}"),
    "system_file": (
        "Kihagyva: rejtett vagy rendszerfájl, nem fénykép.",
        "Skipped: a hidden file or one of the system, not a photograph.",
    ),
    "another_spreadsheet": (
        "Kihagyva: táblázat, de nem ez a küldemény táblázata; a --spreadsheet nevezheti meg.",
        "Skipped: a spreadsheet, but not the one of this delivery; --spreadsheet can name it.",
    ),
    "storage": ("A fájl nem menthető: {error}.", "The file could not be kept: {error}."),
    "database": (
        "Az adatbázis nem fogadta ({error}); ami addig bekerült, megvan. Futtassa újra.",
        "The database did not take it ({error}); what was received before is safe. Run it again.",
    ),
    "vanished": (
        "A fájl közben eltűnt a tárból; futtassa újra a beérkeztetést.",
        "The file vanished from the store meanwhile; please ingest it again.",
    ),
    "not_reached": (
        "Nem került rá sor: a beérkeztetés előtte megállt ({why})",
        "Not reached: the batch had stopped before it ({why})",
    ),
    # refused: a ZIP
    "zip_broken": ("A ZIP sérült: {error}.", "The ZIP is damaged: {error}."),
    "zip_damaged": (
        "Ez a fájl sérült a ZIP-ben: {error}.",
        "This file is damaged within the ZIP: {error}.",
    ),
    "zip_unsafe_name": (
        "A ZIP-beli név a mappáján kívülre mutat; nem került be.",
        "The name within the ZIP points outside its folder; it was not taken.",
    ),
    "zip_link": (
        "A ZIP-ben hivatkozás van fájl helyett; nem került be.",
        "The ZIP holds a link instead of a file; it was not taken.",
    ),
    "zip_encrypted": (
        "A fájl jelszóval védett a ZIP-ben; kérjük jelszó nélkül küldeni.",
        "The file is protected by a password within the ZIP; please send it without one.",
    ),
    "zip_nested": (
        "Tömörített fájl a ZIP-ben: kérjük külön beadni.",
        "An archive within the ZIP: please hand it in by itself.",
    ),
    "zip_bomb": (
        "A ZIP hihetetlenül sokat bont ki ({size} bájt {packed} bájtból); nem került be.",
        "The ZIP unpacks to an unbelievable size ({size} bytes from {packed}); it was not taken.",
    ),
    "zip_too_many": (
        "A ZIP-ben {count} fájl van; legfeljebb {limit} fogadható egyszerre.",
        "The ZIP holds {count} files; at most {limit} are accepted at once.",
    ),
    "zip_by_reference": (
        "ZIP-ben lévő fájl nem maradhat a helyén; csomagolja ki, vagy vegye be másolással.",
        "A file in a ZIP cannot stay where it is; unpack it, or ingest it by copying.",
    ),
    # refused: a row
    "row_names_taken_file": (
        "A sor olyan fájlt nevez meg ({name}), amelyet a(z) {row}. sor már leírt.",
        "The row names a file ({name}) that row {row} describes already.",
    ),
    "row_ambiguous": (
        "A sor neve ({name}) több fájlra is illik: {files}.",
        "The name in the row ({name}) fits several files: {files}.",
    ),
    "row_without_photograph": (
        "A sor nem fényképről szól: nincs benne cím, leírás, dátum vagy hely.",
        "The row does not speak of a photograph: it has no title, caption, date or place.",
    ),
    "row_orphan": (
        "A sor a(z) {parent} azonosítójú sorhoz tartozna, de ilyen sor nincs.",
        "The row belongs to the row {parent}, which is not there.",
    ),
    "rejected_value": (
        "Nem rögzíthető: {error}.",
        "It could not be written down: {error}.",
    ),
    # why a batch did not begin, or stopped
    "nothing_found": (
        "Nincs mit beérkeztetni: {paths} nem tartalmaz fényképet.",
        "Nothing to ingest: {paths} holds no photographs.",
    ),
    "sent_no_photographs": (
        "Nincs mit beérkeztetni: amit küldött, abban nincs fénykép.",
        "Nothing to ingest: what you sent holds no photographs.",
    ),
    "nothing_usable": (
        "Nincs mit beérkeztetni: {count} fájlból egy sem vehető át. {problems}",
        "Nothing to ingest: of {count} files none can be taken. {problems}",
    ),
    "no_such_path": ("Nincs ilyen fájl vagy mappa: {path}.", "No such file or folder: {path}."),
    "unknown_unit": (
        "Nincs {ref} jelzetű egység; az adja hozzá előbb, aki rendezi.",
        "There is no unit {ref}; add it to the arrangement first.",
    ),
    "unknown_mapping": (
        "Nincs {name} nevű megfeleltetés, és ilyen fájl sincs.",
        "There is no mapping named {name}, and no such file.",
    ),
    "mapping_broken": (
        "A megfeleltetés nem olvasható: {error}.",
        "The mapping cannot be read: {error}.",
    ),
    "missing_columns": (
        "A táblázatból hiányzik: {columns}. Ami benne van: {found}.",
        "The spreadsheet lacks {columns}. It has {found}.",
    ),
    "no_row_names_a_file": (
        "A táblázat egyetlen sora sem nevez meg fájlt a küldeményből: nincs fájlnév-oszlop.",
        "No row of the spreadsheet names a file of the delivery: it lacks a column of file names.",
    ),
    "several_spreadsheets": (
        "Több táblázat is van: {names}. A --spreadsheet nevezze meg, melyik érvényes.",
        "There are several spreadsheets: {names}. Name the right one with --spreadsheet.",
    ),
    "spreadsheet_broken": (
        "A táblázat ({name}) nem olvasható: {error}.",
        "The spreadsheet {name} cannot be read: {error}.",
    ),
    "spreadsheet_empty": (
        "A táblázatban ({name}) nincs sor.",
        "The spreadsheet {name} has no rows.",
    ),
    "spreadsheet_too_large": (
        "A táblázat ({name}) {size} MiB; legfeljebb {limit} MiB olvasható. Kérjük, több részben"
        " adja be.",
        "The spreadsheet {name} has {size} MiB; at most {limit} MiB are read. Please hand it in in"
        " parts.",
    ),
    "spreadsheet_too_heavy": (
        "A táblázat ({name}) beolvasása túl sok memóriát vagy időt igényelne. Kérjük, törölje az"
        " üres sorokat és oszlopokat, vagy mentse CSV-ként.",
        "Reading the spreadsheet {name} would take too much memory or time. Please delete its empty"
        " rows and columns, or save it as CSV.",
    ),
    "spreadsheet_too_long": (
        "A táblázatnak ({name}) több mint {limit} sora van. Kérjük, több részben adja be.",
        "The spreadsheet {name} has more than {limit} rows. Please hand it in in parts.",
    ),
    "already_running": (
        "Ezen a küldeményen már dolgozik valaki ({runner}).",
        "This batch is being worked on already ({runner}).",
    ),
    "disk_full": (
        "A lemez megtelt; ami addig bekerült, megvan. Szabadítson fel helyet, és futtassa újra.",
        "The disk is full; what was received before is safe. Make room and run it again.",
    ),
    "read_only": (
        "A lemezre nem lehet írni; ami addig bekerült, megvan. Javítsa, és futtassa újra.",
        "The disk cannot be written to; what was received before is safe. Mend it, then run again.",
    ),
    "interrupted": (
        "Félbeszakadt; ami addig bekerült, megvan. Indítsa újra, onnan folytatódik.",
        "Interrupted; what was received before is safe. Run it again to go on from there.",
    ),
    # notes on a row or a batch
    "spreadsheet_date": (
        "A(z) {column} értékét ({value}) táblázatkezelő alakíthatta át; ellenőrizze az évszázadot.",
        "{column} ({value}) may have been changed by a spreadsheet program; check the century.",
    ),
    "serial_date": (
        "A(z) {column} értéke ({value}) egy táblázatkezelő napszáma lehet.",
        "{column} ({value}) may be a spreadsheet program's count of days.",
    ),
    "padded_date": (
        "A(z) {column} január 1-je ({value}) gépi kitöltésnek látszik; csak az év lett átvéve.",
        "1 January in {column} ({value}) looks filled in by a machine; only the year was taken.",
    ),
    "date_not_read": (
        "A(z) {column} értéke ({value}) nem olvasható dátumként; szó szerint megmaradt.",
        "{column} ({value}) cannot be read as a date; the words are kept.",
    ),
    "lost_character": (
        "A(z) {column} értékében elveszett betűk vannak (�).",
        "Letters were lost in {column} (�).",
    ),
    "rights_not_recognised": (
        "A jogi státusz ({value}) nem ismert; megjegyzésként maradt meg.",
        "The rights statement ({value}) is not known; it is kept as a note.",
    ),
    "position_not_read": (
        "A(z) {value} nem földrajzi hely.",
        "{value} is not a position on the earth.",
    ),
    "conflict": (
        "A sor és a fájl mást mond ({field}): „{row}” és „{file}”. A sor érvényes.",
        "Row and file disagree ({field}): “{row}” and “{file}”. The row is used.",
    ),
    "dates_disagree": (
        "A dátum szövege ({words}) és a határai ({bounds}) nem férnek össze.",
        "The words of the date ({words}) and its bounds ({bounds}) do not fit.",
    ),
    "row_too_long": (
        "A(z) {row}. sorban több a mező, mint az oszlop; a többlet kimaradt.",
        "Row {row} has more fields than there are columns; the rest was left out.",
    ),
    "encoding": (
        "A táblázat kódolása {encoding} lehetett.",
        "The spreadsheet seems to be written in {encoding}.",
    ),
    "unmapped": (
        "Nem lett átvéve, a sorral együtt megmaradt: {columns}.",
        "Not imported, kept with the rows: {columns}.",
    ),
    "used_spreadsheet": (
        "A leírások a(z) {name} táblázatból valók.",
        "The descriptions come from the spreadsheet {name}.",
    ),
    **AUTHORITIES,
    **ATOM,
    **ROUND_TRIP,
}

# Refusals of `archive.media.refusal`, whose own sentences are English.
PICTURES = {
    "empty": "A fájl üres.",
    "unreadable": "A fájl nem olvasható.",
    "not_a_file": "Ez nem szabályos fájl.",
    "file_too_large": "A fájl túl nagy.",
    "not_a_picture": "Ez nem képfájl.",
    "pdf": "Ez PDF, vagyis irat, nem fénykép.",
    "svg": "Ez SVG-rajz, fényképként nem fogadható.",
    "eps": "Ez PostScript-fájl (EPS), fényképként nem fogadható.",
    "html": "Ez HTML-oldal, nem kép.",
    "archive": "Ez tömörített fájl, nem kép.",
    "video": "Ez mozgókép vagy hang, nem fénykép.",
    "unsupported": "Ez a képformátum nem fogadható; kérjük TIFF-be átalakítani.",
    "needs_sidecar": "Ez a formátum csak kísérőképpel (TIFF vagy JPEG) együtt fogadható.",
    "damaged": "A kép sérült.",
    "truncated": "A fájl vége hiányzik.",
    "no_pixels": "A képnek nincs szélessége vagy magassága.",
    "too_many_pixels": "A kép túl sok képpontból áll.",
    "too_many_pixels_progressive": "A progresszív JPEG túl sok képpontból áll.",
    "side_too_long": "A kép egyik oldala túl hosszú.",
    "too_many_frames": "A fájlban túl sok kép van.",
    "too_long": "A fájl olvasása túl sokáig tartott.",
    "too_much_memory": "A fájl olvasása túl sok memóriát igényelt.",
    "reader_failed": "A fájl leállította az olvasót; sérült vagy rosszindulatú lehet.",
}
MISSING = {
    "title": ("cím", "a title"),
    "date": ("dátum", "a date"),
    "creator": ("fényképész", "a photographer"),
    "rights": ("jogi státusz", "a rights statement"),
}
OUTCOME_WORDS = {
    "received": ("bekerült", "received"),
    "described": ("leírva", "described"),
    "duplicate": ("kettőzet", "duplicate"),
    "unchanged": ("változatlan", "unchanged"),
    "proposed": ("javaslat", "proposed"),
    "refused": ("elutasítva", "refused"),
}
# What a rehearsal says instead: nothing has come in, it only would.
REHEARSED: dict[str, tuple[str, str]] = {
    "received": ("Bekerülne.", "It would be received."),
    "published": ("Bekerülne, és nyilvános lenne.", "It would be received and published."),
    "not_published": (
        "Bekerülne; vázlat maradna, mert hiányzik: {missing}.",
        "It would be received, and stay a draft because this is missing: {missing}.",
    ),
    "side": (
        "Bekerülne: a(z) {first} fájl párja ({side}).",
        "It would be received as the {side} of {first}.",
    ),
    "no_row": (
        "Bekerülne; a táblázat egyetlen sora sem nevezi meg.",
        "It would be received; no row of the spreadsheet names it.",
    ),
    "ambiguous_name": (
        "Bekerülne leírás nélkül: több fájlnak is ez a neve, így a(z) {row}. sor nem dönthető el.",
        "It would be received without its words: several files have this name, so row {row} "
        "could mean any.",
    ),
    "picture_of_row": (
        "Bekerülne; a korábban leírt fényképhez kerülne.",
        "It would be received and added to the photograph that was described before.",
    ),
    "side_of_known": (
        "Bekerülne; egy már ismert fénykép másik oldala.",
        "It would be received; it is another side of a photograph that is here already.",
    ),
    "another": (
        "Bekerülne külön fényképként; a sor egy meglévő fényképet is leír ({id}).",
        "It would be received as a photograph of its own; its row also describes one that is "
        "here ({id}).",
    ),
    "described": (
        "A sorból kép nélküli leírás készülne.",
        "It would be described without a picture.",
    ),
    "file_missing": (
        "Kép nélküli leírás készülne: a(z) {name} fájl nincs a küldeményben.",
        "It would be described without a picture: the file {name} is not in the delivery.",
    ),
    "described_not_published": (
        "Kép nélküli leírás készülne; vázlat maradna, mert hiányzik: {missing}.",
        "It would be described without a picture, and stay a draft because this is missing: "
        "{missing}.",
    ),
    "duplicate": (
        "Ugyanez a fájl már megvan {name} néven; nem kerülne be kétszer.",
        "The same file is here already as {name}; it would not be taken twice.",
    ),
    "same_row": (
        "Ugyanez áll a(z) {row}. sorban; nem készülne belőle másik leírás.",
        "The same stands in row {row}; no second description would be made.",
    ),
    "unchanged": ("Már megvan; semmi sem változna.", "Here already; nothing would change."),
    "proposed": (
        "Már megvan; az új adatok javaslatként várnának döntésre.",
        "Here already; the new words would wait as a proposal.",
    ),
}
REHEARSED_OUTCOMES = {
    **OUTCOME_WORDS,
    "received": ("bekerülne", "would be received"),
    "described": ("leírás készülne", "would be described"),
    "proposed": ("javaslat lenne", "would be proposed"),
}


def outcome_in_words(outcome: str, lang: str, *, rehearsed: bool) -> str:
    """What became of a file, or in a rehearsal what would."""
    words = REHEARSED_OUTCOMES if rehearsed else OUTCOME_WORDS
    return words[outcome][0 if lang == "hu" else 1]


@dataclass(frozen=True)
class Reason:
    """Why something happened, as data; `sentence(lang)` says it, of a rehearsal as what would."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    def sentence(self, lang: str, *, rehearsed: bool = False) -> str:
        side = 0 if lang == "hu" else 1
        if self.code == "picture":
            return PICTURES.get(self.params["why"], "") if side == 0 else str(self.params["said"])
        params = {name: _worded(name, value, side) for name, value in self.params.items()}
        said = (REHEARSED if rehearsed else SENTENCES).get(self.code, SENTENCES[self.code])
        return said[side].format(**params)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": self.params}


def reason(code: str, **params: Any) -> Reason:
    return Reason(code, params)


def _worded(name: str, value: Any, side: int) -> Any:
    """Parameters that are codes themselves are put into words."""
    if name == "missing":
        return ", ".join(MISSING[entry][side] for entry in value)
    if name == "problems":
        lang = ("hu", "en")[side]
        return " ".join(f"{path}: {Reason(code, of).sentence(lang)}" for path, code, of in value)
    if name == "unread":
        code, detail = value
        return dates.refusal(code, ("hu", "en")[side], detail)
    if name in ("above", "taken"):
        return LEVELS.get(value, (value, value))[side]
    if name == "side":
        return _SIDES[value][side]
    if isinstance(value, list | tuple):
        return ", ".join(str(entry) for entry in value)
    return value


_SIDES = {
    "recto": ("előlap", "recto"),
    "verso": ("hátlap", "verso"),
    "mount": ("karton", "mount"),
    "detail": ("részlet", "detail"),
    "frame": ("kocka", "frame"),
}


class Unreadable(Exception):
    """A delivery cannot be worked on at all; `reason` says why, nothing was taken."""

    def __init__(self, code: str, **params: Any) -> None:
        self.reason = Reason(code, params)
        super().__init__(self.reason.sentence("en"))
