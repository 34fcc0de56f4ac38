"""Events from 23 October to 4 December 1956, with day and hour where they are known."""

from __future__ import annotations

from archive.demo.model import Event

EVENTS: tuple[Event, ...] = (
    Event(
        "forradalom",
        {"hu": "1956-os forradalom és szabadságharc", "en": "Hungarian Revolution of 1956"},
        "1956-10-23/1956-12-04",
        {
            "hu": "A mintagyűjtemény október 23-tól a nők december 4-i tüntetéséig követi; az "
            "ellenállás "
            "és a megtorlás tovább tartott.",
            "en": "The specimen collection follows it from 23 October to the women's demonstration "
            "of "
            "4 December; resistance and reprisals went on longer.",
        },
        ("felkelés", "népfelkelés", "ötvenhat", "uprising", "revolt", "Hungarian Uprising"),
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
    ),
    Event(
        "sztalin_szobor",
        {"hu": "A Sztálin-szobor ledöntése", "en": "Toppling of the Stalin statue"},
        "1956-10-23T21:37",
        {
            "hu": "A szobor este 21 óra 37 perckor dőlt le; csak a csizmák maradtak a talapzaton.",
            "en": "The statue fell at 9.37 in the evening; only the boots remained on the plinth.",
        },
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
    ),
    Event(
        "mosonmagyarovar",
        {"hu": "A mosonmagyaróvári sortűz", "en": "Volley at Mosonmagyaróvár"},
        "1956-10-26",
        {
            "hu": "A határőrlaktanya előtt lőttek a tüntetőkre.",
            "en": "Demonstrators were fired on before the barracks of the frontier guard.",
        },
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
    ),
    Event(
        "szena_teri_harcok",
        {"hu": "A Széna téri harcok", "en": "Fighting at Széna tér"},
        "1956-10-24/1956-11-07",
        {
            "hu": "A tér barikádjait budai fiatalok és munkások tartották.",
            "en": "Young people and workers of Buda held the barricades of the square.",
        },
    ),
    Event(
        "tuzszunet",
        {"hu": "Tűzszünet", "en": "Ceasefire"},
        "1956-10-28",
        {
            "hu": "A kormány kihirdette az azonnali tűzszünetet.",
            "en": "The government announced an immediate ceasefire.",
        },
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
    ),
    Event(
        "semlegesseg",
        {"hu": "A semlegesség kinyilvánítása", "en": "Declaration of neutrality"},
        "1956-11-01",
        {
            "hu": "A kormány kilépett a Varsói Szerződésből.",
            "en": "The government left the Warsaw Pact.",
        },
    ),
    Event(
        "halottak_napja",
        {"hu": "Mindenszentek és halottak napja", "en": "All Saints' and All Souls'"},
        "1956-11-01/1956-11-02",
        {
            "hu": "A városban gyertyák égtek az ablakokban az elesettekért.",
            "en": "Candles burned in the windows of the city for the fallen.",
        },
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
    ),
    Event(
        "csepel",
        {"hu": "A csepeli harcok", "en": "Fighting in Csepel"},
        "1956-11-04/1956-11-11",
        {
            "hu": "Csepelen tartott ki legtovább a fegyveres ellenállás Budapesten.",
            "en": "Armed resistance in Budapest held out longest in Csepel.",
        },
    ),
    Event(
        "menekules",
        {"hu": "A menekülők útja nyugatra", "en": "Flight of the refugees"},
        "1956-11-04/1956-12-04",
        {
            "hu": "Mintegy kétszázezren hagyták el az országot; sokan később, 1957 elején.",
            "en": "Some two hundred thousand left the country, many of them later, early in 1957.",
        },
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
    ),
)  # fmt: skip
