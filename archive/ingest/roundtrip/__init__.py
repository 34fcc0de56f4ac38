"""The round trip: photographs written out as a table, edited anywhere, and read back.

`columns` says what each column shows of a draft and how it is put back; `writing` makes CSV and
XLSX; `comparing` finds what a person changed, cell by cell; `pending` keeps the proposals until
somebody decides, and applies them as one change set. The invariant: a table that comes back as it
went out proposes nothing, and what a table leaves out is never taken for a deletion.
"""
