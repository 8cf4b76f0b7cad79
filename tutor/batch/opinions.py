"""A model's opinions on the lines of a marked class, asked for in one go and put into the results beside the verdicts.

What to ask is known only when the verdicts are there, so this comes after the marking. The replies are kept like the
readings of lines, so that a run that was stopped asks nothing twice, and the same step of two students is asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tutor.batch.prose import keeping, of_model
from tutor.batch.store import read_results, rewrite
from tutor.errors import ModelError
from tutor.feedback.opinions import EVERY, NONE, as_record
from tutor.records import Problem, Verdict
from tutor.slm.jobs import Backend, Opinion, Origin, StepRequest


def add_opinions(
    results: Path,
    problems: Mapping[str, Problem],
    model: Backend,
    which: str,
    kept: Path,
    watch: Callable[[int, int], None] = lambda _done, _all: None,
) -> str:
    """Put the model's opinion into each line of the results that wants one; why some have none, or nothing.

    which: the steps that want one, as in `feedback.opinions`.

    Raises:
        AuthorError: a run is writing to these results.
    """
    if which == NONE or not results.exists():
        return ""
    known = dict(of_model(kept, model.model, from_json))
    asked = {one for _, record in read_results(results) for one in wanted(record, problems, which).values()}
    order = sorted(asked - known.keys(), key=lambda a: (len(a.before) + len(a.line), a.line, a.before, a.problem))
    fault = ""
    try:
        for one, opinion in keeping(order, model.reason, kept, watch):
            known[one] = opinion
            fault = opinion.fault if opinion.passing else fault
    except ModelError as error:
        fault = str(error)

    def with_opinions(record: dict[str, Any]) -> dict[str, Any]:
        found = {n: known[one] for n, one in wanted(record, problems, which).items() if one in known}
        steps = list(record["steps"]) if found else []
        for n, opinion in found.items():
            if not opinion.fault:
                steps[n] = steps[n] | {"model_opinion": asdict(as_record(opinion, Verdict(steps[n]["verdict"])))}
        return record | {"steps": steps} if found else record

    if known:
        rewrite(results, with_opinions)
    return fault


def wanted(record: Mapping[str, Any], problems: Mapping[str, Problem], which: str) -> dict[int, StepRequest]:
    """What a model is asked of a stored report, by the place of the step; steps with an opinion want no other."""
    problem = problems.get(str(record.get("problem")))
    return {} if problem is None else dict(_wanted(record.get("steps", ()), problem.statement, which))


def _wanted(steps: Iterator[Mapping[str, Any]], statement: str, which: str) -> Iterator[tuple[int, StepRequest]]:
    before = ""
    for n, step in enumerate(steps):
        verdict = Verdict(step["verdict"])
        asked = verdict is not Verdict.NO_CLAIM if which == EVERY else verdict is Verdict.UNDECIDED
        if asked and step.get("model_opinion") is None:
            yield n, StepRequest(before, step["text"], statement)
        if step.get("claims"):
            before = step["text"]


def from_json(found: Mapping[str, Any]) -> tuple[StepRequest, Opinion]:
    """What `prose.to_json` wrote of an opinion.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    reply = dict(found["reply"])
    return StepRequest(**found["asked"]), Opinion(**(reply | {"origin": Origin(**reply["origin"])}))
