"""Commands of those who write modules: check, fix, lock, publish, export, start, retire, report."""

from app.catalogue.cli import checking, exporting, fixing, locking, publishing, reporting
from app.catalogue.cli.targets import content

__all__ = ["checking", "content", "exporting", "fixing", "locking", "publishing", "reporting"]
