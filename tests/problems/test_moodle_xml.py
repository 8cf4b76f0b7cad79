"""Moodle's question bank: what is imported, what is imported with fixed values, and what is skipped and why."""

from __future__ import annotations

from html import escape

import pytest

from tutor.errors import AuthorError
from tutor.problems import InvalidSet, load_problem_set
from tutor.problems.formats.moodle_xml import read
from tutor.problems.maxima import Unsupported, Variables, in_our_notation


def quiz(*questions: str) -> bytes:
    return ("<?xml version='1.0' encoding='UTF-8'?>\n<quiz>" + "".join(questions) + "</quiz>").encode()


def question(kind: str, asked: str, rest: str, name: str = "Q", grade: str = "1.0000000") -> str:
    return (
        f"<question type='{kind}'><name><text>{name}</text></name>"
        f"<questiontext format='html'><text>{escape(asked)}</text></questiontext>"
        f"<defaultgrade>{grade}</defaultgrade>{rest}</question>"
    )


def answer(text: str, fraction: int = 100, more: str = "") -> str:
    return f"<answer fraction='{fraction}'><text>{escape(text)}</text>{more}</answer>"


def stack(
    asked: str, variables: str, tans: str, *, kind: str = "algebraic", test: str = "AlgEquiv", options: str = ""
) -> str:
    return question(
        "stack",
        asked,
        f"<questionvariables><text>{escape(variables)}</text></questionvariables>"
        f"<input><name>ans1</name><type>{kind}</type><tans>{escape(tans)}</tans></input>"
        f"<prt><name>prt1</name><node><name>0</name><answertest>{test}</answertest><sans>ans1</sans>"
        f"<tans>{escape(tans)}</tans><testoptions>{options}</testoptions></node></prt>",
    )


def only(xml: str) -> dict:
    (problem,) = read(quiz(xml)).content["problems"]
    return problem


FIELDS = [
    # question, field, value, why it is here
    (
        question("numerical", "<p>g in m/s²?</p>", answer("9.81", more="<tolerance>0.05</tolerance>")),
        "tolerance",
        "0.05",
        "how far off",
    ),
    (
        question(
            "numerical",
            "g?",
            answer("9.81") + "<units><unit><multiplier>1</multiplier><unit_name>m/s^2</unit_name></unit></units>",
        ),
        "unit",
        "m/s^2",
        "a unit",
    ),
    (question("numerical", "g?", answer("1", 50) + answer("2") + answer("*", 0)), "answer", "2", "only what earns all"),
    (question("numerical", "g?", answer("2"), grade="3.0000000"), "marks", "3", "marks"),
    (question("numerical", "g?", answer("2"), name="A & B".replace("&", "&amp;")), "id", "A B", "an id of the name"),
    (
        question("shortanswer", "Solve \\(2x = 4\\)", answer("x = 2") + answer("2")),
        "answer",
        ["x = 2", "2"],
        "any of them",
    ),
    (
        question("shortanswer", "Solve <b>it</b>:<br>\\(x^2 < 4\\)", answer("-2 < x < 2")),
        "statement",
        "Solve it:\n\\(x^2 < 4\\)",
        "HTML goes, mathematics stays",
    ),
    (
        question("shortanswer", "<script>alert(1)</script>x<sup>2</sup> = 4", answer("x = ±2")),
        "statement",
        "x^2 = 4",
        "a script goes",
    ),
    (
        stack("Expand \\({@p@}\\). [[input:ans1]] [[validation:ans1]]", "p: (x-3)^2;", "expand(p)"),
        "answer",
        "x^2 - 6x + 9",
        "Maxima done by hand",
    ),
    (
        stack("Expand \\({@p@}\\). [[input:ans1]] [[validation:ans1]]", "p: (x-3)^2;", "expand(p)"),
        "statement",
        "Expand \\((x - 3)^2\\).",
        "no placeholder is left",
    ),
    (
        stack("Factor \\({@p@}\\)", "p: x^2-9", "factor(p)", test="FacForm"),
        "form",
        "factored",
        "the form that the test asks for",
    ),
    (stack("g = ?", "", "9.81*m/s^2", kind="units", test="Units"), "answer", "9.81 m/s^2", "a number with its unit"),
    (
        stack("pi?", "", "3.14", kind="numerical", test="NumAbsolute", options="0.01"),
        "tolerance",
        "0.01",
        "the test's tolerance",
    ),
    (stack("pi?", "", "3.14", kind="numerical", test="NumSigFigs", options="3"), "figures", "3", "significant figures"),
    (stack("Solve \\({@e@}\\)", "e: x^2-5*x+6=0", "[x=2,x=3]"), "answer", "x = 2 or x = 3", "a list of equations"),
    (
        stack("Differentiate \\({@f@}\\)", "f: x^3-2*x", "diff(f,x)"),
        "answer",
        "3x^2 - 2",
        "the derivative of a polynomial",
    ),
]


@pytest.mark.parametrize(("xml", "field", "value", "why"), FIELDS, ids=[row[-1] for row in FIELDS])
def test_a_field_comes_from_moodles(xml, field, value, why):
    assert only(xml)[field] == value


SKIPPED = [
    # question                                                           said                     why it is here
    (question("multichoice", "Which?", answer("a")), "a choice among answers", "a kind we have not"),
    (question("gapselect", "Which?", ""), "“gapselect” are not read", "a kind we know nothing of"),
    (question("shortanswer", "Capital of France?", answer("what ((")), "cannot be read", "no mathematics"),
    (question("shortanswer", "?", answer("x*")), "wildcard", "a pattern"),
    (question("numerical", "?", answer("5", 50)), "full marks", "nothing is all right"),
    (question("numerical", "?", answer("2") + "<hidden>1</hidden>"), "hidden", "an old version"),
    (question("numerical", " ", answer("2")), "no text", "an empty question"),
    (stack("[[if test='a']]x[[/if]]", "", "x"), "blocks", "a text that decides"),
    (stack("?", "p: makelist(x^k,k,1,3)", "p"), "“makelist”", "Maxima that is no straight line"),
    (stack("?", "p: ode2(y)", "p"), "the function ode2", "a function of Maxima's own"),
    (stack("?", "", "x", kind="dropdown"), "“dropdown”", "an input of another kind"),
    (stack("?", "", "x", test="Levenshtein"), "“Levenshtein”", "a test of another kind"),
    (stack("?", "", "true"), "true or false", "no mathematics to check"),
]


@pytest.mark.parametrize(("xml", "said", "why"), SKIPPED, ids=[row[-1] for row in SKIPPED])
def test_a_question_that_is_skipped_says_why(xml, said, why):
    good = question("numerical", "2 + 2?", answer("4"), name="good")
    draft = read(quiz(xml, good))
    assert [problem["id"] for problem in draft.content["problems"]] == ["good"]
    (remark,) = draft.remarks
    assert said in remark.message
    assert remark.message.startswith("question 1, “Q”, was skipped:")
    with pytest.raises(InvalidSet, match="was skipped"):
        read(quiz(xml))


def test_a_random_question_is_imported_with_the_values_that_it_says():
    xml = stack("Solve \\({@a@}x = {@a*b@}\\)", "a: rand(5)+2; b: rand([3,5,7]);", "x = b")
    draft = read(quiz(xml))
    assert draft.content["problems"][0]["statement"] == "Solve \\(4x = 20\\)"
    assert draft.content["problems"][0]["answer"] == "x = 5"
    assert draft.remarks[0].message == "was imported without randomisation, with a = 4, b = 5"


CALCULATED = question(
    "calculated",
    "A car drives {v} km/h for {t} h. It covers {={v}*{t}} km. How far is half of it?",
    answer("{v}*{t}/2", more="<tolerance>0.01</tolerance><tolerancetype>1</tolerancetype>")
    + "<dataset_definitions>"
    + "".join(
        f"<dataset_definition><name><text>{name}</text></name><dataset_items>"
        f"<dataset_item><number>1</number><value>{value}</value></dataset_item></dataset_items></dataset_definition>"
        for name, value in (("v", "80"), ("t", "2.5"))
    )
    + "</dataset_definitions>",
)


def test_a_calculated_question_takes_its_first_values():
    problem = only(CALCULATED)
    assert problem["statement"] == "A car drives 80 km/h for 2.5 h. It covers 200 km. How far is half of it?"
    assert (problem["answer"], problem["tolerance"]) == ("100", "1")


def test_several_inputs_are_parts():
    xml = question(
        "stack",
        "Roots of \\(x^2=4\\): [[input:ans1]] and [[input:ans2]]",
        "<questionvariables><text></text></questionvariables>"
        "<input><name>ans1</name><type>algebraic</type><tans>2</tans></input>"
        "<input><name>ans2</name><type>algebraic</type><tans>-2</tans></input>",
        grade="2",
    )
    problem = only(xml)
    assert problem["statement"] == "Roots of \\(x^2=4\\): (a) … and (b) …"
    assert [(part["id"], part["answer"], part["marks"]) for part in problem["parts"]] == [
        ("a", "2", "1"),
        ("b", "-2", "1"),
    ]


FEEDBACK = "<generalfeedback><text>{}</text></generalfeedback>"


def test_feedback_is_a_worked_solution_where_it_reads_as_lines():
    worked = FEEDBACK.format(escape("<p>\\(2x = 4\\)</p><p>\\(x = 2\\)</p>"))
    assert only(question("shortanswer", "Solve 2x = 4", answer("x=2") + worked))["solution"] == ["2x = 4", "x = 2"]
    prose = FEEDBACK.format("Think of it as a balance, with the same on both sides.")
    draft = read(quiz(question("shortanswer", "Solve 2x = 4", answer("x=2") + prose)))
    assert "solution" not in draft.content["problems"][0]
    assert "left out" in draft.remarks[0].message


def test_a_category_is_the_topic_and_the_first_the_title(tmp_path):
    category = "<question type='category'><category><text>$course$/top/Mechanics/Forces</text></category></question>"
    path = tmp_path / "bank.xml"
    path.write_bytes(
        quiz(category, question("numerical", "2 + 2?", answer("4")), question("numerical", "3?", answer("3")))
    )
    loaded = load_problem_set(path)
    assert loaded.title == "Forces"
    assert [(problem.id, problem.topic) for problem in loaded] == [
        ("Q", "Mechanics/Forces"),
        ("Q 2", "Mechanics/Forces"),
    ]
    assert loaded.where("Q 2") == f'{path} question 3, problem "Q 2"'


BOMB = b"<!DOCTYPE quiz [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><quiz>&b;</quiz>"
FILE = b"<!DOCTYPE quiz [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><quiz>&x;</quiz>"
REFUSED = [
    # bytes                       said                          why it is here
    (BOMB, "declares a document type", "entities that grow"),
    (FILE, "declares a document type", "an entity that reads a file"),
    (b"<quiz>", "not XML, or the file is cut off", "cut off"),
    (b"PK\x03\x04", "not XML", "something else"),
    (b"<html/>", "not a Moodle question bank", "another XML"),
    (b"<?xml version='1.0' encoding='klingon'?><quiz/>", "encoding", "an encoding that there is not"),
    (quiz(), "no question", "an empty bank"),
]


@pytest.mark.parametrize(("data", "said", "why"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_a_file_that_is_no_bank_is_refused(data, said, why):
    with pytest.raises(AuthorError, match=said):
        read(data)


MAXIMA = [
    # variables and expression                       in our notation      why it is here
    ("", "-3*x^2/4 - 1/2", "-3x^2/4 - 1/2", "signs and fractions"),
    ("a: -3", "a*x + (-2)", "-3x - 2", "a negative number put in"),
    ("a: 1", "a*x^2 + 0*x", "x^2", "ones and zeros go"),
    ("l: [4, 5, 6]", "l[2]", "5", "an item of a list"),
    ("", "int(3*x^2, x) + c", "x^3 + c", "the integral of a polynomial"),
    ("", "subst(x=2, x^2 + 1)", "5", "a value put in"),
    ("", "log(x)", "ln(x)", "Maxima's log is the natural one"),
    ("", "sqrt(9/4)", "3/2", "an exact root"),
]


@pytest.mark.parametrize(("variables", "expression", "text", "why"), MAXIMA, ids=[row[-1] for row in MAXIMA])
def test_straight_line_maxima_is_read(variables, expression, text, why):
    found = Variables()
    found.run(variables)
    assert in_our_notation(found.read(expression)) == text


HOSTILE = [
    "x: 9^9^9",
    "x: factorial(10^9)",
    "x: expand((a+b+c+d+f)^30)",
    "x: " + "(" * 5_000,
    "x: 1/0",
    "x: @",
]


@pytest.mark.parametrize("variables", HOSTILE)
def test_hostile_maxima_costs_nothing(variables):
    found = Variables()
    with pytest.raises(Unsupported):
        found.run(variables)
