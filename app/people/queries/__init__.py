"""Reads about people; those that other features need are named here."""

from app.people.queries.units import (
    CurrentAssignment,
    Unit,
    below,
    find_assignment,
    list_unit_names,
    list_units,
)

__all__ = [
    "CurrentAssignment",
    "Unit",
    "below",
    "find_assignment",
    "list_unit_names",
    "list_units",
]
