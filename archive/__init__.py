"""Pillanat, the archive for historic photographs. Nothing but the version lives here."""

__version__ = "0.1.0"
