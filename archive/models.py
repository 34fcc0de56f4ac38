"""Every table of the archive in one place: importing this fills `Base.metadata` for migrations."""

from archive import jobs, mail, storage
from archive.accounts import models as accounts
from archive.catalogue import bulk, contradictions, gaps
from archive.catalogue import models as catalogue
from archive.catalogue.authorities import duplicates
from archive.db import Base
from archive.history import models as history
from archive.ingest import models as ingest
from archive.licensing import models as licensing
from archive.media import models as media
from archive.rights import access
from archive.search import models as search
from archive.workbench import models as workbench

metadata = Base.metadata

__all__ = [
    "access",
    "accounts",
    "bulk",
    "catalogue",
    "contradictions",
    "duplicates",
    "gaps",
    "history",
    "ingest",
    "jobs",
    "licensing",
    "mail",
    "media",
    "metadata",
    "search",
    "storage",
    "workbench",
]
