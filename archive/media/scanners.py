"""Which makers and models are scanners, so that a scanning date is never a photograph's date.

A list, no more. Invariant: a name is here only if no camera carries it.
"""

import re

MODELS = re.compile(
    r"""scan | perfection | expression\s*\d | \bgt-?[dx]?\d | \bv[5678]\d0\b | opticfilm | opticbook
    | \bls-?(?:30|40|50|1000|2000|4000|5000|8000|9000)\b | flextight | precision\s(?:ii|iii)
    | iqsmart | eversmart | primescan | tango | topaz | chromagraph | nexscan | duoscan | arcus
    | powerlook
    | artixscan | filmscan | crystalscan | pakon | \bqss-?\d | \bsp-?[23]000 | frontier
    | bookeye | copibook | zeutschel | os\s?1[0-9]000 | cruse | contex | omniscan | suprascan
    | \bfi-\d{4} | \bdr-\d{4} | docutek | proserv | reflecta | proscan | digitaldia""",
    re.VERBOSE | re.IGNORECASE,
)
MAKERS = re.compile(
    r"""imacon | plustek | microtek | umax | pacific\simage | reflecta | zeutschel | i2s | cruse
    | noritsu | pakon | heidelberg | linotype-?hell | creo | scitex | avision | mustek | visioneer
    | image\s?access | contex | braun\sphototechnik""",
    re.VERBOSE | re.IGNORECASE,
)
SOFTWARE = re.compile(
    r"""vuescan | silverfast | lasersoft | epson\sscan | nikon\sscan | hp\s?scan | canoscan
    | scangear | linocolor | flexcolor | digital\sice | scanwizard | bcs-2 | bookscan | omniscan""",
    re.VERBOSE | re.IGNORECASE,
)
EPSON_CAMERAS = re.compile(r"photopc | r-d1 | l-500 | picturemate", re.VERBOSE | re.IGNORECASE)


def is_scanner(make: str, model: str, software: str) -> bool:
    """Whether EXIF Make, Model or Software (or XMP CreatorTool) name a scanner."""
    if "epson" in make.lower():
        return not EPSON_CAMERAS.search(model)
    return bool(MODELS.search(model) or MAKERS.search(make) or SOFTWARE.search(software))
