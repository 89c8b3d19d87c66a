"""Commands of those who write modules: check, publish, start, retire, report."""

from app.catalogue.cli import checking, publishing, reporting
from app.catalogue.cli.targets import content

__all__ = ["checking", "content", "publishing", "reporting"]
