"""What a page shows where something is wrong with the site: calm words, a number for the log, no traceback."""

from __future__ import annotations

import streamlit as st

from tutor.store import OlderStore, SignedOut, StoreBusy, StoreError
from web.logs import LOG, fault
from web.words import _


def draw_store_trouble(error: StoreError) -> None:
    """The records cannot be reached, or not any more by whoever sits there."""
    if isinstance(error, SignedOut):
        st.subheader(_("You have signed out"))
        st.markdown(_("Nothing was changed. Load the page again to come back in."))
        return
    LOG.error('{"event":"store","fault":"%s"}', type(error).__name__)
    st.subheader(_("The site has a problem"))
    if isinstance(error, StoreBusy):
        st.markdown(_("Very many people are here at the moment. Nothing you handed in is lost."))
    elif isinstance(error, OlderStore):
        st.markdown(_("It is being brought up to date. Nothing you handed in is lost."))
    else:
        st.markdown(_("It cannot reach its records. Nothing you handed in is lost."))
    if st.button(_("Try again"), type="primary", key="try-again"):
        st.rerun()


def on_script_error(error: Exception) -> bool:
    """For what a page did not foresee; Streamlit then shows no traceback."""
    if isinstance(error, StoreError):
        draw_store_trouble(error)
        return True
    number = fault(error)
    st.subheader(_("Something went wrong here"))
    said = _("It is not your fault, and nothing you handed in is lost. Load the page again.")
    again = _("If it happens again, tell your teacher this number: {number}").format(number=f"`{number}`")
    st.markdown(f"{said} {again}")
    return True
