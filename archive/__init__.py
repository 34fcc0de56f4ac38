"""Pillanat, the archive for historic photographs.

Nothing lives here but the version, and one word to the library of numbers that must be said before
it is loaded: what is computed of pictures is small and much, so its threads would only wait.
"""

import os

__version__ = "0.1.0"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
