"""The demo archive "Budapest 1956": drawn specimen pictures and the records that describe them.

Nothing here is evidence: every picture is drawn by the program and says so in its margin.
Loading the records into a database is not done here.
"""
