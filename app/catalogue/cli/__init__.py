"""Commands of those who write modules: check, publish, start, retire."""

from app.catalogue.cli import checking, publishing
from app.catalogue.cli.targets import content

__all__ = ["checking", "content", "publishing"]
