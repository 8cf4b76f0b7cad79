"""What the letters of a catalogue's correction stand for in the student's work: a*(b + c) in 3(x + 5)."""

from __future__ import annotations

from collections import Counter
from functools import cache

from tutor.errors import StudentError
from tutor.feedback.causes import Diagnosis
from tutor.misconceptions.catalogue import Entry
from tutor.misconceptions.notation import statement
from tutor.misconceptions.patterns import Bindings, Rewriting, matches, places, plain, put_in, rewritten
from tutor.slm.wording import letters_of
from tutor.syntax.printer import to_text
from tutor.syntax.tree import Chain, Expr, Node, Statement, children


def letters_in(diagnosis: Diagnosis) -> list[tuple[str, str]]:
    """Each letter of the correction with what it is in the statement before; [] where that is not certain.

    It is certain where the wrong rule, applied in one place, gives what the cause says, or where there is only one
    place that the rule's formula fits.
    """
    cause = diagnosis.causes[0]
    entry = cause.entry
    # The letters of a law have units, which the patterns of mathematics do not know.
    if entry.physical or not diagnosis.seen or cause.after is not None:
        return []
    rule = rule_of(entry)
    if rule is None:
        return []
    line = plain(diagnosis.before)
    wanted = set(letters_of(entry.hints[2]))
    for bound in _misused(rule, line, cause.form) or _in_one_place(rule.pattern, line):
        # What is left over of a product is put to a letter, though it stand elsewhere in the formula as well.
        if bound.keys() >= wanted and leaves(put_in(rule.pattern, bound)) <= leaves(line):
            return [(letter, to_text(bound[letter])) for letter in wanted]
    return []


@cache
def rule_of(entry: Entry) -> Rewriting | None:
    """The entry's rule as a rewriting, where the correction holds its formula; None where it does not."""
    formula, _, wrong = (side.strip() for side in entry.rule.partition("->"))
    if formula not in entry.hints[2]:
        return None
    try:
        pattern = plain(statement(formula))
    except StudentError:
        return None
    try:
        return Rewriting.of(pattern, plain(statement(wrong)))
    except StudentError:  # "fewer figures": what is made of it is said in words
        return Rewriting.of(pattern, pattern)


def _misused(rule: Rewriting, line: Statement, form: Statement) -> list[Bindings]:
    """What the letters are where the wrong rule makes of the line what the cause says."""
    tried: list[Bindings] = []

    def note(bound: Bindings) -> bool:
        tried.append(bound)
        return True

    return [tried[-1] for new in rewritten(rule, line, note) if new == form != line]


def _in_one_place(pattern: Node, line: Statement) -> list[Bindings]:
    """What the letters are in the only place that the formula fits, in the order in which it is written there."""
    found = [(place, bound) for place in places(line) for bound, _ in matches(pattern, place)]
    if len({id(place) for place, _ in found}) != 1:
        return []
    in_order = [bound for place, bound in found if put_in(pattern, bound) == place]
    return in_order or ([found[0][1]] if len(found) == 1 else [])


def leaves(node: Node) -> Counter[Node]:
    """How often each number and each letter stands in it."""
    parts = [part for part in children(node) if isinstance(part, Expr | Chain)]
    return sum((leaves(part) for part in parts), Counter()) if parts else Counter([node])
