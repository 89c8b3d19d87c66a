"""Defaults of every setting; an environment variable of the same name overrides each."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parent

DEFAULTS: dict[str, Any] = {
    "DATABASE_URL": f"sqlite:///{ROOT / 'instance' / 'exemplarite.sqlite3'}",
    "SECRET_KEY": "",
    "CONTENT_DIR": str(ROOT / "content"),
    # The address people type: links in mails, PDFs and QR codes are built on it, never on Host.
    "PUBLIC_URL": "http://localhost:5000",
    "PRODUCTION": False,
    "DEMO": False,
    "ORGANISATION": "Ministère de démonstration",
    "PASS_MARK": 80,
    "CERTIFICATE_VALIDITY_MONTHS": 36,
    "MAXIMUM_BODY_BYTES": 8 * 1024 * 1024,
    # A directory file, from an administrator.
    "MAXIMUM_FILE_BYTES": 256 * 1024 * 1024,
    # Without them, `people import --resume` does what the pages ask for.
    "IMPORT_PROCESSES": True,
    "TRUSTED_HOSTS": "",
    "TRUSTED_PROXIES": 0,
    # Whether `campaigns nightly` writes them; `campaigns remind` does whatever this says.
    "WEEKLY_REMINDERS": True,
    "MAIL_BACKEND": "file",
    "MAIL_FILE_PATH": str(ROOT / "instance" / "mail"),
    "MAIL_SERVER": "localhost",
    "MAIL_PORT": 25,
    "MAIL_USERNAME": "",
    "MAIL_PASSWORD": "",
    "MAIL_USE_TLS": False,
    "MAIL_TIMEOUT": 10,
    "MAIL_DEFAULT_SENDER": "exemplarite@localhost",
    "PASSWORD_MEMORY_KIB": 19 * 1024,
    "PASSWORD_PASSES": 2,
    "DATABASE_POOL_SIZE": 8,
    # What the preview of one unpublished module may take (docs/decisions/0007).
    "PREVIEW_CPU_SECONDS": 1,
    "PREVIEW_WALL_SECONDS": 3,
    "PREVIEW_MEMORY_MIB": 256,
    "LOG_LEVEL": "INFO",
    "RATE_LIMITS": True,
}


def read_settings(overrides: dict[str, Any] | None = None) -> dict[str, Any]:
    """Merge the defaults, the environment and the overrides, each in the type of its default."""
    settings = dict(DEFAULTS)
    for name, default in DEFAULTS.items():
        if name in os.environ:
            settings[name] = convert(name, os.environ[name], default)
    settings.update(overrides or {})
    settings["SECRET_KEY"] = settings["SECRET_KEY"] or keep_secret_key(settings)
    settings["SECURE"] = urlsplit(settings["PUBLIC_URL"]).scheme == "https"
    return settings


def convert(name: str, text: str, default: object) -> object:
    """Read an environment variable in the type of its default."""
    if isinstance(default, bool):
        if text.lower() not in {"1", "true", "yes", "0", "false", "no", ""}:
            raise SystemExit(f"{name} must be true or false, not {text!r}.")
        return text.lower() in {"1", "true", "yes"}
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError:
            raise SystemExit(f"{name} must be a whole number, not {text!r}.") from None
    return text


def keep_secret_key(settings: dict[str, Any]) -> str:
    """Give an installation without a key its own, kept beside the database."""
    if settings["PRODUCTION"]:
        raise SystemExit("SECRET_KEY must be set in production.")
    path = ROOT / "instance" / "secret_key"
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        # Written whole before it gets its name: no other process can read half a key.
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(0o600)
        draft.write_text(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()
