"""Where models of transformers lie on this machine; answers at once, without loading transformers."""

from __future__ import annotations

import os

from tutor.errors import ModelError


def hub_folder() -> str:
    """Where what was fetched from the hub is kept, as huggingface_hub settles it."""
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.join("~", ".cache")
    home = os.environ.get("HF_HOME") or os.path.join(caches, "huggingface")
    kept = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE") or os.path.join(home, "hub")
    return os.path.expanduser(kept)


def look_for(named: str) -> None:
    """Nothing, where a folder or an id of the hub may be loaded here.

    Raises:
        ModelError: it is not here; says how to get it.
    """
    if os.path.isdir(named) or os.path.isdir(os.path.join(hub_folder(), "models--" + named.replace("/", "--"))):
        return
    if named.count("/") > 1 or named.startswith((".", "/", "~")) or (os.sep != "/" and os.sep in named):
        raise ModelError(f"There is no folder {named}.")
    raise ModelError(
        f"There are no weights of {named!r} here (looked for in {hub_folder()}, and it is no folder).\n"
        f"With a network: hf download {named}\n"
        "Without: copy the folder of a machine that has it, and give its path, or set HF_HOME to where the cache is."
    )
