"""What is handed over is found whole and in order; a ZIP is judged before it is unpacked."""

import os
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.receive import gather, legible, natural
from archive.ingest.words import Unreadable
from archive.ingest.zips import decoded, is_safe
from archive.settings import Settings


def problems(folder: Path, settings: Settings) -> dict[str, str]:
    delivery = gather([folder], settings)
    return {found.name: found.problem.code if found.problem else "" for found in delivery.files}


def zipped(path: Path, names: dict[str, bytes], **options: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(name, data, **options)
    return path


def test_files_come_in_the_order_of_their_numbers(tmp_path: Path, settings: Settings) -> None:
    for name in ("IMG_10.jpg", "IMG_9.jpg", "b/1.jpg", "a/x.jpg", "IMG_100.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    delivery = gather([tmp_path], settings)
    shown = [os.path.relpath(found.path, tmp_path) for found in delivery.files]
    assert shown == ["a/x.jpg", "b/1.jpg", "IMG_9.jpg", "IMG_10.jpg", "IMG_100.jpg"]


def test_what_is_no_photograph_is_named(tmp_path: Path, settings: Settings) -> None:
    for name in (".DS_Store", "Thumbs.db", "._a.jpg", "desktop.ini", "~$lista.xlsx", "a.jpg"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "b.jpg").write_bytes(b"x")
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.jpg")
    assert problems(tmp_path, settings) == {
        ".DS_Store": "system_file", "Thumbs.db": "system_file", "._a.jpg": "system_file",
        "desktop.ini": "system_file", "~$lista.xlsx": "system_file", "b.jpg": "system_file",
        "a.jpg": "", "empty.jpg": "empty", "gone.jpg": "unreadable", "pipe.jpg": "not_a_file",
    }  # fmt: skip


def test_a_file_named_beside_its_folder_is_found_once(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    assert len(gather([tmp_path, tmp_path / "a.jpg", tmp_path], settings).files) == 1


def test_a_path_that_is_not_there_is_said(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(Unreadable, match="No such file or folder"):
        gather([tmp_path / "nothing"], settings)


def test_names_on_the_disk_that_are_not_utf8_are_shown(tmp_path: Path, settings: Settings) -> None:
    path = os.fsencode(tmp_path) + b"/" + "tüntetés_ő.jpg".encode("cp1250")
    with open(path, "wb") as target:
        target.write(b"x")
    assert [found.name for found in gather([tmp_path], settings).files] == ["tüntetés_ő.jpg"]


@pytest.mark.parametrize(
    "name", ["../a.jpg", "/etc/a.jpg", "b/../../a.jpg", "C:\\a.jpg", "..\\a.jpg", "a\x01.jpg"]
)
def test_names_that_lead_out_of_a_zip_are_refused(
    tmp_path: Path, settings: Settings, name: str
) -> None:
    path = zipped(tmp_path / "a.zip", {name: b"x", "good.jpg": b"x"})
    found = {
        entry.problem.code if entry.problem else "" for entry in gather([path], settings).files
    }
    assert found == {"", "zip_unsafe_name"}


@given(st.text(max_size=30))
def test_a_safe_name_stays_in_its_folder(name: str) -> None:
    folder = "/base/folder"
    if is_safe(name):
        assert os.path.normpath(f"{folder}/{name}").startswith(folder)


def test_links_nested_archives_and_passwords_are_refused(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("link.jpg")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", b"PK")
        archive.writestr("secret.jpg", b"x")
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"secret.jpg"))
    raw[at + 8 : at + 10] = struct.pack("<H", 1)
    path.write_bytes(raw)
    found = {
        entry.name: entry.problem.code for entry in gather([path], settings).files if entry.problem
    }
    assert found == {
        "link.jpg": "zip_link",
        "inner.zip": "zip_nested",
        "secret.jpg": "zip_encrypted",
    }


def test_bombs_are_refused_by_ratio_and_count(tmp_path: Path, settings: Settings) -> None:
    flat = zipped(tmp_path / "flat.zip", {"a.jpg": bytes(4 << 20), "b.jpg": b"x" * 10})
    assert [f.problem.code for f in gather([flat], settings).files if f.problem] == ["zip_bomb"]
    mixed = zipped(tmp_path / "mixed.zip", {"a.jpg": bytes(4 << 20), "b.jpg": os.urandom(200_000)})
    assert problems(mixed, settings) == {"a.jpg": "zip_bomb", "b.jpg": ""}
    many = zipped(tmp_path / "many.zip", {f"{n}.jpg": b"x" for n in range(12)})
    few = settings.model_copy(update={"max_zip_files": 10})
    assert [f.problem.code for f in gather([many], few).files if f.problem] == ["zip_too_many"]


@pytest.mark.parametrize("damage", [b"", b"PK", b"not a zip at all" * 20])
def test_a_zip_that_is_none_is_named(tmp_path: Path, settings: Settings, damage: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(damage)
    assert problems(tmp_path / "a.zip", settings) == {"a.zip": "zip_broken"}


@pytest.mark.parametrize("codec", ["utf-8", "cp852", "cp1250"])
def test_hungarian_names_in_old_code_pages_are_read(codec: str) -> None:
    assert decoded("Őszi_tüntetés_ű.jpg".encode(codec)) == "Őszi_tüntetés_ű.jpg"


def test_a_zip_with_old_names_is_read(tmp_path: Path, settings: Settings) -> None:
    path = zipped(tmp_path / "a.zip", {"XXszi kXp.jpg": b"x"})
    raw = path.read_bytes().replace(b"XXszi kXp", "őŐszi kép".encode("cp852"))
    path.write_bytes(raw)
    assert [found.name for found in gather([path], settings).files] == ["őŐszi kép.jpg"]


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.text(alphabet="ab_ é", max_size=4))
def test_numbers_in_names_are_compared_as_numbers(one: int, other: int, start: str) -> None:
    names = natural(f"{start}{one}.jpg"), natural(f"{start}{other}.jpg")
    assert (names[0] < names[1]) == (one < other)


def test_a_name_hides_nothing_and_no_two_become_one(tmp_path: Path, settings: Settings) -> None:
    for name in ("\u202egpj.exe.jpg", "a\n.jpg", "a\x1b.jpg", "a.jpg", "őszi fő\u200dtér.jpg"):
        (tmp_path / name).write_bytes(b"x")
    zipped(tmp_path / "b.zip", {"c\u202egpj.jpg": b"x"})
    assert set(problems(tmp_path, settings)) == {
        "‹U+202E›gpj.exe.jpg", "a‹U+000A›.jpg", "a‹U+001B›.jpg", "a.jpg", "őszi fő\u200dtér.jpg",
        "c‹U+202E›gpj.jpg",
    }  # fmt: skip
    for found in gather([tmp_path], settings).files:
        with found.source.open() as file:
            assert file.read() == b"x"
    assert legible("a\u202e.jpg") != legible("a\u202d.jpg")
