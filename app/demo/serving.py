"""Serve the demonstration with the production server, on an address that is free."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "gunicorn.conf.py"


class PortBusyError(Exception):
    """Something else listens there."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens, and what people type."""

    host: str
    port: int
    public_url: str

    def check_free(self) -> None:
        """Raise `PortBusyError` when the port cannot be taken."""
        with socket.socket() as probe:
            # As gunicorn does: a port that closed a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise PortBusyError from error


def read_address() -> Address:
    """Read HOST, PORT and PUBLIC_URL, each with the demonstration's own default."""
    host = os.environ.get("HOST", "0.0.0.0")  # noqa: S104 - reached by the machine's name too.
    text = os.environ.get("PORT") or "5000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SystemExit(f"PORT must be a number from 1 to 65535, not {text!r}.")
    url = os.environ.get("PUBLIC_URL") or f"http://localhost:{text}"
    return Address(host, int(text), url)


def serve_on(address: Address) -> None:
    """Become the server, until it is stopped.

    What was imported to prepare the demonstration is not imported again: on a slow machine that
    is a third of the time until the first page.
    """
    os.environ |= {
        "DEMO": "true",
        "HOST": address.host,
        "PORT": str(address.port),
        "PUBLIC_URL": address.public_url,
        "GUNICORN_LOG_LEVEL": os.environ.get("GUNICORN_LOG_LEVEL", "warning"),
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
    }
    sys.stdout.flush()
    # Heavy: the other commands do without.
    from gunicorn.app.wsgiapp import run  # type: ignore[import-untyped]

    sys.argv = ["gunicorn", "-c", str(CONFIGURATION)]
    run(prog="gunicorn")
