"""The sentences of the round trip: what a sheet, a row or a cell is remarked on for."""

from __future__ import annotations

ROUND_TRIP: dict[str, tuple[str, str]] = {
    # the sheet
    "no_identifier_column": (
        "A táblázatban nincs azonosítóoszlop, ezért nem tudni, melyik sor melyik fényképé. Új"
        " fényképek listáját a Beérkeztetés oldalon adhatja be.",
        "The sheet has no column of identifiers, so no row can be matched with a photograph."
        " A list of new photographs is handed in on the page Receive.",
    ),
    "no_known_column": (
        "A táblázat egyetlen oszlopa sem ismert. Ami benne van: {found}.",
        "No column of the sheet is known. It has {found}.",
    ),
    "columns_unknown": (
        "Ismeretlen oszlopok, nem számítanak: {columns}.",
        "Columns that are not known and do not count: {columns}.",
    ),
    "columns_twice": (
        "Kétszer szereplő oszlopok; csak az első számít: {columns}.",
        "Columns that occur twice; only the first counts: {columns}.",
    ),
    "column_fixed": (
        "A(z) „{column}” oszlop csak tájékoztat; itt átírt értékei ({number}) nem számítanak.",
        "The column “{column}” is for orientation only; what was changed in it ({number}) does"
        " not count.",
    ),
    "no_base_column": (
        "Nincs _base oszlop, ezért az is változásnak látszik, amit azóta a levéltárban írtak át.",
        "There is no _base column, so what was changed in the archive since looks like a change"
        " too.",
    ),
    "sheet_applied": (
        "A(z) {name} táblázat átvétele már megtörtént vagy folyamatban van.",
        "The sheet {name} has been imported already, or is being imported.",
    ),
    "sheet_failed": (
        "Az átvétel megszakadt, semmi sem változott: {error}.",
        "Importing it broke off, and nothing was changed: {error}.",
    ),
    "sheet_broken_off": (
        "Az átvétel megszakadt: {error}. Ami {kept} fényképnél már megtörtént, megmaradt: lent"
        " folytathatja, vagy a változtatás oldalán egyben visszavonhatja.",
        "Importing it broke off: {error}. What was done by then is kept (photographs: {kept}): go"
        " on below, or undo it as a whole where the change is shown.",
    ),
    # a row
    "row_twice": (
        "A(z) {id} azonosító több sorban is szerepel ({rows}); egyik sem számít. Hagyjon meg"
        " egyet, és adja be újra.",
        "The identifier {id} stands in several rows ({rows}); none of them counts. Leave one and"
        " send the sheet again.",
    ),
    "row_unknown": (
        "Nincs {id} azonosítójú fénykép. Ha új fénykép, ürítse ki az azonosítóját.",
        "There is no photograph with the identifier {id}. If it is a new one, empty its"
        " identifier.",
    ),
    "row_new": ("Új fénykép lesz belőle.", "A new photograph is made of it."),
    "row_new_empty": (
        "Nincs azonosítója, és semmit sem mond: kimarad.",
        "It has no identifier and says nothing: it is left out.",
    ),
    "row_new_no_unit": (
        "Új fényképnek látszik, de nincs megadva, melyik leírási egységbe kerül.",
        "It looks like a new photograph, but no unit is named for it to go to.",
    ),
    "row_new_unknown_unit": (
        "Új fényképnek látszik, de nincs {ref} jelzetű leírási egység.",
        "It looks like a new photograph, but there is no unit {ref}.",
    ),
    "row_new_known_code": (
        "Új fényképnek látszik, de a {ref} jelzet már a(z) {id} fényképé. Ha ugyanaz, írja be az"
        " azonosítóját.",
        "It looks like a new photograph, but {ref} is the reference code of {id}. If it is the"
        " same, write its identifier.",
    ),
    "row_part": (
        "Egy másik sor része (főrekord: {parent}); az ilyen táblázatot a Beérkeztetés oldalon adja"
        " be.",
        "It is a part of another row (main record: {parent}); hand such a sheet in on the page"
        " Receive.",
    ),
    "row_foreign_base": (
        "A sor _base cellája nem ehhez a fényképhez tartozik: lehet, hogy a táblázatnak csak egy"
        " részét rendezték sorba. Minden eltérést nézzen meg.",
        "The _base cell of this row belongs to another photograph: perhaps only a part of the"
        " sheet was sorted. Look at every difference.",
    ),
    "row_withdrawn": ("A fényképet visszavonták.", "The photograph was withdrawn."),
    # a cell
    "cell_emptied": ("Kiürült: az érték törlődne.", "Emptied: the value would go."),
    "cell_said_nothing": (
        "„{value}” áll benne; üresnek számít.",
        "It says “{value}”, which counts as empty.",
    ),
    "cell_entities": (
        "HTML-jelölések voltak benne (például &amp;); betűként olvasva.",
        "It held HTML entities (such as &amp;); they were read as letters.",
    ),
    "cell_lost_letters": ("Elveszett betűk vannak benne (�).", "Letters were lost in it (�)."),
    "cell_eaten_date": (
        "A táblázatkezelő dátummá alakíthatta: {value}. Vesse össze az eredetivel: ha az mást mond,"
        " hagyja ki, ha ezt, fogadja el.",
        "A spreadsheet program may have turned it into a date: {value}. Look at the original: leave"
        " this if it says something else, accept it if it says the same.",
    ),
    "cell_day_count": (
        "{value}: táblázatkezelő napszáma lehet. Írja a cellába a dátumot szövegként, és küldje be"
        " újra.",
        "{value} may be a spreadsheet program’s count of days. Write the date into the cell as"
        " text, and send the sheet again.",
    ),
    "cell_machine_date": (
        "{value}: a táblázatkezelő írhatta át a szavakat számokra.",
        "{value}: a spreadsheet program may have put figures in place of the words.",
    ),
    "cell_unread_date": (
        "{value}: nem olvasható dátumként; a szavak megmaradnának.",
        "{value} cannot be read as a date; the words would be kept.",
    ),
    "cell_wrong_date": (
        "{unread} Küldje be újra a javított táblázatot; ha így fogadja el, szövegként marad meg.",
        "{unread} Send the corrected sheet again; accepted as it is, it is kept as words.",
    ),
    "cell_power": (
        "{value}: a táblázatkezelő kerekíthette a számot.",
        "{value}: a spreadsheet program may have rounded the number.",
    ),
    "cell_lost_zeros": (
        "Elvesztek a kezdő nullák ({before} helyett {value}).",
        "Zeros were lost at the beginning ({value} instead of {before}).",
    ),
    "cell_foreign_base": (
        "Nem tudni, mi állt itt a kiíráskor.",
        "What stood here when it was written out is not known.",
    ),
    "cell_changed_since": (
        "Az összevetés óta a levéltárban is átírták; döntsön újra.",
        "It was changed in the archive after the comparison; please decide again.",
    ),
    # a cell that cannot be taken
    "cell_too_long": ("Legfeljebb {most} betű fér el.", "At most {most} characters fit."),
    "cell_not_yes_or_no": (
        "{value}: itt csak „x” vagy üres cella állhat.",
        "{value}: only “x” or an empty cell may stand here.",
    ),
    "cell_not_a_statement": (
        "{value}: nem ismert jogi státusz (például InC, PDM, CC BY 4.0).",
        "{value} is no rights statement that is known (such as InC, PDM, CC BY 4.0).",
    ),
    "cell_not_an_address": (
        "{value}: a webcím https:// kezdetű.",
        "{value}: a web address begins with https://.",
    ),
    "cell_not_a_day": (
        "{value}: a napot így írja: 2026-11-22.",
        "{value}: write the day as 2026-11-22.",
    ),
    "cell_not_a_code": ("{value}: itt ezek állhatnak: {codes}.", "{value}: it may be {codes}."),
    "cell_not_a_number": ("{value}: nem szám.", "{value} is no number."),
    "cell_not_a_grade": (
        "{value}: 0-tól (ép) 4-ig (pusztul) terjed.",
        "{value}: it goes from 0 (sound) to 4 (being lost).",
    ),
}
