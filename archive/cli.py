"""`pillanat …`: the archive at a command line.

Each command lives in `archive.commands` and is imported when it is called, so that `pillanat
dates` does not wait for the web server. The invariant: wrong input ends in a sentence and exit
code 1 or 2, never in a traceback.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from archive import __version__
from archive.settings import SettingsError

# name -> where it lives, what it does; the order is that of an archive's life
COMMANDS = {
    "init": ("archive.commands.begin", "Make the database and folders, and the first account."),
    "demo": ("archive.commands.demo", "Fill an empty archive with drawn specimens to try."),
    "user": ("archive.commands.people", "Add people, give and take roles, disable accounts."),
    "ingest": ("archive.commands.ingest", "Take in folders, files, ZIPs and spreadsheets."),
    "probe": ("archive.commands.probe", "Say what is in picture files; nothing is stored."),
    "dates": ("archive.commands.dates", "Read dates as people write them."),
    "search": ("archive.commands.search", "Find photographs, as the site does."),
    "decide": ("archive.commands.decide", "Say whether a use is allowed, and why."),
    "report": ("archive.commands.report", "Say what is missing and what people look for."),
    "reindex": ("archive.commands.index", "Make the search index anew."),
    "index": ("archive.commands.index", "Say how the search index stands."),
    "serve": ("archive.commands.serve", "Serve the web site, with a worker beside it."),
    "worker": ("archive.commands.serve", "Work off background jobs and keep the index."),
    "jobs": ("archive.commands.jobs", "List background jobs; try one again or cancel it."),
    "upgrade": ("archive.commands.upgrade", "Bring an archive of an earlier version up to date."),
    "doctor": ("archive.commands.doctor", "Check everything that can be checked."),
    "backup": ("archive.commands.backup", "Copy database, masters and keys while people work."),
    "restore": ("archive.commands.backup", "Bring an archive back into an empty folder."),
    "export": ("archive.commands.export", "Write the catalogue out, as JSON, CSV or XLSX."),
    "import": ("archive.commands.importing", "Import what other programs wrote."),
    "fixity": ("archive.commands.fixity", "Read masters and compare them with their digests."),
    "audit": ("archive.commands.audit", "Verify the audit chain."),
}


PYTHON = {"import": "import_"}  # words that Python keeps for itself


class Rooms(click.Group):
    """A group that imports a command when it is asked for, and says errors in a sentence."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        found: Any = getattr(import_module(COMMANDS[name][0]), PYTHON.get(name, name))
        return found if isinstance(found, click.Command) else None

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except BrokenPipeError:
            raise  # click ends quietly when nobody reads on
        except SettingsError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(_about_file(error)) from error


@click.group(cls=Rooms)
@click.version_option(__version__, prog_name="pillanat")
def main() -> None:
    """Pillanat, the archive for historic photographs."""


def _about_file(error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return f"{error.filename}: {reason}" if error.filename else reason


if __name__ == "__main__":
    sys.exit(main())
