"""ThumbHash of a small picture: some 25 bytes that a page draws as a blur before the picture comes.

The format is Evan Wallace's ThumbHash (evanw.github.io/thumbhash), opaque pictures only. Does not
load pictures. Invariant: the same pixels give the same bytes on every machine.
"""

from base64 import b64encode

import numpy as np
from numpy.typing import NDArray

Channel = NDArray[np.float64]


def thumbhash(rgb: NDArray[np.uint8]) -> str:
    """Base64 of the hash of an array of height × width × 3, neither side above 100."""
    height, width = rgb.shape[:2]
    if max(height, width) > 100:
        raise ValueError("a thumbhash is made from at most 100 × 100 pixels")
    red, green, blue = (rgb[:, :, band].astype(np.float64) / 255 for band in range(3))
    across, down = (max(1, round(7 * side / max(width, height))) for side in (width, height))
    light = _encoded((red + green + blue) / 3, max(3, across), max(3, down))
    yellow_blue = _encoded((red + green) / 2 - blue, 3, 3)
    red_green = _encoded(red - green, 3, 3)
    head = _header(
        light, yellow_blue, red_green, width > height, down if width > height else across
    )
    nibbles = [round(15 * value) for part in (light, yellow_blue, red_green) for value in part[1]]
    nibbles += [0] * (len(nibbles) % 2)
    body = bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2], strict=True))
    return b64encode(head + body).decode("ascii")


Coefficients = tuple[float, list[float], float]  # mean, others scaled to 0…1, their scale


def _encoded(channel: Channel, across: int, down: int) -> Coefficients:
    """The low frequencies of a cosine transform, in triangular order."""
    height, width = channel.shape
    rows = np.cos(np.pi / height * np.outer(np.arange(down), np.arange(height) + 0.5))
    columns = np.cos(np.pi / width * np.outer(np.arange(across), np.arange(width) + 0.5))
    table = rows @ channel @ columns.T / (width * height)
    kept = [
        float(table[y, x])
        for y in range(down)
        for x in range(across)
        if x * down < across * (down - y)
    ]
    scale = max(map(abs, kept[1:]), default=0.0)
    scaled = [0.5 + 0.5 / scale * value for value in kept[1:]] if scale else kept[1:]
    return kept[0], scaled, scale


def _header(
    light: Coefficients, first: Coefficients, second: Coefficients, landscape: bool, shorter: int
) -> bytes:
    colours = (
        round(63 * light[0])
        | round(31.5 + 31.5 * first[0]) << 6
        | round(31.5 + 31.5 * second[0]) << 12
        | round(31 * light[2]) << 18
    )
    shape = shorter | round(63 * first[2]) << 3 | round(63 * second[2]) << 9 | landscape << 15
    return colours.to_bytes(3, "little") + shape.to_bytes(2, "little")
