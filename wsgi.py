"""The web application, for any WSGI server: `granian --interface wsgi wsgi:app`."""

from archive import logs
from archive.app import create_app

logs.configure()
app = create_app()
