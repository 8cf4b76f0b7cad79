"""`tutor solve`: what was understood of a problem, a worked solution by laws, and the answer."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tutor.errors import AuthorError
from tutor.laws.catalogue import catalogue
from tutor.laws.scene import Scene
from tutor.records import Problem
from tutor.solve import Solution, Solved, solve
from tutor.syntax.printer import to_text

SETS = (".yaml", ".yml", ".json", ".csv", ".xlsx")


def solve_problems(named: str, ids: Sequence[str], part: str, *, as_json: bool, color: bool) -> int:
    """Print the solutions; 1 where one of them is missing."""
    from tutor.cli.output import console

    out = console(color=color)
    status = 0
    for problem in _problems(named, ids):
        solution = solve(problem)
        parts = tuple(s for s in solution.parts if not part or (s.asked is not None and s.asked.part == part))
        if part and not parts:
            raise AuthorError(f"there is no part {part} in {problem.id or 'the problem'}")
        status |= any(s.answer is None for s in parts)
        if as_json:
            sys.stdout.write(json.dumps(as_object(problem, solution.scene, parts), ensure_ascii=False) + "\n")
        else:
            from rich.text import Text

            for style, line in in_lines(problem, Solution(solution.scene, parts)):
                out.print(Text(line, style), soft_wrap=True)
    return status


def _problems(named: str, ids: Sequence[str]) -> Iterator[Problem]:
    """One problem, or those of a set that are asked for.

    Raises:
        AuthorError: there is no such file or problem.
    """
    path = Path(named.partition("#")[0])
    of_a_set = path.suffix.lower() in SETS
    if ids and (not of_a_set or "#" in named):
        raise AuthorError("ids belong to a problem set; a statement has none (put it in quotes)")
    if not of_a_set:
        from tutor.problems import problem_from_statement

        yield problem_from_statement(named)
        return
    from tutor.cli.check import problem_named
    from tutor.problems import load_problem_set

    if "#" in named:
        yield problem_named(named)
        return

    problems = load_problem_set(path).problems
    for id_ in ids or problems:
        yield problem_named(f"{named}#{id_}") if id_ not in problems else problems[id_]


# ---------------------------------------------------------------- in words


def in_lines(problem: Problem, solution: Solution) -> Iterator[tuple[str, str]]:
    """Style and text of each line that is printed."""
    if problem.id or problem.title:
        yield "bold underline", " · ".join(filter(None, (problem.id, problem.title)))
    yield from understood(solution.scene)
    for solved in solution.parts:
        yield from _solved(solved, many=len(solution.parts) > 1)
    yield "", ""


def understood(scene: Scene) -> Iterator[tuple[str, str]]:
    """The givens with their roles, and the conditions."""
    roles, conditions = catalogue().roles, catalogue().conditions
    label = "given"
    for given in scene.givens:
        role = roles[given.role].says if given.role in roles else "not understood"
        name = f"{given.symbol} = " if given.symbol else ""
        words = ", ".join(filter(None, (role, f"of the {given.of}" if given.of else "", given.when)))
        yield "", f"{label:<10}{name}{to_text(given.value).replace(' deg', '°')}   {words}"
        label = ""
    said = [conditions[c].says for c in sorted(scene.conditions) if c in conditions]
    if said:
        yield "", f"{'where':<10}{'; '.join(said)}"


def _solved(solved: Solved, *, many: bool) -> Iterator[tuple[str, str]]:
    laws, asked = catalogue(), solved.asked
    if asked is not None:
        role = laws.roles[asked.role].says if asked.role in laws.roles else asked.text
        part = f"({asked.part}) " if asked.part else ""
        unit = f" in {asked.unit.text}" if asked.unit is not None else ""
        yield "bold" if many else "", f"{'asked':<10}{part}{role}{unit}"
    if solved.answer is None:
        yield "yellow", f"{'no answer':<10}{solved.why_silent}"
        return
    for law_id in solved.laws:
        law = laws.laws[law_id]
        holds = f", for {law.conditions}" if law.conditions else ""
        yield "dim", f"{'by':<10}the law for {law.name}{holds} ({law.source})"
    for line in solved.lines:
        yield "", f"{'':<10}{line}"
    yield "bold green", f"{'answer':<10}{solved.answer.text}"


# ---------------------------------------------------------------- as JSON


def as_object(problem: Problem, scene: Scene, parts: Sequence[Solved]) -> dict[str, Any]:
    """One problem with its solutions."""
    return {
        "problem": problem.id or None,
        "statement": problem.statement,
        "givens": [
            {
                "symbol": g.symbol or None,
                "role": g.role or None,
                "value": to_text(g.value),
                "of": g.of or None,
                "when": g.when or None,
                "implied": g.implied,
            }
            for g in scene.givens
        ],
        "conditions": sorted(scene.conditions),
        "unread": list(scene.unread),
        "parts": [
            {
                "part": s.asked.part if s.asked else None,
                "asked": s.asked.role if s.asked else None,
                "answer": s.answer.text if s.answer else None,
                "unit": s.answer.unit if s.answer else None,
                "lines": list(s.lines),
                "laws": list(s.laws),
                "why_silent": s.why_silent or None,
            }
            for s in parts
        ],
    }
