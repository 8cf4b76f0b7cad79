"""For teachers with an account of their school's: on to the service that identifies them."""

from __future__ import annotations

import streamlit as st

from web import oidc
from web.words import _


def identify_page() -> None:
    """Ask the service who is there; say so where it is nobody whom this site knows as a teacher."""
    if not oidc.claims():
        st.login()
        st.stop()
    st.title(_("No teacher has this account"))
    st.write(_("Your school's service has told us who you are, but no teacher's account here has that e-mail address."))
    st.write(_("Please ask whoever runs this site to make one."))
    if st.button(_("Sign out"), type="primary"):
        st.logout()
