"""Records 23 to 30: after 4 November, the refugees, and the women of 4 December."""

from __future__ import annotations

from archive.demo.model import AgentLink, Date, Photograph
from archive.demo.rights_cases import CASES
from archive.demo.sayings import (
    MKU,
    SPS,
    agency,
    back,
    donor,
    drawn,
    propaganda,
    published_in,
    rival,
    shown,
)  # fmt: skip
from archive.demo.units import FONDS

_WOMEN, _REFUGEES = f"{FONDS}-3-1", f"{FONDS}-3-2"

NOVEMBER: tuple[Photograph, ...] = (
    Photograph(
        23, _WOMEN,
        {"hu": "A Lánchíd november 4-én hajnalban", "en": "The Chain Bridge at dawn on 4 November"},
        drawn(
            "Harckocsik a hídon a második szovjet beavatkozás hajnalán; előtérben az egyik "
            "oroszlán.",
            "Tanks on the bridge at the dawn of the second Soviet intervention; in front one of "
            "the lions.",
        ),
        {
            "hu": "Rajz: a Lánchíd és a folyó félhomályban, a hídon két tank, jobbra kőoroszlán.",
            "en": "Drawing: the Chain Bridge and the river at half-light, two tanks on the bridge, "
            "a stone "
            "lion on the right.",
        },
        (Date("1956-11-04T06:00", "1956. november 4., reggel hat óra körül", "identified_event"),),
        shown("lanchid"), ("november_4",), ("hid", "tank", "rajz"), (MKU,), CASES["NoC-NC"], "mku",
        (
            rival("hu", "A szovjet csapatok helyreállítják a rendet a fővárosban, 1956. november "
            "4.",
                  "Minta Képügynökség", "1956-11"),
            rival("en", "BUDAPEST, Nov. 4 – Soviet armour crosses the Danube at daybreak.",
                  "Specimen Press Service", "1956-11-04"),
        ),
    ),
    Photograph(
        24, _WOMEN,
        {"hu": "Gyalog a Szabadság hídon", "en": "On foot across Liberty Bridge"},
        drawn(
            "Tömegközlekedés nincs, mindenki gyalog jár. A nő két kosárral a Tolbuhin körútról, a "
            "vásárcsarnok felől jön.",
            "There is no public transport and everybody walks. The woman with two baskets comes "
            "from the "
            "market hall in Tolbuhin körút.",
        ),
        {
            "hu": "Rajz: vasszerkezetű híd belseje macskakővel és sínekkel, elöl nő két kosárral.",
            "en": "Drawing: inside an iron bridge with cobbles and rails, in front a woman with "
            "two "
            "baskets.",
        },
        (Date("1956-11-12/1956-11-20", "1956. november közepe", "cataloguer"),),
        shown("szabadsag_hid", "vamhaz_korut"), ("november_4",), ("hid", "nok", "kenyer",
        "villamos", "rajz"),
        (AgentLink("gyapjas", "creator"),), CASES["BY-SA"], "lino",
    ),
    Photograph(
        25, _WOMEN,
        {"hu": "Munkástanács az Egyesült Izzóban", "en": "Workers' council at the Egyesült Izzó"},
        drawn(
            "Az üzemek küldöttei kézfelemeléssel szavaznak a gyár csarnokában.",
            "Delegates of the works vote by show of hands in the factory hall.",
        ),
        {
            "hu": "Rajz: gyárcsarnok magas ablakokkal, szónok egy esztergapadon, előtte sapkás "
            "emberek.",
            "en": "Drawing: a factory hall with tall windows, a speaker on a lathe, people in caps "
            "before "
            "him.",
        },
        (Date("1956-11-14", "1956. november 14.", "identified_event"),),
        shown("egyesult_izzo"), ("munkastanacs",), ("munkastanacs", "tomeg", "rajz"), (),
        CASES["UND"], "piac",
        (
            propaganda("hu", "Az úgynevezett munkástanács gyűlése."),
        ),
        state="draft",
        notes="A megjelenés helyét még keressük; a jogállás addig nem dönthető el.",
    ),
    Photograph(
        26, _WOMEN,
        {"hu": "Budapesti nők kosarakkal", "en": "Women of Budapest with baskets"},
        drawn(
            "Három nő kenyeret visz haza a romok között; az egyikkel kisfiú megy.",
            "Three women carry bread home among the ruins; a small boy walks with one of them.",
        ),
        {
            "hu": "Rajz: három kendős nő és egy kisfiú, a kosarakban kenyér, mögöttük kiégett "
            "házak.",
            "en": "Drawing: three women in headscarves and a small boy, bread in the baskets, "
            "burnt-out houses behind them.",
        },
        (Date("1956-11-17~", "1956. november 17. körül", "agency_log", attributed="Specimen Press "
        "Service"),),
        shown("jozsef_korut"), ("november_4",), ("nok", "kenyer", "rom", "rajz"),
        (SPS, AgentLink("festek", "depicted", "probable")), CASES["InC"], "sps",
        (
            back(26),
            agency("hu", "Budapest, 1956. november. Bevásárlásból hazatérő asszonyok.",
            "Minta Képügynökség"),
        ),
        published_in("Specimen Illustrated Weekly", "Women of Budapest", "weekly/1956-12-01",
        "1956-12-01"),
    ),
    Photograph(
        27, _REFUGEES,
        {"hu": "Menekülők a Keleti pályaudvaron", "en": "Refugees at the Keleti railway station"},
        drawn(
            "Család két bőrönddel a győri vonat mellett; az óra négyet mutat.",
            "A family with two suitcases beside the train for Győr; the clock shows four.",
        ),
        {
            "hu": "Rajz: pályaudvari csarnok gőzmozdonnyal, elöl háttal álló család bőröndökkel.",
            "en": "Drawing: a station hall with a steam engine, in front a family from behind, "
            "with "
            "suitcases.",
        },
        (Date("1956-11-15/1956-11-30?", "talán 1956. november második fele", "inference"),),
        shown("keleti", certainty="probable"), ("menekules",), ("menekulok", "gyermek", "rajz"), (),
        CASES["CNE"], "karcos",
        state="withdrawn", withdrawn_reason="donor",
        notes="A letétbe adó kérésére visszavonva (minta); a kép adatai megmaradnak.",
    ),
    Photograph(
        28, _REFUGEES,
        {"hu": "Át a pallóhídon Andaunál", "en": "Over the footbridge at Andau"},
        drawn(
            "Menekülők a csatorna keskeny hídján, nádas között, hajnalban. A hidat november 21-én "
            "felrobbantották.",
            "Refugees on the narrow bridge over the canal, among reeds, at dawn. The bridge was "
            "blown up "
            "on 21 November.",
        ),
        {
            "hu": "Rajz: emberek sora keskeny pallón a víz fölött, felkelő nap, elöl nád.",
            "en": "Drawing: a line of people on a narrow plank over water, the rising sun, reeds "
            "in front.",
        },
        (Date("1956-11-10/1956-11-21", "1956. november 21. előtt", "identified_event"),),
        shown("andaui_hid"), ("menekules", "andaui_hid"), ("menekulok", "hid", "rajz"),
        (AgentLink("karcos", "creator"),), CASES["BY"], "karcos",
        (agency("en", "ANDAU, Austria – They cross by a plank, one at a time.", "Specimen Press "
        "Service"),),
        published_in("Specimen Illustrated Weekly", "The Plank", "weekly/1956-12-08", "1956-12-08"),
    ),
    Photograph(
        29, _REFUGEES,
        {"hu": "Nyomok a hóban a határnál", "en": "Tracks in the snow at the frontier"},
        drawn(
            "Négy alak a Hanság első haván, balra őrtorony, jobbra a drótkerítés.",
            "Four figures in the first snow of the Hanság, a watchtower on the left, the wire "
            "fence on the "
            "right.",
        ),
        {
            "hu": "Rajz: havas mező lábnyomokkal, négy távoli alak, őrtorony és szögesdrót.",
            "en": "Drawing: a snowy field with footprints, four distant figures, a watchtower and "
            "barbed "
            "wire.",
        },
        (),
        shown("hansag", certainty="possible"), ("menekules",), ("menekulok", "rajz"), (),
        CASES["NKC"], "piac",
        undated=True, state="draft",
        notes="Keltezetlen. A hó miatt november vége vagy december; addig keltezetlenként "
        "szerepel.",
    ),
    Photograph(
        30, _WOMEN,
        {"hu": "Nők a Hősök terén, december 4.", "en": "Women on Heroes' Square, 4 December"},
        drawn(
            "Egy hónappal a támadás után nők ezrei visznek virágot az ismeretlen katona sírjához.",
            "A month after the attack thousands of women take flowers to the tomb of the unknown "
            "soldier.",
        ),
        {
            "hu": "Rajz: kendős nők sokasága a Hősök terén zászlókkal és virággal, hátul az "
            "emlékmű.",
            "en": "Drawing: a multitude of women in headscarves on Heroes' Square with flags and "
            "flowers, "
            "the monument behind.",
        },
        (
            Date("1956-12-04T11:00", "1956. december 4., délelőtt tizenegy óra",
            "identified_event"),
            Date("1956-12-05", "Dec. 5, 1956", "agency_log", "en", "published", "Specimen Press "
            "Service"),
        ),
        shown("hosok_tere"), ("nok_tuntetese",), ("nok", "tuntetok", "gyasz", "tomeg", "rajz"),
        (SPS,),
        CASES["NoC-OKLR"], "sps",
        (
            back(30, contested=True),
            rival("hu", "Nők csoportja a Hősök terén, 1956. december 4.", "Minta Képügynökség",
            "1956-12-04"),
            propaganda("hu", "Félrevezetett asszonyok provokációja a Hősök terén."),
            donor("Anyám fekete kendőben ment el, és két napig nem beszélt róla.", "Linó Mihályné "
            "leánya"),
        ),
        published_in("Specimen Illustrated Weekly", "Women in Black", "weekly/1956-12-15",
        "1956-12-15"),
    ),
)  # fmt: skip
