"""Makes renditions in a child process with limits; see child.py.

    with Renderer(limits) as renderer:
        made = renderer.render(master, out_dir)

A decoder that a picture brings down, or keeps busy, costs that picture and never the worker.
Invariant: nothing half made is left behind, however the child ended.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from archive.media import derivatives, fingerprint
from archive.media.child import Child, Ended, serve
from archive.media.derivatives import DerivativeError, Rendered
from archive.media.limits import Limits
from archive.media.refusal import Refused


class Renderer:
    """Renders one picture after the other in a limited child process."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.child = Child(__name__, limits or Limits())

    def __enter__(self) -> "Renderer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.child.stop()

    def render(
        self,
        master: Path,
        out_dir: Path,
        sizes: Sequence[int] = derivatives.SIZES,
        *,
        pyramid_above: int | None = None,
    ) -> Rendered:
        """Like derivatives.render; also raises DerivativeError where the child did not finish."""
        request = {
            "master": os.fspath(master.absolute()),
            "out_dir": os.fspath(out_dir.absolute()),
            "sizes": list(sizes),
            "pyramid_above": pyramid_above,
        }
        try:
            answer = self.child.ask(request)
        except Ended as ended:
            for half_made in out_dir.glob(".*.tmp"):
                half_made.unlink(missing_ok=True)
            raise DerivativeError(Refused(ended.code).sentence) from None
        if "error" in answer:
            raise DerivativeError(str(answer["error"]))
        return _from_wire(answer)


def _to_wire(made: Rendered) -> dict[str, Any]:
    codes = b64encode(fingerprint.to_bytes(made.codes)).decode()
    plain = {name: getattr(made, name) for name in ("width", "height", "sizes", "thumbhash")}
    return {**plain, "codes": codes}


def _from_wire(wire: dict[str, Any]) -> Rendered:
    codes = fingerprint.from_bytes(b64decode(wire["codes"]))
    return Rendered(
        int(wire["width"]), int(wire["height"]), tuple(wire["sizes"]), wire["thumbhash"], codes
    )


def _answer(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    try:
        made = derivatives.render(
            Path(request["master"]),
            Path(request["out_dir"]),
            request["sizes"],
            pyramid_above=request["pyramid_above"],
            limits=limits,
        )
    except DerivativeError as error:
        return {"error": str(error)}
    return _to_wire(made)


if __name__ == "__main__":
    serve(_answer)
