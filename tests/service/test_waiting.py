from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tutor.service.waiting import Turns


def taken(turns: Turns[str]) -> list[str]:
    found = []
    while (item := turns.first()) is not None:
        turns.take(item)
        found.append(item)
    return found


def filled(*items: str) -> Turns[str]:
    """Items named for their user by their first letter."""
    turns = Turns[str]()
    for item in items:
        turns.add(item[0], item)
    return turns


def test_each_user_has_a_turn_before_anybody_has_a_second() -> None:
    assert taken(filled("a1", "a2", "a3", "b1", "c1", "c2")) == ["a1", "b1", "c1", "a2", "c2", "a3"]


def test_the_work_of_one_user_stays_in_order() -> None:
    assert taken(filled("a1", "a2", "a3")) == ["a1", "a2", "a3"]


def test_who_is_passed_over_keeps_the_turn() -> None:
    turns = filled("a1", "b1", "b2", "c1")
    assert turns.first({"a"}) == "b1"
    turns.take("b1")
    assert taken(turns) == ["a1", "c1", "b2"]
    assert filled("a1").first({"a"}) is None


def test_work_that_takes_the_place_of_older_work_keeps_the_turn() -> None:
    turns = filled("a1", "b1")
    turns.replace("a1", "a2")
    assert taken(turns) == ["a2", "b1"]


def test_work_that_is_withdrawn_has_no_place() -> None:
    turns = filled("a1", "b1", "b2")
    assert turns.remove("b1")
    assert not turns.remove("b1")
    assert (turns.place("b1"), turns.place("b2"), len(turns)) == (0, 2, 2)


@given(st.lists(st.sampled_from("abcd"), max_size=25), st.integers(0, 6))
def test_the_place_is_the_number_of_takes_until_it_is_its_turn(users: list[str], first: int) -> None:
    turns = filled(*(f"{user}{n}" for n, user in enumerate(users)))
    for _ in range(min(first, len(turns))):
        turns.take(turns.first() or "")
    places = {item: turns.place(item) for item in turns.everything()}
    assert places == {item: n for n, item in enumerate(taken(turns), 1)}
