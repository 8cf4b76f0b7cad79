"""What all sessions share: one language model, opened when the first line in words comes."""

from __future__ import annotations

import streamlit as st

from tutor.slm.choice import ModelChoice
from tutor.slm.standby import Standby


@st.cache_resource(max_entries=1)
def language_model() -> Standby | None:
    """The model that the environment chooses, the bundled one where it says nothing; None where it is switched off."""
    choice = ModelChoice.from_environment()
    return None if choice.off else Standby(choice)
