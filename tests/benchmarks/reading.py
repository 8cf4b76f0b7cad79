"""Prose to step notation: the bundled model on lines labelled by hand and on phrasings that its training never saw."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.benchmarks.devdata import rows
from tests.benchmarks.tables import Figure
from tutor.reading import split_steps
from tutor.records import Problem
from tutor.slm.backends.bundled import Bundled
from tutor.slm.jobs import LineRequest
from tutor.slm.tokens import tokenize
from tutor.training import textbook
from tutor.training.perceptron import Perceptron, train_perceptron
from tutor.training.scores import Answer, Asked, Score, answers, score

FOLDER = Path(__file__).parent
HELD_OUT_SEED, HELD_OUT_LINES = 77_001, 1_000  # other lines than those that the threshold was settled on
PERCEPTRON_LINES = 10_000


def reading() -> Iterator[Figure]:
    """Exact, left unread and wrongly read; the perceptron beside it; the cost of a line."""
    model = Bundled()
    for what, asked, target in _sets():
        if not asked:
            continue
        every = answers(model.decoder, asked)
        yield from _figures(what, every, score(every, model.least), model.least, target)
        found = score(_by_perceptron(_perceptron(), asked))
        yield Figure.share(what, "perceptron: exact, never abstaining", found.exact, found.lines)
    yield from _speed(model)


def _figures(what: str, every: Sequence[Answer], found: Score, least: float, target: str) -> Iterator[Figure]:
    spoken = [a for a in every if a.lines is not None and a.probability >= least]
    wrong = [_told(a) for a in spoken if not a.right]
    silent = [_told(a) for a in every if a not in spoken]
    yield Figure.share(what, "exact", found.exact, found.lines, target)
    yield Figure.share(what, "left unread", found.abstained, found.lines, None, silent)
    yield Figure.share(what, "read wrongly", found.wrong, found.lines, "≤ 1 %", wrong)
    best = score(every)
    yield Figure.share(what, "exact, were it never silent", best.exact, best.lines)


def _told(answer: Answer) -> str:
    return f"{answer.probability:.2f} {answer.asked.text!r} says {answer.asked.means}, read as {answer.lines}"


def _sets() -> Iterator[tuple[str, list[Asked], str]]:
    yield "prose written by hand (300)", _written("prose_lines"), "≥ 90 %"
    yield "prose of real solutions (200)", _of_shared_data(), "≥ 90 %"
    held_out = textbook.lines(HELD_OUT_SEED, HELD_OUT_LINES, textbook.HELD_OUT)
    lines = [Asked(k.text, k.items, k.previous or "", tuple(sorted(k.symbols)), k.family) for k in held_out]
    yield "phrasings kept out of training", lines, "≥ 90 %"
    yield "prose for development (100)", _written("prose_dev"), ""


def _labelled(name: str) -> list[dict[str, Any]]:
    return list(YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


def _written(name: str) -> list[Asked]:
    return [Asked(r["text"], tuple(r["means"]), str(r.get("before", ""))) for r in _labelled(name)]


def _of_shared_data() -> list[Asked]:
    """The lines that `prose_devdata.yaml` names; none where the shared data is not there."""
    places = _labelled("prose_devdata")
    by_id = {(name, row.id): row for name in {p["file"] for p in places} for row in rows(name)}
    found = []
    for place in places:
        row = by_id.get((place["file"], place["row"]))
        if row is None:
            return []
        text = split_steps(row.work, Problem(statement=row.problem))[place["line"]].text
        found.append(Asked(text, tuple(place["means"]), str(place.get("before", ""))))
    return found


@cache
def _perceptron() -> Perceptron:
    return train_perceptron(list(textbook.lines(1, PERCEPTRON_LINES)))


def _by_perceptron(model: Perceptron, asked: Sequence[Asked]) -> Iterator[Answer]:
    for one in asked:
        yield Answer(one, model.read(tokenize(one.text, frozenset(one.symbols)), one.previous or None))


def _speed(model: Bundled) -> Iterator[Figure]:
    """One line at a time, as a student types it; and the model opened by a process of its own."""
    spent = []
    for one in _written("prose_dev"):
        start = time.perf_counter()
        model.read_lines([LineRequest(one.text, previous=one.previous)])
        spent.append(1000 * (time.perf_counter() - start))
    yield Figure("the bundled model", "a line, median", f"{statistics.median(spent):.1f} ms", "≤ 10 ms")
    code = (
        "import time, numpy; t = time.perf_counter();"
        "from tutor.slm.backends.bundled import Bundled; Bundled(); print(time.perf_counter() - t)"
    )
    runs = [float(subprocess.check_output([sys.executable, "-c", code], cwd=FOLDER.parents[1])) for _ in range(5)]
    yield Figure("the bundled model", "opened, numpy imported before", f"{1000 * min(runs):.0f} ms", "≤ 100 ms")
