"""The menus of a page: made once for each kind of reader, page and language, then kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import current_app, request, url_for
from markupsafe import Markup

from app import i18n
from app.access import Role, SignedInAgent
from app.i18n import gettext as _
from app.markup import piece

PARTS = ("navigation", "help", "footer")
"""Parts of the frame that are rendered once for each kind of reader, page and language."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a menu."""

    label: str
    url: str
    current: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """All that menus depend on, so that two readers alike share theirs."""

    language: str
    endpoint: str
    root: str
    """The path under which the application is mounted: it begins every address."""
    roles: frozenset[Role] | None
    """None for someone who is not signed in."""


def menus_for(agent: SignedInAgent | None) -> dict[str, Any]:
    """Give the menus of the page being made."""
    roles = frozenset(held.role for held in agent.roles) if agent else None
    reader = Reader(
        i18n.current_language(), request.endpoint or "", request.root_path, roles
    )  # fmt: skip
    return make_menus(reader)


@lru_cache(maxsize=2048)
def make_menus(reader: Reader) -> dict[str, Any]:
    """Make every menu; called while a page of this reader is being made."""
    signed_in = reader.roles is not None
    menus = {
        "lang": reader.language,
        "navigation": navigation(reader) if signed_in else [],
        "help_links": help_links(reader) if signed_in else [],
        "search_url": url_for("home.search") if signed_in else None,
        "language_links": language_links(reader),
        "footer_links": footer_links(reader),
        "home_url": url_for("home.index"),
        "sign_in_url": None if signed_in else url_for("people.sign_in"),
        "sign_out_url": url_for("people.sign_out") if signed_in else None,
        "account_links": account_links(reader) if signed_in else [],
    }
    parts = {name: render(f"layouts/_{name}.html", menus) for name in PARTS}
    return menus | {"frame_parts": parts}


def render(template: str, menus: dict[str, Any]) -> Markup:
    """Render a part of every page that depends on the menus alone."""
    return piece(current_app.jinja_env.get_template(template).render(menus))


def navigation(reader: Reader) -> list[Link]:
    """List the rooms that this reader may enter."""
    rooms = [
        (_("Accueil"), "home.index", set()),
        (_("Modules"), "catalogue.index", set()),
        (_("Mon dossier"), "home.record", set()),
        (_("Mes équipes"), "statistics.teams", {Role.SUPERVISOR}),
        (_("Situation"), "statistics.situation", {Role.HR_READER, Role.HR_FOLLOW_UP}),
        (_("Suivi"), "statistics.follow_up", {Role.HR_FOLLOW_UP}),
        (_("Campagnes"), "campaigns.index", {Role.HR_FOLLOW_UP}),
        (_("Formateur"), "studio.index", {Role.TRAINER, Role.REVIEWER}),
        (_("Administration"), "admin.people", {Role.ADMINISTRATOR}),
    ]
    return [
        link(reader, label, endpoint)
        for label, endpoint, roles in rooms
        if not roles or roles & (reader.roles or frozenset())
    ]


def link(reader: Reader, label: str, endpoint: str) -> Link:
    """Make an entry, and tell whether the page stands in its room."""
    return Link(label, url_for(endpoint), is_current(reader.endpoint, endpoint))


def is_current(page: str, endpoint: str) -> bool:
    """Tell whether a page stands in the room of an endpoint."""
    room = endpoint.partition(".")[0]
    if room in {"home", "statistics"}:
        return page.startswith(endpoint)
    blueprint = page.rpartition(".")[0]
    return blueprint == room or (room == "catalogue" and blueprint == "learning")


def account_links(reader: Reader) -> list[Link]:
    """List what an agent does with their account."""
    return [link(reader, _("Mon compte"), "people.account")]


def help_links(reader: Reader) -> list[Link]:
    """List what is at hand on every page."""
    return [
        link(reader, _("Que faire si…"), "home.what_to_do"),
        link(reader, _("Mes contacts déontologie"), "home.contacts"),
    ]


def language_links(reader: Reader) -> list[Link]:
    """Offer the page in each language."""
    return [
        Link(label, url_for("home.choose_language", language=code), code == reader.language, code)
        for code, label in i18n.LANGUAGES.items()
    ]


def footer_links(reader: Reader) -> list[Link]:
    """List the glossary, for who may read it, and the pages that every site of the State offers."""
    glossary = [link(reader, _("Glossaire"), "home.glossary")] if reader.roles is not None else []
    return [
        *glossary,
        link(reader, _("Plan du site"), "home.site_map"),
        link(reader, _("Accessibilité"), "home.accessibility"),
        link(reader, _("Mentions légales"), "home.legal"),
        link(reader, _("Données personnelles"), "home.personal_data"),
    ]
