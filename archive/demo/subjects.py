"""The vocabulary of the demo records, and the invented people and agencies in them."""

from __future__ import annotations

from archive.demo.model import Agent, Concept

CONCEPTS: tuple[Concept, ...] = (
    Concept("nok", {"hu": "nők", "en": "women"}, ("asszonyok", "lányok", "budapesti nők",
    "women of Budapest")),
    Concept("tuntetok", {"hu": "tüntetők", "en": "demonstrators"}, ("tüntetés", "felvonulók",
    "protesters")),
    Concept(
        "szabadsagharcosok", {"hu": "szabadságharcosok", "en": "freedom fighters"},
        ("felkelők", "pesti srácok", "insurgents"),
    ),
    Concept("ellenforradalom", {"hu": "„ellenforradalom” (a megtorlás szóhasználata)",
            "en": "“counter-revolution” (term of the reprisals)"}, ("ellenforradalom",
            "counter-revolution")),
    Concept("lyukas_zaszlo", {"hu": "lyukas zászló", "en": "flag with a hole"}, ("kivágott címer",
    "zászló", "flag")),
    Concept("tomeg", {"hu": "tömeg", "en": "crowd"}, ("sokaság",)),
    Concept("tank", {"hu": "harckocsi", "en": "tank"}, ("tank", "páncélos")),
    Concept("barikad", {"hu": "barikád", "en": "barricade"}, ("torlasz",)),
    Concept("fegyver", {"hu": "fegyver", "en": "weapon"}, ("puska", "benzines palack", "rifle",
    "petrol bomb")),
    Concept("szobor", {"hu": "szobor", "en": "statue"}, ("emlékmű", "talapzat", "monument")),
    Concept("villamos", {"hu": "villamos", "en": "tram"}, ("sín", "felsővezeték", "tram rails")),
    Concept("hid", {"hu": "híd", "en": "bridge"}, ("hidak",)),
    Concept("rom", {"hu": "romos ház", "en": "ruined house"}, ("golyónyomok", "belövés", "ruins",
    "bullet marks")),
    Concept("kenyer", {"hu": "kenyér", "en": "bread"}, ("sorban állás", "élelem", "queue", "food")),
    Concept("roplap", {"hu": "röplap", "en": "leaflet"}, ("nyomda", "kiáltvány", "printing press")),
    Concept("radio", {"hu": "rádió és hangszóró", "en": "radio and loudspeaker"},
    ("hangosbemondó",)),
    Concept("mentok", {"hu": "mentők", "en": "ambulance"}, ("sebesült", "hordágy", "stretcher")),
    Concept("gyermek", {"hu": "gyerekek", "en": "children"}, ("gyermek", "fiú", "boy")),
    Concept("gyasz", {"hu": "gyász", "en": "mourning"}, ("sír", "gyertya", "virág", "grave",
    "candle", "flowers")),
    Concept("munkastanacs", {"hu": "munkástanács", "en": "workers' council"}, ("munkások", "gyár",
    "workers")),
    Concept("menekulok", {"hu": "menekülők", "en": "refugees"}, ("menekültek", "disszidálás",
    "határ", "frontier")),
    Concept("kerekpar", {"hu": "kerékpár", "en": "bicycle"}, ("bicikli", "futár", "courier")),
    Concept("teherauto", {"hu": "teherautó", "en": "lorry"}, ("gépkocsi", "truck")),
    Concept("parlament", {"hu": "Országház", "en": "Parliament"}, ("Parlament",)),
    Concept("rajz", {"hu": "rajzolt mintakép", "en": "drawn specimen"}, ("linómetszet", "minta",
    "linocut"), "genre"),
)  # fmt: skip

_INVENTED = {"hu": "Kitalált személy, csak a mintaarchívumban él.",
             "en": "An invented person who lives only in the specimen archive."}  # fmt: skip
_FIRM = {"hu": "Kitalált képügynökség.", "en": "An invented picture agency."}

AGENTS: tuple[Agent, ...] = (
    Agent("sps", "Specimen Press Service", ("SPS",), "corporate", _FIRM),
    Agent("mku", "Minta Képügynökség", ("MKÜ", "Minta Picture Agency"), "corporate", _FIRM),
    Agent("halmi", "Halmi-Minta Ödön", ("Ödön Halmi-Minta",), "person", _INVENTED, "1921/1991"),
    Agent("gyapjas", "Gyapjas Borbála", ("Borbála Gyapjas",), "person", _INVENTED, "1930/2004"),
    Agent("vesszos", "Vesszős Kelemen", ("Kelemen Vesszős",), "person", _INVENTED, "1902/1956"),
    Agent("karcos", "Karcos Benedek", ("Benedek Karcos",), "person", _INVENTED, "1934/.."),
    Agent("lino", "Linó Mihályné", ("Mrs Mihály Linó",), "person", _INVENTED, "1919/1998"),
    Agent("festek", "Festék Jolán", ("Jolán Festék",), "person", _INVENTED),
    Agent("hengeres", "Hengeres Jóska", ("Jóska Hengeres",), "person", _INVENTED),
    Agent("proba", "Próbanyomat Pál", ("Pál Próbanyomat",), "person", _INVENTED),
)  # fmt: skip
