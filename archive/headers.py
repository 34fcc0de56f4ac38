"""Headers that tell the browser what a page may do: as little as possible.

A view that needs more (an embed, a picture for another site's viewer) sets its own header, which
is kept. Inline scripts and styles run only with the nonce of their page.
"""

from __future__ import annotations

import secrets

from flask import Flask, Response, g

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'{nonce}; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
YEAR_S = 365 * 24 * 3600


def init_app(app: Flask, *, secure: bool) -> None:
    """Add the headers to every response; `secure`: the site is reached by https only."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in standing(secure=secure, nonce=g.get("nonce", "")).items():
            response.headers.setdefault(name, value)
        return response

    app.jinja_env.globals["csp_nonce"] = nonce


def standing(*, secure: bool, nonce: str = "") -> dict[str, str]:
    """The headers of every answer; `nonce` is the word of a page with scripts or styles inside."""
    allowed = f" 'nonce-{nonce}'" if nonce else ""
    found = {"Content-Security-Policy": POLICY.format(nonce=allowed), **FIXED}
    return {**found, "Strict-Transport-Security": f"max-age={YEAR_S}"} if secure else found


def nonce() -> str:
    """The word by which this page's own inline script or style is known."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)
