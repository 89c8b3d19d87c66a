"""The demonstration is served, for real, by the process that prepared it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from flask import Flask

from tests.databases import QUIET
from tests.servers import HOST, PATIENCE, ROOT, free_port

SERVE = (sys.executable, "-m", "flask", "--app", "app", "demo", "serve")


def read(url: str) -> str:
    """Read a page, as soon as there is one."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(URLError), urlopen(url, timeout=10) as page:
            return str(page.read().decode())
        time.sleep(0.05)
    raise TimeoutError(url)


@pytest.mark.timeout(180)
def test_it_prepares_serves_and_ends_when_it_is_asked_to(loaded: Flask) -> None:
    port = free_port()
    settings = {"HOST": HOST, "PORT": str(port), "DATABASE_URL": loaded.config["DATABASE_URL"],
                "SECRET_KEY": str(QUIET["SECRET_KEY"])}  # fmt: skip
    with subprocess.Popen(
        SERVE, cwd=ROOT, env=os.environ | settings, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as server:  # fmt: skip
        try:
            assert "demo-agent" in read(f"http://{HOST}:{port}/connexion")
            assert read(f"http://{HOST}:{port}/readyz").startswith('{"database":true')
            server.send_signal(signal.SIGINT)
            printed, _ = server.communicate(timeout=60)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
    assert server.returncode == 0
    assert f"http://localhost:{port}" in printed
