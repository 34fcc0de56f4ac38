"""Runs the benchmarks, each a program of its own beside this one: `make bench [ONLY=search]`.

ONLY takes those whose name begins with it. A benchmark prints its table, with ratios to a peer
measured in the same run; none of them is a test, and none decides whether a change is good.
"""

# ruff: noqa: T201 - headings on standard output
import subprocess
import sys
from pathlib import Path


def chosen(only: str) -> list[Path]:
    """The benchmarks whose name begins with `only`."""
    programs = sorted(set(Path(__file__).parent.glob("*.py")) - {Path(__file__)})
    return [program for program in programs if program.stem.startswith(only)]


def main() -> None:
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    if not chosen(only):
        names = ", ".join(program.stem for program in chosen(""))
        sys.exit(f"No benchmark begins with {only!r}. There are: {names}.")
    failed = []
    for program in chosen(only):
        print(f"\n== {program.stem.replace('_', ' ')}", flush=True)
        if subprocess.run([sys.executable, program], cwd=Path(__file__).parents[2]).returncode:
            failed.append(program.stem)
    sys.exit(f"Ended with an error: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
