"""The metadata at the top of a module: YAML, read as strings only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field

import yaml

from app.dialect.compiled import CORPS
from app.dialect.labels import nearest
from app.dialect.messages import Report
from app.dialect.source import Line, Span

REQUIRED = ("duree", "public", "competences")
LISTS = ("public", "competences", "prerequis", "auteurs")
KEYS = (
    *REQUIRED, "niveau", "seuil", "prerequis", "auteurs", "valide_par", "revu_le",
    "a_revoir_le", "langue", "statut_source",
)  # fmt: skip
STATUSES = ("verifie", "a-verifier", "mixte")
MISREAD = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~)"
    r"|[-+]?0[0-9_]+|[-+]?0[xob][0-9a-f_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+_[0-9_]*|[-+]?[0-9.]+[eE][-+]?[0-9]+"
    r"|[-+]?\.(?i:inf|nan)|=|<<"
)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Value:
    """One text of the front matter and its place."""

    text: str
    span: Span


@dataclass(slots=True)
class FrontMatter:
    """The values by key; every value is a list, of one text where one is due."""

    values: dict[str, list[Value]] = field(default_factory=dict)
    end: int = 0
    """How many lines it takes in the file."""

    def text(self, key: str) -> str:
        """Give the text of a key, empty when absent."""
        return ", ".join(value.text for value in self.values.get(key, []))

    def texts(self, key: str) -> tuple[str, ...]:
        """Give the texts of a list."""
        return tuple(value.text for value in self.values.get(key, []))

    @property
    def audience(self) -> tuple[str, ...]:
        """List the corps that the module is for, in the usual order."""
        listed = self.texts("public")
        return tuple(c for c in CORPS if c in listed) if set(listed) & set(CORPS) else CORPS


@dataclass(frozen=True, slots=True)
class Domain:
    """What the values may name."""

    competences: Collection[str] | None = None
    modules: Collection[str] | None = None
    today: dt.date = dt.date(1970, 1, 1)


def split_front(lines: tuple[Line, ...], report: Report) -> tuple[tuple[Line, ...], int]:
    """Give the lines between the two ``---``, and how many lines the whole takes."""
    if not lines or lines[0].text.rstrip() != "---":
        return (), 0
    for index, line in enumerate(lines[1:], start=1):
        if line.text.rstrip() in ("---", "..."):
            return lines[1:index], index + 1
        if line.text.startswith("#"):
            break
    else:
        index = len(lines)
    report.add("M103-open", lines[0].visible())
    return lines[1:index], index


def read_front(lines: tuple[Line, ...], domain: Domain, report: Report) -> FrontMatter:
    """Read and check the metadata of a module."""
    inside, end = split_front(lines, report)
    front = FrontMatter(end=end)
    before = len(report.messages)
    node = compose(inside, report) if inside else None
    if isinstance(node, yaml.MappingNode):
        read_mapping(node, inside, front, report)
    elif node is not None:
        report.add("M103", inside[0].visible(), why="clé: valeur")
    broken = node is None and len(report.messages) > before
    if not broken:
        for key in REQUIRED:
            if key not in front.values:
                report.add("M102", Span(1, 1, 1, max(2, len(lines[0].text) + 1)), key=key)
    check_values(front, domain, report)
    return front


def compose(inside: tuple[Line, ...], report: Report) -> yaml.Node | None:
    """Parse the YAML into nodes, which know their places."""
    text = "\n".join(line.text for line in inside)
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        row = min(mark.line if mark else 0, len(inside) - 1)
        column = (mark.column if mark and mark.line == row else 0) + 1
        why = str(getattr(problem, "problem", "") or getattr(problem, "reason", "YAML"))
        number = inside[row].number
        report.add("M103", Span(number, column, number, column + 1), why=why)
        return None
    except RecursionError:
        report.add("M103", inside[0].visible(), why="YAML")
        return None
    return node


def place(node: yaml.Node, inside: tuple[Line, ...]) -> Span:
    """Give the place of a node in the file."""
    start, end = node.start_mark, node.end_mark
    first = inside[0].number
    return Span(first + start.line, start.column + 1, first + end.line, end.column + 1)


def read_mapping(
    node: yaml.MappingNode, inside: tuple[Line, ...], front: FrontMatter, report: Report
) -> None:
    """Read the keys of the front matter and their values."""
    for key_node, value_node in node.value:
        span = place(key_node, inside)
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
        if key not in KEYS:
            near = nearest(str(key), KEYS)
            report.add("M101-near" if near else "M101", span, key=key, near=near)
        elif key in front.values:
            report.add("M103", span, why=f"{key} ×2")
        else:
            front.values[key] = read_value(key, value_node, inside, report)


def read_value(key: str, node: yaml.Node, inside: tuple[Line, ...], report: Report) -> list[Value]:
    """Read the text, or the list of texts, of a key."""
    nodes = [node]
    if isinstance(node, yaml.SequenceNode) and key in LISTS:
        nodes = list(node.value)
        if not nodes:
            return [Value("", place(node, inside))]
    values = []
    for one in nodes:
        span = place(one, inside)
        if not isinstance(one, yaml.ScalarNode):
            report.add("M103-shape", span, key=key)
            continue
        if check_scalar(one, inside, report):
            values.append(Value(" ".join(str(one.value).split()), span))
    return values


def check_scalar(node: yaml.ScalarNode, inside: tuple[Line, ...], report: Report) -> bool:
    """Refuse what a YAML reader would turn into something else, or cut."""
    if node.style is not None:
        return True
    span = place(node, inside)
    if MISREAD.fullmatch(node.value):
        report.add("M103-misread", span, value=node.value)
        return False
    rest = inside[node.end_mark.line].text[node.end_mark.column :] if node.value else ""
    if node.end_mark.line < len(inside) and rest.lstrip().startswith("#"):
        report.add("M103-cut", span)
        return False
    return True


def check_values(front: FrontMatter, domain: Domain, report: Report) -> None:
    """Compare every value with what its key takes."""
    for key, values in front.values.items():
        for value in values:
            check_value(key, value, domain, report)
    review = front.values.get("a_revoir_le")
    day = as_date(review[0].text) if review else None
    if review and day is not None and day < domain.today:
        report.add("M201", review[0].span, date=review[0].text)


def check_value(key: str, value: Value, domain: Domain, report: Report) -> None:
    """Compare one value with what its key takes."""
    text = value.text
    if key == "public":
        if not text:
            report.add("M104", value.span, key=key, value=text)
        elif text != "tous" and text not in CORPS:
            report.add("Q111", value.span, corps=text)
        return
    names = known_names(key, domain)
    if names is not None and text not in names:
        near = nearest(text, names)
        report.add("M104-near" if near else "M104", value.span, key=key, value=text, near=near)
    elif not text or not in_domain(key, text):
        report.add("M104", value.span, key=key, value=text)


def known_names(key: str, domain: Domain) -> Collection[str] | None:
    """List what the values of a key may name; None when that is not known."""
    if key == "competences":
        return domain.competences
    if key == "prerequis":
        return domain.modules
    return STATUSES if key == "statut_source" else None


def in_domain(key: str, text: str) -> bool:
    """Tell whether a text is a good value for a key."""
    if key in ("duree", "seuil"):
        highest = 100 if key == "seuil" else 600
        return text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= highest
    if key in ("revu_le", "a_revoir_le"):
        return as_date(text) is not None
    return key != "langue" or text in ("fr", "en")


def as_date(text: str) -> dt.date | None:
    """Read an ISO date."""
    if not DATE.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
