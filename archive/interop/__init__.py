"""Interop: the archive as other institutions' programs read it (IIIF Presentation)."""
