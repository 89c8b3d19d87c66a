"""A memory up to a weight."""

from __future__ import annotations

from app.studio.kept import Kept


def test_what_was_used_last_stays() -> None:
    kept: Kept[str] = Kept(3)
    for name in "abc":
        kept.put(name, name.upper())
    assert kept.get("a") == "A"
    kept.put("d", "D")
    assert [kept.get(name) for name in "abcd"] == ["A", None, "C", "D"]


def test_weights_are_counted_once() -> None:
    kept: Kept[str] = Kept(10)
    for _ in range(5):
        kept.put("a", "A", 4)
    kept.put("b", "B", 6)
    assert (kept.get("a"), kept.get("b"), kept.weight) == ("A", "B", 10)
    kept.put("c", "C", 11)
    assert (dict(kept.things), kept.weight) == ({}, 0)
