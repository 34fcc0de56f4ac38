"""Finding photographs: what is indexed, how words are read, how a query is understood and answered.

The index is a cache: everything in it can be made again from the database, which is the truth.
Only `archive.search.whoosh_engine` knows which engine is inside.
"""
