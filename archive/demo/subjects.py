"""The invented people and agencies of the demo records."""

from __future__ import annotations

from archive.demo.starter.model import Agent

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
