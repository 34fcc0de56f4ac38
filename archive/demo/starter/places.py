"""Places of 1956: today's name, the names they bore and when, every other name, coordinates.

Years of street names are those of the lexicon named as the source; `~` marks those that other
works give a year earlier or later.
"""

from __future__ import annotations

from archive.demo.starter.model import Held, Place
from archive.demo.starter.sources import STREETS, TOWNS


def _same(hu: str, en: str = "") -> dict[str, str]:
    return {"hu": hu, "en": en or hu}


def _now(text: str, since: str) -> Held:
    return Held(text, f"{since}/..", "official")


CITIES: tuple[Place, ...] = (
    Place("magyarorszag", _same("Magyarország", "Hungary"), {}, ("Magyar Népköztársaság",),
          47.16, 19.50, 250000, parent=""),
    Place("ausztria", _same("Ausztria", "Austria"), {}, ("Österreich",), 47.59, 14.12, 280000,
          parent=""),
    Place("budapest", _same("Budapest"), {}, ("Pest", "Buda"), 47.4979, 19.0402, 12000,
          parent="magyarorszag"),
    Place("dunaujvaros", _same("Dunaújváros"), {}, (), 46.9619, 18.9355, 4000,
          parent="magyarorszag", source=TOWNS,
          held=(Held("Dunapentele", "../1951-11"), Held("Sztálinváros", "1951-11/1961-11"),
                _now("Dunaújváros", "1961-11"))),
    Place("mosonmagyarovar", _same("Mosonmagyaróvár"), {}, ("Magyaróvár", "Moson"),
          47.8737, 17.2699, 3000, parent="magyarorszag"),
    Place("salgotarjan", _same("Salgótarján"), {}, (), 48.0935, 19.7999, 4000,
          parent="magyarorszag"),
    Place("gyor", _same("Győr"), {}, ("Raab",), 47.6875, 17.6504, 5000, parent="magyarorszag"),
    Place("miskolc", _same("Miskolc"), {}, ("Diósgyőr",), 48.1035, 20.7784, 6000,
          parent="magyarorszag"),
    Place("debrecen", _same("Debrecen"), {}, (), 47.5316, 21.6273, 5000, parent="magyarorszag"),
    Place("szeged", _same("Szeged"), {}, (), 46.2530, 20.1414, 5000, parent="magyarorszag"),
    Place("pecs", _same("Pécs"), {}, (), 46.0727, 18.2323, 5000, parent="magyarorszag"),
    Place("hansag", _same("Hanság"), {}, ("Waasen",), 47.70, 17.15, 12000, parent="magyarorszag"),
    Place("andaui_hid", _same("Andaui híd", "Bridge at Andau"), {},
          ("Hansági-főcsatorna", "Einser-Kanal", "Brücke von Andau"), 47.72, 17.08, 3000,
          parent="ausztria"),
    Place("traiskirchen", _same("Traiskirchen"), {}, (), 48.0149, 16.2931, 2000,
          parent="ausztria"),
)  # fmt: skip

QUARTERS: tuple[Place, ...] = (
    Place("jozsefvaros", _same("Józsefváros", "Józsefváros (8th district)"), {}, ("VIII. kerület",),
          47.4890, 19.0770, 1500),
    Place("ferencvaros", _same("Ferencváros", "Ferencváros (9th district)"), {}, ("IX. kerület",),
          47.4745, 19.0850, 2000),
    Place("csepel", _same("Csepel", "Csepel (21st district)"), {}, ("XXI. kerület", "Vörös Csepel"),
          47.4270, 19.0660, 3000),
    Place("ujpest", _same("Újpest", "Újpest (4th district)"), {}, ("IV. kerület",),
          47.5640, 19.0900, 2500),
)  # fmt: skip

SQUARES: tuple[Place, ...] = (
    Place("kossuth_ter", _same("Kossuth Lajos tér"), {}, ("Kossuth tér", "Parliament Square"),
          47.5068, 19.0468, 120, source=STREETS,
          held=(Held("Országház tér", "1898/1927"), _now("Kossuth Lajos tér", "1927"))),
    Place("bem_ter", _same("Bem József tér"), _same("Bem tér"), ("Pálffy tér",),
          47.5137, 19.0388, 80),
    Place("otvenhatosok_tere", _same("Ötvenhatosok tere"), {},
          ("Dózsa György út", "Stalin Square"), 47.5107, 19.0822, 150, source=STREETS,
          held=(Held("Sztálin tér", "1951~/1956"), Held("Felvonulási tér", "1957~/2006"),
                _now("Ötvenhatosok tere", "2006"))),
    Place("szena_ter", _same("Széna tér"), {}, (), 47.5086, 19.0271, 80),
    Place("szell_kalman_ter", _same("Széll Kálmán tér"), {}, ("Moscow Square",),
          47.5071, 19.0249, 120, source=STREETS,
          held=(Held("Széll Kálmán tér", "1929/1951", "official"), Held("Moszkva tér", "1951/2011"),
                _now("Széll Kálmán tér", "2011"))),
    Place("nyugati_ter", _same("Nyugati tér"), {}, (), 47.5103, 19.0557, 120,
          source=STREETS,
          held=(Held("Berlini tér", "1914/1945"), Held("Marx tér", "1945/1990~"),
                _now("Nyugati tér", "1990~"))),
    Place("ii_janos_pal_papa_ter", _same("II. János Pál pápa tér"), {}, (),
          47.4957, 19.0757, 150, parent="jozsefvaros", source=STREETS,
          held=(Held("Tisza Kálmán tér", "1902/1946"), Held("Köztársaság tér", "1946/2011"),
                _now("II. János Pál pápa tér", "2011"))),
    Place("oktogon", _same("Oktogon"), {}, (), 47.5054, 19.0635, 60, source=STREETS,
          held=(Held("Mussolini tér", "1936/1945"), Held("November 7. tér", "1945/1990"),
                _now("Oktogon", "1990"))),
    Place("szechenyi_ter", _same("Széchenyi István tér"), {}, (), 47.5003, 19.0476, 100,
          source=STREETS,
          held=(Held("Ferenc József tér", "../1947"), Held("Roosevelt tér", "1947/2011"),
                _now("Széchenyi István tér", "2011"))),
    Place("baross_ter", _same("Baross tér"), {}, (), 47.5000, 19.0827, 100, parent="jozsefvaros"),
    Place("hosok_tere", _same("Hősök tere", "Heroes' Square"), {},
          ("Millenniumi emlékmű", "Millennium Monument"), 47.5149, 19.0779, 100),
)  # fmt: skip

STREET_NAMES: tuple[Place, ...] = (
    Place("brody_utca", _same("Bródy Sándor utca"), {},
          ("Sándor utca", "Magyar Rádió", "Hungarian Radio"), 47.4906, 19.0657, 60,
          parent="jozsefvaros"),
    Place("corvin_koz", _same("Corvin köz"), {}, ("Corvin mozi", "Corvin-köz", "Corvin Passage"),
          47.4859, 19.0713, 60, parent="jozsefvaros"),
    Place("jozsef_korut", _same("József körút"), {}, ("Nagykörút",), 47.4915, 19.0708, 700,
          parent="jozsefvaros"),
    Place("ulloi_ut", _same("Üllői út"), {}, (), 47.4840, 19.0723, 900),
    Place("tuzolto_utca", _same("Tűzoltó utca"), {}, (), 47.4795, 19.0790, 300,
          parent="ferencvaros"),
    Place("erzsebet_korut", _same("Erzsébet körút és Teréz körút"), {},
          ("Erzsébet körút", "Teréz körút", "Nagykörút", "Lenin Boulevard"), 47.5015, 19.0690, 900,
          source=STREETS,
          held=(Held("Lenin körút", "1950/1990"), _now("Erzsébet körút és Teréz körút", "1990"))),
    Place("andrassy_ut", _same("Andrássy út"), {}, ("Stalin Avenue",),
          47.5073, 19.0672, 1200, source=STREETS,
          held=(Held("Sugárút", "1876/1885"), Held("Andrássy út", "1885/1950", "official"),
                Held("Sztálin út", "1950/1956-10"), Held("Magyar Ifjúság útja", "1956-11/1957"),
                Held("Népköztársaság útja", "1957/1990"), _now("Andrássy út", "1990"))),
    Place("kiraly_utca", _same("Király utca"), {}, (),
          47.5027, 19.0630, 700, source=STREETS,
          held=(Held("Király utca", "../1950", "official"), Held("Majakovszkij utca", "1950/1990"),
                _now("Király utca", "1990"))),
    Place("rakoczi_ut", _same("Rákóczi út"), {}, (), 47.4967, 19.0710, 900),
    Place("bajcsy_ut", _same("Bajcsy-Zsilinszky út"), {}, (), 47.5033, 19.0546, 800,
          source=STREETS,
          held=(Held("Vilmos császár út", "1914/1945"), _now("Bajcsy-Zsilinszky út", "1945"))),
    Place("vamhaz_korut", _same("Vámház körút"), {}, (),
          47.4876, 19.0589, 250, source=STREETS,
          held=(Held("Tolbuhin körút", "1945/1991~"), _now("Vámház körút", "1991~"))),
)  # fmt: skip

BUILDINGS: tuple[Place, ...] = (
    Place("lanchid", _same("Széchenyi lánchíd", "Széchenyi Chain Bridge"), {},
          ("Lánchíd", "Chain Bridge"), 47.4989, 19.0436, 200),
    Place("szabadsag_hid", _same("Szabadság híd", "Liberty Bridge"), {}, (),
          47.4857, 19.0549, 180, source=STREETS,
          held=(Held("Ferenc József híd", "1896/1946~"), _now("Szabadság híd", "1946"))),
    Place("egyesult_izzo", _same("Újpest, Váci út 77.", "77 Váci út, Újpest"),
          _same("Egyesült Izzó", "Egyesült Izzó (United Incandescent works)"), ("Tungsram",),
          47.5540, 19.0795, 400, parent="ujpest"),
    Place("keleti", _same("Keleti pályaudvar", "Keleti Railway Station"), {},
          ("Eastern Station",), 47.5003, 19.0839, 120, parent="jozsefvaros"),
    Place("kilian_laktanya", _same("Kilián laktanya", "Kilián Barracks"), {},
          ("Mária Terézia laktanya",), 47.4850, 19.0705, 60, parent="ferencvaros"),
    Place("muegyetem", _same("Műegyetem", "University of Technology"), {},
          ("Építőipari Műszaki Egyetem", "Budapesti Műszaki Egyetem"), 47.4816, 19.0560, 150),
    Place("kerepesi_temeto", _same("Fiumei úti sírkert", "Kerepesi cemetery"), {},
          ("Kerepesi temető",), 47.4955, 19.0905, 400, parent="jozsefvaros"),
    Place("uj_koztemeto", _same("Új köztemető", "New Public Cemetery"), {},
          ("Rákoskeresztúri temető", "301-es parcella", "plot 301"), 47.4790, 19.1800, 900),
)  # fmt: skip

PLACES: tuple[Place, ...] = CITIES + QUARTERS + SQUARES + STREET_NAMES + BUILDINGS
