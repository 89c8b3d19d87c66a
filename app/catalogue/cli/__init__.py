"""Commands of those who write modules: check, lock, publish, start, retire, report."""

from app.catalogue.cli import checking, locking, publishing, reporting
from app.catalogue.cli.targets import content

__all__ = ["checking", "content", "locking", "publishing", "reporting"]
