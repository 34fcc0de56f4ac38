"""`decide`: may this photograph be put to this use? Pure; every surface asks it.

All layers are evaluated and the strictest answer holds (deny > ask > allow); where no layer allows,
the answer is deny. The layers built so far: the life cycle of the record, the rights statement,
the greatest size.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from archive.rights.vocabulary import Statement, statement

Effect = Literal["allow", "ask", "deny"]
STRICTNESS: dict[Effect, int] = {"allow": 0, "ask": 1, "deny": 2}
POLICY_VERSION = "2026-1"

USES = (
    "view_thumb",
    "view_public",
    "view_zoom",
    "show_in_class",
    "download_screen",
    "download_full",
    "embed",
    "licence_editorial",
    "licence_education",
    "licence_commercial",
    "print_sale",
    "ai_training",
    "export_metadata",
    "export_media",
    "internal_work",
)
_VIEWS = ("view_thumb", "view_public", "view_zoom", "show_in_class", "export_metadata")
_DOWNLOADS = ("download_screen", "download_full", "embed", "export_media")
_LICENCES = ("licence_editorial", "licence_education", "licence_commercial", "print_sale")

THUMBNAIL_PX = 640


@dataclass(frozen=True)
class Facts:
    """What the catalogue knows of one photograph, as far as the decision needs it."""

    state: str
    statement_uri: str = ""
    holder: str = ""


@dataclass(frozen=True)
class Policy:
    """The institution's own limits, from the settings."""

    public_max_px: int = 2048
    protected_max_px: int = 1200
    version: str = POLICY_VERSION


@dataclass(frozen=True)
class Context:
    """When, where and for whom; `staff` means someone who works on the record."""

    on: date
    territory: str = "HU"
    staff: bool = False
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True)
class Reason:
    """One layer's answer; `text_key` is looked up by `rights.words.sentence`."""

    layer: str
    rule_id: str
    effect: Effect
    text_key: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """The answer to one question. `max_px` is the longest side shown or given; 0: none.

    `max_px` None means without limit. `next_change_on` is the day the answer may change.
    """

    use: str
    effect: Effect
    max_px: int | None
    reasons: tuple[Reason, ...]
    obligations: tuple[str, ...] = ()
    next_change_on: date | None = None
    policy_version: str = POLICY_VERSION

    @property
    def allowed(self) -> bool:
        return self.effect == "allow"


# Rows: groups of statements; columns: view, show in class, download, editorial, commercial, AI.
_MATRIX: dict[str, tuple[Effect, Effect, Effect, Effect, Effect, Effect]] = {
    "free": ("allow", "allow", "allow", "allow", "allow", "allow"),
    "open": ("allow", "allow", "allow", "allow", "allow", "ask"),
    "open_noncommercial": ("allow", "allow", "allow", "ask", "ask", "deny"),
    "limited": ("allow", "allow", "ask", "ask", "ask", "deny"),
    "abroad": ("allow", "allow", "ask", "ask", "ask", "deny"),
    "closed": ("allow", "allow", "deny", "ask", "ask", "deny"),
    "closed_education": ("allow", "allow", "deny", "ask", "ask", "deny"),
    "closed_noncommercial": ("allow", "allow", "allow", "ask", "ask", "deny"),
    "orphan": ("allow", "allow", "deny", "deny", "deny", "deny"),
    "unknown": ("allow", "ask", "deny", "ask", "ask", "deny"),
    "none": ("allow", "ask", "deny", "deny", "deny", "deny"),
}
_CREDIT = frozenset({"open", "open_noncommercial", "closed_noncommercial", "limited", "abroad"})


def decide(facts: Facts, use: str, context: Context) -> Decision:
    """Answer one question about one photograph. Raises ValueError for an unknown use."""
    if use not in USES:
        raise ValueError(f"unknown use: {use}")
    found = statement(facts.statement_uri)
    reasons = [_lifecycle(facts, use, context)]
    if use != "internal_work":
        reasons.append(_rights(found, use))
    strictest = max(reasons, key=lambda reason: STRICTNESS[reason.effect])
    limit = _greatest_size(found, use, context)
    if limit is not None and strictest.effect == "allow":
        reasons.append(Reason("size", "institution", "allow", "size", {"px": str(limit)}))
    return Decision(
        use=use,
        effect=strictest.effect,
        max_px=limit if strictest.effect == "allow" else 0,
        reasons=tuple(reasons),
        obligations=_obligations(found, strictest.effect),
        policy_version=context.policy.version,
    )


def _lifecycle(facts: Facts, use: str, context: Context) -> Reason:
    if facts.state == "published":
        return Reason("lifecycle", "published", "allow", "published")
    if context.staff and use in ("internal_work", "view_thumb", "view_public", "view_zoom"):
        return Reason("lifecycle", facts.state, "allow", "staff_work")
    return Reason("lifecycle", facts.state, "deny", f"state_{facts.state}")


def _rights(found: Statement | None, use: str) -> Reason:
    group = found.group if found else "none"
    effect = _effect(group, use)
    params = {"uri": found.uri if found else "", "group": group}
    return Reason(
        "rights", found.code if found else "none", effect, f"{group}.{_column(use)}", params
    )


def _column(use: str) -> str:
    if use in ("show_in_class", "licence_education"):
        return "class"
    if use in _VIEWS:
        return "view"
    if use in _DOWNLOADS:
        return "download"
    if use in ("licence_commercial", "print_sale"):
        return "commercial"
    return "ai" if use == "ai_training" else "editorial"


def _effect(group: str, use: str) -> Effect:
    columns = ("view", "class", "download", "editorial", "commercial", "ai")
    return _MATRIX[group][columns.index(_column(use))]


def _greatest_size(found: Statement | None, use: str, context: Context) -> int | None:
    group = found.group if found else "none"
    if context.staff and use not in _LICENCES:
        return None
    if use == "view_thumb":
        return THUMBNAIL_PX
    if group == "none":
        return THUMBNAIL_PX
    if group in ("free", "open", "open_noncommercial"):
        return (
            None
            if use in ("download_full", "export_media", *_LICENCES)
            else (context.policy.public_max_px)
        )
    if use in _LICENCES:
        return None
    limited = group in ("limited", "abroad")
    return context.policy.public_max_px if limited else context.policy.protected_max_px


def _obligations(found: Statement | None, effect: Effect) -> tuple[str, ...]:
    if found is None or effect == "deny":
        return ()
    duties = ["credit"] if found.group in _CREDIT else []
    duties += ["share_alike"] if "-SA" in found.code else []
    duties += ["no_derivatives"] if "-ND" in found.code else []
    duties += ["non_commercial"] if found.group.endswith("noncommercial") else []
    return tuple(duties)
