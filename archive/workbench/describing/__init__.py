"""Describing one photograph: the form, its rows and fields, and saving what several people type."""
