"""Forces as plain data: which way each points, what of it is known, and where nothing is drawn."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from tutor.pipeline import grade_submission
from tutor.problems import problem_from_statement
from tutor.records import Submission
from tutor.report.forces import Arrow, FreeBody, forces_of
from tutor.report.machine import to_json

CRATE = (
    "A crate with a mass of 40 kg is pulled over a level floor with a horizontal force of 150 N. "
    "The coefficient of kinetic friction is 0.25. Find its acceleration with g = 9.81 m/s²."
)
RAMP = (
    "A box with a mass of 12 kg slides down a ramp inclined at 30° to the horizontal. The coefficient of kinetic "
    "friction between box and ramp is 0.20. Find its acceleration. Use g = 9.81 m/s²."
)
LIFT = (
    "A person with a mass of 65 kg stands on scales in a lift. The lift accelerates upwards at 1.5 m/s². "
    "What force do the scales show? Use g = 9.81 m/s²."
)
CRANE = "A crane lifts a load of 500 kg with an upward acceleration of 1.2 m/s^2. Find the tension in the cable."
SLEDGE = (
    "A child pulls a sledge with a force of 40 N along a rope that makes an angle of 28° with the ground. "
    "What is the horizontal component of this force?"
)
TUGS = (
    "Two tugs pull a ship with forces of 5.0 kN and 12 kN at right angles to each other. "
    "Find the size of the resultant force."
)
LAMP = "A 10 kg lamp hangs from a rope at rest. Find the tension in the rope."


def a_line(verdict: str, reading: str, line: int = 0) -> dict[str, Any]:
    """A step as the machine interface has it, as far as a picture needs it."""
    return {"line": line, "verdict": verdict, "reading": [reading], "text": reading}


def body_of(statement: str, *steps: dict[str, Any]) -> FreeBody | None:
    """The picture of the last of some lines."""
    return forces_of(problem_from_statement(statement), {"steps": list(steps)}, steps[-1])


def arrows_of(body: FreeBody | None) -> dict[str, Arrow]:
    """By role."""
    assert body is not None
    net = [body.resultant] if body.resultant else []
    return {arrow.role: arrow for arrow in (*body.arrows, *net)}


WAYS = [
    (CRATE, {"weight": 270, "normal_force": 90, "applied_force": 0, "friction": 180, "net_force": 0}),
    (RAMP, {"weight": 270, "normal_force": 120, "friction": 30, "net_force": 210}),
    (LIFT, {"weight": 270, "normal_force": 90, "net_force": 90}),
    (CRANE, {"weight": 270, "tension": 90, "net_force": 90}),
    (SLEDGE, {"applied_force": 28, "horizontal_force": 0}),
    (LAMP, {"weight": 270, "tension": 90}),
    (
        "A block with a mass of 2 kg slides up a frictionless slope inclined at 25°. Find its acceleration.",
        {"weight": 270, "normal_force": 115, "net_force": 205},
    ),
    (
        "A 5 kg block hangs from a spring with spring constant 200 N/m. Find the extension.",
        {"weight": 270, "spring_force": 90},
    ),
    (
        "A skydiver of mass 80 kg falls at terminal velocity. Find the air resistance.",
        {"weight": 270, "drag_force": 90},
    ),
    (
        "Two forces of 30 N and 12 N act on a box in opposite directions. Find the net force.",
        {"first_force": 0, "second_force": 180, "net_force": 0},
    ),
]


@pytest.mark.parametrize(("statement", "ways"), WAYS)
def test_each_force_points_where_its_law_says(statement: str, ways: dict[str, float]) -> None:
    lines = [a_line("wrong", f"{letter} = 1 N") for letter in ("F_x", "T", "N", "F_D", "F_net", "W")]
    found = [body for line in lines if (body := body_of(statement, line)) is not None]
    arrows = arrows_of(found[-1])
    assert {role: arrow.angle for role, arrow in arrows.items()} == ways


NO_PICTURE = [
    ("A 5 kg block is pulled with 20 N. Find the acceleration.", "on what, and which way"),
    ("A block of mass 4 kg rests on a rough slope of 15°. Find the friction force.", "which way it would move"),
    ("A book of 2 kg is pressed against a wall with 50 N. The coefficient of friction is 0.4.", "a wall"),
    (
        "Two loads of 5.0 kg and 3.0 kg hang at the ends of a light string over a frictionless pulley and are let go. "
        "What acceleration do they have?",
        "two bodies",
    ),
    ("A car of 900 kg takes a bend of radius 40 m at 12 m/s. Find the centripetal force.", "a circle"),
    ("A box of 10 kg is pushed with 50 N up a ramp at 20°. The friction is 5 N. Find the acceleration.", "which push"),
    ("A tug pulls a ship north with 5 kN and another pulls east with 12 kN. Find the resultant force.", "a compass"),
    ("Solve 2x + 3 = 7", "no physics"),
    ("A car goes 100 m in 8 s. Find its speed v.", "no forces"),
]


@pytest.mark.parametrize(("statement", "why"), NO_PICTURE)
def test_nothing_is_drawn_where_a_direction_is_open(statement: str, why: str) -> None:
    assert body_of(statement, a_line("wrong", "F = 20 N")) is None, why


HIDDEN = [
    # statement, role, a right line that has it
    (LAMP, "tension", "T = 10 kg * 9.81 m/s^2 = 98.1 N"),
    (LIFT, "normal_force", "N = 735 N"),
    (CRANE, "tension", "T = 500 kg * 11.01 m/s^2 = 5505 N"),
    (TUGS, "net_force", "F = 13 kN"),
    (SLEDGE, "horizontal_force", "F_x = 35.3 N"),
    (CRATE, "friction", "f = 98.1 N"),
    (CRATE, "net_force", "F_net = 51.9 N"),
]


@pytest.mark.parametrize(("statement", "role", "right"), HIDDEN)
def test_a_size_is_shown_when_the_student_has_found_it_and_not_before(statement: str, role: str, right: str) -> None:
    wrong = a_line("wrong", "a = 1 m/s^2", 1)
    before = arrows_of(body_of(statement, wrong))[role] if body_of(statement, wrong) else None
    assert before is None or (before.size is None and before.text == "")
    assert arrows_of(body_of(statement, a_line("correct", right), wrong))[role].size


def test_the_weight_is_not_shown_where_it_is_the_answer() -> None:
    body = body_of(LAMP, a_line("wrong", "T = 10 N"))
    assert arrows_of(body)["weight"].size is None
    assert arrows_of(body_of(CRANE, a_line("wrong", "T = 600 N")))["weight"].size == 4905


def test_a_right_sum_of_wrong_numbers_is_no_force_of_the_body() -> None:
    first, second = a_line("wrong", "N = 58.9 N"), a_line("correct", "f = 0.2 * 58.9 N = 11.8 N", 1)
    found = forces_of(problem_from_statement(RAMP), {"steps": [first, second]}, first)
    assert arrows_of(found)["friction"].size is None


CLAIMS = [
    (CRATE, "F = 150 N + 98.1 N = 248.1 N", "net_force", 0, 248.1),
    (RAMP, "N = m*g*sin(30 deg)", "normal_force", 120, 58.86),
    (SLEDGE, "F_x = 40 N * sin(28 deg) = 18.8 N", "horizontal_force", 0, 18.8),
    (CRANE, "T = m*a = 600 N", "tension", 90, 600),
    (TUGS, "F = 17 kN", "net_force", 67.38013505195957, 17_000),
    (CRATE, "f = -98.1 N", "friction", 0, 98.1),
]


@pytest.mark.parametrize(("statement", "line", "role", "angle", "size"), CLAIMS)
def test_what_a_refuted_line_says_of_a_force(statement: str, line: str, role: str, angle: float, size: float) -> None:
    body = body_of(statement, a_line("wrong", line))
    if line.startswith("f = -"):
        assert body is not None
        assert body.claimed is None, "its size is right"
        return
    assert body is not None
    assert body.claimed is not None
    assert (body.claimed.role, body.claimed.angle) == (role, pytest.approx(angle))
    assert body.claimed.size == pytest.approx(size)


def test_no_resultant_is_drawn_that_would_point_the_wrong_way() -> None:
    body = body_of(CRATE.replace("150 N", "50 N"), a_line("wrong", "a = 1 m/s^2"))
    assert body is not None
    assert body.resultant is None


def test_one_picture_stands_beneath_the_first_wrong_line_where_no_line_speaks_of_a_force() -> None:
    lines = [a_line("correct", "N = 392.4 N"), a_line("wrong", "a = 6 m/s^2", 1), a_line("wrong", "a = 7 m/s^2", 2)]
    problem = problem_from_statement(CRATE)
    drawn = [forces_of(problem, {"steps": lines}, one) is not None for one in lines]
    assert drawn == [False, True, False]


def test_a_real_report_has_its_picture() -> None:
    problem = problem_from_statement(CRATE)
    work = "f = 0.25 * 392.4 N = 98.1 N\nF = 150 N + 98.1 N = 248.1 N"
    report = to_json(grade_submission(Submission("", "", "", work), problem))
    drawn = [forces_of(problem, report, step) for step in report["steps"]]
    assert drawn[0] is None
    assert drawn[1] is not None
    assert arrows_of(drawn[1])["friction"].size == pytest.approx(98.1)


def test_a_teachers_ruling_ends_what_was_refuted() -> None:
    line = a_line("wrong", "F = 248.1 N") | {"ruling": {"verdict": "correct"}}
    body = body_of(CRATE, line)
    assert body is None or body.claimed is None


@pytest.mark.parametrize(
    "line", ["F = 9^9^9^9^9 N", "F = " + "(" * 200, "<script>alert(1)</script>", "F = 1/0 N", "N = N"]
)
def test_hostile_lines_leave_the_picture_alone(line: str) -> None:
    body = body_of(CRATE, a_line("wrong", line))
    assert body is not None
    assert body.claimed is None


def test_no_computer_algebra_is_loaded_for_a_picture() -> None:
    code = (
        "import sys; from tutor.problems import problem_from_statement as p; from tutor.report.forces import forces_of;"
        f"s = {{'line': 0, 'verdict': 'wrong', 'reading': ['F = 248.1 N']}};"
        f"assert forces_of(p({CRATE!r}), {{'steps': [s]}}, s); assert not {{'sympy', 'torch'}} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
