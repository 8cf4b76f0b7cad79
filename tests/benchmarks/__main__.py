"""`python -m tests.benchmarks [NAME …]`: measure, and print the table that the README quotes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator

from tests.benchmarks import accuracy, bounds, causes, left, opinions, path, physics, reading, slips, speed, statements
from tests.benchmarks.devdata import devdata_folder
from tests.benchmarks.tables import Figure, as_markdown

BENCHMARKS: dict[str, Callable[[], Iterator[Figure]]] = {
    "cogtutor": accuracy.cogtutor,
    "gsm8k": accuracy.gsm8k_human,
    "bbm": accuracy.bbm,
    # Recall to beat: the calculation-only check of each line, as given with the data.
    "processbench_math": lambda: accuracy.solutions("processbench_math", 6.5),
    "mr_ben_math": lambda: accuracy.solutions("mr_ben_math", 7.5),
    "reading": reading.reading,
    "left": left.left,
    "prose": accuracy.prose_word_problems,
    "path": path.departing,
    "sets": accuracy.shipped_sets,
    "slips": slips.slips,
    "physics_openstax": physics.worked_examples,
    "injected": physics.one_error_put_in,
    "mr_ben_physics": physics.expert_labelled,
    "statements": statements.statements,
    "solve": physics.statements_alone,
    "physics_speed": physics.speed,
    "causes": causes.of_catalogue,
    "causes_algebra": causes.of_algebra,
    "causes_chance": causes.of_chance,
    "hints": causes.of_hints,
    "opinions": opinions.opinions,
    "lines": speed.lines,
    "bounds": bounds.bounds,
    "others": speed.beside_others,
    "start": speed.start,
    "grade": speed.grade,
}


def main() -> int:
    """Run the named benchmarks, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="which to run; all without")
    parser.add_argument("--details", action="store_true", help="list the rows behind each figure")
    parser.add_argument("--json", action="store_true", help="one JSON object a figure")
    asked = parser.parse_args()
    if devdata_folder() is None:
        print("labelled work is not beside the project (set TUTOR_DEVDATA): those parts are skipped", file=sys.stderr)
    figures: list[Figure] = []
    for name in asked.names or BENCHMARKS:
        for figure in BENCHMARKS[name]():
            figures.append(figure)
            if asked.json:
                print(
                    json.dumps({"of": figure.of, "what": figure.what, "value": figure.value, "target": figure.target})
                )
            else:
                print(f"{figure.of:28} {figure.what:50} {figure.value:28} {figure.target or ''}", flush=True)
            if asked.details:
                for line in figure.details:
                    print(f"    {line}")
    if not asked.json:
        print("\n" + as_markdown(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
