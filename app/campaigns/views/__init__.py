"""Pages of campaigns."""

from app.campaigns.views import following, making
from app.campaigns.views.blueprint import bp

__all__ = ["bp", "following", "making"]
