"""Addresses and tokens of the requests that sweep over every route."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule

SEED = "0" * 40


def csrf_token(app: Flask, client: FlaskClient) -> str:
    """Give this client a token, as the forms of its pages would carry."""
    with client.session_transaction() as kept:
        kept["csrf_token"] = SEED
    token = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(SEED)
    return str(token)


def address(rule: Rule, values: dict[str, Any]) -> str:
    """Fill the places of a rule."""
    path = rule.rule
    for name in rule.arguments:
        text = quote(str(values.get(name, "x")).encode("utf-8", "surrogatepass"), safe="")
        path = re.sub(rf"<(?:[^:<>]+:)?{name}>", text.replace("\\", "%5C"), path)
    return path
