"""The grades of each corps, their band, and how common they are in a unit."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of a corps's own scale, in its band."""

    name: str
    category: str
    weight: int
    """How many of a hundred people of the corps hold it, heads of units left out."""


BANDS = ("application", "maitrise", "officiers")

GRADES: dict[str, tuple[Grade, ...]] = {
    corps: tuple(
        Grade(name, band, weight)
        for band, grades in zip(BANDS, bands, strict=True)
        for name, weight in grades.items()
    )
    for corps, bands in {
        "pn": (
            {"policier adjoint": 10, "gardien de la paix": 50},
            {"brigadier-chef": 24, "major": 8},
            {"capitaine": 5, "commandant": 3, "commissaire": 0, "commissaire divisionnaire": 0},
        ),
        "gn": (
            {"gendarme adjoint volontaire": 14},
            {"gendarme": 44, "maréchal des logis-chef": 14, "adjudant": 14, "adjudant-chef": 6,
             "major": 2},
            {"lieutenant": 4, "capitaine": 2, "chef d’escadron": 0, "colonel": 0},
        ),
        "pm": (
            {"gardien-brigadier": 55, "brigadier-chef principal": 35},
            {"chef de service": 10},
            {"directeur": 0, "directeur principal": 0},
        ),
        "sp": (
            {"sapeur": 34, "caporal": 24},
            {"sergent": 22, "adjudant": 14},
            {"lieutenant": 6, "capitaine": 0, "commandant": 0, "colonel": 0},
        ),
        "pref": (
            {"adjoint administratif": 42, "contractuel": 10},
            {"secrétaire administratif": 32},
            {"attaché": 16, "administrateur de l’État": 0},
        ),
    }.items()
}  # fmt: skip

HEADS: dict[str, tuple[str, ...]] = {
    "pn": ("commissaire divisionnaire", "commissaire", "commandant", "brigadier-chef"),
    "gn": ("colonel", "chef d’escadron", "lieutenant", "adjudant-chef"),
    "pm": ("directeur principal", "directeur", "chef de service", "chef de service"),
    "sp": ("colonel", "commandant", "capitaine", "adjudant"),
    "pref": ("administrateur de l’État", "attaché", "attaché", "secrétaire administratif"),
}
"""Who leads a unit of the second, third, fourth and fifth level."""


def find_grade(corps: str, name: str) -> Grade:
    """Give a grade by its name."""
    return next(grade for grade in GRADES[corps] if grade.name == name)


def head_grade(corps: str, level: int) -> Grade:
    """Give the grade of who leads a unit of this level."""
    return find_grade(corps, HEADS[corps][level - 2])


def draw_grade(random: Random, corps: str) -> Grade:
    """Draw a grade as common as in the corps."""
    grades = GRADES[corps]
    return random.choices(grades, [grade.weight for grade in grades])[0]


def grade_before(grade: Grade, corps: str) -> Grade:
    """Give the grade held before this one; the first grade has none and is its own."""
    grades = GRADES[corps]
    return grades[max(0, grades.index(grade) - 1)]
