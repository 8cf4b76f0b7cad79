"""A worked solution in the notation that students write, and the answer; each line is judged before it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor, log10

from tutor.bridge.units import is_affine, kelvins_at_zero, measure, turns_in
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.laws.catalogue import Catalogue
from tutor.laws.law import RoleKind
from tutor.laws.scene import Asked, Scene
from tutor.records import Answer, Problem, Verdict
from tutor.solve.choosing import Choice
from tutor.solve.quantities import MONTH, PI, Known, Use, value_of
from tutor.solve.rearranging import with_numbers
from tutor.solve.solution import Solved
from tutor.syntax.hints import ReadHints
from tutor.syntax.printer import to_text
from tutor.syntax.read import read
from tutor.syntax.tree import (
    Bracket,
    Degrees,
    Expr,
    Negative,
    Number,
    Quantity,
    Symbol,
    Unit,
    numbers,
)

FIGURES = 3
MORE_FIGURES = 5  # of what later lines go on with
OTHER_G = (Fraction(98, 10), Fraction(10))


def written(choice: Choice, scene: Scene, laws: Catalogue, problem: Problem) -> Solved:
    """The solution of one question, with its lines judged; silent where a line does not come out right."""
    known, asked = choice.known, choice.asked
    if known is None:
        return Solved(asked, why_silent=choice.why)
    page = _Page(scene, laws, asked, known)
    try:
        lines = page.lines()
        answer = page.answer()
    except (StudentError, Unsupported, Undefined, OverflowError) as error:
        return Solved(asked, why_silent=f"the solution could not be written down: {error}")
    wrong = _not_right(lines, problem)
    if wrong:
        return Solved(asked, why_silent=f'a line of the solution could not be verified: "{wrong}"')
    return Solved(asked, answer, lines, tuple(dict.fromkeys(use.law.id for use in known.steps)))


def _not_right(lines: tuple[str, ...], problem: Problem) -> str:
    """The first line that our own judge does not find right; "" where all are."""
    from tutor.reading import split_steps
    from tutor.verify.judge import judge_steps

    for step in judge_steps(split_steps("\n".join(lines), problem), problem):
        if step.verdict not in (Verdict.CORRECT, Verdict.NO_CLAIM):  # a law alone on its line claims nothing
            return step.step.text
    return ""


# ---------------------------------------------------------------- numbers


def rounded_text(value: Fraction, figures: int, *, pad: bool) -> str:
    """A number to so many figures: plain where that is short, else 1.23 × 10^4. pad: 28.0, not 28.

    >>> rounded_text(Fraction(28), 3, pad=True), rounded_text(Fraction(123456), 3, pad=True)
    ('28.0', '1.23 × 10^5')
    """
    if not value:
        return "0"
    sign = "-" if value < 0 else ""
    size = abs(value)
    power = floor(log10(size.numerator) - log10(size.denominator) + 1e-12)
    scaled = round(size / Fraction(10) ** (power - figures + 1))
    if scaled >= 10**figures:
        power, scaled = power + 1, round(Fraction(scaled, 10))
    short = Fraction(scaled) * Fraction(10) ** (power - figures + 1)
    exact = short == size
    if exact and short.denominator == 1 and short < 10**6 and (not pad or power >= figures - 1):
        return f"{sign}{short}"
    if -3 <= power < figures:
        places = figures - 1 - power
        text = f"{int(short * 10**places):0{places + 1}d}"
        text = f"{text[:-places]}.{text[-places:]}" if places else text
        if exact and not pad and places:
            text = text.rstrip("0").rstrip(".")
        return sign + text
    digits = str(scaled)
    mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    if exact and not pad and "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{sign}{mantissa} × 10^{power}"


def in_unit(value: Fraction, unit: Unit | None, role: RoleKind | None) -> Fraction:
    """A value in base units as so many of a unit."""
    if unit is None:
        return value
    found = measure(unit)
    size = found.size
    if months := dict(found.dimension).get("month", 0):
        size *= MONTH ** int(months)
    if is_affine(unit) and (role is None or role.id != "temperature_change"):
        return (value - kelvins_at_zero(unit)) / size
    if turns_in(unit) and role is not None and (role.angle or "angular" in role.id):
        size *= (2 * PI) ** turns_in(unit)
    return value / size


_HOW_FAST = re.compile(r"\b(?:how fast|speed)\b", re.IGNORECASE)
_INVERSE = re.compile(r"^1/(\w+?)(?:\^(\d))?$")


def pretty(text: str) -> str:
    """As it is written by hand: · for *, ° for deg, 1.6 × 10^-19."""
    dots = re.sub(r"\s?\*\s?", " · ", text.replace(" deg", "°"))
    return re.sub(r"(?<=\d) · (?=10\^)", " × ", dots)


def _is_coherent(expr: Expr) -> bool:
    """A quantity in a unit made of base units without a factor: 5 m/s², 3 N."""
    return isinstance(expr, Quantity) and measure(expr.unit).size == 1


# ---------------------------------------------------------------- lines


@dataclass
class _Page:
    """Holds the names and the numbers as they are written, while the lines of one solution are made."""

    scene: Scene
    laws: Catalogue
    asked: Asked
    result: Known
    names: dict[int, str] = field(default_factory=dict)
    numerals: dict[int, Expr] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    made: list[str] = field(default_factory=list)

    def lines(self) -> tuple[str, ...]:
        """The worked solution."""
        steps = self.result.steps
        for known in (k for use in steps for k in use.inputs.values()):
            if known.symbol and not known.constant:
                self.taken.add(known.symbol)
        if not steps:
            self.name(self.result, self.asked.symbol or "x")
            return self.restated()
        for use in steps:
            self.use(use, last=use is steps[-1])
        return tuple(self.made)

    def restated(self) -> tuple[str, ...]:
        """A conversion and nothing else."""
        assert self.result.written is not None
        left = pretty(to_text(self.result.written))
        return (f"{left} = {self.final_text()}",)

    def name(self, known: Known, law_name: str) -> str:
        """The letter a quantity goes by: the problem's own, or the law's."""
        found = self.names.get(id(known))
        if found is None:
            found = known.symbol or (known.constant and law_name) or law_name
            if not known.symbol:
                base, n = found, 1
                while found in self.taken and not known.constant:
                    n += 1
                    found = f"{base.partition('_')[0]}_{n}"
            self.taken.add(found)
            self.names[id(known)] = found
        return found

    def use(self, use: Use, *, last: bool) -> None:
        """The lines for one law: what is converted, the law, and the law solved with the numbers put in."""
        names: dict[str, Expr] = {}
        values: dict[str, Expr] = {}
        for symbol, known in use.inputs.items():
            names[symbol] = Symbol(self.name(known, symbol))
            values[symbol] = self.numeral(known, symbol)
        found = next((k for k in self.results(use)), None)
        value = self.result.value if last else found.value if found is not None else None
        assert value is not None
        if last:
            own = self.asked.symbol or use.unknown
            if own in {s.name for s in names.values() if isinstance(s, Symbol)}:
                own = next(f"{own.partition('_')[0]}_{n}" for n in range(2, 99) if f"{own}_{n}" not in self.taken)
        else:
            assert found is not None
            own = self.name(found, use.unknown)
        names[use.unknown] = Symbol(own)
        law = with_numbers(use.equation, names)
        shown = with_numbers(use.result, names)
        if not (isinstance(use.equation.operands[0], Symbol) and use.equation.operands[0].name == use.unknown):
            self.made.append(pretty(to_text(law)))
        put_in = with_numbers(use.result, values)
        after = ""
        if last:
            end = self.final_text()
            unit = self.asked.unit or self.unit_of_givens(self.laws.roles[self.result.role])
            if unit is not None and is_affine(unit):
                after, end = end, self.text_of(self.result.value, self.laws.roles[self.result.role], 5, pad=False)
        else:
            assert found is not None
            role = self.laws.roles[found.role]
            end = self.text_of(found.value, role, MORE_FIGURES, pad=False)
            self.numerals[id(found)] = read_quantity(end)
        parts = [own, pretty(to_text(shown)), pretty(to_text(put_in)), end]
        line = " = ".join(dict.fromkeys(parts))
        self.made.append(line)
        if last and self.only_size:
            self.made.append(f"|{own}| = {self.final_text(abs(self.result.value))}")
        if after:
            self.made.append(f"{own} = {end} = {after}")

    def results(self, use: Use) -> list[Known]:
        """The quantity that a use found, as later uses hold it."""
        return [k for u in self.result.steps for k in u.inputs.values() if k.found_by is use]

    def numeral(self, known: Known, law_name: str) -> Expr:
        """The number with its unit that is put in for a quantity; a conversion gets a line of its own."""
        done = self.numerals.get(id(known))
        if done is not None:
            return done
        role = self.laws.roles[known.role]
        expr = self._numeral(known, role, law_name)
        self.numerals[id(known)] = expr
        return expr

    def _numeral(self, known: Known, role: RoleKind, law_name: str) -> Expr:
        written = known.written
        if written is not None:
            bare = written.inner if isinstance(written, Bracket) else written
            if isinstance(bare, Degrees | Number):
                return bare
            if isinstance(bare, Negative) and _is_coherent(bare.operand):
                return Bracket(bare)
            if isinstance(bare, Quantity) and not is_affine(bare.unit) and not turns_in(bare.unit):
                found = measure(bare.unit)
                if found.size == 1 and "month" not in dict(found.dimension):
                    return bare
            text = self.text_of(known.value, role, MORE_FIGURES, pad=False)
            name = self.name(known, law_name)
            turning = isinstance(bare, Quantity) and turns_in(bare.unit)
            self.made.append(f"{name} = {text}" if turning else f"{name} = {pretty(to_text(written))} = {text}")
            return read_quantity(text)
        figures = FIGURES if known.constant else MORE_FIGURES
        return read_quantity(self.text_of(known.value, role, 4 if known.constant else figures, pad=False))

    def text_of(self, value: Fraction, role: RoleKind, figures: int, *, pad: bool) -> str:
        """A value with its unit, in base units; an angle in degrees."""
        if role.angle:
            return rounded_text(value * 180 / PI, figures, pad=pad) + "°"
        number = rounded_text(value, figures, pad=pad)
        unit = _INVERSE.sub(lambda m: f"{m[1]}^-{m[2] or 1}", role.unit)
        return f"{number} {unit}" if unit else number

    # ------------------------------------------------------------ the answer

    @property
    def figures(self) -> int:
        """Those of the givens, but 3 at least."""
        shown = []
        for index in self.result.uses:
            for n in numbers(self.scene.givens[index].value):
                digits = re.sub(r"\D", "", n.text.lower().partition("e")[0]).lstrip("0")
                shown.append(len(digits) if n.places else FIGURES)
        return min(max(FIGURES, min(shown, default=FIGURES)), MORE_FIGURES)

    def final_text(self, value: Fraction | None = None) -> str:
        """The answer with its unit, in the one asked for or that of its role."""
        value = self.result.value if value is None else value
        role = self.laws.roles.get(self.asked.role) or self.laws.roles[self.result.role]
        unit = self.asked.unit or self.unit_of_givens(role)
        if unit is None:
            return self.text_of(value, role, self.figures, pad=True)
        number = rounded_text(in_unit(value, unit, role), self.figures, pad=True)
        gap = "" if unit.text in ("°", "%") else " "
        return f"{number}{gap}{unit.text}"

    @property
    def only_size(self) -> bool:
        """A speed is asked for, and a velocity was found that is negative."""
        return self.result.value < 0 and "speed" in self.asked.role and bool(_HOW_FAST.search(self.asked.text))

    def unit_of_givens(self, role: RoleKind) -> Unit | None:
        """°C where the problem speaks of temperatures in °C."""
        if role.dimension == (("K", 1),):
            for given in self.scene.givens:
                if isinstance(given.value, Quantity) and is_affine(given.value.unit):
                    return given.value.unit
        return None

    def answer(self) -> Answer:
        """The answer, with what other usual values of g would give."""
        text = self.final_text(abs(self.result.value) if self.only_size else None)
        forms = [read(text, HINTS)]
        if any(k.constant == "g" for use in self.result.steps for k in use.inputs.values()):
            for g in OTHER_G:
                value = revalued(self.result, {"g": g})
                other = read(self.final_text(abs(value) if self.only_size else value), HINTS)
                if other not in forms:
                    forms.append(other)
        unit = text.partition(" ")[2] if " × " not in text else text.rpartition("10^")[2].partition(" ")[2]
        return Answer(text, tuple(forms), unit=unit or None)


HINTS = ReadHints(units=True)


def read_quantity(text: str) -> Expr:
    """The tree of a number with its unit."""
    found = read(text, HINTS)
    assert isinstance(found, Expr)
    return found


def revalued(known: Known, constants: Mapping[str, Fraction]) -> Fraction:
    """The value that a quantity has with other values of the constants."""
    if known.constant:
        return constants.get(known.constant, known.value)
    use = known.found_by
    if use is None:
        return known.value
    return value_of(use.result, {name: revalued(k, constants) for name, k in use.inputs.items()})
