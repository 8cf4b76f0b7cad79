"""a^x = b -> x = b/a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import difference, isolated
from tutor.syntax.tree import Chain, Node, Power, Quotient, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The other side divided by the base, or the base taken from it, or its root."""
    for body, other, relation in isolated(line):
        if isinstance(body, Power) and symbols(body.exponent) and not symbols(body.base) and relation == "=":
            yield Chain((body.exponent, Quotient(other, body.base)), ("=",))
            yield Chain((body.exponent, difference(other, body.base)), ("=",))


RULE = Misconception("exponent_removed_by_division", wrong_forms=wrong_forms, size=9)
