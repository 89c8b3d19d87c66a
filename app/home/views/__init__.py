"""Pages that gather several features: the first page, one's record, help, the site's own words."""

from app.home.views import about, first_page, help_pages, language, record, searching
from app.home.views.blueprint import bp

__all__ = ["about", "bp", "first_page", "help_pages", "language", "record", "searching"]
