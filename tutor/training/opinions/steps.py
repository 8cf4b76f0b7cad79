"""Pairs of lines with the operation between them and whether the second is right: what opinions are learnt from.

A right step is made by a family; a wrong one by the family's own error, by a rule of the catalogue of misconceptions
or by a slip of the pen. Every pair in plain notation is put to the verifier, and one on which it disagrees is dropped.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count, islice

from tutor.errors import NotReadable, TooLarge
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import plain
from tutor.misconceptions.rules import rules
from tutor.records import Verdict
from tutor.slm.notation import item
from tutor.syntax.printer import to_text
from tutor.syntax.read import read
from tutor.syntax.tree import Expr
from tutor.training import textbook
from tutor.training.opinions import quantities, stories
from tutor.training.opinions.drafts import Draw, Family, Move, tidy
from tutor.training.opinions.wording import dressed, recased, told
from tutor.verify.domains import decide
from tutor.verify.tasks import Budget, Compare, Relate

ALL: tuple[Family, ...] = (*quantities.FAMILIES, *stories.FAMILIES)
PROSE = 0.15  # of the pairs are lines of the textbook
HELD_OUT = frozenset(f.name for f in ALL if f.held_out)


@dataclass(frozen=True, slots=True)
class Pair:
    """A step with its labels.

    right: None where that cannot be known. family: the form of the step. other_words: its words are none of training's.
    confirmed: the verifier says the same of it; False where it was not asked or could not tell.
    """

    before: str
    line: str
    problem: str
    operation: str
    right: bool | None
    family: str
    other_words: bool = False
    confirmed: bool = False


# What the rules of the catalogue go wrong in.
_RULES = {
    "expand": (
        "square_of_sum_termwise",
        "square_of_difference_termwise",
        "distribute_first_term_only",
        "minus_reaches_first_term_only",
        "second_sign_kept_after_negative_factor",
        "binomial_product_first_last",
        "bracket_factor_subtracted_first",
        "brackets_dropped",
    ),
    "collect": (
        "unlike_terms_joined",
        "constant_joined_to_coefficient",
        "like_terms_exponents_added",
        "letter_taken_away_leaves_number",
        "invisible_one_ignored",
    ),
    "factorise": (
        "difference_of_squares_as_square",
        "factor_signs_swapped",
        "factor_numbers_wrong_sum",
        "common_factor_leaves_nothing",
        "common_factor_from_one_term",
    ),
    "cancel": ("cancel_term_in_sum", "cancel_one_term_only", "cancel_across_sums"),
    "calculate": (
        "left_to_right_only",
        "add_before_subtract",
        "reversed_subtraction",
        "carry_forgotten",
        "smaller_digit_from_larger",
    ),
    "reciprocal": ("fraction_bar_read_as_sum",),
}


def pairs(seed: int, *, held_out: bool, other_words: bool | None = False) -> Iterator[Pair]:
    """Pairs without end.

    held_out: of the families that training leaves out, else of the others. other_words: with the words that training
    leaves out; None for plain notation as well as either.
    """
    rng = random.Random(seed)
    from_textbook = _prose(seed, bool(other_words))
    families = [f for f in ALL if f.held_out == held_out]
    by_operation: dict[str, list[Family]] = {}
    for each in families:
        by_operation.setdefault(each.make(Draw(random.Random(0))).operation, []).append(each)
    operations = sorted(by_operation)
    while True:
        if not held_out and rng.random() < PROSE:
            yield next(from_textbook)
            continue
        # Half of the time each operation alike, so that rare ones are learnt; else each family alike.
        chosen = rng.choice(by_operation[rng.choice(operations)]) if rng.random() < 0.5 else rng.choice(families)
        made = _pair(chosen, rng, bool(other_words))
        if made is not None:
            yield made


def _prose(seed: int, other_words: bool) -> Iterator[Pair]:
    """Lines of the textbook that say one thing: an operation, a calculation, or nothing to calculate."""
    for k in count():
        for line in textbook.lines(seed + k, 5000, textbook.HELD_OUT if other_words else None):
            named = {item(i).operation for i in line.items if i.startswith("op:")}
            claims = sum(not i.startswith(("op:", "value:", "let ")) for i in line.items)
            if len(named) == 1:
                operation = named.pop()
            elif named:
                continue
            elif claims == 1 and line.topic in ("arithmetic", "percent", "averages"):
                operation = "calculate"
            elif claims == 0 and line.topic in ("values", "nothing", "definitions"):
                operation = "state"
            else:
                continue
            before = f"= {line.previous}" if line.previous else ""
            yield Pair(
                before,
                line.text,
                "",
                operation,
                line.true,
                f"textbook: {line.topic}",
                other_words,
                line.true is not None,
            )


def some(seed: int, number: int, *, held_out: bool, other_words: bool = False) -> list[Pair]:
    """So many pairs."""
    return list(islice(pairs(seed, held_out=held_out, other_words=other_words), number))


def _pair(family: Family, rng: random.Random, other_words: bool) -> Pair | None:
    move = family.make(Draw(rng))
    before, line = tidy(move.before), tidy(move.line)
    if move.also and rng.random() < 0.5:
        line = tidy(rng.choice(move.also))
    right = rng.random() < 0.55
    if not right:
        wrong = _wrong(move, before, line, rng)
        if wrong is None:
            right = True
        else:
            line = wrong
    if line == before and move.operation != "state":
        return None
    confirmed = False
    if move.verified:
        verdict = judged(before, line)
        if verdict is not None and verdict is not right:
            return None
        confirmed = verdict is not None
    return _shown(move, before, line, right, confirmed, family.name, rng, other_words)


def _wrong(move: Move, before: str, line: str, rng: random.Random) -> str | None:
    chance = rng.random()
    own = [tidy(w) for w in move.wrong if w]
    if chance < 0.15 and move.verified and (made := _by_rule(before, move.operation, rng)):
        return made
    if own and chance < 0.65:
        found = rng.choice(own)
        return found if found != line else None
    if move.operation == "state" and not own:
        return None
    slipped = slip(line, rng)
    return slipped if slipped not in (None, line) else None


def _by_rule(before: str, operation: str, rng: random.Random) -> str | None:
    """What a rule of the catalogue makes of a line."""
    names = [n for n in _RULES.get(operation, ()) if n in _known()]
    if not names:
        return None
    try:
        tree = plain(read(before))
        made = list(islice(_known()[rng.choice(names)].forms(tree), 4))
    except (NotReadable, TooLarge, ZeroDivisionError):
        return None
    return tidy(to_text(rng.choice(made))) if made else None


@cache
def _known() -> dict[str, Misconception]:
    return dict(rules())


_NUMBER = re.compile(r"(?<![\w.^{_])\d+(?:\.\d+)?(?![\w.]*\()")
_SIGN = re.compile(r"(?<=[\w)] )[-+](?= )|(?<=[=(] )-|(?<=\()-")


def slip(line: str, rng: random.Random) -> str | None:
    """A line with one number or one sign written wrong; None where there is neither.

    >>> slip("2x = 4", random.Random(3)) != "2x = 4"
    True
    """
    numbers = list(_NUMBER.finditer(line))
    signs = list(_SIGN.finditer(line))
    if signs and (not numbers or rng.random() < 0.4):
        at = rng.choice(signs)
        return tidy(
            line[: at.start()]
            + ("+" if at[0] == "-" else "-" if line[at.start() - 1] == " " else "")
            + line[at.end() :]
        )
    if not numbers:
        return None
    at = rng.choice(numbers)
    return line[: at.start()] + _misread(at[0], rng) + line[at.end() :]


def _misread(number: str, rng: random.Random) -> str:
    match rng.randrange(4):
        case 0 if len(number) > 1 and number[0] != number[1] and "." not in number and number[1] != "0":
            return number[1] + number[0] + number[2:]
        case 1 if "." not in number:
            return number + "0"
        case 2 if "." in number:
            return number.replace(".", "")
        case _:
            if "." in number:
                return number + "5"
            changed = int(number) + rng.choice((1, -1, 2, 3, -2))
            return str(changed if changed > 0 else int(number) + 1)


@lru_cache(maxsize=4096)
def judged(before: str, line: str) -> bool | None:
    """What the verifier says of a step in plain notation; None where it cannot tell."""
    try:
        first, second = read(before), read(line.removeprefix("= "))
        if isinstance(first, Expr) and isinstance(second, Expr):
            task: Compare | Relate = Compare(first, second)
        elif isinstance(first, Expr) or isinstance(second, Expr):
            return None
        else:
            task = Relate(first, second)
        verdict = decide(task, Budget(200_000)).evidence.verdict
    except (NotReadable, TooLarge):
        return None
    return {Verdict.CORRECT: True, Verdict.WRONG: False}.get(verdict)


_STYLES = ("plain",) * 8 + ("close",) * 4 + ("signs",) * 3 + ("latex",) * 3 + ("words",) * 3
_VERBAL = ("let ", "answer", "so ", "therefore", "the answer")


def _shown(
    move: Move, before: str, line: str, right: bool, confirmed: bool, family: str, rng: random.Random, other_words: bool
) -> Pair:
    """A pair as it stands on paper."""
    verbal = family.startswith("story") or line.startswith(_VERBAL)
    if not verbal:
        style = rng.choice(_STYLES)
        line = dressed(line, rng, style)
        before = dressed(before, rng, style if rng.random() < 0.7 else rng.choice(_STYLES)) if before else ""
        if before and rng.random() < 0.2:
            before = told(before, "", "", rng, False)
    if not verbal or rng.random() < 0.1:
        line = told(line, move.operation, move.operand, rng, other_words)
    line = recased(line, rng)
    problem = move.given if rng.random() < 0.7 else ""
    if not problem and rng.random() < 0.2 and move.before:
        problem = f"Solve {tidy(move.before)}"
    return Pair(before, line, problem, move.operation, right, family, other_words, confirmed)


def agreement(sample: Sequence[Pair]) -> tuple[int, int]:
    """How many pairs the verifier confirmed, and how many there are."""
    return sum(p.confirmed for p in sample), len(sample)
