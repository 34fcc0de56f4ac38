"""Everything about picture files: what is in them, what is made and written into copies of them.

Kept empty of imports so that a child process which only reads metadata starts at once.
Invariant of the room: a master is only ever read.
"""
