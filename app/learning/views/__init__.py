"""Pages of learning."""

from app.learning.views import attempts, practice, quiz, reading, results, submission
from app.learning.views.blueprint import bp

__all__ = ["attempts", "bp", "practice", "quiz", "reading", "results", "submission"]
