"""How photographs come into the archive, from folders, ZIPs and spreadsheets.

`service` holds the verbs; `receive` and `spreadsheet` read what was handed over, `mapping` and
`drafting` turn a row and a file's own words into a draft (both pure), `plan` says which files and
rows make one photograph, and `run` writes them down. The invariant of the room: every file and
every row gets exactly one outcome with a reason, and "received" is said only after the commit.
"""
