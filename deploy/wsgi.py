"""What the server loads: ``gunicorn -c deploy/gunicorn.conf.py``."""

from app import create_app

app = create_app()
