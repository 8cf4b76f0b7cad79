"""The compiled tables are those of the files, and a file that was changed is read anew."""

from __future__ import annotations

from tutor.laws.catalogue import COMPILED, DATA, compile_data, tables_of


def test_the_compiled_tables_are_fresh() -> None:
    written = (DATA / COMPILED).read_text(encoding="utf-8")
    assert written == compile_data(), "run python -m tutor.laws"


def test_a_changed_file_is_read_itself() -> None:
    assert tables_of(DATA / "energy.toml", '[a]\nname = "b"') == {"a": {"name": "b"}}
