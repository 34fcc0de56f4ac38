"""Places of the demo records: today's name, the name in 1956, every other name, coordinates."""

from __future__ import annotations

from archive.demo.model import Place


def _same(hu: str, en: str = "") -> dict[str, str]:
    return {"hu": hu, "en": en or hu}


PLACES: tuple[Place, ...] = (
    Place("budapest", _same("Budapest"), {}, ("Pest", "Buda"), 47.4979, 19.0402, 12000),
    Place(
        "kossuth_ter", _same("Kossuth Lajos tér"), {},
        ("Kossuth tér", "Országház tér", "Parliament Square"), 47.5068, 19.0468, 120,
    ),
    Place(
        "bem_ter", _same("Bem József tér"), _same("Bem tér"), ("Pálffy tér",), 47.5137, 19.0388, 80
    ),
    Place(
        "otvenhatosok_tere", _same("Ötvenhatosok tere"), _same("Sztálin tér"),
        ("Felvonulási tér", "Dózsa György út", "Stalin Square"), 47.5107, 19.0822, 150,
    ),
    Place(
        "brody_utca", _same("Bródy Sándor utca"), {},
        ("Sándor utca", "Magyar Rádió", "Hungarian Radio"), 47.4906, 19.0657, 60,
    ),
    Place(
        "corvin_koz", _same("Corvin köz"), {},
        ("Corvin mozi", "Corvin-köz", "Corvin Passage"), 47.4859, 19.0713, 60,
    ),
    Place("szena_ter", _same("Széna tér"), {}, (), 47.5086, 19.0271, 80),
    Place(
        "szell_kalman_ter", _same("Széll Kálmán tér"), _same("Moszkva tér"),
        ("Moscow Square",), 47.5071, 19.0249, 120,
    ),
    Place("jozsef_korut", _same("József körút"), {}, ("Nagykörút",), 47.4915, 19.0708, 700),
    Place("ulloi_ut", _same("Üllői út"), {}, (), 47.4840, 19.0723, 900),
    Place(
        "erzsebet_korut", _same("Erzsébet körút és Teréz körút"), _same("Lenin körút"),
        ("Erzsébet körút", "Teréz körút", "Nagykörút", "Lenin Boulevard"), 47.5015, 19.0690, 900,
    ),
    Place(
        "andrassy_ut", _same("Andrássy út"), _same("Sztálin út"),
        ("Magyar Ifjúság útja", "Népköztársaság útja", "Stalin Avenue"), 47.5073, 19.0672, 1200,
    ),
    Place(
        "nyugati_ter", _same("Nyugati tér"), _same("Marx tér"), ("Berlini tér",), 47.5103, 19.0557,
        120
    ),
    Place(
        "kiraly_utca", _same("Király utca"), _same("Majakovszkij utca"), (), 47.5027, 19.0630, 700
    ),
    Place("rakoczi_ut", _same("Rákóczi út"), {}, (), 47.4967, 19.0710, 900),
    Place(
        "ii_janos_pal_papa_ter", _same("II. János Pál pápa tér"), _same("Köztársaság tér"),
        ("Tisza Kálmán tér",), 47.4957, 19.0757, 150,
    ),
    Place("jozsefvaros", _same("Józsefváros", "Józsefváros (8th district)"), {}, ("VIII. kerület",),
          47.4890, 19.0770, 1500),
    Place(
        "lanchid", _same("Széchenyi lánchíd", "Széchenyi Chain Bridge"), {},
        ("Lánchíd", "Chain Bridge"), 47.4989, 19.0436, 200,
    ),
    Place(
        "szabadsag_hid", _same("Szabadság híd", "Liberty Bridge"), {},
        ("Ferenc József híd",), 47.4857, 19.0549, 180,
    ),
    Place(
        "vamhaz_korut", _same("Vámház körút"), _same("Tolbuhin körút"), (), 47.4876, 19.0589, 250
    ),
    Place(
        "egyesult_izzo", _same("Újpest, Váci út 77.", "77 Váci út, Újpest"),
        _same("Egyesült Izzó", "Egyesült Izzó (United Incandescent works)"), ("Tungsram",),
        47.5540, 19.0795, 400,
    ),
    Place(
        "keleti", _same("Keleti pályaudvar", "Keleti Railway Station"), {},
        ("Baross tér", "Eastern Station"), 47.5003, 19.0839, 120,
    ),
    Place(
        "hosok_tere", _same("Hősök tere", "Heroes' Square"), {},
        ("Millenniumi emlékmű", "Millennium Monument"), 47.5149, 19.0779, 100,
    ),
    Place(
        "andaui_hid", _same("Andaui híd", "Bridge at Andau"), {},
        ("Hansági-főcsatorna", "Einser-Kanal", "Brücke von Andau"), 47.72, 17.08, 3000,
    ),
    Place("hansag", _same("Hanság"), {}, ("Waasen",), 47.70, 17.15, 12000),
)  # fmt: skip
