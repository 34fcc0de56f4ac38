"""SKOS: vocabularies taken over from files of others and written out for them.

`triples` is what both formats (`rdfxml`, `turtle`) read and write, `mapping` says what a triple is
in our columns and the reverse, `exchange` brings a file and the archive together. The invariant:
what has no column of its own is kept as it was said, and written out again.
"""
