"""`tutor serve`: the site, from any folder, in the configuration that belongs to it."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tutor.errors import TutorError
from tutor.slm.choice import ModelChoice

APP: Final = Path(__file__).resolve().parents[2] / "web" / "app.py"


class CannotServe(TutorError):
    """The site cannot be started, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options say. processes: 0 for one a core. proxy: the address of one that says who asks, empty for none.

    store: empty for `$TUTOR_STORE`, or tutor.db in this folder.
    """

    host: str
    port: int
    store: str
    processes: int
    open_browser: bool
    proxy: str
    model: ModelChoice


def serve(asked: Asked) -> None:
    """Serve until somebody presses Ctrl-C.

    Raises:
        CannotServe: the port is taken, or the site's files are not there.
        StoreError: the database cannot be used.
    """
    from tutor.store import open_store

    if not APP.is_file():
        raise CannotServe(f"the pages of the site are not at {APP.parent}; install the package anew")
    require_free(asked.host, asked.port)
    with open_store(asked.store) as store:
        teachers, name = len(store.teachers.all()), store.name
    os.environ.update(environment(asked))
    shown = "localhost" if asked.host in ("", "0.0.0.0", "::", "127.0.0.1", "::1") else asked.host
    lines = [f"The site is at http://{shown}:{asked.port} (Ctrl-C ends it); its records are in {name}."]
    if asked.host in ("0.0.0.0", "::"):
        lines.append("Everybody in this network can reach it under this computer's address.")
    if not teachers:
        where = f" --store {asked.store}" if asked.store else ""
        lines.append(f"There is no teacher's account yet; make one with: tutor admin add-teacher NAME@SCHOOL{where}")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    from click import Abort
    from streamlit.web import cli

    options = [
        f"--server.address={asked.host}",
        f"--server.port={asked.port}",
        f"--server.headless={'false' if asked.open_browser else 'true'}",
        f"--browser.serverAddress={shown}",
        "--logger.hideWelcomeMessage=true",
    ]
    with suppress(Abort, KeyboardInterrupt):  # Ctrl-C, after what was open has been closed
        cli.main(["run", str(APP), *options], prog_name="tutor serve", standalone_mode=False)


def environment(asked: Asked) -> dict[str, str]:
    """What the site reads from the environment, as the options say it."""
    said = {"FORWARDED_ALLOW_IPS": asked.proxy}
    if asked.store:
        said["TUTOR_STORE"] = asked.store
    if asked.processes:
        said["TUTOR_PROCESSES"] = str(asked.processes)
    if asked.model.model:
        said["TUTOR_MODEL"] = asked.model.model
    if asked.model.server:
        said["TUTOR_MODEL_SERVER"] = asked.model.server
    if asked.model.off:
        said["TUTOR_NO_MODEL"] = "1"
    return said


def require_free(host: str, port: int) -> None:
    """Raise where another program has the port, or the host is no address of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise CannotServe(f"{host}:{port} cannot be opened ({why}); choose another with --port") from None
