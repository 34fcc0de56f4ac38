"""Reasons in words, Hungarian and English, as a reader should hear them."""

from __future__ import annotations

from archive.rights.decision import STRICTNESS, Decision, Reason
from archive.rights.vocabulary import statement

_STATES = {
    "published": ("A fénykép nyilvános.", "The photograph is public."),
    "staff_work": ("A munkatársak dolgoznak rajta.", "The archive's staff work on it."),
    "state_draft": ("A leírás még nem nyilvános.", "The description is not public yet."),
    "state_in_review": ("A leírást ellenőrzik.", "The description is being reviewed."),
    "state_withdrawn": ("A fényképet az archívum visszavonta.", "The photograph was withdrawn."),
    "size": ("Legfeljebb {px} képpont méretben.", "At up to {px} pixels."),
}
_COLUMNS = {
    ("view", "allow"): ("Megnézheti.", "You may look at it."),
    ("class", "allow"): ("Órán bemutathatja.", "You may show it in class."),
    ("class", "ask"): ("Kérdezze meg az archívumot.", "Please ask the archive."),
    ("download", "allow"): ("Letöltheti.", "You may download it."),
    ("download", "ask"): ("A letöltést az archívumtól kérheti.", "Ask the archive for a copy."),
    ("download", "deny"): ("Nem tölthető le.", "It cannot be downloaded."),
    ("editorial", "allow"): ("Díj nélkül közölheti.", "You may publish it without a fee."),
    ("editorial", "ask"): (
        "Közléséhez felhasználási engedély kell.",
        "Publishing it needs a licence.",
    ),
    ("editorial", "deny"): ("Nem közölhető.", "It may not be published."),
    ("commercial", "allow"): ("Üzleti célra is használhatja.", "You may use it commercially."),
    ("commercial", "ask"): (
        "Üzleti célra csak engedéllyel használható.",
        "Commercial use needs a licence.",
    ),
    ("commercial", "deny"): (
        "Üzleti célra nem használható.",
        "It may not be used commercially.",
    ),
    ("ai", "allow"): ("Gépi tanításhoz is használható.", "It may be used to train machines."),
    ("ai", "ask"): (
        "Gépi tanításhoz kérdezze meg az archívumot.",
        "Ask before training machines on it.",
    ),
    ("ai", "deny"): ("Gépi tanításhoz nem használható.", "It may not be used to train machines."),
}


def answer(decision: Decision, lang: str) -> str:
    """The decision in one sentence, with the greatest size where there is one."""
    layers = [reason for reason in decision.reasons if reason.layer != "size"]
    strictest = max(STRICTNESS[reason.effect] for reason in layers)
    deciding = [reason for reason in layers if STRICTNESS[reason.effect] == strictest][-1]
    sizes = [reason for reason in decision.reasons if reason.layer == "size"]
    return " ".join(_short(reason, lang) for reason in (deciding, *sizes))


def sentence(reason: Reason, lang: str) -> str:
    """One or two plain sentences for a reader; `lang` is "hu" or "en"."""
    if reason.text_key in _STATES:
        return _short(reason, lang)
    side = 0 if lang == "hu" else 1
    short = _short(reason, lang)
    found = statement(reason.params["uri"])
    if found is None:
        unknown = (
            "Jogi helyzetét még nem rögzítettük.",
            "Its rights have not been recorded yet.",
        )
        return f"{short} {unknown[side]}"
    return f"{short} {found.summary[lang]}"


def _short(reason: Reason, lang: str) -> str:
    side = 0 if lang == "hu" else 1
    if reason.text_key in _STATES:
        return _STATES[reason.text_key][side].format(**reason.params)
    column = reason.text_key.rsplit(".", 1)[1]
    return _COLUMNS[(column, reason.effect)][side]
