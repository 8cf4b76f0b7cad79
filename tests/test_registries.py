from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import tutor.verify
from tutor.verify.domains import DOMAINS, domain

VERIFY = Path(tutor.verify.__file__).parent


def test_every_domain_file_is_registered() -> None:
    """A file with `accepts` and `judge` that is not in the list would never be asked."""
    files = {
        path.stem
        for path in VERIFY.glob("*.py")
        if hasattr(module := import_module(f"tutor.verify.{path.stem}"), "accepts") and hasattr(module, "judge")
    }
    assert files == set(DOMAINS)


def test_no_domain_is_registered_twice() -> None:
    assert len(DOMAINS) == len(set(DOMAINS))


@pytest.mark.parametrize("name", DOMAINS)
def test_a_domain_has_a_name_accepts_and_judge(name: str) -> None:
    module = domain(name)
    assert module.NAME
    assert callable(module.accepts)
    assert callable(module.judge)
