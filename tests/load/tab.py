"""A browser's tab as the site sees it: Streamlit's own messages over a WebSocket, without drawing anything."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from web.resources import COOKIE

PATIENCE_S = 30.0
ROW = '<div class="work '  # what the site draws for a line that is checked
WRITTEN = re.compile(r'<code class="written">(.*?)</code>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")

Path = tuple[int, ...]


class Fault(Exception):
    """The site did not do what a student needs it to do."""


@dataclass
class Shown:
    """An element of the page. run: the latest in which it was drawn; at: when that arrived."""

    element: Element
    fragment: str
    run: str
    at: float


@dataclass
class Tab:
    """One tab: what the page shows, what was typed into it, and the address that it is at."""

    connection: ClientConnection
    url: str
    query: str = ""
    page_hash: str = ""
    shown: dict[Path, Shown] = field(default_factory=dict)
    typed: dict[str, WidgetState] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    run: str = ""
    fragments: tuple[str, ...] = ()

    # ------------------------------------------------------------ what a person does

    async def open(self, path: str, query: str) -> None:
        """Go to a page by its address."""
        self.query = query
        self.page_hash = self.pages.get(path, "")
        self.typed = {}
        await self._send(ClientState(page_name="" if self.page_hash else path))
        await self._drawn()

    async def choose(self, label: str, option: str) -> None:
        """Choose one of the options in a row of that label."""
        shown = self._find("button_group", label)
        state = WidgetState(id=shown.element.button_group.id)
        state.string_array_value.data.append(option)
        self.typed[state.id] = state
        await self._send(ClientState(fragment_id=shown.fragment))
        await self._drawn(within=shown.fragment)

    async def write(self, label: str, text: str) -> None:
        """Replace what stands in the box of that label, and leave the box; does not wait for what is drawn then."""
        shown = self._find("text_area", label)
        self.typed[shown.element.text_area.id] = WidgetState(id=shown.element.text_area.id, string_value=text)
        await self._send(ClientState(fragment_id=shown.fragment))

    async def press(self, label: str) -> None:
        """Press a button of the page, and wait until the page is drawn."""
        shown = self._find("button", label)
        state = ClientState(fragment_id=shown.fragment)
        state.widget_states.widgets.append(WidgetState(id=shown.element.button.id, trigger_value=True))
        await self._send(state)
        await self._drawn(within=shown.fragment)

    # ------------------------------------------------------------ what a person sees

    def headings(self) -> list[str]:
        """The headings of the page."""
        return [shown.element.heading.body for shown in self._of("heading")]

    def lines(self) -> list[str]:
        """The lines of the work as the site shows them with their verdicts."""
        found = [WRITTEN.search(shown.element.html.body) for shown in self._rows()]
        return [unescape(TAG.sub("", match[1])) for match in found if match]

    def last_line_at(self) -> float:
        """When the last of them arrived."""
        return max((shown.at for shown in self._rows()), default=0.0)

    def _rows(self) -> Iterator[Shown]:
        return (shown for shown in self._of("html") if ROW in shown.element.html.body)

    def _of(self, kind: str) -> Iterator[Shown]:
        return (shown for _, shown in sorted(self.shown.items()) if shown.element.WhichOneof("type") == kind)

    def _find(self, kind: str, label: str) -> Shown:
        for shown in self._of(kind):
            if getattr(shown.element, kind).label == label:
                return shown
        raise Fault(f"no {kind} named {label}")

    # ------------------------------------------------------------ what goes over the wire

    async def _send(self, state: ClientState) -> None:
        """Ask for a run, with all that the widgets hold."""
        state.query_string = self.query
        state.page_script_hash = self.page_hash
        state.context_info.timezone = "Europe/Berlin"
        state.context_info.timezone_offset = -60
        state.context_info.locale = "en-GB"
        state.context_info.url = f"{self.url}/?{self.query}"
        state.context_info.color_scheme = "light"
        state.widget_states.widgets.extend(self.typed.values())
        await self.connection.send(BackMsg(rerun_script=state).SerializeToString())

    async def _drawn(self, within: str = "") -> None:
        """Take in what is drawn until a run has ended: of that fragment, else of the whole page."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not await self._one_message(within):
                    pass
        except TimeoutError:
            raise Fault(f"nothing came for {PATIENCE_S:g} s") from None

    async def _one_message(self, within: str) -> bool:
        data = await self.connection.recv()
        assert isinstance(data, bytes)
        message = ForwardMsg()
        message.ParseFromString(data)
        match message.WhichOneof("type"):
            case "new_session":
                new = message.new_session
                self.run, self.page_hash = message.metadata.run.script_run_id, new.page_script_hash
                self.fragments = tuple(message.metadata.run.fragment_ids)
                self.pages.update((page.url_pathname, page.page_script_hash) for page in new.app_pages)
            case "navigation":
                new = message.navigation
                self.pages.update((page.url_pathname, page.page_script_hash) for page in new.app_pages)
                self.page_hash = new.page_script_hash
            case "page_not_found":
                raise Fault("the page was not found")
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta":
                self._take(tuple(message.metadata.delta_path), message.delta)
            case "script_finished":
                return self._ended(message.script_finished, within)
        return False

    def _take(self, path: Path, delta: Delta) -> None:
        for below in [other for other in self.shown if other[: len(path)] == path and other != path]:
            if delta.WhichOneof("type") == "new_element":
                del self.shown[below]
        self.shown.pop(path, None)
        if delta.WhichOneof("type") == "new_element":
            self.shown[path] = Shown(delta.new_element, delta.fragment_id, self.run, time.monotonic())
            if delta.new_element.WhichOneof("type") == "exception":
                raise Fault("an error is shown")

    def _ended(self, how: int, within: str) -> bool:
        """Whether what was waited for is drawn; what no run of the page has drawn anew is gone then."""
        if how == ForwardMsg.FINISHED_SUCCESSFULLY and not self.fragments:
            self.shown = {path: shown for path, shown in self.shown.items() if shown.run == self.run}
            return True
        if how == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
            mine = set(self.fragments)
            self.shown = {p: s for p, s in self.shown.items() if s.fragment not in mine or s.run == self.run}
            return bool(within)
        return False


def cookies(token: str) -> dict[str, str]:
    """What a browser sends of a reader of English who has that session."""
    return {"Cookie": f"{COOKIE}={token}", "Accept-Language": "en-GB"}


class opened:  # noqa: N801 - used as a function
    """A tab on the site, of whoever has that session."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self._connecting = connect(
            f"ws{url.removeprefix('http')}/_stcore/stream",
            additional_headers=cookies(token),
            subprotocols=["streamlit"],
            max_size=None,
            open_timeout=PATIENCE_S,
        )

    async def __aenter__(self) -> Tab:
        return Tab(await self._connecting.__aenter__(), self.url)

    async def __aexit__(self, *error: object) -> None:
        await self._connecting.__aexit__(*error)
