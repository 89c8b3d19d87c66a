"""The sixty units of the fictional territory, on five levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit to make: its code says its place, ``PN-VAL`` being under ``PN``."""

    code: str
    name: str
    kind: str
    staff: int
    """How many agents work in the unit itself, its head among them."""

    @property
    def parent_code(self) -> str | None:
        """Give the code of the unit above; the territory has none."""
        if self.code == ROOT:
            return None
        return self.code.rpartition("-")[0] or ROOT

    @property
    def corps(self) -> str:
        """Give the corps of the unit; the territory has none."""
        return "" if self.code == ROOT else self.code.split("-")[0].lower()

    @property
    def level(self) -> int:
        """Count the levels from the territory, which is the first."""
        return 1 if self.code == ROOT else 2 + self.code.count("-")


ROOT = "VALDORE"

TREE = """
VALDORE | Forces du Valdoré | territoire | 0
PN | Police nationale du Valdoré | direction | 4
PN-VAL | Circonscription de police de Valdoré | circonscription | 4
PN-VAL-VP | Voie publique de Valdoré | service | 4
PN-VAL-VP-J | Brigade de jour de Valdoré | brigade | 14
PN-VAL-VP-N | Brigade de nuit de Valdoré | brigade | 12
PN-VAL-VP-G | Groupe de proximité des Tanneurs | groupe | 9
PN-VAL-ENQ | Enquêtes de Valdoré | service | 5
PN-VAL-ENQ-P | Groupe des atteintes aux personnes | groupe | 8
PN-VAL-ENQ-B | Groupe des atteintes aux biens | groupe | 9
PN-VAL-ACC | Accueil et plaintes de Valdoré | service | 7
PN-PSE | Circonscription de police de Port-Saint-Elme | circonscription | 3
PN-PSE-VP | Voie publique de Port-Saint-Elme | service | 3
PN-PSE-VP-J | Brigade de jour de Port-Saint-Elme | brigade | 12
PN-PSE-VP-N | Brigade de nuit de Port-Saint-Elme | brigade | 10
PN-PSE-VP-Q | Brigade des quais | brigade | 6
PN-PSE-ENQ | Enquêtes de Port-Saint-Elme | service | 8
PN-FOR | Centre de formation de la police | centre | 8
PN-SOU | Soutien opérationnel | service | 6
GN | Gendarmerie du Valdoré | groupement | 6
GN-MON | Compagnie de Montclair | compagnie | 5
GN-MON-C | Communauté de brigades de Montclair | communauté de brigades | 4
GN-MON-C-M | Brigade de Montclair | brigade | 12
GN-MON-C-A | Brigade de Saint-Aubrac | brigade | 6
GN-MON-P | Peloton de surveillance de Montclair | peloton | 11
GN-MON-R | Brigade de recherches de Montclair | brigade | 6
GN-ORL | Compagnie de Sainte-Orle | compagnie | 5
GN-ORL-C | Communauté de brigades de Sainte-Orle | communauté de brigades | 3
GN-ORL-C-O | Brigade de Sainte-Orle | brigade | 11
GN-ORL-C-R | Brigade de Roquelune | brigade | 4
GN-ORL-C-L | Brigade nautique du lac d’Orle | brigade | 3
GN-ORL-M | Peloton motorisé de Sainte-Orle | peloton | 9
GN-OPS | Centre d’opérations de la gendarmerie | centre | 7
SP | Service d’incendie et de secours du Valdoré | service d’incendie | 6
SP-NOR | Groupement nord | groupement | 3
SP-NOR-VAL | Centre de secours de Valdoré | centre de secours | 5
SP-NOR-VAL-A | Garde A de Valdoré | garde | 14
SP-NOR-VAL-B | Garde B de Valdoré | garde | 13
SP-NOR-MON | Centre de secours de Montclair | centre de secours | 10
SP-SUD | Groupement sud | groupement | 3
SP-SUD-PSE | Centre de secours de Port-Saint-Elme | centre de secours | 4
SP-SUD-PSE-A | Garde de Port-Saint-Elme | garde | 12
SP-SUD-PSE-N | Équipe nautique | équipe | 5
SP-SUD-ROQ | Centre de première intervention de Roquelune | centre de secours | 6
PM | Polices municipales du Valdoré | coordination | 2
PM-VAL | Police municipale de Valdoré | police municipale | 3
PM-VAL-J | Brigade de proximité de Valdoré | brigade | 10
PM-VAL-S | Brigade de soirée de Valdoré | brigade | 7
PM-PSE | Police municipale de Port-Saint-Elme | police municipale | 2
PM-PSE-J | Brigade de jour municipale de Port-Saint-Elme | brigade | 8
PM-ROQ | Police municipale de Roquelune | police municipale | 2
PREF | Préfecture du Valdoré | préfecture | 3
PREF-CAB | Cabinet et sécurités | direction | 7
PREF-CAB-SI | Bureau de la sécurité intérieure | bureau | 8
PREF-SG | Secrétariat général commun | secrétariat général | 5
PREF-SG-RH | Ressources humaines | service | 12
PREF-SG-RH-F | Bureau de la formation | bureau | 6
PREF-CIT | Citoyenneté et titres | direction | 4
PREF-CIT-ACC | Accueil des usagers | bureau | 11
PREF-SPO | Sous-préfecture de Sainte-Orle | sous-préfecture | 5
"""


def read_tree(text: str) -> Iterator[UnitPlan]:
    """Read one unit a line, parents before children."""
    for line in text.strip().splitlines():
        code, name, kind, staff = (part.strip() for part in line.split("|"))
        yield UnitPlan(code, name, kind, int(staff))


UNITS = tuple(read_tree(TREE))
