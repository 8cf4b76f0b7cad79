"""The lines of a class that the grammar leaves, read by a model in one go: the shortest first, each wording once.

What the model said is kept beside the results, one JSON object a line, with the model, the prompt's version and the
seed: for whoever wants to know, and so that a run that was stopped asks nothing twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from tutor.batch.rows import Row
from tutor.errors import ModelError, StudentError
from tutor.reading import split_steps
from tutor.reading.prose import requests
from tutor.records import Problem
from tutor.slm.jobs import Backend, LineReply, LineRequest, Opinion, Origin, Reading, StepRequest
from tutor.slm.standby import Recall

Request = TypeVar("Request", LineRequest, StepRequest)
Reply = TypeVar("Reply", LineReply, Opinion)
AT_ONCE = 64  # lines that a model is given at a time; it makes its own batches of them


def lines_left(rows: Iterable[Row], problems: Mapping[str, Problem]) -> set[LineRequest]:
    """What a model would be asked of a class: each line that the grammar leaves, the same line of two students once."""
    found: set[LineRequest] = set()
    for row in rows:
        problem = problems.get(row.submission.problem)
        if row.status or problem is None:
            continue
        try:
            steps = split_steps(row.submission.work, problem)
        except StudentError:
            continue  # it is reported when the row is marked
        found.update(requests(steps, problem).values())
    return found


def read_class(
    asked: Iterable[LineRequest],
    model: Backend,
    kept: Path,
    watch: Callable[[int, int], None] = lambda _done, _all: None,
) -> Recall:
    """The model's readings of these lines, those included that `kept` holds already; new ones are added to it.

    watch: called with how many are done, and of how many.

    Raises:
        ModelError: the model could not be asked; what it had said until then is kept.
    """
    known = dict(stored(kept, model.model))
    wanted = sorted(set(asked) - known.keys(), key=lambda a: (len(a.text), a.text, a.previous, a.problem))
    known |= keeping(wanted, model.read_lines, kept, watch)
    return Recall(model.name, model.model, known)


def keeping(
    wanted: Sequence[Request],
    ask: Callable[[Sequence[Request]], Sequence[Reply]],
    kept: Path,
    watch: Callable[[int, int], None] = lambda _done, _all: None,
) -> Iterator[tuple[Request, Reply]]:
    """Each with its reply, so many asked at a time; the replies are added to `kept`, those of no passing fault.

    watch: called with how many are done, and of how many.
    """
    if not wanted:
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("a", encoding="utf-8") as file:
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            replies = ask(some)
            for one, reply in zip(some, replies, strict=True):
                if not reply.passing:  # else it is asked again when the run is
                    file.write(json.dumps(to_json(one, reply), ensure_ascii=False, separators=(",", ":")) + "\n")
            file.flush()
            yield from zip(some, replies, strict=True)
            watch(start + len(some), len(wanted))


def to_json(asked: LineRequest | StepRequest, reply: LineReply | Opinion) -> dict[str, Any]:
    """One line of the file: what was asked, and what was said by whom."""
    return {"asked": asdict(asked), "reply": asdict(reply)}


def stored(path: Path, model: str) -> Iterator[tuple[LineRequest, LineReply]]:
    """What a file holds of this model's readings."""
    return of_model(path, model, from_json)


def of_model(
    path: Path, model: str, decode: Callable[[Mapping[str, Any]], tuple[Request, Reply]]
) -> Iterator[tuple[Request, Reply]]:
    """The replies of a model that a file holds; a line that is broken off, or something else, is passed over."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                asked, reply = decode(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue
            if reply.origin.model == model:
                yield asked, reply


def from_json(found: Mapping[str, Any]) -> tuple[LineRequest, LineReply]:
    """What `to_json` wrote.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    asked, reply = found["asked"], found["reply"]
    readings = tuple(_reading(r) for r in reply["readings"])
    request_ = LineRequest(asked["text"], tuple(asked["symbols"]), asked["previous"], asked["problem"])
    origin = Origin(**reply["origin"])
    return request_, LineReply(readings, origin=origin, fault=reply["fault"], unsure=bool(reply["unsure"]))


def _reading(found: Mapping[str, Any]) -> Reading:
    spans: Sequence[tuple[int, int]] = [(int(a), int(b)) for a, b in found["spans"]]
    return Reading(tuple(map(str, found["lines"])), float(found["probability"]), bool(found["certain"]), tuple(spans))


def read_or_say_why(
    asked: Iterable[LineRequest], model: Backend, kept: Path, watch: Callable[[int, int], None]
) -> tuple[Recall, str]:
    """As `read_class`; where the model cannot be asked, what is kept of it, and why."""
    try:
        return read_class(asked, model, kept, watch), ""
    except ModelError as error:
        return Recall(model.name, model.model, dict(stored(kept, model.model))), str(error)
