"""`python -m tutor.laws` writes the compiled tables beside the laws, after a law, role or condition was changed."""

from __future__ import annotations

from tutor.laws.catalogue import COMPILED, DATA, compile_data

if __name__ == "__main__":
    (DATA / COMPILED).write_text(compile_data(), encoding="utf-8")
