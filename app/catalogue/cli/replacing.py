"""Put new contents in an author's file: whole, or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Replace what a file holds, or make it; a kill or a full disk leaves what was there."""
    making = path.with_name(f".{path.name}.new")
    try:
        with making.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, making)
        making.replace(path)
    except BaseException:
        making.unlink(missing_ok=True)
        raise
