"""A model is opened when it is first asked, and one that cannot be opened costs nothing but its readings."""

import pickle

from tutor.pipeline import check_work
from tutor.records import Verdict
from tutor.slm.choice import ModelChoice
from tutor.slm.jobs import HintRequest, LineRequest, ProblemRequest, StepRequest
from tutor.slm.standby import Standby


def test_nothing_is_opened_for_work_in_notation():
    model = Standby(ModelChoice("/no/such/folder"))
    assert check_work("2*3 = 6\n= 12/2", None, model)[0].verdict is Verdict.CORRECT
    assert (model.opened, model.fault) == (None, "")


def test_a_model_that_is_not_there_leaves_the_words_as_they_are():
    model = Standby(ModelChoice("/no/such/folder"))
    (step,) = check_work("the product of both 12 and 4 is what i multiplied", None, model)
    assert step.verdict is Verdict.NO_CLAIM
    assert "/no/such/folder" in model.fault


def test_every_job_says_why_it_came_to_nothing():
    model = Standby(ModelChoice("/no/such/folder"))
    replies = [
        *model.read_lines([LineRequest("double 4")]),
        *model.read_problems([ProblemRequest("Find x")]),
        *model.reason([StepRequest("x = 1", "x = 2")]),
        *model.word_hints([HintRequest(1, "look")]),
    ]
    assert [r.fault == model.fault != "" for r in replies] == [True] * 4


def test_another_process_opens_it_anew():
    model = Standby(ModelChoice("echo"))
    model.read_lines([LineRequest("double 4")])
    assert model.opened is not None
    again = pickle.loads(pickle.dumps(model))
    assert (again.opened, again.choice) == (None, model.choice)
