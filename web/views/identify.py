"""For teachers with an account of their school's: on to the service that identifies them, or what to do instead."""

from __future__ import annotations

import streamlit as st

from web.words import _


def identify_page() -> None:
    """Ask the service who is there."""
    st.login()
    st.stop()


def draw_unknown() -> None:
    """The service has said who is there, and it is nobody whom this site knows as a teacher."""
    st.title(_("No teacher has this account"))
    st.text(_("Your school's service has told us who you are, but no teacher's account here has that e-mail address."))
    st.text(_("Please ask whoever runs this site to make one."))
    if st.button(_("Sign out"), type="primary", key="sign-out-of-service"):
        st.logout()
