"""The compiled tables are those of the files, and a file that was changed is read anew."""

from __future__ import annotations

from tutor.laws.catalogue import COMPILED, DATA, compile_data, not_compiled


def test_the_compiled_tables_are_fresh() -> None:
    written = (DATA / COMPILED).read_text(encoding="utf-8")
    assert written == compile_data(), "run python -m tutor.laws"
    assert not_compiled() == ()
