"""Before the first request and after the last: what waits is taken up, what is old goes, trouble is said in words."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest

pytest.importorskip("streamlit")

from tests.web.conftest import MAIN
from tutor.store import StoreBusy, StoreError
from web import lifespan, logs, resources


def test_what_a_class_no_longer_wants_kept_is_deleted(site, room, joined, monkeypatch):
    from datetime import UTC, datetime, timedelta

    assert lifespan.purged()
    assert len(site.of_teacher(room.teacher_id).in_class(room.id).students.all()) == 1
    monkeypatch.setattr(site, "now", lambda: datetime.now(UTC) + timedelta(days=500))
    assert lifespan.purged()
    assert not site.of_teacher(room.teacher_id).in_class(room.id).students.all()


def test_a_database_that_cannot_be_opened_is_tried_again(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(logging.getLogger("tutor"), "propagate", True)
    monkeypatch.setenv("TUTOR_STORE", f"sqlite:///{tmp_path}/not there/site.db")
    (tmp_path / "not there").write_text("a file, no folder")
    resources.store.cache_clear()
    with caplog.at_level(logging.ERROR):
        assert not lifespan.opened()
    assert "store cannot be used" in caplog.text
    resources.store.cache_clear()


def test_a_page_says_that_the_records_cannot_be_reached(site, page, monkeypatch):
    def gone(token):
        raise StoreError("no such file: /srv/secret/place.db")

    tab = page()
    monkeypatch.setattr(site.sessions, "who", gone)
    tab.run()
    assert not tab.exception
    assert [each.value for each in tab.subheader] == ["The site has a problem"]
    assert "place.db" not in " ".join(each.value for each in tab.markdown)
    assert [each.label for each in tab.button] == ["Try again"]


def test_a_page_says_that_many_are_here(site, page, monkeypatch):
    def busy(token):
        raise StoreBusy("locked")

    monkeypatch.setattr(site.sessions, "who", busy)
    assert any("Very many people" in each.value for each in page().markdown)


def test_the_log_names_a_fault_without_what_a_student_wrote(caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("tutor"), "propagate", True)
    record = logging.LogRecord("tutor.x", logging.ERROR, "f.py", 1, "broke", (), None)
    try:
        raise ValueError("2x = 4, wrote Bo")
    except ValueError as error:
        record.exc_info = (ValueError, error, error.__traceback__)
        with caplog.at_level(logging.ERROR):
            reference = logs.fault(error)
    line, noted = json.loads(logs.Lines().format(record)), json.loads(caplog.messages[-1])
    assert line["fault"] == noted["fault"] == "ValueError"
    assert noted["reference"] == reference
    assert line["where"][-1].startswith("test_lifespan.py:")
    assert "Bo" not in json.dumps([line, noted])


def test_streamlit_logs_no_exception_that_may_quote_a_student(capsys):
    script = """
import streamlit.error_util as e, web.logs
from streamlit import config
config._main_script_path = "MAIN"
assert not config.get_option("logger.enableRich")
web.logs.begin()
e._log_uncaught_app_exception(ValueError("2x = 4, wrote Bo"))
web.logs.LOG.info("on")
""".replace("MAIN", str(MAIN))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=MAIN.parents[1])
    assert done.returncode == 0, done.stderr
    assert '"message": "on"' in done.stderr
    assert "Bo" not in done.stdout + done.stderr


def test_a_line_of_the_service_s_log_is_taken_in():
    record = logging.LogRecord("tutor.service", logging.INFO, "f.py", 1, '{"event":"checked","lines":2}', (), None)
    line = json.loads(logs.Lines().format(record))
    assert (line["event"], line["lines"], line["from"], line["level"]) == ("checked", 2, "tutor.service", "info")


def test_a_fault_is_shown_with_a_number_and_no_traceback():
    from streamlit.testing.v1 import AppTest

    def broken() -> None:
        from web.trouble import on_script_error

        assert on_script_error(ValueError("2x = 4, wrote Bo"))

    tab = AppTest.from_function(broken).run()
    shown = " ".join(each.value for each in (*tab.subheader, *tab.markdown))
    assert "Something went wrong here" in shown
    assert "this number: `" in shown
    assert "Bo" not in shown
