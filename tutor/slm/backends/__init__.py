"""The backends by name, and opening one from a line of configuration."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from tutor.slm.hub import look_for

if TYPE_CHECKING:
    from tutor.slm.jobs import Backend

# Each class is called with the model (empty for its own) and `seed`; nothing is imported before it is opened.
BACKENDS = {
    "bundled": "tutor.slm.backends.bundled:Bundled",
    "local": "tutor.slm.backends.local:Local",
    "server": "tutor.slm.backends.server:Server",
    "echo": "tutor.slm.backends.echo:Echo",
}

DEFAULT = "microsoft/phi-2"  # of `local`
TRAINED = "manifest.json"  # which no folder of transformers has


def open_backend(spec: str, *, seed: int = 0) -> Backend:
    """The backend that a line of configuration names, with its weights or its connection.

    spec: a name in `BACKENDS` (`bundled`, `echo`), a name with its model (`local:./phi-2`), the address of a server
        (`http://localhost:8000/v1`, with `#name` for one of its models), a folder that `tutor train` wrote, or else a
        model of transformers: an id of the hub (`microsoft/phi-2`) or a folder.

    Raises:
        ModelError: it cannot be opened, and what to do about it.
    """
    name, model = _parts(spec)
    if name == "local":
        look_for((model or DEFAULT).partition("?")[0])  # said at once, before PyTorch is loaded
    module, _, kind = BACKENDS[name].partition(":")
    backend: Backend = getattr(import_module(module), kind)(model, seed=seed)
    return backend


def _parts(spec: str) -> tuple[str, str]:
    if spec in BACKENDS:
        return spec, ""
    if spec.startswith(("http://", "https://")):
        return "server", spec
    name, _, model = spec.partition(":")
    if model and name in BACKENDS:
        return name, model
    if os.path.isfile(os.path.join(spec, TRAINED)):
        return "bundled", spec
    return "local", spec
