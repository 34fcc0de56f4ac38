"""The arrangement of the demo archive: one fonds, three series, six files."""

from __future__ import annotations

from archive.demo.model import Unit

FONDS = "HU-PIL-SP-1956"

UNITS: tuple[Unit, ...] = (
    Unit(
        FONDS, "fonds", "",
        {"hu": "Budapest 1956 – mintagyűjtemény", "en": "Budapest 1956 – specimen collection"},
        {
            "hu": "Harminc rajzolt mintakép, amelyet a program készített, hogy az archívum üresen "
            "is "
            "kipróbálható legyen. Egyik sem fénykép, és egyik sem bizonyít semmit: a margón, a "
            "leírásban és a fájlban is ott áll, hogy SPECIMEN. Az események, a napok és az órák az "
            "1956-os forradalom és szabadságharc ismert történetét követik; a személyek, a "
            "képügynökségek és az adományozók kitaláltak.",
            "en": "Thirty specimen pictures drawn by the program, so that the archive can be tried "
            "before it holds anything. None is a photograph and none is evidence: the margin, the "
            "description and the file all say SPECIMEN. Events, days and hours follow the known "
            "history of the Hungarian Revolution of 1956; the people, the picture agencies and the "
            "donors are invented.",
        },
        "1956-10-23/1956-12-04",
    ),
    Unit(
        f"{FONDS}-1", "series", FONDS,
        {"hu": "Az utcán, október 23–30.", "en": "In the streets, 23–30 October"},
        {
            "hu": "A tüntetés, az első éjszaka, a Kossuth tér és a harcok a tűzszünetig.",
            "en": "The demonstration, the first night, Kossuth tér, and the fighting up to the "
            "ceasefire.",
        },
        "1956-10-23/1956-10-30",
    ),
    Unit(
        f"{FONDS}-1-1", "file", f"{FONDS}-1",
        {"hu": "Tüntetők, október 23–25.", "en": "Demonstrators, 23–25 October"},
        {
            "hu": "A Bem tértől a Parlamentig, a Rádióig és a Sztálin-szoborig, majd a Kossuth "
            "tér.",
            "en": "From Bem tér to Parliament, the Radio and the Stalin statue; then Kossuth tér.",
        },
        "1956-10-23/1956-10-25",
    ),
    Unit(
        f"{FONDS}-1-2", "file", f"{FONDS}-1",
        {"hu": "Szabadságharcosok, október 24–30.", "en": "Freedom fighters, 24–30 October"},
        {
            "hu": "A Corvin köz, a Széna tér, a körutak és a mentők.",
            "en": "Corvin köz, Széna tér, the boulevards and the ambulances.",
        },
        "1956-10-24/1956-10-30",
    ),
    Unit(
        f"{FONDS}-2", "series", FONDS,
        {"hu": "Hétköznapok két harc között", "en": "Everyday life between two battles"},
        {
            "hu": "Hírek, kenyér, romok és gyász október végén, november elején.",
            "en": "News, bread, ruins and mourning at the end of October and the beginning of "
            "November.",
        },
        "1956-10-26/1956-11-30",
    ),
    Unit(
        f"{FONDS}-2-1", "file", f"{FONDS}-2",
        {"hu": "Hírek és kenyér", "en": "News and bread"},
        {
            "hu": "Hangszórós kocsi, nyomda, futár, sorban állók.",
            "en": "A loudspeaker van, a press, a courier, people queueing.",
        },
        "1956-10-26/1956-11-10",
    ),
    Unit(
        f"{FONDS}-2-2", "file", f"{FONDS}-2",
        {"hu": "Romok és gyász", "en": "Ruins and mourning"},
        {
            "hu": "Szétlőtt házak, egy kiégett tank, gyertyák és egy utcai sír.",
            "en": "Houses under fire, a burnt-out tank, candles and a grave in the street.",
        },
        "1956-10-29/1956-11-30",
    ),
    Unit(
        f"{FONDS}-3", "series", FONDS,
        {"hu": "November 4. után", "en": "After 4 November"},
        {
            "hu": "A második szovjet beavatkozás hajnalától a nők tüntetéséig.",
            "en": "From the dawn of the second Soviet intervention to the women's demonstration.",
        },
        "1956-11-04/1956-12-04",
    ),
    Unit(
        f"{FONDS}-3-1", "file", f"{FONDS}-3",
        {"hu": "Hidak, gyárak, budapesti nők", "en": "Bridges, works, women of Budapest"},
        {
            "hu": "Átkelés a hidakon, a munkástanács, a nők az utcán és a Hősök terén.",
            "en": "Crossing the bridges, the workers' council, the women in the streets and on "
            "Heroes' Square.",
        },
        "1956-11-04/1956-12-04",
    ),
    Unit(
        f"{FONDS}-3-2", "file", f"{FONDS}-3",
        {"hu": "Menekülők", "en": "Refugees"},
        {
            "hu": "A pályaudvar, a pallóhíd és a határ menti rét.",
            "en": "The railway station, the footbridge and the meadow at the frontier.",
        },
        "1956-11-10/1956-12-04",
    ),
)  # fmt: skip
