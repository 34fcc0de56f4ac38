"""Here the archive is asked as a web site; see `tests/served.py`."""

from tests.served import address, app, client, served

__all__ = ["address", "app", "client", "served"]
