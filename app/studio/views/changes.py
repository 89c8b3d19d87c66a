"""Changes in sentences, as many as a page can carry."""

from __future__ import annotations

from collections.abc import Sequence

from app.catalogue.differences import Difference
from app.catalogue.wording_differences import say_difference
from app.i18n import ngettext

MOST_SENTENCES = 200


def say_changes(differences: Sequence[Difference]) -> list[str]:
    """Say the first changes, then how many more there are."""
    sentences = [say_difference(one) for one in differences[:MOST_SENTENCES]]
    more = len(differences) - len(sentences)
    if more:
        sentences.append(
            ngettext("Et %(num)s autre changement.", "Et %(num)s autres changements.", more)
        )
    return sentences
