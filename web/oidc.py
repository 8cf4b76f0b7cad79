"""Teachers whom another service identifies (OpenID Connect), where Streamlit's `[auth]` secrets name one.

The service says who somebody is; whether that is a teacher here stands in our own table, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st
from streamlit.runtime.secrets import secrets_singleton

from tutor.store.records import Teacher

COOKIES: Final = ("_streamlit_user", "_streamlit_tokens")  # that Streamlit keeps of it, maybe in pieces


def configured() -> bool:
    """Whether there is a service to ask."""
    return secrets_singleton.load_if_toml_exists() and "auth" in secrets_singleton


def claims() -> Mapping[str, Any]:
    """What the service has said of whoever is behind the tab; nothing where it was not asked."""
    return st.user.to_dict() if getattr(st.user, "is_logged_in", False) else {}


def teacher_of(said: Mapping[str, Any], known: Callable[[str], Teacher | None]) -> Teacher | None:
    """The teacher whom these claims are of; None where the address is not verified, or no teacher has it.

    >>> teacher_of({"email": "ada@example.org"}, lambda login: None) is None
    True
    """
    address = said.get("email")
    if not isinstance(address, str) or "@" not in address or said.get("email_verified") is not True:
        return None
    return known(address)
