"""Commands of those who write modules: check, fix, lock, publish, start, retire, report."""

from app.catalogue.cli import checking, fixing, locking, publishing, reporting
from app.catalogue.cli.targets import content

__all__ = ["checking", "content", "fixing", "locking", "publishing", "reporting"]
