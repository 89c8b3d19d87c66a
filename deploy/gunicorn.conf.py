"""How gunicorn serves the application; an environment variable changes each figure."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

wsgi_app = "deploy.wsgi:app"
chdir = str(Path(__file__).resolve().parent.parent)
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '5000')}"

# A process per core; its threads wait for the database while another one renders.
worker_class = "deploy.fair_worker.FairWorker"
workers = int(os.environ.get("WORKERS", "2"))
threads = int(os.environ.get("THREADS", "4"))

# A heartbeat, not a limit on a request: a stuck process is replaced after this long.
timeout = 30
graceful_timeout = 20
# Longer than nginx keeps its own connections to us, so that nginx is the one who closes.
keepalive = 75
# Workers are never recycled: an answer must not meet a restart without a reason.
max_requests = 0

# The heartbeat's file on memory: on a busy disk it would be late, and the worker killed.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# Its control interface would be a second door into the server.
control_socket_disable = True

# The application writes one line a request; gunicorn only speaks of itself.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "info")

# Two previews of unpublished modules at work at once for all the processes: each locks a byte of
# this file without a name, whose descriptor they inherit (app/studio/slots.py).
preview_slots = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the server lives.
os.environ["EXEMPLARITE_PREVIEW_SLOTS"] = str(preview_slots.fileno())
