"""Words around a claim that forbid an accusation: rows of problem, work, verdict of each line, why."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import Problem
from tutor.verify import wording

WORK = [
    # problem, work, verdicts, why it is here
    ("", "She was 3rd and drops 2 places: 3rd - 2 = 5th.", ["no_claim"], "places are counted, not things"),
    ("", "1/4th + 2/4ths = 3/4ths", ["correct"], "fractions with an ending are numbers"),
    ("", "4 * $0.15 = $0.60 (60 cents).", ["correct"], "a bracket says the amount again"),
    ("", "The price is 80 - 25% = 60 dollars.", ["correct"], "a percentage of the number before it"),
    ("", "The price is 80 - 25% = 50 dollars.", ["wrong"], "no reading makes it true"),
    ("", "x - 20% = 40\nx = 50", ["no_claim", "correct"], "a percentage of the unknown"),
    ("", "We need 60/1/4 = 240 tiles.", ["correct"], "divided by a quarter, typed without a bracket"),
    ("", "We need 60/1/4 = 200 tiles.", ["wrong"], "neither reading"),
    ("Find the units digit of 3^5.", "9 * 9 = 1\n9 * 9 = 2", ["undecided", "wrong"], "last digits only"),
    ("Find the remainder when 2^9 is divided by 7.", "8 = 1\n8 = 2", ["undecided", "wrong"], "modulo the divisor"),
    ("", "7 + 5 = 2 (all in S)", ["undecided"], "another arithmetic"),
    ("", "- 4 * 2 = 8", ["undecided"], "the dash may be a bullet"),
    (
        "",
        "Put in x = 3: we get 2(3) + 1 = 9, which means 7 = 9, which is false.",
        ["no_claim"],
        "the sentence refuses what it arrives at",
    ),
    (
        "",
        "Ben has 4 boxes with x pens each, so 4x = 0 at first.\n"
        "We are told that there are 36 pens in the end, so we can write: 4x = 36.",
        ["no_claim", "no_claim"],
        "a new equation is introduced",
    ),
    (
        "",
        "8x = 60\nx = 7.5\nOnly whole boxes can be bought, so we round up:\nx = 8",
        ["no_claim", "correct", "no_claim", "undecided"],
        "the words say that it is rounded",
    ),
    ("", r"\[ \cos (2x)^\circ = \frac{1}{\sec (2x)^\circ} \]", ["correct"], "the degree sign belongs to the angle"),
    (
        "",
        r"\[ \angle AMB = \frac{1}{2} \angle AOB = \frac{1}{2} \cdot 70^\circ = 35^\circ \]",
        ["correct"],
        "half of it",
    ),
    ("", r"\[ \angle AMB = \frac{1}{2} \angle AOB = \frac{1}{2} \cdot 70^\circ = 30^\circ \]", ["wrong"], "false"),
    (
        "",
        "The length is then 43.6 cm / 4 = 11 cm",
        ["correct"],
        "rounded to the figures shown",
    ),
    ("", "The length is then 43.6 cm / 4 = 12 cm", ["wrong"], "rounded to nothing"),
    ("", "d = 0.023 m ≈ 2 cm", ["correct"], "one figure of a length"),
    (
        "",
        "Using a = 0 and b = 25 cm = 0.25 m, we find the length.",
        ["correct"],
        "units stay",
    ),
    ("", "Using a = 0 and b = 25 cm = 0.5 m, we find the length.", ["wrong"], "units stay, and it is false"),
    ("", "sö + tö = 5\nsö - tö = 1\nsö = 3", ["no_claim", "no_claim", "correct"], "letters that flint does not take"),
    (
        "Let f(x) = 2x + 1 and g(x) = x^2. Find g(f(3)).",
        "First we work from the inside outwards, step by step.\ng(f(3)) = g(7) = 49\nf(2) = 6",
        ["no_claim", "correct", "wrong"],
        "values of the problem's functions",
    ),
    (
        "",
        "We subtract 5x from both sides of the equation and get x^2 - 5x = -6.\n"
        "Collecting everything on the left side of it, we have x^2 - 5x - 6 = 0.",
        ["no_claim", "wrong"],
        "an operation is said to lead to the line",
    ),
    (
        "",
        "We start from the equation that the story gives us, which is this one:\n2x + 6 = 20\n2x = 26",
        ["no_claim", "no_claim", "wrong"],
        "formulas right below each other follow each other in prose too",
    ),
    (
        "",
        "The polynomial equation that we have to solve here is x^3 - 7x + 6 = 0.\n"
        "Since 1 is a root of it we can factor, so x^3 - 7x + 6 = (x - 1)(x^2 + x + 6).",
        ["no_claim", "wrong"],
        "a false factorisation among words",
    ),
    (
        "",
        "All of the bees together are x + (1/2)x + x = (3/2)x + x = (7/2)x bees in the evening.",
        ["wrong"],
        "a false link in a calculation with letters",
    ),
    (
        "",
        "The first condition of the story gives us x + y = 10 for the two numbers.\n"
        "The second condition of the story gives us x - y = 4 for the two numbers.\n"
        "Solving the two equations together we find x = 8 for the first of them.",
        ["no_claim", "undecided", "wrong"],
        "a false solution of a system, said to be one",
    ),
    (
        "",
        "The equation of the story is x^2 = 9 for the number of rows that we look for.\n"
        "Solving it we find x = 3 for the number of rows.",
        ["no_claim", "correct"],
        "one of the solutions is no mistake",
    ),
]


@pytest.mark.parametrize(("problem", "work", "verdicts", "why"), WORK)
def test_words_around_a_claim(problem, work, verdicts, why):
    stated = problem_from_statement(problem) if problem else Problem()
    assert [str(step.verdict) for step in check_work(work, stated)] == verdicts, why


@pytest.mark.parametrize(
    ("problem", "moduli"),
    [
        ("What is the units digit of 7^8?", {10, 100}),
        ("Find the remainder when n is divided by 12.", {12}),
        ("How many apples are there?", set()),
    ],
)
def test_moduli_of_a_problem(problem, moduli):
    assert wording.moduli(problem) == moduli
