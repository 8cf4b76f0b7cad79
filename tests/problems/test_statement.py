"""What is found in a bare statement."""

from __future__ import annotations

import pytest

from tutor.errors import AuthorError
from tutor.problems import problem_from_statement
from tutor.syntax.read import read
from tutor.syntax.tree import Derivative, Integral

FOUND = [
    # statement                                        equations                        unknowns     why it is here
    ("Solve 2x+3=7", ["2x+3=7"], ["x"], "the plain case"),
    ("Solve 2x + 3 = 7.", ["2x+3=7"], ["x"], "spaces and a full stop"),
    ("Solve for x: 3(x-2) = 2(x+5)", ["3(x-2) = 2(x+5)"], ["x"], "the unknown named first"),
    ("Solve the equation $x^2 - 5x + 6 = 0$ for $x$.", ["x^2 - 5x + 6 = 0"], ["x"], "LaTeX between $ signs"),
    (r"Solve \(\frac{x}{2} = 3\).", [r"\frac{x}{2} = 3"], ["x"], "LaTeX brackets"),
    ("Solve the system x + y = 7, x - y = 1.", ["x + y = 7", "x - y = 1"], ["x", "y"], "a system with a comma"),
    ("Solve x + y = 7 and x - y = 1", ["x + y = 7", "x - y = 1"], ["x", "y"], "a system with a word"),
    ("Solve -3 < 2x + 1 ≤ 7.", ["-3 < 2x + 1 ≤ 7"], ["x"], "an inequality"),
    ("Simplify 3(2x - 1) - 2(x - 4).", ["3(2x - 1) - 2(x - 4)"], [], "an expression after its command"),
    ("Expand (x + 3)(x - 5)", ["(x + 3)(x - 5)"], [], "a product"),
    ("Factorise 6x^2 - x - 2.", ["6x^2 - x - 2"], [], "British spelling"),
    ("Work out 18 - 4 × (7 - 2) ÷ 2.", ["18 - 4 × (7 - 2) ÷ 2"], [], "arithmetic"),
    ("What is 15% of 240?", ["15% of 240"], [], "of between numbers is mathematics"),
    ("Make r the subject of C = 2πr.", ["C = 2πr"], ["r"], "a formula to rearrange"),
    ("Solve x² - x - 6 > 0", ["x^2 - x - 6 > 0"], ["x"], "a raised 2 is no letter, x² no word"),
    ("Solve 2 sin²x - sin x = 0.", ["2 sin^2 x - sin x = 0"], ["x"], "a raised 2 within a word"),
    ("Make r the subject of V = πr²h.", ["V = πr^2h"], ["r"], "letters run together with a raised 2"),
    ("Make a the subject of v = u + at.", ["v = u + a*t"], ["a"], "after a sign a short word is a product"),
    ("Find the value of y if y = 3x and x = 4.", ["y = 3x", "x = 4"], ["y"], "givens after if"),
    ("A gardener has 280 tulips and plants 3/4 of them. How many are left?", [], [], "prose gives nothing"),
    ("Tom pays $5 for a book and $3 for a pen. How much is that?", [], [], "money is not LaTeX"),
    ("Find the tangent to the curve y = x^2 - 3x at x = 2.", ["y(x) = x^2 - 3x"], [], "a curve and a place on it"),
    ("Find the area between the curves y = 2x and y = x^2.", [], [], "two curves hold at no point alike"),
    ("Where does the line y = x + 1 meet the circle x^2 + y^2 = 25?", ["y = x + 1", "x^2 + y^2 = 25"], [], "a system"),
    ("If x = 2 then y = 4. What is y when x = 3?", ["y = 4"], [], "cases are not facts"),
    ("What is the probability that a + b = 7?", [], [], "what may or may not hold"),
    ("Find the coefficient of x^2 in (x + 1)^5.", [], [], "an expression that is not asked for itself"),
    ("Find the sum of 3/4 and 5/6.", [], [], "asks for something else than what stands there"),
    ("Work out (2, -1) + 3(1, 4).", ["(2, -1) + 3(1, 4)"], [], "commas in brackets"),
    ("Solve sin x = 1/2 for 0 ≤ x ≤ 2π.", ["sin x = 1/2", "0 ≤ x ≤ 2π"], ["x"], "a range belongs to the equation"),
    ("", [], [], "nothing"),
    ("I have a dog.", [], [], "letters that are words"),
]


@pytest.mark.parametrize(("text", "equations", "unknowns", "why"), FOUND, ids=[row[3] for row in FOUND])
def test_the_statement_s_own_mathematics_is_found(text, equations, unknowns, why):
    problem = problem_from_statement(text)
    wanted = [part for equation in equations for part in _parts(equation)]
    assert [part for found in problem.equations for part in _flat(found)] == wanted
    assert list(problem.unknowns) == unknowns


def _flat(statement):
    return statement.parts if type(statement).__name__ == "Both" else (statement,)


def _parts(text):
    return _flat(read(text))


def test_differentiate_asks_for_a_derivative():
    (asked,) = problem_from_statement("Differentiate x^2 sin x.").equations
    assert isinstance(asked, Derivative)
    assert asked.variable is not None
    assert asked.variable.name == "x"


def test_integrate_asks_for_an_integral_in_the_variable_that_is_named():
    (asked,) = problem_from_statement("Integrate a t^2 with respect to t.").equations
    assert isinstance(asked, Integral)
    assert asked.variable.name == "t"


def test_values_after_if_are_givens():
    assert problem_from_statement("Find y when x = 4 and y = 3x.").givens == {"x": "4"}


@pytest.mark.parametrize(
    "text",
    ["Solve " + "(" * 5000, "9^9^9^9 = x", "Solve 2x + = 3", "$" * 400, "x\0y = 3", "Solve " + "x + 1 = 2, " * 300],
    ids=["brackets", "tower", "cut off", "dollars", "NUL", "many"],
)
def test_hostile_statements_give_a_problem_all_the_same(text):
    assert problem_from_statement(text).answer is None


def test_a_statement_has_a_longest_length():
    with pytest.raises(AuthorError, match="at most 20000"):
        problem_from_statement("x" * 20_001)
