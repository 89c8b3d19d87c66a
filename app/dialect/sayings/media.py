"""What is said about the files of ``media/``: L104 to L107, L201, L202, A104."""

from __future__ import annotations

from app.dialect.sayings.saying import Saying, error, warning

MEDIA: dict[str, Saying] = {
    "L104": error(
        "type de fichier inconnu : « {name} »",
        "unknown type of file: “{name}”",
        "png, jpg, webp, svg, mp3, mp4, webm, x.fr.vtt ou x.transcription.md",
        "png, jpg, webp, svg, mp3, mp4, webm, x.en.vtt or x.transcription.md",
    ),
    "L104-diagram": error(
        "un schéma en SVG ne s'envoie pas : « {name} »",
        "a diagram in SVG cannot be sent: “{name}”",
        "envoyez-le en png ou en webp",
        "send it as png or webp",
    ),
    "L104-picture": error(
        "« {target} » n'est pas une image",
        "“{target}” is not a picture",
        "un film ou un son se lie seul dans son paragraphe : [titre](media/x.mp4)",
        "a film or a sound is linked alone in its paragraph: [title](media/x.mp4)",
    ),
    "L105": error(
        "le contenu de ce fichier n'est pas du type {type}",
        "what this file holds is not of the type {type}",
        "enregistrez-le à nouveau dans ce type, ou changez son nom",
        "save it again in this type, or change its name",
    ),
    "L105-size": error(
        "la taille de cette image ne se lit pas : le fichier est abîmé",
        "the size of this picture cannot be read: the file is damaged",
        "enregistrez-la à nouveau",
        "save it again",
    ),
    "L106": error(
        "fichier de {size} Mo : la limite est de {limit} Mo",
        "file of {size} MB: the limit is {limit} MB",
        "réduisez-le",
        "make it smaller",
    ),
    "L106-pixels": error(
        "image de {count} millions de points : la limite est de {limit} millions",
        "picture of {count} million pixels: the limit is {limit} million",
        "réduisez-la : 1 600 points de large suffisent",
        "make it smaller: 1,600 pixels across are enough",
    ),
    "L107-element": error(
        "élément refusé dans un schéma : « {name} »",
        "element refused in a diagram: “{name}”",
        "formes, textes et flèches seulement : exportez en SVG simple",
        "shapes, texts and arrows only: export as plain SVG",
    ),
    "L107-attribute": error(
        "attribut refusé dans un schéma : « {name} »",
        "attribute refused in a diagram: “{name}”",
        "ni style, ni lien, ni événement : exportez en SVG simple, avec des attributs",
        "no style, link or event: export as plain SVG, with attributes",
    ),
    "L107-value": error(
        "valeur refusée dans un schéma : {name}=« {value} »",
        "value refused in a diagram: {name}=“{value}”",
    ),
    "L107-xml": error("ce schéma n'est pas du XML bien formé", "this diagram is not sound XML"),
    "L107-doctype": error(
        "un schéma n'a pas de DOCTYPE",
        "a diagram has no DOCTYPE",
        "retirez cette ligne",
        "remove this line",
    ),
    "L107-encoding": error(
        "un schéma est en UTF-8, pas en {encoding}", "a diagram is in UTF-8, not in {encoding}"
    ),
    "L107-size": error(
        "ce schéma ne dit pas sa taille",
        "this diagram does not say its size",
        "ajoutez viewBox à l'élément svg",
        "add viewBox to the svg element",
    ),
    "L107-deep": error(
        "plus de {limit} éléments les uns dans les autres",
        "more than {limit} elements inside one another",
    ),
    "L201": warning(
        "image de {size} ko : au-delà de {limit} ko, un téléphone attend",
        "picture of {size} kB: over {limit} kB, a phone waits",
        "réduisez-la, ou enregistrez-la en webp",
        "make it smaller, or save it as webp",
    ),
    "L202": warning(
        "la photo dit quand, où ou avec quoi elle a été prise (EXIF)",
        "the photograph says when, where or with what it was taken (EXIF)",
        "enregistrez-la sans ces données",
        "save it without these data",
    ),
    "A104-captions": error(
        "film sans sous-titres dans la langue du texte",
        "film without captions in the language of the text",
        "ajoutez {name}",
        "add {name}",
    ),
    "A104-transcript": error(
        "film ou son sans transcription",
        "film or sound without a transcript",
        "ajoutez {name}",
        "add {name}",
    ),
}
