"""Problem sets: a file of problems to a `ProblemSet`, every fault named with its file, problem, field and line."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.errors import AuthorError, NotReadable, StudentError
from tutor.problems.schemes import read_schemes
from tutor.problems.statement import mathematics
from tutor.records import Answer, Part, Problem, Scheme
from tutor.syntax.read import ReadHints, read
from tutor.syntax.tree import Call, Derivative, Expr, Statement, Symbol, symbols

if TYPE_CHECKING:
    from tutor.problems.author import Answered, LooseEntry, PartEntry, SetHead

MAX_FILE = 5_000_000
MAX_PROBLEMS = 2_000
MAX_MESSAGES = 100

Place = tuple[str | int, ...]

SETTINGS = ("topic", "level", "angle_unit", "field", "log_base", "locale", "show_work", "departing", "strict_remarks")
_MEASURED = re.compile(r"\d\s+[A-Za-zµμΩ]")  # 750 g: a number, a blank and a letter is a quantity
_PROOF = re.compile(r"\b(?:show|prove|verify|explain|sketch|justify)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a piece of a file.

    place: its path in the content, such as ("problems", 2, "answer"). line: of the file, None where it is not known.
    """

    place: Place
    problem_id: str
    line: int | None
    message: str


class InvalidSet(AuthorError):
    """A problem set with faults; `messages` has one a fault, `faults` the same by their places where they have some."""

    def __init__(self, messages: Sequence[str], faults: Sequence[Fault] = ()) -> None:
        super().__init__("\n".join(messages))
        self.messages = tuple(messages)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Draft:
    """A file's content before validation: mappings, lists and text only.

    places: the line (from 1) at which each piece stands, by its path such as ("problems", 2, "answer").
    word: what a line of such a file is called. remarks: what a format that holds more than we read has to say of it.
    """

    content: Mapping[str, Any]
    places: Mapping[Place, int] = field(default_factory=dict)
    word: str = "line"
    remarks: Sequence[Fault] = ()

    def line(self, place: Place) -> int | None:
        """The line of a piece, or of the nearest thing around it."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.places:
                return self.places[place[:length]]
        return None


@dataclass(frozen=True, slots=True)
class ProblemSet:
    """Problems by id, in the order of the file.

    name: the file's name without its ending. sha256: of the file's bytes. draft: the file's content as written.
    """

    name: str
    title: str
    problems: Mapping[str, Problem]
    path: Path
    sha256: str
    draft: Draft = field(repr=False, compare=False, default_factory=lambda: Draft({}))

    def __getitem__(self, problem_id: str) -> Problem:
        """The problem of that id.

        Raises:
            AuthorError: there is none.
        """
        try:
            return self.problems[problem_id]
        except KeyError:
            close = difflib.get_close_matches(problem_id, self.problems, n=3)
            there = ", ".join(close or list(self.problems)[:10])
            raise AuthorError(f"{self.path} has no problem {problem_id!r}; there are: {there}") from None

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems.values())

    def __len__(self) -> int:
        return len(self.problems)

    def where(self, problem_id: str, *place: str | int) -> str:
        """`algebra.yaml line 14, problem "expand-2"`."""
        index = list(self.problems).index(problem_id)
        return _where(self.path, self.draft, ("problems", index, *place), problem_id)


def _where(path: Path | str, draft: Draft, place: Place, problem_id: str | None) -> str:
    line = draft.line(place)
    at = f"{path}" + (f" {draft.word} {line}" if line is not None else "")
    return at + (f', problem "{problem_id}"' if problem_id else "")


# ---------------------------------------------------------------- loading


def load_problem_set(path: Path | str) -> ProblemSet:
    """Read and validate a problem set; the format goes by the file's ending.

    Raises:
        AuthorError: the file is missing, too large or of an unknown kind.
        InvalidSet: it has faults; all of them are named, not only the first.
    """
    path = Path(path)
    return read_problem_set(path, _bytes(path))


def read_problem_set(path: Path, data: bytes) -> ProblemSet:
    """The same of bytes that were uploaded; the path names them, and their format by its ending.

    Raises:
        AuthorError: they are too many, or of an unknown kind.
        InvalidSet: they have faults.
    """
    if len(data) > MAX_FILE:
        raise AuthorError(f"{path} has {len(data)} bytes; a problem set has at most {MAX_FILE}")
    draft = read_draft(path, data)
    title, problems = _Validation(path, draft).run()
    return ProblemSet(path.stem, title or path.stem, problems, path, hashlib.sha256(data).hexdigest(), draft)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise AuthorError(f"{path} has {size} bytes; a problem set has at most {MAX_FILE}")
        return path.read_bytes()
    except FileNotFoundError:
        raise AuthorError(f"{path}: there is no such file") from None
    except OSError as error:
        raise AuthorError(f"{path} cannot be opened: {error.strerror}") from None


def read_draft(path: Path, data: bytes) -> Draft:
    """A file's content by its format, not validated."""
    from tutor.problems.formats import reader_of

    try:
        draft = reader_of(path).read(data)
    except AuthorError as error:
        messages = getattr(error, "messages", (str(error),))
        raise InvalidSet([f"{path} {message}" for message in messages]) from None
    if "title" not in draft.content and path.suffix.lower() in (".csv", ".xlsx", ".xml"):
        draft = replace(draft, content={"title": path.stem, **draft.content})
    return draft


def gather_faults(path: Path | str, draft: Draft) -> tuple[str, dict[int, Problem], tuple[Fault, ...]]:
    """The title, the problems without faults by their places in the list, and the faults in the order of the file."""
    validation = _Validation(path, draft)
    title, problems = validation.gather()
    return title, problems, validation.invalid().faults


def problem_from_object(data: Mapping[str, Any]) -> Problem:
    """The problem that a JSON object holds; the fields are those of a problem in a set, `statement` included.

    Raises:
        InvalidSet: unknown fields, or formulas that cannot be read.
    """
    draft = Draft({"problems": [data]})
    validation = _Validation("the problem", draft)
    problem = validation.problem(0, data, loose=True)
    if validation.faults or problem is None:
        raise validation.invalid()
    return problem


class _Validation:
    """Gathers every fault of a draft."""

    def __init__(self, path: Path | str, draft: Draft) -> None:
        self.path = path
        self.draft = draft
        self.faults: list[Fault] = []

    def complain(self, place: Place, problem_id: str | None, message: str) -> None:
        if len(self.faults) < MAX_MESSAGES:
            self.faults.append(Fault(place, problem_id or "", self.draft.line(place), message))

    def invalid(self) -> InvalidSet:
        """The faults in the order of the file, to raise."""
        faults = sorted(self.faults, key=lambda fault: fault.line or 0)
        return InvalidSet(
            [f"{_where(self.path, self.draft, f.place, f.problem_id or None)}: {f.message}" for f in faults], faults
        )

    def run(self) -> tuple[str, dict[str, Problem]]:
        title, problems = self.gather()
        if self.faults:
            raise self.invalid()
        return title, {problem.id: problem for problem in problems.values()}

    def gather(self) -> tuple[str, dict[int, Problem]]:
        """The title, and the problems that have no fault by their places in the list."""
        from tutor.problems.author import SetHead

        content = dict(self.draft.content)
        entries = content.pop("problems", None)
        content.pop("$schema", None)
        head = self.model(SetHead, content, (), None)
        problems: dict[int, Problem] = {}
        first_place: dict[str, int | None] = {}
        if not isinstance(entries, list) or not entries:
            self.complain(("problems",), None, "a set has a list `problems` with at least one problem")
            entries = []
        if len(entries) > MAX_PROBLEMS:
            self.complain(("problems",), None, f"{len(entries)} problems; a set has at most {MAX_PROBLEMS}")
            entries = []
        for i, entry in enumerate(entries):
            problem = self.problem(i, entry, head)
            if problem is None:
                continue
            if problem.id in first_place:
                before = first_place[problem.id]
                there = f" ({self.draft.word} {before})" if before is not None else ""
                self.complain(("problems", i, "id"), problem.id, f"there is another problem with this id{there}")
            else:
                problems[i] = problem
                first_place[problem.id] = self.draft.line(("problems", i))
        return (head.title if head else ""), problems

    def model(self, kind: type[Any], data: object, place: Place, problem_id: str | None) -> Any:
        """An instance of a pydantic model, or None with the faults noted."""
        from pydantic import ValidationError

        try:
            return kind.model_validate(data)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            sentences = [_sentence(fault, kind) for fault in faults]
            for fault, sentence in zip(faults, sentences, strict=True):
                # A misspelt field is not missing as well.
                meant = f"did you mean {fault['loc'][-1]}?"
                if fault["type"] == "missing" and any(other.endswith(meant) for other in sentences):
                    continue
                self.complain((*place, *fault["loc"]), problem_id, sentence)
            return None

    def problem(self, i: int, entry: object, head: SetHead | None = None, *, loose: bool = False) -> Problem | None:
        from tutor.problems.author import LooseEntry, ProblemEntry

        place: Place = ("problems", i)
        if not isinstance(entry, Mapping):
            self.complain(place, None, "a problem is a group of fields such as id, statement, answer, solution")
            return None
        problem_id = str(entry.get("id") or "") or None
        data = {key: value for key, value in entry.items() if value is not None}
        model = self.model(LooseEntry if loose else ProblemEntry, data, place, problem_id)
        if model is None:
            return None
        before = len(self.faults)
        problem = self.build(model, head, place, need_answer=not loose)
        return problem if len(self.faults) == before else None

    def build(self, entry: LooseEntry, head: SetHead | None, place: Place, *, need_answer: bool) -> Problem:
        settings = {name: getattr(entry, name) or (getattr(head, name) if head else None) for name in SETTINGS}
        locale = settings["locale"] or "en"
        comma = True if locale.split("-")[0] in _COMMA_LANGUAGES else None
        hints = ReadHints(decimal_comma=comma)
        givens = {self.name(n, (*place, "givens", n), entry.id, hints): v for n, v in entry.givens.items()}
        for name, value in entry.givens.items():
            self.read(value, f"given {name}", (*place, "givens", name), entry.id, hints)
        written = [
            self.read(text, "equation", (*place, "equations", k), entry.id, hints)
            for k, text in enumerate(entry.equations)
        ]
        unknowns = tuple(self.name(n, (*place, "unknowns"), entry.id, hints) for n in entry.unknowns)
        said = mathematics(entry.statement, unknowns, hints)
        if "equations" in entry.model_fields_set:
            said.givens = {}
            said.equations = [statement for statement in written if statement is not None]
            if not unknowns:
                said.unknowns = _only_symbol(said.equations)
        parts = tuple(self.part(part, k, place, entry.id, hints, need_answer) for k, part in enumerate(entry.parts))
        schemes = self.schemes(entry, "", place, entry.id, hints) if not parts else ()
        marks = self.marks(entry, parts, schemes, place)
        if parts and entry.scheme:
            self.complain((*place, "scheme"), entry.id, "the mark schemes of a problem with parts stand in its parts")
        ids = [part.id for part in parts]
        for k, part_id in enumerate(ids):
            if part_id in ids[:k]:
                self.complain((*place, "parts", k, "id"), entry.id, f"there are two parts ({part_id})")
        if parts and entry.answer:
            self.complain((*place, "answer"), entry.id, "the answers of a problem with parts stand in its parts")
        if need_answer and not parts and not entry.answer and not _PROOF.search(entry.statement):
            self.complain(place, entry.id, "has no answer; write `answer:`, or `parts:` with an answer each")
        self.solution(entry.solution, "", (*place, "solution"), entry.id, hints)
        return Problem(
            id=entry.id,
            title=entry.title,
            statement=entry.statement,
            givens={**said.givens, **givens},
            unknowns=tuple(said.unknowns),
            equations=tuple(said.equations),
            answer=self.answer(entry, "", place, entry.id, hints),
            parts=parts,
            marks=marks,
            solution=entry.solution,
            topic=settings["topic"] or "",
            level=settings["level"] or "",
            angle_unit=settings["angle_unit"] or "radian",
            field_=settings["field"] or "real",
            log_base=settings["log_base"] or "10",
            locale=locale,
            show_work=settings["show_work"] or "optional",
            departing=settings["departing"] or "on",
            strict_remarks=frozenset(settings["strict_remarks"] or ()),
            schemes=schemes,
        )

    def part(
        self, entry: PartEntry, k: int, place: Place, problem_id: str, hints: ReadHints, need_answer: bool
    ) -> Part:
        at = (*place, "parts", k)
        label = f"part ({entry.id}), "
        if need_answer and not entry.answer and not _PROOF.search(entry.statement):
            self.complain(at, problem_id, f"part ({entry.id}) has no answer")
        self.solution(entry.solution, label, (*at, "solution"), problem_id, hints)
        unknowns = tuple(self.name(n, (*at, "unknowns"), problem_id, hints) for n in entry.unknowns)
        said = mathematics(entry.statement, unknowns, hints)
        schemes = self.schemes(entry, label, at, problem_id, hints)
        return Part(
            id=entry.id,
            statement=entry.statement,
            unknowns=tuple(said.unknowns),
            equations=tuple(said.equations),
            answer=self.answer(entry, label, at, problem_id, hints),
            marks=marks_for(entry, schemes),
            solution=entry.solution,
            schemes=schemes,
        )

    def schemes(
        self, entry: Answered, label: str, place: Place, problem_id: str, hints: ReadHints
    ) -> tuple[Scheme, ...]:
        """The mark schemes of a problem or part, with the faults noted."""
        if not entry.scheme:
            return ()
        at = (*place, "scheme")

        def formula(text: str, letters: ReadHints) -> Statement | None:
            line = next((n for n, written in enumerate(entry.scheme) if text in written), 0)
            return self.read(text, f"{label}scheme line {line + 1},", (*at, line), problem_id, letters)

        schemes, faults = read_schemes(entry.scheme, entry.marks, hints, formula)
        for fault in faults:
            which = f"scheme line {fault.line + 1}, " if fault.line is not None else ""
            where = (*at, fault.line) if fault.line is not None else at
            self.complain(where, problem_id, f"{label}{which}{fault.message}")
        if not entry.answer and any(not award.forms for scheme in schemes for award in scheme):
            self.complain(at, problem_id, f"{label}the scheme speaks of the answer, and there is no answer")
        return schemes

    def marks(self, entry: LooseEntry, parts: tuple[Part, ...], schemes: tuple[Scheme, ...], place: Place) -> Fraction:
        total = sum((part.marks for part in parts), Fraction(0))
        if not parts:
            return marks_for(entry, schemes)
        if entry.marks is not None and entry.marks != total:
            self.complain((*place, "marks"), entry.id, f"marks {entry.marks}, but its parts have {total} together")
        return total

    def answer(self, entry: Answered, label: str, place: Place, problem_id: str, hints: ReadHints) -> Answer | None:
        if not entry.answer:
            return None
        forms = [
            self.read(
                text,
                f"{label}answer",
                (*place, "answer", k),
                problem_id,
                replace(hints, units=True) if _MEASURED.search(text) else hints,
            )
            for k, text in enumerate(entry.answer)
        ]
        if entry.form == "exact" and (entry.tolerance or entry.figures):
            self.complain((*place, "form"), problem_id, f"{label}an exact answer has no tolerance and no figures")
        return Answer(
            text=entry.answer[0],
            forms=tuple(form for form in forms if form is not None),
            tolerance=entry.tolerance,
            figures=entry.figures,
            form=entry.form,
            unit=entry.unit,
        )

    def read(self, text: str, what: str, place: Place, problem_id: str, hints: ReadHints) -> Statement | None:
        """A formula of the file, or None with the fault noted."""
        try:
            return read(text, hints)
        except NotReadable as error:
            self.complain(place, problem_id, f'{what} "{text}" cannot be read: {error.expected}')
        except StudentError as error:
            self.complain(place, problem_id, f'{what} "{_short(text)}" cannot be read: {error}')
        return None

    def name(self, text: str, place: Place, problem_id: str, hints: ReadHints) -> str:
        """What the tree calls an unknown: `θ` is theta, `dy/dx` stays."""
        statement = self.read(text, "unknown", place, problem_id, hints)
        if isinstance(statement, Symbol):
            return statement.name
        if statement is not None and not isinstance(statement, Call | Derivative | Expr):
            self.complain(place, problem_id, f'unknown "{text}" should be a name such as x')
        return text

    def solution(self, lines: tuple[str, ...], label: str, place: Place, problem_id: str, hints: ReadHints) -> None:
        """Lines that are notation alone must be readable; prose is the reader's concern when work is checked."""
        for k, line in enumerate(lines):
            formula = _formula_alone(line)
            if formula:
                try:
                    read(formula, hints)
                except NotReadable as error:
                    message = f'{label}solution line {k + 1}, "{line}", cannot be read: {error.expected}'
                    self.complain((*place, k), problem_id, message)
                except StudentError as error:
                    message = f'{label}solution line {k + 1}, "{_short(line)}", cannot be read: {error}'
                    self.complain((*place, k), problem_id, message)


def marks_for(entry: Answered, schemes: tuple[Scheme, ...]) -> Fraction:
    """What is said, or what the mark scheme adds up to; 1 where neither says it."""
    if entry.marks is not None or not schemes:
        return entry.marks if entry.marks is not None else Fraction(1)
    return sum((award.marks for award in schemes[0]), Fraction(0))


# Languages that write a half as 0,5.
_COMMA = "de fr es it pt nl pl cs sk da sv nb no fi ru uk tr el hu ro bg hr sl sr lt lv et id vi"
_COMMA_LANGUAGES = frozenset(_COMMA.split())

_LABEL = re.compile(r"^\s*(?:\(?[0-9a-z]{1,2}\)|\[[0-9]{1,2}\]|[-*•])\s+")
_COMBINED = re.compile(r"^[\s()\d+\-−·*]*\(\d{1,2}\)[\s()\d+\-−·*]*:\s+")
_LEAD = re.compile(r"^\s*(?:=>|<=>|->|⇒|⇔|→|∴|∵|=|≈)\s*")
_TAIL = re.compile(r"[\s.,;:✓✔]+$")
_WORDS = re.compile(r"(?<!\\)(?<![^\W\d_])[^\W\d_]{3,}")
_FUNCTIONS = "sin cos tan cot sec csc log exp sqrt lim arcsin arccos arctan sinh cosh tanh det abs sum"
_KNOWN = frozenset(_FUNCTIONS.split())
_ASIDE = re.compile(r"\s\||[|/]\s*$|\bor\b|\band\b|\\\\|&")


def _formula_alone(line: str) -> str:
    """The formula of a line that is nothing else, "" where words or a margin note stand on it."""
    if any(word not in _KNOWN for word in _WORDS.findall(line)) or _ASIDE.search(line):
        return ""
    if not re.search(r"[=<>≤≥≈]", line):
        return ""
    return _TAIL.sub("", _LEAD.sub("", _LABEL.sub("", _COMBINED.sub("", line)))).replace("$", "").strip()


def _only_symbol(equations: Sequence[Statement]) -> list[str]:
    names: set[str] = set()
    for equation in equations:
        names |= symbols(equation)
    return sorted(names) if len(names) == 1 or len(names) == len(equations) else []


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def _sentence(fault: Mapping[str, Any], kind: type[Any]) -> str:
    """A pydantic fault in words."""
    loc = [part for part in fault["loc"] if isinstance(part, str)]
    name = loc[-1] if loc else ""
    label = _label(fault["loc"])
    match fault["type"]:
        case "extra_forbidden":
            known = _field_names(kind, fault["loc"])
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {close[0]}?" if close else f"; the fields are: {', '.join(known)}"
            return f"there is no field {name}{hint}"
        case "missing":
            return f"the field {label} is missing"
        case "literal_error":
            return f"{label} should be one of: {fault['ctx']['expected']}"
        case "string_pattern_mismatch" if name == "id":
            return f"{label} should begin with a letter or digit and hold only letters, digits, spaces, dots, hyphens"
        case "string_pattern_mismatch":
            return f"{label} should be like en or de-CH"
        case "string_too_short":
            return f"{label} is empty"
        case "string_too_long":
            return f"{label} is longer than {fault['ctx']['max_length']} characters"
        case "model_type" | "tuple_type" | "dict_type":
            return f"{label} should be " + ("a list" if fault["type"] == "tuple_type" else "a group of fields")
        case _:
            return f"{label} {fault['msg'][0].lower()}{fault['msg'][1:]}"


def _label(loc: Sequence[str | int]) -> str:
    """`marks`, `parts 2 answer`: a place within a problem, counted from 1."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in loc) or "this"


def _field_names(kind: type[Any], loc: Sequence[str | int]) -> list[str]:
    from tutor.problems.author import PartEntry

    model = PartEntry if "parts" in loc[:-1] else kind
    return list(model.model_fields)
