"""`tutor solve`: what was understood of a problem, a worked solution by laws, and the answer."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tutor.cli import statements
from tutor.errors import AuthorError
from tutor.laws.catalogue import catalogue
from tutor.laws.law import Law
from tutor.laws.scene import Given, Scene
from tutor.laws.statements import PartRead
from tutor.records import Problem
from tutor.slm.choice import ModelChoice
from tutor.solve import Solution, Solved, solve
from tutor.solve.writing import pretty
from tutor.syntax.printer import to_text

SETS = (".yaml", ".yml", ".json", ".csv", ".xlsx")


def solve_problems(
    named: str, ids: Sequence[str], part: str, choice: ModelChoice, *, as_json: bool, color: bool
) -> int:
    """Print the solutions; 1 where one of them is missing.

    choice: the model that reads what a statement in words gives where it is no problem of physics.
    """
    from tutor.cli.output import console

    out = console(color=color)
    status = 0
    for problem in _problems(named, ids):
        solution = solve(problem)
        parts = tuple(s for s in solution.parts if not part or (s.asked is not None and s.asked.part == part))
        if part and not parts:
            raise AuthorError(f"there is no part {part} in {problem.id or 'the problem'}")
        status |= any(s.answer is None for s in parts)
        # What is no physics is not solved, yet it is said what was read of it.
        read = [] if solution.scene.physical else statements.read_statement(problem, choice)
        if as_json:
            found = as_object(problem, solution.scene, parts) | {"read": statements.as_objects(read)}
            sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        else:
            from rich.text import Text

            for style, line in in_lines(problem, Solution(solution.scene, parts), read):
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

_SAYS_WHEN = re.compile(r"\b(?:initial|final)\b")
_NUMBERED = re.compile(r"\w+ \d")
_OWNED = re.compile(r" (?:of|between|to|per) ")
_SUM_OF_UNITS = re.compile(r"(?<=[^\W\d_]) \+ (?=\d)")  # 2 min + 30 s
_SENTENCE = re.compile(r"(?<=[?.!])\s+(?=[A-Z])")


def in_lines(problem: Problem, solution: Solution, read: Sequence[PartRead] = ()) -> Iterator[tuple[str, str]]:
    """Style and text of each line that is printed."""
    if problem.id or problem.title:
        yield "bold underline", " · ".join(filter(None, (problem.id, problem.title)))
    used = [catalogue().laws[id_] for solved in solution.parts for id_ in solved.laws]
    if read:
        for one in read:
            yield from (("", f"({one.part}) {line}" if one.part else line) for line in statements.in_lines(one))
        yield from (("dim", line) for line in statements.sources(read))
    else:
        yield from understood(solution.scene, used)
    for solved in solution.parts:
        yield from _solved(solved, many=len(solution.parts) > 1)
    yield "", ""


def understood(scene: Scene, used: Iterable[Law]) -> Iterator[tuple[str, str]]:
    """The givens with their roles, and the conditions that the laws rest on."""
    conditions = catalogue().conditions
    label = "given"
    for given in scene.givens:
        name = f"{given.symbol} = " if given.symbol else ""
        value = _SUM_OF_UNITS.sub(" ", pretty(to_text(given.value)))
        yield "", f"{label:<10}{name}{value}   {named(given, scene)}"
        label = ""
    rests_on = {one for law in used for need in law.needs for one in need.split("|")} & scene.conditions
    said = dict.fromkeys(conditions[c].says for c in sorted(rests_on) if c in conditions)
    if said:
        yield "", f"{'where':<10}{'; '.join(said)}"


def named(given: Given, scene: Scene) -> str:
    """What a given is: its role, whose it is where there are several of that role, and when."""
    roles = catalogue().roles
    if given.role not in roles:
        return "(not understood)"
    role = roles[given.role].says
    if given.of in rivals(scene) and not _OWNED.search(role):
        numbered = _NUMBERED.fullmatch(given.of)
        if numbered and role.endswith(given.of.split()[0]):
            role = f"{role} {given.of.split()[1]}"  # the mass of the mass 1
        else:
            role = f"{role} of {'' if numbered else 'the '}{given.of}"
    return role if not given.when or _SAYS_WHEN.search(role) else f"{role}, {given.when}"


def rivals(scene: Scene) -> frozenset[str]:
    """Bodies that have one and the same kind of quantity each, so that it must be said whose it is."""
    owners: dict[str, set[str]] = {}
    for given in scene.givens:
        if given.of:
            owners.setdefault(given.role, set()).add(given.of)
    return frozenset(body for bodies in owners.values() if len(bodies) > 1 for body in bodies)


def _solved(solved: Solved, *, many: bool) -> Iterator[tuple[str, str]]:
    laws, asked = catalogue(), solved.asked
    if asked is not None:
        role = laws.roles[asked.role].says if asked.role in laws.roles else _SENTENCE.split(asked.text)[-1]
        part = f"({asked.part}) " if asked.part else ""
        unit = f" in {asked.unit.text}" if asked.unit is not None else ""
        yield "bold" if many else "", f"{'asked':<10}{part}{role}{unit}"
    if solved.answer is None:
        yield "yellow", f"{'no answer':<10}{solved.why_silent}"
        return
    for law_id in solved.laws:
        law = laws.laws[law_id]
        holds = f" ({law.conditions})" if law.conditions else ""
        yield "dim", f"{'by':<10}the law for {law.name}{holds}: {law.source}"
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
