"""Commands for modules: check, fix, follow, lock, publish, export, start, retire, report."""

from app.catalogue.cli import checking, exporting, fixing, following, locking, publishing, reporting
from app.catalogue.cli.targets import content

__all__ = [
    "checking",
    "content",
    "exporting",
    "fixing",
    "following",
    "locking",
    "publishing",
    "reporting",
]
