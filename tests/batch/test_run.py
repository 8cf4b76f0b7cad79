import json
import os
import signal
import subprocess
import sys
import time
from fractions import Fraction

import pytest

from tests.batch.fakes import encode, grade
from tutor.batch.rows import ProblemNames, Row, with_unique_ids
from tutor.batch.run import Run, Settings, read_times, stable
from tutor.batch.store import read_results
from tutor.errors import AuthorError
from tutor.records import Problem, Submission

PROBLEMS = {"p": Problem("p", marks=Fraction(3)), "q": Problem("q", marks=Fraction(2))}
NAMES = ProblemNames(["p", "q"])


def rows(works, problem="p"):
    return [Row(Submission(str(i), f"s{i}", problem, work)) for i, work in enumerate(works)]


def go(folder, given, problems=PROBLEMS, **settings):
    run = Run(problems, folder / "results.jsonl", Settings(**settings), encode, grade, {}, program="this")
    return run.go(given)


def stored(folder):
    return [record for _, record in read_results(folder / "results.jsonl")]


def test_results_do_not_depend_on_the_number_of_processes(tmp_path):
    given = rows([f"x = {n}" for n in range(300)])
    texts = set()
    for jobs in (1, 2, 3):
        go(tmp_path / str(jobs), given, jobs=jobs, seed=5)
        texts.add((tmp_path / str(jobs) / "results.jsonl").read_bytes())
    assert len(texts) == 1


def test_every_row_appears_once_in_order_whatever_it_does(tmp_path):
    works = ["x", "hang", "y", "die", "fail", "large", "", "hang without letting go", "z"]
    progress = go(tmp_path, rows(works), jobs=2, timeout=0.5)
    statuses = [(r["id"], r["status"]) for r in stored(tmp_path)]
    wanted = ["graded", "timeout", "graded", "error", "error", "unreadable", "graded", "timeout", "graded"]
    assert statuses == [(str(i), s) for i, s in enumerate(wanted)]
    assert progress.unmarked == 5
    assert "ZeroDivisionError: fault of ours" in stored(tmp_path)[4]["message"]


def test_a_second_run_keeps_everything(tmp_path):
    given = rows(["a", "b", "c"])
    go(tmp_path, given)
    before = (tmp_path / "results.jsonl").read_bytes()
    progress = go(tmp_path, given)
    assert (progress.done, progress.kept) == (0, 3)
    assert (tmp_path / "results.jsonl").read_bytes() == before


def test_a_broken_last_line_is_dropped_and_done_again(tmp_path):
    given = rows([f"x = {n}" for n in range(20)])
    go(tmp_path, given)
    path = tmp_path / "results.jsonl"
    whole = path.read_bytes()
    for cut in (len(whole) - 1, len(whole) - 40, len(whole) // 2, 3):
        path.write_bytes(whole[:cut])
        go(tmp_path, given)
        assert path.read_bytes() == whole
    path.write_bytes(whole[:-1] + b"\0" * 100)  # what a power cut may leave
    go(tmp_path, given)
    assert path.read_bytes() == whole


def test_only_what_has_changed_is_marked_again(tmp_path):
    works = [f"x = {n}" for n in range(10)]
    go(tmp_path, rows(works))
    works[4] = "x = 44"
    progress = go(tmp_path, rows(works))
    assert (progress.done, progress.kept, progress.dropped) == (1, 9, 1)
    assert [r["id"] for r in stored(tmp_path)] == [str(n) for n in range(10)]
    assert not list(tmp_path.glob("*.old"))


def test_a_changed_problem_has_its_own_rows_marked_again(tmp_path):
    given = [*rows(["a", "b"]), Row(Submission("7", "s", "q", "c"))]
    go(tmp_path, given)
    progress = go(tmp_path, given, problems=PROBLEMS | {"q": Problem("q", marks=Fraction(9))})
    assert (progress.done, progress.kept) == (1, 2)


def test_leaving_rows_out_loses_no_results(tmp_path):
    given = rows(list("abcdef"))
    go(tmp_path, given)
    progress = go(tmp_path, given, only=("s1",), limit=1)
    assert (progress.done, progress.kept, len(stored(tmp_path))) == (0, 6, 6)


def test_a_longer_limit_goes_on_where_the_shorter_stopped(tmp_path):
    given = rows(list("abcdef"))
    assert go(tmp_path, given, limit=2).done == 2
    assert go(tmp_path, given).done == 4
    assert [r["id"] for r in stored(tmp_path)] == list("012345")


def test_shards_share_the_rows_between_them(tmp_path):
    given = rows(list("abcdefghij"))
    for i in (1, 2, 3):
        go(tmp_path / str(i), given, shard=(i, 3))
    ids = [r["id"] for i in (1, 2, 3) for r in stored(tmp_path / str(i))]
    assert sorted(ids) == sorted(str(n) for n in range(10))


def test_more_time_is_another_chance_for_a_row_that_ran_out_of_it(tmp_path):
    given = rows(["a", "slow 0.8"])
    assert go(tmp_path, given, timeout=0.3).unmarked == 1
    assert go(tmp_path, given, timeout=0.3).kept == 2
    progress = go(tmp_path, given, timeout=20)
    assert (progress.done, progress.unmarked) == (1, 0)


def test_times_stand_beside_the_results_and_not_in_them(tmp_path):
    go(tmp_path, rows(["a", "b"]))
    assert set(read_times(tmp_path / "times.csv")) == {"0", "1"}
    assert all("seconds" not in r for r in stored(tmp_path))
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["finished"]
    assert manifest["settings"]["seed"] == 0


def test_two_runs_do_not_write_to_one_file(tmp_path):
    pytest.importorskip("fcntl")
    from tutor.batch.store import Results

    held = Results(tmp_path / "results.jsonl")
    with pytest.raises(AuthorError, match="another run"):
        go(tmp_path, rows(["a"]))
    held.finish(complete=False)


def test_a_used_id_is_not_marked_twice_and_says_so():
    given = [Row(Submission(i, "ada", "p", w)) for i, w in (("1", "a"), ("1", "b"), ("", "c"), ("", "d"))]
    found = list(with_unique_ids(given))
    assert [r.submission.id for r in found] == ["1", "1#2", "ada/p", "ada/p#2"]
    assert [r.status for r in found] == ["", "error", "", ""]


def test_a_digest_does_not_depend_on_the_order_of_a_set():
    one = stable(Problem("p", strict_remarks=frozenset(["a", "b", "c"]), givens={"m": "1", "k": "2"}))
    two = stable(Problem("p", strict_remarks=frozenset(["c", "a", "b"]), givens={"k": "2", "m": "1"}))
    assert one == two


KILLED = """
import sys
from pathlib import Path
from tests.batch.test_run import go, rows
if __name__ == "__main__":
    go(Path(sys.argv[1]), rows(["slow 0.01"] * 150), jobs=2)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix thing")
def test_a_run_killed_at_any_moment_goes_on_without_losing_or_repeating_a_row(tmp_path):
    path = tmp_path / "results.jsonl"
    given = rows(["slow 0.01"] * 150)
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 20
    while time.monotonic() < until and not (path.exists() and path.stat().st_size > 2000):
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    there = path.read_bytes().count(b"\n")
    assert 0 < there < 150
    progress = go(tmp_path, given, jobs=2)
    assert progress.kept == there
    assert [r["id"] for r in stored(tmp_path)] == [str(n) for n in range(150)]
