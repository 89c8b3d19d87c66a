"""Reads about learning: lean rows, personal data filtered by its owner in the statement."""
