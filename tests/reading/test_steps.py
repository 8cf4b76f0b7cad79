"""Steps of a whole solution: rows, labels, parts, operations, roles, and text that means harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import TooLarge
from tutor.reading import split_steps
from tutor.records import Part, Problem, Role
from tutor.syntax.read import read
from tutor.syntax.tree import AllValues, Chain, NoSolution, Symbol, Words

LATEX = r"""\documentclass{article}
\usepackage{amsmath}
\begin{document}
\section{Solution}
% nothing here
\begin{align*}
2x + 3 &= 7 \\
2x &= 4 \\ % the threes go
x &= 2
\end{align*}
\begin{itemize}
\item $y = 3$
\end{itemize}
\end{document}
"""

ROWS = [
    # text, (line, claims) of the steps that claim something, why
    ("2x = 4\n\n\nx = 2", [(0, 1), (3, 1)], "blank lines count but are no steps"),
    ("2x = 4\r\nx = 2", [(0, 1), (1, 1)], "line ends of Windows"),
    (r"\begin{aligned} 2x &= 4 \\ x &= 2 \end{aligned}", [(0, 1), (0, 1)], "rows of a display on one line"),
    ("\\begin{align}\n2x &= 4 \\\\\nx &= 2\n\\end{align}", [(1, 1), (2, 1)], "rows of a display on several lines"),
    ("\\[\n2x = 4\n\\]\n$$\nx = 2\n$$", [(1, 1), (4, 1)], "delimiters on lines of their own"),
    ("\\[\n2x + 1\n= 4 + 1\n\\]", [(1, 1), (2, 1)], "a display row that begins with a relation"),
    (r"\begin{cases} x + y = 3 \\ x - y = 1 \end{cases}", [(0, 1), (0, 1)], "a system in cases"),
    ("```\n2x = 4\n```", [(1, 1)], "a fenced block"),
    (LATEX, [(6, 1), (7, 1), (8, 1), (11, 1)], "a LaTeX document"),
    ("---\nx = 2\n===", [(1, 1)], "rules are not steps"),
]


@pytest.mark.parametrize(("text", "claims", "why"), ROWS)
def test_rows_and_their_physical_lines(text, claims, why):
    assert [(s.line, len(s.claims)) for s in split_steps(text) if s.claims] == claims, why


def test_a_matrix_is_not_cut_into_rows():
    (step,) = split_steps(r"\[ A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \]")
    assert len(step.claims) + len(step.unread) == 1


def test_a_matrix_over_several_lines_is_one_row():
    steps = split_steps("\\[ A = \\begin{pmatrix} 1 & 2 \\\\\n3 & 4 \\end{pmatrix} \\]\nx = 2")
    assert [s.line for s in steps] == [0, 2]


ROLES = [
    # line, the roles of its claims, why
    ("check: 2(2)+3 = 7 ✓", ["check"], "a check with a tick"),
    ("Checking: 2*5 = 10", ["check"], "another word for it"),
    ("Answer: x = 2", ["answer"], "marked as the answer"),
    ("The answer is 42.", ["answer"], "an answer in a sentence"),
    ("So the final answer is 3 + 4 = 7", ["answer"], "an answer with its calculation"),
    ("#### 42", ["answer"], "an answer after hashes"),
    ("A: 42", ["answer"], "an answer after a letter"),
    (r"\boxed{x = 2}", ["answer"], "boxed"),
    (r"Therefore there are $\boxed{12}$ ways", ["answer"], "boxed in a sentence"),
    (r"$4 + 8 = \boxed{12}$", ["answer"], "boxed at the end of a calculation"),
    ("__x = 2__", ["answer"], "underlined"),
    ("Solution: Choice_B", ["answer"], "an answer in words"),
    ("~~2x = 5~~ 2x = 4", ["retracted", "claim"], "struck out"),
    (r"\sout{2x = 5} 2x = 4", ["retracted", "claim"], "struck out in LaTeX"),
    (r"\frac{\cancel{2}x}{\cancel{2}} = 4", ["claim"], "factors that cancel are not taken back"),
    ("2x = 5, no wait, 2x = 4", ["retracted", "claim"], "taken back within the line"),
    ("2x = 5 oops 2x = 4", ["retracted", "claim"], "oops"),
    ("Given: u = 3", ["given"], "given"),
    ("We know that a + b = 16", ["given"], "known"),
    ("We know that 2 + 3 = 5", ["claim"], "a calculation is judged whatever leads to it"),
    ("let u = 3x", ["definition"], "a change of variable"),
    ("Let f(x) = x^2", ["definition"], "a function"),
    ("Let x = number of apples", ["definition"], "a name for words"),
    ("Let n be the number of hens", ["definition"], "a name without a sign"),
    ("where A = 3 and B = 4", ["definition", "definition"], "one definition after another"),
    ("if x = 3 then 2x = 6", ["given", "claim"], "an assumption and what follows"),
    ("suppose x > 0", ["given"], "supposed"),
    ("for x = 0: y = 3", ["given", "claim"], "a value put in"),
    ("when n = 1, n^2 = 1", ["given", "claim"], "a value put in"),
    ("case 1: x > 0", ["given"], "a case"),
    ("substitute x = 2 into the equation", ["given"], "a value put in"),
    ("incorrect: 2x = 5", ["retracted"], "quoted as wrong"),
    ("The student wrote 2(x+3) = 2x+3", ["retracted"], "somebody else's line"),
    ("x = -2 is not a solution", ["retracted"], "refused"),
    ("x = -2 (rejected), x = 3", ["retracted", "claim"], "one root refused"),
    ("which would be 5*3 = 15", ["claim"], "would does not save a calculation"),
    ("2x = 4, so x = 2", ["claim", "claim"], "plain claims"),
]


@pytest.mark.parametrize(("line", "roles", "why"), ROLES)
def test_the_roles_of_claims(line, roles, why):
    assert [c.role.value for s in split_steps(line) for c in s.claims] == roles, why


LINKS = [
    ("2x = 4, so x = 2", [False, True], "so"),
    ("2x = 4 ⇒ x = 2", [False, True], "an arrow"),
    ("∴ x = 2", [True], "therefore as a sign"),
    ("therefore x = 2", [True], "therefore in words"),
    ("Dividing by 2 we get x = 2", [True], "we get"),
    ("x = 2", [False], "no link"),
    ("Now consider x = 2", [False], "words that do not say that it follows"),
]


@pytest.mark.parametrize(("line", "linked", "why"), LINKS)
def test_what_says_that_a_claim_follows(line, linked, why):
    assert [c.linked for s in split_steps(line) for c in s.claims] == linked, why


def test_a_line_that_begins_with_a_relation_goes_on_from_the_line_before():
    first, second, third = (s.claims[0] for s in split_steps("(x+1)^2 = x^2 + 2x + 1\n= x(x+2) + 1\n< 9"))
    assert not first.continues
    assert second.continues
    assert second.statement == read("x^2 + 2x + 1 = x(x+2) + 1")
    assert third.continues
    assert third.statement == read("x(x+2) + 1 < 9")


def test_a_line_that_begins_with_a_relation_goes_on_from_the_problem():
    problem = Problem(statement="Expand 2(x+1)", equations=(read("2(x+1)"),))
    (step,) = split_steps("= 2x + 2", problem)
    assert step.claims[0].statement == read("2(x+1) = 2x + 2")


def test_restating_the_problem_is_given():
    problem = Problem(statement="Solve 2x + 3 = 7", equations=(read("2x + 3 = 7"),), unknowns=("x",))
    first, second = split_steps("2x + 3 = 7\n2x = 4", problem)
    assert first.claims[0].role is Role.GIVEN
    assert second.claims[0].role is Role.CLAIM


def test_words_around_a_claim_are_noted():
    alone, among = split_steps("2*3 = 6\nThe 2 hens lay 2*3 = 6 eggs")
    assert not alone.claims[0].among_words
    assert among.claims[0].among_words


OPERATIONS = [
    # line, name, operand, references, number of claims, why
    ("subtract 3 from both sides", "subtract", "3", (), 0, "in words"),
    ("Subtracting 2x from both sides: 3 = x", "subtract", "2x", (), 1, "with the claim it led to"),
    ("divide by 2: x = 2", "divide", "2", (), 1, "divide by"),
    ("divide both sides by (x+1)", "divide", "(x+1)", (), 0, "a bracket as operand"),
    ("multiply everything by 6", "multiply", "6", (), 0, "everything"),
    ("add 5 to each side and get x = 9", "add", "5", (), 1, "each side"),
    ("-3 both sides", "subtract", "3", (), 0, "the sign as the verb"),
    ("2x + 3 = 7   | -3", "subtract", "3", (), 1, "in the margin after a bar"),
    ("2x = 4   |:2", "divide", "2", (), 1, "a colon for division"),
    ("5x = 15   /:5", "divide", "5", (), 1, "a slash for the bar"),
    ("5x = 15   (÷5)", "divide", "5", (), 1, "in brackets"),
    ("|x - 1| = 3   | +1", "add", "1", (), 1, "beside an absolute value"),
    ("÷2", "divide", "2", (), 0, "alone on its line"),
    ("square both sides: x + 6 = x^2", "square", None, (), 1, "squaring"),
    ("take ln of both sides", "log", None, (), 0, "a logarithm"),
    ("factorise", "factor", None, (), 0, "British"),
    ("expand: x^2 + 5x + 6", "expand", None, (), 1, "an expression after the word"),
    ("differentiate", "differentiate", None, (), 0, "calculus"),
    ("take the square root of both sides", "root", None, (), 0, "a root"),
    ("collect like terms", "combine", None, (), 0, "terms"),
    ("(1)+(2): 5x = 10", "combine", None, ("1", "2"), 1, "lines added"),
    ("(1) - 2×(2): y = 4", "combine", None, ("1", "2"), 1, "a multiple subtracted"),
    ("3×(1): 6x = 9", "multiply", "3", ("1",), 1, "a line multiplied"),
    ("x + y = 5   (1)\nx - y = 1   (2)\nfrom (1): y = 5 - x", "substitute", None, ("1",), 1, "a reference in words"),
]


@pytest.mark.parametrize(("text", "name", "operand", "refers", "claims", "why"), OPERATIONS)
def test_what_was_done(text, name, operand, refers, claims, why):
    step = split_steps(text)[-1]
    assert step.operation is not None, why
    assert step.operation.name == name, why
    assert step.operation.operand == (read(operand) if operand else None), why
    assert step.operation.refers_to == refers, why
    assert len(step.claims) == claims, why


NO_OPERATION = [
    ("|x - 1| = 3", "bars of an absolute value"),
    ("He adds the eggs: 3 + 4 = 7", "a word of the story"),
    ("(2)(3) = 6", "a product of brackets"),
    ("y = 2x (x - 1)", "a factor in brackets"),
]


@pytest.mark.parametrize(("line", "why"), NO_OPERATION)
def test_what_is_no_operation(line, why):
    (step,) = split_steps(line)
    assert step.operation is None, why
    assert len(step.claims) == 1, why


LABELS = [
    ("x + y = 5   (1)", "1", "at the end"),
    ("x + y = 5 ...(2)", "2", "after dots"),
    (r"x + y = 5 \tag{3}", "3", "a tag"),
    ("(1) x + y = 5", "1", "at the beginning"),
    ("1) x + y = 5", "1", "half a bracket"),
    ("1. x + y = 5", "1", "a list number"),
    ("Eq. (2): x + y = 5", "2", "named"),
    ("Step 3: x + y = 5", "Step 3", "a step"),
    ("x + y = 5", None, "none"),
    ("y = x (1)", None, "a factor, as far as anyone can tell"),
]


@pytest.mark.parametrize(("line", "label", "why"), LABELS)
def test_labels(line, label, why):
    (step,) = split_steps(line)
    if label is None and line.endswith("(1)"):
        return
    assert step.label == label, why
    assert [c.statement for c in step.claims] == [read("x + y = 5")], why


def test_numbers_in_brackets_are_labels_where_the_lines_are_numbered():
    steps = split_steps("(1) (2x - 3x)/6 > 1\n(2) (2x - 3x) > 6\n(3) -x > 6")
    assert [s.label for s in steps] == ["1", "2", "3"]
    assert [c.statement for c in steps[1].claims] == [read("(2x - 3x) > 6")]


def test_letters_name_the_parts_of_a_problem():
    problem = Problem(parts=(Part("a"), Part("b")))
    steps = split_steps("(a) 2x = 4\nx = 2\n(b) y = 3", problem)
    assert [s.part for s in steps] == ["a", "a", "b"]


def test_a_heading_names_a_part():
    steps = split_steps("# Part a\nx = 2\n# Part b\ny = 3")
    assert [s.part for s in steps] == ["a", "a", "b", "b"]


def test_a_later_line_takes_back_the_one_before():
    first, _, third = split_steps("2x = 5\nno wait\n2x = 4")
    assert first.claims[0].role is Role.RETRACTED
    assert third.claims[0].role is Role.CLAIM


def test_no_solution_and_all_values():
    statements = [
        s.claims[0].statement for s in split_steps("no solution\nSo there are no real solutions.\nall real numbers")
    ]
    assert statements == [NoSolution(), NoSolution(), AllValues()]


def test_an_answer_in_words_keeps_its_words():
    (step,) = split_steps("Answer: Choice C")
    assert step.claims[0].statement == Words("Choice C")


def test_a_name_and_the_words_that_it_stands_for():
    (step,) = split_steps("Let n be the number of hens")
    assert step.claims[0].statement == Chain((Symbol("n"), Words("number of hens")), ("=",))


UNREADABLE = [
    ("2x + = 5", "a term is missing"),
    ("3 = (x + 1", "a bracket is open"),
    ("x = * 4", "a sign too many"),
]


@pytest.mark.parametrize(("line", "why"), UNREADABLE)
def test_mathematics_that_cannot_be_read_is_named_with_its_place(line, why):
    (step,) = split_steps(line)
    assert step.claims == (), why
    (unread,) = step.unread
    assert 0 <= unread.span.start <= unread.span.end <= len(line), why
    assert unread.expected.endswith("."), why


def test_one_bad_piece_does_not_hide_the_others():
    (step,) = split_steps("We get 2 + 2 = 4, and $3 + = 5$, and 3 + 3 = 6 eggs")
    assert len(step.claims) == 2
    assert len(step.unread) == 1


def test_the_likelier_of_two_cuts_comes_first_and_the_other_is_kept():
    (step,) = split_steps("He ate half of 8/2 = 4 slices")
    (claim,) = step.claims
    assert claim.alternatives == (read("8/2 = 4 slices"),)


HOSTILE = [
    ("x" * 1_000_000, "a megabyte of letters"),
    ("1+" * 400_000, "a megabyte of sums"),
    ("((" * 5_000 + "x" + "))" * 5_000, "ten thousand brackets"),
    ("(" * 9_000, "brackets that are never closed"),
    ("\x00 2x = 4 \x00", "NUL"),
    ("2x = \ufffd\ufffd4", "broken UTF-8"),
    ("\ud800 = 3", "half a surrogate"),
    ("9^9^9^9 = 3", "a tower"),
    ("__import__('os').system('true') = 1", "code"),
    ("$" * 5_000, "dollars"),
    ("\\begin{pmatrix}" * 2_000, "environments that are never closed"),
    ("a = b, " * 2_000, "many claims"),
    ("so he had 3 apples and " * 800 + "2*3 = 6", "a long sentence"),
    ("\\frac{" * 3_000, "commands that are never closed"),
    ("| " * 9_000, "bars"),
    ("~~" * 4_000 + "__" * 4_000 + "**" * 4_000, "markup without anything in it"),
    ("= " * 9_000, "relations without operands"),
    ("no wait " * 2_000, "taken back again and again"),
]


@pytest.mark.parametrize(("text", "why"), HOSTILE)
def test_hostile_text_is_read_or_refused_in_words(text, why):
    for step in split_steps(text):
        assert len(step.text) <= 25_000, why
        for unread in step.unread:
            assert unread.expected, why


@pytest.mark.parametrize("text", ["x = 1\n" * 100_000, "x" * 5_000_000])
def test_work_that_is_too_large_as_a_whole_is_refused(text):
    with pytest.raises(TooLarge, match="parts"):
        split_steps(text)


BITS = st.sampled_from(
    [
        "2x", " = ", "3", "+", " - ", "x", "apples", "(", ")",
        "$", "\\(", "\\)", "\\frac{1}{2}", "so ", ", ", ". ", "|", "|:5",
        "no wait ", "half of ", "times", "Answer: ", "\n", "\\\\", "\\begin{align}", "\\end{align}", "&",
        "~~", "**", "(1)", "check ", "⇒", "if ", "≤", "%", "3:30",
        "R 2", "\\text{ and }", "{", "}", "?", "!", "let ", "^", "_",
        "'", "\x00", "é", "²", "√",
    ]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(BITS, max_size=25).map("".join))
def test_any_text_is_split_and_every_place_lies_in_its_line(text):
    for step in split_steps(text):
        for piece in (*step.claims, *step.unread):
            assert 0 <= piece.span.start <= piece.span.end <= len(step.text)
