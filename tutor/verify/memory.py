"""Findings kept from one check to the next: what was asked about an unchanged line is not worked out again.

A finding depends on its task and on the work that its line may still do, and on nothing else, so what is remembered is
what would be found again: a report is the same with it and without. A process that checks one piece of work, or a
class, remembers nothing; one that checks what a student edits says how much with `SHARED.keep`.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict

from tutor.verify.domains import decide
from tutor.verify.tasks import Budget, Finding, Task

MAX_TASK = 20_000  # bytes of one; what is larger is rare and would fill the memory


class Memory:
    """The last findings, `most` of them, with what each cost; asked: all questions so far, recalled: those known."""

    def __init__(self, most: int = 0) -> None:
        self.most = most
        self.asked = 0
        self.recalled = 0
        self._known: OrderedDict[bytes, tuple[Finding, int]] = OrderedDict()

    def keep(self, most: int) -> None:
        """Remember so many from now on."""
        self.most = most
        while len(self._known) > most:
            self._known.popitem(last=False)

    def decide(self, task: Task, budget: Budget) -> Finding:
        """As `domains.decide`; what is recalled costs the budget what it cost when it was found."""
        if not self.most or budget.late:
            return decide(task, budget)
        # Written out, because trees that compare equal may be written differently, and messages quote what is written.
        key = pickle.dumps((task, budget.left), pickle.HIGHEST_PROTOCOL)
        self.asked += 1
        known = self._known.get(key)
        if known is not None:
            self.recalled += 1
            self._known.move_to_end(key)
            finding, budget.left = known
            return finding
        finding = decide(task, budget)
        # What the clock stopped may be found another time.
        if not budget.late and len(key) <= MAX_TASK:
            self._known[key] = finding, budget.left
            if len(self._known) > self.most:
                self._known.popitem(last=False)
        return finding


SHARED = Memory()
