from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tutor.errors import ModelError
from tutor.slm import BACKENDS, ModelChoice, open_backend
from tutor.slm.backends import TRAINED, _parts
from tutor.slm.hub import hub_folder, look_for

CHOICES = [
    # options                                                      line of configuration        why it is here
    (ModelChoice(),                                                "bundled",                    "nothing said"),
    (ModelChoice(model="microsoft/phi-2"),                         "microsoft/phi-2",            "an id of the hub"),
    (ModelChoice(server="http://a:1/v1"),                          "server:http://a:1/v1",       "a server"),
    (ModelChoice(model="m", server="http://a:1/v1"),               "server:http://a:1/v1#m",     "one of its models"),
    (ModelChoice(model="m", server="http://a:1/v1", off=True),     "",                           "no model goes first"),
]  # fmt: skip


@pytest.mark.parametrize(("choice", "spec", "why"), CHOICES, ids=[why for _, _, why in CHOICES])
def test_options_become_a_line_of_configuration(choice: ModelChoice, spec: str, why: str) -> None:
    assert choice.spec == spec, why


def test_without_a_model_nothing_is_opened() -> None:
    assert ModelChoice(model="nobody/no-model", off=True).open() is None


@pytest.mark.parametrize(("said", "off"), [("1", True), ("true", True), ("yes", True), ("0", False), ("", False)])
def test_the_environment_is_read_as_the_options_are(said: str, off: bool) -> None:
    environment = {"TUTOR_MODEL": "m", "TUTOR_MODEL_SERVER": "http://a/v1", "TUTOR_NO_MODEL": said}
    assert ModelChoice.from_environment(environment) == ModelChoice("m", "http://a/v1", off)
    assert ModelChoice.from_environment({}) == ModelChoice()


SPECS = [
    # line of configuration      backend    its model                  why it is here
    ("echo",                     "echo",    "",                        "a name"),
    ("echo:parrot",              "echo",    "parrot",                  "a name with its model"),
    ("http://a:8000/v1#m",       "server",  "http://a:8000/v1#m",      "an address has a colon, too"),
    ("server:https://a/v1",      "server",  "https://a/v1",            "a name with an address"),
    ("microsoft/phi-2?bits=4",   "local",   "microsoft/phi-2?bits=4",  "an id with settings"),
    ("C:\\models\\phi",          "local",   "C:\\models\\phi",         "a folder with a colon"),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "name", "model", "why"), SPECS, ids=[why for *_, why in SPECS])
def test_a_line_of_configuration_names_a_backend(spec: str, name: str, model: str, why: str) -> None:
    assert _parts(spec) == (name, model), why
    assert name in BACKENDS


def test_a_folder_of_a_trained_model_is_opened_by_the_bundled_backend(tmp_path: Path) -> None:
    (tmp_path / TRAINED).write_text("{}")
    assert _parts(str(tmp_path)) == ("bundled", str(tmp_path))
    with pytest.raises(ModelError, match="lists no files"):
        open_backend(str(tmp_path))


def test_weights_that_are_not_here_are_said_to_be_before_anything_is_loaded() -> None:
    code = (
        "import sys\nfrom tutor.errors import ModelError\nfrom tutor.slm import open_backend\n"
        "try: open_backend('nobody/no-model')\n"
        "except ModelError as error: print('hf download' in str(error), 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True False\n"


VARIABLES = [
    # environment                                            where weights are looked for
    ({"HF_HUB_CACHE": "/a", "HF_HOME": "/b"},                "/a"),
    ({"HF_HOME": "/b", "XDG_CACHE_HOME": "/c"},              "/b/hub"),
    ({"XDG_CACHE_HOME": "/c"},                               "/c/huggingface/hub"),
]  # fmt: skip


@pytest.mark.parametrize(("environment", "folder"), VARIABLES)
def test_the_cache_of_the_hub_is_where_the_environment_says(
    environment: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert hub_folder() == folder


def test_what_was_fetched_from_the_hub_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelError, match="no weights of 'a/b'"):
        look_for("a/b")
    (tmp_path / "models--a--b").mkdir()
    look_for("a/b")
