"""Pages of people."""

from app.people.views import signing_in
from app.people.views.blueprint import bp

__all__ = ["bp", "signing_in"]
