"""The settings that an installation makes for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import config


def test_an_installation_keeps_its_own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "ROOT", tmp_path)
    first = config.keep_secret_key({"PRODUCTION": False})
    assert len(first) == 64
    assert config.keep_secret_key({"PRODUCTION": False}) == first
    kept = list((tmp_path / "instance").iterdir())
    assert [path.name for path in kept] == ["secret_key"]
    assert kept[0].stat().st_mode & 0o077 == 0


def test_production_asks_for_a_key() -> None:
    with pytest.raises(SystemExit, match="SECRET_KEY"):
        config.keep_secret_key({"PRODUCTION": True})
