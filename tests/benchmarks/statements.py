"""Statements read into givens, what is asked and relations in words, against labels by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.benchmarks.devdata import ROOT
from tests.benchmarks.tables import Figure
from tutor.bridge import units
from tutor.errors import TutorError
from tutor.laws.phrases import roles
from tutor.laws.statements import read_physics
from tutor.problems import load_problem_set
from tutor.records import Problem
from tutor.slm.agreement import canonical
from tutor.slm.jobs import GivenValue, Origin, ProblemReply, ProblemRequest
from tutor.slm.word_problems import reply_to
from tutor.syntax.read import ReadHints, read_expr


@dataclass(frozen=True, slots=True)
class Labelled:
    """A given by hand. words: any of them will do as its role. optional: a reading may leave it out."""

    quantity: str
    words: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A statement by hand; `unknowns` has the words that will do for each that is asked for."""

    name: str
    statement: str
    givens: tuple[Labelled, ...]
    unknowns: tuple[tuple[str, ...], ...]
    relations: tuple[str, ...] = ()


@dataclass(slots=True)
class Score:
    """What is right of a reading."""

    givens: bool
    roles: int
    unknown: bool
    relations: bool

    @classmethod
    def of(cls, label: Label, reply: ProblemReply, same_role: Callable[[str, tuple[str, ...]], bool]) -> Score:
        """Numbers with units must be the label's, no more and no fewer; a role counts where its number was found."""
        left = list(reply.givens)
        found = right = 0
        # What may be left out comes last, so that it takes no number from a given that may not.
        for given in sorted(label.givens, key=lambda g: g.optional):
            fitting = [g for g in left if same_quantity(given.quantity, g)]
            if not fitting:
                found += given.optional
                right += given.optional
                continue
            best = next((g for g in fitting if same_role(g.role, given.words)), fitting[0])
            left.remove(best)
            found += 1
            right += same_role(best.role, given.words) or given.optional
        asked = reply.unknown.split("; ")
        unknown = len(asked) == len(label.unknowns) and all(map(same_role, asked, label.unknowns))
        return cls(
            found == len(label.givens) and not left, right, unknown, same_relations(reply.relations, label.relations)
        )


def statements() -> Iterator[Figure]:
    """The shipped physics problems, physics in other wordings, word problems of mathematics."""
    yield from _figures("statements: shipped physics", shipped(), read_by_rules, is_role, ">= 90 %")
    yield from _figures("statements: other physics", others("physics"), read_by_rules, is_role)
    yield from _figures("statements: physics unseen", others("physics_unseen"), read_by_rules, is_role)
    yield from _figures("statements: word problems", others("mathematics"), read_in_words, has_words)
    yield from _figures("statements: shipped word problems", word_problems(), read_in_words, has_words)
    yield from _figures("statements: word problems unseen", others("mathematics_unseen"), read_in_words, has_words)


def _figures(
    of: str,
    labels: Sequence[Label],
    reader: Callable[[Label], ProblemReply | None],
    same_role: Callable[[str, tuple[str, ...]], bool],
    target: str | None = None,
) -> Iterator[Figure]:
    scored: list[tuple[Label, ProblemReply | None, Score]] = []
    for label in labels:
        reply = reader(label)
        score = Score(False, 0, False, False) if reply is None else Score.of(label, reply, same_role)
        scored.append((label, reply, score))

    def share(what: str, right: Callable[[Label, Score], bool], target: str | None = None) -> Figure:
        missed = [told(label, reply) for label, reply, score in scored if not right(label, score)]
        return Figure.share(of, what, len(scored) - len(missed), len(scored), target, missed)

    yield share("givens with units exact", lambda _, s: s.givens)
    yield share("what is asked", lambda _, s: s.unknown)
    yield share("givens, units and what is asked exact", lambda _, s: s.givens and s.unknown, target)
    known = sum(len(label.givens) for label in labels)
    yield Figure.share(of, "roles of givens", sum(s.roles for _, _, s in scored), known)
    if any(label.relations for label in labels):
        yield share("relations in words", lambda _, s: s.relations)
    yield share(
        "all exact, roles and relations too",
        lambda label, s: s.givens and s.unknown and s.relations and s.roles == len(label.givens),
    )


def told(label: Label, reply: ProblemReply | None) -> str:
    """A miss, as the details show it."""
    if reply is None:
        return f"{label.name}: not read"
    givens = ", ".join(f"{g.value} {g.unit} [{g.role}]" for g in reply.givens)
    relations = f" with {', '.join(reply.relations)} for {dict(reply.letters)}" if reply.relations else ""
    return f"{label.name}: {givens} -> {reply.unknown}{relations}"


# ---------------------------------------------------------------- readers


def read_by_rules(label: Label) -> ProblemReply | None:
    """A shipped problem with its parts, but without the givens and unknowns that its author names."""
    problem = problems().get(label.name)
    return read_physics(ProblemRequest(label.statement), problem.parts if problem is not None else ())


def read_in_words(label: Label) -> ProblemReply:
    """As the bundled model does, whose weights have no part in it."""
    return reply_to(label.statement, Origin("bundled", ""))


@cache
def problems() -> dict[str, Problem]:
    """The shipped physics problems by id."""
    paths = sorted((ROOT / "problem_sets").glob("physics_*.yaml"))
    return {problem.id: problem for path in paths for problem in load_problem_set(path)}


# ---------------------------------------------------------------- comparing


def same_quantity(label: str, given: GivenValue) -> bool:
    """2 min 30 s is 150 s, but 1500 m is not 1.5 kg."""
    if given.unit in MARKS:
        return label in (f"{given.value} {given.unit}", given.value + given.unit)
    wanted, got = _measured(label), _measured(f"{given.value} {given.unit}".strip())
    return wanted is not None and wanted == got


MARKS = ("$", "%", "€", "°")


@cache
def _measured(text: str) -> tuple[Fraction, object] | None:
    try:
        found = units.measured(read_expr(text, ReadHints(units=True)))
    except (TutorError, ArithmeticError):
        return None
    return Fraction(int(found.value.p), int(found.value.q)), found.dimension


def is_role(words: str, wanted: tuple[str, ...]) -> bool:
    """The words of a role, "height of the slope" for `height`."""
    names = [roles()[role].says.removeprefix("the ") for role in wanted]
    return any(words == name or words.startswith(f"{name} of ") for name in names)


def has_words(words: str, wanted: tuple[str, ...]) -> bool:
    """All words of one of those that will do stand in it."""
    return any(all(word.lower() in words.lower() for word in one.split()) for one in wanted)


def same_relations(found: Sequence[str], wanted: Sequence[str]) -> bool:
    """The same equations, whatever their order and letters."""
    mine, theirs = _letters(found), _letters(wanted)
    if len(found) != len(wanted) or len(mine) != len(theirs):
        return False
    needed = {canonical(line) for line in wanted}
    return any(
        {canonical(_renamed(line, dict(zip(mine, order, strict=True)))) for line in found} == needed
        for order in permutations(theirs)
    )


_LETTER = re.compile(r"(?<![A-Za-z_])[a-z](?![A-Za-z_])")


def _letters(lines: Sequence[str]) -> list[str]:
    return sorted({letter for line in lines for letter in _LETTER.findall(line)})


def _renamed(line: str, names: dict[str, str]) -> str:
    return _LETTER.sub(lambda m: names[m.group()], line)


# ---------------------------------------------------------------- labels


def shipped() -> list[Label]:
    """The shipped physics problems."""
    labels = _file()["shipped"]
    return [_label(id_, problems()[id_].statement, {"says": says}) for id_, says in labels.items()]


def others(kind: str) -> list[Label]:
    """Statements of our own: of physics, whose roles are ids, or of mathematics."""
    parse = _label if kind.startswith("physics") else _label_in_words
    return [parse(entry["statement"][:40], entry["statement"], entry) for entry in _file()[kind]]


def word_problems() -> list[Label]:
    """The shipped word problems."""
    texts = {p.id: p.statement for p in load_problem_set(ROOT / "problem_sets" / "word_problems.yaml")}
    return [_label_in_words(entry["id"], texts[entry["id"]], entry) for entry in _file()["word_problems"]]


@cache
def _file() -> dict[str, Any]:
    return YAML(typ="safe").load(Path(__file__).with_suffix(".yaml"))  # type: ignore[no-any-return]


def _label(name: str, statement: str, entry: dict[str, Any]) -> Label:
    """Of `4.5 V voltage|emf; 0.30 A current -> resistance / power`."""
    told, _, asked = entry["says"].partition("->")
    givens = []
    for given in filter(None, map(str.strip, told.split(";"))):
        quantity, _, words = given.removeprefix("?").rpartition(" ")
        givens.append(Labelled(quantity, tuple(words.split("|")), given.startswith("?")))
    unknowns = tuple(tuple(one.strip().split("|")) for one in asked.split(" / "))
    return Label(name, statement, tuple(givens), unknowns, tuple(entry.get("relations", ())))


def _label_in_words(name: str, statement: str, entry: dict[str, Any]) -> Label:
    """Of `14 marbles Ana; 35 $ Eva -> marbles Tom|his marbles`: unlike a role, what is counted may be several words."""
    told, _, asked = entry["says"].partition("->")
    givens = []
    for given in filter(None, map(str.strip, told.split(";"))):
        value, *words = given.removeprefix("?").split()
        unit = words.pop(0) if words and words[0] in UNITS else ""
        alternatives = tuple(" ".join(words).split("|"))
        givens.append(Labelled(f"{value} {unit}".strip(), alternatives, given.startswith("?")))
    return Label(name, statement, tuple(givens), (tuple(asked.strip().split("|")),), tuple(entry["relations"]))


UNITS = frozenset("$ % ° m m² km kg g cm km/h litres hours years".split())
