"""What every page has, and what every failure says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app import create_app, health
from app.access import policy
from app.assets import SHEETS, stylesheet
from app.database import Busy
from app.i18n import NARROW, WIDE, space_french
from tests.databases import QUIET
from tests.factories import Factories
from tests.signing_in import sign_in

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def test_a_page_carries_the_security_headers(app: Flask) -> None:
    response = app.test_client().get("/connexion")
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    csp = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in csp
    assert "unsafe" not in csp
    assert "frame-ancestors 'none'" in csp
    assert "Strict-Transport-Security" not in response.headers


def test_a_secure_site_says_so_and_keeps_its_cookie_to_itself(
    make_app: Callable[..., Flask],
) -> None:
    app = make_app(PUBLIC_URL="https://exemplarite.example", PRODUCTION=True)
    response = app.test_client().get("/connexion", base_url="https://exemplarite.example")
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-exemplarite=")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_an_unknown_host_is_refused_where_hosts_are_trusted(make_app: Callable[..., Flask]) -> None:
    app = make_app(TRUSTED_HOSTS="localhost, exemplarite.example")
    client = app.test_client()
    assert client.get("/healthz", base_url="http://exemplarite.example").status_code == 200
    assert client.get("/healthz", base_url="http://evil.example").status_code == 400


def test_a_secure_site_trusts_the_host_of_its_own_address_alone(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app(PUBLIC_URL="https://exemplarite.example:8443").test_client()
    known = client.get("/healthz", base_url="https://exemplarite.example:8443")
    assert known.status_code == 200
    assert client.get("/healthz", base_url="https://evil.example").status_code == 400


def test_a_missing_static_file_leaves_no_page_of_an_agent_in_a_shared_cache(
    app: Flask, factories: Factories
) -> None:
    agent = factories.agent()
    factories.session.commit()
    client = sign_in(app, agent)
    for address in ("/static/absent.js", "/static/absent.js?v=1"):
        response = client.get(address)
        assert response.status_code == 404
        assert response.headers["Cache-Control"] == "no-store"
    with client.get("/static/css/main.css?v=1") as kept:
        assert "immutable" in kept.headers["Cache-Control"]
        assert "Set-Cookie" not in kept.headers


def test_a_request_refused_at_the_door_has_a_reference_too(app: Flask) -> None:
    client = app.test_client()
    first = client.post("/connexion", headers={"Accept": "application/json"}).get_json()
    assert first["error"] == "csrf"
    assert len(first["reference"]) == 12
    second = client.get("/connexion?next=%00", headers={"Accept": "application/json"}).get_json()
    assert len(second["reference"]) == 12


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"PRODUCTION": True, "PUBLIC_URL": "http://x.example"}, "https"),
        ({"PRODUCTION": True, "PUBLIC_URL": "https://x.example", "DEMO": True}, "exclude"),
        ({"PRODUCTION": True, "PUBLIC_URL": "https://x.example", "SECRET_KEY": ""}, "SECRET_KEY"),
    ],
)
def test_production_refuses_what_is_not_safe(
    database_url: str, settings: dict[str, object], said: str
) -> None:
    with pytest.raises(SystemExit, match=said):
        create_app(QUIET | {"DATABASE_URL": database_url} | settings)


@pytest.fixture
def broken(app: Flask) -> FlaskClient:
    """Add pages that fail, each in its way."""

    def fail(kind: str) -> str:
        if kind == "busy":
            raise Busy
        if kind == "away":
            raise OperationalError("SELECT 1", {}, Exception("away"))
        if kind.isdigit():
            abort(int(kind))
        raise ZeroDivisionError("secret detail")

    app.add_url_rule("/fail/<kind>", "fail", policy(public=True)(fail))
    return app.test_client()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 418, 429, 500, 501, 503])
def test_each_failure_has_a_page_and_keeps_its_status(broken: FlaskClient, status: int) -> None:
    response = broken.get(f"/fail/{status}")
    assert response.status_code == status
    assert "<h1" in response.get_data(as_text=True)


@pytest.mark.parametrize("kind", ["busy", "away"])
def test_a_database_that_is_away_is_told_truthfully(broken: FlaskClient, kind: str) -> None:
    response = broken.get(f"/fail/{kind}")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0


def test_the_unexpected_shows_a_reference_and_no_detail(broken: FlaskClient) -> None:
    text = broken.get("/fail/other").get_data(as_text=True)
    assert "secret detail" not in text
    assert "ZeroDivisionError" not in text
    answer = broken.get("/fail/other", headers={"Accept": "application/json"})
    assert answer.status_code == 500
    assert answer.json is not None
    assert answer.json["reference"]


def test_a_script_that_is_not_signed_in_gets_401(app: Flask) -> None:
    response = app.test_client().get("/mon-dossier", headers={"Accept": "application/json"})
    assert response.status_code == 401


def test_a_page_asks_to_sign_in_and_comes_back(app: Flask) -> None:
    response = app.test_client().get("/modules?x=1")
    assert response.headers["Location"] == "/connexion?next=/modules?x%3D1"


def test_a_form_without_its_token_is_refused(app: Flask, factories: Factories) -> None:
    agent = factories.agent()
    factories.session.commit()
    client = sign_in(app, agent)
    assert client.post("/deconnexion").status_code == 400


def test_health_says_what_is_wrong(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(health, "MINIMUM_FREE_BYTES", 10**18)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json == {
        "ready": False, "database": True, "migrations": True, "disk": False,
    }  # fmt: skip


def test_a_database_out_of_reach_is_not_ready(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    app = create_app(QUIET | {"DATABASE_URL": f"sqlite:///{empty}"})
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["database"] is False
    assert response.json["migrations"] is False


@pytest.mark.parametrize("name", SHEETS)
def test_a_stylesheet_is_one_file_kept_by_its_digest(app: Flask, name: str) -> None:
    client = app.test_client()
    page = client.get("/connexion").get_data(as_text=True)
    address = f"/css/{stylesheet(name)[1]}.css"
    assert (address in page) is (name == "main")
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert b"@import" not in plain.data
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data)
    assert "immutable" in plain.headers["Cache-Control"]
    assert client.get("/css/0000000000000000.css").status_code == 404


def test_french_has_its_spaces() -> None:
    assert space_french("Quoi ?") == f"Quoi{NARROW}?"
    assert space_french("« Bien » : 5 %") == f"«{WIDE}Bien{WIDE}»{WIDE}: 5{WIDE}%"
    assert space_french("12:30") == "12:30"
    assert space_french("il y a %(num)s pages") == "il y a %(num)s pages"
    assert space_french("il faut %(mark)s %%") == f"il faut %(mark)s{WIDE}%%"


def test_a_method_that_a_page_does_not_take_is_told_which_it_takes(app: Flask) -> None:
    response = app.test_client().put("/connexion", headers={"Accept": "application/json"})
    assert response.status_code in {400, 405}
    response = app.test_client().delete("/healthz")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
