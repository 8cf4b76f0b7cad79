"""The site as one ASGI application: `streamlit run web/app.py`, or `tutor serve`. Pages are drawn by `web/main.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from web.lifespan import lifespan
from web.routes import ROUTES

app = st.App(Path(__file__).with_name("main.py"), lifespan=lifespan, routes=ROUTES)
