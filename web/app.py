"""The site as one ASGI application: `streamlit run web/app.py`, or `tutor serve`. Pages are drawn by `web/main.py`."""

from __future__ import annotations

import sys
from pathlib import Path

# `streamlit run` puts this folder on the path, of which no module is to be imported by its bare name.
HERE = Path(__file__).resolve().parent
sys.path[:] = [str(HERE.parent), *(each for each in sys.path if Path(each or ".").resolve() not in (HERE, HERE.parent))]

import streamlit as st  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402
from streamlit import net_util  # noqa: E402

from web.assets import Assets  # noqa: E402
from web.headers import SecurityHeaders  # noqa: E402
from web.lifespan import lifespan  # noqa: E402
from web.routes import ROUTES  # noqa: E402
from web.trouble import on_script_error  # noqa: E402
from web.ways import Ways  # noqa: E402

# Streamlit would ask a host outside for this machine's address whenever a page of another site tries to connect.
net_util._external_ip = ""

app = st.App(
    HERE / "main.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[Middleware(SecurityHeaders), Middleware(Ways), Middleware(Assets)],
    on_script_error=on_script_error,
)
