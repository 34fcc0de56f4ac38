"""Who acts. Services receive an actor first; they never ask the request who is signed in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """A person, the command line or the archive itself; `person_id` is None for the latter two.

    `label` is a role or a program's name, never a person's name: it may be written to the audit
    log, which can never be erased.
    """

    person_id: int | None = None
    label: str = "reader"
    roles: frozenset[str] = field(default_factory=frozenset)

    def has(self, *roles: str) -> bool:
        """Whether the actor holds one of the roles; an administrator holds every role."""
        return bool(self.roles & {*roles, "administrator", "system"})

    @property
    def is_staff(self) -> bool:
        return self.has("archivist", "officer")


READER = Actor()


def system(label: str) -> Actor:
    """The archive acting by itself: a job, a command, the demo."""
    return Actor(None, label, frozenset({"system"}))
