"""Which part of a personal name is the family name, and Hungarian names with it first.

Hungarian given names are a small closed stock, so that a list of the frequent ones tells most
names apart; columns for the parts help where both look like given names. Pure. The invariant: no
letter of a name is changed, only its order; what cannot be told stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.catalogue.authorities.names import fold

_FREQUENT = """
    Ábel Ábrahám Ádám Adél Adolf Adrienn Ágnes Ágoston Ágota Ákos Aladár Alajos Albert Alfréd Alice
    Alíz Amália Ambrus András Andrea Andor Angéla Anikó Anita Anna Annamária Antal Antónia Apollónia
    Aranka Arnold Áron Arpád Árpád Arthur Artúr Attila Aurél Balázs Bálint Barbara Barna Barnabás
    Beáta Béla Benedek Benő Bence Benjámin Bernadett Bernát Berta Bertalan Bianka Boglárka Bódog
    Boldizsár Borbála Botond Brigitta Brúnó Cecília Csaba Csilla Dalma Dániel Dávid Demeter Dénes
    Dezső Diána Domokos Dóra Dorottya Döme Ede Edina Edit Egon Elek Elemér Éliás Elza Emese Emil
    Emília Emma Emőke Endre Enikő Erika Ernesztin Ernő Ervin Erzsébet Eszter Etel Etelka Éva Evelin
    Fanni Farkas Félix Ferdinánd Ferenc Fidél Flóra Flórián Fruzsina Frida Frigyes Fülöp Gabriella
    Gábor Gáspár Gellért Géza Gergely Gergő Gertrúd Gizella Gottfried Győző György Györgyi Gyula
    Guidó Gusztáv Hajnalka Hedvig Henrietta Henrik Hermann Hermina Hilda Hubert Hugó Ibolya Ida
    Ignác Ildikó Ilka Illés Ilona Imre Irén Irma Ica István Iván Ivett Izabella Izidor Izsó Jakab
    Janka János Jenő Johanna Jolán József Judit Júlia Julianna Jusztina Kálmán Kamilla Károly
    Karolina Kata Katalin Kázmér Kinga Kitti Klára Klaudia Klotild Konrád Kornél Kornélia Kristóf
    Krisztián Krisztina Lajos László Laura Lázár Lea Lehel Lenke Leó Leopold Levente Lídia Lili
    Lilla Lipót Livia Lívia Loránd Loránt Lóránt Lőrinc Lúcia Lujza Lukács Magda Magdolna Manó
    Marcell Margit Mária Marianna Mariann Marietta Márk Márkus Márta Márton Máté Matild Mátyás
    Melinda Menyhért Mihály Miklós Miksa Milán Mónika Mór Móric Mózes Nándor Nikolett Noémi Nóra
    Norbert Oktáv Olga Olivér Olívia Orsolya Oszkár Ottília Ottó Ödön Örs Pál Pálma Paula Péter
    Petra Piroska Pongrác Rafael Regina Réka Renáta René Rezső Richárd Rita Róbert Rókus Roland
    Román Rózália Rozália Rózsa Rozi Rudolf Salamon Samu Sámuel Sándor Sára Sarolta Sebestyén
    Simon Soma Stefánia Szabina Szabolcs Szaniszló Szerén Szilárd Szilveszter Szilvia Szidónia
    Tamara Tamás Teodor Teréz Terézia Tibor Tihamér Titusz Tímea Tivadar Tóbiás Tünde Ubul Valéria
    Gyöngyi Kati Jutka Manci Martin Zseni Vazul Vendel Vera Veronika Viktor Viktória Vilma Vilmos
    Vince Viola Virág Vivien Walter Xavér
    Zita Zoltán Zsanett Zsigmond Zsófia Zsolt Zsombor Zsuzsa Zsuzsanna
"""
GIVEN = frozenset(fold(_FREQUENT).split())
_ASIDE = re.compile(r"\s*\([^)]*\)\s*$")


def plain(name: str) -> str:
    """A name without what stands in brackets behind it, one space between its words."""
    return " ".join(_ASIDE.sub("", name).split())


def is_given(word: str) -> bool:
    """Whether a word is a frequent Hungarian given name, whatever its accents."""
    return fold(word) in GIVEN


def share_of_given(words: Iterable[str]) -> float:
    """How many of the names in a column are given names, from 0 to 1."""
    known = [is_given(word) for name in words for word in name.split()]
    return sum(known) / len(known) if known else 0.0


def family_first(name: str, *, family: str = "", given: str = "") -> str:
    """A Hungarian name with the family name first; others, and doubtful ones, as they are.

    `family` and `given` are the parts as a column has them; they may be another person's name for
    a pseudonym, and then say nothing.
    """
    bare = plain(name)
    if "," in bare:
        last, _comma, first = bare.partition(",")
        return f"{last.strip()} {first.strip()}".strip()
    words = bare.split()
    if len(words) < 2 or not any(is_given(word) for word in words):
        return bare
    at = _family_at(words, fold(family), fold(given))
    return " ".join([*words[at:], *words[:at]]) if at else bare


def _family_at(words: list[str], family: str, given: str) -> int:
    """Where the family name begins when it stands last; 0 when it stands first, or nobody knows."""
    if family and _is_part(family, words[0]):
        return 0
    if family:
        for at in range(1, len(words)):
            if _is_part(family, words[at]):
                return at
    if given and given in (fold(words[0]), fold(words[-1])) and fold(words[0]) != fold(words[-1]):
        return _after_given(words) if fold(words[0]) == given else 0
    if is_given(words[0]) and not is_given(words[-1]):
        return _after_given(words)
    return 0


def _after_given(words: list[str]) -> int:
    """The first word after the given names, of which there may be several."""
    for at in range(1, len(words) - 1):
        if not is_given(words[at]):
            return at
    return len(words) - 1


def _is_part(family: str, word: str) -> bool:
    """Whether a word is the family name, or one with a hyphen that has it."""
    return fold(word) == family or family in fold(word).split()
