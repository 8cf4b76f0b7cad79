"""Lines by seed: clauses of all topics, put together as students run them on, with their habits of typing."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator
from fractions import Fraction
from functools import cache

from tutor.errors import TooLarge
from tutor.slm.labels import assemble
from tutor.training.textbook import arithmetic, by_hand, equations, habits, more, science, sentences
from tutor.training.textbook.arithmetic import Talk
from tutor.training.textbook.lines import Line, aligned, filled_in, reads, same
from tutor.training.textbook.phrases import Banks, Draft, Entry, read_banks

Clause = Callable[[Talk], None]

# topic, clause, weight, whether it may be followed by another
_CLAUSES: tuple[tuple[str, Clause, float], ...] = (
    ("arithmetic", arithmetic.told, 31), ("arithmetic", arithmetic.in_a_gap, 7), ("going on", arithmetic.going_on, 11),
    ("arithmetic", sentences.restated, 5), ("values", sentences.saying, 31), ("nothing", sentences.nothing, 15),
    ("corrections", sentences.corrected, 3), ("equations", equations.solving, 11),
    ("equations", equations.one_equation, 6.5), ("equations", equations.alternatives, 2),
    ("definitions", equations.defining, 3), ("equations", equations.putting_in, 3.5),
    ("algebra", equations.named_operation, 6.5), ("algebra", equations.identity, 2.5),
    ("equations", equations.difference, 1.5), ("equations", equations.between, 0.9),
    ("arithmetic", arithmetic.nested, 4), ("physics", science.law, 6), ("physics", science.quantity, 5),
    ("physics", science.named_quantity, 3), ("physics", science.formula, 1.5),
    ("functions", science.trigonometry, 1), ("calculus", science.calculus, 2), ("units", science.conversion, 1.7),
    ("percent", science.part_changed, 2.5), ("averages", science.mean, 2.2),
    ("geometry", more.several_factors, 5), ("equations", more.chain, 4), ("physics", more.travelling, 3),
    ("fractions", more.reduced, 1.7), ("equations", more.roots, 1.7), ("corrections", more.taken_back_whole, 1),
    ("equations", more.words_then_equation, 1), ("physics", more.substituted, 2), ("physics", more.given_then_done, 3),
    ("arithmetic", more.in_signs_then_words, 4), ("fractions", more.fractions_said, 3),
    ("percent", more.in_percent, 2), ("arithmetic", more.two_steps_at_once, 3), ("arithmetic", more.bracketed_signs, 3),
    ("equations", equations.solution_pair, 1.5),
    ("calculus", equations.slope, 1.5), ("units", more.in_other_units, 1.5),
)  # fmt: skip
_WEIGHTS = tuple(c[2] for c in _CLAUSES)
BY_HAND = 0.5  # of the lines, those that vary a line written by hand


def families() -> tuple[str, ...]:
    """Every family of phrasings: the bank and its name in it."""
    return tuple(sorted({_family(name, entry) for name, bank in read_banks().items() for entry in bank}))


@cache
def held_out() -> frozenset[str]:
    """The families whose words stand in no training line."""
    return frozenset(_family(name, entry) for name, bank in read_banks().items() for entry in bank if entry.held_out)


def _family(name: str, entry: Entry) -> str:
    return f"{name}:{entry.family}"


@cache
def _swaps() -> tuple[str, ...]:
    banks = read_banks()
    return tuple(
        sorted(
            {
                e.text
                for name in ("n", "n1", "adj", "qn", "stuff", "body", "container", "unitoftime")
                for e in banks[name]
                if not e.held_out and e.text.isalpha() and len(e.text) > 2
            }
        )
    )


def lines(seed: int, n: int, families: Collection[str] | None = None) -> Iterator[Line]:
    """`n` labelled lines; the same for the same seed.

    families: None for those of training; otherwise lines in which one of these was used.
    """
    rng = random.Random(seed)
    wanted = None if families is None else frozenset(families)
    out = wanted is not None and bool(wanted & held_out())
    found = 0
    while found < n:
        one = random.Random(rng.getrandbits(64))
        by_itself = wanted is None and one.random() < BY_HAND
        line = by_hand.line(one, _swaps()) if by_itself else _line(one, out, wanted)
        if line is not None:
            found += 1
            yield line


def _line(rng: random.Random, held_out: bool, wanted: frozenset[str] | None) -> Line | None:
    banks = Banks(read_banks(), held_out)
    draft = Draft(rng, banks)
    previous, value = _previous(rng) if rng.random() < 0.5 else (None, None)
    talk = Talk(draft, previous, value)
    banks.chosen.clear()
    topic, said, _ = rng.choices(_CLAUSES, _WEIGHTS)[0]
    equation = said in (equations.solving, equations.one_equation, equations.alternatives)
    if rng.random() < (0.2 if equation else 0.36) and said not in (sentences.nothing, equations.defining):
        talk.form()
        talk.bank("opener")
    if rng.random() < 0.07 and said is not sentences.nothing:
        talk.form()
        talk.bank("none")
        draft.phrase("(,|,|:|.|so|-|, so|. so|...)")
    said(talk)
    if said is sentences.nothing:
        if rng.random() < 0.12:
            draft.phrase("(and|,|so|because|.|then|but)")
            sentences.nothing(talk)
    else:
        while rng.random() < (0.24 if draft.items_begun < 4 else 0.0):
            follow = rng.random()
            if talk.last is not None and topic == "arithmetic" and rng.random() < 0.1:
                more.said_again(talk)
                continue
            talk.bank("joined")
            if (
                follow < 0.45
                and talk.last is not None
                and talk.last_value is not None
                and topic in ("arithmetic", "going on")
            ):
                arithmetic.going_on(talk)
            elif follow < 0.6:
                sentences.nothing(talk)
            elif follow < 0.75 and topic in ("values", "physics", "arithmetic"):
                sentences.saying(talk) if topic != "physics" else science.quantity(talk)
            else:
                talk.last = None
                another = rng.choices(_CLAUSES, _WEIGHTS)[0]
                if (
                    another[0] in ("arithmetic", "values", "equations", "physics", topic)
                    and another[1] is not arithmetic.going_on
                ):
                    another[1](talk)
                else:
                    said(talk)
        if talk.last is not None and draft.items and rng.random() < 0.06:
            r = rng.random()
            if r < 0.35 and talk.last_value is not None:
                more.said_again(talk)
            else:
                arithmetic.outcome_repeated(talk)
        if rng.random() < 0.06:
            talk.bank("after")
    return _kept(talk, topic, previous, wanted)


def _previous(rng: random.Random) -> tuple[str, Fraction]:
    value = Fraction(rng.choice((rng.randint(2, 60), rng.randint(2, 60), rng.randint(10, 900))))
    return f"{rng.choice(('', '', '', '$'))}{value}", value


def _kept(talk: Talk, topic: str, previous: str | None, wanted: frozenset[str] | None) -> Line | None:
    """The line, where its labels give exactly what it was made to say."""
    draft = talk.draft
    chosen = draft.banks.chosen
    used = tuple(dict.fromkeys(chosen))
    if wanted is not None and not wanted.intersection(used):
        return None
    symbols = frozenset(talk.symbols)
    operands = list(draft.operands)
    for attempt in range(2):
        pieces = (
            habits.typed(draft.pieces, talk.rng, _swaps(), strange=wanted is None) if attempt == 0 else draft.pieces
        )
        draft.operands = list(operands)
        try:
            placed = aligned(pieces, draft, symbols)
        except TooLarge:
            return None
        if placed is None:
            continue
        text, tokens, labels = placed
        if any(token.kind == "unit" and token.copy.endswith("turns") for token in tokens):
            continue  # "3 m turns out to be"
        made = assemble(tokens, labels, previous)
        items = tuple(filled_in(item, draft.operands) for item in draft.items)
        if made is None or len(made) != len(items) or not all(map(same, made, items)) or not all(map(reads, made)):
            continue
        out = held_out()
        family = next((f for f in used if f in out), next((f for f in used if "." in f), used[0] if used else topic))
        return Line(text, tokens, tuple(labels), made, family, topic, used, symbols, previous, talk.true)
    return None
