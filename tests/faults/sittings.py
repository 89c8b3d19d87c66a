"""Agents in the middle of their quiz, brought there by the services that the pages call."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from app.dialect import items
from app.people.models import Agent
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.modules import KEY, SLUG, compiled


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an agent sits at an attempt under way."""

    agent_id: int
    attempt_id: int
    item_ids: tuple[str, ...]

    @property
    def path(self) -> str:
        """Give the address below which the attempt's acts stand."""
        return f"/apprendre/{SLUG}/tentatives/{self.attempt_id}"

    def answer_path(self, item_id: str) -> str:
        """Give the address that takes the answer to an item."""
        return f"{self.path}/reponses/{item_id}"


def right(item_id: str) -> list[str]:
    """Give the letters that earn all the points of an item."""
    return KEY[item_id]


def wrong(item_id: str) -> list[str]:
    """Give letters that do not."""
    return ["b"] if "a" in KEY[item_id] else ["a"]


def stored(item_id: str, letters: list[str]) -> object:
    """Give an answer as the database keeps it."""
    item = compiled().item(item_id)
    assert item is not None
    return items.read_value(item, letters)


def make_ready(app: Flask, factories: Factories) -> tuple[Agent, Learner]:
    """Make an agent who has read every step of the small module."""
    agent = factories.agent()
    factories.session.commit()
    learner = Learner(app, factories.session, agent)
    learner.enrol()
    learner.read_all()
    return agent, learner


def sit(app: Flask, factories: Factories) -> Desk:
    """Make an agent and open their attempt."""
    agent, learner = make_ready(app, factories)
    attempt_id = learner.start()
    return Desk(agent.id, attempt_id, learner.sitting(attempt_id).item_ids)
