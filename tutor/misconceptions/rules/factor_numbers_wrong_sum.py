"""x^2 + s*x + c -> (x + m)*(x + n) with m*n = c but m + n != s"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import all_on_one_side, differing, polynomial, the_letter, value
from tutor.syntax.tree import Chain, Either, Product, Statement, Sum, Symbol, symbols


def fits(before: Statement, line: Statement) -> bool:
    """Whether a trinomial became a product with its first and last coefficient and another middle one."""
    whole = the_letter(before)
    if isinstance(before, Chain) and isinstance(line, Either) and whole is not None:
        return fits_roots(before, line, whole)
    one, other = differing(before, line) or (None, None)
    name = the_letter(one) if one is not None else None
    if not isinstance(one, Sum) or not isinstance(other, Product) or name is None or symbols(other) != {name}:
        return False
    old, new = polynomial(one, name), polynomial(other, name)
    return (
        old is not None
        and new is not None
        and len(old) == len(new) == 3
        and bool(old[0])
        and (old[0], old[2]) == (new[0], new[2])
        and old[1] not in (new[1], -new[1])
    )


def fits_roots(before: Chain, line: Statement, name: str) -> bool:
    """Whether two whole roots are stated with the right product and another sum."""
    found = all_on_one_side(before, name)
    parts = line.parts if isinstance(line, Either) else ()
    if found is None or len(found) != 3 or not found[0] or len(parts) != 2:
        return False
    gained = [value(p.operands[1]) for p in parts if isinstance(p, Chain) and p.operands[0] == Symbol(name)]
    if len(gained) != 2 or gained[0] is None or gained[1] is None:
        return False
    return gained[0] * gained[1] == found[0] / found[2] and abs(gained[0] + gained[1]) != abs(found[1] / found[2])


RULE = Misconception("factor_numbers_wrong_sum", fits=fits, size=11)
