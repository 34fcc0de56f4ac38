"""The name of an ICC colour profile (ICC.1:2022, 9.2.41); colours are converted elsewhere.

Invariant: a damaged profile has no name; it never raises.
"""


def description(profile: bytes) -> str | None:
    """The profile's description, or None when it has none or is no ICC profile."""
    if profile[36:40] != b"acsp":
        return None
    for at in range(132, 132 + 12 * min(_number(profile, 128), 100), 12):
        if profile[at : at + 4] == b"desc":
            start, size = _number(profile, at + 4), _number(profile, at + 8)
            return _text(profile[start : start + size]) or None
    return None


def _text(tag: bytes) -> str:
    if tag.startswith(b"desc"):
        return tag[12 : 12 + _number(tag, 8)].rstrip(b"\x00").decode("ascii", "replace")
    if tag.startswith(b"mluc"):
        size, start = _number(tag, 20), _number(tag, 24)
        return tag[start : start + size].decode("utf-16-be", "replace").rstrip("\x00")
    return ""


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")
