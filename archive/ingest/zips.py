"""ZIP files as they are handed over: their entries, each judged before a byte is unpacked.

Names are never used as paths on the disk. The invariant: no more is read from an entry than it
declares, and what it declares was held against the limits first.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from archive.ingest.words import Reason, reason
from archive.settings import Settings

UTF8_NAME = 0x800
ENCRYPTED = 0x1
UNICODE_PATH = 0x7075
NESTED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
SMALL = 1 << 20  # highly regular small files compress well and harm nobody
HUNGARIAN = frozenset("áéíóöőúüűÁÉÍÓÖŐÚÜŰ–„”")


class BadZip(Exception):
    """The ZIP as a whole cannot be read; `reason` says why."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.reason = reason(code, **params)


@dataclass(frozen=True)
class Entry:
    """One file within a ZIP; the ZIP stays open as long as an entry of it is held."""

    name: str
    size: int
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo
    problem: Reason | None

    @property
    def path(self) -> None:
        return None

    def open(self) -> BinaryIO:
        return cast(BinaryIO, self.archive.open(self.info))


def entries(path: Path, settings: Settings) -> list[Entry]:
    """The files of a ZIP. Raises BadZip when it cannot be read as a whole or is a bomb."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadZip("zip_broken", error=str(error) or type(error).__name__) from error
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > settings.max_zip_files:
        raise BadZip("zip_too_many", count=len(infos), limit=settings.max_zip_files)
    unpacked, packed = sum(info.file_size for info in infos), path.stat().st_size
    if unpacked > SMALL and unpacked > packed * settings.max_zip_ratio:
        raise BadZip("zip_bomb", size=unpacked, packed=packed)
    return list(_judged(archive, infos, settings))


def _judged(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], settings: Settings
) -> Iterator[Entry]:
    for info in infos:
        name = _name(info).replace("\\", "/")
        yield Entry(name, info.file_size, archive, info, _problem(name, info, settings))


def _problem(name: str, info: zipfile.ZipInfo, settings: Settings) -> Reason | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if not is_safe(name):
        return reason("zip_unsafe_name")
    if kind not in (0, stat.S_IFREG):
        return reason("zip_link")
    if info.flag_bits & ENCRYPTED:
        return reason("zip_encrypted")
    if name.lower().endswith(NESTED):
        return reason("zip_nested")
    if info.file_size > SMALL and info.file_size > info.compress_size * settings.max_zip_ratio:
        return reason("zip_bomb", size=info.file_size, packed=info.compress_size)
    return None


def is_safe(name: str) -> bool:
    """Whether a name stays within its folder: not absolute, no drive, no `..`, no control sign."""
    parts = PurePosixPath(name).parts
    drive = re.match(r"[A-Za-z]:", name)
    control = any(ord(sign) < 32 for sign in name)
    return bool(parts) and not (name.startswith("/") or drive or ".." in parts or control)


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: declared UTF-8, the Unicode path field, or an old code page."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    if (unicode_path := _unicode_path(info.extra)) is not None:
        return unicode_path
    try:
        return decoded(info.orig_filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename


def _unicode_path(extra: bytes) -> str | None:
    """Info-ZIP Unicode Path Extra Field (APPNOTE 4.6.9): header, size, version, CRC, name."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return None


def decoded(raw: bytes) -> str:
    """A name without a declared code page: UTF-8 when it is, else what reads as Hungarian."""
    for codec in ("utf-8", "cp852", "cp1250"):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8" or all(sign in HUNGARIAN for sign in text if not sign.isascii()):
            return text
    return raw.decode("cp437")
