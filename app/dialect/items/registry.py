"""The list of the types: a new type is a file beside this one and a line here."""

from __future__ import annotations

from app.dialect.compiled import AnyItem
from app.dialect.items.base import ItemType
from app.dialect.items.cloze import ClozeType
from app.dialect.items.dilemma import DilemmaType
from app.dialect.items.draw import DrawType
from app.dialect.items.matching import MatchingType
from app.dialect.items.multiple import MultipleChoiceType
from app.dialect.items.number import NumberType
from app.dialect.items.ordering import OrderingType
from app.dialect.items.poll import PollType
from app.dialect.items.reflection import ReflectionType
from app.dialect.items.short import ShortAnswerType
from app.dialect.items.single import SingleChoiceType
from app.dialect.items.true_false import TrueFalseType
from app.dialect.labels import fold

TYPES: dict[str, ItemType] = {
    kind.name: kind
    for kind in (
        SingleChoiceType(),
        MultipleChoiceType(),
        TrueFalseType(),
        OrderingType(),
        MatchingType(),
        NumberType(),
        ShortAnswerType(),
        ClozeType(),
        PollType(),
        ReflectionType(),
        DilemmaType(),
        DrawType(),
    )
}
SPOKEN: dict[str, str] = {
    fold(label): kind.name for kind in TYPES.values() for label in kind.labels
}
"""The name of each type by its labels, folded."""
LABELS: dict[str, str] = {fold(label): label for kind in TYPES.values() for label in kind.labels}
"""The labels as they are best written, by their folded form."""


def type_of(item: AnyItem) -> ItemType:
    """Find the type of a compiled item."""
    return TYPES[str(item.__struct_config__.tag)]
