"""What import-linter cannot say of the house's rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "app").rglob("*.py"))
TEMPLATES = sorted((ROOT / "app" / "templates").rglob("*.html"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager"}
LONGEST_FILE = 300


def mentions(pattern: str, files: list[Path]) -> list[str]:
    """List where a pattern stands, as file:line."""
    found = []
    for path in files:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    return found


def test_only_write_commits() -> None:
    # What SQLite's connection adds to a commit calls that of the driver.
    commits = mentions(r"(?<!super\(\))\.commit\(\)", SOURCES)
    assert [place.split(":")[0] for place in commits] == ["app/database.py"]


def test_only_one_module_says_markup() -> None:
    files = {place.split(":")[0] for place in mentions(r"\bMarkup\(", SOURCES)}
    assert files == {"app/markup.py"}
    assert mentions(r"\|\s*safe\b", TEMPLATES) == []


def test_templates_have_no_inline_script_or_style() -> None:
    assert mentions(r"<style|\sstyle=|\son[a-z]+=|javascript:", TEMPLATES) == []
    inline = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if re.search(r"<script(?![^>]*\bsrc=)", path.read_text())
    ]
    assert inline == []


def test_old_style_queries_are_not_used() -> None:
    assert mentions(r"session\.query\(|\.query\.filter", SOURCES) == []


def test_screens_translate_through_our_own_words() -> None:
    users = {place.split(":")[0] for place in mentions(r"\bflask_babel\b", SOURCES)}
    assert users == {"app/i18n.py", "app/extensions.py"}


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [path for path in SOURCES if path.stem in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_stays_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Go through the functions of a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


def test_functions_stay_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for path in SOURCES
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno > 45
    ]
    assert long == []


def test_every_feature_says_what_it_is_in_one_sentence() -> None:
    for package in sorted((ROOT / "app").glob("*/__init__.py")):
        if package.parent.name in {"templates", "translations"}:
            continue
        docstring = ast.get_docstring(ast.parse(package.read_text()))
        assert docstring, package
        assert docstring.count(". ") == 0, package


def test_a_migration_imports_nothing_from_the_application() -> None:
    migrations = sorted((ROOT / "migrations").glob("*.py"))
    assert migrations
    assert mentions(r"^(from|import) app\b", migrations) == []


def test_no_cascade_deletes_facts() -> None:
    assert (
        mentions(r"ondelete|cascade=", SOURCES + sorted((ROOT / "migrations").glob("*.py"))) == []
    )


def test_the_project_names_no_machine_and_no_registry() -> None:
    hosts = r"pypi\.org|registry\.npmjs|files\.pythonhosted|deb\.debian|/root/|/work/"
    texts = [
        path
        for pattern in ("*.md", "*.toml", "*.lock", "Makefile", ".ci/run", "docs/**/*.md",
                        "tools/**/package*.json", "app/**/*.py", "tests/**/*.py", "deploy/*")
        for path in ROOT.glob(pattern)
        if path.is_file() and path != Path(__file__) and "node_modules" not in path.parts
    ]  # fmt: skip
    assert mentions(hosts, texts) == []
