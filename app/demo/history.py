"""The two years that the organisation lived: who did what, and when, from a seed and a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from app.demo.agenda import list_duties
from app.demo.curriculum import Curriculum
from app.demo.duties import Duty
from app.demo.journeys import Journey, Owed
from app.demo.studying import Edition
from app.demo.workforce import Person, draw_people
from app.demo.writer import Task, Writer

SEED = 1789


@dataclass(frozen=True, slots=True)
class History:
    """Everything that the demonstration loads, but for the content."""

    today: date
    people: tuple[Person, ...]
    duties: tuple[Duty, ...]
    journeys: tuple[Journey, ...]


def draw_history(
    today: date,
    curriculum: Curriculum,
    editions: Mapping[str, Sequence[Edition]],
    *,
    pass_mark: int,
) -> History:
    """Draw the whole history; the same seed, day and content give the same one."""
    random = Random(SEED)  # noqa: S311 - a fiction, to be the same each time
    people = draw_people(random, today)
    duties = list_duties(today, curriculum)
    writer = Writer(random, today, editions, pass_mark)
    tasks = [task for person in people for task in share_out(duties, person)]
    for duty in duties:
        writer.tell(duty, [task for task in tasks if task.owed.duty is duty])
    asked = {(task.person.matricule, slug) for task in tasks for slug in task.slugs}
    for person in people:
        path = curriculum.taught(curriculum.path_of(person.corps), today, (person.corps,))
        writer.choose(person, [slug for slug in path if (person.matricule, slug) not in asked])
    journeys = sorted(writer.journeys, key=lambda journey: journey.enrolled_at)
    return History(today, tuple(people), duties, tuple(journeys))


def share_out(duties: Sequence[Duty], person: Person) -> list[Task]:
    """List what each campaign adds to a person's modules: the first that asks for one keeps it."""
    sinces = [(duty.since(person), rank) for rank, duty in enumerate(duties)]
    asked: set[str] = set()
    tasks = []
    for since, rank in sorted((since, rank) for since, rank in sinces if since is not None):
        slugs = tuple(slug for slug in duties[rank].slugs if slug not in asked)
        asked.update(slugs)
        if slugs:
            tasks.append(Task(person, Owed(duties[rank], since), slugs))
    return tasks
