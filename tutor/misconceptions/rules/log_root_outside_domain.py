"""log(f) + log(g) = log(c) -> keep all roots of f*g = c"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import LOGARITHMS, ONE
from tutor.misconceptions.terms import (
    Polynomial,
    added,
    at,
    difference,
    either,
    equation,
    multiplied,
    number,
    polynomial,
    roots,
    sides,
    split,
    terms,
    the_letter,
    value,
)
from tutor.syntax.tree import Call, Constant, Node, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The roots of the equation without logarithms, one of which makes an argument negative or nought."""
    name = the_letter(line)
    if name is None or not equation(line):
        return
    for left, right, _ in sides(line):
        top: Polynomial = (Fraction(1),)
        bottom: Polynomial = (Fraction(1),)
        inside: list[Polynomial] = []
        both = terms(difference(left, right))
        calls = [b for _, b in map(split, both) if isinstance(b, Call) and b.name in LOGARITHMS]
        base = (calls[0].subscript or (Constant("e") if calls[0].name == "ln" else number(10))) if calls else None
        for term in both:
            found, body = split(term)
            if isinstance(body, Call) and body.name in LOGARITHMS and found.denominator == 1 and abs(found) < 5:
                one = polynomial(body.args[0], name)
                if one is None:
                    return
                inside.append(one)
                for _unused in range(abs(int(found))):
                    top, bottom = (multiplied(top, one), bottom) if found > 0 else (top, multiplied(bottom, one))
            elif body == ONE and base is not None and value(base) is not None:
                power = (value(base) or Fraction(1)) ** int(abs(found)) if found.denominator == 1 else None
                if power is None:
                    return
                top, bottom = (multiplied(top, (power,)), bottom) if found > 0 else (top, multiplied(bottom, (power,)))
            else:
                return
        gained = roots(added(top, tuple(-c for c in bottom)))
        if gained and any((v := value(g)) is not None and any(at(f, v) <= 0 for f in inside) for g in gained):
            yield either(name, gained)
        return


RULE = Misconception("log_root_outside_domain", wrong_forms=wrong_forms, keeps_value=True, size=10, final=True)
