"""The nouns: Step, Claim, Evidence, CheckedStep, Problem, Submission, Mark, Report.

A verdict is read off its evidence. Evidence is a closed union of frozen dataclasses, so a verdict cannot
contradict its reason. Everything here is plain data that pickles and compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from tutor.syntax.tree import Expr, Span, Statement


class Verdict(StrEnum):
    """What is said of a line. DESIGN: nothing sets one by hand."""

    CORRECT = "correct"
    FOLLOW_THROUGH = "follow_through"
    WRONG = "wrong"
    UNDECIDED = "undecided"
    UNREADABLE = "unreadable"
    NO_CLAIM = "no_claim"


class Relation(StrEnum):
    """How a line stands to the line or lines it follows from."""

    EQUIVALENT = "equivalent"
    SAME_ROOTS = "same_roots"
    SOLUTIONS_GAINED = "solutions_gained"
    SOLUTIONS_LOST = "solutions_lost"
    DIFFERENT = "different"
    CONSEQUENCE = "consequence"
    SUBSTITUTION = "substitution"
    UNDECIDED = "undecided"


# ---------------------------------------------------------------- what was read


class Role(StrEnum):
    """What a claim does in the work; only `claim`, `check` and `answer` are judged."""

    CLAIM = "claim"
    GIVEN = "given"  # restates the problem, or is introduced by "given", "suppose", "assume"
    DEFINITION = "definition"  # let x = …, f(x) := …, u = 3x under "let" or "set"
    CHECK = "check"  # check: 2(2)+3 = 7
    ANSWER = "answer"  # boxed, underlined, after "Answer:"
    RETRACTED = "retracted"  # crossed out, or taken back


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement in a line of work.

    statement: the likeliest reading; `alternatives` are the others, likeliest first.
    span: its place in the line's text. text: that part of the text.
    continues: begins with "=", "<", "→" … and goes on from the claim before.
    linked: words or a sign before it say that it follows ("so", "⇒", "∴", "then", "giving").
    among_words: it stood in prose rather than alone on its line.
    by_model: the language model read it, so that it can never be called wrong.
    """

    statement: Statement
    text: str
    span: Span
    role: Role = Role.CLAIM
    alternatives: tuple[Statement, ...] = ()
    continues: bool = False
    linked: bool = False
    among_words: bool = False
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """What the student says was done: `subtract 3`, `|:5`, `-3 both sides`, `square both sides`, `(1)+(2)`.

    name: add, subtract, multiply, divide, square, root, log, exp, differentiate, integrate, expand, factor,
    simplify, substitute, combine, swap, reciprocal, other.
    """

    name: str
    operand: Expr | None = None
    text: str = ""
    refers_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece that looks like mathematics and could not be read; the place is in the line's text."""

    text: str
    span: Span
    expected: str


GRAMMAR = "grammar"  # what reads a line; otherwise a language model, by its name


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a student's work (or one row of an aligned display) as it was read.

    line: number of the physical line, from 0. text: the line as written.
    label: `(1)`, `a)`, of the line itself. part: the part of the problem it belongs to, "a", "b", ….
    needs_model: it says something in words that the grammar cannot turn into claims.
    said: values that were read in its words and claim nothing, in step notation.
    unsure: its reading counts only where the verifier confirms it.
    """

    line: int
    text: str
    claims: tuple[Claim, ...] = ()
    operation: Operation | None = None
    label: str | None = None
    part: str | None = None
    unread: tuple[Unread, ...] = ()
    read_by: str = GRAMMAR
    needs_model: bool = False
    why_no_claim: str = ""  # heading, words, blank …, where there are no claims
    said: tuple[str, ...] = ()
    unsure: bool = False


# ---------------------------------------------------------------- evidence


@dataclass(frozen=True, slots=True)
class Identity:
    """Both sides are the same function, by normal form; `except_where` are conditions such as "x - 1 = 0"."""

    verdict: ClassVar = Verdict.CORRECT
    method: str = "normal form"
    except_where: tuple[str, ...] = ()
    relation: Relation = Relation.EQUIVALENT


@dataclass(frozen=True, slots=True)
class EqualValues:
    """Both sides are numbers and equal: exactly, or within the precision shown (`exact` False)."""

    verdict: ClassVar = Verdict.CORRECT
    value: str
    exact: bool = True
    relation: Relation = Relation.EQUIVALENT


@dataclass(frozen=True, slots=True)
class SolutionSets:
    """The line keeps every solution of the line before (equivalent, same_roots or solutions_gained)."""

    verdict: ClassVar = Verdict.CORRECT
    relation: Relation
    before: str
    after: str
    gained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowsFrom:
    """The line follows from these earlier lines (or the problem, line -1) taken together."""

    verdict: ClassVar = Verdict.CORRECT
    lines: tuple[int, ...]
    relation: Relation = Relation.CONSEQUENCE
    method: str = ""


@dataclass(frozen=True, slots=True)
class Samples:
    """Both sides agree at this many points of the domain, to the precision used; not a proof."""

    verdict: ClassVar = Verdict.CORRECT
    points: int
    relation: Relation = Relation.EQUIVALENT


@dataclass(frozen=True, slots=True)
class MatchesAnswer:
    """The claim is the problem's own reference answer in another form."""

    verdict: ClassVar = Verdict.CORRECT
    answer: str
    relation: Relation = Relation.CONSEQUENCE


@dataclass(frozen=True, slots=True)
class StatesLaw:
    """The line states a law of physics, up to names and rearrangement. law: its id; name, source: for the reader."""

    verdict: ClassVar = Verdict.CORRECT
    law: str
    name: str
    source: str = ""
    relation: Relation = Relation.CONSEQUENCE


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Values of the symbols at which the two sides (or the two lines) disagree; rigorous."""

    verdict: ClassVar = Verdict.WRONG
    values: Mapping[str, str]
    left: str
    right: str
    left_text: str = ""
    right_text: str = ""
    relation: Relation = Relation.DIFFERENT


@dataclass(frozen=True, slots=True)
class FalseEquality:
    """A numeric relation that does not hold: `left` and `right` are the two sides' values."""

    verdict: ClassVar = Verdict.WRONG
    left_text: str
    right_text: str
    left: str
    right: str
    sign: str = "="
    relation: Relation = Relation.DIFFERENT


@dataclass(frozen=True, slots=True)
class SolutionsLost:
    """Solutions of the line before that this line does not have; `relation` is solutions_lost or different."""

    verdict: ClassVar = Verdict.WRONG
    lost: tuple[str, ...]
    before: str
    after: str
    gained: tuple[str, ...] = ()
    relation: Relation = Relation.SOLUTIONS_LOST


@dataclass(frozen=True, slots=True)
class Contradicts:
    """What is forced by the problem, or by the student's own earlier lines, differs from what the line says.

    symbol: what was claimed. forced, claimed: its two values. lines: where it is forced from (-1 the problem).
    """

    verdict: ClassVar = Verdict.WRONG
    symbol: str
    forced: tuple[str, ...]
    claimed: tuple[str, ...]
    lines: tuple[int, ...] = ()
    relation: Relation = Relation.DIFFERENT


@dataclass(frozen=True, slots=True)
class DimensionMismatch:
    """Two sides, two terms of a sum, or the argument of a function, of different kinds of quantity.

    left_text, right_text: what stands there. left, right: their kinds in words ("a length", "a time", "a number").
    where: "sides", "sum", "argument" (of exp, log, sin …; left_text is the argument, right is "a number"), "exponent".
    """

    verdict: ClassVar = Verdict.WRONG
    left_text: str
    right_text: str
    left: str
    right: str
    where: str = "sides"
    relation: Relation = Relation.DIFFERENT


@dataclass(frozen=True, slots=True)
class WrongLaw:
    """A law stated wrongly. law, name: the nearest right one; stated: as the student has it; law_text: the right one
    in the student's symbols. because: "dimension", "role", "value", "form". witness: a check that can be done by hand.
    """

    verdict: ClassVar = Verdict.WRONG
    law: str
    name: str
    stated: str
    law_text: str
    because: str
    witness: str
    relation: Relation = Relation.DIFFERENT


@dataclass(frozen=True, slots=True)
class WrongQuantity:
    """One quantity stands where another is needed: "L = 80 m" (the slope's length) for "H = 40 m" (the height).

    used, needed: symbol and value as the student can find them. slip: "role", "other_given", "digits", "conversion",
    "not_squared", "squared", "coefficient", "degrees", "sign". used_role, needed_role: in words. law, name: the law
    that needs it, "" where none does. yields: what the line gives with the right quantity, with its unit, "" where that
    is not known.
    """

    verdict: ClassVar = Verdict.WRONG
    used: str
    needed: str
    slip: str
    used_role: str = ""
    needed_role: str = ""
    law: str = ""
    name: str = ""
    yields: str = ""
    relation: Relation = Relation.DIFFERENT


@dataclass(frozen=True, slots=True)
class Departs:
    """The line is true, but leaves the problem's own path: where the answer is wrong and no line is false.

    found: what the line works out, `3*4 = 12`. needed: what the worked solution has there, less its result where that
    is the answer, "" where it is not known. slip: "operation" (the same numbers, another operation), "other_value" (one
    number is another), "left_out" (something is not taken in), "too_much" (something does not belong), "part" (a value
    on the way is given for the answer), "letters" (an equation that no value of the solution fulfils), "path" (anything
    else). what: the numbers left out, taken in or put in for one another, as they stand.
    """

    verdict: ClassVar = Verdict.WRONG
    found: str
    needed: str = ""
    slip: str = "path"
    what: tuple[str, ...] = ()
    relation: Relation = Relation.DIFFERENT


@dataclass(frozen=True, slots=True)
class InvalidMethod:
    """What the line says happens to hold, but the step to it is none that holds in general.

    method: the error of the catalogue. rule: what is not so, "a product of 4 does not make one of its factors 4".
    witness: a case in which the same step goes wrong, as a sentence without its stop.
    """

    verdict: ClassVar = Verdict.WRONG
    method: str
    rule: str
    witness: str
    relation: Relation = Relation.DIFFERENT


@dataclass(frozen=True, slots=True)
class NotTheAnswer:
    """The final answer differs from the reference answer; `witness` says at what.

    partial: it gives some of the solutions, and nothing that is none.
    """

    verdict: ClassVar = Verdict.WRONG
    claimed: str
    witness: str
    partial: bool = False
    relation: Relation = Relation.DIFFERENT


@dataclass(frozen=True, slots=True)
class FollowThrough:
    """The line follows, but from a line that is wrong."""

    verdict: ClassVar = Verdict.FOLLOW_THROUGH
    rests_on: int
    because: Correct


@dataclass(frozen=True, slots=True)
class Undecided:
    """Read, and neither proved nor refuted; `tried` names the methods, `why` says what was too large."""

    verdict: ClassVar = Verdict.UNDECIDED
    tried: tuple[str, ...] = ()
    timeout: bool = False
    why: str = ""
    relation: Relation = Relation.UNDECIDED


@dataclass(frozen=True, slots=True)
class CannotRead:
    """Looks like mathematics; the place in the line and what was expected there."""

    verdict: ClassVar = Verdict.UNREADABLE
    start: int
    end: int
    expected: str


@dataclass(frozen=True, slots=True)
class NothingClaimed:
    """Words, a heading, a restated given, a definition, a line crossed out: nothing to judge."""

    verdict: ClassVar = Verdict.NO_CLAIM
    why: str = "words"


Correct = Identity | EqualValues | SolutionSets | FollowsFrom | Samples | MatchesAnswer | StatesLaw
Wrong = (
    Counterexample
    | FalseEquality
    | SolutionsLost
    | Contradicts
    | NotTheAnswer
    | DimensionMismatch
    | WrongLaw
    | WrongQuantity
    | Departs
    | InvalidMethod
)
Evidence = Correct | Wrong | FollowThrough | Undecided | CannotRead | NothingClaimed


@dataclass(frozen=True, slots=True)
class Remark:
    """Rides on a correct line. kind: rounded, truncated, domain, solutions_gained, run_on_equals, constant_missing,
    unit_missing, early_rounding, reading (which of two readings was taken), ….
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the language model thinks of a step; never evidence."""

    operation: str
    looks_right: bool | None
    reason: str
    agrees: bool | None
    model: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim with its evidence."""

    claim: Claim
    evidence: Evidence
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedStep:
    """A step with the reason for what is said of it: the evidence of its deciding claim.

    misconception: the error of the catalogue that leads to a wrong line. also: others that do, likeliest first; with
    two_slips the one that came on top of the first. repair:
    the change that mends the line, as a sentence. hints: three, each more direct than the one before.
    """

    step: Step
    evidence: Evidence
    judged: tuple[Judged, ...] = ()
    remarks: tuple[Remark, ...] = ()
    misconception: str | None = None
    opinion: Opinion | None = None
    hints: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    repair: str = ""
    two_slips: bool = False

    @property
    def verdict(self) -> Verdict:
        """Read off the evidence; there is no other way to set it."""
        return self.evidence.verdict

    @property
    def relation(self) -> Relation | None:
        """How the line stands to what it follows from, where that means something."""
        evidence = self.evidence.because if isinstance(self.evidence, FollowThrough) else self.evidence
        return getattr(evidence, "relation", None)


# ---------------------------------------------------------------- problems and work


@dataclass(frozen=True, slots=True)
class Answer:
    """A reference answer: any of `forms` will do, each a statement read from the author's text.

    tolerance: absolute, None for the precision shown. figures: significant figures demanded, None for any.
    form: "any", "factored", "expanded", "lowest_terms", "decimal", "exact".
    """

    text: str
    forms: tuple[Statement, ...]
    tolerance: Fraction | None = None
    figures: int | None = None
    form: str = "any"
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """One entry of an explicit mark scheme: `M1: v² = u² + 2as`, `A1 ft: v = 24.7 m/s`, `B1: g = 9.81 m/s²`.

    kind: "M" a form or method, "A" a value that rests on the methods above it, "B" a fact by itself.
    forms: what a line must state, any of which will do; none where the problem's own answer is meant.
    text: the demand as it is written. says: the same in the author's words, "" where there are none.
    follow_through: a value that follows from the student's own earlier one will do. correct_only: the final answer
    itself must be right. unit: the unit must be written. figures: significant figures demanded. tolerance: absolute.
    """

    kind: str
    marks: Fraction
    forms: tuple[Statement, ...]
    text: str
    says: str = ""
    follow_through: bool = False
    correct_only: bool = False
    unit: bool = False
    figures: int | None = None
    tolerance: Fraction | None = None

    @property
    def label(self) -> str:
        """M1, A2, B1/2."""
        return f"{self.kind}{self.marks}"


Scheme = tuple[Award, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """(a), (b), …: each with its own unknowns, answer, marks and worked solution."""

    id: str
    statement: str = ""
    unknowns: tuple[str, ...] = ()
    answer: Answer | None = None
    marks: Fraction = Fraction(1)
    solution: tuple[str, ...] = ()
    equations: tuple[Statement, ...] = ()
    schemes: tuple[Scheme, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What the work is about. A bare statement is a problem too.

    equations: the statement's own mathematics (`Solve 2x+3=7` gives that equation), read once.
    strict_remarks: kinds of remark that count as errors here. feedback: wrong lines get causes and hints.
    schemes: explicit mark schemes, of which the one that gives most counts; none where marks go by errors.
    """

    id: str = ""
    title: str = ""
    statement: str = ""
    givens: Mapping[str, str] = field(default_factory=dict)
    unknowns: tuple[str, ...] = ()
    equations: tuple[Statement, ...] = ()
    answer: Answer | None = None
    parts: tuple[Part, ...] = ()
    marks: Fraction = Fraction(1)
    solution: tuple[str, ...] = ()
    topic: str = ""
    level: str = ""
    angle_unit: str = "radian"
    field_: str = "real"
    log_base: str = "10"
    locale: str = "en"
    show_work: str = "optional"
    departing: str = "on"
    strict_remarks: frozenset[str] = frozenset()
    feedback: bool = True
    schemes: tuple[Scheme, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's work on one problem; `extra` columns are carried through."""

    id: str
    student: str
    problem: str
    work: str
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Point:
    """What became of one entry of a mark scheme. line: where it was earned, or why it was not; None for nowhere."""

    label: str
    text: str
    marks: Fraction
    earned: Fraction
    pending: Fraction = Fraction(0)
    line: int | None = None
    why: str = ""
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Exact fractions of the problem's marks. lost: (line, marks lost, why) for each deduction.

    points: the entries of the mark scheme that was used, where the problem has one.
    """

    earned: Fraction
    pending: Fraction
    available: Fraction
    lost: tuple[tuple[int | None, Fraction, str], ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """A person's mark, kept beside the program's. automatic: what the program's was when the person gave theirs."""

    earned: Fraction
    why: str = ""
    by: str = ""
    automatic: Fraction | None = None


@dataclass(frozen=True, slots=True)
class FinalAnswer:
    """The final answer as found in the work; correct is None where it could not be decided or is not there."""

    text: str
    line: int | None
    correct: bool | None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come.

    right: lines that hold before the first wrong one. follows: after it, each line follows from the one before.
    reached, of: the line of the worked solution that the work reaches, and how many there are. own_route: the answer is
    right by a way that the worked solution does not take.
    """

    right: int
    follows: bool
    reached: int
    of: int
    own_route: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What is said of one submission; the JSON object of DESIGN.md is made from this."""

    id: str
    steps: tuple[CheckedStep, ...]
    first_wrong: int | None
    answer: FinalAnswer | None
    mark: Mark
    status: str = "graded"
    parts: tuple[FinalAnswer, ...] = ()
    student: str | None = None
    problem: str | None = None
    seconds: float | None = None
    message: str = ""
    override: Override | None = None
    progress: Progress | None = None
