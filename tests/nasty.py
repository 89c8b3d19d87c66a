"""Values that break careless programs, and requests made of them."""

from __future__ import annotations

import json
import random
from typing import Any

TEXTS = [
    "", " ", "\x00", "a\x00b", "\ud800", "é" * 300, "x" * 5_000, "'; DROP TABLE agent; --",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "%s%n%d",
    "../../etc/passwd", "..\\..\\x", "\u202eabc", "\u200b", "١٢٣", "1e309", "NaN", "-1", "0",
    "9" * 19, "9" * 40, "2147483648", "-9223372036854775809", "true", "null", "[]", "{}",
    "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "=1+1", "+cmd", "@x", "\t", "\r\n",
    "//evil.example", "/\\evil.example", "javascript:alert(1)", "a" * 256, "🦊" * 50, "\ufeff",
]  # fmt: skip
NUMBERS = [0, 1, -1, 2**31, 2**63, 2**64, 10**40, 1.5, -0.0, 1e308]
BODIES = [
    b"", b"{", b"[]", b"null", b'"x"', b'{"a": NaN}', b'{"a": 1e999}', b"\xff\xfe", b"\x00",
    b"[" * 5_000, b'{"a":' * 60 + b"1" + b"}" * 60, b'{"value": "\\ud800", "token": "x"}',
    b'{"value": "a\\u0000b"}', b'{"value": ' + b"9" * 400 + b"}",
]  # fmt: skip
TYPES = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/x"]


def text(rng: random.Random) -> str:
    """Choose a nasty text, sometimes two glued together."""
    chosen = rng.choice(TEXTS)
    return chosen + rng.choice(TEXTS) if rng.random() < 0.1 else chosen


def value(rng: random.Random, depth: int = 0) -> Any:
    """Make a nasty JSON value."""
    kind = rng.randrange(5 if depth < 3 else 3)
    if kind == 3:
        return [value(rng, depth + 1) for _ in range(rng.randrange(4))]
    if kind == 4:
        return {text(rng): value(rng, depth + 1) for _ in range(rng.randrange(4))}
    return rng.choice([text(rng), rng.choice(NUMBERS), None, True])


def body(rng: random.Random, names: list[str], token: str) -> dict[str, Any]:
    """Make the body of a request: raw bytes, JSON, a form, or a form with a file."""
    kind = rng.randrange(4)
    if kind == 0:
        return {"data": rng.choice(BODIES), "content_type": rng.choice(TYPES)}
    fields = {rng.choice(names): value(rng) for _ in range(rng.randrange(6))}
    if kind == 1:
        content = json.dumps(fields | {"value": value(rng), "token": text(rng)})
        return {"data": content.encode("utf-8", "replace"), "content_type": "application/json"}
    plain = {name: text(rng).encode("utf-8", "surrogatepass") for name in fields}
    return {"data": plain | {"csrf_token": token}}
