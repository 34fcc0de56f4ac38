"""Where the facts of the starter authority file can be looked up: books, laws, reports."""

from __future__ import annotations

CHRONOLOGY = (
    "1956 kézikönyve I. Kronológia. Főszerk. Hegedűs B. András. Budapest: 1956-os Intézet, 1996."
)
REPRISALS = (
    "1956 kézikönyve III. Megtorlás és emlékezés. Főszerk. Hegedűs B. András. "
    "Budapest: 1956-os Intézet, 1996."
)
LITVAN = (
    "Litván György (főszerk.): Az 1956-os magyar forradalom. Reform – felkelés – szabadságharc – "
    "megtorlás. Budapest: Tankönyvkiadó, 1991."
)
RIPP = "Ripp Zoltán: 1956. Forradalom és szabadságharc Magyarországon. Budapest: Korona, 2002."
UN_REPORT = (
    "United Nations: Report of the Special Committee on the Problem of Hungary. General Assembly, "
    "Official Records, Eleventh Session, Supplement No. 18 (A/3592). New York, 1957."
)
VOLLEYS = "Kahler Frigyes et al.: Sortüzek – 1956. Lakitelek: Antológia, 1993."
MICHENER = "James A. Michener: The Bridge at Andau. New York: Random House, 1957."
STREETS = "Ráday Mihály (szerk.): Budapest teljes utcanévlexikona. Budapest: Sprinter, 2003."
BIOGRAPHIES = (
    "Kenyeres Ágnes (főszerk.): Magyar életrajzi lexikon I–IV. Budapest: Akadémiai, 1967–1994."
)
ACT_1990 = (
    "1990. évi XXVIII. törvény az 1956. októberi forradalom és szabadságharc jelentőségének "
    "törvénybe iktatásáról."
)
TOWNS = "Kiss Lajos: Földrajzi nevek etimológiai szótára I–II. Budapest: Akadémiai, 1988."
