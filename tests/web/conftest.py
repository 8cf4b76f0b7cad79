"""A site of its own for every test: an empty database, a guest who reads English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.store import Store, open_store


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/site.db") as store:
        monkeypatch.setattr("web.resources.store", lambda: store)
        monkeypatch.setattr("web.resources.token", lambda: "")
        monkeypatch.setattr("web.words.language", lambda: "en")
        yield store
