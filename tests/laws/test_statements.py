from __future__ import annotations

import pytest

from tutor.laws.statements import BY_RULES, read_parts, read_physics
from tutor.records import Part, Problem
from tutor.slm.backends.echo import Echo
from tutor.slm.jobs import GivenValue, ProblemRequest

SLEDGE = "A sledge of mass m = 30 kg slides down a slope of height 12 m. Find its speed at the bottom."
MARBLES = "Tom has twice as many marbles as Ann. How many marbles does Tom have?"


def test_givens_have_value_unit_role_and_letter() -> None:
    reply = read_physics(ProblemRequest(SLEDGE))
    assert reply is not None
    assert reply.givens == (
        GivenValue("30", "kg", "mass of the sledge", "m"),
        GivenValue("12", "m", "height of the slope"),
    )
    assert reply.unknown == "final speed"
    assert reply.origin == BY_RULES


GIVENS = [
    # statement                                                        given                why it is here
    ("A bus takes 2 min 30 s for 1.8 km. How fast is it?",             ("2 min + 30 s", ""), "a quantity in two units"),
    ("Light of 450 nm falls on a grating with 500 lines per millimetre. At what angle is the first maximum?",
     ("500", "mm^-1"), "a unit that the grammar would not read is given by its factors"),
    ("A ball is kicked at an angle of 35° at 18 m/s. What is its greatest height?", ("35", "°"), "an angle"),
    ("A motor has an efficiency of 80% and takes in 500 W. What is its useful power?", ("80", "%"), "per cent"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "given", "why"), GIVENS, ids=[g[2] for g in GIVENS])
def test_a_value_is_written_as_the_grammar_reads_it(statement: str, given: tuple[str, str], why: str) -> None:
    reply = read_physics(ProblemRequest(statement))
    assert reply is not None
    assert given in [(g.value, g.unit) for g in reply.givens], why


ROLES = [
    # statement                                                         role                      why it is here
    ("A skier glides down a slope of height 12 m. How fast is she?",    "height of the slope",    "the noun before"),
    ("A ball rolls off a bench with a height of 0.8 m. How fast is it at the floor?",
     "height of the bench", "a role with its article"),
    ("A block slides down a ramp. The height of the ramp is 3 m. How fast is it at the bottom?",
     "height of the ramp", "a sentence of its own"),
    ("A stone falls 20 m. Take g = 9.81 m/s². How fast does it hit the ground?",
     "gravitational acceleration", "what is nobody's"),
    ("A rocket starts from rest with an acceleration of 4 m/s². How fast is it after 3 s?",
     "acceleration of the rocket", "no noun with an article stands before"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "role", "why"), ROLES, ids=[r[2] for r in ROLES])
def test_a_role_says_whose_quantity_it_is(statement: str, role: str, why: str) -> None:
    reply = read_physics(ProblemRequest(statement))
    assert reply is not None
    assert role in [g.role for g in reply.givens], why


def test_what_belongs_to_each_of_two_bodies_is_one_given() -> None:
    reply = read_physics(
        ProblemRequest("Two balls of 4.0 kg each are 2.0 m apart. With what gravitational force do they attract?")
    )
    assert reply is not None
    assert [(g.value, g.unit) for g in reply.givens] == [("4.0", "kg"), ("2.0", "m")]


def test_a_question_that_names_no_role_is_quoted() -> None:
    reply = read_physics(ProblemRequest("A force of 7 N pulls a box of 2 kg. What is the wingspan of the eagle?"))
    assert reply is not None
    assert [g.role for g in reply.givens][1] == "mass of the box"
    assert reply.unknown == "wingspan of eagle"


def test_every_part_asks() -> None:
    parts = (Part("a", "How much work does he do?"), Part("b", "What is his mean power?"))
    reply = read_physics(ProblemRequest("A man lifts a barbell of 110 kg by 2.1 m within 1.5 s."), parts)
    assert reply is not None
    assert [asked.split()[0] for asked in reply.unknown.split("; ")] == ["work", "power"]


@pytest.mark.parametrize("statement", ["Solve 2x + 3 = 7.", MARBLES, "", "Find the speed."])
def test_no_reading_where_no_quantity_of_physics_is_given(statement: str) -> None:
    assert read_physics(ProblemRequest(statement)) is None


def test_a_problem_of_physics_is_read_part_by_part() -> None:
    parts = (Part("a", "How fast is it after 3 s?"), Part("b", "How far does it go in 5 s?"))
    read = read_parts(Problem(statement="A rocket starts from rest with an acceleration of 4 m/s².", parts=parts))
    assert [(one.part, [g.value for g in one.reply.givens]) for one in read] == [
        (None, ["4"]),
        ("a", ["3"]),
        ("b", ["5"]),
    ]
    assert [one.reply.unknown.split()[0] for one in read[1:]] == ["final", "distance"]
    assert {one.reply.origin for one in read} == {BY_RULES}


def test_parts_that_stand_in_the_statement_are_read_apart() -> None:
    barbell = "A man lifts 110 kg by 2.1 m within 1.5 s. (a) How much work does he do? (b) What is his mean power?"
    read = read_parts(Problem(statement=barbell))
    assert [(one.part, one.reply.unknown.split(" ")[0]) for one in read] == [(None, ""), ("a", "work"), ("b", "power")]


def test_a_model_is_asked_only_where_the_rules_of_physics_are_not_enough() -> None:
    said = "letter: t = Tom\nletter: a = Ann\nrelation: t = 2*a\nunknown: marbles Tom has\nend"
    model = Echo(answers={MARBLES: said})
    (sledge,), (marbles,) = (read_parts(Problem(statement=text), model) for text in (SLEDGE, MARBLES))
    assert sledge.reply.origin == BY_RULES
    assert marbles.reply.relations == ("t = 2*a",)
    assert marbles.reply.origin.backend == "echo"


def test_a_statement_that_relates_amounts_in_words_goes_to_the_model() -> None:
    rope = "A rope 18 m long is cut into two pieces. One piece is 4 m longer than the other. How long is the longer?"
    (read,) = read_parts(Problem(statement=rope), Echo(answers={rope: "given: 18 m | rope |\nunknown: longer\nend"}))
    assert read.reply.origin.backend == "echo"


def test_where_a_model_reads_nothing_the_rules_do_and_it_is_said_why() -> None:
    (read,) = read_parts(Problem(statement=MARBLES), Echo(answers={MARBLES: "given: 99 | marbles |\nend"}))
    assert read.reply.relations == ("t = 2*a",)
    assert read.reply.origin.backend == "rules"
    assert "99" in read.fault


def test_without_a_model_the_rules_read_everything() -> None:
    (read,) = read_parts(Problem(statement=MARBLES))
    assert read.reply.relations == ("t = 2*a",)
    assert not read.fault
    assert read_parts(Problem(statement="Solve 2x + 3 = 7.")) == []
