"""The sentences of lists of people and of vocabularies: why one or all of it was refused."""

from __future__ import annotations

AUTHORITIES: dict[str, tuple[str, str]] = {
    # a list of people
    "no_column_of_names": (
        "A(z) {name} táblázat egyik oszlopa sem látszik névnek. Nevezze el az oszlopot így: „név”.",
        "No column of {name} looks like a name. Please give the column the heading “name”.",
    ),
    "person_without_name": ("A sorban nincs név.", "The row has no name."),
    "person_date_unread": (
        "„{text}” nem érthető dátumként.",
        "“{text}” is not understood as a date.",
    ),
    "died_before_born": (
        "A halál éve ({died}) korábbi a születésénél ({born}).",
        "The death ({died}) is before the birth ({born}).",
    ),
    "identifier_wrong": (
        "„{text}” nem azonosító itt: {file}.",
        "“{text}” is no identifier of {file}.",
    ),
    "several_have_the_name": (
        "Többen is szerepelnek ezen a néven; hogy melyikükről van szó, azt ember döntheti el.",
        "Several have this name here; which of them is meant, a person has to decide.",
    ),
    # a vocabulary
    "no_label": ("Nincs elsődleges alakja (prefLabel).", "It has no preferred label (prefLabel)."),
    "no_address": ("Nincs címe (URI).", "It has no address (URI)."),
    "broader_unknown": (
        "A tágabb fogalma nincs a fájlban; a hivatkozás megmaradt.",
        "Its broader term is not in the file; the reference was kept.",
    ),
    "goes_in_a_circle": (
        "A tágabb fogalma maga is alatta van; a hivatkozás megmaradt, de nem érvényesül.",
        "Its broader term is itself below it; the reference was kept but has no effect.",
    ),
    "name_missing": ("Nincs neve.", "It has no name."),
    "date_unread": ("„{text}” nem érthető dátumként.", "“{text}” is not understood as a date."),
    "identifier_unread": (
        "„{text}” nem azonosító itt: {file}.",
        "“{text}” is no identifier of {file}.",
    ),
    "another_scheme": (
        "A tágabb fogalma másik szótárba tartozik ({scheme}).",
        "Its broader term belongs to another vocabulary ({scheme}).",
    ),
    "replaced_but_not_deprecated": (
        "Van helyettesítője, de nincs elavultnak jelölve.",
        "It has a replacement but is not deprecated.",
    ),
    "replacement_is_deprecated": (
        "A helyette használandó fogalom maga is elavult.",
        "The term that replaces it is deprecated itself.",
    ),
    "scheme_code": (
        "„{scheme}” nem lehet egy szótár kódja: kisbetű, számjegy és kötőjel lehet benne, és"
        " betűvel kezdődik.",
        "“{scheme}” cannot be the code of a vocabulary: it takes small letters, figures and"
        " hyphens, and begins with a letter.",
    ),
    "scheme_address": (
        "„{text}” nem cím: http://, https:// vagy urn: kezdetű legyen.",
        "“{text}” is no address: it begins with http://, https:// or urn:.",
    ),
    # a file of a vocabulary
    "nothing_sent": ("Válasszon egy fájlt.", "Please choose a file."),
    "too_large": ("A fájl nagyobb a megengedettnél.", "The file is larger than is accepted."),
    "too_many_terms": (
        "A fájlban több fogalom van a megengedettnél.",
        "The file has more terms than are accepted.",
    ),
    "no_terms": (
        "A fájlban nincs SKOS-fogalom (skos:Concept).",
        "The file has no SKOS term (skos:Concept).",
    ),
    "not_xml": (
        "A fájl hibás XML; az első hiba a(z) {line}. sorban van.",
        "The file is not well-formed XML; the first error is in line {line}.",
    ),
    "not_rdf": ("A fájl XML, de nem RDF/XML.", "The file is XML but not RDF/XML."),
    "not_turtle": (
        "A fájl sem RDF/XML, sem Turtle; az olvasás a(z) {line}. sorban akadt el.",
        "The file is neither RDF/XML nor Turtle; reading stopped in line {line}.",
    ),
    "not_utf8": (
        "A fájl nem UTF-8 kódolású; az első hiba a(z) {line}. sorban van.",
        "The file is not in UTF-8; the first error is in line {line}.",
    ),
    "document_type_refused": (
        "A fájl dokumentumtípust (DOCTYPE) vagy entitást tartalmaz; biztonsági okból ilyen fájl nem"
        " fogadható. Mentse Turtle formátumban.",
        "The file has a document type (DOCTYPE) or entities, which are refused for safety. Please"
        " save it as Turtle.",
    ),
    "too_deep": (
        "A fájl túl mélyen egymásba ágyazott.",
        "The file is nested too deeply.",
    ),
    "no_element_name": (
        "A szótárban olyan állítás van, amely RDF/XML-ben nem írható le; válassza a Turtle"
        " formátumot.",
        "The vocabulary says something that RDF/XML cannot express; please choose Turtle.",
    ),
}
