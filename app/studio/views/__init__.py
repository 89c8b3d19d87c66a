"""Pages of the trainers' room: modules, findings, drafts, reviews, publication, figures."""

from app.studio.views import (
    aids,
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
    translations,
    withdrawing,
)
from app.studio.views.blueprint import bp

__all__ = [
    "aids", "analysis", "beside", "bp", "draft_checking", "draft_publication", "drafts", "errata",
    "histories", "media", "modules", "offers", "previews", "publication", "reviews", "texts",
    "translations", "withdrawing",
]  # fmt: skip
