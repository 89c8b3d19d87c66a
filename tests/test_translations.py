"""The screens are complete in English, message by message."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PLACE = re.compile(r"%\((\w+)\)s")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "_l": None}


@pytest.fixture(scope="module")
def english() -> Catalog:
    """Read the English catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def messages() -> set[str | tuple[str, ...]]:
    """Extract the messages of the screens, as ``make messages`` does."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT / "app", methods, options, keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found}


def test_every_message_of_the_screens_has_its_english(english: Catalog) -> None:
    missing = []
    for message in messages():
        key = message if isinstance(message, str) else message[0]
        entry = english.get(key)
        strings = (entry.string,) if entry and isinstance(entry.string, str) else entry and entry.string  # fmt: skip  # noqa: E501
        if entry is None or entry.fuzzy or not strings or not all(strings):
            missing.append(key)
    assert not missing, missing


def test_every_name_of_gettext_is_one_that_messages_are_extracted_by() -> None:
    renamed = re.compile(r"gettext as (\w+)")
    for path in (ROOT / "app").rglob("*.py"):
        assert set(renamed.findall(path.read_text(encoding="utf-8"))) <= set(KEYWORDS), path


def test_the_english_fills_the_same_places(english: Catalog) -> None:
    wrong = []
    for entry in english:
        if not entry.id:
            continue
        originals = (entry.id,) if isinstance(entry.id, str) else entry.id
        strings = (entry.string,) if isinstance(entry.string, str) else entry.string
        wanted = {place for text in originals for place in PLACE.findall(text)}
        got = {place for text in strings for place in PLACE.findall(text)}
        if not got <= wanted or (wanted - got) - {"num"}:
            wrong.append((originals, strings))
    assert not wrong, wrong


def test_the_catalogue_compiles_and_holds_nothing_that_no_screen_says(english: Catalog) -> None:
    write_mo(io.BytesIO(), english)
    said = {message if isinstance(message, str) else message[0] for message in messages()}
    kept = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in english if entry.id}
    assert kept <= said, kept - said


def test_the_english_has_no_spacing_nor_guillemets_of_french(english: Catalog) -> None:
    french = re.compile(r" [:;!?](?!\w)|[«»]|[a-zà-ÿ]\u00a0%")
    said = [
        text
        for entry in english
        if entry.id
        for text in ((entry.string,) if isinstance(entry.string, str) else entry.string)
    ]
    assert not [text for text in said if french.search(text)]


def test_templates_leave_the_spacing_of_each_language_to_the_catalogue() -> None:
    spoken = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
    french = re.compile(r"[\x00>]\s+[:;!?»](?=\s|<|\x00|$)|«")
    wrong = {
        path.name: found
        for path in sorted((ROOT / "app" / "templates").rglob("*.*"))
        if (found := french.findall(re.sub(spoken, "\x00", path.read_text())))
    }
    assert not wrong, wrong
