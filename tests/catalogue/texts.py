"""A small module, whole, whose texts a test changes one by one."""

from __future__ import annotations

from pathlib import Path

from app.dialect.context import Context
from app.dialect.reading import Reading, read_files
from tests.pictures import png

MODULE = """---
duree: 15
public: [pn, gn]
competences: [probite]
revu_le: 2026-01-10
a_revoir_le: 2099-01-10
statut_source: mixte
auteurs: Une équipe
niveau: fondamental
---
# Le café offert

## Un geste banal {#geste}

Un café offert chaque matin crée une **dette invisible**. Le cœur du métier reste libre.

> [!EXEMPLE]
> Elle remercie et paie.

### Pour la gendarmerie {corps=gn}

Au quartier, la brigade en parle.

### Choix unique : Le gérant {#gerant}
Il refuse que vous payiez. Que faites-vous ?
- [ ] a) Vous acceptez
  > CANARI-RETOUR-A
- [x] b) Vous payez
  > CANARI-RETOUR-B
- [ ] c) Vous partez
  > CANARI-RETOUR-C

**Indice :** Que dirait le client assis à côté ?

**Explication :** CANARI-EXPLICATION

### Réflexion : Et vous {#et-vous}
Avez-vous déjà vécu cela ?

### Dilemme : La vidéo {#video}
Un collègue diffuse une vidéo.
- [En parler](#parler) {avis=exemplaire}
- [Se taire](#taire) {avis=a-eviter}

#### parler
Il écoute, puis hésite.
- [Insister](#suite) {avis=defendable}

#### suite
Il la retire.

**Éclairage :** CANARI-SUITE

#### taire
Elle circule.

**Éclairage :** CANARI-TAIRE

## Réservé à la gendarmerie {#reserve corps=gn}

Le quartier, seulement.

## Évaluation {#evaluation .evaluation}

### Vrai ou faux : La règle {#regle voir=geste}
Un avantage crée une attente.
- [x] a) Vrai
  > Oui.
- [ ] b) Faux
  > Si.

**Explication :** La répétition compte.

### Tirage : Deux cas {#tirage banque=cas nombre=1}

## Fiche d'animation {#animation .animation}

CANARI-ANIMATION

## Fiche réflexe {#reflexe .reflexe}

Remercier, payer, le dire.
"""

BANK = """### Choix unique : Le premier cas {#premier voir=geste}
CANARI-BANQUE, que dire ?
- [x] a) Merci
  > Oui.
- [ ] b) Rien
  > Non.

**Explication :** On remercie.

### Choix unique : Le second cas {#second voir=geste}
Que faire ?
- [ ] a) Garder
  > Non.
- [x] b) Rendre
  > Oui.

**Explication :** On rend.
"""

ENGLISH = MODULE.replace("# Le café offert", "# The free coffee").replace(
    "## Un geste banal", "## An ordinary gesture"
)

PNG = png()


def read(
    text: str = MODULE,
    *,
    bank: str = BANK,
    slug: str = "cafe-offert",
    english: str | None = None,
    media: dict[str, bytes] | None = None,
) -> Reading:
    """Read the module with these texts."""
    files = {"module.md": text.encode(), "banques/cas.md": bank.encode(), **(media or {})}
    if english is not None:
        files["module.en.md"] = english.encode()
        files["banques/cas.en.md"] = bank.encode()
    return read_files(files, slug=slug, context=Context())


def lay(content: Path, slug: str = "cafe-offert", text: str = MODULE, bank: str = BANK) -> Path:
    """Write the module into a content folder, and return its own folder."""
    folder = content / "modules" / slug
    (folder / "banques").mkdir(parents=True, exist_ok=True)
    (folder / "module.md").write_text(text, encoding="utf-8")
    (folder / "banques" / "cas.md").write_text(bank, encoding="utf-8")
    return folder
