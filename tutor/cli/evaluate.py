"""`tutor evaluate`: labelled solutions checked, as a table or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tutor.cli.output import console
from tutor.errors import AuthorError, ModelError
from tutor.evaluate import Scores, Tally, evaluate, read_labelled
from tutor.slm.choice import BUNDLED, ModelChoice, bundled_version
from tutor.slm.standby import Standby


def evaluate_file(
    file: str, reference: str, model: str, *, limit: int | None, jobs: int, rows: bool, as_json: bool, color: bool
) -> int:
    """Print what each setting comes to; the exit status.

    Raises:
        AuthorError: the file cannot be read, or a setting is asked for that there is not.
    """
    models = {"without": [False], "with": [True], "both": [False, True]}.get(model)
    if models is None:
        raise AuthorError(f'--model "{model}": write without, with or both')
    settings = {"with": [True], "without": [False], "both": [True, False]}.get(reference)
    if settings is None:
        raise AuthorError(f'--reference "{reference}": write with, without or both')
    data = read_labelled(Path(file), limit)
    if reference == "both" and not any(row.answer for row in data):
        settings = [False]
    bundled = opened() if True in models else None
    scores = [
        evaluate(data, reference=setting, jobs=jobs, model=bundled if asked else None)
        for setting in settings
        for asked in models
    ]
    if as_json:
        found = {
            "file": file,
            "rows": len(data),
            "model": bundled.model if bundled is not None else None,
            "settings": [s.as_object(rows=rows) for s in scores],
        }
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return 0
    out = console(color=color)
    out.print(f"{file}: {len(data)} solutions", soft_wrap=True)
    for setting in scores:
        for line in in_lines(setting, rows=rows):
            out.print(line, soft_wrap=True)
    return 0


def opened() -> Standby:
    """The model that reads lines in words, as the environment chooses it; the bundled one where it says nothing.

    Raises:
        AuthorError: it is not there.
    """
    model = Standby(replace(ModelChoice.from_environment(), off=False))
    try:
        # The bundled one is opened by the processes that check: its threads would make forks unsafe.
        there = bool(bundled_version()) if model.choice.spec == BUNDLED else model.backend() is not None
    except ModelError as error:
        raise AuthorError(str(error)) from None
    if not there:
        raise AuthorError(model.fault)
    return model


def in_lines(scores: Scores, *, rows: bool = False) -> Iterator[str]:
    """The figures of one setting as a table."""
    yield ""
    model = f", lines in words read by {scores.model}" if scores.model else ""
    yield ("with" if scores.reference else "without") + f" reference answer and solution{model}"
    yield f"  {'':40}{'right':>8}{'of':>7}{'share':>9}{'early':>8}{'late':>7}{'missed':>9}"
    yield tally_line("first wrong step as labelled", scores.wrong)
    for kind, tally in sorted(scores.kinds.items(), key=lambda entry: -entry[1].rows):
        if set(scores.kinds) != {kind}:
            yield tally_line(f"  {kind}", tally)
    yield f"  {'correct work with no line called wrong':40}{scores.kept:8}{scores.correct:7}" + share(
        scores.accuracy_on_correct
    )
    if scores.unplaced:
        yield f"  {'wrong work, place unknown, with a line':40}{scores.noticed:8}{scores.unplaced:7}" + share(
            scores.noticed / scores.unplaced
        )
    yield f"  {'F1 (harmonic mean of both)':55}" + share(scores.f1)
    if scores.troubles:
        yield f"  {scores.troubles} could not be checked"
    yield f"  {scores.seconds:.1f} s"
    if rows:
        for found in scores.rows:
            label, step = found.row.first_error, found.step
            if step != label:
                yield f"    {found.row.id}: labelled {label}, found {step} {found.evidence}{found.trouble}"


def tally_line(name: str, tally: Tally) -> str:
    """One kind of error."""
    counts = f"{tally.early:8}{tally.late:7}{tally.missed:9}"
    return f"  {name[:39]:40}{tally.hit:8}{tally.rows:7}{share(tally.accuracy)}{counts}"


def share(value: float | None) -> str:
    """In per cent.

    >>> share(0.756), share(None)
    ('   75.6 %', '        -')
    """
    return f"{100 * value:7.1f} %" if value is not None else f"{'-':>9}"
