"""Whatever is written, reading it gives messages with places and never a crash; it writes back.

`GENERATED` and `FUZZED` say how many documents are made up; the defaults keep the suite quick.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app.dialect.checking import check_files
from app.dialect.context import Context, read_context
from app.dialect.fixes import fix_files
from app.dialect.messages import Message
from app.dialect.parsing import parse, read_bytes
from app.dialect.reading import read_files
from app.dialect.writing import write_files
from tests.dialect.cases import DILEMMA, MULTIPLE
from tests.dialect.cases_of_types import CLOZE, MATCHING, NUMBER, ORDERING, POLL, SHORT
from tests.dialect.damaging import damage
from tests.dialect.generating import modules
from tests.dialect.writing import BANK, CONTEXT, QUIZ, SINGLE, module
from tests.pictures import png

GENERATED = int(os.environ.get("GENERATED", "60"))
FUZZED = int(os.environ.get("FUZZED", "400"))
CONTENT = Path(__file__).parents[2] / "content"
SHIPPED = sorted(path.parent for path in CONTENT.glob("modules/*/module.md"))
MADE_UP = settings(
    max_examples=GENERATED, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
Files = dict[str, bytes]

PROSE = """\
Un **mot**[^1], `du code`.

[^1]: Note.

| a | b |
| --- | --- |
| c | d |

> [!NOTE]
> Texte.

### Sous-titre {corps=pn}

- un
  - deux
  - trois

```
x
```
"""
SAMPLES = [
    module(text, quiz=QUIZ + "\n### Tirage : Au sort {#sort banque=banque nombre=1}\n")
    for text in [
        "\n".join([SINGLE, MULTIPLE, DILEMMA, ORDERING, MATCHING]),
        "\n".join([NUMBER, SHORT, CLOZE, POLL, "### Réflexion : Et vous {#vous}\nDites.\n"]),
        PROSE,
    ]
]


def messages_of(files: Files) -> tuple[Message, ...]:
    return read_files(files, slug="essai", context=CONTEXT).messages


def write(files: Files, context: Context) -> Files:
    """Write a module back; what is not text stays as it was."""
    written = {name: text.encode() for name, text in write_files(parse(files, context)).items()}
    return {**files, **written}


def assert_writes_back(files: Files, context: Context = CONTEXT) -> bool:
    """Write a sound module back, twice; tell whether it was sound."""
    reading = read_files(files, slug="essai", context=context, diagrams=True)
    written = write(files, context)
    if reading.has_errors:
        return False
    again = read_files(written, slug="essai", context=context, diagrams=True)
    assert again.modules == reading.modules, [str(message) for message in again.messages]
    assert write(written, context) == written
    return True


@pytest.mark.timeout(300 if GENERATED < 1000 else 0)
@given(modules())
@MADE_UP
def test_made_up_modules_are_read_and_written_back(texts: dict[str, str]) -> None:
    files = {name: text.encode() for name, text in texts.items()}
    assert assert_writes_back({**files, "media/plan.png": png()})


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_shipped_modules_are_written_back(folder: Path) -> None:
    assert assert_writes_back(read_bytes(folder), read_context(CONTENT))


@pytest.mark.parametrize(
    "beside", ["### Dilemme : Une histoire {#histoire}", "- [x] c)  Oui", "---", "==", "-"]
)
def test_what_stands_beside_a_label_is_written_back_beside_it(beside: str) -> None:
    text = module(SINGLE.replace("Parce que.", beside))
    assert assert_writes_back({"module.md": text.encode(), "banques/banque.md": BANK.encode()})


@pytest.mark.parametrize(
    "text",
    [
        SINGLE.replace("Parce que.", "> " * 30 + "Parce que."),
        SINGLE.replace("  > Oui.", "  \u00a0> Oui."),
        MATCHING.replace("Gendarme ->", f"Gendarme {'<b>' * 30}->"),
    ],
)
def test_what_noise_once_found(text: str) -> None:
    files = {"module.md": module(text).encode(), "banques/banque.md": BANK.encode()}
    check_noise(files, fixing=True)


@pytest.mark.timeout(300 if FUZZED < 5000 else 0)
def test_noise_never_stops_the_reading() -> None:
    rng = random.Random(20261125)
    sound = 0
    for rank in range(FUZZED):
        text = damage(rng.choice(SAMPLES), rng)
        files = {"module.md": text.encode("utf-8", "replace"), "banques/banque.md": BANK.encode()}
        if rank % 3 == 0:
            files["module.en.md"] = damage(text, rng).encode("utf-8", "replace")
            files["ids.lock"] = damage("choix single\n  key b 100\n", rng).encode(
                "utf-8", "replace"
            )
        try:
            sound += check_noise(files, fixing=rank % 10 == 0)
        except Exception as problem:
            raise AssertionError(f"{rank}: {text!r}") from problem
    assert sound > FUZZED / 20


def check_noise(files: Files, *, fixing: bool) -> bool:
    """Check what reading damaged files gives; tell whether they were sound all the same."""
    texts = {name: data.decode().removeprefix("\ufeff") for name, data in files.items()}
    lines = {
        name: text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for name, text in texts.items()
    }
    found = messages_of(files)
    assert check_files(files, context=CONTEXT) == found
    for message in found:
        assert 1 <= message.line <= len(lines[message.path]), message
        assert 1 <= message.column <= len(lines[message.path][message.line - 1]) + 1, message
        assert (message.end_line, message.end_column) >= (message.line, message.column), message
    if fixing:
        fixed, _ = fix_files(files, lambda some: messages_of(dict(some)))
        again, applied = fix_files(fixed, lambda some: messages_of(dict(some)))
        assert (again, applied) == (fixed, [])
    return assert_writes_back(files)
