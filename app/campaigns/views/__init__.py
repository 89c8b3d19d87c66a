"""Pages of campaigns."""

from app.campaigns.views import equivalences, following, making, people
from app.campaigns.views.blueprint import bp

__all__ = ["bp", "equivalences", "following", "making", "people"]
