"""What a viewer is told of a picture before it asks for tiles: the info.json of IIIF.

Image API 3.0 section 5 and Image API 2.1 section 5. Pure, as `iiif.py` is. The invariant: width,
height and limits are those of the reader's own `Shown`, so that nothing larger is ever announced.
"""

from typing import Any

from archive.media import iiif

PROTOCOL = "http://iiif.io/api/image"
CONTEXTS = {version: f"{PROTOCOL}/{version}/context.json" for version in ("2", "3")}
PROFILES = {version: f"{PROTOCOL}/{version}/level2.json" for version in ("2", "3")}
RIGHTS_OF_IIIF = ("http://creativecommons.org/", "http://rightsstatements.org/")
EXTRAS = ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "sizeUpscaling"]
SUPPORTS_2 = [
    "baseUriRedirect", "canonicalLinkHeader", "cors", "jsonldMediaType", "mirroring",
    "profileLinkHeader", "regionByPct", "regionByPx", "regionSquare", "rotationBy90s",
    "sizeByConfinedWh", "sizeByDistortedWh", "sizeByH", "sizeByPct", "sizeByW", "sizeByWh",
]  # fmt: skip


def information(
    version: str, shown: iiif.Shown, address: str, *, tile: int, levels: int, rights: str = ""
) -> dict[str, Any]:
    """The info.json of a picture at `address`; `rights` is the address of a rights statement."""
    told = {
        "@context": CONTEXTS[version],
        "protocol": PROTOCOL,
        "width": shown.width,
        "height": shown.height,
        "sizes": [{"width": w, "height": h} for w, h in iiif.sizes(shown, levels)],
        "tiles": [
            {"width": tile, "height": tile, "scaleFactors": [2**level for level in range(levels)]}
        ],
    }
    own = _second(shown, address, rights) if version == "2" else _third(shown, address, rights)
    return {key: value for key, value in {**told, **own}.items() if value}


def _third(shown: iiif.Shown, address: str, rights: str) -> dict[str, Any]:
    return {
        "id": address,
        "type": "ImageService3",
        "profile": "level2",
        "maxWidth": shown.max_px,
        "extraFormats": ["webp"],
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFeatures": EXTRAS,
        "rights": rights_address(rights),
    }


def _second(shown: iiif.Shown, address: str, rights: str) -> dict[str, Any]:
    more = {
        "formats": list(iiif.FORMATS),
        "qualities": list(iiif.QUALITIES),
        "supports": SUPPORTS_2,
        "maxWidth": shown.max_px,
    }
    return {"@id": address, "profile": [PROFILES["2"], more], "license": rights_address(rights)}


def rights_address(statement: str) -> str:
    """The statement as it may stand under `rights`: of these two, beginning with http (3.2)."""
    address = statement.replace("https://", "http://", 1)
    return address if address.startswith(RIGHTS_OF_IIIF) else ""
