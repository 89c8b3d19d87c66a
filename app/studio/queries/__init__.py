"""What the trainers' room asks the database; what its pages need of publications is named here."""

from app.studio.queries.published import Published, list_history, list_latest

__all__ = ["Published", "list_history", "list_latest"]
