"""Pages of the trainers' room: modules, findings, drafts, reviews, publication, figures."""

from app.studio.views import (
    analysis,
    beside,
    draft_checking,
    draft_publication,
    drafts,
    errata,
    histories,
    media,
    modules,
    offers,
    previews,
    publication,
    reviews,
    texts,
)
from app.studio.views.blueprint import bp

__all__ = [
    "analysis", "beside", "bp", "draft_checking", "draft_publication", "drafts", "errata",
    "histories", "media", "modules", "offers", "previews", "publication", "reviews", "texts",
]  # fmt: skip
