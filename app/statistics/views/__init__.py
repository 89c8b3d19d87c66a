"""Pages of statistics."""

from app.statistics.views import names, situation, teams
from app.statistics.views.blueprint import bp

__all__ = ["bp", "names", "situation", "teams"]
