"""Every setting of the archive, in one validated object that is read once.

A setting is an environment variable ``PILLANAT_<NAME>`` or a line of ``instance/pillanat.toml``;
the environment wins. Nothing else in the archive reads the environment. The one invariant: a
value that is out of bounds stops the program with a sentence, it is never silently replaced.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

PREFIX = "PILLANAT_"
PROJECT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting has a value that cannot be used; the text names it and says what is expected."""


class Settings(BaseModel):
    """The archive's settings; `Settings.load()` reads them, tests may construct them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Field(PROJECT, description="Folder that holds media, search_index and instance.")
    database_url: str = Field(
        "",
        description="SQLite or PostgreSQL address; empty: a SQLite file in the instance folder.",
    )
    secret_key: str = Field(
        "", description="Key that signs sessions and forms; empty: drawn once and kept in a file."
    )
    site_name: str = Field("Pillanat", description="Name of the archive as readers see it.")
    institution: str = Field("Pillanat", description="Legal name printed on quotes and licences.")
    institution_address: str = Field("", description="Postal address printed on quotes.")
    institution_email: str = Field("", description="Address that readers may write to.")
    institution_country: str = Field("HU", pattern="^[A-Z]{2}$", description="ISO 3166 code.")
    base_url: str = Field(
        "http://127.0.0.1:8000", description="Public address of the site, without a final slash."
    )
    time_zone: str = Field("Europe/Budapest", description="Zone in which days begin and end.")
    default_language: Literal["hu", "en"] = Field(
        "hu", description="Language of a reader whose browser asks for neither."
    )
    public_max_px: int = Field(
        2048, ge=320, le=20000, description="Longest side shown to the public where rights allow."
    )
    protected_max_px: int = Field(
        1200, ge=320, le=20000, description="Longest side shown of a photograph in copyright."
    )
    pyramid_min_px: int = Field(
        2048, ge=512, le=20000, description="Longest side above which a picture gets a pyramid."
    )
    iiif_max_px: int = Field(
        4096, ge=512, le=20000, description="Longest side of one answer of the image service."
    )
    iiif_cache_mib: int = Field(1024, ge=16, description="Room for pictures made on request, MiB.")
    iiif_cache_s: int = Field(
        86400, ge=0, le=31536000, description="Seconds for which a public tile needs no asking."
    )
    iiif_parallel: int = Field(
        2, ge=1, le=64, description="Pictures one process makes at a time on request."
    )
    iiif_wait_s: float = Field(
        2, gt=0, le=60, description="Seconds a request waits for its turn before it is refused."
    )
    legacy_charset: str = Field(
        "cp1250", description="Charset assumed for captions in files that declare none."
    )
    max_upload_mib: int = Field(2048, ge=1, description="Largest upload of one request, MiB.")
    max_upload_files: int = Field(5000, ge=10, description="Most files of one upload.")
    max_file_mib: int = Field(2048, ge=1, description="Largest single master, MiB.")
    max_pixels_mp: int = Field(250, ge=1, le=2000, description="Largest picture, megapixels.")
    max_zip_files: int = Field(100_000, ge=1, description="Most files read from one ZIP.")
    max_zip_ratio: int = Field(200, ge=2, description="Highest ZIP compression ratio accepted.")
    find_picture_mib: int = Field(
        25, ge=1, le=512, description="Largest picture that a reader may bring to be found, MiB."
    )
    max_vocabulary_mib: int = Field(64, ge=1, description="Largest vocabulary file (SKOS), MiB.")
    max_vocabulary_terms: int = Field(
        100_000, ge=1, description="Most terms imported from one vocabulary file."
    )
    max_spreadsheet_mib: int = Field(64, ge=1, description="Largest spreadsheet, MiB.")
    max_spreadsheet_rows: int = Field(200_000, ge=1, description="Most rows of one spreadsheet.")
    sheet_keep_days: int = Field(
        60, ge=1, le=3650, description="Days a table that came back waits for a decision."
    )
    draft_max_kib: int = Field(512, ge=16, description="Longest unsaved description kept, KiB.")
    drafts_most: int = Field(200, ge=1, description="Unsaved descriptions kept for one person.")
    four_eyes: bool = Field(
        False, description="Whether somebody else must publish than described it last."
    )
    bulk_commit_photographs: int = Field(
        250, ge=1, le=5000, description="Photographs changed in one transaction of a bulk edit."
    )
    ingest_commit_files: int = Field(
        100, ge=1, le=500, description="Photographs written to the database in one transaction."
    )
    probe_cpu_s: int = Field(20, ge=1, description="CPU seconds one file may take to be read.")
    probe_memory_mib: int = Field(2048, ge=256, description="Memory of the process that reads.")
    render_cpu_s: int = Field(
        300, ge=1, description="CPU seconds one picture may take to be drawn."
    )
    render_memory_mib: int = Field(4096, ge=512, description="Memory of the process that draws.")
    transcribe_versos: bool = Field(
        True, description="Whether tesseract, where installed, drafts what is written on backs."
    )
    transcription_languages: str = Field(
        "hun+eng", pattern="^[A-Za-z_+]+$", description="Languages tesseract looks for."
    )
    transcription_s: int = Field(60, ge=1, description="CPU seconds one back may take to be read.")
    page_size: int = Field(48, ge=1, le=200, description="Photographs on a page of results.")
    max_page: int = Field(200, ge=1, description="Deepest page of results.")
    max_query_chars: int = Field(500, ge=20, description="Longest search query.")
    search_cache_mib: int = Field(
        96, ge=8, le=65536, description="Memory for lists of words asked for."
    )
    jobs_url: str = Field(
        "", description="Queue of background jobs; empty: a SQLite file of its own."
    )
    job_tries: int = Field(3, ge=1, le=20, description="Times a failing job is tried.")
    job_stale_s: int = Field(120, ge=5, description="Silence after which a job is resubmitted.")
    job_grace_s: int = Field(20, ge=0, description="Time running jobs get when the worker stops.")
    job_keep_days: int = Field(30, ge=1, description="Days a finished job stays in the list.")
    worker_threads: int = Field(2, ge=1, le=16, description="Jobs one worker does at a time.")
    serve_worker: bool = Field(True, description="Whether `serve` starts a worker beside itself.")
    serve_processes: int = Field(2, ge=1, le=64, description="Web server processes.")
    serve_threads: int = Field(16, ge=1, le=256, description="Requests a process answers at once.")
    mail_server: str = Field("", description="SMTP host[:port]; empty: mail stays in the outbox.")
    mail_from: str = Field("archive@localhost", description="Sender of the archive's mail.")
    mail_user: str = Field("", description="SMTP user name.")
    mail_password: str = Field("", description="SMTP password.")
    mail_tries: int = Field(8, ge=1, description="Times a message is offered to the mail server.")
    misses_per_minute: int = Field(
        30, ge=0, le=1000, description="Searches without result one process counts in a minute."
    )
    misses_keep_days: int = Field(
        180, ge=1, le=3650, description="Days a search that found nothing is remembered."
    )
    saved_searches_most: int = Field(
        50, ge=1, le=1000, description="Searches that one person may keep."
    )
    alert_hour: int = Field(
        7, ge=0, le=23, description="Hour of the day from which letters about new photographs go."
    )
    work_by_person: bool = Field(
        False, description="Whether administrators see the monthly work of each person."
    )
    stale_draft_days: int = Field(
        60, ge=1, le=3650, description="Days after which an untouched draft is reported."
    )
    quote_valid_days: int = Field(30, ge=1, le=365, description="Days a quote stays open.")
    delivery_days: int = Field(14, ge=1, le=365, description="Days a delivery link works.")
    delivery_sessions: int = Field(5, ge=1, description="Downloads one delivery link allows.")
    currency: str = Field("HUF", pattern="^[A-Z]{3}$", description="Currency of quotes.")
    vat_percent: int = Field(27, ge=0, le=50, description="Domestic VAT rate, percent.")
    sign_in_rate: str = Field("20 per minute", description="Sign-in attempts from one address.")
    form_rate: str = Field("30 per hour", description="Public form submissions from one address.")
    trusted_proxies: int = Field(0, ge=0, le=5, description="Reverse proxies before the server.")

    _sources: dict[str, str] = PrivateAttr(default_factory=dict)

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the environment and the instance file. Raises SettingsError."""
        environ = os.environ if environ is None else environ
        given = {
            name: environ[PREFIX + name.upper()]
            for name in cls.model_fields
            if PREFIX + name.upper() in environ
        }
        data = Path(given.get("data", PROJECT))
        written = _read_file(data / "instance" / "pillanat.toml")
        try:
            settings = cls.model_validate({**written, **given})
        except ValidationError as error:
            raise SettingsError(_sentence(error)) from error
        settings._sources.update(dict.fromkeys(written, "instance/pillanat.toml"))
        settings._sources.update(dict.fromkeys(given, "environment"))
        return settings

    def source_of(self, name: str) -> str:
        """Where the value of a setting came from: environment, the file, or default."""
        return self._sources.get(name, "default")

    @property
    def instance(self) -> Path:
        return self.data / "instance"

    @property
    def media(self) -> Path:
        return self.data / "media"

    @property
    def search_index(self) -> Path:
        return self.data / "search_index"

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        address = self.database_url or f"sqlite:///{self.instance / 'pillanat.db'}"
        return address.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def queue(self) -> str:
        return self.jobs_url or f"sqlite:///{self.instance / 'jobs.db'}"

    def key_for(self, purpose: str) -> str:
        """A secret for one purpose ("sessions", "jobs" …), derived from the secret key."""
        secret = self.secret_key or _drawn_secret(self.instance / "secret_key")
        return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


_current: list[Settings] = []


def use(settings: Settings) -> Settings:
    """Make these the settings of this process."""
    _current[:] = [settings]
    return settings


def current() -> Settings:
    """The settings of this process, read when first asked for."""
    return _current[0] if _current else use(Settings.load())


def _drawn_secret(path: Path) -> str:
    """The secret of this installation; two processes that start together agree on one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        drawn = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
        handle = os.open(drawn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as target:
            target.write(secrets.token_urlsafe(48))
            target.flush()
            os.fsync(target.fileno())
        try:
            os.link(drawn, path)
        except FileExistsError:
            pass
        finally:
            drawn.unlink()
    return path.read_text(encoding="ascii").strip()


def _read_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} cannot be read: {error}") from error


def _sentence(error: ValidationError) -> str:
    lines = [
        f"{PREFIX}{'.'.join(str(part) for part in problem['loc']).upper()}: {problem['msg']}"
        for problem in error.errors(include_input=False, include_url=False)
    ]
    return "These settings cannot be used: " + "; ".join(lines)
