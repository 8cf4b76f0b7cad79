"""How long things take: a line, the start of `tutor check`, a class of ten thousand."""

from __future__ import annotations

import csv
import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.benchmarks.devdata import ROOT, rows
from tests.benchmarks.tables import Figure
from tutor.pipeline import check_work
from tutor.problems import load_problem_set, problem_from_statement
from tutor.reading import split_steps
from tutor.records import Problem, Verdict
from tutor.syntax.tree import Chain
from tutor.verify.judge import judge_steps

REPEATS = 3


def works() -> Iterator[tuple[str, str, Problem]]:
    """(domain, work, problem): the shipped solutions and the labelled rows."""
    for path in sorted((ROOT / "problem_sets").glob("*.yaml")):
        for problem in load_problem_set(path).problems.values():
            for part in problem.parts or (None,):
                solution = problem.solution if part is None else part.solution
                yield path.stem, "\n".join(solution), problem
    for name in (
        "cogtutor_bugs",
        "gsm8k_human_correct",
        "bbm_multistep_arithmetic",
        "processbench_math",
        "mr_ben_math",
    ):
        for row in rows(name)[:200]:
            yield name, row.work, problem_from_statement(row.problem)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def lines() -> Iterator[Figure]:
    """Milliseconds a line, reading included, one core, modules loaded.

    The figures are of the first pass over each work, when nothing of it is remembered; that of three passes is beside.
    """
    per_line: dict[str, list[float]] = defaultdict(list)
    again: list[float] = []
    per_pair: list[float] = []
    decided: dict[str, list[bool]] = defaultdict(list)
    slowest: list[tuple[float, str]] = []
    material = list(works())
    for _, work, problem in material[:: max(1, len(material) // 100)]:
        check_work(work, problem)
    gc.collect()
    gc.freeze()
    for domain, work, problem in material:
        times = []
        for _ in range(REPEATS):
            started = time.perf_counter()
            checked = judge_steps(split_steps(work, problem), problem)
            times.append(time.perf_counter() - started)
        claims = [s for s in checked if s.verdict is not Verdict.NO_CLAIM]
        count = max(1, len(checked))
        per_line[domain].append(1000 * times[0] / count)
        again.append(1000 * statistics.median(times) / count)
        # A line of an essay may hold ten relations; a pair is one of them, or a line that follows another.
        statements = [claim.statement for s in checked for claim in s.step.claims]
        pairs = sum(len(s.relations) if isinstance(s, Chain) else 1 for s in statements)
        per_pair.append(1000 * times[0] / max(1, pairs, len(checked)))
        slowest.append((1000 * times[0], f"{domain}: {work[:60]!r}"))
        decided[domain] += [s.verdict not in (Verdict.UNDECIDED, Verdict.UNREADABLE) for s in claims]
    everything = [t for times in per_line.values() for t in times]
    told = [f"{ms:.1f} ms {what}" for ms, what in sorted(slowest, reverse=True)[:10]]
    yield Figure("speed", "median a line", f"{quantile(everything, 0.5):.3f} ms", "<= 0.3 ms")
    yield Figure("speed", "median a line, of three passes", f"{quantile(again, 0.5):.3f} ms")
    yield Figure("speed", "p95 a line", f"{quantile(everything, 0.95):.2f} ms", "<= 2 ms")
    yield Figure("speed", "p99 a line", f"{quantile(everything, 0.99):.2f} ms", "<= 20 ms")
    for share, name in ((0.5, "median"), (0.95, "p95"), (0.99, "p99")):
        yield Figure(
            "speed", f"{name} a pair (one relation, or a line of words)", f"{quantile(per_pair, share):.3f} ms"
        )
    yield Figure("speed", "slowest work as a whole", f"{max(slowest)[0]:.0f} ms", "<= 2000 ms a line", told)
    for domain, times in per_line.items():
        share = 100 * sum(decided[domain]) / max(1, len(decided[domain]))
        value = f"{quantile(times, 0.5):.3f} / {quantile(times, 0.95):.2f} ms, {share:.0f} % decided"
        yield Figure("speed by domain", f"{domain}: median / p95", value)


PAIRS = [
    ("2(x+3)", "2x+6"),
    ("(x+3)^2", "x^2+9"),
    ("(x^2-1)/(x-1)", "x+1"),
    ("sin(x)^2+cos(x)^2", "1"),
    ("sin(2x)", "2sin(x)cos(x)"),
    ("sqrt(12)", "2sqrt(3)"),
    ("ln(8)", "3ln(2)"),
    ("1/(x+1)+1/(x-1)", "2x/(x^2-1)"),
    ("(a+b)^3", "a^3+3a^2b+3ab^2+b^3"),
    ("e^(2x)", "(e^x)^2"),
    ("2^(x+1)", "2*2^x"),
    ("(x+1)^5", "x^5+5x^4+10x^3+10x^2+5x+1"),
    ("3/4+1/6", "11/12"),
    ("cos(2x)", "1-2sin(x)^2"),
    ("x/2+x/3", "5x/6"),
    ("(2x-5)^2", "4x^2-20x-25"),
]


def beside_others() -> Iterator[Figure]:
    """The same pairs through SymPy's `simplify(a - b) == 0`, `Expr.equals`, and Math-Verify where it is installed."""
    from tutor.bridge.sympy_build import to_sympy
    from tutor.syntax.read import read_expr
    from tutor.verify.domains import decide
    from tutor.verify.tasks import Compare

    def ours(a: str, b: str) -> object:
        return decide(Compare(read_expr(a), read_expr(b))).evidence.verdict

    import sympy

    name = "simplify"
    simplify = getattr(sympy, name)  # banned in the product: measured here

    def by_simplify(a: str, b: str) -> object:
        return simplify(to_sympy(read_expr(a)) - to_sympy(read_expr(b))) == 0

    def by_equals(a: str, b: str) -> object:
        return to_sympy(read_expr(a)).equals(to_sympy(read_expr(b)))

    contenders: list[tuple[str, Callable[[str, str], object]]] = [
        ("this verifier", ours),
        ("SymPy simplify(a-b) == 0", by_simplify),
        ("SymPy Expr.equals", by_equals),
    ]
    try:
        import math_verify

        def by_math_verify(a: str, b: str) -> object:
            return math_verify.verify(math_verify.parse(f"${a}$"), math_verify.parse(f"${b}$"))

        contenders.append(("Math-Verify", by_math_verify))
    except ImportError:
        pass
    for title, judge in contenders:
        times = []
        for a, b in PAIRS:
            judge(a, b)
        for a, b in PAIRS:
            best = []
            for _ in range(REPEATS):
                started = time.perf_counter()
                judge(a, b)
                best.append(time.perf_counter() - started)
            times.append(1000 * statistics.median(best))
        value = f"{statistics.median(times):.2f} ms median, {max(times):.1f} ms slowest of {len(PAIRS)}"
        yield Figure("beside others", title, value)


def start() -> Iterator[Figure]:
    """From the start of the process to the end of `tutor check`, median of seven after a first run that compiles."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(8):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "tutor", "check", "-"],
            input="2x+3=7\n2x=4\nx=2\n",
            text=True,
            capture_output=True,
            check=True,
            cwd=ROOT,
            env=environment,
        )
        times.append(time.perf_counter() - started)
    what = "`tutor check`, process start to verdict, bytecode cached"
    yield Figure("start", what, f"{statistics.median(times[1:]):.2f} s", "<= 0.4 s")


def class_of(count: int, path: Path) -> None:
    """A table of submissions: linear equations, right and wrong, with numbers of their own, 6 lines each."""
    chance = random.Random(11)
    with path.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(["id", "student", "problem", "work"])
        for n in range(count):
            a, b, c, x = (chance.randint(2, 9), chance.randint(2, 19), chance.randint(2, 9), chance.randint(-9, 9))
            right = a * (x + b) + c
            slip = chance.choice([0, 0, 1, -1])
            work = [
                f"{a}(x + {b}) + {c} = {right}",
                f"{a}x + {a * b} + {c} = {right}",
                f"{a}x + {a * b + c} = {right}",
                f"{a}x = {right} - {a * b + c}",
                f"{a}x = {right - a * b - c + slip * a}",
                f"x = {x + slip}",
            ]
            table.writerow([f"s{n}", f"student {n % 500}", "any", "\n".join(work)])


def grade() -> Iterator[Figure]:
    """`tutor grade` on a large class, two processes: verdicts and marks alone, and with the causes of wrong lines."""
    yield from grade_class(10_000, "--no-causes")
    yield from grade_class(1_000, "--causes")


def grade_class(count: int, causes: str) -> Iterator[Figure]:
    """`tutor grade` on a class of this many submissions."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        class_of(count, where / "class.csv")
        (where / "set.yaml").write_text(
            "title: Bench\nproblems:\n  - id: any\n    statement: Solve your own equation.\n    unknowns: [x]\n"
            "    answer: x = 3\n    marks: 3\n",
            encoding="utf-8",
        )
        started = time.perf_counter()
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "tutor",
                "grade",
                "set.yaml",
                "class.csv",
                "--jobs",
                "2",
                "-o",
                "out",
                "--quiet",
                causes,
            ],
            cwd=where,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        seconds = time.perf_counter() - started
        import resource

        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        details = [f"exit status {done.returncode}", done.stderr[-500:]]
        told = f"{count / seconds:.0f} a second" if done.returncode in (0, 1) else "failed"
        yield Figure("grade", f"{count} submissions of 6 lines, 2 jobs, {causes}", told, ">= 500", details)
        yield Figure("grade", "largest process", f"{peak:.0f} MB", "flat")
