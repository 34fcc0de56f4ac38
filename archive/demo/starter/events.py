"""Events of 1956, what led to them and what came of them, with day and hour where known."""

from __future__ import annotations

from archive.demo.starter.model import Event
from archive.demo.starter.sources import (
    ACT_1990,
    CHRONOLOGY,
    LITVAN,
    MICHENER,
    REPRISALS,
    RIPP,
    UN_REPORT,
    VOLLEYS,
)

EVENTS: tuple[Event, ...] = (
    Event(
        "rajk_temetese",
        {"hu": "Rajk László és társai újratemetése", "en": "Reburial of László Rajk and others"},
        "1956-10-06",
        {
            "hu": "Az 1949-ben kivégzett miniszter és társai temetésén tízezrek vonultak fel a "
            "Kerepesi temetőben.",
            "en": "Tens of thousands came to the Kerepesi cemetery for the minister executed in "
            "1949 and those who died with him.",
        },
        place="kerepesi_temeto",
        source=CHRONOLOGY,
    ),
    Event(
        "tizenhat_pont",
        {"hu": "A tizenhat pont megfogalmazása", "en": "The Sixteen Points"},
        "1956-10-22",
        {
            "hu": "A Műegyetem hallgatói este a diákgyűlésen írták össze követeléseiket.",
            "en": "Students wrote down their demands at an evening meeting in the University of "
            "Technology.",
        },
        ("16 pont", "Sixteen Points"),
        place="muegyetem",
        source=CHRONOLOGY,
    ),
    Event(
        "forradalom",
        {"hu": "1956-os forradalom és szabadságharc", "en": "Hungarian Revolution of 1956"},
        "1956-10-23/1956-12-04",
        {
            "hu": "Október 23-án kezdődött; a fegyveres harcok november közepéig tartottak, a "
            "munkástanácsok és a tüntetők ellenállása decemberben is.",
            "en": "It began on 23 October; armed fighting lasted into the middle of November, the "
            "resistance of workers' councils and demonstrators into December.",
        },
        ("felkelés", "népfelkelés", "ötvenhat", "uprising", "revolt", "Hungarian Uprising"),
        source=LITVAN + "\n" + ACT_1990,
    ),
    Event(
        "tuntetes",
        {"hu": "Az október 23-i tüntetés", "en": "Demonstration of 23 October"},
        "1956-10-23",
        {
            "hu": "Délután három körül indult a Petőfi-szobortól a Bem térre, estére a Kossuth "
            "térre ért.",
            "en": "It set out about three in the afternoon from the Petőfi statue for Bem tér and "
            "reached "
            "Kossuth tér by evening.",
        },
        place="budapest",
        parent="forradalom",
        source=CHRONOLOGY,
    ),
    Event(
        "sztalin_szobor",
        {"hu": "A Sztálin-szobor ledöntése", "en": "Toppling of the Stalin statue"},
        "1956-10-23T21:37",
        {
            "hu": "A szobor este 21 óra 37 perckor dőlt le; csak a csizmák maradtak a talapzaton.",
            "en": "The statue fell at 9.37 in the evening; only the boots remained on the plinth.",
        },
        place="otvenhatosok_tere",
        parent="tuntetes",
        source=CHRONOLOGY,
    ),
    Event(
        "radio",
        {"hu": "A Rádió ostroma", "en": "Siege of the Radio"},
        "1956-10-23T21:00/1956-10-24T08:00",
        {
            "hu": "A Bródy Sándor utcai épület előtt az este folyamán dördültek el az első "
            "lövések; "
            "reggelre a felkelők elfoglalták.",
            "en": "The first shots before the building in Bródy Sándor utca were fired in the "
            "evening; by "
            "morning the insurgents held it.",
        },
        place="brody_utca",
        parent="forradalom",
        source=CHRONOLOGY,
    ),
    Event(
        "kossuth_teri_sortuz",
        {"hu": "A Kossuth téri sortűz", "en": "Volley on Kossuth tér"},
        "1956-10-25T11:15",
        {
            "hu": "A fegyvertelen tömegbe délelőtt tizenegy után lőttek; az áldozatok számát ma is "
            "vitatják.",
            "en": "The unarmed crowd was fired on shortly after eleven in the morning; the number "
            "of the "
            "dead is still disputed.",
        },
        ("véres csütörtök", "Bloody Thursday"),
        place="kossuth_ter",
        parent="forradalom",
        source=VOLLEYS,
    ),
    Event(
        "mosonmagyarovar",
        {"hu": "A mosonmagyaróvári sortűz", "en": "Volley at Mosonmagyaróvár"},
        "1956-10-26",
        {
            "hu": "A határőrlaktanya előtt lőttek a tüntetőkre.",
            "en": "Demonstrators were fired on before the barracks of the frontier guard.",
        },
        place="mosonmagyarovar",
        parent="forradalom",
        source=VOLLEYS,
    ),
    Event(
        "corvin_kozi_harcok",
        {"hu": "A Corvin közi harcok", "en": "Fighting at Corvin köz"},
        "1956-10-24/1956-11-10",
        {
            "hu": "A felkelők október 24-től tartották a közt, és november 4. után is harcoltak "
            "érte.",
            "en": "Insurgents held the passage from 24 October and fought for it again after 4 "
            "November.",
        },
        ("Corvin köz",),
        place="corvin_koz",
        parent="forradalom",
        source=RIPP,
    ),
    Event(
        "szena_teri_harcok",
        {"hu": "A Széna téri harcok", "en": "Fighting at Széna tér"},
        "1956-10-24/1956-11-07",
        {
            "hu": "A tér barikádjait budai fiatalok és munkások tartották.",
            "en": "Young people and workers of Buda held the barricades of the square.",
        },
        place="szena_ter",
        parent="forradalom",
        source=RIPP,
    ),
    Event(
        "tuzszunet",
        {"hu": "Tűzszünet", "en": "Ceasefire"},
        "1956-10-28",
        {
            "hu": "A kormány kihirdette az azonnali tűzszünetet.",
            "en": "The government announced an immediate ceasefire.",
        },
        place="budapest",
        parent="forradalom",
        source=CHRONOLOGY,
    ),
    Event(
        "koztarsasag_ter",
        {"hu": "A Köztársaság téri pártház ostroma", "en": "Siege of the party house on "
        "Köztársaság tér"},
        "1956-10-30",
        {
            "hu": "A következő napokban föld alatti börtönöket kerestek a téren; nem voltak.",
            "en": "In the days that followed people dug for prisons under the square; there were "
            "none.",
        },
        place="ii_janos_pal_papa_ter",
        parent="forradalom",
        source=CHRONOLOGY,
    ),
    Event(
        "semlegesseg",
        {"hu": "A semlegesség kinyilvánítása", "en": "Declaration of neutrality"},
        "1956-11-01",
        {
            "hu": "A kormány kilépett a Varsói Szerződésből.",
            "en": "The government left the Warsaw Pact.",
        },
        place="budapest",
        parent="forradalom",
        source=UN_REPORT,
    ),
    Event(
        "halottak_napja",
        {"hu": "Mindenszentek és halottak napja", "en": "All Saints' and All Souls'"},
        "1956-11-01/1956-11-02",
        {
            "hu": "A városban gyertyák égtek az ablakokban az elesettekért.",
            "en": "Candles burned in the windows of the city for the fallen.",
        },
        place="budapest",
        parent="forradalom",
        source=CHRONOLOGY,
    ),
    Event(
        "november_4",
        {"hu": "A második szovjet beavatkozás", "en": "Second Soviet intervention"},
        "1956-11-04",
        {
            "hu": "A támadás hajnalban indult; a miniszterelnök beszédét 5 óra 20 perckor "
            "sugározta a rádió.",
            "en": "The attack began before dawn; the prime minister's speech was broadcast at 5.20 "
            "a.m.",
        },
        place="budapest",
        parent="forradalom",
        source=UN_REPORT,
    ),
    Event(
        "csepel",
        {"hu": "A csepeli harcok", "en": "Fighting in Csepel"},
        "1956-11-04/1956-11-11",
        {
            "hu": "Csepelen tartott ki legtovább a fegyveres ellenállás Budapesten.",
            "en": "Armed resistance in Budapest held out longest in Csepel.",
        },
        place="csepel",
        parent="november_4",
        source=CHRONOLOGY,
    ),
    Event(
        "menekules",
        {"hu": "A menekülők útja nyugatra", "en": "Flight of the refugees"},
        "1956-11-04/1956-12-04",
        {
            "hu": "Mintegy kétszázezren hagyták el az országot; sokan később, 1957 elején.",
            "en": "Some two hundred thousand left the country, many of them later, early in 1957.",
        },
        parent="forradalom",
        source=LITVAN,
    ),
    Event(
        "munkastanacs",
        {
            "hu": "A Nagy-budapesti Központi Munkástanács megalakulása",
            "en": "Founding of the Central Workers' Council of Greater Budapest",
        },
        "1956-11-14",
        {
            "hu": "Az üzemek küldöttei az újpesti Egyesült Izzóban gyűltek össze.",
            "en": "Delegates of the works met at the Egyesült Izzó in Újpest.",
        },
        ("munkástanács", "workers' council"),
        place="egyesult_izzo",
        parent="forradalom",
        source=CHRONOLOGY,
    ),
    Event(
        "andaui_hid",
        {"hu": "Az andaui híd felrobbantása", "en": "Blowing up of the bridge at Andau"},
        "1956-11-21",
        {
            "hu": "A pallóhidat november 21-én robbantották fel; addig tízezrek mentek át rajta.",
            "en": "The footbridge was blown up on 21 November; tens of thousands had crossed it by "
            "then.",
        },
        place="andaui_hid",
        parent="menekules",
        source=MICHENER,
    ),
    Event(
        "nema_ora",
        {"hu": "A néma óra", "en": "The silent hour"},
        "1956-11-23T14:00/1956-11-23T15:00",
        {
            "hu": "Egy hónappal a kezdet után délután kettő és három között kiürültek az utcák.",
            "en": "A month after the beginning the streets emptied between two and three in the "
            "afternoon.",
        },
        place="budapest",
        parent="forradalom",
        source=CHRONOLOGY,
    ),
    Event(
        "nok_tuntetese",
        {"hu": "A nők tüntetése a Hősök terén", "en": "Women's demonstration on Heroes' Square"},
        "1956-12-04",
        {
            "hu": "A nők délelőtt virágot vittek az ismeretlen katona sírjához.",
            "en": "In the morning the women took flowers to the tomb of the unknown soldier.",
        },
        ("asszonytüntetés", "women's march"),
        place="hosok_tere",
        parent="forradalom",
        source=CHRONOLOGY,
    ),
    Event(
        "tuzolto_utcai_harcok",
        {"hu": "A Tűzoltó utcai harcok", "en": "Fighting in Tűzoltó utca"},
        "1956-10-24/1956-11-09~",
        {
            "hu": "A ferencvárosi csoport november 4. után is napokig harcolt.",
            "en": "The group of Ferencváros fought on for days after 4 November.",
        },
        place="tuzolto_utca",
        parent="forradalom",
        source=RIPP,
    ),
    Event(
        "baross_teri_harcok",
        {"hu": "A Baross téri harcok", "en": "Fighting at Baross tér"},
        "1956-10-24/1956-11-05~",
        {
            "hu": "A Keleti pályaudvar előtti téren is felkelőcsoport harcolt.",
            "en": "An insurgent group also fought on the square before the Keleti station.",
        },
        place="baross_ter",
        parent="forradalom",
        source=RIPP,
    ),
    Event(
        "salgotarjan",
        {"hu": "A salgótarjáni sortűz", "en": "Volley at Salgótarján"},
        "1956-12-08",
        {
            "hu": "A karhatalom és szovjet katonák a tüntető munkásokra lőttek; az áldozatok "
            "számát vitatják.",
            "en": "Armed police and Soviet soldiers fired on workers who demonstrated; the number "
            "of the dead is disputed.",
        },
        place="salgotarjan",
        source=VOLLEYS,
    ),
    Event(
        "megtorlas",
        {"hu": "A megtorlás", "en": "The reprisals"},
        "1956-11/1961",
        {
            "hu": "Perek, internálások és kivégzések következtek; az utolsó, a forradalommal "
            "összefüggő halálos ítéleteket 1961-ben hajtották végre.",
            "en": "Trials, internments and executions followed; the last death sentences that had "
            "to do with the revolution were carried out in 1961.",
        },
        ("retorzió", "reprisal"),
        source=REPRISALS,
    ),
    Event(
        "nagy_imre_kivegzese",
        {"hu": "Nagy Imre és társai kivégzése", "en": "Execution of Imre Nagy and others"},
        "1958-06-16",
        {
            "hu": "Nagy Imrét, Maléter Pált és Gimes Miklóst a budapesti Gyűjtőfogházban végezték "
            "ki.",
            "en": "Imre Nagy, Pál Maléter and Miklós Gimes were executed in the Budapest transit "
            "prison.",
        },
        place="budapest",
        parent="megtorlas",
        source=REPRISALS,
    ),
    Event(
        "ujratemetes_1989",
        {"hu": "Nagy Imre és társai újratemetése", "en": "Reburial of Imre Nagy and others"},
        "1989-06-16",
        {
            "hu": "A ravatalt a Hősök terén állították fel; a temetés a rákoskeresztúri Új "
            "köztemető 301-es parcellájában volt.",
            "en": "They lay in state on Heroes' Square and were buried in plot 301 of the New "
            "Public Cemetery.",
        },
        place="hosok_tere",
        source=REPRISALS,
    ),
)  # fmt: skip
