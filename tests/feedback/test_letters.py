"""The correction in general form says what its letters are in the student's work, where that is certain."""

import pytest

from tutor.feedback.causes import Diagnosis
from tutor.feedback.hints import answers_of, numbers_in
from tutor.feedback.letters import leaves, letters_in
from tutor.misconceptions.catalogue import entries
from tutor.misconceptions.explain import Cause, explain
from tutor.misconceptions.notation import statement
from tutor.misconceptions.patterns import plain, put_in
from tutor.pipeline import check_work
from tutor.problems import problem_from_object, problem_from_statement
from tutor.slm.wording import in_own_symbols, letters_of
from tutor.syntax.read import read_expr
from tutor.verify.tasks import Setting


def correction(problem, work):
    return next(step.hints[2] for step in check_work(work, problem_from_statement(problem)) if step.hints)


SAID = [
    # problem                what the last hint ends with                work                        why
    ("Expand (x+3)^2.",      "Here a is x and b is 3.",                  "(x+3)^2 = x^2 + 9",        "a sum"),
    ("Expand 5(2y - 3).",    "Here a is 5, b is 2y and c is -3.",        "5(2y - 3) = 10y - 3",      "a sign"),
    ("Work out 1/2 + 1/3.",  "Here a is 1, b is 2, c is 1 and d is 3.",  "1/2 + 1/3 = 2/5",          "fractions"),
    ("Solve 4(y - 5) = 8",   "Here a is 4, x is y, b is -5 and c is 8.", "4(y - 5) = 8\n4y = 13",    "an equation"),
    ("Simplify x^2 * x^5.",  "Here a is x, m is 2 and n is 5.",          "x^2 * x^5 = x^10",         "powers"),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "said", "work", "why"), SAID, ids=[row[3] for row in SAID])
def test_the_last_hint_says_what_its_letters_are(problem, said, work, why):
    assert correction(problem, work).endswith(said), why


def test_what_would_tell_the_answer_is_left_out():
    problem = problem_from_object({"id": "a", "statement": "Solve 2(x + 3) = 2x + x", "answer": "x = 6"})
    steps = check_work("2(x + 3) = 3x\n2x + 3 = 3x\n3 = x", problem)
    said = [hint for step in steps for hint in step.hints]
    assert said
    assert not any(answers_of(problem) & numbers_in(hint) for hint in said)


UNSAID = [
    # rule                            before                 line                why
    ("sign_kept_when_moved",          "3*x - 7 = 8",         "3*x = 1",          "the hint's x would be 3x"),
    ("plus_minus_forgotten",          "x^2 = 9",             "x = 3",            "its formula has a^2"),
    ("rational_sum_tops_not_rescaled", "1/y + 4/(3*y)",      "5/(3*y)",          "the hint's y would be 3y"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "before", "line", "why"), UNSAID, ids=[row[3] for row in UNSAID])
def test_nothing_is_said_where_it_would_confuse(rule, before, line, why):
    before, line = statement(before), statement(line)
    causes = tuple(c for c in explain((before,), line, Setting()) if c.id == rule)
    assert causes
    assert in_own_symbols(entries()[rule].hints[2], letters_in(Diagnosis(before, line, causes))) == "", why


def test_nothing_is_said_of_a_statement_that_the_student_has_not_seen():
    before, line = statement("(x + 3)^2"), statement("x^2 + 9")
    cause = Cause("square_of_sum_termwise", plain(line), True)
    assert letters_in(Diagnosis(before, line, (cause,)))
    assert letters_in(Diagnosis(before, line, (cause,), seen=False)) == []


ENTRIES = [entry for entry in entries().values() if entry.checked and not entry.physical]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_put_in_the_letters_give_back_a_part_of_the_students_line(entry):
    for example in entry.examples:
        if ";" in example.before:
            continue
        before = plain(statement(example.before))
        found = dict(letters_in(Diagnosis(before, before, (Cause(entry.id, before, False),))))
        if found:
            assert found.keys() == set(letters_of(entry.hints[2]))
            own = {letter: plain(read_expr(text)) for letter, text in found.items()}
            formula = plain(statement(entry.rule.split("->")[0]))
            # Each number and letter of it stands in the line, as often as here.
            assert leaves(put_in(formula, own)) <= leaves(before), (entry.id, found)
