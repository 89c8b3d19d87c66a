"""What editors are given is true: the schema of the messages, and the colours of the language."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.dialect.frontmatter import KEYS
from app.dialect.items.registry import LABELS
from app.dialect.labels import PART_LABELS
from app.dialect.messages import Edit, Fix, Message, to_json
from app.dialect.rendering.callouts import TITLES
from app.dialect.sayings import SAYINGS
from tests.dialect.cases import CASES
from tests.dialect.textmate import colour
from tests.dialect.writing import CARET, messages

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "trainers"
SCHEMA = json.loads((FOLDER / "messages.schema.json").read_text(encoding="utf-8"))
GRAMMAR = json.loads((FOLDER / "dialecte.tmLanguage.json").read_text(encoding="utf-8"))
EXAMPLE = Path(__file__).with_name("example.md").read_text(encoding="utf-8")


def problems(value: Any, schema: dict[str, Any], place: str = "") -> list[str]:
    """List where a value is not as a schema says."""
    if "$ref" in schema:
        return problems(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], place)
    if "anyOf" in schema:
        tried = [problems(value, one, place) for one in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    kinds = {"array": list, "object": dict, "string": str, "integer": int, "null": type(None)}
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return [f"{place}: {value!r} is no {schema['type']}"]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: {value!r}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{place}: {value!r}")
    if "minimum" in schema and value < schema["minimum"]:
        found.append(f"{place}: {value!r}")
    if isinstance(value, list):
        found += [one for item in value for one in problems(item, schema["items"], f"{place}[]")]
    if isinstance(value, dict):
        found += [f"{place}: no {name}" for name in schema["required"] if name not in value]
        for name, inner in value.items():
            found += problems(
                inner, schema["properties"].get(name, {"enum": []}), f"{place}.{name}"
            )
    return found


def test_the_schema_has_the_fields_of_the_messages() -> None:
    for name, struct in (("message", Message), ("fix", Fix), ("edit", Edit)):
        described = SCHEMA["$defs"][name]
        fields = [field.name for field in msgspec.structs.fields(struct)]
        assert list(described["properties"]) == described["required"] == fields
        assert described["additionalProperties"] is False


def test_all_that_is_said_is_as_the_schema_says() -> None:
    seen = 0
    for case in CASES:
        found = messages(case.text.replace(CARET, ""))
        array = json.loads(to_json(found))
        assert problems(array, SCHEMA) == []
        seen += len(array)
    assert seen > 200
    assert problems([], SCHEMA) == []


def test_the_schema_refuses_what_is_no_message() -> None:
    (good,) = json.loads(to_json((Message("a", 1, 1, 1, 1, "error", "S101", "x"),)))
    assert problems([good], SCHEMA) == []
    for name, value in [
        ("line", 0), ("severity", "fatal"), ("code", "S1"), ("fix", {"title": "x"}), ("more", 1),
    ]:  # fmt: skip
        assert problems([{**good, name: value}], SCHEMA)
    assert problems([{k: v for k, v in good.items() if k != "path"}], SCHEMA)
    assert problems({}, SCHEMA)


def test_the_number_of_a_code_tells_its_severity() -> None:
    for key, saying in SAYINGS.items():
        assert saying.severity == {"1": "error", "2": "warning"}[key[1]]


SAMPLE = """\
---
duree: 10
publik: tous
revu_le: 2026-11-25
---
# Un titre

## Une étape {#une corps=pn .reflexe}
Un texte, un *mot*, `du code`.

> [!EXEMPLE]
> Un geste.

```
### Choix unique : non {#non}
```

### Choix unique : Le café {#cafe points=2 voir=une faute}
- [x] a) Payer
  > Bien.
- [ ] b) Partir
- [50%] c) Rire

**Explication :** Parce que.

---

### Sous-titre {corps=pn}

### Association : Relier {#relier}
- Gauche -> Droite
Un [[mot ~ leurre]] ici.

### Dilemma: A story {#story erratum="deux mots"}
- [Parler](#parler) {avis=exemplaire}

#### parler
Fin.
"""
EXPECTED = [
    (1, "---", "punctuation.definition.frontmatter.begin"),
    (2, "duree", "entity.name.tag.frontmatter"),
    (3, "publik", "invalid.illegal.key.frontmatter"),
    (4, "2026-11-25", "constant.other.date.frontmatter"),
    (5, "---", "punctuation.definition.frontmatter.end"),
    (6, "Un titre", "markup.heading.1.module"),
    (8, "Une étape", "markup.heading.2.step"),
    (8, "#une", "entity.other.attribute-name.id"),
    (8, "corps", "variable.parameter.option"),
    (8, "pn", "string.unquoted.value"),
    (8, ".reflexe", "entity.other.attribute-name.class"),
    (11, "[!EXEMPLE]", "keyword.other.call-out"),
    (14, "```", "punctuation.definition.fence"),
    (15, "### Choix unique : non {#non}", "markup.raw.block"),
    (16, "```", "punctuation.definition.fence"),
    (18, "###", "punctuation.definition.heading"),
    (18, "Choix unique", "keyword.control.item-type"),
    (18, "Le café", "markup.heading.3.item"),
    (18, "points", "variable.parameter.option"),
    (18, "faute", "invalid.illegal.attribute"),
    (19, "[x]", "constant.language.answer.right"),
    (19, "a)", "entity.name.label.letter"),
    (20, "Bien.", "comment.block.feedback"),
    (21, "[ ]", "constant.language.answer.wrong"),
    (22, "[50%]", "constant.numeric.answer.partial"),
    (24, "**Explication :**", "keyword.other.part"),
    (26, "---", "meta.separator.end-of-item"),
    (28, "Sous-titre", "markup.heading.sub"),
    (30, "Association", "keyword.control.item-type"),
    (31, "->", "keyword.operator.arrow"),
    (32, "mot ~ leurre", "string.other.gap"),
    (34, "Dilemma", "keyword.control.item-type"),
    (34, '"deux mots"', "string.unquoted.value"),
    (35, "Parler", "string.other.link.choice"),
    (35, "#parler", "entity.name.label.scene"),
    (35, "avis", "variable.parameter.option"),
    (37, "parler", "entity.name.label.scene"),
]  # fmt: skip


def test_the_grammar_names_each_part_of_a_sample() -> None:
    lines = colour(GRAMMAR, SAMPLE)
    for number, text, scope in EXPECTED:
        tokens = lines[number - 1]
        found = [token.scopes for token in tokens if token.text == text]
        assert found, (number, text, [token.text for token in tokens])
        assert any(scope in scopes for scopes in found), (number, text, found)
    assert ["".join(token.text for token in line) for line in lines] == SAMPLE.split("\n")
    plain = [token for token in lines[8] if token.scopes]
    assert plain == []


def test_the_example_of_the_design_has_nothing_illegal() -> None:
    scopes = {
        scope for line in colour(GRAMMAR, EXAMPLE) for token in line for scope in token.scopes
    }
    assert not [scope for scope in scopes if scope.startswith("invalid")]
    assert {"keyword.control.item-type", "keyword.other.part", "keyword.other.call-out"} <= scopes


@pytest.mark.parametrize("label", LABELS.values())
def test_every_type_has_its_colour(label: str) -> None:
    for line in (f"### {label} : Titre {{#titre}}", f"### {label.upper()}: Titre {{#titre}}"):
        tokens = colour(GRAMMAR, f"\n{line}")[1]
        assert "keyword.control.item-type" in [s for token in tokens for s in token.scopes]


def test_every_part_key_and_call_out_has_its_colour() -> None:
    for label in [label for labels in PART_LABELS.values() for label in labels]:
        (tokens,) = colour(GRAMMAR, f"**{label} :** texte")
        assert tokens[0].scopes == ("keyword.other.part",)
    for key in KEYS:
        tokens = colour(GRAMMAR, f"---\n{key}: x\n---")[1]
        assert "entity.name.tag.frontmatter" in tokens[0].scopes
    for name in TITLES:
        tokens = colour(GRAMMAR, f"\n> [!{name.upper()}]")[1]
        assert "keyword.other.call-out" in [s for token in tokens for s in token.scopes]
