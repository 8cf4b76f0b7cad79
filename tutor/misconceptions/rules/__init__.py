"""The rules, one a file, for errors that their entry's own pattern does not find; all others run as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from tutor.misconceptions.catalogue import entries
from tutor.misconceptions.misconception import Misconception, as_it_stands

# Ids of entries with a file of that name in this folder, in order.
CATALOGUE: tuple[str, ...] = ()


@cache
def rules() -> Mapping[str, Misconception]:
    """Every misconception that can be recognised, by id, in the catalogue's order."""
    found: dict[str, Misconception] = {}
    for entry in entries().values():
        if entry.id in CATALOGUE:
            found[entry.id] = import_module(f"{__name__}.{entry.id}").RULE
        elif entry.checked and (rule := as_it_stands(entry)) is not None:
            found[entry.id] = rule
    return found
