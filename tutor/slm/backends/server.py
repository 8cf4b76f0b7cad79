"""A model behind an OpenAI-compatible server: vLLM, llama.cpp, Ollama, `transformers serve`, a hosted one.

What comes over the wire is hostile until read: its size, its time and its fields are held to limits, and a server that
breaks them costs the lines that were asked, never the run.
"""

from __future__ import annotations

import http.client
import json
import math
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tutor.errors import ModelError
from tutor.slm.backends.generative import Ask, Completion, Generative, shown_safely
from tutor.slm.grammar import Grammar

KEY_VARIABLE = "TUTOR_MODEL_KEY"
MAX_REPLY = 2_000_000  # bytes
MAX_TEXT = 20_000  # characters of one completion
MAX_STOPS = 4  # the protocol's; the others are looked for in the reply
MAX_WAIT_S = 20.0  # whatever a server's Retry-After asks for
TRY_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
FAILURES_IN_A_ROW = 3
NO_CHAT = frozenset({404, 405, 501})
NOT_TAKEN = frozenset({400, 422})
# What makes a reply better where a server takes it: some refuse what they do not know.
EXTRAS = ("logprobs", "seed", "temperature", "chat_template_kwargs")
# A grammar goes by another name in each server, and those of the others are passed over: vLLM, vLLM before 0.12,
# llama.cpp and LocalAI, SGLang.
GRAMMARS = ("structured_outputs", "guided_grammar", "grammar", "ebnf")
ROOM_FOR_JSON = 48  # tokens more, for the signs around the lines


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how often and how many at once a server is asked.

    timeout_s: for one reply in all, not between two bytes of it.
    tries: of one request; between them it waits backoff_s, then twice as long.
    """

    timeout_s: float = 60.0
    tries: int = 3
    backoff_s: float = 0.5
    at_once: int = 4


LIMITS = Limits()


class Held(Enum):
    """How a server holds a model to the notation."""

    GRAMMAR = "grammar"
    SCHEMA = "schema"  # JSON, by `response_format`
    NOT = "not"


class _Way(NamedTuple):
    """How a server is asked. extras: with the fields of `EXTRAS`."""

    held: Held
    extras: bool


WAYS = tuple(_Way(held, extras) for extras in (True, False) for held in Held)


class _Again(ModelError):
    """A failure that may pass.

    Attributes:
        wait_s: how long the server asks to be left alone; None where it does not say.
    """

    def __init__(self, message: str, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class _Absent(ModelError):
    """The server has no such address."""


class _NotTaken(ModelError):
    """The server refuses a field of the request."""


class Server(Generative):
    """A model of a server, asked by /chat/completions, or by /completions where it has no chat.

    model: the address, `http://localhost:8000/v1`, with `#name` for one of its models; without, the first it lists.
    """

    name = "server"

    def __init__(self, model: str, *, seed: int = 0, limits: Limits = LIMITS) -> None:
        address, _, named = model.partition("#")
        none = f"{address!r} is no address of a server"
        try:
            parts = urlsplit(address)
        except ValueError as error:  # an open bracket
            raise ModelError(f"{none}: {error}") from None
        plain = address.isascii() and address.isprintable() and " " not in address
        if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
            raise ModelError(f"{none}; one looks like http://localhost:8000/v1")
        try:
            self._port = parts.port
        except ValueError:
            raise ModelError(f"{none}: its port is no number up to 65535") from None
        self._secure = parts.scheme == "https"
        self._host = parts.hostname
        self._path = parts.path.rstrip("/") or "/v1"
        self.limits = limits
        self._chat = True
        self._ways: dict[bool, _Way] = {}  # that the server takes, with a grammar to hold to and without
        self._failures = 0
        self._underway: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__("", seed=seed)
        self._named = named or self._first_model()
        self.model = f"{self._named} at {self._host}"

    def complete(
        self,
        prompt: str,
        *,
        stop: Sequence[str],
        limit: int,
        grammar: Grammar | None = None,
        seed: int = 0,
        temperature: float = 0.0,
    ) -> Completion:
        """What the server's model writes after a prompt, held to the grammar where the server can do that.

        Raises:
            ModelError: it could not be reached, went over a limit, or answered what is no completion.
        """
        asked: dict[str, Any] = {
            "model": self._named, "max_tokens": limit, "stop": list(stop)[:MAX_STOPS], "seed": seed,
            "temperature": temperature, "stream": False,
        }  # fmt: skip
        if self._chat:
            try:
                body = {
                    **asked,
                    "messages": [{"role": "user", "content": prompt}],
                    "logprobs": True,
                    "chat_template_kwargs": {"enable_thinking": False},
                }
                return self._held_to(grammar, "/chat/completions", body, stop)
            except _Absent:
                self._chat = False
        body = {**asked, "prompt": f"Instruct: {prompt}Output:", "logprobs": 1}
        return self._held_to(grammar, "/completions", body, stop)

    def complete_all(
        self, asks: Sequence[Ask], *, stop: Sequence[str], seed: int = 0, temperature: float = 0.0
    ) -> list[Completion | ModelError]:
        """The completion of each prompt, several underway at once."""

        def one(ask: Ask) -> Completion | ModelError:
            try:
                return self.complete(
                    ask.text, stop=stop, limit=ask.limit, grammar=ask.grammar, seed=seed, temperature=temperature
                )
            except ModelError as error:
                return error

        with ThreadPoolExecutor(max(1, min(self.limits.at_once, len(asks)))) as pool:
            return list(pool.map(one, asks))

    def close(self) -> None:
        """Hang up on whatever is underway."""
        super().close()
        with self._lock:
            for held in self._underway:
                _hang_up(held)

    # ------------------------------------------------------------ what is said

    def _first_model(self) -> str:
        said = self._ask("/models", None)
        listed = said.get("data") if isinstance(said, dict) else None
        first = listed[0] if isinstance(listed, list) and listed else None
        named = first.get("id") if isinstance(first, dict) else None
        if not isinstance(named, str) or not named or len(named) > 200 or not named.isprintable():
            raise ModelError(f"{self._where} lists no model; name one: {self._where}#NAME")
        return named

    def _completion(self, said: object, stop: Sequence[str]) -> Completion:
        choices = said.get("choices") if isinstance(said, dict) else None
        first = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(said, dict) or not isinstance(first, dict):
            raise self._lie("choices", said)
        message = first.get("message")
        text = message.get("content") if isinstance(message, dict) else first.get("text")
        if not isinstance(text, str):
            raise self._lie("the text of choices[0]", said)
        if len(text) > MAX_TEXT:
            raise ModelError(f"{self._where} wrote {len(text):,} characters; at most {MAX_TEXT:,} are taken")
        usage = said.get("usage")
        tokens = usage.get("completion_tokens") if isinstance(usage, dict) else 0
        text = text.encode(errors="replace").decode()  # halves of characters, which no file takes
        cut = min((at for s in stop if (at := text.find(s)) >= 0), default=None)
        limited = first.get("finish_reason") == "length" and cut is None
        return Completion(
            text[:cut],
            "limit" if limited else "stop",
            tokens if isinstance(tokens, int) and tokens >= 0 else 0,
            _log_probability(first.get("logprobs")),
        )

    def _lie(self, missing: str, said: object) -> ModelError:
        shown = json.dumps(said)[:120]
        return ModelError(f"{self._where} answered what is no completion ({missing} is not there): {shown}")

    @property
    def _where(self) -> str:
        port = f":{self._port}" if self._port else ""
        return f"http{'s' if self._secure else ''}://{self._host}{port}{self._path}"

    # ------------------------------------------------------------ how it is asked

    def _held_to(self, grammar: Grammar | None, path: str, body: Mapping[str, Any], stop: Sequence[str]) -> Completion:
        """The completion, asked for in the first way that the server takes, which is the first one next time.

        Where it once took a way, and not for this request, it may be this grammar: it is asked once without.
        """
        usual = self._ways.get(grammar is not None)
        if usual is None:
            ways = [way for way in WAYS if grammar is not None or way.held is Held.NOT]
        else:
            ways = list(dict.fromkeys((usual, _Way(Held.NOT, usual.extras))))
        for way in ways:
            try:
                said = self._ask(path, _as_asked(body, way, grammar))
            except _NotTaken:
                if way == ways[-1]:
                    raise
                continue
            self._ways.setdefault(grammar is not None, way)
            found = self._completion(said, stop)
            if grammar is None or way.held is not Held.SCHEMA:
                return found
            return replace(found, text=grammar.from_json(found.text))
        raise AssertionError("the last way returns or raises")

    def _ask(self, path: str, body: Mapping[str, Any] | None) -> object:
        """The reply to a request, tried again where a failure may pass."""
        if self._failures >= FAILURES_IN_A_ROW:
            raise ModelError(f"{self._where} failed {FAILURES_IN_A_ROW} times in a row and is not asked again.")
        wait_s = self.limits.backoff_s
        for left in range(self.limits.tries - 1, -1, -1):
            if self.cancelled.is_set():
                raise ModelError(f"{self._where} was not asked: the run was stopped.")
            try:
                said = self._exchange(path, body)
            except _Again as error:
                if not left:
                    self._failures += 1
                    raise ModelError(str(error)) from None
                self.cancelled.wait(min(error.wait_s if error.wait_s is not None else wait_s, MAX_WAIT_S))
                wait_s *= 2
            else:
                self._failures = 0
                return said
        raise AssertionError("the last try returns or raises")

    def _exchange(self, path: str, body: Mapping[str, Any] | None) -> object:
        limit_s = self.limits.timeout_s
        connection = self._connection(limit_s)
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
        if key := os.environ.get(KEY_VARIABLE, "").strip():
            if not (key.isascii() and key.isprintable()):
                raise ModelError(f"{KEY_VARIABLE} holds a sign that no key has.")
            headers["Authorization"] = f"Bearer {key}"
        payload = None if body is None else json.dumps(body).encode()
        begun = time.monotonic()
        try:
            connection.connect()
            with self._watched(connection.sock, limit_s):
                connection.request("GET" if body is None else "POST", self._path + path, payload, headers)
                reply = connection.getresponse()
                raw = reply.read(MAX_REPLY + 1)
                status, retry_after = reply.status, reply.getheader("Retry-After")
            error: Exception | None = None
        except ssl.SSLCertVerificationError as untrusted:
            raise ModelError(f"{self._where}: its certificate cannot be trusted ({untrusted.verify_message})") from None
        except (OSError, http.client.HTTPException, ValueError) as failed:
            # ValueError is http.client's where the socket was closed under it.
            error = failed
        finally:
            connection.close()
        if self.cancelled.is_set():
            raise ModelError(f"{self._where}: the run was stopped.")
        if isinstance(error, TimeoutError) or time.monotonic() - begun >= limit_s:
            raise _Again(f"{self._where} did not answer within {limit_s:g} s.")
        if error is not None:
            why = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
            raise _Again(f"{self._where} could not be reached ({why}). Is the server running?")
        return self._content(path, status, raw, retry_after)

    @contextmanager
    def _watched(self, held: socket.socket, limit_s: float) -> Iterator[None]:
        """Hang up after so long: a time-out of the socket begins anew with each byte, this one does not."""
        watch = threading.Timer(limit_s, _hang_up, (held,))
        watch.daemon = True
        with self._lock:
            self._underway.add(held)
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            with self._lock:
                self._underway.discard(held)

    def _connection(self, limit_s: float) -> http.client.HTTPConnection:
        if self._secure:
            return http.client.HTTPSConnection(self._host, self._port, timeout=limit_s)
        return http.client.HTTPConnection(self._host, self._port, timeout=limit_s)

    def _content(self, path: str, status: int, raw: bytes, retry_after: str | None) -> object:
        shown = shown_safely(" ".join(raw[:120].decode("utf-8", "replace").split()))
        if status in TRY_AGAIN:
            raise _Again(f"{self._where} is busy or failing (status {status}): {shown}", _seconds(retry_after))
        if status in NO_CHAT and path == "/chat/completions":
            raise _Absent(f"{self._where} has no chat")
        if status in (401, 403):
            raise ModelError(f"{self._where} wants a key (status {status}): put it into {KEY_VARIABLE}.")
        if status in NOT_TAKEN:
            raise _NotTaken(f"{self._where}{path} answered with status {status}: {shown}")
        if status != http.HTTPStatus.OK:
            raise ModelError(f"{self._where}{path} answered with status {status}: {shown}")
        if len(raw) > MAX_REPLY:
            raise ModelError(f"{self._where} answered with more than {MAX_REPLY:,} bytes; that is no completion.")
        try:
            return json.loads(raw)
        except (ValueError, RecursionError):
            raise ModelError(f"{self._where} answered what is no JSON: {shown}") from None


def _as_asked(body: Mapping[str, Any], way: _Way, grammar: Grammar | None) -> dict[str, Any]:
    """The request in one of the ways of asking."""
    asked = dict(body) if way.extras else {name: value for name, value in body.items() if name not in EXTRAS}
    if grammar is None or way.held is Held.NOT:
        return asked
    if way.held is Held.GRAMMAR:
        asked |= dict.fromkeys(GRAMMARS, grammar.gbnf) | {"structured_outputs": {"grammar": grammar.gbnf}}
    else:
        schema = {"name": "reply", "strict": True, "schema": grammar.schema}
        asked |= {"response_format": {"type": "json_schema", "json_schema": schema}}
        asked["max_tokens"] += ROOM_FOR_JSON
    return asked


def _hang_up(held: socket.socket) -> None:
    try:
        held.shutdown(socket.SHUT_RDWR)  # wakes a thread that waits for a byte; closing alone does not
    except OSError:
        return


def _seconds(retry_after: str | None) -> float | None:
    """What Retry-After asks for: seconds, or a date."""
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _log_probability(said: object) -> float | None:
    """The sum over the tokens, in the shape of chat ({"content": [{"logprob"}]}) or of completions."""
    if not isinstance(said, dict):
        return None
    content = said.get("content")
    each = [t.get("logprob") for t in content if isinstance(t, dict)] if isinstance(content, list) else None
    each = said.get("token_logprobs") if each is None else each
    if not isinstance(each, list) or not each:
        return None
    total = 0.0
    for number in each:
        if not isinstance(number, int | float) or isinstance(number, bool) or not abs(number) < math.inf:
            return None
        total += min(max(number, _LEAST), 0)
    return total


_LEAST = -1e6  # of one token; JSON may hold whole numbers that no float holds
