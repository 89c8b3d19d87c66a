"""Pages of statistics."""

from app.statistics.views import names, names_files, reminding, situation, teams
from app.statistics.views.blueprint import bp

__all__ = ["bp", "names", "names_files", "reminding", "situation", "teams"]
