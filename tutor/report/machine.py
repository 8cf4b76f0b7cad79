"""The machine interface: a Report as the JSON object that `check --jsonl` prints and `grade` stores, and back.

Field names are stable: they are added to, never renamed. Marks are exact fractions written as text.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import MISSING, fields, replace
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, cast, get_args

from tutor import __version__
from tutor.records import (
    CannotRead,
    CheckedStep,
    Claim,
    Correct,
    Evidence,
    FinalAnswer,
    FollowThrough,
    Judged,
    Mark,
    NothingClaimed,
    Operation,
    Opinion,
    Override,
    Point,
    Progress,
    Relation,
    Remark,
    Report,
    Role,
    Step,
    Undecided,
    Unread,
    Wrong,
)
from tutor.syntax.printer import to_text
from tutor.syntax.read import read, read_expr
from tutor.syntax.tree import Constant, Node, Product, Span, Statement, kinds, rebuild


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


KIND_OF: dict[type[Any], str] = {
    cls: _snake(cls.__name__)
    for cls in (*get_args(Correct), *get_args(Wrong), FollowThrough, Undecided, CannotRead, NothingClaimed)
}
CLASS_OF = {kind: cls for cls, kind in KIND_OF.items()}


@cache
def _fields(cls: Hashable) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cast(Any, cls)))


def _plain(value: object) -> object:
    """Evidence's own values as JSON has them."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, Fraction):
        return str(value)
    return evidence_to_json(cast(Evidence, value))


def evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    """The evidence under its kind, the class name in snake case."""
    cls: Any = evidence.__class__
    found: dict[str, Any] = {"kind": KIND_OF[cls]}
    for name in _fields(cls):
        found[name] = _plain(getattr(evidence, name))
    return found


def evidence_from_json(found: Mapping[str, Any]) -> Evidence:
    """Undoes `evidence_to_json`; fields that are not known are left out, so older programs read newer files."""
    cls = CLASS_OF[found["kind"]]
    given: dict[str, Any] = {}
    for f in fields(cls):
        if f.name not in found:
            if f.default is MISSING and f.default_factory is MISSING:
                raise KeyError(f"evidence of kind {found['kind']!r} has no {f.name!r}")
            continue
        value = found[f.name]
        if f.name == "relation":
            value = Relation(value)
        elif f.name == "because" and isinstance(value, Mapping):
            value = evidence_from_json(value)
        elif isinstance(value, list):
            value = tuple(value)
        given[f.name] = value
    return cast(Evidence, cls(**given))


def _claim_to_json(claim: Claim, judged: Judged | None, alone: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"start": claim.span.start, "end": claim.span.end}
    if claim.role is not Role.CLAIM:
        found["role"] = claim.role.value
    for name in ("continues", "linked", "among_words", "by_model"):
        if getattr(claim, name):
            found[name] = True
    if claim.alternatives:
        found["or_read"] = [reading(a) for a in claim.alternatives]
    if judged is not None:
        # A single claim's evidence is the step's.
        found["judged"] = True
        if not alone:
            found["verdict"] = judged.evidence.verdict.value
            found["evidence"] = evidence_to_json(judged.evidence)
            found["remarks"] = [_remark(r) for r in judged.remarks]
    return found


def _remark(remark: Remark) -> dict[str, str]:
    return {"kind": remark.kind, "text": remark.text}


def reading(statement: Statement) -> str:
    """How a statement was read, with every times sign, so that nothing is left to guess.

    >>> reading(read("2x(x + 1) = 4")), reading(read("(3 + 2i)x"))
    ('2*x*(x + 1) = 4', '(3 + 2i)*x')
    """
    return to_text(cast(Statement, _spelt_out(statement)))


def _spelt_out(node: Node) -> Node:
    if Product not in kinds(node):
        return node
    new = rebuild(node, _spelt_out)
    if isinstance(new, Product) and "" in new.signs:
        # 2i is a complex number; 2*i may be a product with a letter.
        signs = (s or ("" if isinstance(f, Constant) else "*") for s, f in zip(new.signs, new.factors[1:], strict=True))
        return replace(new, signs=tuple(signs))
    return new


def step_to_json(checked: CheckedStep) -> dict[str, Any]:
    """One line of work with what is said of it."""
    step = checked.step
    judged = {j.claim.span: j for j in checked.judged}
    # A reading other than the likeliest may have been the one that was judged.
    claims = [judged[c.span].claim if c.span in judged else c for c in step.claims]
    relation = checked.relation
    found: dict[str, Any] = {
        "line": step.line,
        "text": step.text,
        "reading": [*(reading(c.statement) for c in claims), *step.said],
        "read_by": step.read_by,
        "verdict": checked.verdict.value,
        "relation": None if relation is None else relation.value,
        "evidence": evidence_to_json(checked.evidence),
        "remarks": [_remark(r) for r in checked.remarks],
        "misconception": checked.misconception,
        "model_opinion": _opinion_to_json(checked.opinion),
        "hints": list(checked.hints),
        "also": list(checked.also),
        "repair": checked.repair,
        "two_slips": checked.two_slips,
    }
    if claims:
        alone = len(judged) == 1 and checked.judged[0].evidence == checked.evidence
        found["claims"] = [_claim_to_json(c, judged.get(c.span), alone) for c in claims]
    if step.label is not None:
        found["label"] = step.label
    if step.part is not None:
        found["part"] = step.part
    if step.operation is not None:
        o = step.operation
        found["operation"] = {
            "name": o.name,
            "operand": None if o.operand is None else to_text(o.operand),
            "text": o.text,
            "refers_to": list(o.refers_to),
        }
    if step.unread:
        found["unread"] = [
            {"text": u.text, "start": u.span.start, "end": u.span.end, "expected": u.expected} for u in step.unread
        ]
    if step.needs_model:
        found["needs_model"] = True
    if step.why_no_claim:
        found["why_no_claim"] = step.why_no_claim
    if step.said:
        found["said"] = list(step.said)
    return found


def _opinion_to_json(opinion: Opinion | None) -> dict[str, Any] | None:
    return None if opinion is None else {name: getattr(opinion, name) for name in _fields(Opinion)}


def _answer_to_json(answer: FinalAnswer) -> dict[str, Any]:
    found: dict[str, Any] = {"text": answer.text, "correct": answer.correct, "line": answer.line}
    if answer.part is not None:
        found["part"] = answer.part
    return found


def _point_to_json(point: Point) -> dict[str, Any]:
    found: dict[str, Any] = {"label": point.label, "text": point.text}
    found |= {name: str(getattr(point, name)) for name in ("marks", "earned", "pending")}
    found |= {"line": point.line, "why": point.why}
    return found if point.part is None else found | {"part": point.part}


def override_to_json(override: Override) -> dict[str, Any]:
    """A person's mark, as it stands beside the program's."""
    return {
        "earned": str(override.earned),
        "why": override.why,
        "by": override.by,
        "automatic": None if override.automatic is None else str(override.automatic),
    }


def override_from_json(found: Mapping[str, Any]) -> Override:
    """Undoes `override_to_json`."""
    automatic = found.get("automatic")
    return Override(
        Fraction(found["earned"]),
        found.get("why", ""),
        found.get("by", ""),
        None if automatic is None else Fraction(automatic),
    )


def to_json(report: Report) -> dict[str, Any]:
    """The report as the object of the machine interface; `seconds` is there only where it was measured.

    >>> from fractions import Fraction
    >>> to_json(Report("7", (), None, None, Mark(Fraction(1, 2), Fraction(0), Fraction(3))))["mark"]
    {'earned': '1/2', 'pending': '0', 'available': '3', 'lost': []}
    """
    mark = report.mark
    found: dict[str, Any] = {"id": report.id}
    if report.student is not None:
        found["student"] = report.student
    if report.problem is not None:
        found["problem"] = report.problem
    found |= {
        "steps": [step_to_json(s) for s in report.steps],
        "first_wrong": report.first_wrong,
        "answer": None if report.answer is None else _answer_to_json(report.answer),
        "mark": {
            "earned": str(mark.earned),
            "pending": str(mark.pending),
            "available": str(mark.available),
            "lost": [{"line": line, "marks": str(lost), "why": why} for line, lost, why in mark.lost],
            **({"points": [_point_to_json(point) for point in mark.points]} if mark.points else {}),
        },
        "status": report.status,
        "version": __version__,
    }
    if report.parts:
        found["parts"] = [_answer_to_json(a) for a in report.parts]
    if report.message:
        found["message"] = report.message
    if report.override is not None:
        found["override"] = override_to_json(report.override)
    if report.progress is not None:
        found["progress"] = {name: getattr(report.progress, name) for name in _fields(Progress)}
    if report.seconds is not None:
        found["seconds"] = round(report.seconds, 6)
    return found


# ---------------------------------------------------------------- and back


def _reading(text: str) -> Statement:
    return read(text)


def _claim_from_json(text: str, reading: str, found: Mapping[str, Any]) -> Claim:
    span = Span(found.get("start", 0), found.get("end", 0))
    return Claim(
        _reading(reading),
        text[span.start : span.end],
        span,
        Role(found.get("role", "claim")),
        tuple(_reading(a) for a in found.get("or_read", ())),
        continues=found.get("continues", False),
        linked=found.get("linked", False),
        among_words=found.get("among_words", False),
        by_model=found.get("by_model", False),
    )


def _remarks(found: Mapping[str, Any]) -> tuple[Remark, ...]:
    return tuple(Remark(r["kind"], r["text"]) for r in found.get("remarks", ()))


def step_from_json(found: Mapping[str, Any]) -> CheckedStep:
    """Undoes `step_to_json`: the readings are read again, the evidence is taken as it stands."""
    text = found["text"]
    notes = found.get("claims") or [{} for _ in found["reading"]]
    claims = [_claim_from_json(text, r, c) for r, c in zip(found["reading"], notes, strict=True)]
    evidence = evidence_from_json(found["evidence"])
    remarks = _remarks(found)
    judged = tuple(
        Judged(claim, evidence_from_json(note["evidence"]), _remarks(note))
        if "evidence" in note
        else Judged(claim, evidence, remarks)
        for claim, note in zip(claims, notes, strict=True)
        if note.get("judged")
    )
    operation = found.get("operation")
    opinion = found.get("model_opinion")
    step = Step(
        line=found["line"],
        text=text,
        claims=tuple(claims),
        operation=None
        if operation is None
        else Operation(
            operation["name"],
            None if operation["operand"] is None else read_expr(operation["operand"]),
            operation["text"],
            tuple(operation["refers_to"]),
        ),
        label=found.get("label"),
        part=found.get("part"),
        unread=tuple(Unread(u["text"], Span(u["start"], u["end"]), u["expected"]) for u in found.get("unread", ())),
        read_by=found.get("read_by", "grammar"),
        needs_model=found.get("needs_model", False),
        why_no_claim=found.get("why_no_claim", ""),
        said=tuple(found.get("said", ())),
    )
    return CheckedStep(
        step,
        evidence,
        judged,
        remarks,
        found.get("misconception"),
        None if opinion is None else Opinion(**{name: opinion[name] for name in _fields(Opinion)}),
        tuple(found.get("hints", ())),
        tuple(found.get("also", ())),
        found.get("repair", ""),
        found.get("two_slips", False),
    )


def _answer_from_json(found: Mapping[str, Any]) -> FinalAnswer:
    return FinalAnswer(found["text"], found.get("line"), found["correct"], found.get("part"))


def _point_from_json(found: Mapping[str, Any]) -> Point:
    marks, earned, pending = (Fraction(found[name]) for name in ("marks", "earned", "pending"))
    return Point(found["label"], found["text"], marks, earned, pending, found["line"], found["why"], found.get("part"))


def _progress_from_json(found: Mapping[str, Any]) -> Progress:
    return Progress(**{name: found[name] for name in _fields(Progress)})


def from_json(found: Mapping[str, Any]) -> Report:
    """Undoes `to_json`."""
    mark = found["mark"]
    answer = found["answer"]
    return Report(
        id=found["id"],
        steps=tuple(step_from_json(s) for s in found["steps"]),
        first_wrong=found["first_wrong"],
        answer=None if answer is None else _answer_from_json(answer),
        mark=Mark(
            Fraction(mark["earned"]),
            Fraction(mark["pending"]),
            Fraction(mark["available"]),
            tuple((lost["line"], Fraction(lost["marks"]), lost["why"]) for lost in mark.get("lost", ())),
            tuple(_point_from_json(point) for point in mark.get("points", ())),
        ),
        status=found["status"],
        parts=tuple(_answer_from_json(a) for a in found.get("parts", ())),
        student=found.get("student"),
        problem=found.get("problem"),
        seconds=found.get("seconds"),
        message=found.get("message", ""),
        override=override_from_json(found["override"]) if found.get("override") else None,
        progress=_progress_from_json(found["progress"]) if found.get("progress") else None,
    )
