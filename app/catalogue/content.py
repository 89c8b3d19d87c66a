"""The content folder: what it holds, read and published, one write for each thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.catalogue import glossaries, services, services_pages
from app.catalogue.differences import Kind
from app.catalogue.path_file import (
    BadFileError,
    read_paths,
    read_references,
    read_skills,
)
from app.catalogue.services import Publication
from app.database import utc_now, write
from app.dialect.context import Context, glossary_files, read_context
from app.dialect.glossary.reading import GlossaryRead, read_glossary
from app.dialect.reading import Reading, read_folder, read_help_page

LANGUAGES = {"fr": "", "en": ".en"}
PATHS_FILE = "parcours.yml"
LISTS = {"competences": read_skills, "references": read_references}
"""The lists beside the modules, by the name of their file and of the page they make."""
PAGES = ("que-faire-si",)


def context_of(content: Path, pass_mark: int) -> Context:
    """Read the lists that the modules of a content folder are checked against."""
    return read_context(content, pass_mark=pass_mark)


def publish_folder(
    folder: Path,
    context: Context,
    *,
    author_id: int | None = None,
    notes: str = "",
    kind: Kind | None = None,
    over: int | None = None,
) -> Publication:
    """Read a module's folder, then publish it; raises a `PublicationError` that says why not."""
    reading = read_folder(folder, context=context)
    return publish_reading(reading, author_id=author_id, notes=notes, kind=kind, over=over)


def publish_reading(
    reading: Reading,
    *,
    author_id: int | None = None,
    notes: str = "",
    kind: Kind | None = None,
    address: str = "",
    over: int | None = None,
) -> Publication:
    """Publish what was read: all rendering is done before the transaction opens."""
    return write(
        services.publish, reading, author_id=author_id, now=utc_now(), notes=notes, kind=kind,
        address=address, over=over,
    )  # fmt: skip


def publish_paths(content: Path) -> list[str] | None:
    """Publish the learning paths; list those that changed, or None where there is no file."""
    file = content / PATHS_FILE
    if not file.is_file():
        return None
    with named(file):
        drafts = read_paths(file.read_text(encoding="utf-8"))
    return write(services_pages.publish_paths, drafts, now=utc_now())


def publish_pages(content: Path) -> Iterator[tuple[str, bool]]:
    """Publish the pages beside the modules: yields each file, and whether it changed."""
    for slug in PAGES:
        for language, suffix in LANGUAGES.items():
            file = content / f"{slug}{suffix}.md"
            if file.is_file():
                with named(file):
                    text = file.read_text(encoding="utf-8")
                sections = [part._asdict() for part in read_help_page(text, language)]
                yield file.name, publish_sections(slug, language, sections)
    for slug, read in LISTS.items():
        file = content / f"{slug}.yml"
        if file.is_file():
            with named(file):
                pages = read(file.read_text(encoding="utf-8"))
            news = [publish_sections(slug, *page) for page in pages.items()]
            yield file.name, any(news)


def check_glossary(content: Path, context: Context, language: str = "fr") -> GlossaryRead:
    """Read and check the glossary of a content folder; messages are in ``language``."""
    files = {path.name: path.read_bytes() for path in glossary_files(content).values()}
    return read_glossary(files, context, language=language, under=content.as_posix())


def publish_glossary(glossary: GlossaryRead) -> Iterator[tuple[str, bool]]:
    """Publish a glossary without errors: yields each language, and whether it changed."""
    for language in glossary.sections:
        sections = [entry._asdict() for entry in glossary.entries(language)]
        yield language, publish_sections(glossaries.SLUG, language, sections)
    glossaries.forget()


@contextmanager
def named(file: Path) -> Iterator[None]:
    """Say of which file an error is; text that is not UTF-8 is one."""
    try:
        yield
    except BadFileError as error:
        raise BadFileError(error.entry, error.key, file.name) from None
    except UnicodeDecodeError:
        raise BadFileError("", "UTF-8", file.name) from None


def publish_sections(slug: str, language: str, sections: list[dict[str, str]]) -> bool:
    """Publish one page in one language; tell whether it changed."""
    return write(services_pages.publish_page, slug, language, sections, now=utc_now())
