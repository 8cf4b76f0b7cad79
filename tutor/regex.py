"""Regular expressions that are compiled when they are first used: of some four hundred, one run needs fifty."""

from __future__ import annotations

import re
from typing import Any, cast

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex")


class _Uncompiled:
    """Stands for a pattern; what is asked of it first compiles it, and from then on it has the pattern's methods."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.asked = flags

    def __getattr__(self, name: str) -> Any:
        """Reached only while there is no such attribute."""
        if name not in METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.asked)
        for each in METHODS:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, to be used as a compiled one; one that is no regular expression fails at its first use."""
    return cast("re.Pattern[str]", _Uncompiled(pattern, flags))
