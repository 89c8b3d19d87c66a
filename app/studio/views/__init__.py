"""Pages of the trainers' room: modules, findings, drafts, reviews, publication, previews."""

from app.studio.views import (
    draft_checking,
    draft_publication,
    drafts,
    histories,
    modules,
    offers,
    previews,
    publication,
    reviews,
    texts,
)
from app.studio.views.blueprint import bp

__all__ = [
    "bp", "draft_checking", "draft_publication", "drafts", "histories", "modules", "offers",
    "previews", "publication", "reviews", "texts",
]  # fmt: skip
from app.studio.views import errata, modules, previews, publication
from app.studio.views import analysis, errata, modules, previews, publication
from app.studio.views.blueprint import bp

__all__ = ["analysis", "bp", "errata", "modules", "previews", "publication"]
