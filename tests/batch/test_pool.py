import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tutor.batch.pool import CannotStart, Pool, Trouble


def make():
    return work


def work(row):
    if row == "hang":
        time.sleep(600)
    if row == "die":
        os._exit(3)
    return row * 2


def make_nothing():
    raise SystemExit(4)


def results(rows, jobs, **more):
    found = []
    with Pool(make, jobs, **more) as pool:
        for some in pool.results(rows):
            found += some
    return found


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_rows(jobs):
    assert results(range(1000), jobs) == [(n, 2 * n) for n in range(1000)]


def test_a_row_that_hangs_or_kills_its_process_costs_only_itself():
    rows = [1, 2, "hang", 4, "die", 6, *range(7, 40)]
    found = dict(results(rows, 2, timeout=0.4))
    assert found["hang"] == Trouble("timeout", "More than 0.4 seconds were needed, twice; it is left for a person.")
    assert found["die"].status == "error"
    assert {r: x for r, x in found.items() if r not in ("hang", "die")} == {
        r: 2 * r for r in rows if isinstance(r, int)
    }


def test_processes_that_cannot_start_are_said_and_not_tried_forever(capfd):
    with Pool(make_nothing, 1) as pool, pytest.raises(CannotStart):
        list(pool.results([1]))


def test_a_process_that_is_not_ready_when_the_run_ends_leaves_no_trace():
    """In a process of its own, since the server of this one has its own standard error."""
    program = (
        "from multiprocessing import Pipe\n"
        "from tests.batch.test_pool import make\n"
        "from tutor.batch.pool import _serve\n"
        "here, there = Pipe()\n"
        "here.close()\n"
        "_serve(there, None, None, make, 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_files_in_the_current_folder_are_never_imported(tmp_path):
    """A folder of student work may hold a `struct.py`; here in a process of its own, whose server is not yet up."""
    work, program = tmp_path / "work", tmp_path / "program.py"
    work.mkdir()
    for name in ("multiprocessing", "pickle", "struct", "signal"):
        (work / f"{name}.py").write_text("open('was_run', 'a').close()")
    program.write_text(
        "from tests.batch.test_pool import results\nif __name__ == '__main__':\n    print(results([1, 2], 2))"
    )
    here = str(Path(__file__).parents[2])
    run = subprocess.run(
        [sys.executable, str(program)],
        cwd=work, env={**os.environ, "PYTHONPATH": here}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.stdout.strip() == "[(1, 2), (2, 4)]", run.stderr
    assert not (work / "was_run").exists()


def test_no_rows_give_no_results():
    assert results([], 2) == []
