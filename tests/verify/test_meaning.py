from __future__ import annotations

import pytest

from tutor.errors import TooLarge
from tutor.syntax.printer import to_text
from tutor.syntax.read import ReadHints, read_expr
from tutor.verify.meaning import resolve
from tutor.verify.tasks import Setting

HINTS = ReadHints(functions=frozenset("fgh"))


def read(text: str):  # type: ignore[no-untyped-def]
    return read_expr(text, HINTS)


@pytest.mark.parametrize(
    ("text", "setting", "expected", "why"),
    [
        ("sin(30)", Setting(angle_unit="degree"), "sin((30) deg)", "a bare angle"),
        ("sin(pi/6)", Setting(angle_unit="degree"), "sin(pi/6)", "π says radians"),
        ("sin(30°)", Setting(angle_unit="degree"), "sin(30 deg)", "the sign is there already"),
        ("sin(x)", Setting(), "sin(x)", "radians"),
        ("arctan(1)", Setting(angle_unit="degree"), "arctan(1)/1 deg", "an angle as a number of degrees"),
        ("log(x)", Setting(log_base="2"), "log_2(x)", "the base of the setting"),
        ("log_3(x)", Setting(log_base="2"), "log_3(x)", "a base of its own"),
        ("ln(x)", Setting(log_base="2"), "ln(x)", "ln is ln"),
        ("f(3)", Setting(functions={"f": (("x",), read("x^2"))}), "(3^2)", "a definition"),
        ("f(a+1)", Setting(functions={"f": (("x",), read("x^2"))}), "((a + 1)^2)", "an argument in brackets"),
        ("g(2)", Setting(functions={"f": (("x",), read("x^2"))}), "g(2)", "not defined"),
        ("f'(x)", Setting(functions={"f": (("x",), read("x^2"))}), "(d/dx((x^2)))", "a derivative of a definition"),
    ],
)
def test_an_expression_means_what_its_setting_says(text: str, setting: Setting, expected: str, why: str) -> None:
    assert to_text(resolve(read(text), setting)) == expected, why


def test_values_are_put_in_only_when_asked() -> None:
    setting = Setting(values={"a": read("b+1"), "b": read("2")})
    assert resolve(read("a*x"), setting) == read("a*x")
    assert to_text(resolve(read("a*x"), setting, values=True)) == "(2 + 1)*x"


def test_a_value_that_names_itself_is_left_alone() -> None:
    setting = Setting(values={"a": read("a+1")})
    assert resolve(read("a"), setting, values=True) == read("a")


def test_definitions_in_a_circle_end() -> None:
    functions = {"f": (("x",), read("g(x)")), "g": (("x",), read("f(x)"))}
    with pytest.raises(TooLarge):
        resolve(read("f(1)"), Setting(functions=functions))
    growing = {"f": (("x",), read("f(x)+f(x+1)"))}
    with pytest.raises(TooLarge):
        resolve(read("f(1)"), Setting(functions=growing))


def test_names_that_define_each_other_are_put_in_once_around() -> None:
    setting = Setting(values={"x": read("cos(y)"), "y": read("arccos(x)")}, functions={"f": (("x",), read("x^2"))})
    assert to_text(resolve(read("x"), setting, values=True)) == "(cos((arccos(x))))"


def test_arguments_deep_inside_are_resolved_once() -> None:
    deep = read("sin(" * 24 + "x" + ")" * 24)  # twice at each level would take minutes
    assert resolve(deep, Setting(angle_unit="degree", functions={"f": (("x",), read("x^2"))})) is not None


def test_the_letter_i_is_the_imaginary_unit_among_complex_numbers() -> None:
    from tutor.syntax.tree import Constant, Product, Symbol

    assert resolve(Product((Symbol("i"), Symbol("z"))), Setting(real=False)) == Product((Constant("i"), Symbol("z")))
