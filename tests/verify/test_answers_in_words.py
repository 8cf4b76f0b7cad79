import pytest

from tutor.pipeline import assess
from tutor.problems import problem_from_object
from tutor.records import Verdict

PROBLEM = {
    "statement": "Tim has 30 marbles, 6 more than Ann. How many do they have together?",
    "answer": "54",
    "solution": ["30 - 6 = 24", "24 + 30 = 54"],
}
CENTS = {"statement": "8 pens cost $2. How much is one pen, in cents?", "answer": "25", "solution": ["200 / 8 = 25"]}

CASES = [
    # problem, work, whether the answer is right, why it is here
    (
        PROBLEM,
        "30 - 6 = 24\nI added 24 and Tim's 30, which equals 54 marbles in all.",
        True,
        "the result of a sentence",
    ),
    (
        PROBLEM,
        "30 - 6 = 24\nSo together they have 54 marbles, 30 of them Tim's.",
        True,
        "not the last number, but a new one",
    ),
    (PROBLEM, "30 - 6 = 24\nThat gives 24 + 30 marbles, so the two have fifty-four.", True, "in words altogether"),
    (PROBLEM, "30 + 6 = 36\nSo Ann and Tim have 66 marbles together.", False, "another result"),
    (PROBLEM, "24 + 30 = 54\nSo there are 54 marbles for 2 children to play with.", True, "a remark after it"),
    (
        PROBLEM,
        "Ann has 24.\nTogether that is 54, and 54 is 30 more than 24.",
        True,
        "said again in a remark",
    ),
    (CENTS, "2 / 8 = $0.25", True, "dollars where cents are asked for"),
    (CENTS, "2 / 8 = $0.20", False, "another value in dollars"),
]


@pytest.mark.parametrize(("problem", "work", "right", "why"), CASES, ids=[c[-1] for c in CASES])
def test_an_answer_in_words_is_found(problem, work, right, why):
    steps, answers = assess(work, problem_from_object(problem | {"departing": "off"}))
    assert answers[0][1].correct is right, why
    if right is not False:
        assert all(s.verdict is not Verdict.WRONG for s in steps)
