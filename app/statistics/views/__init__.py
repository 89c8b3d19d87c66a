"""Pages of statistics."""

from app.statistics.views import names, reminding, situation, teams
from app.statistics.views.blueprint import bp

__all__ = ["bp", "names", "reminding", "situation", "teams"]
