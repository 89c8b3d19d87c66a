"""Pages of the catalogue: its modules, one module, the articles cited, media."""

from app.catalogue.views import media, modules, references
from app.catalogue.views.blueprint import bp

__all__ = ["bp", "media", "modules", "references"]
