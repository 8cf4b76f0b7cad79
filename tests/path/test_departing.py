import pytest

from tutor.path import first_departure, route_of
from tutor.pipeline import assess, check_work
from tutor.problems import InvalidSet, problem_from_object
from tutor.reading import split_steps
from tutor.records import Departs, FollowThrough, Verdict
from tutor.report.words import in_words

BUS = {
    "statement": "A bus has 3 rows of 12 seats and 5 folding seats. A ticket costs $4. What is taken when it is full?",
    "answer": "164",
    "solution": ["3 x 12 = 36 seats", "36 + 5 = 41 seats", "41 x $4 = $164"],
}
JAM = {
    "statement": "A jar of jam costs $5. Ana buys 6 jars and gets 20% off. She pays with $50. What is her change?",
    "answer": "26",
    "solution": ["6 * 5 = $30", "30 * 20% = $6 off", "30 - 6 = $24", "50 - 24 = $26"],
}
AGES = {
    "statement": "Mia is 4 years older than twice Ben's age. Together they are 31. How old is Mia?",
    "answer": "22",
    "solution": ["31 - 4 = 27", "27 / 3 = 9", "2 * 9 + 4 = 22"],
}
PEAS = {
    "statement": "A farmer has 40 rows of 15 pea plants. A quarter of the plants die. How many plants are left?",
    "answer": "450",
    "solution": ["40 * 15 = 600 plants", "600 / 4 = 150 plants die", "600 - 150 = 450 plants"],
}
LAPS = {
    "statement": "Lea swims 8 laps a day, Monday to Friday. How many laps does she swim in 52 weeks?",
    "answer": "2080",
    "solution": ["8 * 5 = 40 laps a week", "40 * 52 = 2080 laps"],
}

RICE = {
    "statement": "A cook has 9 kg of rice. She uses 3 kg in 2 pots, the same in each. How many kg are in 4 pots?",
    "answer": "6",
    "solution": ["3 / 2 = 1.5 kg in a pot", "1.5 * 4 = 6 kg"],
}
WAGES = {
    "statement": "A day has 5 tasks of $3 each. Tom works 6 days a week. How much does he make in 2 weeks?",
    "answer": "180",
    "solution": ["5 * 3 = $15 a day", "15 * 6 = $90 a week", "90 * 2 = $180"],
}
PENS = {
    "statement": "Ann has 4 boxes of 5 pens. She gives half to Ben, who has 6 pens. How many pens does Ben have now?",
    "answer": "16",
    "solution": ["4 * 5 = 20 pens", "20 / 2 = 10 pens", "10 + 6 = 16 pens"],
}
SLIPPED = {
    "statement": "Two rolls cost $3 each, a bun $1.50 and a tea $2. What do they cost for 4 days?",
    "answer": "38",
    "solution": ["2 * 3 = $6", "6 + 1 + 2 = $9.50", "9.50 * 4 = $38"],
}
SOCKS = {
    "statement": "Each of 5 cats wears 4 socks. Socks cost $3 a pair. What does it cost to dress them?",
    "answer": "30",
    "solution": ["4 / 2 = 2 pairs for a cat", "5 * 2 = 10 pairs", "10 * 3 = $30"],
}

WRONG = [
    # problem, work, first wrong line, slip, why it is here
    (BUS, "3 + 12 = 15 seats\n15 + 5 = 20 seats\n20 x $4 = $80", 0, "operation", "added for multiplied"),
    (BUS, "3 x 12 = 36 seats\n36 x $4 = $144", 1, "other_value", "the folding seats are left out at the end"),
    (BUS, "12 x 5 = 60 seats\n60 x $4 = $240", 0, "other_value", "the wrong one of two givens"),
    (BUS, "3 x 12 = 36 seats\n36 + 5 = 41 seats\nThe answer is 41.", 2, "part", "a part answered for the whole"),
    (BUS, "3 x 12 = 36 seats\n36 + 5 + 5 = 46 seats\n46 x 4 = $184", 1, "too_much", "a given used twice"),
    (JAM, "6 * 5 = $30\n30 * 20% = $6\n30 + 6 = $36\n50 - 36 = $14", 2, "operation", "the discount added on"),
    (JAM, "6 * 5 = $30\n50 - 30 = $20", 1, "other_value", "the discount is never used"),
    (JAM, "50 * 20% = $10\n6 * 5 = $30\n50 - 30 + 10 = $30", 0, "other_value", "a share of the wrong amount"),
    (
        AGES,
        "Let b be Ben's age.\nMia is 2b - 4.\n2b - 4 + b = 31\n3b = 35\nb = 11.67\nSo Mia is 19.33.",
        1,
        "letters",
        "less for more, in letters",
    ),
    (AGES, "31 - 4 = 27\n27 / 3 = 9\nThe answer is 9.", 2, "part", "the other one's age"),
    (
        PEAS,
        "40 * 15 = 600\n600 / 4 = 150\nSo 150 plants are left.",
        2,
        "part",
        "those that die for those that are left",
    ),
    (PEAS, "40 + 15 = 55\n55 / 4 = 13.75\n55 - 13.75 = 41.25", 0, "operation", "added for multiplied"),
    (LAPS, "8 * 52 = 416 laps", 0, "left_out", "the days of the week are left out"),
    (LAPS, "8 * 7 = 56 laps a week\n56 * 52 = 2912 laps", 0, "other_value", "swims at the weekend, too"),
    (RICE, "9 - 3 = 6 kg are left\n6 / 2 = 3", 1, "other_value", "what is left is no mistake, only its use is"),
    (WAGES, "6 * 5 * 3 = 90 a day\n90 * 6 = 540 a week", 0, "too_much", "a later value, taken for an earlier one"),
    (WAGES, "5 * 2 = 10 tasks\n10 * 3 * 5 * 6 = 900", 1, "too_much", "a factor brought in once more"),
    (
        PENS,
        "5 * 4 = 20 pens\n20 / 5 = 4 boxes\nThe answer is 4.",
        1,
        "other_value",
        "round about, back to what is given",
    ),
    (PENS, "4 * 5 = 20 pens\n20 / 2 = 10 boxes\n10 * 5 = 50 pens", 1, "path", "10 of something else"),
    (BUS, "3 x 12 = 36\n36 + 5 = 41\nSo 41 rows are full.\n41 x 12 = 492", 2, "path", "taken for another, in words"),
    (SOCKS, "5 * 4 = 20 socks\nSo 20 pairs are bought.\n20 * 3 = 60", 1, "path", "socks become pairs in words"),
    (BUS, "5 seats fold.\nThe driver has 5 seats.\n3 x 12 = 36\n36 + 5 + 5 = 46", 1, "path", "a term of words alone"),
    (PENS, "boxes = 4\npens = 5\nall = boxes*pens\nben = all - 6\nThe answer is 14.", 3, "path", "values by name"),
    (PENS, "5 * 4 = 20 pens\nBen gets 8 of them.\n8 + 6 = 14 pens", 1, "path", "in words, where he gets 10"),
    (PENS, "5 * 4 = 20 pens\n20 / 3 = 6.67 each\nSo Ben gets 7.\n7 + 6 = 13", 1, "other_value", "a third for a half"),
    (PENS, "x = 20/2\nx = 10\nSo Ben has 10 pens.", 2, "part", "said to be the answer in a sentence"),
]


def checked(problem, work):
    steps, answers = assess(work, problem_from_object(problem))
    return steps, answers[0][1]


@pytest.mark.parametrize(("problem", "work", "line", "slip", "why"), WRONG, ids=[w[-1] for w in WRONG])
def test_the_first_line_that_leaves_the_path_is_wrong(problem, work, line, slip, why):
    steps, answer = checked(problem, work)
    assert answer is not None
    assert answer.correct is False
    wrong = [s for s in steps if s.verdict is Verdict.WRONG]
    assert [s.step.line for s in wrong] == [line], why
    evidence = wrong[0].evidence
    assert isinstance(evidence, Departs)
    assert evidence.slip == slip
    assert in_words(evidence).endswith(".")


RIGHT = [
    # problem, work without its answer, why it is here
    (BUS, "12 x $4 = $48 a row\n3 x $48 = $144\n5 x $4 = $20\n$144 + $20 = $164", "money first, seats never"),
    (BUS, "3 x 12 + 5 = 41\n4 x 41 = 164", "two steps in one line"),
    (BUS, "12 + 12 + 12 = 36\n36 + 5 = 41\n41 + 41 + 41 + 41 = 164", "adding up for multiplying"),
    (JAM, "5 * 20% = $1 off each\n5 - 1 = $4\n6 * 4 = $24\n50 - 24 = $26", "the discount on each"),
    (JAM, "100% - 20% = 80%\n6 * 5 * 0.8 = 24\n50 - 24 = 26", "what is paid, as a share"),
    (JAM, "6 * 5 = 30\n50 - 30 = 20\n20 + 6 = 26", "the discount given back at the end"),
    (JAM, "5 * 100 = 500 cents\n6 * 500 = 3000 cents", "in cents"),
    (AGES, "Let b be Ben's age.\nMia is 2b + 4.\n2b + 4 + b = 31\n3b = 27\nb = 9\n2*9 + 4 = 22", "by an equation"),
    (PEAS, "15 / 4 = 3.75 die in each row\n40 * 3.75 = 150\n600 - 150 = 450", "row by row"),
    (PEAS, "40 * 15 = 600\n3/4 of 600 = 450", "the part that is left, at once"),
    (PEAS, "25% of 600 = 25/100 * 600 = 150\n(600 * 3) / 4 = 1800/4 = 450", "a share in steps within one line"),
    (AGES, "Let m be Mia's age and b Ben's.\nm = 2b + 4\nm + b = 31\nm - b = 31 - 2b", "equations that hold together"),
    (SLIPPED, "2 * 3 = 6\n6 + 1.50 = 7.50\n7.50 + 2 = 9.50", "the solution has 1 for 1.50 in a sum"),
    (LAPS, "5 * 52 = 260 days\n260 * 8 = 2080", "days first"),
]


@pytest.mark.parametrize(("problem", "work", "why"), RIGHT, ids=[r[-1] for r in RIGHT])
def test_other_routes_stay_on_the_path(problem, work, why):
    read = problem_from_object(problem)
    route = route_of(read, read.solution, read.answer)
    assert first_departure(split_steps(work, read), route, to_the_end=False) is None, why


def test_a_right_answer_stands_by_any_route():
    steps, answer = checked(BUS, "3 + 12 + 5 = 20\n20 x 4 + 84 = 164")
    assert answer.correct
    assert all(s.verdict is not Verdict.WRONG for s in steps)


def test_lines_that_build_on_the_mistake_follow_through():
    steps, _ = checked(BUS, "3 + 12 = 15 seats\n15 + 5 = 20 seats\n20 x $4 = $80")
    assert [type(s.evidence) for s in steps] == [Departs, FollowThrough, FollowThrough]
    assert {s.evidence.rests_on for s in steps[1:]} == {0}


def test_a_refuted_line_is_blamed_alone():
    steps, _ = checked(BUS, "3 + 12 = 15 seats\n15 + 5 = 21 seats\n21 x $4 = $84")
    assert [s.step.line for s in steps if s.verdict is Verdict.WRONG] == [1]


def test_a_teacher_can_switch_it_off():
    steps, _ = checked(BUS | {"departing": "off"}, "3 + 12 = 15 seats\n15 + 5 = 20 seats\n20 x $4 = $80")
    assert not any(isinstance(s.evidence, Departs) for s in steps)
    with pytest.raises(InvalidSet):
        problem_from_object(BUS | {"departing": "sometimes"})


@pytest.mark.parametrize(
    ("statement", "departs"),
    [("A roll has 3 m of tape (1 m = 100 cm). Each of 4 boxes takes 50 cm. How many cm are left?", True),
     ("Solve 2x + 100 = 300.", False)],
)  # fmt: skip
def test_an_equation_between_two_values_is_no_notation(statement, departs):
    solution = ["3 * 100 = 300", "4 * 50 = 200", "300 - 200 = 100"]
    problem = {"statement": statement, "answer": "100", "solution": solution}
    steps, answer = checked(problem, "3 * 100 = 300\n300 - 50 = 250\nThe answer is 250.")
    assert answer.correct is False
    assert any(isinstance(s.evidence, Departs) for s in steps) is departs


def test_the_answer_is_not_told():
    steps, _ = checked(BUS, "3 x 12 = 36 seats\n36 + 5 = 41 seats\n41 + 4 = 45")
    evidence = steps[2].evidence
    assert isinstance(evidence, Departs)
    assert "164" not in in_words(evidence)
    assert evidence.needed


@pytest.mark.parametrize(
    "work", ["9^9^9 = 3", "x = " * 50 + "1", "1/0 = 5", "a+b+c+d+e+f = 3", "10^12*10^12*10^12 = 5"]
)
def test_strange_work_is_no_trouble(work):
    read = problem_from_object(BUS)
    route = route_of(read, read.solution, read.answer)
    first_departure(split_steps(work, read), route)


def test_long_work_keeps_to_its_budget():
    read = problem_from_object(BUS)
    work = "\n".join(f"then there are {n} and {n + 3} more of them, which is {2 * n + 3}" for n in range(100, 900))
    route = route_of(read, read.solution, read.answer)
    first_departure(split_steps(work, read), route)


SITUPS = {
    "statement": "Ida wants to do 30 situps a day. On Monday she did 12, on Tuesday 19. How many has she to do on "
    "Wednesday to make up for what is missing?",
    "answer": "59",
    "solution": ["30 - 12 = 18", "30 - 19 = 11", "30 + 18 + 11 = 59"],
}


def test_what_a_later_line_uses_is_not_said_to_be_left_out():
    problem = problem_from_object(SITUPS)
    steps = check_work("30 - 12 = 18\n12 + 19 = 31\n30 - 31 = -1", problem)
    told = [s.evidence for s in steps if isinstance(s.evidence, Departs)]
    assert told
    assert all("30" not in e.what for e in told if e.slip == "left_out")


def test_what_the_work_has_found_already_is_not_what_is_needed():
    problem = problem_from_object(
        {
            "statement": "Ola's shoe has 3 stripes, Rik's one less, Hedi's twice as many as Ola's. How many stripes "
            "are on all of their pairs?",
            "answer": "22",
            "solution": ["3 - 1 = 2 stripes", "2 * 3 = 6 stripes", "2 * (3 + 2 + 6) = 22 stripes"],
        }
    )
    steps = check_work("3 - 1 = 2\n2 * 3 = 6\n3 + 2 + 6 = 11\n11 * 2 * 3 = 66", problem)
    told = [s.evidence for s in steps if isinstance(s.evidence, Departs)]
    assert told
    assert all("= 6" not in e.needed for e in told)
