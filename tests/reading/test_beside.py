"""Values side by side, and units that LaTeX sets by a command."""

import pytest

from tutor.laws.amounts import plain
from tutor.reading.beside import with_signs_between
from tutor.syntax.typeset import typeset_plainly


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("u=-15 a=10 s=20", "u=-15;a=10;s=20"),
        ("v=0 u=20 m/s s=50 m", "v=0;u=20 m/s;s=50 m"),
        ("u = 20 v = 0 s = 50", "u = 20;v = 0;s = 50"),
        ("d=12 m=1200 cm", "d=12 m=1200 cm"),
        ("x = 0 → u = 0, x = 1 → u = 1", "x = 0 → u = 0, x = 1 → u = 1"),
        ("x=2 or x=3", "x=2 or x=3"),
        ("y = 3 x = 6", "y = 3 x = 6"),
        ("y=3 x=3(2)=6", "y=3 x=3(2)=6"),
        ("v = 10 m/s^2*3 s = 30 m/s", "v = 10 m/s^2*3 s = 30 m/s"),
        ("| v | 25 m/s |", "  v ; 25 m/s  "),
        ("|x - 1| = 3", "|x - 1| = 3"),
    ],
)
def test_a_name_begins_the_next_value(row: str, expected: str) -> None:
    assert with_signs_between(row) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"\SI{9.8}{m/s^2}", "9.8 m/s^2"),
        (r"\qty{3.0e8}{\meter\per\second}", "3.0e8 m/s"),
        (r"\SI{4200}{\joule\per\kilogram\per\kelvin}", "4200 J/(kg·K)"),
        (r"\num{3e8}", "3e8"),
        (r"\ang{30}", "30°"),
        (r"\SI{3}{\furlong}", r"\SI{3}{\furlong}"),
    ],
)
def test_a_quantity_set_by_a_command_is_written_plainly_in_its_place(text: str, words: str) -> None:
    assert typeset_plainly(text).strip() == words
    assert len(typeset_plainly(text)) == len(text)


@pytest.mark.parametrize("unit", [r"\mu\text{F}", r"\mu\mathrm{F}", r"\mathrm{\mu F}", r"\mu F"])
def test_a_prefix_of_a_statement_stays_with_its_unit(unit: str) -> None:
    assert "μF" in plain(rf"$C = 10\,{unit}$")
