"""What goes with a picture of the image service: its one address, and for how long it holds.

Pure; the web application and the short way to stored tiles (`stored_tiles.py`) both answer with
it, so that nobody can tell which of them did.
"""

from __future__ import annotations

from archive.media import iiif
from archive.media.image_information import PROFILES
from archive.media.viewing import Showing

LOOPBACK = ("http://127.0.0.1", "http://localhost", "http://[::1]")
PRIVATE = "private, no-store"
OPEN_TO_VIEWERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Link, Retry-After",
}


def site_root(base_url: str, asked_at: str) -> str:
    """The beginning of every address that leaves this site, without a final slash.

    A site that was given no public address yet is named as it was asked for.
    """
    root = base_url.rstrip("/")
    return asked_at.rstrip("/") if root.startswith(LOOPBACK) else root


def headers(
    version: str, address: str, shown: Showing, cut: iiif.Cut, cached_s: int
) -> dict[str, str]:
    """The headers of one picture; `address` is that of the whole in the image service."""
    canonical = iiif.canonical(version, shown.size, cut)
    name = f"{shown.digest[:20]}-{shown.size.width}-{canonical}".replace("/", "-")
    public = f"public, max-age={cached_s}, immutable"
    return {
        "Content-Type": iiif.FORMATS[cut.format],
        "ETag": f'"{name}"',
        "Link": (f'<{address}/{canonical}>;rel="canonical", <{PROFILES[version]}>;rel="profile"'),
        "Cache-Control": public if shown.public else PRIVATE,
        "Vary": "Cookie",
    }
