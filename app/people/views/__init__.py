"""Pages of people."""

from app.people.views import account, forgotten, signing_in
from app.people.views.blueprint import bp

__all__ = ["account", "bp", "forgotten", "signing_in"]
