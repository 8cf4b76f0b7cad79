"""a - b*x with x = -n -> a - b - n"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, is_numeral, literal
from tutor.misconceptions.patterns import put_in
from tutor.syntax.tree import Both, Chain, Expr, Negative, Node, Power, Product, Statement, Sum, Symbol, symbols


def beside_a_factor(expr: Expr) -> Iterator[Expr]:
    """5 - 3*(-2) -> 5 - 3 - 2"""
    match expr:
        case Sum(terms):
            for k, term in enumerate(terms):
                size = term.operand if isinstance(term, Negative) else term
                match size:
                    case Product((*head, Negative(value))) if head and is_numeral(value):
                        first = head[0] if len(head) == 1 else Product(tuple(head))
                        first = Negative(first) if isinstance(term, Negative) else first
                        yield Sum((*terms[:k], first, Negative(value), *terms[k + 1 :]))
        case Product((*head, Negative(value))) if head and is_numeral(value):
            yield Sum((head[0] if len(head) == 1 else Product(tuple(head)), Negative(value)))


def put_in_bare(expr: Expr) -> Iterator[Expr]:
    """The same, and 7 - (-4) -> 7 - 4, (-3)^2 -> -3^2, where a value was put in"""
    yield from beside_a_factor(expr)
    match expr:
        case Sum(terms):
            for k, term in enumerate(terms):
                if k and isinstance(term, Negative) and isinstance(term.operand, Negative):
                    yield Sum((*terms[:k], term.operand, *terms[k + 1 :]))
        case Power(Negative(base), exponent) if is_numeral(base):
            yield Negative(Power(base, exponent))


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A negative value put for a letter without its bracket"""
    if not isinstance(line, Both):
        yield from anywhere(beside_a_factor)(line)
        return
    values: dict[str, Expr] = {}
    for part in line.parts:
        match part:
            case Chain((Symbol(name), value), ("=",)) if (known := literal(value)) is not None and known < 0:
                values[name] = value
    for part in line.parts:
        if values.keys() & symbols(part) and not (isinstance(part, Chain) and part.operands[1] in values.values()):
            yield from anywhere(put_in_bare)(put_in(part, values))


RULE = Misconception(id="substitution_without_brackets", wrong_forms=wrong_forms, size=14)
