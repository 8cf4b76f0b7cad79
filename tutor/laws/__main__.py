"""`python -m tutor.laws` writes the compiled tables beside the laws, after a law, role or condition was changed."""

from __future__ import annotations

import sys

from tutor.errors import AuthorError
from tutor.laws.catalogue import COMPILED, DATA, catalogue_of, compile_data


def main() -> int:
    """Write the tables, of files without a fault alone; 1 where there is one."""
    found = catalogue_of(DATA)
    faults = list(found.faults)
    for law in found.laws.values():
        try:
            law.read_all()
        except AuthorError as error:
            faults.append(str(error))
    if faults:
        sys.stderr.write("\n".join(faults) + "\n")
        return 1
    (DATA / COMPILED).write_text(compile_data(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
