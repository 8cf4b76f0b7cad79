"""`tutor serve` from a folder of its own: it comes up, draws pages, says how it is, and ends with all its processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

import pytest

pytest.importorskip("streamlit")

from tutor.cli.serve import APP, Asked, CannotServe, environment, require_free
from tutor.slm.choice import ModelChoice

OFF = ModelChoice(off=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def healthy(url: str, patience_s: float = 60) -> dict:
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        with suppress(OSError):
            status, text = get(f"{url}/healthz")
            if status == 200 and json.loads(text)["checking"]["ready"]:
                return json.loads(text)
        time.sleep(0.3)
    raise AssertionError("the site did not come up")


def children_of(pid: int) -> set[int]:
    found = set()
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError), open(f"/proc/{entry}/stat") as stat:
                if int(stat.read().rpartition(")")[2].split()[1]) == pid:
                    found.add(int(entry))
    return found


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_site_comes_up_and_ends_with_its_processes(tmp_path, how):
    port, folder = free_port(), tmp_path / "somewhere else"
    folder.mkdir()
    command = [sys.executable, "-m", "tutor.cli.app", "serve", "--port", str(port), "--no-open", "--no-model"]
    told = folder / "told.txt"
    with told.open("w") as out:
        site = subprocess.Popen(
            [*command, "--processes", "1", "--store", f"sqlite:///{folder}/school.db"],
            cwd=folder, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        health = healthy(url)
        assert health["ok"]
        assert health["checking"]["processes"] == 1
        assert (folder / "school.db").exists()
        assert 'id="root"' in get(f"{url}/")[1]
        assert "Join your class" in get(f"{url}/join")[1]
        assert "--accent" in get(f"{url}/app/static/site.css")[1]
        children = children_of(site.pid)
        assert children
        site.send_signal(how)
        site.wait(20)
        assert not [pid for pid in children if alive(pid)]
        said = told.read_text()
        assert f"The site is at http://localhost:{port}" in said
        assert "tutor admin add-teacher" in said
        assert "Traceback" not in said
    finally:
        site.kill()
        site.wait()


def test_a_port_that_is_taken_is_said():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CannotServe, match="choose another with --port"):
            require_free("127.0.0.1", taken.getsockname()[1])


def test_an_address_that_is_not_this_machine_s_is_said():
    with pytest.raises(CannotServe, match=r"203\.0\.113\.9"):
        require_free("203.0.113.9", free_port())


def test_the_options_reach_the_site():
    said = environment(Asked("127.0.0.1", 8501, "sqlite:///a.db", 3, False, "10.0.0.1", OFF))
    assert said == {
        "FORWARDED_ALLOW_IPS": "10.0.0.1",
        "TUTOR_STORE": "sqlite:///a.db",
        "TUTOR_PROCESSES": "3",
        "TUTOR_NO_MODEL": "1",
    }
    assert environment(Asked("", 1, "", 0, True, "", ModelChoice())) == {"FORWARDED_ALLOW_IPS": ""}


def test_the_site_lies_where_the_command_looks_for_it():
    assert APP.is_file()
    for name in ("main.py", ".streamlit/config.toml", "static/site.css", "templates/form.html"):
        assert (APP.parent / name).is_file()


def test_a_database_of_another_version_is_named_before_anything_starts(tmp_path):
    import sqlite3

    from tutor.store import open_store

    url = f"sqlite:///{tmp_path}/old.db"
    open_store(url).close()
    with sqlite3.connect(tmp_path / "old.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0000'")
    done = subprocess.run(
        [sys.executable, "-m", "tutor.cli.app", "serve", "--port", str(free_port()), "--no-open", "--store", url],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "was written by a newer version" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_site_does_without_the_heavy_libraries(tmp_path):
    script = f"""
import os, sys
os.environ.update(TUTOR_STORE="sqlite:///{tmp_path}/site.db", TUTOR_NO_MODEL="1")
import web.app
from streamlit.testing.v1 import AppTest
import web.resources
web.resources.token = lambda: ""
tab = AppTest.from_file({str(APP.with_name("main.py"))!r}, default_timeout=60).run()
assert not tab.exception, tab.exception
print(sorted({{"sympy", "pint", "torch", "transformers"}} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, cwd=APP.parents[1]
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr[-2000:]
