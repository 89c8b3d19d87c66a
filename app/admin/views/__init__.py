"""Pages of administrators."""

from app.admin.views import (
    agent,
    agent_roles,
    import_page,
    imports,
    journal,
    mails,
    people,
    settings,
)
from app.admin.views.blueprint import bp

__all__ = [
    "agent",
    "agent_roles",
    "bp",
    "import_page",
    "imports",
    "journal",
    "mails",
    "people",
    "settings",
]
