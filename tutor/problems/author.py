"""What a teacher writes: the fields of a problem set, as pydantic models, and their JSON Schema.

The models take text and numbers as a YAML, JSON or table file holds them and say in a sentence what does not fit.
`sets.py` turns them into `Problem` records; the file's own line numbers are added there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

REMARKS = (
    "rounded",
    "truncated",
    "early_rounding",
    "figures_many",
    "figures_few",
    "run_on_equals",
    "constant_missing",
    "unit_missing",
    "unit_unknown",
    "domain",
    "solutions_gained",
)
MAX_TEXT = 20_000
MAX_LINES = 200


def as_text(value: object) -> str:
    """Numbers keep the digits that the file shows; anything else that is not text is refused."""
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise PydanticCustomError("long", "is longer than 20000 characters")
        return value.strip()
    if isinstance(value, bool) or value is None:
        raise PydanticCustomError("text", "should be text or a number")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, Mapping) and value and all(v is None for v in value.values()):
        raise PydanticCustomError(
            "braces", "is in braces, which the file format takes for itself: put it in quotes, like '{2, 3}'"
        )
    if isinstance(value, Mapping) and len(value) == 1:
        raise PydanticCustomError("colon", "holds a colon, which the file format takes for itself: put it in quotes")
    raise PydanticCustomError("text", "should be text or a number; brackets and braces go in quotes")


def as_lines(value: object) -> object:
    """A block of text gives its lines, a list its items; blank lines at the end go."""
    if isinstance(value, str):
        lines: list[object] = [line.rstrip() for line in value.splitlines()]
    elif isinstance(value, list | tuple):
        lines = list(value)
    else:
        lines = [value]
    while lines and lines[-1] == "":
        lines.pop()
    if len(lines) > MAX_LINES:
        raise PydanticCustomError("long", "has more than 200 lines")
    return tuple(lines)


def as_scheme(value: object) -> object:
    """The lines of a mark scheme; `- M1: v = u + at` of a YAML list is such a line, too."""
    entries = as_lines(value)
    return tuple(map(scheme_line, entries)) if isinstance(entries, tuple) else entries


def scheme_line(entry: object) -> object:
    """`M1: v = u + at` of a mapping with that one field."""
    if isinstance(entry, Mapping) and len(entry) == 1:
        ((name, demand),) = entry.items()
        return entry if demand is None else f"{name}: {as_text(demand)}"
    return entry


def as_alternatives(value: object) -> object:
    """One answer, or a list of answers any of which will do."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def as_equations(value: object) -> object:
    """`none` says that nothing in the statement is to be solved."""
    return () if isinstance(value, str) and value.strip().lower() == "none" else as_alternatives(value)


def as_names(value: object) -> object:
    """`x, y` or a list."""
    if isinstance(value, list | tuple):
        return tuple(value)
    return tuple(name.strip() for name in as_text(value).split(",") if name.strip())


def as_givens(value: object) -> dict[str, str]:
    """A mapping, or in tables `a = 3; b = 4`."""
    if isinstance(value, Mapping):
        return {as_text(name): as_text(given) for name, given in value.items()}
    givens = {}
    for piece in as_text(value).split(";"):
        name, sign, given = piece.partition("=")
        if piece.strip():
            if not sign:
                raise PydanticCustomError("givens", "should be like `a = 3; b = 4`")
            givens[name.strip()] = given.strip()
    return givens


def as_switch(value: object) -> object:
    """YAML of old reads on and off as true and false."""
    return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value


def as_exact(value: object) -> Fraction:
    """2, 2.5 and 1/2, exactly."""
    if isinstance(value, Fraction):
        return value
    text = as_text(value)
    try:
        number = Fraction(text) if len(text) <= 40 and "e" not in text.lower() else None
    except (ValueError, ZeroDivisionError):
        number = None
    if number is None:
        raise PydanticCustomError("number", "should be a number, such as 2, 0.5 or 1/2")
    if number < 0:
        raise PydanticCustomError("number", "should not be negative")
    return number


def as_count(value: object) -> int:
    """A small whole number."""
    text = as_text(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 15):
        raise PydanticCustomError("number", "should be a whole number from 1 to 15")
    return int(text)


_TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number"]}
_LIST_SCHEMA: dict[str, Any] = {"anyOf": [_TEXT_SCHEMA, {"type": "array", "items": _TEXT_SCHEMA}]}

_SCHEME_LINE: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": "^\\s*(?:[MABmab][0-9./]*[^:]*:[\\s\\S]+|[oO][rR]:?\\s*)$"},
        {
            "type": "object",
            "propertyNames": {"pattern": "^[MABmab][0-9./]*[^:]*$"},
            "additionalProperties": _TEXT_SCHEMA,
            "minProperties": 1,
            "maxProperties": 1,
        },
    ]
}
_SCHEME_SCHEMA: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "array", "items": _SCHEME_LINE}]}

Text = Annotated[str, BeforeValidator(as_text), WithJsonSchema(_TEXT_SCHEMA)]
Name = Annotated[
    str,
    BeforeValidator(as_text),
    Field(pattern=r"^[^\W_][\w. -]*$", max_length=100),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^[^\W_][\w. -]*$", "maxLength": 100}),
]
Lines = Annotated[tuple[Text, ...], BeforeValidator(as_lines), WithJsonSchema(_LIST_SCHEMA)]
SchemeLines = Annotated[tuple[Text, ...], BeforeValidator(as_scheme), WithJsonSchema(_SCHEME_SCHEMA)]
Alternatives = Annotated[tuple[Text, ...], BeforeValidator(as_alternatives), WithJsonSchema(_LIST_SCHEMA)]
Equations = Annotated[tuple[Text, ...], BeforeValidator(as_equations), WithJsonSchema(_LIST_SCHEMA)]
Names = Annotated[tuple[Text, ...], BeforeValidator(as_names), WithJsonSchema(_LIST_SCHEMA)]
Givens = Annotated[
    dict[str, str],
    BeforeValidator(as_givens),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": _TEXT_SCHEMA}]}),
]
Exact = Annotated[Fraction, BeforeValidator(as_exact), PlainSerializer(str), WithJsonSchema(_TEXT_SCHEMA)]
Figures = Annotated[int, BeforeValidator(as_count), Field(ge=1, le=15)]
LogBase = Annotated[
    Literal["10", "e", "2"], BeforeValidator(as_text), WithJsonSchema({"enum": ["10", "e", "2", 10, 2]})
]
Switch = Annotated[
    Literal["on", "off"], BeforeValidator(as_switch), WithJsonSchema({"enum": ["on", "off", True, False]})
]
RemarkKinds = Annotated[
    tuple[Literal[REMARKS], ...],  # type: ignore[valid-type]
    BeforeValidator(as_names),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"enum": list(REMARKS)}}]}),
]


class Settings(BaseModel):
    """What a set may say once for all its problems, and a problem for itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    topic: Text | None = Field(None, description="What it is about, such as `brackets`.")
    level: Text | None = Field(None, description="For whom, such as `year 9` or `first year`.")
    angle_unit: Literal["radian", "degree"] | None = Field(
        None, description="What a bare number inside sin, cos, tan is; radian if not said."
    )
    field: Literal["real", "complex"] | None = Field(None, description="Where the unknowns live; real if not said.")
    log_base: LogBase | None = Field(None, description="What `log` without a base means: 10, e or 2; 10 if not said.")
    locale: Annotated[str, Field(pattern=r"^[a-z]{2}(?:-[A-Z]{2})?$")] | None = Field(
        None, description="Language of the work, such as en or de; `de` reads 0,5 as a half. en if not said."
    )
    show_work: Literal["optional", "required"] | None = Field(
        None, description="Whether a right answer without work earns its marks; optional if not said."
    )
    departing: Switch | None = Field(
        None,
        description="Whether true lines that lead to a wrong answer are held against the worked solution; on "
        "if not said.",
    )
    strict_remarks: RemarkKinds | None = Field(
        None, description="Kinds of remark that count as errors here, such as constant_missing."
    )


class Answered(BaseModel):
    """What a problem and a part of a problem share."""

    statement: Text = Field("", description="The problem as a textbook words it.")
    unknowns: Names = Field((), description="What is asked for: `x`, or `x, y`. Found in the statement if not said.")
    answer: Alternatives = Field(
        (),
        description="The reference answer in any form: 2, x = 2, x = 1 or x = 3, '[1, 3)', '{2, 3}', no solution. "
        "A list gives alternatives, any of which will do.",
    )
    tolerance: Exact | None = Field(
        None, description="How far a decimal answer may be off; if not said, its digits tell."
    )
    figures: Figures | None = Field(None, description="Significant figures that the answer must have.")
    form: Literal["any", "factored", "expanded", "lowest_terms", "decimal", "exact"] = Field(
        "any", description="The form that the answer must have."
    )
    unit: Text | None = Field(None, description="The unit, such as km/h, of an answer that is a bare number.")
    marks: Exact | None = Field(None, description="Marks for it, exact fractions allowed; 1 if not said.")
    scheme: SchemeLines = Field(
        (),
        description="An explicit mark scheme, a line a mark: `M1: v^2 = u^2 + 2as`, `A1 ft, unit, 3 sf: v = 24.7 m/s`, "
        "`B1 (the value of g): 9.81 m/s²`; `; or` between forms any of which will do, a line `or` between whole "
        "schemes. Without it one independent error costs one mark.",
    )
    solution: Lines = Field((), description="A worked solution, line by line, as a good student would write it.")


class PartEntry(Answered):
    """One part, (a), (b), … of a problem."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    id: Name = Field(description="a, b, c, …")


class LooseEntry(Settings, Answered):
    """A problem that need not stand in a set, as in `tutor check --jsonl`."""

    id: Text = ""
    title: Text = Field("", description="A short name for lists.")
    givens: Givens = Field({}, description="What is given, by symbol: `u: 5 m/s`.")
    equations: Equations = Field(
        (),
        description="The equations that the statement amounts to, where its own notation does not say them; "
        "`none` where what it says in notation is not to be solved.",
    )
    parts: tuple[PartEntry, ...] = Field((), description="Parts (a), (b), …, each with its own answer and marks.")


class ProblemEntry(LooseEntry):
    """One problem of a set."""

    id: Name = Field(description="Identifies the problem within its set; submissions refer to it.")
    statement: Text = Field(description="The problem as a textbook words it.", min_length=1)


class SetHead(Settings):
    """What is said of a set as a whole."""

    title: Text = Field("", description="The name of the set, for people.")
    description: Text = Field("", description="What the set is for.")


class SetEntry(SetHead):
    """A problem set: one file, one list of problems."""

    problems: tuple[ProblemEntry, ...] = Field(min_length=1)


def json_schema() -> str:
    """The JSON Schema of a problem set, as printed by `tutor problems schema` and used by editors."""
    schema = SetEntry.model_json_schema()
    # The first comment of a JSON file is this key.
    schema["properties"]["$schema"] = {"type": "string"}
    ordered = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Problem set", **schema}
    ordered["title"] = "Problem set"
    return json.dumps(ordered, indent=2, ensure_ascii=False) + "\n"
