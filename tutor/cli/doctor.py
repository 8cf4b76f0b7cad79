"""`tutor doctor`: what is installed, what is optional and missing, and whether checking works."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

from tutor import __version__
from tutor.batch.pool import usual_jobs

NEEDED = ("sympy", "python-flint", "pint", "pydantic", "ruamel.yaml", "typer", "rich", "jinja2", "defusedxml",
          "openpyxl", "pandas", "pyarrow", "streamlit", "sqlalchemy", "alembic", "argon2-cffi",
          "transformers", "torch")  # fmt: skip
CLASHING = ("tutor", "web.py")  # distributions that install packages of our names


def _version(name: str) -> str | None:
    try:
        return version_of(name)
    except PackageNotFoundError:
        return None


def examine() -> int:
    """Print what is here; 1 where something that is needed is not."""
    faults = 0

    def say(ok: bool | None, what: str, detail: str) -> None:
        nonlocal faults
        faults += ok is False
        icon = {True: "✓", False: "✗", None: "·"}[ok]
        sys.stdout.write(f"{icon} {what:<16} {detail}\n")

    say(True, "tutor", __version__)
    say(sys.version_info >= (3, 11), "python", f"{platform.python_version()} on {platform.platform()}")
    for name in NEEDED:
        found = _version(name)
        build = " (CPU build)" if name == "torch" and found and "+cpu" in found else ""
        say(found is not None, name, f"{found}{build}" if found else "missing: pip install -e . brings it")
    for name in CLASHING:
        if _version(name):
            say(False, name, f"the distribution {name!r} installs a package of our name: use another environment")
    browser = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    say(None if browser is None else True, "browser", browser or "none found; only the browser tests need one")
    say(True, "processes", f"{usual_jobs()} of {os.cpu_count()} cores may be used")
    free = shutil.disk_usage(Path.cwd()).free
    say(free > 100_000_000, "disk", f"{free / 1e9:.1f} GB free here")
    say(*_store())
    say(*_model())
    say(*_workers())
    for ok, detail in _laws():
        say(ok, "laws", detail)
    begun = time.perf_counter()
    right, wrong = _trial()
    say(
        right and wrong,
        "checking",
        f"a right line and a wrong one in {time.perf_counter() - begun:.2f} s, imports included",
    )
    return 1 if faults else 0


def _store() -> tuple[bool | None, str, str]:
    """Whether the site's database can be used; one that was never made is no fault."""
    from tutor.errors import TutorError
    from tutor.store import open_store
    from tutor.store.engine import checked_url, file_of, usual_url

    try:
        file = file_of(checked_url(usual_url()))
        if file is not None and not file.exists():
            return None, "store", f"{file} is made when the site starts, or by: tutor db upgrade"
        with open_store(create=False) as opened:
            health = opened.upkeep.check()
    except TutorError as error:
        return False, "store", str(error)
    if health.faults:
        return False, "store", f"{health.name} has {len(health.faults)} faults; see: tutor db check"
    return True, "store", f"{health.name}, revision {health.revision}, no faults"


def _model() -> tuple[bool | None, str, str]:
    """Which model reads lines in words, and whether it can be opened."""
    from tutor.errors import ModelError
    from tutor.slm.choice import ModelChoice

    choice = ModelChoice.from_environment()
    try:
        opened = choice.open()
    except ModelError as error:
        return False, "model", str(error)
    return (None, "model", "switched off") if opened is None else (True, "model", opened.model)


def _workers() -> tuple[bool | None, str, str]:
    """Whether a process of the site's can be started and checks."""
    from tutor.problems import problem_from_statement
    from tutor.service import Service, Settings
    from tutor.slm.choice import ModelChoice

    begun = time.perf_counter()
    with Service(Settings(processes=1, model=ModelChoice(off=True))) as service:
        report = service.check("doctor", problem_from_statement("Solve 2x + 3 = 7"), "2x = 4\nx = 3")
    right = [step["verdict"] for step in report["steps"]] == ["correct", "wrong"]
    said = "a process of its own was started and has checked" if right else f"a process ended with {report['status']}"
    return right, "workers", f"{said}, {time.perf_counter() - begun:.1f} s"


def _laws() -> Iterator[tuple[bool | None, str]]:
    """What is loaded of the catalogue of laws, and what is wrong with it."""
    from tutor.laws.catalogue import COMPILED, catalogue, not_compiled

    found = catalogue()
    counts = f"{len(found.laws)} laws, {len(found.roles)} roles and {len(found.conditions)} conditions are loaded"
    stale = not_compiled()
    if stale:
        yield not found.faults, counts
        yield None, f"{COMPILED} is older than {', '.join(stale)}: run python -m tutor.laws, or loading takes longer"
    else:
        yield not found.faults, f"{counts}; {COMPILED} is that of the files"
    for fault in found.faults:
        yield False, f"left out: {fault}"


def _trial() -> tuple[bool, bool]:
    """Whether a right line is called correct and a wrong one wrong."""
    from tutor.pipeline import check_work
    from tutor.problems import problem_from_statement
    from tutor.records import Verdict

    posed = problem_from_statement("Solve 2x + 3 = 7")
    verdicts = [step.verdict for step in check_work("2x = 4\nx = 3", posed)]
    return verdicts[:1] == [Verdict.CORRECT], verdicts[1:] == [Verdict.WRONG]
