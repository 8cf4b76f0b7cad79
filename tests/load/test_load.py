"""The load script, for a moment and with two students, so that it goes on measuring what is there."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")

from tests.load import alone, site
from tests.load.works import Plan

A_MOMENT = Plan(students=2, every_s=0.3, arrive_s=0.0, minutes=0.01, fresh=2, processes=1, model=False)


@pytest.mark.parametrize("measured", [site, alone], ids=["site", "alone"])
def test_two_students_get_every_verdict(measured):
    found, counted = measured.measure(A_MOMENT)
    assert not found.faults
    assert sum(found.ended.values()) == len(found.took["check"]) >= 2
    assert found.summary()["memory_mb"]
    assert counted["processes_replaced"] == 0
