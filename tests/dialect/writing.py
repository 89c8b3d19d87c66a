"""Write small modules for the tests, and read them."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from app.dialect.compiled import AnyItem, CompiledModule
from app.dialect.context import Context, reference_keys
from app.dialect.messages import Message
from app.dialect.reading import Reading, read_files

CARET = "‸"
"""Marks in a text where a message is expected; it is taken out before reading."""

FRONT = """\
---
duree: 10
public: [pn, gn]
competences: [probite]
---
# Un titre
"""
STEP = """\

## Une étape {#une}

> [!EXEMPLE]
> Un geste utile.

"""
QUIZ = """\

## Évaluation {#evaluation .evaluation}

### Vrai ou faux : À juger {#juger voir=une}
Une phrase à juger.
- [x] a) Vrai
  > Oui.
- [ ] b) Faux
  > Non.

**Explication :** Parce que.
"""
SINGLE = """\
### Choix unique : Un choix {#choix}
Que faites-vous ?
- [ ] a) Ceci
  > Non.
- [x] b) Cela
  > Oui.

**Explication :** Parce que.
"""
BANK = """\
### Vrai ou faux : En banque {#en-banque voir=une}
Une phrase à juger.
- [x] a) Vrai
  > Oui.
- [ ] b) Faux
  > Non.

**Explication :** Parce que.
"""

CONTEXT = Context(
    competences=frozenset({"probite", "discernement"}),
    references=reference_keys([("CSI", "R. 434-9"), ("CP", "art. 432-12")]),
    modules=frozenset({"accueil"}),
    today=dt.date(2026, 11, 23),
)


def module(body: str = "Du texte.\n", *, front: str = FRONT, quiz: str = QUIZ) -> str:
    """Write a module around the body of its step."""
    return front + STEP + body + quiz


def read(
    text: str,
    *,
    banks: dict[str, str] | None = None,
    media: dict[str, bytes] | None = None,
    files: dict[str, str] | None = None,
    language: str = "fr",
    context: Context = CONTEXT,
) -> Reading:
    """Read a module given as text."""
    everything: dict[str, bytes] = {"module.md": text.encode()}
    everything |= {f"banques/{name}.md": bank.encode() for name, bank in (banks or {}).items()}
    everything |= {f"media/{name}": data for name, data in (media or {}).items()}
    everything |= {name: other.encode() for name, other in (files or {}).items()}
    return read_files(everything, slug="essai", context=context, language=language)


def messages(text: str, **options: Any) -> tuple[Message, ...]:
    """Give what there is to say about a module."""
    return read(text, **options).messages


def codes(text: str, **options: Any) -> list[str]:
    """Give the codes of what there is to say."""
    return [message.code for message in messages(text, **options)]


def compiled(text: str, **options: Any) -> CompiledModule:
    """Compile a module that must have no error."""
    reading = read(text, **options)
    assert not reading.has_errors, "\n".join(map(str, reading.messages))
    return reading.modules["fr"]


def item(body: str, item_id: str = "choix", **options: Any) -> AnyItem:
    """Compile one item of a step."""
    found = compiled(module(body), **options).item(item_id)
    assert found is not None
    return found


def split_caret(text: str) -> tuple[str, int, int]:
    """Take the caret out, and give its line and column."""
    before, _, after = text.partition(CARET)
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


def seeded(seed: int) -> random.Random:
    """Give a generator that always draws the same."""
    return random.Random(seed)
