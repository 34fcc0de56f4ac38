"""The web application: the table of contents of the house.

Reading order: settings, database, what every page needs, then the rooms. Nothing is decided here.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from archive import __version__, db, errors, headers, jobs, languages, operations
from archive.accounts import admin
from archive.accounts import pages as account_pages
from archive.accounts import web as accounts
from archive.interop import views as interop
from archive.licensing import desk as licence_desk
from archive.licensing import views as licensing
from archive.media import stored_tiles
from archive.media import views as media
from archive.rights.vocabulary import statement
from archive.settings import Settings, use
from archive.site import comparing, feeds, finding, saving, stopping, suggesting, wishing
from archive.site import views as site
from archive.templating import Templates
from archive.workbench import views as workbench
from archive.workbench.arranging import moving, strips
from archive.workbench.arranging import views as arranging
from archive.workbench.authorities import merging, vocabularies
from archive.workbench.authorities import views as authorities
from archive.workbench.bulk import views as bulk
from archive.workbench.receiving import lookalikes
from archive.workbench.receiving import views as receive
from archive.workbench.reports import missed
from archive.workbench.reports import views as reports
from archive.workbench.sheets import atom
from archive.workbench.sheets import views as sheets

# in the order in which a photograph meets them
ROOMS = (
    site,
    feeds,
    suggesting,
    stopping,
    saving,
    comparing,
    finding,
    wishing,
    media,
    interop,
    licensing,
    licence_desk,
    workbench,
    bulk,
    arranging,
    moving,
    strips,
    receive,
    lookalikes,
    sheets,
    atom,
    authorities,
    merging,
    vocabularies,
    reports,
    missed,
    account_pages,
    admin,
    operations,
)
csrf = CSRFProtect()
limiter = Limiter(get_remote_address, storage_uri="memory://")


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application; without settings those of this machine are read."""
    settings = use(settings or Settings.load())
    db.connect(settings.database)
    jobs.connect(settings)
    app = Flask("archive")
    app.jinja_environment = Templates
    app.config.update(_configuration(settings))
    secure = settings.base_url.startswith("https:")
    tiles_first: Any = stored_tiles.in_front(app.wsgi_app, headers.standing(secure=secure))
    app.wsgi_app = tiles_first  # type: ignore[method-assign]
    app.wsgi_app = _behind_proxies(app, settings)  # type: ignore[method-assign]
    csrf.init_app(app)
    csrf.exempt(finding.blueprint)  # it only reads, and a reader gets no cookie
    csrf.exempt(stopping.blueprint)  # the signed link is the proof, also to a mail program
    headers.init_app(app, secure=secure)
    languages.init_app(app, settings)
    accounts.init_app(app, settings)
    errors.init_app(app)
    _furnish_templates(app, settings)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    _limit(app, settings)
    app.teardown_request(_release)
    return app


def _configuration(settings: Settings) -> dict[str, Any]:
    secure = settings.base_url.startswith("https:")
    cookie = {"HTTPONLY": True, "SAMESITE": "Lax", "SECURE": secure}
    return {
        "SECRET_KEY": settings.key_for("sessions"),
        "WTF_CSRF_SECRET_KEY": settings.key_for("forms"),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": secure,
        "MAX_CONTENT_LENGTH": settings.max_upload_mib << 20,
        "MAX_FORM_PARTS": settings.max_upload_files,
        "SESSION_COOKIE_NAME": "pillanat",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        **{f"SESSION_COOKIE_{name}": value for name, value in cookie.items()},
        **{f"REMEMBER_COOKIE_{name}": value for name, value in cookie.items()},
        "REMEMBER_COOKIE_NAME": "pillanat_remember",
        "REMEMBER_COOKIE_DURATION": timedelta(days=30),
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(hours=1),
        "RATELIMIT_HEADERS_ENABLED": True,
        "PREFERRED_URL_SCHEME": "https" if secure else "http",
    }


def _behind_proxies(app: Flask, settings: Settings) -> Any:
    number = settings.trusted_proxies
    if not number:
        return app.wsgi_app
    return ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=number, x_prefix=number)


def _limit(app: Flask, settings: Settings) -> None:
    """Slow down whoever guesses passwords or floods the outbox with mail."""
    app.config["RATELIMIT_STORAGE_URI"] = (
        settings.jobs_url if settings.jobs_url.startswith("redis") else "memory://"
    )
    limiter.init_app(app)
    rates = {
        "security.login": settings.sign_in_rate,
        "security.verify": settings.sign_in_rate,
        "security.register": settings.form_rate,
        "security.forgot_password": settings.form_rate,
        "security.reset_password": settings.form_rate,
        "licensing.request": settings.form_rate,
        "wishing.tell": settings.form_rate,
        "finding.by_picture": settings.form_rate,
    }
    for endpoint, rate in rates.items():
        limited: Any = limiter.limit(rate, methods=["POST"])
        app.view_functions[endpoint] = limited(app.view_functions[endpoint])


def _furnish_templates(app: Flask, settings: Settings) -> None:
    """What every template may use; see also `languages` and `headers`."""
    app.jinja_env.globals.update(
        site_name=settings.site_name,
        institution=settings.institution,
        known=lambda endpoint: endpoint in app.view_functions,
        static_url=_static_url,
        rights_statement=statement,
        version=__version__,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _static_url(filename: str) -> str:
    """The address of a file of ours that changes when the file does."""
    marks: dict[str, str] = current_app.extensions.setdefault("static_marks", {})
    if filename not in marks:
        content = Path(current_app.root_path, "static", filename).read_bytes()
        marks[filename] = sha256(content).hexdigest()[:10]
    return url_for("static", filename=filename, v=marks[filename])


def _release(_error: BaseException | None = None) -> None:
    """End of a request: the database session is closed."""
    db.release()
