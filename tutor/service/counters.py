"""What the service counts, and the counts as Prometheus reads them."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping

Labels = tuple[tuple[str, str], ...]
BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)

HELP = {
    "tutor_checks_total": "Checks that ended, by the status of their report, or withdrawn.",
    "tutor_checks_from_memory_total": "Checks of work that had been checked before.",
    "tutor_lines_total": "Lines of finished checks.",
    "tutor_refused_total": "Work that was not taken on, by reason.",
    "tutor_processes_ended_total": "Checking processes that ended, by reason.",
    "tutor_faults_total": "Faults that checking processes logged, by kind.",
    "tutor_questions_total": "Questions that were asked about lines.",
    "tutor_questions_recalled_total": "Those of them whose answer was known from an earlier check.",
    "tutor_page_runs_total": "Runs of pages, by who is there.",
    "tutor_check_seconds": "Seconds from handing in to the report.",
    "tutor_checking_seconds": "Seconds of the check itself.",
    "tutor_waiting": "Pieces of work in the queue.",
    "tutor_running": "Checks under way.",
    "tutor_processes_ready": "Checking processes that can check.",
    "tutor_process_bytes": "Memory of a checking process after its last check.",
    "tutor_remembered_bytes": "Memory of the reports that are kept.",
}


class Histogram:
    """How many values lie below each bound."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS_S) + 1)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        self.counts[bisect_left(BOUNDS_S, seconds)] += 1
        self.total += seconds


class Counters:
    """Counters and histograms by name; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, Labels]] = Counter()
        self._histograms: dict[str, Histogram] = {}

    def add(self, name: str, number: int = 1, **labels: str) -> None:
        """So many more."""
        with self._lock:
            self._counts[name, tuple(sorted(labels.items()))] += number

    def took(self, name: str, seconds: float) -> None:
        """One more value of a histogram."""
        with self._lock:
            self._histograms.setdefault(name, Histogram()).add(seconds)

    def count(self, name: str, **labels: str) -> int:
        """How many so far; with no labels, all together."""
        with self._lock:
            wanted = tuple(sorted(labels.items()))
            return sum(
                n for (each, with_), n in self._counts.items() if each == name and (not labels or with_ == wanted)
            )

    def as_text(self, gauges: Mapping[tuple[str, Labels], float]) -> str:
        """All of it in Prometheus' text format, with these values of now."""
        with self._lock:
            counts = dict(self._counts)
            histograms = {name: (list(h.counts), h.total) for name, h in self._histograms.items()}
        lines = [*_family(counts, "counter"), *_family(gauges, "gauge")]
        for name, (values, total) in sorted(histograms.items()):
            lines += _head(name, "histogram")
            below = 0
            for bound, value in zip((*map(str, BOUNDS_S), "+Inf"), values, strict=True):
                below += value
                lines.append(f'{name}_bucket{{le="{bound}"}} {below}')
            lines += [f"{name}_sum {total:.6f}", f"{name}_count {below}"]
        return "\n".join(lines) + "\n"


def _head(name: str, kind: str) -> list[str]:
    return [f"# HELP {name} {HELP[name]}", f"# TYPE {name} {kind}"]


def _family(values: Mapping[tuple[str, Labels], float], kind: str) -> Iterator[str]:
    last = ""
    for (name, labels), value in sorted(values.items()):
        if name != last:
            yield from _head(name, kind)
            last = name
        written = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels)
        yield f"{name}{{{written}}} {value}" if written else f"{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
