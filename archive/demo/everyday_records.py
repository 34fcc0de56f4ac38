"""Records 14 to 22: news, bread, ruins and mourning between two battles."""

from __future__ import annotations

from archive.demo.model import AgentLink, Date, Photograph
from archive.demo.rights_cases import CASES
from archive.demo.sayings import MKU, SPS, agency, back, donor, drawn, published_in, rival, shown
from archive.demo.units import FONDS

_NEWS, _RUINS = f"{FONDS}-2-1", f"{FONDS}-2-2"

EVERYDAY: tuple[Photograph, ...] = (
    Photograph(
        14, _NEWS,
        {"hu": "Hangszórós kocsi a Sztálin úton", "en": "Loudspeaker van on Sztálin út"},
        drawn(
            "Az emberek megállnak, és a tűzszünet hírét hallgatják. Az utat a plakátok már Magyar "
            "Ifjúság útjának hívják.",
            "People stop to hear the news of the ceasefire. The posters already call the avenue "
            "Magyar "
            "Ifjúság útja.",
        ),
        {
            "hu": "Rajz: furgon tetején két nagy tölcséres hangszóró, előtte fölfelé figyelő "
            "emberek.",
            "en": "Drawing: two big horn loudspeakers on the roof of a van, people listening "
            "before it.",
        },
        (Date("1956-10-28/1956-10-29", "1956. október 28. vagy 29.", "inference"),),
        shown("andrassy_ut"), ("tuzszunet",), ("radio", "tomeg", "rajz"), (MKU,),
        CASES["InC-OW-EU"], "mku",
        (
            agency("hu", "Híreket mondó hangszórós kocsi a Sztálin úton, 1956. október 29.",
            "Minta Képügynökség"),
        ),
    ),
    Photograph(
        15, _NEWS,
        {"hu": "Éjszakai műszak a nyomdában", "en": "Night shift at the press"},
        drawn(
            "Röplapok készülnek egy pesti nyomdában; a hajtókeréknél egy férfi, az íveknél egy nő "
            "áll.",
            "Leaflets are printed in a works in Pest; a man at the flywheel, a woman at the "
            "sheets.",
        ),
        {
            "hu": "Rajz: lámpafényben nyomdagép nagy kerékkel, két munkás, szálló és halomba "
            "rakott ívek.",
            "en": "Drawing: a press with a big wheel in lamplight, two workers, sheets flying and "
            "stacked.",
        },
        (Date("1956-10-27/1956-11-03", "1956. október 27. és november 3. között", "donor",
              attributed="Linó Mihályné leánya"),),
        shown("kiraly_utca", certainty="possible"), ("forradalom",), ("roplap", "nok", "rajz"),
        (AgentLink("lino", "creator"),), CASES["InC-NC"], "lino",
        (donor("Azt mesélte, reggelre húszezer lap volt kész.", "Linó Mihályné leánya"),),
    ),
    Photograph(
        16, _NEWS,
        {"hu": "Futár a nedves síneken", "en": "Courier on wet tram rails"},
        drawn(
            "Villamos nem jár, a felsővezeték leszakadt; kerékpáros viszi a híreket a Marx tér "
            "felé.",
            "No trams run and the wires are down; a cyclist carries the news towards Marx tér.",
        ),
        {
            "hu": "Rajz: esős körút összefutó sínekkel és leszakadt vezetékkel, egyetlen "
            "kerékpáros.",
            "en": "Drawing: a rainy boulevard with converging rails and fallen wires, a single "
            "cyclist.",
        },
        (Date("1956-11-05/1956-11-10", "1956. november 5–10.", "cataloguer"),),
        shown("erzsebet_korut", "nyugati_ter"), ("november_4",), ("villamos", "kerekpar", "rajz"),
        (AgentLink("karcos", "creator"),), CASES["BY"], "karcos",
        (agency("en", "BUDAPEST, Nov. – No trams, no telephone: news goes by bicycle.",
        "Specimen Press Service"),),
        format="24 × 36 mm", technique="zselatinos ezüst negatív (rajzolt minta)",
    ),
    Photograph(
        17, _NEWS,
        {"hu": "Nők kenyérért állnak sort", "en": "Women queueing for bread"},
        drawn(
            "Sorban állók egy golyónyomos fal mentén az Üllői úton; elöl kosaras asszony.",
            "People queueing along a wall with bullet marks in Üllői út; in front a woman with a "
            "basket.",
        ),
        {
            "hu": "Rajz: golyóverte fal előtt hosszú sor, főként kendős nők, jobbra kosaras "
            "asszony.",
            "en": "Drawing: a long queue before a bullet-marked wall, mostly women in headscarves, "
            "one with "
            "a basket on the right.",
        },
        (Date("1956-10-29/1956-10-31", "1956. október vége", "caption",
        attributed="Minta Képügynökség"),),
        shown("ulloi_ut"), ("tuzszunet",), ("nok", "kenyer", "rom", "rajz"), (MKU,),
        CASES["InC-EDU"], "mku",
        (
            back(17),
            agency("en", "BUDAPEST, Oct. 31 – Women wait for bread in Ulloi Street between two "
            "days of "
                   "fighting.", "Specimen Press Service"),
        ),
        published_in("Minta Képes Lap", "Kenyér", "mintakepeslap/1956-11-02", "1956-11-02"),
    ),
    Photograph(
        18, _RUINS,
        {"hu": "Szétlőtt bérház a József körúton", "en": "Shelled apartment house on József körút"},
        drawn(
            "A ház oldala leomlott: tapéta, kályhacső, falióra, és a szélben kint lógó függöny.",
            "The side of the house has fallen: wallpaper, a stovepipe, a clock, a curtain out in "
            "the wind.",
        ),
        {
            "hu": "Rajz: félig leomlott ház nyitott szobákkal, golyónyomok, lent törmelék és "
            "söprögető nő.",
            "en": "Drawing: a half-collapsed house with open rooms and bullet marks, rubble below "
            "and a "
            "woman sweeping.",
        },
        (Date("1956-11-11/1956-11-30", "1956. november közepe vagy vége", "inference"),),
        shown("jozsef_korut"), ("november_4",), ("rom", "nok", "rajz"), (AgentLink("gyapjas",
        "creator"),),
        CASES["InC-EDU"], "lino",
    ),
    Photograph(
        19, _RUINS,
        {"hu": "Hallgatózók a Köztársaság téren", "en": "Listening to the ground on "
        "Köztársaság tér"},
        drawn(
            "Föld alatti börtönöket keresnek a pártház előtti téren. Nem találtak semmit.",
            "People look for prisons under the square before the party house. They found nothing.",
        ),
        {
            "hu": "Rajz: gödör és kotrógép kopasz fák között, egy ember a földre hajolva "
            "hallgatózik.",
            "en": "Drawing: a pit and an excavator among bare trees, somebody bent to the ground, "
            "listening.",
        },
        (Date("1956-10-31/1956-11-03", "1956. október 31. és november 3. között",
        "identified_event"),),
        shown("ii_janos_pal_papa_ter"), ("koztarsasag_ter",), ("tomeg", "rajz"), (SPS,),
        CASES["NoC-US"], "sps",
        (
            rival("en", "BUDAPEST, Nov. 1 – Rescuers dig for political prisoners believed to be "
            "held in "
                  "secret cells under Republic Square.", "Specimen Press Service", "1956-11-01"),
            rival("hu", "Budapest, 1956. november 1. A lakosság állítólagos pincebörtönöket keres "
            "a "
                  "Köztársaság téren.", "Minta Képügynökség", "1956-11-01"),
        ),
        state="in_review",
    ),
    Photograph(
        20, _RUINS,
        {"hu": "Gyerekek egy kiégett harckocsin", "en": "Children on a burnt-out tank"},
        drawn(
            "A kiégett tank a környék gyerekeinek játszótere lett; elöl egy anya babakocsival.",
            "The burnt-out tank has become the playground of the neighbourhood; in front a mother "
            "with a "
            "pram.",
        ),
        {
            "hu": "Rajz: lekonyult ágyúcsövű tank, rajta gyerekek, mellette nő babakocsival.",
            "en": "Drawing: a tank with a drooping gun and children on it, beside it a woman with "
            "a pram.",
        },
        (Date("1956-10-29/1956-11-03", "1956. október 29. – november 3.", "inference"),),
        shown("jozsef_korut", certainty="probable"), ("tuzszunet",), ("gyermek", "tank", "nok",
        "rajz"),
        (), CASES["CC0"], "piac",
    ),
    Photograph(
        21, _RUINS,
        {"hu": "Gyertyák az ablakokban", "en": "Candles in the windows"},
        drawn(
            "Halottak napján gyertya ég az elesettekért egy pesti ház ablakaiban.",
            "On All Souls' Day candles burn for the fallen in the windows of a house in Pest.",
        ),
        {
            "hu": "Rajz: sötét homlokzat, ablakaiban égő gyertyák, lent egy nő gyerekkel.",
            "en": "Drawing: a dark front with burning candles in its windows, below a woman with a "
            "child.",
        },
        (Date("1956-11-01/1956-11-02", "1956. november 1–2.", "caption",
        attributed="Minta Képügynökség"),),
        shown("jozsefvaros", certainty="possible"), ("halottak_napja",), ("gyasz", "nok",
        "gyermek", "rajz"),
        (MKU,), CASES["InC-RUU"], "mku",
        (
            back(21),
            agency("en", "BUDAPEST, Nov. 2 – Candles for the dead in the windows of Budapest.",
                   "Specimen Press Service"),
        ),
    ),
    Photograph(
        22, _RUINS,
        {"hu": "Sír egy pesti parkban", "en": "Grave in a park in Pest"},
        drawn(
            "Az elesetteket ott temették el, ahol meghaltak. A kereszten kalap, a halmon virág.",
            "The fallen were buried where they died. A hat on the cross, flowers on the mound.",
        ),
        {
            "hu": "Rajz: fakereszt kalappal egy virágos sírhalmon, mellette kendős asszony.",
            "en": "Drawing: a wooden cross with a hat on a flowered mound, beside it a woman in a "
            "headscarf.",
        },
        (Date("1956-11-01/1956-11-03~", "1956. november eleje", "cataloguer"),),
        shown("jozsefvaros", certainty="possible"), ("halottak_napja",), ("gyasz", "nok", "rajz"),
        (AgentLink("vesszos", "creator", "possible"),), CASES["NoC-CR"], "piac",
        (donor("A nevet lemosta az eső, mire odaértünk.", "Bolhapiaci eladó"),),
        notes="A tér azonosítása folyamatban.",
    ),
)  # fmt: skip
