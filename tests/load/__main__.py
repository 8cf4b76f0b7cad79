"""A class at work: `python -m tests.load --students 100 --every 20 --minutes 5`.

Each student opens a problem, writes a solution of six lines, mostly with a slip, and has it checked every so many
seconds with a line changed: as it stands in a class, most of what is handed in has been checked before, but for that
line. Measured is the site, from pressing Check to the
arrival of the last verdict in the tab; with `--alone` the service that checks, without pages and database.
"""

from __future__ import annotations

import argparse
import json
import os
import sys

from tests.load import alone, site
from tests.load.works import Plan


def main() -> int:
    """Measure, and say what came of it; 1 where something failed or was slower than it may be."""
    usual = Plan()
    words = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    words.add_argument("--alone", action="store_true", help="the service alone")
    words.add_argument("--students", type=int, default=usual.students)
    words.add_argument("--every", type=float, default=usual.every_s, help="seconds between two checks of a student")
    words.add_argument("--arrive", type=float, default=usual.arrive_s, help="seconds over which they come in")
    words.add_argument("--minutes", type=float, default=usual.minutes)
    words.add_argument("--processes", type=int, default=usual.processes, help="that check")
    words.add_argument("--fresh", type=int, default=usual.fresh, help="checks until a student begins another problem")
    words.add_argument("--no-model", action="store_true", help="lines in words are left unread")
    asked = words.parse_args()
    plan = Plan(
        asked.students, asked.every, asked.arrive, asked.minutes, asked.fresh, asked.processes, not asked.no_model
    )
    load_before = os.getloadavg()
    found, counted = (alone if asked.alone else site).measure(plan)
    said = {"load_before": load_before, **found.summary(), **counted, "passed": found.passed}
    sys.stdout.write(json.dumps(said, indent=2) + "\n")
    return 0 if found.passed else 1


if __name__ == "__main__":
    sys.exit(main())
