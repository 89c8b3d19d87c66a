"""An erratum helps those who met a wrong key, once, and takes nothing from anyone."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.catalogue.differences import Kind
from app.catalogue.library import load
from app.catalogue.models import ModuleVersion
from app.catalogue.services import publish
from app.certificates.models import Certificate
from app.database import utc_now, write
from app.extensions import db
from app.journal.models import JournalEntry
from app.learning import personal
from app.learning.drawing import items_of
from app.learning.errata import apply_erratum
from app.learning.models import Answer, Attempt, AttemptCorrection, Completion, Enrolment
from app.learning.queries.corrections import Effect, measure_effect
from app.learning.queries.errata import find_erratum
from app.learning.scoring import score
from app.learning.services import errata
from app.learning.services.planning import impact_of, plan_candidate, plan_erratum
from app.people import personal_data
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.crowd import PASS_MARK, add_crowd
from tests.learning.modules import BANK, MODULE, SLUG, publish_module, read_module
from tests.learning.reader import count

CROWD = int(os.environ.get("ERRATUM_ATTEMPTS", "400"))
"""How many attempts an erratum is applied to; 10000 to see it at its full size."""
CORRECTED = MODULE.replace("- [x] a) Vrai\n- [ ] b) Faux", "- [ ] a) Vrai\n- [x] b) Faux")
AGAIN = MODULE.replace("Le premier cas.", "Le tout premier cas.")
FACTS = (Attempt, Answer, Enrolment)


def correct(session: Session, text: str = CORRECTED) -> int:
    return publish_module(session, text, kind=Kind.ERRATUM)


def apply(app: Flask, version_id: int, **values: Any) -> bool:
    with app.app_context():
        return apply_erratum(
            version_id=version_id, actor_id=None, default_months=36, **values
        )  # fmt: skip


def impact(app: Flask, version_id: int) -> Effect:
    with app.app_context():
        return impact_of(db.session, plan_erratum(db.session, version_id=version_id))


def effect(app: Flask, version_id: int) -> Effect:
    with app.app_context():
        return measure_effect(db.session, version_id=version_id)


def rows_of(session: Session, model: Any) -> list[tuple[Any, ...]]:
    session.commit()
    table = model.__table__
    return [tuple(row) for row in session.execute(sa.select(table).order_by(table.c.id))]


def sit(learner: Learner, *, wrong: tuple[str, ...]) -> int:
    """Sit the quiz with these questions wrong."""
    attempt_id = learner.start()
    learner.answer_all(attempt_id, wrong=wrong)
    learner.submit(attempt_id)
    return attempt_id


def crowd_of(
    session: Session, factories: Factories, app: Flask, version_id: int, **more: Any
) -> Any:
    module_id = session.scalar(sa.select(ModuleVersion.module_id))
    with app.app_context():
        module = load(db.session, version_id, "fr")
    more = {"agents": CROWD} | more
    add_crowd(session, factories.unit(), module, (module_id, version_id), **more)
    return module


def test_the_preview_is_the_effect_and_only_helps(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    module = crowd_of(session, factories, app, version_id)
    before = {model: rows_of(session, model) for model in (*FACTS, Completion)}
    erratum_id = correct(session)
    foreseen = impact(app, erratum_id)
    assert min(foreseen.raised, foreseen.lowered, foreseen.unchanged) > 0
    assert foreseen.agents == foreseen.certificates == foreseen.raised  # One attempt each.
    assert apply(app, erratum_id)
    assert effect(app, erratum_id) == foreseen == expected(app, session, module, erratum_id)
    assert {model: rows_of(session, model) for model in FACTS} == {
        model: before[model] for model in FACTS
    }
    completions = rows_of(session, Completion)
    assert completions[: len(before[Completion])] == before[Completion]
    assert len(completions) - len(before[Completion]) == foreseen.certificates
    assert count(session, Certificate) == foreseen.certificates  # The crowd's own have none.


def expected(app: Flask, session: Session, module: Any, erratum_id: int) -> Effect:
    """Count the effect the long way: mark every attempt whole by each key."""
    with app.app_context():
        later = load(db.session, erratum_id, "fr")
    told = {"attempts": 0, "raised": 0, "lowered": 0}
    answers: dict[int, dict[str, Any]] = {}
    for answer in session.scalars(sa.select(Answer)):
        answers.setdefault(answer.attempt_id, {})[answer.item_id] = answer.value
    for sat in session.scalars(sa.select(Attempt)):
        given = answers.get(sat.id, {})
        was = score(items_of(module, sat.draw), given).reaches(PASS_MARK)
        now = score(items_of(later, sat.draw), given).reaches(PASS_MARK)
        told["attempts"] += 1  # Everyone is asked « principe ».
        told["raised"] += now and not was
        told["lowered"] += was and not now
    return Effect(
        **told, asked=told["attempts"], agents=told["raised"], certificates=told["raised"]
    )


def test_an_application_cut_anywhere_goes_on_and_counts_once(
    app: Flask, session: Session, factories: Factories, version_id: int, monkeypatch: Any
) -> None:
    crowd_of(session, factories, app, version_id, agents=60, attempts_each=3)
    erratum_id = correct(session)
    foreseen = impact(app, erratum_id)
    assert foreseen.raised > foreseen.agents > 0  # Several attempts of one agent now pass.
    whole, cuts = errata.make_completion, iter([1, 0, 2, 3, 1, 4, *range(5, 500)])

    def killed(*args: Any, **values: Any) -> None:
        killed.left -= 1  # type: ignore[attr-defined]
        if killed.left < 0:  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        whole(*args, **values)

    monkeypatch.setattr(errata, "make_completion", killed)
    done, kills = False, 0
    while not done:
        killed.left = next(cuts)  # type: ignore[attr-defined]
        try:
            done = apply(app, erratum_id, size=5)
        except KeyboardInterrupt:
            kills += 1
    assert kills > 3
    assert effect(app, erratum_id) == foreseen
    assert count(session, Certificate) == foreseen.certificates
    rows = count(session, AttemptCorrection)
    assert apply(app, erratum_id)
    assert count(session, AttemptCorrection) == rows
    begun = sa.select(sa.func.count()).where(JournalEntry.action == "erratum_applied")
    assert session.scalar(begun) == 1


def test_the_first_attempt_that_now_passes_is_the_one_that_completes(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    crowd_of(session, factories, app, version_id, agents=60, attempts_each=3)
    erratum_id = correct(session)
    apply(app, erratum_id)
    session.commit()
    raised = (
        sa.select(Attempt.enrolment_id, sa.func.min(Attempt.id))
        .join(AttemptCorrection, AttemptCorrection.attempt_id == Attempt.id)
        .where(AttemptCorrection.passed, ~Attempt.passed)
        .group_by(Attempt.enrolment_id)
    )
    first = {row[0]: row[1] for row in session.execute(raised)}
    certified = sa.select(Completion).join(Certificate, Certificate.completion_id == Completion.id)
    made = {one.enrolment_id: one.attempt_id for one in session.scalars(certified)}
    assert made
    assert all(first[place] == attempt_id for place, attempt_id in made.items())


def test_time_up_stops_between_two_batches(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    crowd_of(session, factories, app, version_id, agents=12)
    erratum_id = correct(session)
    assert not apply(app, erratum_id, size=5, seconds=0)
    with app.app_context():
        found = find_erratum(db.session, SLUG)
    assert found is not None
    assert (found.applied_at is not None, found.finished_at, found.reached) == (True, None, 5)
    while not apply(app, erratum_id, size=5, seconds=0):
        pass
    assert count(session, AttemptCorrection) == 12


def test_a_completion_by_an_erratum_is_of_the_day_it_is_applied(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    crowd_of(session, factories, app, version_id, agents=60)
    before = utc_now()
    apply(app, correct(session))
    session.commit()
    certified = sa.select(Completion).join(Certificate, Certificate.completion_id == Completion.id)
    made = session.scalars(certified).all()
    assert made
    assert all(one.completed_at >= before for one in made)
    assert {one.version_id for one in made} == {version_id}  # It is of what was learnt.
    years = {(one.valid_until - before.date()).days // 365 for one in made if one.valid_until}
    assert years == {3}


@pytest.mark.parametrize("applied", [True, False])
def test_what_is_handed_in_after_an_erratum_is_corrected_at_once(
    learner: Learner, app: Flask, session: Session, applied: bool
) -> None:
    learner.read_all()
    attempt_id = learner.start()
    erratum_id = correct(session)
    if applied:
        apply(app, erratum_id)
    learner.answer_all(attempt_id, wrong=("principe",))
    passed = learner.submit(attempt_id)
    session.commit()
    corrected = session.scalars(sa.select(AttemptCorrection)).all()
    assert len(corrected) == applied
    if applied:
        assert passed
        assert (corrected[0].score_numerator, corrected[0].score_denominator) == (1, 1)
        assert count(session, Completion) == count(session, Certificate) == 1


def test_a_second_erratum_counts_from_where_the_first_one_left(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    crowd_of(session, factories, app, version_id, agents=80)
    first = correct(session)
    apply(app, first)
    once = effect(app, first)
    back = correct(session, MODULE)  # The key was right after all.
    foreseen = impact(app, back)
    assert foreseen == Effect()  # What the first version asked had this very key.
    apply(app, back)
    assert effect(app, first) == once
    both = publish_module_with_bank(session)
    foreseen = impact(app, both)
    assert foreseen.attempts > 0
    apply(app, both)
    assert effect(app, both) == foreseen
    assert effect(app, first) == once


def publish_module_with_bank(session: Session) -> int:
    """Publish an erratum of a question of the bank beside that of the quiz."""
    bank = BANK.replace(
        "- [x] a) Bonne réponse un\n- [ ] b)", "- [ ] a) Bonne réponse un\n- [x] b)"
    )
    reading = read_module(CORRECTED, bank)
    made = publish(session, reading, author_id=None, now=utc_now(), kind=Kind.ERRATUM)
    session.commit()
    return made.version_id


def test_a_question_reworded_with_its_key_is_left_out_and_named(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    crowd_of(session, factories, app, version_id, agents=5)
    erratum_id = correct(session, CORRECTED.replace("Un cadeau partagé reste", "Un don n'est pas"))
    with app.app_context():
        plan = plan_erratum(db.session, version_id=erratum_id)
    assert (plan.titles("fr"), plan.left_out) == ((), ("Le principe",))
    assert impact(app, erratum_id) == Effect()


def test_a_candidate_is_previewed_before_it_is_published(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    crowd_of(session, factories, app, version_id, agents=40)
    module_id = session.scalar(sa.select(ModuleVersion.module_id))
    assert module_id is not None
    session.commit()
    with app.app_context():
        candidate = read_module(CORRECTED).modules
        plan = plan_candidate(db.session, module_id=module_id, candidate=candidate)
        foreseen = impact_of(db.session, plan)
    assert plan.titles("fr") == ("Le principe",)
    assert foreseen == impact(app, correct(session))


def test_corrected_questions_are_named_in_the_language_of_the_reader(
    app: Flask, session: Session, factories: Factories
) -> None:
    publish_module(session, en=MODULE.replace("Le principe", "The principle"))
    english = CORRECTED.replace("Le principe", "The principle")
    erratum_id = publish_module(session, CORRECTED, en=english, kind=Kind.ERRATUM)
    with app.app_context():
        plan = plan_erratum(db.session, version_id=erratum_id)
    assert (plan.titles("fr"), plan.titles("en")) == (("Le principe",), ("The principle",))


def test_an_answer_in_a_language_that_the_erratum_lacks_is_left_alone(
    app: Flask, session: Session, factories: Factories
) -> None:
    english = MODULE.replace("# Le café offert", "# The free coffee")
    publish_module(session, en=english)
    erratum_id = correct(session)
    with app.app_context():
        plan = plan_erratum(db.session, version_id=erratum_id)
    assert {language for _, language in plan.corrections} == {"fr"}


def test_an_erased_person_has_the_correction_but_no_certificate(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    crowd_of(session, factories, app, version_id, agents=20)
    erratum_id = correct(session)
    foreseen = impact(app, erratum_id)
    raised = foreseen.raised
    assert raised > 1
    agent_ids = session.scalars(sa.select(Enrolment.agent_id)).all()
    session.commit()
    with app.app_context():
        for agent_id in agent_ids:
            write(personal_data.erase_everything, agent_id)
    foreseen = impact(app, erratum_id)
    assert foreseen == replace(foreseen, raised=raised, certificates=0)
    apply(app, erratum_id)
    assert effect(app, erratum_id) == foreseen
    assert count(session, Certificate) == 0


def test_a_correction_is_given_to_its_agent_with_everything_else(
    learner: Learner, app: Flask, session: Session
) -> None:
    learner.read_all()
    sit(learner, wrong=("principe",))
    erratum_id = correct(session)
    apply(app, erratum_id)
    session.commit()
    (attempt,) = personal.export_for(session, learner.agent_id)[0]["attempts"]
    (row,) = attempt["corrections"]
    assert (row["version_id"], row["passed"]) == (erratum_id, True)


def test_reading_of_it_is_noted_for_its_agent_only(
    learner: Learner, app: Flask, session: Session, factories: Factories
) -> None:
    learner.read_all()
    attempt_id = sit(learner, wrong=("principe",))
    apply(app, correct(session))
    stranger = Learner(app, session, factories.agent())
    told = sa.select(AttemptCorrection.told_at)
    stranger.act(errata.acknowledge, attempt_id=attempt_id, now=utc_now())
    session.commit()
    assert session.scalar(told) is None
    now = utc_now()
    learner.act(errata.acknowledge, attempt_id=attempt_id, now=now)
    learner.act(errata.acknowledge, attempt_id=attempt_id, now=utc_now())
    session.commit()
    assert session.scalar(told) == now
