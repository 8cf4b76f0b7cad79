"""What a browser gets of Streamlit's own files: the same as ever, smaller, and nothing that lies elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("streamlit")
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from web.assets import FOLDER, Assets


@pytest.fixture
def browser(tmp_path: Path) -> TestClient:
    (tmp_path / "files" / "js").mkdir(parents=True)
    (tmp_path / "files" / "js" / "page.AbC-1.js").write_text("const one = 1;\n" * 500)
    (tmp_path / "secret.js").write_text("a secret")

    async def beyond(request) -> PlainTextResponse:
        return PlainTextResponse("from beyond")

    site = Starlette(
        routes=[Route("/{path:path}", beyond, methods=["GET", "POST"])],
        middleware=[Middleware(Assets, folder=tmp_path / "files")],
    )
    return TestClient(site)


def test_a_script_is_sent_compressed_and_may_be_kept(browser: TestClient) -> None:
    for _ in range(2):
        answer = browser.get("/static/js/page.AbC-1.js")
        assert answer.text == "const one = 1;\n" * 500
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < 500
        assert "javascript" in answer.headers["content-type"]
        assert "immutable" in answer.headers["cache-control"]


def test_who_cannot_unpack_it_gets_it_as_it_is(browser: TestClient) -> None:
    answer = browser.get("/static/js/page.AbC-1.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert int(answer.headers["content-length"]) == 7_500


ELSEWHERE = """/ /static/js/other.js /static/js/../../secret.js /static/js/%2e%2e/%2e%2e/secret.js /static/js/
/static/secret.js /app/static/js/page.AbC-1.js"""


@pytest.mark.parametrize("path", ELSEWHERE.split())
def test_all_else_goes_on(browser: TestClient, path: str) -> None:
    assert browser.get(path).text == "from beyond"


def test_only_what_is_asked_for_whole_is_answered(browser: TestClient) -> None:
    assert browser.post("/static/js/page.AbC-1.js").text == "from beyond"
    assert browser.get("/static/js/page.AbC-1.js", headers={"range": "bytes=0-10"}).text == "from beyond"


def test_every_file_that_streamlit_has_is_answered_for() -> None:
    from web.assets import NAME

    names = [f"/static/{path.relative_to(FOLDER).as_posix()}" for path in FOLDER.rglob("*") if path.is_file()]
    assert names
    assert not [name for name in names if not NAME.fullmatch(name)]
