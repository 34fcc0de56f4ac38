"""People who sign in: who they are, what roles they hold, how they prove it.

`service` has the verbs, `web` the wiring of Flask-Security and `current_actor`, the only place
that knows who is signed in. The invariant: a password exists here only as its argon2 hash, and
neither an address nor a hash is ever written to history.
"""
