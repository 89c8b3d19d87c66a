"""Publish, retire, and what each refuses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app.catalogue import services
from app.catalogue.differences import Kind
from app.catalogue.models import Media, Module, ModuleVersion
from app.catalogue.publishing import (
    HasErrors,
    KeyChanged,
    NoGradedQuiz,
    NotAnErratum,
    Retired,
    summary_of,
)
from app.catalogue.services import Publication
from app.database import utc_now, write
from app.dialect.reading import Reading
from app.journal.models import JournalEntry
from tests.catalogue.texts import BANK, ENGLISH, MODULE, PNG, read
from tests.factories import Factories

OTHER_KEY = BANK.replace("[x] a) Merci", "[ ] a) Merci").replace("[ ] b) Rien", "[x] b) Rien")
RENAMED = MODULE.replace("{#et-vous}", "{#et-toi ancien=et-vous}")


def publish(app: Flask, reading: Reading, **more: Any) -> Publication:
    with app.app_context():
        return write(
            services.publish, reading, **({"author_id": None, "now": utc_now()} | more)
        )  # fmt: skip


def test_a_first_publication_is_version_one_and_is_journalled(
    app: Flask, session: Session, factories: Factories
) -> None:
    author = factories.agent()
    session.commit()
    reading = read(english=ENGLISH, media={"media/a.png": PNG})
    done = publish(app, reading, author_id=author.id, notes="Première")
    version = session.scalars(select(ModuleVersion)).one()
    assert (done.number, done.is_new, done.version_id) == (1, True, version.id)
    assert version.titles == {"fr": "Le café offert", "en": "The free coffee"}
    assert version.summaries["fr"].startswith("Un café offert chaque matin")
    assert (version.sha256, version.minutes, version.audience) == (reading.sha256, 15, ["pn", "gn"])
    assert set(version.compiled) == {"fr", "en"}
    assert "banques/cas.md" in version.sources
    assert session.scalars(select(Media.content_type)).one() == "image/png"
    entry = session.scalars(select(JournalEntry)).one()
    assert (entry.action, entry.actor_id, entry.object_id) == (
        "module_published", author.id, str(version.id),
    )  # fmt: skip


def test_the_same_content_makes_no_new_version(app: Flask, session: Session) -> None:
    publish(app, read())
    again = publish(app, read(), kind=Kind.ERRATUM)
    assert (again.number, again.is_new) == (1, False)
    assert session.scalar(select(func.count()).select_from(ModuleVersion)) == 1
    assert session.scalar(select(func.count()).select_from(JournalEntry)) == 1


def test_line_ends_are_not_content(app: Flask) -> None:
    publish(app, read())
    assert not publish(app, read(MODULE.replace("\n", "\r\n"))).is_new


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        (MODULE.replace("cœur du métier", "sens du métier"), None, "editorial"),
        (MODULE.replace("cœur du métier", "sens du métier"), Kind.SUBSTANTIAL, "substantial"),
        (RENAMED, None, "substantial"),
        (RENAMED, Kind.EDITORIAL, "substantial"),
    ],
)
def test_a_kind_is_as_stated_or_more_where_changes_force_it(
    app: Flask, text: str, stated: Kind | None, expected: str
) -> None:
    publish(app, read())
    done = publish(app, read(text), kind=stated)
    assert (done.number, done.kind) == (2, expected)


@pytest.mark.parametrize("stated", [None, Kind.EDITORIAL, Kind.SUBSTANTIAL])
def test_a_changed_key_has_to_be_called_an_erratum(
    app: Flask, session: Session, stated: Kind | None
) -> None:
    publish(app, read())
    with pytest.raises(KeyChanged) as refused:
        publish(app, read(bank=OTHER_KEY), kind=stated)
    assert [difference.id for difference in refused.value.differences] == ["premier"]
    assert session.scalar(select(func.count()).select_from(ModuleVersion)) == 1
    assert publish(app, read(bank=OTHER_KEY), kind=Kind.ERRATUM).kind == "erratum"


def test_an_erratum_without_a_changed_key_is_refused(app: Flask) -> None:
    publish(app, read())
    with pytest.raises(NotAnErratum):
        publish(app, read(MODULE.replace("cœur", "sens")), kind=Kind.ERRATUM)


def test_errors_are_refused_with_their_messages(app: Flask, session: Session) -> None:
    with pytest.raises(HasErrors) as refused:
        publish(app, read(MODULE.replace("[x] b) Vous payez", "[ ] b) Vous payez")))
    assert "Q103" in {message.code for message in refused.value.messages}
    assert session.scalar(select(func.count()).select_from(Module)) == 0


def test_a_choice_without_its_letter_is_refused(app: Flask) -> None:
    with pytest.raises(HasErrors) as refused:
        publish(app, read(MODULE.replace("- [ ] c) Vous partez", "- [ ] Vous partez")))
    assert [message.code for message in refused.value.messages] == ["Q208"]


@pytest.mark.parametrize("corps", ["", " corps=gn"])
def test_a_module_without_a_graded_quiz_for_all_is_refused(app: Flask, corps: str) -> None:
    start = MODULE.index("## Évaluation")
    end = MODULE.index("## Fiche d'animation")
    quiz = MODULE[start:end] if corps else ""
    quiz = quiz.replace("{#regle voir=geste}", f"{{#regle voir=geste{corps}}}")
    quiz = quiz.replace("### Tirage : Deux cas {#tirage banque=cas nombre=1}\n", "")
    with pytest.raises(NoGradedQuiz) as refused:
        publish(app, read(MODULE[:start] + quiz + MODULE[end:]))
    assert refused.value.corps == "pn"


def test_a_media_of_an_unknown_type_is_refused(app: Flask) -> None:
    with pytest.raises(HasErrors) as refused:
        publish(app, read(media={"media/a.gif": b"GIF89a"}))
    assert [message.code for message in refused.value.messages] == ["L104"]


def test_the_same_file_under_two_names_is_kept_once(app: Flask, session: Session) -> None:
    publish(app, read(media={"media/a.png": PNG, "media/b.png": PNG}))
    assert session.scalar(select(func.count()).select_from(Media)) == 1


def test_a_retired_module_is_published_only_once_restored(app: Flask, session: Session) -> None:
    publish(app, read())
    other = read(MODULE.replace("cœur", "sens"))
    with app.app_context():
        assert write(services.retire, "cafe-offert", actor_id=None, now=utc_now())
        assert not write(services.retire, "cafe-offert", actor_id=None, now=utc_now())
    assert not publish(app, read()).is_new
    with pytest.raises(Retired):
        publish(app, other)
    with app.app_context():
        assert write(services.restore, "cafe-offert", actor_id=None)
        assert not write(services.restore, "cafe-offert", actor_id=None)
    assert publish(app, other).number == 2
    actions = session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()
    assert actions == ["module_published", "module_retired", "module_restored", "module_published"]


def test_an_unknown_module_cannot_be_retired(app: Flask) -> None:
    with app.app_context(), pytest.raises(NoResultFound):
        write(services.retire, "absent", actor_id=None, now=utc_now())


def test_sixteen_who_publish_the_same_content_make_one_version(
    app: Flask, session: Session
) -> None:
    reading = read(media={"media/a.png": PNG})
    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(lambda _: publish(app, reading), range(16)))
    assert sum(one.is_new for one in done) == 1
    assert {one.number for one in done} == {1}
    assert session.scalar(select(func.count()).select_from(ModuleVersion)) == 1
    assert session.scalar(select(func.count()).select_from(JournalEntry)) == 1


def test_those_who_publish_other_content_each_get_their_number(
    app: Flask, session: Session
) -> None:
    readings = [read(MODULE.replace("cœur", f"sens {number}")) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda reading: publish(app, reading), readings))
    assert sorted(one.number for one in done) == list(range(1, 9))
    numbers = session.scalars(select(ModuleVersion.number).order_by(ModuleVersion.number)).all()
    assert numbers == list(range(1, 9))


def test_a_long_first_paragraph_is_cut_at_the_end_of_a_sentence() -> None:
    first = "Un café offert chaque matin crée une **dette invisible**."
    for filler, end in [("Une phrase de plus, pour voir. " * 20, "."), ("mot " * 200, " …")]:
        module = read(MODULE.replace(first, filler)).modules["fr"]
        summary = summary_of(module)
        assert 200 < len(summary) <= 284
        assert summary.endswith(end)
    assert summary_of(msgspec.structs.replace(module, summary="Dit ici.")) == "Dit ici."


def test_a_first_step_without_text_for_all_gives_no_summary() -> None:
    step = msgspec.structs.replace(read().modules["fr"].steps[0], blocks=())
    assert summary_of(msgspec.structs.replace(read().modules["fr"], steps=(step,))) == ""
