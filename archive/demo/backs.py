"""What is typed and pencilled on the backs of eight specimen prints, line by line.

The agencies are invented.  The drawings of the backs and the records take the words from here,
so that a transcription never differs from what one sees.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Back:
    """The back of one print: typed lines, their language, and what is written in pencil."""

    number: int
    lang: str
    lines: tuple[str, ...]
    pencil: str

    @property
    def transcription(self) -> str:
        """The typed text, a line for a line."""
        return "\n".join(self.lines)


BACKS: tuple[Back, ...] = (
    Back(1, "en", (
        "SPECIMEN PRESS SERVICE          SP-1023/04",
        "",
        "BUDAPEST, Oct. 23, 1956 - Demonstrators fill",
        "the streets of the Hungarian capital. From",
        "the middle of the flag the emblem of the",
        "People's Republic has been cut away.",
        "",
        "(Specimen caption. The picture is a drawing.)",
    ), "23 X 56"),
    Back(4, "en", (
        "SPECIMEN PRESS SERVICE          SP-1023/31",
        "",
        "BUDAPEST, Oct. 23, 1956 (NIGHT) - All that is",
        "left of the bronze Stalin on its pedestal:",
        "a pair of boots. The statue came down shortly",
        "after half past nine this evening.",
        "",
        "(Specimen caption. The picture is a drawing.)",
    ), "31"),
    Back(8, "hu", (
        "MINTA KÉPÜGYNÖKSÉG               M-56/1029-8",
        "",
        "Budapest, 1956. október 29.",
        "Fegyveres fiatalok a Corvin közben, a mozi",
        "előtt. A felkelők napok óta tartják a közt;",
        "a tűzszünetet tegnap hirdették ki.",
        "",
        "(Minta. A kép rajz, nem fénykép.)",
    ), "Corvin 8"),
    Back(12, "en", (
        "SPECIMEN PRESS SERVICE          SP-1030/12",
        "",
        "BUDAPEST, Oct. 30, 1956 - Freedom fighters",
        "ride a captured lorry along Lenin Boulevard,",
        "cheered by passers-by.",
        "",
        "MUST CREDIT: SPECIMEN PRESS SERVICE",
        "(Specimen caption. The picture is a drawing.)",
    ), "12 !"),
    Back(17, "hu", (
        "MINTA KÉPÜGYNÖKSÉG              M-56/1031-17",
        "",
        "Budapest, 1956. október vége.",
        "Kenyérre várnak az Üllői úton. A sorban álló",
        "asszonyok mögött a fal is őrzi a harcok",
        "nyomát.",
        "",
        "(Minta. A kép rajz, nem fénykép.)",
    ), "kenyér"),
    Back(21, "hu", (
        "MINTA KÉPÜGYNÖKSÉG              M-56/1102-21",
        "",
        "Budapest, 1956. november 1-2.",
        "Halottak napján gyertyák égnek a pesti",
        "ablakokban az elesettek emlékére.",
        "",
        "(Minta. A kép rajz, nem fénykép.)",
    ), "XI. 2."),
    Back(26, "en", (
        "SPECIMEN PRESS SERVICE          SP-1117/26",
        "",
        "BUDAPEST, Nov., 1956 - Women of Budapest",
        "carry bread home through a ruined street.",
        "Trams are not running; everybody walks.",
        "",
        "(Specimen caption. The picture is a drawing.)",
    ), "women 26"),
    Back(30, "en", (
        "SPECIMEN PRESS SERVICE          SP-1204/30",
        "",
        "BUDAPEST, Dec. 4, 1956 - One month after the",
        "Soviet attack thousands of women, many in",
        "mourning, carry flowers to the Tomb of the",
        "Unknown Soldier in Heroes' Square.",
        "",
        "(Specimen caption. The picture is a drawing.)",
    ), "4 XII"),
)  # fmt: skip
