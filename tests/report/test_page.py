import json
import re
from html.parser import HTMLParser

import pytest

from tests.report.test_tables import CLASS, RIGHT, WRONG, report, step
from tutor.cli.grade import StoredReports
from tutor.report.page import ONE_FILE, About, mathml, trusted_mathml, write_html
from tutor.report.summary import ClassSummary

ABOUT = About("Class <b>9b</b>", {"p": {"title": "Adding & more", "statement": "Find <i>x</i>"}}, "Program abc.")
EVIL = '<script>alert(1)</script><img src=x onerror="alert(1)">'


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found, self.ids, self.links = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)
        given = dict(attrs)
        self.ids.add(given.get("id"))
        self.links.append(given.get("href") or given.get("src") or "")
        assert not [a for a, _ in attrs if a.startswith("on")]


def page(tmp_path, reports, about=ABOUT):
    (tmp_path / "results.jsonl").write_text("".join(json.dumps(r) + "\n" for r in reports), encoding="utf-8")
    stored = StoredReports((tmp_path / "results.jsonl",))
    files = write_html(tmp_path / "report.html", stored, ClassSummary.of(stored), about)
    return files, files[0].read_text(encoding="utf-8")


def test_nothing_a_student_wrote_becomes_html(tmp_path):
    evil = report(EVIL, EVIL, "p", steps=[step(0, EVIL, "correct", RIGHT)], message=EVIL)
    _, text = page(tmp_path, [evil])
    tags = Tags(text)
    assert "script" not in tags.found
    assert "img" not in tags.found
    assert "b" not in text.split("<h1>")[1].split("</h1>")[0].replace("&lt;b&gt;", "").split("<")[1:]


def test_the_page_fetches_nothing(tmp_path):
    _, text = page(tmp_path, CLASS)
    assert all(link == "" or link.startswith("#") for link in Tags(text).links)
    assert "url(" not in text
    assert "default-src 'none'" in text


def test_every_link_leads_somewhere(tmp_path):
    _, text = page(tmp_path, CLASS)
    tags = Tags(text)
    assert {link[1:] for link in tags.links if link.startswith("#")} <= tags.ids


def test_one_wrong_line_is_one_line(tmp_path):
    _, text = page(tmp_path, [report("a", "anna", "p", steps=[step(0, "1+1 = 3", "wrong", WRONG)])])
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))
    assert "1wrong line " in plain
    assert "1line checked" in plain


def test_each_line_has_icon_word_and_reason(tmp_path):
    _, text = page(tmp_path, CLASS)
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))
    assert "✗ wrong" in plain
    assert "1+1 is 2, not 3." in plain
    assert "Something is missing after this sign." in plain


def test_a_large_class_is_an_index_and_a_page_a_student(tmp_path):
    reports = [report(str(n), f"s {n // 2}", "p", steps=[step(0, "1 = 1", "correct", RIGHT)]) for n in range(ONE_FILE)]
    files, index = page(tmp_path, reports)
    assert len(files) == 1 + ONE_FILE // 2
    links = {link for link in Tags(index).links if link.endswith(".html")}
    assert links == {f.relative_to(tmp_path).as_posix() for f in files[1:]}
    assert files[1].read_text(encoding="utf-8").count('<li class="line') == 2


@pytest.mark.parametrize(
    "text",
    [
        "<math><mtext href='javascript:x'>x</mtext></math>",
        "<math><maction actiontype='x'>x</maction></math>"[:-3],
        "<math><svg/></math>",
        "not xml",
        '<!DOCTYPE a [<!ENTITY b "c">]><math><mi>&b;</mi></math>',
    ],
)
def test_only_plain_mathml_is_let_through(text):
    assert trusted_mathml(text) is None


def test_a_reading_is_typeset_and_one_that_goes_on_begins_with_its_sign():
    assert "<mfrac>" in mathml("x/2 = 3")
    assert mathml("x = 2*y", True).count("<mi>") == 1
    assert mathml("2*(x") is None
