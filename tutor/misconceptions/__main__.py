"""`python -m tutor.misconceptions` writes the compiled catalogue, after an entry was changed."""

from __future__ import annotations

from tutor.misconceptions.catalogue import COMPILED, DATA, compile_data

if __name__ == "__main__":
    (DATA / COMPILED).write_text(compile_data(), encoding="utf-8")
