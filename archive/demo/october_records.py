"""Records 1 to 13: demonstrators and freedom fighters, 23 to 30 October."""

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

_DEMONSTRATORS, _FIGHTERS = f"{FONDS}-1-1", f"{FONDS}-1-2"

OCTOBER: tuple[Photograph, ...] = (
    Photograph(
        1, _DEMONSTRATORS,
        {"hu": "Tüntetők a lyukas zászló alatt", "en": "Demonstrators under the flag with a hole"},
        drawn(
            "Tömeg a kivágott címerű zászló alatt október 23-án este. A lyukon át az ég látszik.",
            "A crowd under the flag with its emblem cut out, on the evening of 23 October. Through "
            "the "
            "hole one sees the sky.",
        ),
        {
            "hu": "Rajz: hatalmas, kerek lyukú zászló sűrű tömeg fölött; háttal álló alakok "
            "kalapban és "
            "kendőben, kétoldalt házak.",
            "en": "Drawing: a huge flag with a round hole above a dense crowd seen from behind, in "
            "hats and "
            "headscarves, houses on both sides.",
        },
        (Date("1956-10-23", "1956. október 23., este", "caption", attributed="Specimen Press "
        "Service"),),
        shown("kossuth_ter", certainty="probable"), ("tuntetes", "forradalom"),
        ("tuntetok", "lyukas_zaszlo", "tomeg", "rajz"), (SPS,), CASES["NoC-US"], "sps",
        (
            back(1, contested=True),
            rival("en", "Budapest, October 23: an excited crowd parades a defaced national flag "
            "through "
                  "the city.", "Minta Képügynökség, export service", "1956-10"),
            propaganda("hu", "A félrevezetett tömeg megcsonkított zászlóval vonul az "
            "ellenforradalom első "
                       "napján."),
        ),
        published_in("Specimen Illustrated Weekly", "A City in the Street", "weekly/1956-11-03",
        "1956-11-03"),
        format="24 × 18 cm",
    ),
    Photograph(
        2, _DEMONSTRATORS,
        {"hu": "Tüntető diákok a Bem téren", "en": "Student demonstrators on Bem tér"},
        drawn(
            "Az egyetemisták menete Bem József szobrához ért. A menet délután háromkor indult a "
            "Petőfi-szobortól.",
            "The students' march has reached the statue of General Bem. It set out from the Petőfi "
            "statue "
            "at three in the afternoon.",
        ),
        {
            "hu": "Rajz: karját kinyújtó tábornok szobra magas talapzaton, körülötte zászlós "
            "tömeg.",
            "en": "Drawing: the statue of a general with outstretched arm on a high plinth, a "
            "crowd with "
            "flags around it.",
        },
        (Date("1956-10-23T17:00", "1956. október 23., délután öt óra körül", "identified_event"),),
        shown("bem_ter"), ("tuntetes", "forradalom"),
        ("tuntetok", "szobor", "lyukas_zaszlo", "tomeg", "rajz"), (AgentLink("gyapjas",
        "creator"),),
        CASES["BY-SA"], "lino",
        (
            donor("Anyám a második zászló alatt áll, legalábbis mindig oda mutatott.",
            "Linó Mihályné leánya"),
        ),
        format="6 × 6 cm", technique="zselatinos ezüst negatív (rajzolt minta)",
    ),
    Photograph(
        3, _DEMONSTRATORS,
        {"hu": "Újságfáklyák a Kossuth téren", "en": "Newspaper torches on Kossuth tér"},
        drawn(
            "A téren eloltották a lámpákat, a tüntetők összesodort újságokat gyújtottak meg a "
            "Parlament "
            "előtt.",
            "The lamps on the square had been switched off; before Parliament the demonstrators "
            "lit "
            "rolled-up newspapers.",
        ),
        {
            "hu": "Rajz: széles kép, a sötét Országház előtt tömeg, felette égő papírfáklyák.",
            "en": "Drawing: a wide view of the dark Parliament and a crowd with burning paper "
            "torches.",
        },
        (Date("1956-10-23T20:00/1956-10-23T21:00", "1956. október 23., este nyolc és kilenc között",
              "identified_event"),),
        shown("kossuth_ter"), ("tuntetes", "forradalom"), ("tuntetok", "parlament", "tomeg",
        "rajz"),
        (MKU,), CASES["CNE"], "mku",
        (
            agency("hu", "Budapest, 1956. október 23. A Kossuth téren összegyűlt tömeg este, égő "
                   "újságokkal.", "Minta Képügynökség"),
            agency("en", "BUDAPEST, Oct. 23 – Crowd in Parliament Square by the light of burning "
                   "newspapers.", "Specimen Press Service"),
        ),
        format="9 × 24 cm",
    ),
    Photograph(
        4, _DEMONSTRATORS,
        {"hu": "A Sztálin-szobor csizmái", "en": "The boots of the Stalin statue"},
        drawn(
            "A ledöntött szoborból csak a két csizma maradt a talapzaton; melléjük zászlót tűztek. "
            "A "
            "szobor "
            "21 óra 37 perckor dőlt le.",
            "Of the toppled statue the two boots are left on the plinth, a flag planted by them. "
            "The "
            "statue fell at 9.37 p.m.",
        ),
        {
            "hu": "Rajz: két térd alatt letört óriási bronzcsizma talapzaton, reflektorok "
            "fényében, lent emberek.",
            "en": "Drawing: two giant bronze boots broken off below the knee on a plinth, in the "
            "beams of "
            "searchlights, people below.",
        },
        (Date("1956-10-23T22:00", "1956. október 23., este tíz óra körül", "identified_event"),),
        shown("otvenhatosok_tere"), ("sztalin_szobor", "tuntetes"),
        ("tuntetok", "szobor", "lyukas_zaszlo", "rajz"), (SPS,), CASES["InC-RUU"], "sps",
        (
            back(4),
            propaganda("hu", "A felbujtott csőcselék rombolásának nyoma a Sztálin téren.",
                       stance="offensive_language"),
        ),
        published_in("Specimen Illustrated Weekly", "The Boots", "weekly/1956-11-10", "1956-11-10"),
        format="24 × 18 cm",
    ),
    Photograph(
        5, _DEMONSTRATORS,
        {"hu": "A Rádió kapuja előtt", "en": "Before the gate of the Radio"},
        drawn(
            "A tüntetők a Bródy Sándor utcában azt követelik, hogy olvassák be a pontjaikat. Az "
            "épületből "
            "könnygázt dobnak ki.",
            "In Bródy Sándor utca the demonstrators demand that their points be broadcast. Tear "
            "gas "
            "is "
            "thrown from the building.",
        ),
        {
            "hu": "Rajz: éjszakai utca, zárt boltíves kapu lámpával, háttal álló tömeg, szálló "
            "röplapok.",
            "en": "Drawing: a street at night, a closed arched gate under a lamp, a crowd from "
            "behind, "
            "leaflets in the air.",
        },
        (Date("1956-10-23T21:00/1956-10-24T06:00", "1956. október 23-ról 24-re virradó éjjel",
        "inference"),),
        shown("brody_utca"), ("radio", "forradalom"), ("tuntetok", "roplap", "radio", "tomeg",
        "rajz"),
        (), CASES["UND"], "piac",
        (
            agency("en", "BUDAPEST – Students demand air time at the gate of Hungarian Radio, "
            "night of "
                   "October 23.", "Specimen Press Service"),
        ),
    ),
    Photograph(
        6, _DEMONSTRATORS,
        {"hu": "Tüntetők egy szovjet tankon, a Kossuth tér felé",
         "en": "Demonstrators on a Soviet tank, on the way to Kossuth tér"},
        drawn(
            "Fiatalok, nők és férfiak zászlóval egy harckocsin. Délelőtt még barátkoztak a "
            "katonákkal; "
            "tizenegy után lőttek a térre.",
            "Young people, women and men with a flag on a tank. In the morning they were making "
            "friends "
            "with the soldiers; after eleven the square was fired on.",
        ),
        {
            "hu": "Rajz: hat ember áll egy oldalról látott harckocsin, egyikük lyukas "
            "zászlót tart.",
            "en": "Drawing: six people on a tank seen from the side, one holding a flag with a "
            "hole.",
        },
        (Date("1956-10-25T10:30", "1956. október 25., délelőtt fél tizenegy", "agency_log",
              attributed="Minta Képügynökség"),),
        shown("kossuth_ter", certainty="probable"), ("kossuth_teri_sortuz", "forradalom"),
        ("tuntetok", "tank", "nok", "lyukas_zaszlo", "rajz"),
        (MKU, AgentLink("hengeres", "depicted", "possible")), CASES["InC-OW-EU"], "mku",
        (
            rival("hu", "Budapestiek üdvözlik a szovjet katonákat, 1956. október 25.",
                  "Minta Képügynökség", "1956-10-25"),
            rival("en", "BUDAPEST, Oct. 25 – Demonstrators have climbed on a Soviet tank whose "
            "crew would "
                  "not fire on them.", "Specimen Press Service", "1956-10-26"),
        ),
    ),
    Photograph(
        7, _DEMONSTRATORS,
        {"hu": "Elhagyott kalapok a Kossuth téren", "en": "Hats left behind on Kossuth tér"},
        drawn(
            "A tér a sortűz után, az árkádok alól: kalapok, egy zászló és egy nő, aki visszament.",
            "The square after the volley, from under the arcade: hats, a flag, and a woman who "
            "went back.",
        ),
        {
            "hu": "Rajz: sötét árkád ívén át üres tér, a földön kalapok és zászló, hátul az "
            "Országház.",
            "en": "Drawing: through a dark arcade an empty square with hats and a flag on the "
            "ground, "
            "Parliament behind.",
        },
        (Date("1956-10-25T11:30", "1956. október 25., délelőtt fél tizenkettő",
        "identified_event"),),
        shown("kossuth_ter"), ("kossuth_teri_sortuz",), ("gyasz", "parlament", "lyukas_zaszlo",
        "nok", "rajz"),
        (AgentLink("vesszos", "creator", "probable"),), CASES["PDM"], "piac",
        (donor("A hátuljára csak annyi volt írva: csütörtök.", "Bolhapiaci eladó"),),
        format="6 × 6 cm",
    ),
    Photograph(
        8, _FIGHTERS,
        {"hu": "Szabadságharcosok a Corvin közben", "en": "Freedom fighters in Corvin köz"},
        drawn(
            "Fegyveres fiatalok a Corvin köz boltíve alatt, mögöttük a mozi kerek épülete.",
            "Armed young people under the arch of Corvin köz, the round cinema behind them.",
        ),
        {
            "hu": "Rajz: sötét boltív alól a Corvin mozi, a macskakövön puskás fiatalok.",
            "en": "Drawing: the Corvin cinema from under a dark arch, young people with rifles on "
            "the "
            "cobbles.",
        },
        (Date("1956-10-29", "1956. október 29.", "caption", attributed="Minta Képügynökség"),),
        shown("corvin_koz"), ("corvin_kozi_harcok", "tuzszunet"),
        ("szabadsagharcosok", "fegyver", "rajz"), (MKU,), CASES["InC"], "mku",
        (
            back(8, contested=True),
            rival("en", "BUDAPEST, Oct. 29 – Young freedom fighters in the Corvin Passage, their "
                  "stronghold since October 24.", "Specimen Press Service", "1956-10-29"),
            propaganda("hu", "Ellenforradalmi fegyveres csoport a Corvin közben."),
        ),
        published_in("Minta Képes Lap", "A Corvin köz", "mintakepeslap/1956-11-01", "1956-11-01"),
    ),
    Photograph(
        9, _FIGHTERS,
        {"hu": "Pesti srác benzines palackkal", "en": "A boy of Pest with a petrol bomb"},
        drawn(
            "A fiú a háta mögé rejti a palackot; az utca végén harckocsi közeledik.",
            "The boy hides the bottle behind his back; a tank is coming up the street.",
        ),
        {
            "hu": "Rajz: háttal álló sapkás fiú, kezében a háta mögött palack, előtte utca és "
            "tank.",
            "en": "Drawing: a boy in a cap from behind, a bottle held at his back; before him a "
            "street and "
            "a tank.",
        },
        (Date("1956-10-24/1956-10-28", "1956. október 24. és 28. között", "inference"),),
        shown("jozsef_korut", certainty="probable"), ("corvin_kozi_harcok",),
        ("szabadsagharcosok", "gyermek", "tank", "fegyver", "rajz"),
        (AgentLink("proba", "depicted", "possible"),), CASES["NoC-OKLR"], "piac",
        (
            agency("hu", "Egy a pesti srácok közül, 1956. október.", "Minta Képügynökség"),
            agency("en", "One of the boys of Pest, October 1956.", "Specimen Press Service"),
        ),
    ),
    Photograph(
        10, _FIGHTERS,
        {"hu": "Barikád a Széna téren", "en": "Barricade on Széna tér"},
        drawn(
            "Felszedett kockakövek és egy felborított villamos; a torlasz tetején három felkelő.",
            "Torn-up setts and an overturned tram; three insurgents on top of the barricade.",
        ),
        {
            "hu": "Rajz: kőhalom, ferdén fekvő villamos, puskás alakok és lyukas zászló, mögöttük "
            "füst.",
            "en": "Drawing: a heap of stones, a tram on its side, figures with rifles and a flag "
            "with a "
            "hole, smoke behind.",
        },
        (Date("1956-10-25~", "1956. október 25. körül", "cataloguer"),),
        shown("szena_ter", "szell_kalman_ter", certainty="probable"), ("szena_teri_harcok",),
        ("szabadsagharcosok", "barikad", "villamos", "lyukas_zaszlo", "rajz"),
        (AgentLink("halmi", "creator"),), CASES["InC"], "karcos",
        (
            rival("en", "BUDAPEST – Freedom fighters man a barricade in Buda.", "Specimen Press "
            "Service", "1956-10-27"),
            rival("hu", "Fegyveresek barikádja Budán, a Széna téren.", "Minta Képügynökség",
            "1956-10-27"),
        ),
    ),
    Photograph(
        11, _FIGHTERS,
        {"hu": "Harckocsi az Üllői út sarkán", "en": "Tank at the corner of Üllői út"},
        drawn(
            "A mellékutcából kiforduló harckocsi a járdáról nézve; a sarokház falán belövések "
            "nyomai.",
            "A tank turning out of a side street, seen from the pavement; the corner house is "
            "scarred "
            "by shells.",
        ),
        {
            "hu": "Rajz: felénk forduló ágyúcsövű harckocsi nedves kövezeten, szétlőtt ház és füst "
            "között.",
            "en": "Drawing: a tank with its gun turned towards us on wet paving, between a shelled "
            "house "
            "and smoke.",
        },
        (Date("1956-10-24/1956-10-27?", "talán 1956. október 24–27.", "inference"),),
        shown("ulloi_ut"), ("corvin_kozi_harcok",), ("tank", "rom", "rajz"), (), CASES["NKC"],
        "piac",
        notes="A sarok még nincs azonosítva; a kirakat feliratát érdemes nagyítani.",
    ),
    Photograph(
        12, _FIGHTERS,
        {"hu": "Szabadságharcosok teherautón a Lenin körúton",
         "en": "Freedom fighters on a lorry on Lenin körút"},
        drawn(
            "Fegyveres fiúk és egy lány a teherautón; a járdáról integetnek nekik.",
            "Armed boys and a girl on the lorry; people wave from the pavement.",
        ),
        {
            "hu": "Rajz: nyitott teherautó oldalról, rajta öt ember puskával és lyukas zászlóval.",
            "en": "Drawing: an open lorry from the side, five people on it with rifles and a flag "
            "with a "
            "hole.",
        },
        (Date("1956-10-30", "Oct. 30, 1956", "caption", "en",
        attributed="Specimen Press Service"),),
        shown("erzsebet_korut"), ("forradalom",),
        ("szabadsagharcosok", "teherauto", "fegyver", "nok", "lyukas_zaszlo", "rajz"), (SPS,),
        CASES["InC-NC"], "sps",
        (
            back(12, contested=True),
            rival("hu", "Budapest, 1956. október 30. Felkelők zsákmányolt teherautón a Lenin "
            "körúton, a "
                  "járókelők éljenzik őket.", "Minta Képügynökség", "1956-10-30"),
            propaganda("hu", "Ellenforradalmi banda rabolt teherautón a Lenin körúton."),
        ),
        published_in("Specimen Illustrated Weekly", "The Young", "weekly/1956-11-10#p12",
        "1956-11-10"),
    ),
    Photograph(
        13, _FIGHTERS,
        {"hu": "Mentőkocsi a Rákóczi úton", "en": "Hospital van on Rákóczi út"},
        drawn(
            "Két önkéntes hordággyal fut a kocsihoz, amelyet fehér zászlóval jelöltek meg.",
            "Two volunteers run with a stretcher to the van, which is marked with a white flag.",
        ),
        {
            "hu": "Rajz: furgon kereszttel és fehér zászlóval, előtte egy férfi és egy nő "
            "hordággyal, füst.",
            "en": "Drawing: a van with a cross and a white flag, a man and a woman with a "
            "stretcher, smoke.",
        },
        (Date("1956-10-24/1956-10-30", "1956. október vége", "cataloguer"),),
        shown("rakoczi_ut"), ("forradalom",), ("mentok", "nok", "rom", "rajz"),
        (AgentLink("lino", "creator"),), CASES["BY-NC"], "lino",
        (donor("Nagyapám hajtotta a kocsit, kenyeret hordott rajta azelőtt.", "Linó Mihályné "
        "leánya"),),
    ),
)  # fmt: skip
