"""Scenes put together by hand, solved with laws of our own: what is found, and when nothing may be said."""

from __future__ import annotations

import pytest

from tutor.laws.catalogue import Catalogue, catalogue
from tutor.laws.law import Law, LawSymbol
from tutor.laws.scene import Asked, Given, Scene
from tutor.records import Problem
from tutor.solve import solver
from tutor.solve.solver import solve_scene
from tutor.syntax.hints import ReadHints
from tutor.syntax.printer import to_text
from tutor.syntax.read import read_expr

G = LawSymbol("g", "gravity", constant="g")


def law(id_, equation, symbols, needs=(), excludes=(), topic="kinematics"):
    entries = {name: s if isinstance(s, LawSymbol) else LawSymbol(name, s) for name, s in symbols.items()}
    return Law(id_, id_, equation, entries, topic, "2000", needs=frozenset(needs), excludes=frozenset(excludes))


def body(name, role, of):
    return LawSymbol(name, role, of=of)


LAWS = [
    law("slide", "v = sqrt(2 g h)", {"v": "final_speed", "g": G, "h": "height"}, ["frictionless", "from_rest"]),
    law("kinetic", "E_k = 1/2 m v^2", {"E_k": "kinetic_energy", "m": "mass", "v": "speed"}),
    law("suvat", "v^2 = u^2 + 2 a s", {"v": "final_speed", "u": "initial_speed", "a": "acceleration", "s": "distance"}),
    law("newton", "F = m a", {"F": "net_force", "m": "mass", "a": "acceleration"}),
    law(
        "series",
        "R = R_1 + R_2",
        {"R": "total_resistance", "R_1": body("R_1", "resistance", "1"), "R_2": body("R_2", "resistance", "2")},
        ["series"],
        topic="circuits",
    ),
    law(
        "parallel",
        "1/R = 1/R_1 + 1/R_2",
        {"R": "total_resistance", "R_1": body("R_1", "resistance", "1"), "R_2": body("R_2", "resistance", "2")},
        ["parallel"],
        topic="circuits",
    ),
    law("ohm", "V = I R", {"V": "voltage", "I": "current", "R": "resistance"}, topic="circuits"),
    law(
        "stick",
        "m_1 u_1 + m_2 u_2 = (m_1 + m_2) v",
        {
            "m_1": body("m_1", "mass", "1"),
            "u_1": body("u_1", "initial_speed", "1"),
            "m_2": body("m_2", "mass", "2"),
            "u_2": body("u_2", "initial_speed", "2"),
            "v": "final_speed",
        },
        ["inelastic"],
    ),
]


def value(text):
    return read_expr(text, ReadHints(units=True))


def given(role, text, **more):
    return Given(more.pop("symbol", ""), role, value(text), **more)


@pytest.fixture
def found(monkeypatch):
    shipped = catalogue()
    ours = Catalogue({one.id: one for one in LAWS}, shipped.roles, shipped.conditions)
    monkeypatch.setattr(solver, "catalogue", lambda: ours)

    def solved(givens, role, conditions=(), unread=(), **asked):
        scene = Scene(tuple(givens), (Asked(role, **asked),), frozenset(conditions), tuple(unread), physical=True)
        return solve_scene(scene, Problem()).parts[0]

    return solved


REST = given("initial_speed", "0 m/s", implied=True)


def test_the_length_of_a_frictionless_slope_does_not_matter(found):
    givens = [given("height", "40 m", symbol="H"), given("slope_length", "80 m", symbol="L"), REST]
    solved = found(givens, "speed", ["frictionless", "from_rest", "incline"])
    assert solved.answer.text == "28.0 m/s"
    assert solved.lines == ("v = sqrt(2 · g · H) = sqrt(2 · 9.81 m/s^2 · 40 m) = 28.0 m/s",)


def test_one_law_leads_to_the_next(found):
    solved = found([given("mass", "1200 kg"), REST, given("force", "3 kN"), given("distance", "50 m")], "final_speed")
    assert solved.answer.text == "15.8 m/s"
    assert solved.laws == ("newton", "suvat")
    assert "F = 3 kN = 3000 N" in solved.lines


@pytest.mark.parametrize(("wired", "answer"), [("series", "2.00 A"), ("parallel", "20.7 A")])
def test_there_may_be_any_number_of_resistors(found, wired, answer):
    givens = [given("resistance", f"{r} Ω", of=f"resistor {r}") for r in (2, 3, 5)]
    assert found([*givens, given("voltage", "20 V")], "current", [wired]).answer.text == answer


def test_each_speed_goes_with_the_mass_of_its_body(found):
    givens = [
        given("mass", "2 kg", of="A"),
        given("mass", "3 kg", of="B"),
        given("speed", "5 m/s", of="A", when="initial"),
        given("initial_speed", "0 m/s", of="B", implied=True),
    ]
    assert found(givens, "speed", ["inelastic"], when="final").answer.text == "2.00 m/s"


SILENT = [
    # givens, asked, conditions, why
    ([given("mass", "2 kg")], "kinetic_energy", (), "a speed is missing"),
    ([given("mass", "2 kg"), given("speed", "3 m/s"), given("time", "4 s")], "kinetic_energy", (), "a time left over"),
    ([given("mass", "2 kg", of="A"), given("mass", "5 kg", of="B"), given("speed", "3 m/s")], "kinetic_energy", (),
     "of which body?"),
    ([given("height", "40 m"), REST], "speed", ("from_rest",), "nothing says that there is no friction"),
    ([given("mass", "2 kg"), given("speed", "4e8 m/s")], "colour", (), "no role"),
    ([given("acceleration", "2 m/s^2"), given("distance", "5 m"), given("final_speed", "2 m/s")], "initial_speed", (),
     "the root of a negative number"),
]  # fmt: skip


@pytest.mark.parametrize(("givens", "role", "conditions", "why"), SILENT)
def test_nothing_is_said_where_it_is_not_certain(found, givens, role, conditions, why):
    solved = found(givens, role, conditions)
    assert solved.answer is None, why
    assert solved.why_silent


def test_a_piece_that_was_not_understood_forbids_an_answer(found):
    solved = found([given("mass", "2 kg"), given("speed", "3 m/s")], "kinetic_energy", unread=["at an unknown slope"])
    assert solved.answer is None
    assert "at an unknown slope" in solved.why_silent


def test_other_values_of_g_are_right_too(found):
    solved = found([given("height", "20 m"), REST], "speed", ["frictionless", "from_rest"])
    assert [to_text(form) for form in solved.answer.forms] == ["19.8 m/s", "20.0 m/s"]


def test_a_conversion_needs_no_law(found):
    assert found([given("speed", "72 km/h")], "speed", unit=value("1 m/s").unit).answer.text == "20.0 m/s"
