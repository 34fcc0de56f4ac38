"""The public site before anything is in it, and when it fails."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient


def test_home_of_an_empty_archive_says_what_is_next(client: FlaskClient) -> None:
    assert "waits for its first photographs" in client.get("/?lang=en").get_data(as_text=True)


def test_a_fault_shows_no_trace(app: Flask, client: FlaskClient) -> None:
    @app.get("/fault")
    def fault() -> str:
        raise RuntimeError("secret detail")

    response = client.get("/fault?lang=en")
    page = response.get_data(as_text=True)
    assert response.status_code == 500
    assert "The fault is ours" in page
    assert "secret detail" not in page
