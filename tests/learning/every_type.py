"""A module that asks in every way, in its steps and in its quiz; its keys are canaries."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.orm import Session

from app.catalogue.services import publish
from app.database import utc_now
from app.dialect.compiled import CompiledModule
from app.dialect.context import Context
from app.dialect.reading import Reading, read_files

SLUG = "tous-les-types"

ITEMS = """\
### Classement : Recevoir une plainte {{#{where}-ordre{see}}}
Dans quel ordre ?
1. Saluer
   > CANARI-RANG D'abord un regard.
2. Écouter
3. Expliquer la suite

**Explication :** CANARI-EXPLIQUE l'ordre.

### Association : À chacun son texte {{#{where}-paires{see}}}
Reliez.
- Policier -> Code *commun*
- Gendarme -> Code *commun*
- Pompière -> Charte
  > CANARI-PAIRE La charte nationale.
- -> Règlement

**Explication :** CANARI-EXPLIQUE les paires.

### Nombre : Le délai {{#{where}-nombre{see}}}
En combien d'heures ?

**Réponse :** 4871 ± 2 h

**Explication :** CANARI-EXPLIQUE le nombre.

### Réponse courte : Le mot {{#{where}-mot{see}}}
Qui conseille ?
- [x] a) CANARI-MOT
- [ ] b) inspection
  > CANARI-INSPECTION Elle contrôle.

**Explication :** CANARI-EXPLIQUE le mot.

### Texte à trous : La force {{#{where}-trous{see}}}
Elle est [[CANARI-TROU|nécessaire]] et [[proportionnée ~ rapide ~ visible]].

**Explication :** CANARI-EXPLIQUE les trous.
"""

MODULE = f"""\
---
duree: 20
public: tous
competences: [probite]
---
# Tous les types

## Essayer {{#essayer}}

> [!EXEMPLE]
> Un geste utile.

{ITEMS.format(where="flux", see="")}
### Sondage : Votre avis {{#flux-avis}}
Qu'en dites-vous ?
- [ ] a) Souvent
- [ ] b) Parfois
  > CANARI-AVIS Merci.

## Évaluation {{#evaluation .evaluation}}

### Tirage : Toutes {{#toutes banque=types nombre=5}}
"""

RIGHT = {
    "ordre": [1, 2, 3],
    "paires": [1, 1, 2],
    "nombre": "4872,5 h",
    "mot": "canari-mot",
    "trous": ["Nécessaire", "proportionnée"],
}
"""A right answer of each type, as it is stored."""
WRONG = {
    "ordre": [3, 2, 1],
    "paires": [3, 0, 1],
    "nombre": "12",
    "mot": "Inspection",
    "trous": ["", "rapide"],
}


def read_types() -> Reading:
    """Read the module."""
    bank = ITEMS.format(where="quiz", see=" voir=essayer")
    files = {"module.md": MODULE.encode(), "banques/types.md": bank.encode()}
    return read_files(files, slug=SLUG, context=Context())


@lru_cache
def compiled_types() -> CompiledModule:
    """Give the module in French."""
    reading = read_types()
    assert reading.messages == ()
    return reading.modules["fr"]


def publish_types(session: Session) -> int:
    """Publish the module and return its version's id, committed."""
    version = publish(session, read_types(), author_id=None, now=utc_now())
    session.commit()
    return version.version_id
