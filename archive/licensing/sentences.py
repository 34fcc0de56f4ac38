"""What the licence desk answers when something cannot be done, in both languages."""

from __future__ import annotations

from archive.licensing.service import DeskError

_SENTENCES = {
    "no_photographs": ("Nem választott fényképet.", "No photograph was chosen."),
    "sign_in_first": ("Kérjük, előbb jelentkezzen be.", "Please sign in first."),
    "needs_no_licence": (
        "Ehhez a felhasználáshoz nem kell engedély: a fénykép a forrás megjelölésével letölthető.",
        "This use needs no licence: the photograph may be downloaded and used with its credit.",
    ),
    "may_not_be_licensed": (
        "Erre a felhasználásra nem adhatunk engedélyt; a kérelmet nem küldtük el.",
        "We cannot grant a licence for this use; the request was not sent.",
    ),
    "words_missing": ("Kérjük, írja meg az üzenetet.", "Please write the message."),
    "amount_missing": (
        "Minden fényképhez kell egy összeg.",
        "Every photograph needs an amount.",
    ),
    "vat_number_missing": (
        "Fordított adózáshoz a megrendelő adószáma kell.",
        "Reverse charge needs the customer's VAT number.",
    ),
    "not_now": (
        "Ez a lépés most nem lehetséges: a kérelem állapota közben megváltozott.",
        "This cannot be done now: the request has moved on in the meantime.",
    ),
    "quote_expired": (
        "Az árajánlat {until} napján lejárt; kérjük, kérjen újat.",
        "The quote ended on {until}; please ask for a new one.",
    ),
    "quote_superseded": (
        "Ezt az árajánlatot újabb váltotta fel; kérjük, azt fogadja el.",
        "A newer quote has taken the place of this one; please accept that.",
    ),
    "quote_rejected": ("Ezt az ajánlatot visszautasították.", "This quote was rejected."),
    "quote_revoked": ("Ezt az ajánlatot visszavontuk.", "This quote was withdrawn by us."),
}


def sentence(error: DeskError, lang: str) -> str:
    hungarian, english = _SENTENCES[error.code]
    return (hungarian if lang == "hu" else english).format(**error.params)
