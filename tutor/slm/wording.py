"""A hint in general form, said with the student's own symbols: which of its letters is what in the work.

The formula stays general, so that the hint says no more of the next line than it did.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.errors import NotReadable, TooLarge
from tutor.regex import regex
from tutor.slm.written import MAX_HINT
from tutor.syntax.read import read_expr
from tutor.syntax.tree import Expr, symbols

LONGEST = 30  # characters of what a letter stands for
_SIGN = r"[-+*/^=<>()|]"
_NAME = r"[A-Za-z](?:_\d)?"
_LETTER = regex(rf"(?:(?<={_SIGN})|(?<={_SIGN} ))({_NAME})(?![\w'])|(?<![\w'])({_NAME})(?= ?{_SIGN})")


def letters_of(hint: str) -> list[str]:
    """The letters of its formulas, in order; the article of "a product" is none.

    >>> letters_of("The derivative of a product is not a*b; from x = a follows a = x.")
    ['a', 'b', 'x']
    """
    return list(dict.fromkeys(found[1] or found[2] for found in _LETTER.finditer(hint)))


def in_own_symbols(hint: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The hint with what its letters stand for in the work; empty where that would say nothing, or not all of it.

    pairs: letters of the hint, each with what the student wrote.

    >>> in_own_symbols("a*(b + c) = a*b + a*c.", [("a", "3"), ("b", "x"), ("c", "5")])
    'a*(b + c) = a*b + a*c. Here a is 3, b is x and c is 5.'
    """
    own = dict(pairs)
    letters = letters_of(hint)
    if not letters or not own.keys() >= set(letters):
        return ""
    trees = {letter: _read(own[letter]) for letter in letters}
    other = {letter for letter in letters if own[letter] != letter}
    # In "x is 3*x" and "a is 4*x, x is y" the student's x would be taken for the hint's.
    if not other or any(tree is None or symbols(tree) & other for tree in trees.values()):
        return ""
    said = [f"{letter} is {own[letter]}" for letter in letters if letter in other]
    together = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    whole = f"{hint} Here {together}."
    return whole if len(whole) <= MAX_HINT else ""


def _read(own: str) -> Expr | None:
    """What a letter stands for; None where it is too long for a hint, or no mathematics."""
    if len(own) > LONGEST:
        return None
    try:
        return read_expr(own)
    except (NotReadable, TooLarge):
        return None
