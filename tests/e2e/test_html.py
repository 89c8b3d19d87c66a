"""Every page for every role as it leaves the server: valid HTML, light, with its headers."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin

import pytest

from app.i18n import LANGUAGES
from tests.clients import Client
from tests.e2e.addresses import NOT_PAGES, PAGES, REDIRECTS, get_endpoints
from tests.e2e.cast import CAST
from tests.e2e.conftest import Site
from tests.servers import ROOT

pytestmark = pytest.mark.browser
CHECKER = ROOT / "tools" / "html" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ASSET = re.compile(r"""(?:src|href)="(/(?:static|css|media)/[^"#]+)""")
IN_ASSET = re.compile(r"""(?:from |import |url\()["']([^"')]+)""")
HEAVIEST_PAGE = 30_000
WHOLE_QUIZ = "/versions/1/evaluation"
"""A trainer's preview shows every question of the banks at once, on purpose."""
WHOLE_RESULT, HEAVIEST_RESULT = "/resultat", 40_000
"""A result shows the ten questions with all their answers and reasons at once, on purpose."""
WHOLE_TEXT, HEAVIEST_TEXT = re.compile(r"/brouillons/\d+/(?:fichiers|traduction)/"), 50_000
"""Where trainers write, the page holds a whole text, and its translation beside it."""
HEAVIEST_LOAD = 150_000
"""Bytes, once compressed as a proxy compresses them."""
DESK, HEAVIEST_DESK = re.compile(r"/brouillons/\d+/fichiers/"), 160_000
"""119 kB of these are the editor."""
BUNDLES = "/static/built/"
Reader = tuple[int, str]
"""The server's port, and the cookie of who reads: diagrams are not for everyone."""


def test_every_page_is_looked_at(site: Site) -> None:
    known = set(PAGES) | NOT_PAGES | REDIRECTS
    assert get_endpoints(site.record.app) == known
    seen = {address.path for role in CAST for address in site.addresses(role)}
    for endpoint, paths in PAGES.items():
        for path in paths:
            plain = re.sub(r"\\{.*?\\}", "[^/?&]+", re.escape(path))
            assert any(re.fullmatch(plain, one) for one in seen), (endpoint, path)


def read_pages(site: Site) -> dict[str, str]:
    """Read every page as every role in every language; check what each answer says."""
    pages = {}
    for role in CAST:
        for language in LANGUAGES:
            client = Client(site.server.port, site.cookie(role, language))
            for number, address in enumerate(site.addresses(role)):
                reply = client.get(address.path)
                assert reply.status == address.status, (role, address, reply.body[:500])
                assert f'<html lang="{language}">' in reply.body, (role, language, address)
                pages[f"{role}-{language}-{number:02} {address.path}"] = reply.body
            client.close()
    return pages


def test_every_page_is_valid_and_light(site: Site, tmp_path: Path) -> None:
    pages = read_pages(site)
    sizes = {name: len(html.encode()) for name, html in pages.items()}
    heavy = {name: size for name, size in sizes.items() if size > heaviest(name)}
    assert {name: size for name, size in heavy.items() if not name.endswith(WHOLE_QUIZ)} == {}
    reader = (site.server.port, site.cookie("agent", "fr"))
    loads = {name: first_load(reader, html) for name, html in pages.items()}
    assert {name: size for name, size in loads.items() if size > heaviest_load(name)} == {}
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        file = tmp_path / f"{number:04}.html"
        file.write_text(html)
        names[file.name] = name
    assert check_html(tmp_path, names) == []


def heaviest(name: str) -> int:
    """Tell how many bytes of HTML a page may have."""
    if WHOLE_TEXT.search(name):
        return HEAVIEST_TEXT
    return HEAVIEST_RESULT if name.endswith(WHOLE_RESULT) else HEAVIEST_PAGE


def heaviest_load(name: str) -> int:
    """Tell how many bytes a first visit to a page may load."""
    return HEAVIEST_DESK if DESK.search(name) else HEAVIEST_LOAD


def first_load(reader: Reader, html: str) -> int:
    """Weigh a page with all that it needs, compressed, as a first visit loads it."""
    return len(gzip.compress(html.encode())) + sum(
        weight(reader, path) for path in needed(reader, tuple(sorted(set(ASSET.findall(html)))))
    )


def needed(reader: Reader, paths: tuple[str, ...]) -> set[str]:
    """List files and the files that they need in turn."""
    found: set[str] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            if not path.startswith(BUNDLES):  # They hold all that they need.
                waiting += [urljoin(path, one) for one in IN_ASSET.findall(fetch(reader, path))]
    return found


@lru_cache(maxsize=1000)
def fetch(reader: Reader, path: str) -> str:
    """Fetch a file, its bytes one by one as characters."""
    client = Client(*reader)
    reply = client.send("GET", path, encoding="latin-1")
    client.close()
    assert reply.status == 200, path
    return reply.body


@lru_cache(maxsize=1000)
def weight(reader: Reader, path: str) -> int:
    """Weigh a file, compressed."""
    return len(gzip.compress(fetch(reader, path).encode("latin-1")))


def check_html(folder: Path, names: dict[str, str]) -> list[str]:
    """Run the HTML checker once over a folder; list what it finds."""
    java = shutil.which("java")
    if java is None or not CHECKER.exists():
        missing = "Java is" if java is None else "the HTML checker (tools/html) is"
        if os.environ.get("CI"):
            pytest.fail(f"{missing} not installed, and CI must check the pages")
        pytest.skip(f"{missing} not installed here")
    command = [java, "-Xss4m", "-jar", str(CHECKER), "--format", "json", "--stdout", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stdout)["messages"]
    return sorted(
        {
            f"{names[Path(one['url']).name]}: {one['message']} — {one.get('extract', '').strip()}"
            for one in messages
            if one["type"] == "error" or one.get("subType") == "warning"
        }
    )
