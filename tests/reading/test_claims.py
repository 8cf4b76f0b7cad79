"""Which claims a line makes: where each begins and ends, and what is left out."""

import re

import pytest

from tutor.reading import split_steps
from tutor.syntax.read import ReadHints, read
from tutor.syntax.tree import Either, Statement, Symbol, Words, rebuild

SPARE = "ξζψχη"
SPARE_NAMES = {"ξ": "xi", "ζ": "zeta", "ψ": "psi", "χ": "chi", "η": "eta"}


def expected(text: str) -> Statement:
    """Read an expected claim; a name made of words stands in double quotes."""
    names: dict[str, str] = {}
    for name in re.findall(r'"([^"]+)"', text):
        letter = SPARE[len(names)]
        names[SPARE_NAMES[letter]] = name
        text = text.replace(f'"{name}"', letter)

    def change(node):
        if isinstance(node, Symbol) and node.name in names:
            return Words(names[node.name])
        return rebuild(node, change)

    return change(read(text, ReadHints(symbols=frozenset("xyzabcn"))))


def claims_of(text: str) -> list[Statement]:
    return [claim.statement for step in split_steps(text) for claim in step.claims]


PLAIN = [
    # line, claims, why it is here
    ("2x + 3 = 7", ["2x + 3 = 7"], "an equation alone"),
    ("20*3 = 60 = 6*10", ["20*3 = 60 = 6*10"], "a chain is one claim"),
    ("20*3 = 60*2 = 120", ["20*3 = 60*2 = 120"], "run-on equals stay as written"),
    ("-1 < x <= 3", ["-1 < x <= 3"], "an inequality chain"),
    ("x = 1 or x = -2", ["x = 1 or x = -2"], "alternatives are one claim"),
    ("2x = 4; x = 2", ["2x = 4", "x = 2"], "a semicolon between steps"),
    ("2x = 4, x = 2", ["2x = 4", "x = 2"], "two steps on a line, same unknown"),
    ("3*4 = 12, 12 + 1 = 13", ["3*4 = 12", "12 + 1 = 13"], "two calculations"),
    ("2x+3=7 ⇒ 2x=4 ⇒ x=2", ["2x+3=7", "2x=4", "x=2"], "arrows part claims"),
    ("x^2 - 1 → (x-1)(x+1)", ["x^2 - 1", "(x-1)(x+1)"], "a rewriting with an arrow"),
    ("3x + 6", ["3x + 6"], "an expression alone"),
    ("42", ["42"], "a number alone"),
    ("$2x = 4$", ["2x = 4"], "dollars as delimiters"),
    (r"\(2x = 4\)", ["2x = 4"], "LaTeX delimiters"),
    (r"\[ 2x = 4 \]", ["2x = 4"], "a display on one line"),
    ("$$2x = 4$$", ["2x = 4"], "double dollars"),
    (r"\\[ 2x = 4 \\]", ["2x = 4"], "delimiters that were escaped twice"),
    (r"\\frac{1}{2} + \\frac{1}{2} = 1", [r"\frac{1}{2} + \frac{1}{2} = 1"], "commands that were escaped twice"),
    ("**2x = 4**", ["2x = 4"], "bold"),
    ("`2x = 4`", ["2x = 4"], "code"),
    ("x**2 = 4", ["x^2 = 4"], "two stars are a power where they are not bold"),
    ("- 3*2 = 6\n- 4*2 = 8", ["3*2 = 6", "4*2 = 8"], "dashes before several lines are list marks"),
    ("• 3*2 = 6", ["3*2 = 6"], "a bullet"),
    ("1. 3*2 = 6", ["3*2 = 6"], "a list number"),
    ("x => 3", ["x >= 3"], "the arrow as a careless bound"),
    ("-3x = 6", ["-3x = 6"], "a minus that begins a line is no list mark"),
    (r"x = 3 \quad y = 4", ["x = 3", "y = 4"], "a wide gap parts claims"),
    (r"x = 1 \quad \text{or} \quad x = 2", ["x = 1 or x = 2"], "a word inside mathematics"),
    ("x = 2, x = 5", ["x = 2 or x = 5"], "a list of solutions"),
    ("x = 2, y = 3 or x = 3, y = 2", ["x = 2, y = 3 or x = 3, y = 2"], "two pairs are one claim"),
    ("x = 2, y = 3; x = 3, y = 2", ["x = 2, y = 3 or x = 3, y = 2"], "two pairs with a semicolon between them"),
    ("w > 0, ∴ w = 5", ["w > 0", "w = 5"], "what follows is a claim of its own"),
    ("x > 2, x < 5", ["x > 2, x < 5"], "two bounds are no alternatives"),
    ("2 sin²x - 3 sin x = 0", ["2 sin^2 x - 3 sin x = 0"], "x alone after a function is no times sign"),
    ("log_3 x - log_3 2 = 1", ["log_3 x - log_3 2 = 1"], "nor is it between a base and a sign"),
    ("check x = 5: 25 - 10 - 15 = 0", ["x = 5", "25 - 10 - 15 = 0"], "a colon after a value is no division"),
]

PROSE = [
    ("so she sells 40 * 3/5 = 24 eggs, which is $2 x 24 = $48.", ["40 * 3/5 = 24 eggs", "$2 * 24 = $48"], "two claims"),
    ("It takes 6/2=3 rolls of green tape", ["6/2 = 3 rolls"], "prose on both sides"),
    ("1 person: 300 : 4 = 75 kg", ["300 : 4 = 75 kg"], "a colon between words and numbers, and one that divides"),
    ("9 x 4 = $36", ["9 * 4 = $36"], "x between digits is the times sign"),
    (
        "a total of 12 clean cups + 9 dirty cups = 21 cups",
        ["12 cups + 9 cups = 21 cups"],
        "adjectives before what is counted",
    ),
    ("7 boxes of pens * 3 pens/box = 21 pens", ["7 boxes * 3 pens/box = 21 pens"], "of, and a unit with a bar"),
    ("Mina read 8 hours * 3/4 = 6 hours", ["8 hours * 3/4 = 6 hours"], "words before a quantity"),
    ("Film B = 2.5 hours = 150 minutes", ["B = 2.5 hours = 150 minutes"], "a letter with a noun before it"),
    ("she has 60 – 25 = 35 left", ["60 - 25 = 35"], "an en dash as minus; left is not what is counted"),
    ("so he makes a total of 14 x 5 = 70", ["14 * 5 = 70"], "of after total is no sign"),
    ("After 4 years 6*3 = 18", ["6*3 = 18"], "a number before a word is not part of the claim"),
    ("Then 19 - 3 - 4 = 12", ["19 - 3 - 4 = 12"], "a leading word"),
    ("on day 3: 4*2 = 8", ["4*2 = 8"], "a colon before the claim"),
    ("The 6 girls eat 6 * 2 = 12 figs", ["6 * 2 = 12 figs"], "a verb between two numbers"),
    ("In 3 hours, 3*40 = 120 km", ["3*40 = 120 km"], "a comma before the claim"),
    ("Total cost = 5*4 = $20", ['"Total cost" = 5*4 = $20'], "a name made of words"),
    ("So the cost per kg = 40/8 = 5", ['"cost per kg" = 40/8 = 5'], "a name without its article"),
    ("Priya = B - 20", ['"Priya" = B - 20'], "a person's name stands for a value"),
    ("speed = distance / time = 100/20 = 5", ['"speed" = "distance" / "time" = 100/20 = 5'], "names on both sides"),
    (
        "Time spent on tea + time spent on cake = 3 + 4 = 7",
        ['"Time spent on tea" + "time spent on cake" = 3 + 4 = 7'],
        "verbs inside names",
    ),
    ("Volume = length x width x height", ['"Volume" = "length" * "width" * "height"'], "x between names"),
    ("half of 50 = 25 apples", ["(1/2)*50 = 25 apples"], "half of"),
    ("two thirds of 30 = 20", ["(2/3)*30 = 20"], "a fraction in words"),
    ("twice 7 = 14", ["2*7 = 14"], "twice"),
    ("three times 4 = 12", ["3*4 = 12"], "a number and a sign in words"),
    ("6 times 4 = 24", ["6*4 = 24"], "times between numbers"),
    ("9 divided by 3 = 3", ["9/3 = 3"], "divided by"),
    ("5 plus 6 equals 11", ["5 + 6 = 11"], "plus and equals"),
    ("20% of 80 = 16", ["20% * 80 = 16"], "percent of"),
    ("20 percent of 80 = 16", ["20% * 80 = 16"], "percent in words"),
    ("1/3 of 36 = 12", ["1/3 * 36 = 12"], "a fraction of"),
    ("a third of 36 is 36/3 = 12", ["36/3 = 12"], "is between words and a calculation"),
    ("2 1/2 * 4 = 10 cups", ["2 1/2 * 4 = 10 cups"], "a mixed number"),
    ("on page 3 5*4 = 20", ["5*4 = 20"], "two numbers side by side are no product"),
    ("51/4 = 12 remainder 3", ["51/4 = 12 + 3/4"], "a remainder is not lost"),
    ("17 / 5 = 3 R 2", ["17/5 = 3 + 2/5"], "R for remainder"),
    ("7/2 = 3 and a half", ["7/2 = 3 + 1/2"], "and a half"),
    ("he ran 15 (it was 30/2 = 15) km", ["30/2 = 15"], "a claim inside a remark"),
    ("$5 (tea) + $7 (cake) = $12", ["$5 + $7 = $12"], "remarks after the terms"),
    (
        "He saves $35/week * 52 weeks/year = $1,820/year",
        ["$35/week * 52 weeks/year = $1,820/year"],
        "units with bars",
    ),
    ("$1.50 a roll x 6 rolls = $9.00", ["$1.50 * 6 rolls = $9.00"], "a roll"),
    ("at 4 mph * 3 h = 12 miles", ["4 mph * 3 h = 12 miles"], "known units"),
    ("it blinks 36 / 6 = 6 times per minute", ["36/6 = 6"], "times as what is counted"),
    ("that is 12/4 = 3 times longer", ["12/4 = 3"], "times longer"),
    ("he came 2+3 = 5th", ["2+3 = 5"], "an ordinal"),
    ("3 2-hour lessons at the usual price cost 3*$40 = $120", ["3*$40 = $120"], "a number joined to a word"),
    ("<<3*4=12>>3*4 = <<3*4=12>>12 eggs", ["3*4 = 12 eggs"], "calculator marks go"),
    ("We know that $2^3 = 8$, so $x + 1 = 3$", ["2^3 = 8", "x + 1 = 3"], "formulas in prose"),
    (r"We get \(2x = 6\) \(x = 3\)", ["2x = 6", "x = 3"], "two formulas side by side"),
    ("Here $x$ = $5$", ["x = 5"], "a relation between two formulas"),
    ("Since AB + BC = AC, AB = 3 cm", ["AB + BC = AC", "AB = 3 cm"], "letters of a figure"),
    ("the line ax + by = c", ["ax + by = c"], "by as a product"),
    ("x = 1, 2 or 5 are the roots of it", ["x = 1, 2 or 5"], "a list of solutions in prose"),
    ("P(red or blue) = 0.3 + 0.4 = 0.7", ['"P(red or blue)" = 0.3 + 0.4 = 0.7'], "an event in words"),
    ("They get 2 million / 4 = 500,000 votes", ["2*10^6 / 4 = 500,000 votes"], "a magnitude in words"),
    ("the rent is 3 * $400 = $1,200, and food is $300.", ["3 * $400 = $1,200"], "a thousands separator before a comma"),
    ("so 5 + 3 = 8. Then 8*2 = 16.", ["5 + 3 = 8", "8*2 = 16"], "two sentences"),
    ("3 x 4 = 12 and 2 x 5 = 10", ["3*4 = 12", "2*5 = 10"], "calculations joined by and"),
    ("Since log_2 8 = 3 we are done", ["log_2 8 = 3"], "a subscript is no argument"),
    (r"We have \(\log_5 125 = 3\)", [r"\log_5(125) = 3"], "no thousands after a subscript"),
    (r"So \(A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}\) here", ["A = [[1, 2], [3, 4]]"], "a matrix in prose"),
    (r"We know \( \sum_{k=1}^{3} k = 6 \)", [r"\sum_{k=1}^{3} k = 6"], "a sum with its bounds"),
    ("E^2 = (4.9 GeV)^2 for it", ["E^2 = (4.9 GeV)^2"], "a unit in a bracket"),
    ("(eggs needed for 4 cakes) / 2 = 6", ['"eggs needed for 4 cakes" / 2 = 6'], "a name in a bracket"),
    ("2 hours 30 minutes = 150 minutes", ["2 hours 30 minutes = 150 minutes"], "two units for one time"),
    ("48 cups = 3 gallons", ["48 cups = 3 gallons"], "a conversion between known units"),
    ("380 total points / 4 tests = 95", ["380 / 4 tests = 95"], "an adjective of amount"),
    (
        "45 pupils / 9 pupils at a table = 5 tables",
        ["45 pupils / 9 = 5 tables"],
        "a description with a preposition",
    ),
]

NOT_JUDGED_AS_NUMBERS = [
    ("Day 1 = 5 pages", "a number that belongs to a name"),
    ("2 bags = 10 apples", "a rate, not a calculation"),
    ("number of apples + 5 = 15", "a name is one of the terms"),
    ("We leave at 7:50 + 30 minutes = 8:20", "times of day"),
    ("12 / number of people = 3", "a name below the bar"),
]

NOTHING = [
    ("Now we need the slope of the line.", "words", "no mathematics"),
    ("Solution", "heading", "a heading"),
    ("Step 1: Find the slope", "heading", "a step's title"),
    ("# Working", "heading", "a markdown heading"),
    ("What is 5*3 = 15 for?", "question", "a question in words"),
    ("subtract 3 from both sides", "operation", "an operation alone"),
]


@pytest.mark.parametrize(("line", "claims", "why"), PLAIN + PROSE)
def test_the_claims_of_a_line(line, claims, why):
    assert claims_of(line) == [expected(c) for c in claims], why


@pytest.mark.parametrize(("line", "why"), NOT_JUDGED_AS_NUMBERS)
def test_a_name_is_never_taken_for_a_number(line, why):
    from tutor.syntax.tree import walk

    claims = claims_of(line)
    assert claims, why
    assert all(any(isinstance(n, Words) for n in walk(c)) for c in claims), why


@pytest.mark.parametrize(("line", "kind", "why"), NOTHING)
def test_a_line_without_a_claim_says_why(line, kind, why):
    (step,) = split_steps(line)
    assert step.claims == (), why
    assert step.why_no_claim == kind, why


LEFT_FOR_THE_MODEL = [
    ("Five boys have 3 apples each, which equals 15 apples in total.", "a calculation in words"),
    ("He gets the square root of 3*12 = 36", "the left side begins in words"),
    ("The price is 4 times the 5 + 2 = 28", "a sign in words with an article after it"),
    ("So the boys have 3 + the rest of it is = 7", "an operand in words that leads nowhere"),
]


@pytest.mark.parametrize(("line", "why"), LEFT_FOR_THE_MODEL)
def test_what_needs_language_is_left_for_the_model_and_never_cut_short(line, why):
    (step,) = split_steps(line)
    assert step.needs_model, why
    from tutor.syntax.tree import Expr, walk

    assert not any(
        not isinstance(c.statement, Expr) and not any(isinstance(n, Words) for n in walk(c.statement))
        for c in step.claims
    ), why


def test_solutions_listed_with_commas_are_alternatives():
    (claim,) = claims_of("x = 2, x = 5")
    assert isinstance(claim, Either)


def test_the_place_of_a_claim_is_its_place_in_the_line():
    line = "so she sells 40 * 3/5 = 24 eggs, which is $2 x 24 = $48."
    (step,) = split_steps(line)
    for claim in step.claims:
        assert line[slice(*claim.span)] == claim.text
        assert claim.span.start <= claim.statement.span.start < claim.statement.span.end <= claim.span.end


def test_x_is_a_letter_where_the_work_uses_it_as_one():
    first, second = claims_of("2x + 1 = 7\n3 x 4 = 12")
    assert first == expected("2x + 1 = 7")
    assert second == expected("3*4 = 12")


def test_a_letter_that_the_work_uses_is_no_article():
    assert claims_of("a + 3 = 5\na = 2") == [expected("a + 3 = 5"), expected("a = 2")]
