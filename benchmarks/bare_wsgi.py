"""What the server loads to serve the bare application."""

from benchmarks.bare import make_app

app = make_app()
