"""When two lines are the same case, so that a teacher's word on one of them holds for the other."""

from __future__ import annotations

import hashlib
import json

from tutor.syntax.same import same_line


def case_key(problem_id: str, text: str) -> str:
    """A digest of problem and line; blanks matter only between two letters or digits.

    >>> case_key("p", "2x = 4") == case_key("p", " 2x=4 ")
    True
    >>> case_key("p", "x²") == case_key("p", "x2"), case_key("p", "1 2") == case_key("p", "12")
    (False, False)
    """
    return hashlib.sha256(json.dumps([problem_id, same_line(text)]).encode()).hexdigest()
