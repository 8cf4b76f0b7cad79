from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import tutor.slm.backends
import tutor.verify
from tutor.slm.backends import BACKENDS
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


def test_every_backend_file_is_registered() -> None:
    """`generative` is the base of those that write text, not one of them."""
    files = {path.stem for path in Path(tutor.slm.backends.__file__).parent.glob("*.py")} - {"__init__", "generative"}
    assert files == {entry.partition(":")[0].rpartition(".")[2] for entry in BACKENDS.values()}


@pytest.mark.parametrize("name", BACKENDS)
def test_a_backend_has_its_name_and_the_four_jobs(name: str) -> None:
    module, _, kind = BACKENDS[name].partition(":")
    backend = getattr(import_module(module), kind)
    assert backend.name == name
    for job in ("read_lines", "read_problems", "reason", "word_hints", "close"):
        assert callable(getattr(backend, job))
