"""What is served beside the pages: forms to come in by, health, metrics."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web.routes.coming_in import COMING_IN
from web.routes.health import HEALTH

ROUTES: list[BaseRoute] = [*COMING_IN, *HEALTH]
