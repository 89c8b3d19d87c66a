"""A published module goes back to files as it came, and files do not hide what the studio wrote."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalogue import services
from app.catalogue.models import ModuleVersion
from app.catalogue.publishing import NewerStudioWork
from app.catalogue.services import Room
from app.database import utc_now
from app.people.models import Agent
from tests.catalogue.conftest import Run
from tests.catalogue.texts import MODULE, PNG, lay, read
from tests.factories import Factories
from tests.servers import ROOT

EDITED = MODULE.replace("dette invisible", "dette cachée")
WRITTEN = {
    "plain": MODULE.encode(),
    "with Windows line ends": MODULE.replace("\n", "\r\n").encode(),
    "with old line ends": MODULE.replace("\n", "\r").encode(),
    "with a byte order mark": b"\xef\xbb\xbf" + MODULE.encode(),
    "with letters apart": unicodedata.normalize("NFD", MODULE).encode(),
    "without a last line end": MODULE.rstrip("\n").encode(),
}


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Read a folder whole."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def reviewer(session: Session, factories: Factories) -> Agent:
    agent = factories.agent()
    session.commit()
    return agent


def publish_in_studio(session: Session, reviewer: Agent, text: str = EDITED) -> int:
    """Publish as the trainers' room does; return the number of the version."""
    room = Room(reviewer_id=reviewer.id, publisher_id=reviewer.id)
    done = services.publish(session, read(text), author_id=None, now=utc_now(), room=room)
    session.commit()
    return done.number


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_a_module_is_exported_byte_for_byte(
    run: Run, content: Path, tmp_path: Path, written: bytes
) -> None:
    folder = lay(content)
    (folder / "module.md").write_bytes(written)
    (folder / "media").mkdir()
    (folder / "media" / "image.png").write_bytes(PNG)
    assert run("publish", folder).exit_code == 0
    assert run("export", "cafe-offert", tmp_path / "out").exit_code == 0
    assert bytes_of(tmp_path / "out" / "cafe-offert") == bytes_of(folder)


def test_every_shipped_module_is_exported_byte_for_byte(
    run: Run, content: Path, tmp_path: Path
) -> None:
    shipped = ROOT / "content"
    for file in shipped.iterdir():
        if file.is_file():
            (content / file.name).write_bytes(file.read_bytes())
    folders = [path for path in (shipped / "modules").iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert run("publish", folder).exit_code == 0
        assert run("export", folder.name, tmp_path / "out").exit_code == 0
        exported = bytes_of(tmp_path / "out" / folder.name)
        assert exported.items() <= bytes_of(folder).items()
        assert bytes_of(folder).keys() - exported.keys() <= {"ids.lock"}


def test_an_older_version_is_exported_by_its_number(
    run: Run, content: Path, tmp_path: Path
) -> None:
    run("publish", lay(content))
    run("publish", lay(content, text=EDITED), "--kind", "editorial")
    run("export", "cafe-offert", tmp_path, "--number", "1")
    assert (tmp_path / "cafe-offert" / "module.md").read_text() == MODULE
    run("export", "cafe-offert", tmp_path, "--replace")
    assert (tmp_path / "cafe-offert" / "module.md").read_text() == EDITED


def test_what_is_there_is_written_over_only_when_asked(run: Run, content: Path) -> None:
    folder = lay(content)
    run("publish", folder)
    lay(content, text=EDITED)
    (folder / "banques" / "autre.md").write_text("### Rien\n")
    (folder / "notes.txt").write_text("à moi")
    refused = run("export", "cafe-offert")
    assert refused.exit_code == 1
    assert "--replace" in refused.stderr
    assert (folder / "module.md").read_text() == EDITED
    assert run("export", "cafe-offert", "--replace").exit_code == 0
    assert (folder / "module.md").read_text() == MODULE
    assert not (folder / "banques" / "autre.md").exists()
    assert (folder / "notes.txt").read_text() == "à moi"


def test_a_full_disk_takes_nothing_out(
    run: Run, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay(content)
    run("publish", folder)
    lay(content, text=EDITED)
    (folder / "banques" / "autre.md").write_text("### Rien\n")
    before = bytes_of(folder)

    def refuse(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    done = run("export", "cafe-offert", "--replace")
    assert done.exit_code == 2
    assert "laissé tel quel" in done.stderr
    assert bytes_of(folder) == before


def test_what_is_not_known_is_said(run: Run, content: Path, session: Session) -> None:
    assert run("export", "absent").exit_code == 1
    run("publish", lay(content))
    assert run("export", "cafe-offert", "--number", "7").exit_code == 1
    old = session.scalars(select(ModuleVersion)).one()
    values = {
        column.name: getattr(old, column.name)
        for column in ModuleVersion.__table__.columns
        if column.name != "id"
    }
    session.add(ModuleVersion(**values | {"number": 2, "sha256": "0" * 64}))
    session.commit()
    refused = run("export", "cafe-offert", content / "ailleurs")
    assert refused.exit_code == 1
    assert "trop ancienne" in refused.stderr


def test_files_do_not_replace_what_the_studio_wrote_unless_it_is_named(
    run: Run, content: Path, session: Session, reviewer: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(content)
    folder = lay(content)
    run("publish", folder)
    number = publish_in_studio(session, reviewer)
    refused = run("publish", folder)
    assert refused.exit_code == 1
    assert "a été écrite dans un brouillon" in refused.stderr
    assert "Texte modifié : étape « Un geste banal »" in refused.stderr
    assert f"--over {number}" in refused.stderr
    # What it says to run first, as it is said, loses nothing of the files.
    apart = next(line for line in refused.stderr.splitlines() if "content export" in line)
    before = bytes_of(folder)
    assert run("export", *apart.rpartition("content export ")[2].split()).exit_code == 0
    assert bytes_of(folder) == before
    assert run("publish", folder, "--over", str(number - 1)).exit_code == 1
    session.rollback()
    assert session.scalar(select(func.max(ModuleVersion.number))) == number
    assert run("publish", folder, "--over", str(number)).exit_code == 0
    session.rollback()
    assert session.scalar(select(func.max(ModuleVersion.number))) == number + 1
    assert run("publish", "--over", "1").exit_code == 0  # One module: the name is enough.
    lay(content, slug="autre")
    assert run("publish", "--over", "1").exit_code == 2


def test_what_the_studio_wrote_goes_to_the_files_and_both_agree(
    run: Run, content: Path, session: Session, reviewer: Agent
) -> None:
    folder = lay(content)
    run("publish", folder)
    number = publish_in_studio(session, reviewer)
    assert run("export", "cafe-offert", "--replace").exit_code == 0
    assert (folder / "module.md").read_text() == EDITED
    same = run("publish", folder)
    assert same.exit_code == 0
    assert f"version {number}, inchangé" in same.stdout


def test_the_refusal_names_what_would_change(session: Session, reviewer: Agent) -> None:
    number = publish_in_studio(session, reviewer)
    with pytest.raises(NewerStudioWork) as refused:
        services.publish(session, read(), author_id=None, now=utc_now())
    assert refused.value.number == number
    assert [one.id for one in refused.value.differences] == ["geste"]
