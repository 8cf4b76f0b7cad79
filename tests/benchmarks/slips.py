"""The motto case and its siblings: true arithmetic on a wrong law, a wrong quantity or a wrong unit.

Each has a published style of slip. A case is met where the right line is called wrong, the reason names the cause, and
the value that the right substitution gives is said somewhere in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.tables import Figure
from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import CheckedStep, Verdict
from tutor.report.words import in_words, remarks_in_words


@dataclass(frozen=True, slots=True)
class Slip:
    """cause: patterns that the reason of the wrong line holds. value: a pattern of what the right one gives."""

    id: str
    statement: str
    work: str
    line: int
    cause: tuple[str, ...]
    value: str


SLIPS = (
    Slip(
        "slope length for height",
        "A skier slides from rest down a frictionless slope of height H = 40 m and length L = 80 m. "
        "Find the speed at the bottom.",
        "E = m g L\nv = sqrt(2 g L) = sqrt(2·9.81·80) = 39.6 m/s",
        0,
        (r"L = 80 m", r"H = 40 m", r"height"),
        r"28(\.0)? m/s",
    ),
    Slip(
        "km/h put in as m/s",
        "A car of mass 1200 kg drives at 72 km/h. Find its kinetic energy.",
        "E_k = 1/2 m v^2 = 1/2·1200·72^2 = 3110400 J",
        0,
        (r"72", r"20(\.0)? m/s|3\.6"),
        r"240\s?000|2\.4(0)?\s?[×·*]\s?10|240 kJ",
    ),
    Slip(
        "diameter for radius",
        "A wheel with a diameter of 0.60 m spins at an angular speed of 5.0 rad/s. "
        "Find the speed of a point on its rim.",
        "v = ω r = 5.0·0.60 = 3.0 m/s",
        0,
        (r"diameter", r"radius|0\.30? m"),
        r"1\.5(0)? m/s",
    ),
    Slip(
        "one half forgotten",
        "A ball of mass 2.0 kg moves at 3.0 m/s. Find its kinetic energy.",
        "E_k = m v^2\nE_k = 2.0·3.0^2 = 18 J",
        0,
        (r"kinetic energy", r"1/2|½|half"),
        r"\b9(\.0)? J",
    ),
    Slip(
        "series for parallel",
        "Two resistors of 4.0 Ω and 12 Ω are connected in parallel. Find the total resistance.",
        "R = R_1 + R_2\nR = 4.0 + 12 = 16 Ω",
        0,
        (r"parallel",),
        r"\b3(\.0)? Ω",
    ),
    Slip(
        "mass for weight",
        "A box of mass 5.0 kg slides over a level floor. The coefficient of kinetic friction is 0.30. "
        "Find the friction force.",
        "f = μ N = 0.30·5.0 = 1.5 N",
        0,
        (r"mass|5\.0 kg", r"weight|normal force|49"),
        r"14\.7 N|15 N",
    ),
    Slip(
        "sine for cosine",
        "A sled is pulled 10 m over level ground with a force of 50 N at an angle of 30° above the horizontal. "
        "Find the work done by the force.",
        "W = F s sin θ\nW = 50·10·sin 30° = 250 J",
        0,
        (r"cos", r"work"),
        r"433(\.0)? J|430 J",
    ),
    Slip(
        "degrees in a function of radians",
        "A block slides down a frictionless incline of 30°. Find its acceleration.",
        "a = g sin θ = 9.81·sin(30) = -9.69 m/s^2",
        0,
        (r"degrees|30°|radian",),
        r"4\.9(1|05)? m/s",
    ),
    Slip(
        "digits exchanged in copying",
        "A spring is stretched by 0.20 m when a force of 98 N acts on it. Find the spring constant.",
        "k = F/x = 89/0.20 = 445 N/m",
        0,
        (r"89", r"98 N"),
        r"490 N/m",
    ),
    Slip(
        "square centimetres by 100",
        "A force of 500 N acts on an area of 25 cm^2. Find the pressure.",
        "A = 25 cm^2 = 0.25 m^2\np = F/A = 500/0.25 = 2000 Pa",
        0,
        (r"0\.0025|10\s?000|1/400",),
        r"200\s?000 Pa|2(\.0)?\s?[×·*]\s?10\^?[5⁵]|200 kPa|0\.0025",
    ),
    Slip(
        "degrees Celsius in the gas law",
        "A gas at 100 kPa and 27 °C is heated to 127 °C at constant volume. Find its new pressure.",
        "p_2 = p_1 T_2/T_1\np_2 = 100·127/27 = 470 kPa",
        1,
        (r"127", r"400( K|\.15)|kelvin|K\b"),
        r"133(\.\d)? kPa",
    ),
    Slip(
        "speed not squared",
        "A car of mass 1000 kg rounds a bend of radius 50 m at 15 m/s. Find the centripetal force.",
        "F = m v/r = 1000·15/50 = 300 N",
        0,
        (r"v\^2|v²|squared",),
        r"4500 N|4\.5\s?[×·*]\s?10|4\.5 kN",
    ),
)


def said_of(step: CheckedStep) -> str:
    """All that a student reads beside a line."""
    return " ".join(
        [in_words(step.evidence, step.remarks, step.step.line), *remarks_in_words(step.evidence, step.remarks)]
    )


def shortfall(slip: Slip) -> str:
    """What is missing; nothing where the case is met."""
    steps = check_work(slip.work, problem_from_statement(slip.statement))
    first = next((s for s in steps if s.verdict is Verdict.WRONG), None)
    if first is None:
        return "no line is wrong"
    if first.step.line != slip.line:
        return f"line {first.step.line} instead of {slip.line}: {said_of(first)}"
    reason = said_of(first)
    for pattern in slip.cause:
        if not re.search(pattern, reason, re.IGNORECASE):
            return f"the cause ({pattern}) is not named: {reason}"
    report = " ".join(map(said_of, steps))
    if not re.search(slip.value, report.replace("\N{NO-BREAK SPACE}", " ")):
        return f"the right value ({slip.value}) is not given: {report}"
    return ""


def slips() -> Iterator[Figure]:
    """The motto case and its siblings, from the statement alone."""
    told = {slip.id: shortfall(slip) for slip in SLIPS}
    met = sum(not missing for missing in told.values())
    details = [f"{name}: {missing}" for name, missing in told.items() if missing]
    yield Figure.share("slips", "right line, right cause, right value", met, len(SLIPS), "100 %", details)
