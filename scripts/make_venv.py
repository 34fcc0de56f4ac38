"""Makes `.venv/` with pip in it, also on Debian, which packs `venv` apart from Python.

Only the standard library is used. The invariant: when this ends well, `.venv/bin/python -m pip`
works.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import system_parts

VENV = Path(__file__).resolve().parent.parent / ".venv"


def main() -> None:
    if find_spec("ensurepip") is None:
        bring_venv()
    sys.exit(subprocess.run([sys.executable, "-m", "venv", VENV]).returncode)


def bring_venv() -> None:
    """Install Debian's package of `venv`, or say which one it is."""
    package = f"python3.{sys.version_info.minor}-venv"
    if not system_parts.may_install():
        sys.exit(f"This Python cannot make environments. On Debian: sudo apt install {package}")
    system_parts.install([package])


if __name__ == "__main__":
    main()
