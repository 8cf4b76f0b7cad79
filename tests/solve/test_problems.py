"""Statements alone: the right value, or nothing; and every line of a worked solution right."""

from __future__ import annotations

import pytest

from tests.solve.problems import PROBLEMS, SEVERAL, UNSURE
from tutor.bridge.units import measured
from tutor.problems import problem_from_statement
from tutor.reading import split_steps
from tutor.records import Verdict
from tutor.solve import solve
from tutor.syntax.hints import ReadHints
from tutor.syntax.read import read_expr
from tutor.syntax.tree import Degrees
from tutor.verify.judge import judge_steps

AT_LEAST_RIGHT = 0.8  # of the plain problems; the others may stay silent


def amount(text):
    expr = read_expr(text, ReadHints(units=True))
    found = measured(expr.operand if isinstance(expr, Degrees) else expr)
    return float(found.value), found.dimension


def same(text, expected):
    (a, in_a), (b, in_b) = amount(text), amount(expected)
    return in_a == in_b and abs(a - b) <= 0.02 * abs(b)


def answers(statement):
    return [s.answer.text for s in solve(problem_from_statement(statement)).parts if s.answer is not None]


@pytest.mark.parametrize(("statement", "expected", "why"), PROBLEMS)
def test_an_answer_is_right_or_not_given(statement, expected, why):
    for text in answers(statement):
        assert same(text, expected), why


def test_most_plain_problems_are_solved():
    solved = sum(any(same(text, expected) for text in answers(statement)) for statement, expected, _ in PROBLEMS)
    assert solved >= AT_LEAST_RIGHT * len(PROBLEMS)


@pytest.mark.parametrize(("statement", "expected", "why"), SEVERAL)
def test_later_questions_may_use_earlier_answers(statement, expected, why):
    found = answers(statement)
    assert len(found) == len(expected), why
    for text, value in zip(found, expected, strict=True):
        assert same(text, value), why


@pytest.mark.parametrize(("statement", "why"), UNSURE)
def test_where_something_is_missing_it_says_so(statement, why):
    solved = solve(problem_from_statement(statement)).parts
    assert all(s.answer is None and s.why_silent for s in solved), why


@pytest.mark.parametrize("statement", [p[0] for p in PROBLEMS[::3]])
def test_our_own_judge_finds_no_fault_in_the_lines(statement):
    problem = problem_from_statement(statement)
    for solved in solve(problem).parts:
        for step in judge_steps(split_steps("\n".join(solved.lines), problem), problem):
            assert step.verdict in (Verdict.CORRECT, Verdict.NO_CLAIM), step.step.text
