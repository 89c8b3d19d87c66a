"""Pages of the trainers' room: modules, findings, publication, previews."""

from app.studio.views import modules, previews, publication
from app.studio.views.blueprint import bp

__all__ = ["bp", "modules", "previews", "publication"]
