"""The starter authority file for 1956: its events, places with the names they bore, people, terms.

Facts only, each with where it can be looked up; any archive may load it, and the demo is described
with it. The invariant: every date is EDTF, and what is disputed is not said as if it were certain.
"""
