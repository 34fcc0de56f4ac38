"""Thirty drawn specimen pictures in the manner of two-tone linocuts, and eight of their backs.

`render` and `render_verso` give the same pixels for the same number and size every time, and
every sheet says SPECIMEN.  What the pictures are called and what they show is in `archive.demo`.
"""

from archive.demo.drawings.catalogue import NUMBERS, VERSO_NUMBERS, render, render_verso

__all__ = ["NUMBERS", "VERSO_NUMBERS", "render", "render_verso"]
