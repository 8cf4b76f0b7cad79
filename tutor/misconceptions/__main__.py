"""`python -m tutor.misconceptions` writes the compiled catalogue and the index of rules, after one was changed."""

from __future__ import annotations

from tutor.misconceptions.catalogue import COMPILED, DATA, compile_data, entries
from tutor.misconceptions.needs import compile_index
from tutor.misconceptions.rules import INDEX

if __name__ == "__main__":
    (DATA / COMPILED).write_text(compile_data(), encoding="utf-8")
    entries.cache_clear()
    (DATA / INDEX).write_text(compile_index(), encoding="utf-8")
