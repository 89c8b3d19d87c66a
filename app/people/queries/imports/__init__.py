"""Reads about directory files on their way."""
