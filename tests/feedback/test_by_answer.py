"""True work on the wrong formula: the error is named where the right one, with the student's numbers, is the answer."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_object
from tutor.records import Verdict

CAUSES = [
    # problem, its answer, work, the error
    ("A bike costs £240 after a rise of 20%. What did it cost before?", "£200", "20% of 240 = 48\n240 - 48 = £192",
     "percent_undone_by_same_percent"),
    ("A coat costs £80. Its price is reduced by 15%. What is the new price?", "£68", "15% of 80 = 12\nPrice = £12",
     "percent_increase_only"),
    ("£500 earns 4% compound interest per year. What is it worth after 3 years?", "£562.43",
     "500 · 0.04 · 3 = 60\n500 + 60 = £560", "compound_growth_as_linear"),
    ("Share £60 in the ratio 2:3. How much is the smaller share?", "£24", "2/3 · 60 = £40",
     "ratio_part_taken_as_fraction"),
    ("4 workers build a wall in 6 days. How long do 8 workers take?", "3 days", "8/4 · 6 = 12 days",
     "inverse_taken_as_direct"),
    ("A right triangle has hypotenuse 13 cm and one leg 5 cm. Find the other leg.", "12 cm",
     "b^2 = 13^2 + 5^2 = 194\nb = 13.9 cm", "pythagoras_leg_as_hypotenuse"),
    ("A die is rolled twice. Find the probability of two sixes.", "1/36", "1/6 + 1/6 = 1/3", "and_probability_added"),
    ("How many ways are there to choose 2 of 8 people?", "28", "8 · 7 = 56", "order_counted_in_combination"),
    ("A crate is pulled with 100 N at 30° to the horizontal over 5 m. Find the work done.", "433 J",
     "W = 100 N · 5 m = 500 J", "work_angle_ignored"),
    ("A train travels at 72 km/h. How far does it go in 30 s?", "600 m", "s = 72 · 30 = 2160 m",
     "unit_relabelled_without_converting"),
]  # fmt: skip

NONE = [
    # problem, its answer, work, why nothing is named
    ("A ticket costs $80. The price goes up by 12%. What is the new price?", "$89.60",
     "12% of 80 = 9.60\n80 - 9.60 = 70.40", "the increase was not given for the price: it was taken away"),
    ("Eggs cost $8 a box for a committee of 24. Each box holds 12. What do two each cost?", "$32", "8 · 8 = 64",
     "half of a product is an answer by chance: nothing is chosen"),
    ("A class has 20 children; 5 are ill. How many percent are well?", "75", "20 · 5 = 100", "5 is no rate"),
]  # fmt: skip


def first_cause(problem: str, answer: str, work: str) -> str | None:
    steps = check_work(work, problem_from_object({"statement": problem, "answer": answer}))
    return next(step for step in steps if step.verdict is Verdict.WRONG).misconception


@pytest.mark.parametrize(("problem", "answer", "work", "cause"), CAUSES, ids=[r[3] for r in CAUSES])
def test_a_formula_that_stands_for_the_right_one_is_named(problem: str, answer: str, work: str, cause: str) -> None:
    assert first_cause(problem, answer, work) == cause


@pytest.mark.parametrize(("problem", "answer", "work", "why"), NONE, ids=[r[3][:20] for r in NONE])
def test_a_number_that_is_the_answer_by_chance_names_nothing(problem: str, answer: str, work: str, why: str) -> None:
    assert first_cause(problem, answer, work) is None, why
