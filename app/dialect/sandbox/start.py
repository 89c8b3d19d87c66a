"""Begin a sandbox: a script, run with the server's search path and process id."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

APP = Path(__file__).resolve().parents[2]


def begin(search_path: str, parent: str, task: str) -> None:
    """Load the dialect alone, then do what the task's module does.

    The start of the package ``app`` loads the web and the database, which the dialect never needs:
    half a second and 50 MiB, within reach of what a hostile text might get to do.
    """
    sys.path[:] = json.loads(search_path)
    package = ModuleType("app")
    package.__path__ = [str(APP)]
    sys.modules["app"] = package
    import_module(f"app.dialect.sandbox.{task}").serve(int(parent))


if __name__ == "__main__":
    begin(*sys.argv[1:])
