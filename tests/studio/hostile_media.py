"""Films, sounds, captions, names and other files made to harm."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tests.pictures import mp3
from tests.studio.hostile_pictures import PAYLOADS, SOUND, Hostile, all_pictures

HTML = PAYLOADS["html"]
TRACK = (b"\x00\x00\x00\x00" * 2 + b"vide" + b"\x00" * 12) + b"VideoHandler\x00"


def box(kind: bytes, *inside: bytes) -> bytes:
    """Make a box of an MP4."""
    content = b"".join(inside)
    return struct.pack(">I", len(content) + 8) + kind + content


def dref(*entries: bytes) -> bytes:
    """Make the box that says where a track's pictures are."""
    return box(b"dinf", box(b"dref", b"\x00" * 4, struct.pack(">I", len(entries)), *entries))


OWN = box(b"url ", b"\x00\x00\x00\x01")


def mp4(*more: bytes, inside: bytes = b"", data: bytes = OWN, handler: bytes = TRACK) -> bytes:
    """Make a film of one track, with boxes beside and inside the head."""
    table = box(b"stbl", box(b"stsd", b"\x00" * 8), box(b"stco", b"\x00" * 8))
    media = box(b"mdia", box(b"hdlr", handler), box(b"minf", dref(data), table))
    head = box(b"moov", box(b"mvhd", b"\x00" * 100), box(b"trak", media), inside)
    return b"".join([box(b"ftyp", b"isom\x00\x00\x02\x00isommp42"), head, *more,
                     box(b"mdat", b"\x00" * 64)])  # fmt: skip


def element(number: bytes, *inside: bytes) -> bytes:
    """Make an element of a WebM."""
    content = b"".join(inside)
    return number + (1 << 56 | len(content)).to_bytes(8, "big") + content


def webm(*more: bytes, kind: bytes = b"webm", info: bytes = b"") -> bytes:
    """Make a film with elements beside its pictures."""
    segment = [
        element(b"\x15\x49\xa9\x66", element(b"\x2a\xd7\xb1", b"\x0f\x42\x40"), info),
        element(b"\x16\x54\xae\x6b", element(b"\xae", b"")),
        *more,
        element(b"\x1f\x43\xb6\x75", element(b"\xe7", b"\x00"), element(b"\xa3", b"\x81\x00\x00")),
    ]
    return element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", kind)) + element(
        b"\x18\x53\x80\x67", *segment
    )


def all_media() -> Iterator[Hostile]:
    """Go through all the files made to harm."""
    yield from all_pictures()
    yield from others()
    yield from films()
    yield from webm_films()
    yield from sounds()
    yield from captions()
    yield from names()


def others() -> Iterator[Hostile]:
    """Files of other types, under the name of a picture."""
    files = {
        **PAYLOADS, "exe": b"MZ" + b"\x00" * 100, "elf": b"\x7fELF" + b"\x00" * 100,
        "gif": b"GIF89a/*canari*/=1;alert(1)", "bmp": b"BM" + b"\x00" * 60,
        "tiff": b"II*\x00" + b"\x00" * 60, "ico": b"\x00\x00\x01\x00" + b"\x00" * 60,
        "heic": box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic"), "mov": box(b"ftyp", b"qt  \x00"),
        "avif": box(b"ftyp", b"avif\x00\x00\x00\x00avifmif1"), "empty": b"", "xml": b"<?xml?><a/>",
        "noise": bytes((place * 89 + 7) % 256 for place in range(5_000)), "nul": b"\x00" * 5_000,
        "mhtml": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + HTML,
        "swf": b"CWS\x0a" + b"\x00" * 60, "ogg": b"OggS" + b"\x00" * 60,
    }  # fmt: skip
    for kind, data in files.items():
        yield Hostile(f"{kind} as png", f"{kind}.png", data)


def films() -> Iterator[Hostile]:
    """Films in MP4."""
    for kind in (b"free", b"skip", b"udta", b"meta", b"uuid", b"wide", b"\xa9xyz", b"html"):
        yield Hostile(f"HTML in {kind!r}", "a.mp4", mp4(box(kind, HTML)), True)
        inner = mp4(inside=box(kind, HTML))
        yield Hostile(f"HTML in {kind!r} of the head", "a.mp4", inner, True)
    named = TRACK[:24] + HTML + b"\x00"
    yield Hostile("HTML as a handler's name", "a.mp4", mp4(handler=named), True)
    yield Hostile("pictures elsewhere", "a.mp4", mp4(data=box(b"url ", b"\0\0\0\0http://canari/")))
    yield Hostile("HTML after a film", "a.mp4", mp4() + HTML)
    yield Hostile("a film that is cut", "a.mp4", mp4()[:-20])
    yield Hostile("no head", "a.mp4", box(b"ftyp", b"isom") + box(b"mdat", HTML))
    deep = b""
    for _ in range(1_000):
        deep = box(b"moov", deep)
    yield Hostile("1,000 heads inside one another", "a.mp4", mp4(inside=deep))
    yield Hostile("a million boxes", "a.mp4", mp4(box(b"free") * 900_000))
    for size in (0, 2, 7, 2**32 - 1):
        lying = mp4(inside=struct.pack(">I", size) + b"trak" + b"\x00" * 8)
        yield Hostile(f"a box of {size} bytes", "a.mp4", lying)
    huge = mp4(struct.pack(">I", 1) + b"uuid" + (2**63).to_bytes(8, "big"))
    yield Hostile("a box of 2^63 bytes", "a.mp4", huge)


def webm_films() -> Iterator[Hostile]:
    """Films in WebM."""
    file = element(b"\x61\xa7", element(b"\x46\x6e", b"a.html"), element(b"\x46\x5c", HTML))
    yield Hostile("an attached page", "a.webm", webm(element(b"\x19\x41\xa4\x69", file)), True)
    yield Hostile("tags", "a.webm", webm(element(b"\x12\x54\xc3\x67", HTML)), True)
    yield Hostile("chapters", "a.webm", webm(element(b"\x10\x43\xa7\x70", HTML)), True)
    yield Hostile("a filled void", "a.webm", webm(element(b"\xec", HTML)), True)
    yield Hostile("a title", "a.webm", webm(info=element(b"\x7b\xa9", HTML)), True)
    yield Hostile("a program", "a.webm", webm(info=element(b"\x4d\x80", HTML)), True)
    yield Hostile("HTML after a film", "a.webm", webm() + HTML, True)
    yield Hostile("Matroska", "a.webm", webm(kind=b"matroska;webm"))
    yield Hostile("a film that is cut", "a.webm", webm()[:-5])
    yield Hostile("no pictures", "a.webm", webm()[:90])
    yield Hostile("a million voids", "a.webm", webm(b"\xec\x80" * 1_000_000))
    yield Hostile("sizes of all ones", "a.webm", webm(b"\x16\x54\xae\x6b\x01" + b"\xff" * 7))


def sounds() -> Iterator[Hostile]:
    """Sounds."""
    title = b"ID3\x04\x00\x00" + bytes([0, 0, len(HTML) >> 7, len(HTML) & 127]) + HTML
    yield Hostile("a title of HTML", "a.mp3", title + mp3(), True)
    yield Hostile("HTML after a sound", "a.mp3", mp3() + HTML, True)
    yield Hostile("HTML before a sound", "a.mp3", HTML + mp3())
    yield Hostile("HTML within a sound", "a.mp3", mp3() + HTML + mp3(), True)
    yield Hostile("a title alone", "a.mp3", title)
    yield Hostile("a title of 256 MB", "a.mp3", b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + mp3())
    yield Hostile("marks of frames only", "a.mp3", b"\xff\xfb" * 4_000)


def captions() -> Iterator[Hostile]:
    """Captions, sent for a film that is there."""
    cue = b"WEBVTT\n\n00:00.000 --> 00:01.000\n"
    script, style = b"<script>canari()</script>", b"STYLE\n::cue{background:url(//canari)}\n\n"
    name = "film.fr.vtt"
    yield Hostile("a script in captions", name, cue + script, True, b"<script")
    entity = b"&lt;img src=x onerror=canari()&gt;"
    yield Hostile("a written mark", name, cue + entity, True, b"<img")
    yield Hostile("a style", name, b"WEBVTT\n\n" + style + cue[8:] + b"Oui", True)
    yield Hostile("a note", name, b"WEBVTT\n\nNOTE canari\n\n" + cue[8:] + b"Oui", True)
    yield Hostile("a region", name, b"WEBVTT\n\nREGION\nid:canari\n\n" + cue[8:] + b"Oui", True)
    yield Hostile("HTML in the head", name, b"WEBVTT <html>canari\n" + cue[6:] + b"Oui", True)
    yield Hostile(
        "a link as a voice", name, cue + b"<v <a href=javascript:canari>>Oui", True, b"<a"
    )
    yield Hostile("a NUL", name, cue + b"a\x00b")
    yield Hostile("UTF-16", name, (cue + b"Oui").decode().encode("utf-16"))
    yield Hostile("Latin-1", name, cue + "été".encode("latin-1"))
    yield Hostile("no times", name, b"WEBVTT\n\ncanari\n")
    yield Hostile("times backwards", name, b"WEBVTT\n\n00:09.000 --> 00:01.000\nOui\n")
    yield Hostile("times of letters", name, b"WEBVTT\n\naa --> bb\nOui\n")
    yield Hostile("a line of 190 kB", name, cue + b"<" * 190_000, True)
    yield Hostile("blanks that go on", name, b"WEBVTT\n\n00:00.000" + b" " * 150_000 + b"-->\nOui")
    yield Hostile("300 kB", name, cue + b"Oui\n" * 75_000)
    yield Hostile("captions of nothing", "inconnu.fr.vtt", cue + b"Oui")


def names() -> Iterator[Hostile]:
    """A sound picture under a name made to harm."""
    for name in (
        "../../../etc/passwd", "..\\..\\windows\\win.ini.png", "/etc/cron.d/a.png", "a\x00.png",
        "photo\u202egnp.exe", "x" * 5_000 + ".png", "é" * 3_000, "<img src=x onerror=alert(1)>.png",
        'a".png', "a\r\nSet-Cookie: canari=1.png", "....", ".htaccess", "con.png", "a.html",
        "a.svg", "%2e%2e%2fa.png", "module.md", "media/../module.md", "a.transcription.md",
        "\u2066\u2067.png",         "{{ canari }}.png", "'; DROP TABLE media; --.png",
    ):  # fmt: skip
        yield Hostile(f"the name {name[:30]!r}", name, SOUND["png"], True)
