"""Which drawing has which number, sheet and second ink; printing a recto or a verso.

The same number and size always give the same pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from archive.demo.backs import BACKS
from archive.demo.drawings import (
    bridges,
    everyday,
    fighting,
    kossuth,
    leaving,
    mourning,
    october,
    ruins,
    vehicles,
    women,
)
from archive.demo.drawings.block import Block
from archive.demo.drawings.printing import GREEN, OCHRE, RED, SLATE, Sheet, pull
from archive.demo.drawings.verso import draw_back

LONG_EDGE = 1600


@dataclass(frozen=True)
class Plate:
    """A drawing: what cuts its block, and the sheet it is printed on."""

    cut: Callable[[Block], None]
    sheet: Sheet


PLATES: dict[int, Plate] = {
    1: Plate(october.flag_with_a_hole, Sheet(1100, 1600, RED)),
    2: Plate(october.at_bem_square, Sheet(1600, 1100, GREEN)),
    3: Plate(october.parliament_by_torchlight, Sheet(1600, 700, OCHRE)),
    4: Plate(october.the_boots, Sheet(1130, 1600, OCHRE)),
    5: Plate(october.radio_gate, Sheet(1600, 1080, SLATE)),
    6: Plate(kossuth.tank_with_flags, Sheet(1600, 1100, RED)),
    7: Plate(kossuth.the_empty_square, Sheet(1600, 1600, RED)),
    8: Plate(fighting.corvin_passage, Sheet(1250, 1600, OCHRE)),
    9: Plate(fighting.boy_with_a_bottle, Sheet(1100, 1600, RED)),
    10: Plate(fighting.barricade, Sheet(1600, 1100, RED)),
    11: Plate(fighting.tank_at_the_corner, Sheet(1600, 1150, GREEN)),
    12: Plate(vehicles.on_the_lorry, Sheet(1600, 1050, OCHRE)),
    13: Plate(vehicles.hospital_van, Sheet(1600, 1080, RED)),
    14: Plate(vehicles.loudspeaker_van, Sheet(1600, 1100, SLATE)),
    15: Plate(everyday.printing_leaflets, Sheet(1600, 1100, OCHRE)),
    16: Plate(everyday.courier_on_wet_rails, Sheet(1600, 1100, SLATE)),
    17: Plate(everyday.bread_queue, Sheet(1600, 1050, GREEN)),
    18: Plate(ruins.torn_facade, Sheet(1150, 1600, GREEN)),
    19: Plate(mourning.listening_to_the_ground, Sheet(1600, 1100, RED)),
    20: Plate(mourning.children_on_a_tank, Sheet(1600, 1100, OCHRE)),
    21: Plate(mourning.candles, Sheet(1100, 1600, OCHRE)),
    22: Plate(mourning.street_grave, Sheet(1200, 1600, GREEN)),
    23: Plate(bridges.chain_bridge_at_dawn, Sheet(1600, 1050, SLATE)),
    24: Plate(bridges.crossing_liberty_bridge, Sheet(1600, 1150, GREEN)),
    25: Plate(bridges.workers_council, Sheet(1600, 1100, OCHRE)),
    26: Plate(women.women_with_baskets, Sheet(1600, 1100, OCHRE)),
    27: Plate(leaving.station, Sheet(1600, 1100, SLATE)),
    28: Plate(leaving.footbridge, Sheet(1600, 1050, OCHRE)),
    29: Plate(leaving.frontier_meadow, Sheet(1600, 950, SLATE)),
    30: Plate(women.women_at_heroes_square, Sheet(1600, 1150, RED)),
}
NUMBERS = tuple(PLATES)
_BACKS = {back.number: back for back in BACKS}
VERSO_NUMBERS = tuple(_BACKS)


def render(number: int, *, long_edge: int = LONG_EDGE) -> Image.Image:
    """The printed sheet of a drawing (RGB), `long_edge` pixels on its longer side.

    Raises KeyError for a number that is not in `NUMBERS`.
    """
    plate = PLATES[number]
    block = Block(*plate.sheet.block_size, long_edge / LONG_EDGE, 1956 + number)
    plate.cut(block)
    return pull(block, plate.sheet, number)


def render_verso(number: int, *, long_edge: int = LONG_EDGE) -> Image.Image:
    """The back of a sheet (RGB); raises KeyError for a number that is not in `VERSO_NUMBERS`."""
    back, sheet = _BACKS[number], PLATES[number].sheet
    return draw_back(back, sheet.width, sheet.height, long_edge / LONG_EDGE)
