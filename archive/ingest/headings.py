"""What the headings of spreadsheets mean, in English and Hungarian.

Heads of Dublin Core, EMu, AtoM, ContentDM, CollectionBuilder and of plain lists that people make.
No heading of one institution alone is listed here: such a mapping is saved under a name. The
invariant: a phrase stands for one target only.
"""

from __future__ import annotations

import re

from archive.catalogue.service import fold

# The targets a column may have, with how a person calls them.
TARGETS: dict[str, tuple[str, str]] = {
    "filename": ("fájlnév", "file name"),
    "id": ("azonosító", "identifier"),
    "parent": ("főrekord azonosítója", "identifier of the main record"),
    "ref_code": ("jelzet", "reference code"),
    "original_no": ("eredeti szám, negatívszám", "original or negative number"),
    "former_no": ("korábbi szám", "former number"),
    "inventory_no": ("leltári szám", "inventory number"),
    "accession_no": ("gyarapodási szám", "accession number"),
    "title": ("cím", "title"),
    "other_title": ("más cím", "other title"),
    "caption": ("képaláírás", "caption"),
    "description": ("leírás", "description"),
    "inscription": ("felirat a hordozón", "inscription"),
    "agency_caption": ("eredeti képaláírás", "original caption"),
    "alt": ("szöveges megfelelő", "text alternative"),
    "date": ("készítés ideje", "date of the photograph"),
    "date_start": ("legkorábbi dátum", "earliest date"),
    "date_end": ("legkésőbbi dátum", "latest date"),
    "year": ("év", "year"),
    "month": ("hónap", "month"),
    "day": ("nap", "day"),
    "date_approximate": ("a dátum körülbelüli", "the date is approximate"),
    "date_published": ("megjelenés ideje", "date of publication"),
    "date_digitised": ("digitalizálás ideje", "date digitised"),
    "creator": ("fényképész", "photographer"),
    "creator_dates": ("fényképész életévei", "photographer's life dates"),
    "creator_born": ("fényképész születése", "photographer born"),
    "creator_died": ("fényképész halála", "photographer died"),
    "creator_note": ("megjegyzés a fényképészről", "note on the photographer"),
    "contributor": ("közreműködő", "contributor"),
    "studio": ("műterem", "studio"),
    "agency": ("ügynökség", "agency"),
    "publisher": ("kiadó", "publisher"),
    "depicted": ("ábrázolt személy", "person shown"),
    "donor": ("adományozó", "donor"),
    "owner": ("tulajdonos", "owner"),
    "place": ("hely", "place"),
    "old_place": ("hely korábbi neve", "former name of the place"),
    "camera_place": ("a felvétel helye", "place of the camera"),
    "address": ("cím (utca, házszám)", "address"),
    "city": ("település", "city"),
    "county": ("megye", "county"),
    "state": ("állam, tartomány", "state or province"),
    "country": ("ország", "country"),
    "latitude": ("földrajzi szélesség", "latitude"),
    "longitude": ("földrajzi hosszúság", "longitude"),
    "coordinates": ("koordináták", "coordinates"),
    "event": ("esemény", "event"),
    "subject": ("tárgyszó", "subject"),
    "genre": ("műfaj", "genre"),
    "technique": ("technika", "technique"),
    "format": ("méret, formátum", "size and format"),
    "location": ("raktári hely", "shelf mark"),
    "rights_statement": ("jogi státusz", "rights statement"),
    "rights": ("jogi megjegyzés", "rights"),
    "rights_holder": ("jogosult", "rights holder"),
    "credit": ("forrásmegjelölés", "credit line"),
    "source": ("őrző intézmény, forrás", "holding institution, source"),
    "collection": ("gyűjtemény, fond", "collection, fonds"),
    "acquisition": ("szerzeményezés", "acquisition"),
    "custody": ("őrzéstörténet", "custody history"),
    "publication": ("megjelenés helye", "publication"),
    "address_online": ("webcím", "web address"),
    "language": ("nyelv", "language"),
    "notes": ("belső megjegyzés", "staff note"),
    "guid": ("gépi azonosító", "machine identifier"),
    "administrative_date": ("a rekord dátuma", "date of the record"),
}

PHRASES: dict[str, str] = {
    "filename": (
        "filename|file name|file|image file|image filename|file title|digital file|master file"
        "|digital object path|object filename|scan|kepfajl|fajlnev|fajl|allomany|allomanynev"
        "|fajl neve|kep fajlneve|file path|path|image|kep"
    ),
    "id": (
        "id|objectid|object id|object number|identifier|record id|item id|photo id|image id|irn"
        "|legacy id|asset id|image number|photograph number|photo number|pid|key|azonosito"
        "|azonosito szam|kepazonosito|kep azonosito|rekord id|sorszam|fotoszam|kepszam|item"
        "|unique id|local identifier|item number|signature"
    ),
    "parent": "parentid|parent id|parent|fo rekord|szulo azonosito|szulo",
    "ref_code": "reference code|ref code|reference|reference number|jelzet|leveltari jelzet",
    "original_no": (
        "negative number|negative no|original number|frame number|neg no|neg number|negativszam"
        "|negativ szam|eredeti szam|postcard id|plate number|identifier postcard id"
        "|identifier call number|call number|call no"
    ),
    "former_no": (
        "former number|old number|former reference|lot number|alternative identifiers"
        "|alternative identifier|oclc|identifier oclc rlin|identifier lccn|korabbi jelzet"
        "|regi jelzet|regi leltari szam"
    ),
    "inventory_no": "inventory number|inventory no|leltari szam|leltari jelzet|lelt sz",
    "accession_no": (
        "accession number|accession no|accession|gyarapodasi szam|novedeknaplo szam"
        "|identifier accession number"
    ),
    "title": (
        "title|main title|image title|photo title|item title|object title|name of photograph"
        "|item label|cim|kep cime|foto cime|focim|megnevezes|fenykep cime|headline"
    ),
    "other_title": (
        "original title|alternative title|alternate title|other title|parallel title|eredeti cim"
        "|alcim|subtitle|mas cim"
    ),
    "caption": "caption|kepalairas|image caption|photo caption|kep alairasa",
    "description": (
        "description|descript text|image description|scope and content|scope|summary|abstract"
        "|content|text|content description|leiras|tartalom|tartalmi leiras|kepleiras|ismertetes"
        "|item description|tema leirasa|annotation"
    ),
    "inscription": (
        "inscription|inscriptions|transcription|transcript|verso text|verso|text on back|back"
        "|back of photo|stamps|felirat|feliratok|hatlap|hatlap szovege|hatoldal|pecset|atirat"
    ),
    "agency_caption": (
        "original caption|agency caption|press caption|cutline|eredeti kepalairas|mti kepalairas"
        "|hivatalos kepalairas"
    ),
    "alt": "alt text|alt|image alt text|alternativ szoveg",
    "date": (
        "date|creation date|created date|date created|date taken|date of photograph|photo date"
        "|event dates|date of creation|date original|image date|datum|keltezes|keszites ideje"
        "|keszites datuma|felvetel ideje|felvetel datuma|keszult|mikor|mikor keszult|when|idopont"
        "|kelt|ido|kor|datalas"
    ),
    "date_start": (
        "earliest date|date start|start date|date from|year from|event start dates|begin date"
        "|legkorabbi datum|kezdo datum|datum tol|ev tol"
    ),
    "date_end": (
        "latest date|date end|end date|date to|year to|event end dates|legkesobbi datum"
        "|zaro datum|datum ig|ev ig"
    ),
    "year": "year|ev|evszam|year taken",
    "month": "month|honap|ho",
    "day": "day|nap",
    "date_approximate": (
        "date is approximate|approximate date|date approximate|circa|ca|korulbeluli datum"
        "|a datum korulbeluli|datum bizonytalan"
    ),
    "date_published": "date published|publication date|date issued|issued|megjelenes ideje",
    "date_digitised": (
        "date digitized|date digitised|digitized|digitised|scan date|date scanned|digitization date"
        "|digitalizalas ideje|digitalizalas datuma|szkenneles ideje"
    ),
    "administrative_date": (
        "date modified|date updated|last modified|record date|date added|updated|modified"
        "|modositas ideje|rogzites ideje|rogzites datuma"
    ),
    "creator": (
        "creator|photographer|photographer name|creator name|photographer s|author|artist|maker"
        "|by line|byline|creators|event actors|name|fenykepesz|foto|fotos|fotografus|szerzo"
        "|keszito|keszitette|ki keszitette|alkoto|fenykepezte|fotografalta|fenykepesz neve|photo by"
    ),
    "creator_dates": "creator dates|photographer dates|life dates|eletevek|fenykepesz eletevei",
    "creator_born": "birthdate|birth date|born|date of birth|szuletes|szuletesi ev|szuletett",
    "creator_died": "deathdate|death date|died|date of death|halal|halalozasi ev|meghalt",
    "creator_note": "creator note|photographer note|biography|eletrajz",
    "contributor": "contributor|contributors|kozremukodo|kozremukodok",
    "studio": "studio|photo studio|muterem|fenykepeszmuterem",
    "agency": "agency|news agency|photo agency|ugynokseg|hirugynokseg|kepugynokseg",
    "publisher": "publisher|published by|kiado|kozzetette",
    "depicted": (
        "people|persons|persons shown|person shown|people shown|depicted|persons depicted|names"
        "|name access points|subject name|sitter|person in image|szemelyek|szemely|nevek"
        "|abrazolt szemelyek|abrazolt szemely|szereplok|kik lathatok|lathato szemelyek"
    ),
    "donor": "donor|donated by|gift of|adomanyozo|ajandekozo|adomany|ajandekozta|kepfelajanlo",
    "owner": "owner|tulajdonos|lelohely tulajdonos",
    "place": (
        "place|places|location|locations|place shown|place name|geographic|coverage|spatial"
        "|subject geographic|place access points|intersection|street|location shown|hely|helyszin"
        "|helyszinek|helynev|foldrajzi hely|foldrajzi nev|terulet|utca|a kep helye|helyek|hol|where"
    ),
    "old_place": (
        "old places|old place|former place|former name of place|old street name|old address"
        "|regi helynev|korabbi helynev|regi utcanev|regi nev|egykori nev"
    ),
    "camera_place": (
        "camera place|camera location|location created|felvetel helye|a felvetel helye"
        "|keszites helye|hol keszult|creation place|place of creation"
    ),
    "address": "address|full address|street address|pontos cim|postacim|hazszam",
    "city": "city|town|municipality|telepules|varos|kozseg|helyseg",
    "county": "county|district|megye|kerulet|jaras",
    "state": "state|province|province state|region|tartomany|allam",
    "country": "country|orszag|country name",
    "latitude": "latitude|lat|gps latitude|szelesseg|foldrajzi szelesseg|szelessegi fok",
    "longitude": "longitude|lon|lng|long|gps longitude|hosszusag|foldrajzi hosszusag",
    "coordinates": "coordinates|gps|geo|lat lon|lat long|koordinatak|gps koordinatak|geolocation",
    "event": "event|event name|esemeny|esemeny neve",
    "subject": (
        "subject|subjects|keywords|keyword|tags|subject topical|subject access points|topics|topic"
        "|subject headings|subject title|subject temporal|themes|theme|category|categories|targyszo"
        "|targyszavak|kulcsszo|kulcsszavak|cimkek|cimke|temak|tema|temakor|kategoria"
    ),
    "genre": "genre|genres|type of photograph|form genre|genre access points|mufaj|kepfajta",
    "technique": (
        "technique|medium|medium comments|process|photographic process|material|negative or print"
        "|materials|physical description form|technika|eljaras|anyag|hordozo|hordozo tipusa"
        "|negativ vagy pozitiv"
    ),
    "format": (
        "original format|format original|size|dimensions|image size|physical description"
        "|physical description extent|extent|extent and medium|meret|meretek|eredeti meret"
        "|eredeti formatum|negativ merete"
    ),
    "location": (
        "shelf location|shelf mark|shelfmark|box|box number|storage location|physical location"
        "|folder|raktari hely|raktari jelzet|doboz|doboz szama|polc"
    ),
    "rights_statement": (
        "rightsstatement|rights statement|rights uri|license|licence|licence uri|license url"
        "|standardized rights|edm rights|jogi statusz|licenc|felhasznalasi engedely"
    ),
    "rights": (
        "rights|copyright|copyright notice|usage|usage terms|access conditions|use and reproduction"
        "|reproduction conditions|rights note|copyright status|jogok|jogi megjegyzes|szerzoi jog"
        "|felhasznalas|felhasznalasi feltetelek"
    ),
    "rights_holder": (
        "rights holder|rightsholder|copyright holder|copyright owner|jogosult|jogtulajdonos"
        "|szerzoi jogi jogosult|jog tulajdonosa"
    ),
    "credit": "credit|credit line|creditline|attribution|forrasmegjeloles|kredit|a kep forrasa",
    "source": (
        "source|repository|institution|holding institution|data provider|custodian|archive"
        "|contributing institution|forras|intezmeny|orzo intezmeny|orzesi hely|lelohely|archivum"
    ),
    "collection": (
        "collection|fonds|fonds title|collection title|collection name|series|gyujtemeny|fond"
        "|fond cime|sorozat|allag|hagyatek"
    ),
    "acquisition": "acquisition|provenance|acquired|szerzemenyezes|provenienca|eredet|beszerzes",
    "custody": "custody|custodial history|archival history|orzestortenet",
    "publication": (
        "published in|publication|publication title|citation|megjelent|megjelenes|kozlesek"
    ),
    "address_online": (
        "reference url|url|link|source url|homepage|web address|permalink|uri|landing page"
        "|digital collections url|item url|object url|webcim|hivatkozas|forras url"
    ),
    "language": "language|lang|languages|culture|nyelv|nyelve",
    "notes": "note|notes|remarks|comment|comments|internal note|megjegyzes|megjegyzesek|jegyzet",
    "guid": "uuid|guid|guid value|database id|ark|doi|handle",
}  # fmt: skip

MEANING = {phrase: target for target, phrases in PHRASES.items() for phrase in phrases.split("|")}
PREFIXES = {"dc", "dcterms", "iptc", "xmp", "vra", "edm"}
EMU = {"tit", "cre", "phy", "cat", "adm", "acq", "ass", "loc", "rig", "not"}


def words_of(heading: str) -> str:
    """A heading as plain words: "CreDateCreated" and "cre_date-created" are "cre date created"."""
    parted = re.sub(
        r"(?<=[a-z0-9áéíóöőúüű])(?=[A-ZÁÉÍÓÖŐÚÜŰ])|(?<=[A-Z])(?=[A-Z][a-z])", " ", heading
    )
    return fold(parted.replace("_", " "))


def meaning(heading: str) -> str:
    """The target a heading means, or an empty string."""
    words = words_of(heading).split()
    for candidate in _readings(words):
        if found := MEANING.get(" ".join(candidate)):
            return found
    return ""


def _readings(words: list[str]) -> list[list[str]]:
    """The words as they stand, without marks of a scheme or table, without a repeat number."""
    readings = [words]
    if len(words) > 1 and words[0] in PREFIXES:
        readings.append(words[1:])
    if len(words) > 1 and words[0] in EMU:
        readings.append(words[1:])
    tabled = [reading[:-1] for reading in readings if len(reading) > 1 and reading[-1] == "tab"]
    numbered = [reading[:-1] for reading in readings if len(reading) > 1 and reading[-1].isdigit()]
    return readings + tabled + numbered
