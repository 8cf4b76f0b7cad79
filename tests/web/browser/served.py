"""The site as `tutor serve` starts it, in a process of its own, with a database that a test may look into."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tutor.store import Store, open_store

PATIENCE_S = 90


@dataclass(frozen=True, slots=True)
class Served:
    """url: without a slash at its end. store: the database that the server writes, opened beside it. pid: its own."""

    url: str
    store: Store
    folder: Path
    pid: int


@contextmanager
def served(folder: Path, options: Sequence[str] = ("--processes", "1", "--no-model")) -> Iterator[Served]:
    """Start the site, where nothing else is said with one process that checks and without a model; end it after."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database, told = f"sqlite:///{folder}/school.db", folder / "told.txt"
    command = [sys.executable, "-m", "tutor.cli.app", "serve", "--port", str(port), "--no-open"]
    with told.open("w") as out, open_store(database) as store:
        site = subprocess.Popen(
            [*command, *options, "--store", database],
            cwd=folder, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, "TUTOR_STORE": database},
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, site, told)
            yield Served(url, store, folder, site.pid)
        finally:
            site.terminate()
            try:
                site.wait(20)
            except subprocess.TimeoutExpired:
                site.kill()
                site.wait()


def tutor(folder: Path, *arguments: str, typed: str = "") -> str:
    """What the command `tutor` prints; raises where it does not end well."""
    done = subprocess.run(
        [sys.executable, "-m", "tutor.cli.app", *arguments],
        cwd=folder, input=typed, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout


def _wait(url: str, site: subprocess.Popen[bytes], told: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if site.poll() is not None:
            break
        with suppress(OSError, ValueError), urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
            if json.loads(answer.read())["checking"]["ready"]:
                return
        time.sleep(0.3)
    raise AssertionError(f"the site did not come up:\n{told.read_text()[-2000:]}")
