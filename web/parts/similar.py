"""More practice of the same kind: a button that asks for a problem with other numbers, whose answer is verified."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

import streamlit as st

from tutor.records import Problem
from tutor.service.similar import find_similar
from web.words import _

SEEDS: Final = 10**9


def offer_similar(problem: Problem, take: Callable[[str], None], *, key: str) -> None:
    """The button. take: called with the statement of the new problem, "" where none was found that can be verified."""
    st.button(
        _("Give me a similar problem"),
        key=f"similar-{key}",
        on_click=_look,
        args=(problem, take),
        help=_("The same kind of problem with other numbers. It opens in free practice."),
    )


def none_found() -> str:
    """What is said where there is none."""
    return _("No similar problem was found here whose answer could be verified.")


def _look(problem: Problem, take: Callable[[str], None]) -> None:
    found = find_similar(problem, secrets.randbelow(SEEDS))
    take("" if found is None else found.statement)
