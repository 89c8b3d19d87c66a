"""Five thousand malformed requests over every route, method and role: never a 500."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import nasty
from tests.actors import Cast, arguments_of, make_cast
from tests.filling import every_table
from tests.requests import address, csrf_token
from tests.signing_in import sign_in

REQUESTS = 5_000
PARTS = 5
NAME = re.compile(r'name="([a-z_0-9-]+)"')
SPECIAL = {"sign_in_session", "sign_in_counter", "journal_entry", "journal_detail"}
"""Tables that a refused request may write: what remembers that it was refused."""


def clients_of(app: Flask, cast: Cast) -> dict[str, tuple[FlaskClient, str]]:
    """Sign every actor in, each with a token; « nobody » stays outside."""
    nobody = app.test_client()
    clients = {"nobody": (nobody, csrf_token(app, nobody))}
    for name, agent in cast.agents.items():
        client = sign_in(app, agent)
        clients[name] = (client, csrf_token(app, client))
    return clients


def field_names(app: Flask, clients: dict[str, tuple[FlaskClient, str]], cast: Cast) -> list[str]:
    """Collect the names of every field of the pages that the actors see."""
    names = {"value", "token", "choice", "matricule", "password", "next"}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        for client, _ in clients.values():
            response = client.get(address(rule, arguments_of(rule, cast, "agent")), buffered=True)
            if response.mimetype == "text/html":
                names.update(NAME.findall(response.get_data(as_text=True)))
    return sorted(names)


def count_all(session: Session) -> sa.TextClause:
    """Write the statement that counts the rows of all that a refused request must leave alone."""
    tables = sorted(every_table(session.connection()) - SPECIAL)
    return sa.text(" UNION ALL ".join(f"SELECT '{one}', count(*) FROM {one}" for one in tables))


def digest(session: Session, counting: sa.TextClause) -> dict[str, int]:
    """Count the rows of each of these tables, as others have left them."""
    session.rollback()
    return {str(table): int(count) for table, count in session.execute(counting)}


@pytest.mark.parametrize("part", range(PARTS))
def test_bad_input_never_breaks_a_page(app: Flask, session: Session, part: int) -> None:
    cast = make_cast(app, session)
    clients = clients_of(app, cast)
    names = field_names(app, clients, cast)
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    rng = random.Random(f"bad input {part}")
    statuses: Counter[int] = Counter()
    for _ in range(REQUESTS // PARTS):
        rule = rng.choice(rules)
        method = rng.choice(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        actor = rng.choice(sorted(clients))
        client, token = clients[actor]
        known = arguments_of(rule, cast, actor)
        values = {name: nasty.text(rng) if rng.random() < 0.3 else known.get(name, nasty.text(rng))
                  for name in rule.arguments}  # fmt: skip
        options = {} if method == "GET" else nasty.body(rng, names, token)
        headers = {"X-CSRFToken": token} if rng.random() < 0.8 else {}
        query = {rng.choice(names): nasty.text(rng).encode("utf-8", "surrogatepass")}
        response = client.open(
            address(rule, values), method=method, headers=headers, buffered=True, **options,
            query_string=query if rng.random() < 0.5 else None,
        )  # fmt: skip
        statuses[response.status_code] += 1
        assert response.status_code < 500, (actor, method, rule.rule, values, options, query)
    assert statuses[200] > 20, statuses
    assert statuses[400] > 20, statuses


def test_a_refused_request_changes_nothing(app: Flask, session: Session) -> None:
    cast = make_cast(app, session)
    clients = clients_of(app, cast)
    rng = random.Random("refused")
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.methods and rule.methods & {"POST", "PUT"}
    ]
    counting = count_all(session)
    before = digest(session, counting)
    for rule in rules:
        for actor in sorted(clients):
            client, token = clients[actor]
            for _ in range(2):
                known = arguments_of(rule, cast, actor)
                response = client.open(
                    address(rule, known),
                    method="PUT" if "PUT" in (rule.methods or ()) else "POST",
                    headers={"X-CSRFToken": token},
                    **nasty.body(rng, ["value", "token"], token),
                )
                after = digest(session, counting)
                if response.status_code >= 400:
                    assert after == before, (actor, rule.rule, response.status_code)
                before = after
