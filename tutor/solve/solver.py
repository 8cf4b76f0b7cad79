"""Search the laws for a way from the givens to the unknown."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from tutor.laws.catalogue import Catalogue, catalogue
from tutor.laws.scene import Scene, scene_of
from tutor.records import Problem
from tutor.solve.choosing import choose
from tutor.solve.preparing import known_constants, knowns_of, prepared
from tutor.solve.quantities import known_of_given
from tutor.solve.solution import Solution, Solved
from tutor.solve.writing import written

STANDARD_GRAVITY = Fraction(981, 100)


def solve(problem: Problem) -> Solution:
    """A worked solution for each unknown of the problem, or why there is none; never a guess."""
    scene = scene_of(problem)
    if not problem.parts or not scene.unread:
        return solve_scene(scene, problem)
    whole: list[Solved] = []
    for part in problem.parts:
        of_part = scene_of(problem, part)
        found = solve_scene(of_part, problem)
        whole += [
            replace(s, asked=replace(s.asked, part=part.id) if s.asked is not None else None) for s in found.parts
        ]
    return Solution(scene, tuple(whole))


@lru_cache(maxsize=1)
def default_constants() -> dict[str, Fraction]:
    """Constants of nature in base units; g as schools take it."""
    from tutor.bridge.constants import CONSTANTS

    return {id_: c.value for id_, c in CONSTANTS.items()} | {"g": STANDARD_GRAVITY}


def solve_scene(scene: Scene, problem: Problem) -> Solution:
    """The same for a scene that has been read; the problem is what the worked lines are checked against."""
    if not scene.asked:
        why = "what is asked for was not understood" if scene.physical else "this is not a problem of physics"
        return Solution(scene, (Solved(None, why_silent=why),))
    scene = prepared(scene, problem.statement)
    silent = why_not(scene, catalogue(), problem.statement)
    if silent:
        return Solution(scene, tuple(Solved(asked, why_silent=silent) for asked in scene.asked))
    laws = catalogue()
    constants = default_constants()
    knowns = knowns_of(scene, laws, problem.statement)
    knowns += known_constants(scene, knowns, constants)
    chosen = choose(scene, laws, knowns, constants)
    return Solution(scene, tuple(written(one, scene, laws, problem) for one in chosen))


EACH = re.compile(r"\beach\b(?! (?:of|second|minute|hour|day|other|cycle|time|turn|revolution))", re.IGNORECASE)


MELTS = re.compile(r"\bmelt|\bwater\b|\bliquid|\bsteam\b|\bboil|\bvapou?r|\bturns?\b|\bfusion\b", re.IGNORECASE)


def why_not(scene: Scene, laws: Catalogue, statement: str = "") -> str:
    """What of the scene was not understood; "" where all was."""
    if scene.unread:
        return "not understood: " + "; ".join(f'"{whole_words(piece, statement)}"' for piece in scene.unread)
    if (each := EACH.search(statement)) and not counted(scene):
        return f'of how many "{statement[max(0, each.start() - 30) : each.end()]}" is said was not understood'
    if "warms_and_melts" in scene.conditions and "ice at" in statement.lower() and not MELTS.search(statement):
        return "whether the ice melts was not understood"
    if any(g.role.startswith("peak_") for g in scene.givens) and any("power" in a.role for a in scene.asked):
        return "whether the mean power is meant or the greatest was not understood"
    for given in scene.givens:
        if given.role not in laws.roles:
            return f'what is meant by "{given.text or given.symbol}" was not understood'
        if known_of_given(given, 0, laws.roles[given.role]) is None:
            return f'the value of "{given.text or given.symbol}" was not understood'
    for asked in scene.asked:
        if asked.role == "time" and "distance" in asked.text:
            return f'what is asked for ("{asked.text}") was not understood'
        if asked.role not in laws.roles:
            return f'what is asked for ("{asked.text}") was not understood'
    return ""


def whole_words(piece: str, statement: str) -> str:
    """A piece of the statement without the words that its ends cut through.

    >>> whole_words("f a trail at 4 km/h and the rem", "She walks 6 km of a trail at 4 km/h and the remaining 3 km.")
    'a trail at 4 km/h and the'
    """
    whole = " ".join(statement.split())
    start = whole.find(piece)
    if start < 0:
        return piece
    end = start + len(piece)
    if start and whole[start - 1].isalnum() and piece[0].isalnum():
        start = whole.find(" ", start) + 1
    if end < len(whole) and whole[end].isalnum() and piece[-1].isalnum():
        end = whole.rfind(" ", 0, end)
    return whole[start:end].strip(" ,;:") if start < end else piece


def counted(scene: Scene) -> bool:
    """Whether it is known how many there are of what is alike."""
    if "identical" in scene.conditions or any(g.role in ("count", "turns") for g in scene.givens):
        return True
    told = [(g.role, g.value) for g in scene.givens if g.of]
    return len(set(told)) < len(told)
