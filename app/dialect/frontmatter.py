"""The metadata at the top of a module: YAML, read as strings only."""

from __future__ import annotations

import re

import yaml

from app.dialect.labels import nearest, only_near
from app.dialect.messages import Edit, Report
from app.dialect.metadata import Domain, FrontMatter, Value, check_values
from app.dialect.source import Line, Span

REQUIRED = ("duree", "public", "competences")
LISTS = ("public", "competences", "prerequis", "auteurs")
KEYS = (
    *REQUIRED, "niveau", "seuil", "prerequis", "auteurs", "valide_par", "revu_le",
    "a_revoir_le", "langue", "statut_source",
)  # fmt: skip
LINE_BREAKS = str.maketrans("\u0085\u2028\u2029", "   ")
"""What YAML alone takes for the end of a line."""
ONE_VALUE = re.compile(r"([a-z_]+):[ ]+(\w[^\"\\#]*: [^\"\\#]*\S)[ ]*")
"""A key and one text in which a colon stands."""
MISREAD = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~)"
    r"|[-+]?0[0-9_]+|[-+]?0[xob][0-9a-f_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+_[0-9_]*|[-+]?[0-9.]+[eE][-+]?[0-9]+"
    r"|[-+]?\.(?i:inf|nan)|=|<<"
)


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
        report.add("M103-mapping", inside[0].visible())
    broken = node is None and len(report.messages) > before
    if not broken:
        for key in REQUIRED:
            if key not in front.values:
                report.add("M102", Span(1, 1, 1, max(2, len(lines[0].text) + 1)), key=key)
    check_values(front, domain, report)
    return front


def compose(inside: tuple[Line, ...], report: Report) -> yaml.Node | None:
    """Parse the YAML into nodes, which know their places."""
    text = "\n".join(line.text for line in inside).translate(LINE_BREAKS)
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        row = min(mark.line if mark else 0, len(inside) - 1)
        column = (mark.column if mark and mark.line == row else 0) + 1
        why = str(getattr(problem, "problem", "") or getattr(problem, "reason", "YAML"))
        number = inside[row].number
        key = "M103-colon" if why.startswith("mapping values are not") else "M103"
        edits = quote_value(inside[row]) if key == "M103-colon" else ()
        report.add(key, Span(number, column, number, column + 1), edits=edits)
        return None
    except RecursionError:
        report.add("M103", inside[0].visible())
        return None
    return node


def quote_value(line: Line) -> tuple[Edit, ...]:
    """Give the edit that puts quotes around a value that holds « : », if it is that."""
    match = ONE_VALUE.fullmatch(line.text)
    if match is None or match[1] not in KEYS:
        return ()
    return (Edit(*line.span(match.start(2), match.end(2)), f'"{match[2]}"'),)


def place(node: yaml.Node, inside: tuple[Line, ...]) -> Span:
    """Give the place of a node in the file."""
    start, end = node.start_mark, node.end_mark
    first = inside[0].number
    return Span(first + start.line, start.column + 1, first + end.line, end.column + 1)


def read_mapping(
    node: yaml.MappingNode, inside: tuple[Line, ...], front: FrontMatter, report: Report
) -> None:
    """Read the keys of the front matter and their values."""
    written = {str(key.value) for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
    for key_node, value_node in node.value:
        span = place(key_node, inside)
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
        if key not in KEYS:
            near, only = nearest(str(key), KEYS), only_near(str(key), KEYS)
            edits = (Edit(*span, only),) if only and only not in written else ()
            report.add("M101-near" if near else "M101", span, edits=edits, key=key, near=near)
            written |= {only or key}
        elif key in front.values:
            report.add("M103-twice", span, key=key)
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
        edits = (Edit(*span, f'"{node.value}"'),)
        report.add("M103-misread", span, edits=edits, value=node.value)
        return False
    rest = inside[node.end_mark.line].text[node.end_mark.column :] if node.value else ""
    if node.end_mark.line < len(inside) and rest.lstrip().startswith("#"):
        report.add("M103-cut", span)
        return False
    return True
