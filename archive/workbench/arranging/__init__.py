"""The tree of fonds, series and files: describing units, moving them, the strip of a roll."""
