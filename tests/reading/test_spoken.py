"""Mathematics said in words: read only where no word of the clause is anything else, and no brackets could be meant."""

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.reading.spoken import spoken
from tutor.records import Verdict
from tutor.syntax.hints import ReadHints

READ = [
    # clause                                   notation           why it is here
    ("half of 18 is nine", "1/2*18=9", "a fraction of a number"),
    ("2x is four", "2x=4", "notation and words"),
    ("so x squared plus 1 equals thirteen", "x^2+1=13", "the square belongs to the letter"),
    ("twelve apples minus 4 apples is 8 apples", "12-4=8", "what is counted"),
    ("5% of 400 is 20 dollars", "5%*400=20", "percent"),
    ("the square root of 16 is 4", "sqrt(16)=4", "a root"),
    ("$5 times 3 is $15", "$5*3=$15", "money"),
    ("x is less than 3", "x<3", "an inequality"),
    ("10 minus 3 minus 2 is 5", "10-3-2=5", "from left to right"),
    ("1,200,000 over 3 is 400,000", "1200000/3=400000", "thousands"),
    ("two to the power of three is 8", "2^3=8", "a power"),
]

LEFT = [
    ("he gave 3 of 4 to me", "'of' after a whole number is no product"),
    ("5 is 2 more than 3", "a comparison in words"),
    ("3 plus 4 times 2 is 14", "spoken from left to right, it is right"),
    ("12 over 4 times 3 is 1", "(12/4)·3 or 12/(4·3)"),
    ("the root of 16 plus 9 is 5", "the root of the sum"),
    ("3 plus 2 squared is 25", "the sum squared"),
    ("she is 12 years old", "a name that is no letter"),
    ("I have 3 and he is 4", "people"),
    ("the answer is 5", "no letter, no calculation"),
    ("the LCM of 4, 6, and 10 is 60", "the last of a list: two numbers are no calculation"),
    ("negative three squared is nine", "the square of -3, or the square taken away"),
    ("2x squared is 16", "the square of 2x, or twice that of x"),
    ("minus 2 to the power of 4 is 16", "a power of -2"),
    ("2 times 3 to the power of 2 is 36", "a power of the product"),
    ("1,5 times two is three", "a decimal comma"),
    ("1,2000 times two is three", "no thousands"),
    ("2 hours times 3 is 6 hours", "units of measure are read elsewhere"),
]


@pytest.mark.parametrize(("text", "notation", "why"), READ)
def test_a_clause_of_mathematics_alone_is_read(text, notation, why):
    assert [s.notation for s in spoken(text, ReadHints())] == [notation], why


@pytest.mark.parametrize(("text", "why"), LEFT)
def test_what_may_be_meant_otherwise_is_left(text, why):
    assert spoken(text, ReadHints()) == (), why


JUDGED = [
    ("half of 18 is 9", Verdict.CORRECT, "read and true"),
    ("half of 18 is 8", Verdict.WRONG, "read and false"),
    ("3 plus 4 times 2 is 14", Verdict.NO_CLAIM, "may be right"),
    ("is half of 18 equal to 8?", Verdict.NO_CLAIM, "a question"),
]


@pytest.mark.parametrize(("text", "verdict", "why"), JUDGED)
def test_spoken_lines_are_judged(text, verdict, why):
    assert check_work(text)[0].verdict is verdict, why


def test_an_equation_is_solved_in_words():
    steps = check_work("2x is four\nx is 3", problem_from_statement("Solve 2x + 3 = 7"))
    assert [s.verdict for s in steps] == [Verdict.CORRECT, Verdict.WRONG]
