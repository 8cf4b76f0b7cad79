"""What a calculation would be with one slip undone, and which calculations are only on the side."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.path.solution import Calculation
from tutor.syntax.tree import Expr, Negative, Number, Product, Quantity, Quotient, Sum, without_brackets

SCALES = frozenset(map(Fraction, (1, 12, 24, 60, 100, 1000, 3600)))  # between units of one kind


def other_operations(expr: Expr) -> Iterator[Expr]:
    """The same numbers added for taken away, or all factors of a product but one.

    >>> from tutor.syntax.printer import to_text
    >>> from tutor.syntax.read import read
    >>> [to_text(e) for e in other_operations(read("9 + 5 + 3"))]
    ['9 - 5 + 3', '9 + 5 - 3', '9 - 5 - 3']
    >>> [to_text(e) for e in other_operations(read("11*2*3"))]
    ['2*3', '11*3', '11*2']
    """
    match without_brackets(expr):
        case Sum(terms):
            first, *rest = terms
            for n, term in enumerate(rest):
                yield Sum((first, *rest[:n], opposite(term), *rest[n + 1 :]))
            if len(rest) > 1:
                yield Sum((first, *map(opposite, rest)))
        case Product(factors) if len(factors) > 2:
            for n in range(len(factors)):
                yield Product((*factors[:n], *factors[n + 1 :]))


def left_out(expr: Expr) -> Iterator[tuple[Fraction, Expr]]:
    """Each number that is a term of a sum, with the sum without it.

    >>> from tutor.syntax.printer import to_text
    >>> from tutor.syntax.read import read
    >>> [(str(n), to_text(rest)) for n, rest in left_out(read("5 + 20 + 2*3"))]
    [('5', '20 + 2*3'), ('20', '5 + 2*3')]
    """
    match without_brackets(expr):
        case Sum(terms) if len(terms) > 2:
            for n, term in enumerate(terms):
                plain = term.value if isinstance(term, Quantity) else term
                if isinstance(plain, Number):
                    yield plain.value, Sum((*terms[:n], *terms[n + 1 :]))


def opposite(term: Expr) -> Expr:
    """-a for a, and a for -a."""
    return term.operand if isinstance(term, Negative) else Negative(term)


def side_step(made_by: Calculation | None) -> set[Fraction]:
    """What a side calculation starts from: 3 of 3*12, and both of 12 - 4. To multiply two quantities is none."""
    if made_by is None:
        return set()
    if isinstance(without_brackets(made_by.expr), Product | Quotient):
        rest = [n for n in made_by.numbers if n not in SCALES]
        return set(rest) if len(rest) == 1 < len(made_by.numbers) else set()
    return set(made_by.numbers)
