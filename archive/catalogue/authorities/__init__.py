"""Authorities: people, places, events and terms, each once, under all its names.

`finding` is how a link gets its authority, `lookup` how somebody who types finds one. The
invariant: a photograph is linked to an authority, never to a naked name.
"""

from archive.catalogue.authorities.finding import (
    UnknownAuthority,
    agent,
    by_id,
    by_name,
    concept,
    event,
    keys_of,
    place,
    survivor,
)
from archive.catalogue.authorities.kinds import KINDS, Kind, kind_of
from archive.catalogue.authorities.lookup import listed, lookup
from archive.catalogue.authorities.names import (
    Row,
    agent_key,
    all_names,
    fold,
    key_of,
    preferred_names,
)

__all__ = [
    "KINDS",
    "Kind",
    "Row",
    "UnknownAuthority",
    "agent",
    "agent_key",
    "all_names",
    "by_id",
    "by_name",
    "concept",
    "event",
    "fold",
    "key_of",
    "keys_of",
    "kind_of",
    "listed",
    "lookup",
    "place",
    "preferred_names",
    "survivor",
]
