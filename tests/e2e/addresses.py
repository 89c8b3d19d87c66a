"""Every page and the addresses at which the tests look at it, by role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask

from app.access import Role, stated_policy
from tests.e2e.cast import RESET_TOKEN

ROLES = {
    "visitor": frozenset[Role](),
    "agent": frozenset[Role](),
    "supervisor": frozenset({Role.SUPERVISOR, Role.REVIEWER}),
    "trainer": frozenset({Role.TRAINER}),
    "hr": frozenset({Role.HR_READER, Role.HR_FOLLOW_UP}),
    "administrator": frozenset({Role.ADMINISTRATOR}),
}
LEARN, ATTEMPT = "/apprendre/{slug}", "/apprendre/{slug}/tentatives"
STEPS = ("rester-libre", "cadeaux", "conflits", "activites", "sur-le-terrain")
SITUATION, STUDIO = "/rh/situation", "/formateur/modules/{slug}"
DRAFTS, PERSONS = "/formateur/brouillons", "/campagnes/personnes"

IMPORTS = ("matching_import", "refused_import", "ready_import")

PAGES: dict[str, tuple[str, ...]] = {
    "home.index": ("/",),
    "home.record": ("/mon-dossier",),
    "home.search": (
        "/recherche", "/recherche?q=cadeau", "/recherche?q=referent", "/recherche?q=introuvable",
    ),
    "home.what_to_do": ("/que-faire-si",),
    "home.glossary": ("/glossaire", "/glossaire?terme=secret-professionnel"),
    "home.contacts": ("/mes-contacts",),
    "home.site_map": ("/plan-du-site",),
    "home.accessibility": ("/accessibilite",),
    "home.legal": ("/mentions-legales",),
    "home.personal_data": ("/donnees-personnelles",),
    "people.sign_in": ("/connexion",),
    "people.forgotten": ("/mot-de-passe-oublie",),
    "people.choose_password": (f"/mot-de-passe/{RESET_TOKEN}",),
    "people.account": ("/mon-compte",),
    "people.change_password": ("/mon-compte/mot-de-passe",),
    "catalogue.index": ("/modules",),
    "catalogue.module": ("/modules/{slug}",),
    "catalogue.references": ("/references",),
    "learning.step": tuple(f"{LEARN}/etapes/{step}" for step in STEPS),
    "learning.reflex": (f"{LEARN}/fiche-reflexe",),
    "learning.my_practice": (f"{LEARN}/mes-exercices",),
    "learning.quiz": (f"{LEARN}/evaluation",),
    "learning.question": tuple(
        f"{ATTEMPT}/{{under_way}}/questions/{number}" for number in (1, 5, 10)
    ),
    "learning.overview": (f"{ATTEMPT}/{{under_way}}",),
    "learning.result": (f"{ATTEMPT}/{{submitted}}/resultat",),
    "learning.replay": (f"{ATTEMPT}/{{submitted}}/revoir",),
    "certificates.mine": ("/attestations",),
    "certificates.verify": ("/verifier/{serial}",),
    "certificates.revoke": ("/attestations/{serial}/revocation",),
    "campaigns.index": ("/campagnes",),
    "campaigns.create": ("/campagnes/nouvelle",),
    "campaigns.show": ("/campagnes/{campaign_id}",),
    "campaigns.people": (PERSONS, f"{PERSONS}?q=carpentier"),
    "campaigns.person": (f"{PERSONS}/{{other_id}}",),
    "campaigns.grant_equivalence": (f"{PERSONS}/{{other_id}}/equivalences",),
    "mails.choices": ("/mes-courriels",),
    "mails.stop": ("/rappels/arret/{signature}",),
    "statistics.situation": (
        SITUATION, f"{SITUATION}?unite={{unit_id}}&vue=modules", f"{SITUATION}?vue=corps",
        f"{SITUATION}?vue=grades", f"{SITUATION}?vue=evolution", f"{SITUATION}?date=2020-01-01",
        f"{SITUATION}?avec=2026-01-15", f"{SITUATION}?structure=aujourdhui&vue=modules",
        f"{SITUATION}?ensemble=parcours-1",
    ),
    "statistics.follow_up": (
        "/rh/suivi", "/rh/suivi?etat=expiring_90", "/rh/suivi?etat=expired",
        "/rh/suivi?unite={unit_id}&etat=late",
    ),
    "statistics.teams": ("/mes-equipes",),
    "studio.index": ("/formateur/",),
    "studio.module": (STUDIO,),
    "studio.findings": (f"{STUDIO}/verification",),
    "studio.doubts": (f"{STUDIO}/a-verifier",),
    "studio.comparison": (f"{STUDIO}/comparaison?avant=1&apres=fichiers",),
    "studio.publish": (f"{STUDIO}/publication",),
    "studio.erratum": (f"{STUDIO}/erratum",),
    "studio.analysis": (f"{STUDIO}/analyse/1", f"{STUDIO}/analyse/1?vue=dilemmes"),
    "studio.version_page": (
        f"{STUDIO}/versions/1/rester-libre", f"{STUDIO}/versions/1/sur-le-terrain",
        f"{STUDIO}/versions/1/evaluation",
    ),
    "studio.draft_page": ("/formateur/fichiers/{slug}/cadeaux",),
    "studio.drafts": (DRAFTS,),
    "studio.new_draft": (f"{DRAFTS}/nouveau",),
    "studio.draft_work": (f"{DRAFTS}/{{draft_id}}",),
    "studio.stories": (f"{DRAFTS}/{{draft_id}}/dilemmes",),
    "studio.frame": (f"{DRAFTS}/{{draft_id}}/a-cote",),
    "studio.text": (f"{DRAFTS}/{{draft_id}}/fichiers/module.md",),
    "studio.translation": (
        f"{DRAFTS}/{{draft_id}}/traduction/module.en.md",
        f"{DRAFTS}/{{draft_id}}/traduction/module.en.md?bloc=2",
    ),
    "studio.reread": (
        f"{DRAFTS}/{{draft_id}}/relecture/banques/questions.md",
        f"{DRAFTS}/{{draft_id}}/relecture/banques/questions.md?ligne=2",
    ),
    "studio.history": (f"{DRAFTS}/{{draft_id}}/historique/module.md",),
    "studio.revision": (f"{DRAFTS}/{{draft_id}}/revisions/{{revision_id}}",),
    "studio.conflict": (f"{DRAFTS}/{{draft_id}}/conflits/{{revision_id}}",),
    "studio.withdraw_draft": (f"{DRAFTS}/{{draft_id}}/abandon",),
    "studio.written_page": tuple(
        f"{DRAFTS}/{{draft_id}}/apercu/premiere-etape{view}" for view in ("", "?vue=relecture")
    ),
    "studio.publish_written": (f"{DRAFTS}/{{draft_id}}/publication",),
    "studio.offer": (f"{STUDIO}/catalogue",),
    "admin.people": ("/administration/personnes", "/administration/personnes?q=carpentier"),
    "admin.agent": ("/administration/personnes/{other_id}",),
    "admin.deactivate": ("/administration/personnes/{other_id}/desactivation",),
    "admin.imports": ("/administration/imports",),
    "admin.show_import": tuple(f"/administration/imports/{{{name}}}" for name in IMPORTS),
    "admin.roles": ("/administration/roles",),
    "admin.settings": ("/administration/reglages",),
    "admin.contacts": ("/administration/reglages/contacts/pn",),
    "admin.journal": ("/administration/journal",),
    "admin.mails": ("/administration/courriels", "/administration/courriels?etat=given_up"),
}  # fmt: skip
"""Addresses by endpoint; a place that a reader has nothing for leaves the address out."""

NOT_PAGES = {
    "static", "assets.styles", "health.healthz", "health.readyz", "catalogue.media",
    "studio.draft_media", "studio.aids", "certificates.pdf", "statistics.export",
    "statistics.export_names", "admin.export_mistakes", "learning.questions",
}  # fmt: skip
"""What answers with a file, with JSON or with parts of a page."""

REDIRECTS = {
    "learning.resume",
    "learning.take_up",
    "studio.version",
    "studio.draft",
    "studio.written",
}
"""What only leads to a page above."""

ONLY_VISITORS = {"people.sign_in"}
"""Pages that send who is signed in elsewhere."""

LOST = "/une-page-qui-n-existe-pas"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is looked at, and the status that it answers with."""

    path: str
    status: int = 200


def get_endpoints(app: Flask) -> set[str]:
    """List what answers to GET."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def addresses(app: Flask, role: str, things: dict[str, Any]) -> Iterator[Address]:
    """List the addresses that a role may open, the page of what is missing last."""
    for endpoint, paths in PAGES.items():
        if not may_open(app, endpoint, role):
            continue
        for path in paths:
            try:
                yield Address(path.format(**things))
            except KeyError:  # The reader has nothing there.
                continue
    yield Address(LOST, 404)


def may_open(app: Flask, endpoint: str, role: str) -> bool:
    """Tell whether a role's pages include this one."""
    stated = stated_policy(app, endpoint)
    assert stated is not None
    if role == "visitor":
        return stated.public
    if endpoint in ONLY_VISITORS:
        return False
    return not stated.roles or bool(set(stated.roles) & ROLES[role])
