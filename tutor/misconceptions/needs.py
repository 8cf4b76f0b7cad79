"""What a line must have for a rule to make something of it: the kinds of node in it, in alternatives.

Of a pattern it is told by the pattern; of a rule in code it is read off the code, as far as that begins with what it
looks for. `python -m tutor.misconceptions` writes it for all rules, so that those that cannot fit a line are neither
loaded nor tried.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from tutor.errors import StudentError
from tutor.misconceptions.catalogue import entries
from tutor.misconceptions.misconception import Misconception, compiled
from tutor.misconceptions.rules import FILES, load
from tutor.syntax import tree
from tutor.syntax.tree import Node

FOLDER = Path(__file__).parent / "rules"

Needs = frozenset[frozenset[str]]  # names of kinds; all of one set must be there

NOTHING: Needs = frozenset({frozenset()})
KINDS = frozenset(
    name
    for name, kind in vars(tree).items()
    if isinstance(kind, type) and issubclass(kind, Node) and not kind.__subclasses__()
)
# Kinds that are made in taking a line apart, so that a part may be one though the line holds none.
MADE = frozenset({"Chain", "Sum", "Product", "Quotient", "Negative", "Number", "Symbol"})
PARTS = frozenset({"sides", "isolated", "terms", "factors"})  # functions that give parts of what they are given
MOST = 12  # alternatives that are worth telling apart


def compile_index() -> str:
    """The text of rules.json: for each rule its id, what it needs, whether it is of physics, and whether bare."""
    found: list[dict[str, Any]] = []
    for entry in entries().values():
        if entry.id in FILES:
            code = ast.parse((FOLDER / f"{entry.id}.py").read_text(encoding="utf-8"))
        elif entry.checked and readable(entry.rule):
            code = ast.parse("")
        else:
            continue
        rule = load(entry.id)
        needs = sorted(sorted(each) for each in needs_of(rule, code))
        found.append({"id": rule.id, "topic": entry.topic, "needs": needs, "bare": rule.bare})
    return "[\n" + ",\n".join(json.dumps(each) for each in found) + "\n]\n"


def readable(pattern: str) -> bool:
    """Whether both sides of an entry's own rule can be read."""
    try:
        compiled((pattern,))
    except (StudentError, ValueError):
        return False
    return True


def needs_of(rule: Misconception, code: ast.Module) -> Needs:
    """What a rule needs, by its patterns and the code of its file."""
    if rule.fits is not None:
        return NOTHING
    found: set[frozenset[str]] = set()
    for each in compiled(rule.patterns):
        found.add(frozenset(kind.__name__ for kind in each.needed))
    if rule.wrong_forms is not None:
        found |= needs_of_code(code)
    return simplest(found)


def simplest(found: set[frozenset[str]]) -> Needs:
    """Without alternatives that ask for more than another one does."""
    kept = frozenset(each for each in found if not any(other < each for other in found))
    return kept if 0 < len(kept) <= MOST else NOTHING


def needs_of_code(code: ast.Module) -> Needs:
    """What the function that makes the wrong forms looks for; `anywhere(local)` is applied to each part of a line."""
    functions = {node.name: node for node in code.body if isinstance(node, ast.FunctionDef)}
    name = next(
        (
            made
            for node in code.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
            for keyword in node.value.keywords
            if keyword.arg == "wrong_forms" and (made := name_of_function(keyword.value))
        ),
        "",
    )
    function = functions.get(name)
    if function is None or len(function.args.args) != 1:
        return NOTHING
    return of_body(function.body, {function.args.args[0].arg: True})


def name_of_function(value: ast.expr) -> str:
    """`wrong_forms`, or `local` of `anywhere(local)`."""
    match value:
        case ast.Name(name):
            return name
        case ast.Call(ast.Name("anywhere"), [ast.Name(name)]):
            return name
    return ""


Known = dict[str, bool]  # variables that stand for a part of the line, and whether as it stands there


def of_body(body: Sequence[ast.stmt], known: Known) -> Needs:
    """What is needed for one of the `yield`s to be reached."""
    conditions: Needs = NOTHING
    found: set[frozenset[str]] = set()
    known = dict(known)
    for statement in body:
        if isinstance(statement, ast.If) and leaves(statement) and not yields(statement):
            conditions = both(conditions, unless(statement.test, known))
        elif yields(statement):
            found |= both(conditions, of_statement(statement, known))
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in known:
                known.pop(node.id)  # it stands for something else from here on
    return simplest(found) if found else NOTHING


def of_statement(statement: ast.stmt, known: Known) -> Needs:
    """What is needed for a `yield` in one statement to be reached."""
    match statement:
        case ast.Match(ast.Name(name), cases) if name in known:
            found: set[frozenset[str]] = set()
            for case in cases:
                if any(map(yields, case.body)):
                    bound = {n for p in ast.walk(case.pattern) if (n := getattr(p, "name", None))}
                    inner = of_body(case.body, {k: v for k, v in known.items() if k not in bound})
                    found |= both(of_pattern(case.pattern, as_is=known[name]), inner)
            return simplest(found)
        case ast.For(target, ast.Call(ast.Name(function), [ast.Name(name), *_]), body) if name in known:
            names = [n.id for n in ast.walk(target) if isinstance(n, ast.Name)]
            if function == "places" and len(names) == 1:
                return of_body(body, {**known, names[0]: known[name]})
            if function in PARTS:
                chain = frozenset({frozenset({"Chain"})}) if function in ("sides", "isolated") else NOTHING
                return both(chain, of_body(body, {**known, **dict.fromkeys(names, False)}))
        case ast.If(test, body, []):
            return both(where(test, known), of_body(body, known))
    return NOTHING


def of_pattern(pattern: ast.pattern, *, as_is: bool) -> Needs:
    """The kinds that a `case` asks for."""
    match pattern:
        case ast.MatchOr(patterns):
            return frozenset(each for p in patterns for each in of_pattern(p, as_is=as_is))
        case ast.MatchAs(inner) if inner is not None:
            return of_pattern(inner, as_is=as_is)
        case ast.MatchSequence(patterns):
            return all_of(of_pattern(p, as_is=as_is) for p in patterns)
        case ast.MatchClass(ast.Name(name), patterns, _, keyword_patterns):
            inside = all_of(of_pattern(p, as_is=as_is) for p in (*patterns, *keyword_patterns))
            return both(of_kind(name, as_is=as_is), inside)
    return NOTHING


def of_kind(name: str, *, as_is: bool) -> Needs:
    """A kind by its name, where a part of that kind tells that the line holds one."""
    return frozenset({frozenset({name})}) if name in KINDS and (as_is or name not in MADE) else NOTHING


def where(test: ast.expr, known: Known) -> Needs:
    """What is needed for a test to hold."""
    match test:
        case ast.BoolOp(ast.And(), values):
            return all_of(where(value, known) for value in values)
        case ast.Call(ast.Name("isinstance"), [ast.Name(name), kinds]) if name in known:
            alternatives = [n.id for n in ast.walk(kinds) if isinstance(n, ast.Name)]
            return frozenset(each for kind in alternatives for each in of_kind(kind, as_is=known[name]))
        case ast.Call(ast.Name("equation"), [ast.Name(name)]) if known.get(name):
            return of_kind("Chain", as_is=True)
    return NOTHING


def unless(test: ast.expr, known: Known) -> Needs:
    """What is needed for a test to fail."""
    match test:
        case ast.BoolOp(ast.Or(), values):
            return all_of(unless(value, known) for value in values)
        case ast.UnaryOp(ast.Not(), operand):
            return where(operand, known)
    return NOTHING


def both(one: Needs, other: Needs) -> Needs:
    """All of one and of the other."""
    return frozenset(a | b for a, b in product(one, other))


def all_of(needs: Iterator[Needs]) -> Needs:
    """All of each."""
    found = NOTHING
    for each in needs:
        found = both(found, each)
    return found


def yields(node: ast.AST) -> bool:
    """Whether something is given out in it."""
    return any(isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(node))


def leaves(statement: ast.If) -> bool:
    """`if …: return`"""
    return not statement.orelse and isinstance(statement.body[-1], ast.Return | ast.Continue)
