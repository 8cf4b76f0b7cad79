"""What kinds of things occur in a task, found in one walk that all domains share."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any

from tutor.syntax.tree import Call, Chain, Constant, Node, Number, Symbol
from tutor.verify.tasks import Compare, Entail, Relate, Setting, Task

# Fields that hold no nodes, in any class.
PLAIN = frozenset(
    {"span", "text", "places", "name", "signs", "stacked", "sign", "style", "primes", "bracketed", "ordered", "order"}
    | {"side", "kind", "bars", "angle", "operator", "closed_lower", "closed_upper", "relations", "arrows", "unit"}
)
LEAVES = frozenset({Number, Symbol, Constant})


class Kinds:
    """The node classes, function names, symbols and constants of a task."""

    __slots__ = ("calls", "classes", "constants", "primed", "symbols")

    def __init__(self) -> None:
        self.classes: set[type[Node]] = set()
        self.calls: set[str] = set()
        self.primed = False
        self.symbols: set[str] = set()
        self.constants: set[str] = set()

    def any(self, kinds: frozenset[type[Node]]) -> bool:
        """Whether one of these node classes occurs."""
        return not self.classes.isdisjoint(kinds)

    def add(self, root: Node) -> None:
        """Take in a tree."""
        stack: list[Any] = [root]
        classes = self.classes
        while stack:
            node = stack.pop()
            kind = node.__class__
            if kind is tuple:
                stack.extend(node)
                continue
            if not isinstance(node, Node):
                continue
            classes.add(kind)
            if kind is Symbol:
                self.symbols.add(node.name)  # type: ignore[attr-defined]
            elif kind is Constant:
                self.constants.add(node.name)  # type: ignore[attr-defined]
            else:
                if kind is Call:
                    self.calls.add(node.name)  # type: ignore[attr-defined]
                    self.primed |= node.primes > 0  # type: ignore[attr-defined]
                for name in _node_fields(kind):
                    value = getattr(node, name)
                    if value is not None:
                        stack.append(value)


@cache
def _node_fields(kind: type[Node]) -> tuple[str, ...]:
    return () if kind in LEAVES else tuple(f.name for f in fields(kind) if f.name not in PLAIN)


def is_definition(statement: Node, setting: Setting) -> bool:
    """Whether it is `f(x) = …` for an f that the setting knows: it says what f is, and holds for every x."""
    match statement:
        case Chain((Call(name, args, None, 0), _), ("=",)) if name in setting.functions:
            return all(isinstance(a, Symbol) for a in args)
    return False


_last: tuple[object, Kinds] | None = None


def kinds_of(task: Task) -> Kinds:
    """The kinds of a task; the last task's are remembered, since every domain asks in turn."""
    global _last
    last = _last
    if last is not None and last[0] is task:
        return last[1]
    found = Kinds()
    match task:
        case Compare(left, right):
            found.add(left)
            found.add(right)
        case Relate(before, after):
            found.add(before)
            found.add(after)
        case Entail(premises, after):
            for premise in premises:
                found.add(premise)
            found.add(after)
    _last = (task, found)
    return found
