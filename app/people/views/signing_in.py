"""Sign in, sign out, sign in again in place."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user
from flask_wtf.csrf import generate_csrf

from app.access import current_agent, find_current_agent, policy
from app.database import utc_now, write
from app.extensions import csrf, db
from app.i18n import gettext as _
from app.input import read_json_object
from app.people.checking import Checked, Refusal, check, client_address, explain, open_session
from app.people.forms import LONGEST_MATRICULE, LONGEST_PASSWORD, SignInForm
from app.people.next_address import safe_target
from app.people.queries import accounts, demo
from app.people.services import signing_in as services
from app.people.views.blueprint import bp, load_signed_in


@bp.route("/connexion", methods=["GET", "POST"])
@policy(public=True)
def sign_in() -> ResponseReturnValue:
    """Sign an agent in with matricule and password."""
    target = safe_target(request.values.get("next")) or url_for("home.index")
    if request.method == "GET" and find_current_agent() is not None:
        return redirect(target)
    form = SignInForm()
    if not form.validate_on_submit():
        return show_sign_in(form, 400 if form.is_submitted() else 200)
    checked = check_and_open(str(form.matricule.data), str(form.password.data))
    if checked.refusal:
        status = 429 if checked.refusal == Refusal.TOO_SOON else 400
        return show_sign_in(form, status, explain(checked))
    return redirect(target)


@bp.post("/connexion/demo/<role>")
@policy(public=True)
def sign_in_demo(role: str) -> ResponseReturnValue:
    """Sign in as one of the demonstration's agents, in one click."""
    if not current_app.config["DEMO"]:
        abort(404)
    account = accounts.find_account(db.session, matricule_key=demo.DEMO_PREFIX + role)
    if account is None:
        abort(404)
    try:
        token = write(
            services.admit,
            agent_id=account.agent_id,
            checked_hash=account.password_hash,
            address=client_address(),
            replaced=session_to_end(),
            now=utc_now(),
        )
    except services.SignInRefusedError:
        abort(404)
    open_browser_session(token)
    return redirect(safe_target(request.form.get("next")) or url_for("home.index"))


@bp.post("/connexion/reprise")
@csrf.exempt  # Its token may have died with the session; only our own scripts can send JSON here.
@policy(public=True)
def sign_in_again() -> ResponseReturnValue:
    """Sign in again without leaving the page: JSON in, a fresh anti-forgery token out."""
    if request.mimetype != "application/json" or not is_same_origin():
        abort(400)
    given = read_json_object()
    matricule, password = given.get("matricule"), given.get("password")
    if not isinstance(matricule, str) or not isinstance(password, str):
        abort(400)
    if len(matricule) > LONGEST_MATRICULE or len(password) > LONGEST_PASSWORD:
        abort(400)
    checked = check_and_open(matricule, password)
    if checked.refusal:
        status = 429 if checked.refusal == Refusal.TOO_SOON else 403
        return {"error": checked.refusal, "message": explain(checked)}, status
    return {"csrf_token": generate_csrf()}


@bp.post("/deconnexion")
@policy(before_password_change=True)
def sign_out() -> ResponseReturnValue:
    """End this session."""
    agent = current_agent()
    write(services.sign_out, agent_id=agent.id, session_id=agent.session_id, now=utc_now())
    return leave(_("Votre session est fermée."))


@bp.post("/deconnexion-partout")
@policy(before_password_change=True)
def sign_out_everywhere() -> ResponseReturnValue:
    """End all of one's sessions."""
    write(services.sign_out_everywhere, agent_id=current_agent().id, now=utc_now())
    return leave(_("Toutes vos sessions sont fermées, sur tous vos appareils."))


def check_and_open(matricule: str, password: str) -> Checked:
    """Check a password and, when it is right, open the session in this browser."""
    replaced = session_to_end()
    checked = check(matricule, password)
    if checked.refusal:
        return checked
    token = open_session(checked, password, replaced=replaced)
    if token is None:
        return Checked(refusal=Refusal.WRONG)
    open_browser_session(token)
    return checked


def leave(message: str) -> ResponseReturnValue:
    """Empty the cookie, keeping the language, and say goodbye."""
    empty_browser_session()
    flash(message, "success")
    return redirect(url_for(".sign_in"))


def show_sign_in(form: SignInForm, status: int, problem: str = "") -> ResponseReturnValue:
    """Show the sign-in page, with the demonstration's accounts where there is one."""
    offered = demo.list_demo_accounts(db.session) if current_app.config["DEMO"] else []
    target = safe_target(request.values.get("next")) or ""
    page = render_template(
        "people/sign_in.html", form=form, problem=problem, demo_accounts=offered, target=target
    )
    return page, status


def session_to_end() -> int | None:
    """Find the session that a new sign-in replaces in this browser."""
    agent = find_current_agent()
    return agent.session_id if agent else None


def open_browser_session(token: str) -> None:
    """Put a new session in an emptied cookie: nothing from before the sign-in survives in it."""
    empty_browser_session()
    agent = load_signed_in(token)
    if agent is None:
        abort(503)
    login_user(agent)


def empty_browser_session() -> None:
    """Empty the cookie of all but the language."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def is_same_origin() -> bool:
    """Tell whether a script's request comes from a page of this site, as its browser says."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin.rsplit("//", 1)[-1] == request.host
