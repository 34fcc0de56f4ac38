"""Descriptions from AtoM (its ISAD(G) CSV): units with their hierarchy, items as photographs.

`elements` reads a description, `planning` says what would become of it, `taking` does that as one
change set, `writing` writes units in the same form. The invariant: what is here already is never
overwritten, so a second run changes nothing.
"""
