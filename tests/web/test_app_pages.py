"""What every page has in common: headers, cookies, languages, errors, the operator's pages."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.routing import AnyConverter, Rule

from archive import db, headers, history
from archive.accounts import service
from archive.app import create_app
from archive.catalogue.models import Unit
from archive.settings import Settings

PUBLIC = ("/", "/search?q=1956", "/about", "/privacy", "/accessibility", "/developers")
PASSWORD = "four words in a row"


@pytest.fixture
def odd(app: Flask) -> FlaskClient:
    """The application with pages that fail in every way."""

    @app.get("/odd/<int:status>")
    @app.get("/odd/<int:status>.json", endpoint="odd_json")
    def fail(status: int) -> str:
        if status == 1:
            raise ValueError("the letter to somebody@example.org")
        abort(status)

    @app.get("/odd/nonce")
    def inline() -> str:
        return headers.nonce()

    return app.test_client()


@pytest.fixture
def proxied(settings: Settings, app: Flask) -> Iterator[FlaskClient]:
    """The same archive reached by https, behind one proxy."""
    address = {"base_url": "https://archive.example.org", "trusted_proxies": 1}
    yield create_app(settings.model_copy(update=address)).test_client()
    db.disconnect()


class TestHeaders:
    def test_every_page_says_what_it_may_do(self, client: FlaskClient) -> None:
        for page in (*PUBLIC, "/nothing", "/healthz", "/search.json?q=x"):
            answer = client.get(page)
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
            assert "camera=()" in answer.headers["Permissions-Policy"]
            assert "Strict-Transport-Security" not in answer.headers

    def test_pages_keep_to_their_own_policy(self, client: FlaskClient) -> None:
        """No inline script, style or handler, and nothing from elsewhere."""
        for page in (*PUBLIC, "/account/login", "/account/register", "/nothing"):
            html = client.get(page).text
            assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", html), page
            assert not re.search(r"<[^>]+\s(style|on\w+)=", html), page
            assert not re.search(r"<(script|img|iframe)[^>]+src=\"(https?:)?//", html), page

    def test_an_inline_script_needs_the_word_of_its_page(self, odd: FlaskClient) -> None:
        first, second = odd.get("/odd/nonce"), odd.get("/odd/nonce")
        assert f"'nonce-{first.text}'" in first.headers["Content-Security-Policy"]
        assert first.text != second.text

    def test_https_is_remembered_by_the_browser(self, proxied: FlaskClient) -> None:
        answer = proxied.get("/", headers={"X-Forwarded-Proto": "https"})
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


class TestCookies:
    def test_a_reader_gets_none(self, client: FlaskClient) -> None:
        for page in (*PUBLIC, "/nothing", "/?lang=en", "/?theme=darkroom", "/search.json"):
            assert client.get(page).headers.getlist("Set-Cookie") == [], page

    def test_a_form_brings_one_that_scripts_cannot_read(self, client: FlaskClient) -> None:
        [cookie] = client.get("/account/login").headers.getlist("Set-Cookie")
        assert cookie.startswith("pillanat=")
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie

    def test_over_https_it_travels_only_so(self, proxied: FlaskClient) -> None:
        page = proxied.get("/account/login", headers={"X-Forwarded-Proto": "https"})
        assert "Secure" in page.headers["Set-Cookie"]


class TestLanguages:
    @pytest.mark.parametrize(
        ("asked", "language"),
        [("", "hu"), ("en-GB,en;q=0.8", "en"), ("de,hu;q=0.5,en;q=0.4", "hu"), ("fr", "hu")],
    )
    def test_the_browser_is_asked(self, client: FlaskClient, asked: str, language: str) -> None:
        answer = client.get("/", headers={"Accept-Language": asked})
        assert f'<html lang="{language}">' in answer.text
        assert answer.headers["Content-Language"] == language
        assert "Accept-Language" in answer.headers["Vary"]

    def test_the_address_overrules_it_and_links_carry_it_on(self, client: FlaskClient) -> None:
        page = client.get("/?lang=en", headers={"Accept-Language": "hu"})
        assert '<html lang="en">' in page.text
        assert 'href="/about?lang=en"' in page.text
        assert "/static/css/pillanat.css?v=" in page.text
        assert "lang=en" not in re.findall(r"/static/[^\"]+", page.text)[0]

    def test_a_language_we_do_not_speak_is_ignored(self, client: FlaskClient) -> None:
        page = client.get("/?lang=xx", headers={"Accept-Language": "en"})
        assert '<html lang="en">' in page.text
        assert "lang=xx" not in client.get("/about?lang=xx").text.split("<main")[0]

    def test_appearance_travels_the_same_way(self, client: FlaskClient) -> None:
        page = client.get("/?theme=darkroom").text
        assert 'data-theme="darkroom"' in page
        assert 'href="/about?theme=darkroom"' in page
        assert "data-theme" not in client.get("/?theme=pink").text

    def test_switching_keeps_the_rest_of_the_address(self, client: FlaskClient) -> None:
        page = client.get("/search?q=Nagy+Imre&sort=newest&lang=en").text
        assert re.search(r'href="/search\?[^"]*q=Nagy\+Imre[^"]*lang=hu"', page)


class TestErrors:
    @pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 413, 418, 429, 503])
    def test_each_has_a_page_in_the_readers_language(self, odd: FlaskClient, status: int) -> None:
        answer = odd.get(f"/odd/{status}", headers={"Accept-Language": "hu"})
        assert answer.status_code == status
        assert '<html lang="hu">' in answer.text
        assert "<h1>" in answer.text
        assert answer.headers["Cache-Control"] == "no-store"

    def test_data_answers_with_data(self, odd: FlaskClient) -> None:
        for address in ("/odd/410.json", "/nothing.json", "/api/v1/nothing"):
            answer = odd.get(address)
            assert answer.is_json
            assert answer.json["status"] == answer.status_code

    def test_a_failure_shows_no_trace_and_logs_no_address(
        self, odd: FlaskClient, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.ERROR):
            answer = odd.get("/odd/1?secret=word")
        assert answer.status_code == 500
        assert "Traceback" not in answer.text
        assert "somebody" not in answer.text
        assert "secret=word" not in caplog.records[0].getMessage()
        assert caplog.records[0].getMessage() == "GET /odd/<int:status> failed"

    def test_what_the_database_refuses_is_a_sentence_and_nothing_is_written(
        self, app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
    ) -> None:
        @app.get("/twice")
        @app.get("/twice.json", endpoint="twice_json")
        def twice() -> str:
            with history.change(history.system("test"), "add"):
                db.session().add_all([Unit(ref_code="HU-1"), Unit(ref_code="HU-1")])
            return "written"

        for address, says in (("/twice", "Nothing of yours was written"), ("/twice.json", "409")):
            answer = client.get(address, headers={"Accept-Language": "en"})
            assert answer.status_code == 409
            assert says in answer.text
            assert not re.search("Traceback|INSERT|HU-1", answer.text)
        assert "unique constraint" in caplog.text.lower()
        assert "HU-1" not in caplog.records[0].getMessage()
        assert db.session().scalars(select(Unit)).all() == []

    def test_a_failure_in_a_transaction_is_forgotten_by_the_next_page(
        self, app: Flask, client: FlaskClient
    ) -> None:
        @app.get("/half")
        def half() -> str:
            with db.transaction() as session:
                session.execute(text("CREATE TABLE half (x)"))
                raise ValueError

        assert client.get("/half").status_code == 500
        assert not db.in_transaction()
        assert client.get("/").status_code == 200

    def test_a_method_that_is_not_there_names_those_that_are(self, client: FlaskClient) -> None:
        answer = client.delete("/healthz")
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]

    def test_an_upload_beyond_the_limit_is_refused(self, settings: Settings, app: Flask) -> None:
        small = create_app(settings.model_copy(update={"max_upload_mib": 1})).test_client()
        answer = small.post("/account/login", data={"email": "x" * (2 << 20)})
        assert answer.status_code == 413
        db.disconnect()


ONLY_READING = {"finding.by_picture"}  # a picture is brought, and nothing is kept


def some_value(rule: Rule, name: str) -> str:
    """What may stand for a part of an address."""
    converter = (rule._converters or {})[name]
    return min(converter.items) if isinstance(converter, AnyConverter) else "1"


class TestForgery:
    def test_no_address_takes_a_post_without_a_token(self, app: Flask, client: FlaskClient) -> None:
        """Every rule that can change something, with whatever its address needs."""
        tried = 0
        for rule in app.url_map.iter_rules():
            for method in sorted({"POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set())):
                if rule.endpoint in ONLY_READING:
                    continue
                values = {name: some_value(rule, name) for name in rule.arguments}
                address = app.url_map.bind("localhost").build(rule.endpoint, values, method=method)
                answer = client.open(address, method=method)
                assert answer.status_code == 400, (method, address)
                tried += 1
        assert tried >= 10


class TestOperations:
    def test_a_living_process_says_so(self, client: FlaskClient) -> None:
        assert (client.get("/healthz").text, client.get("/readyz").text) == ("ok\n", "ready\n")

    def test_a_database_of_another_time_is_not_ready(self, client: FlaskClient) -> None:
        with db.transaction() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert "revision 0000" in answer.text
        assert client.get("/healthz").status_code == 200

    def test_metrics_are_for_this_machine(self, client: FlaskClient) -> None:
        said = client.get("/metrics").text
        assert re.search(r'^pillanat_responses_total\{status="2xx"\} \d+$', said, re.MULTILINE)
        assert "pillanat_history_seq 0" in said
        far = {"REMOTE_ADDR": "192.0.2.7"}
        assert client.get("/metrics", environ_overrides=far).status_code == 404
        passed_on = {"X-Forwarded-For": "203.0.113.9"}
        assert client.get("/metrics", headers=passed_on).status_code == 404

    def test_metrics_are_for_administrators_too(self, client: FlaskClient) -> None:
        system = history.system("command line")
        service.add_person(
            system, email="a@demo.example", roles=["administrator"], password=PASSWORD
        )
        db.release()
        page = client.get("/account/login").text
        found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
        assert found is not None
        data = {"csrf_token": found[1], "email": "a@demo.example", "password": PASSWORD}
        client.post("/account/login", data=data)
        far = {"REMOTE_ADDR": "192.0.2.7"}
        assert client.get("/metrics", environ_overrides=far).status_code == 200

    def test_a_stranger_cannot_pretend_to_be_this_machine(self, client: FlaskClient) -> None:
        far = {"REMOTE_ADDR": "192.0.2.7"}
        forged = {"X-Forwarded-For": "127.0.0.1"}
        answer = client.get("/metrics", environ_overrides=far, headers=forged)
        assert answer.status_code == 404


def test_requests_leave_no_session_open(client: FlaskClient) -> None:
    client.get("/")
    assert db._session.get() is None


class TestSentences:
    """What `_` and `ngettext` of the templates make of values."""

    @staticmethod
    def told(app: Flask, template: str, **values: object) -> str:
        with app.test_request_context("/?lang=hu"):
            return app.jinja_env.from_string(template).render(values)

    def test_values_are_escaped_where_the_page_is(self, app: Flask) -> None:
        written = "{{ _('Page %(n)s', n=n) }}"
        assert self.told(app, written, n="<b>") == "&lt;b&gt;. oldal"
        plain = "{% autoescape false %}" + written + "{% endautoescape %}"
        assert self.told(app, plain, n="<b>") == "<b>. oldal"

    def test_a_number_chooses_the_form(self, app: Flask) -> None:
        written = "{{ ngettext('one of them', '%(num)s of them', n) }}"
        assert self.told(app, written, n=1) == "one of them"
        assert self.told(app, written, n=2) == "2 of them"

    def test_a_doubled_sign_of_percent_is_one(self, app: Flask) -> None:
        assert self.told(app, "{{ _('5 %% of it') }} {{ gettext('5 %% of it') }}") == (
            "5 % of it 5 % of it"
        )
