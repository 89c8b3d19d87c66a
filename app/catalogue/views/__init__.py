"""Pages of the catalogue: its modules, one module, media."""

from app.catalogue.views import media, modules
from app.catalogue.views.blueprint import bp

__all__ = ["bp", "media", "modules"]
