import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.store import BadInput
from tutor.store.cases import case_key
from tutor.store.codes import LETTERS, draw_class_code, draw_password, draw_personal_code, grouped, plain_code
from tutor.store.passwords import acceptable_password, code_fits, fits, hash_code, hash_password, outdated
from tutor.store.pseudonyms import ANIMALS, COLOURS, draw_pseudonym
from tutor.store.texts import key_of, name_of, one_line, storable


def test_codes_have_no_letters_that_look_alike():
    assert not set(LETTERS) & set("0O1IL2Z5S8BUVAE") - {"V"}
    assert len(set(LETTERS)) == len(LETTERS)
    codes = {draw_class_code() for _ in range(500)} | {draw_personal_code() for _ in range(500)}
    assert len(codes) == 1000
    assert set("".join(codes)) == set(LETTERS)


@given(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=12).map("".join))
def test_a_code_is_read_however_it_is_typed(code):
    for typed in (grouped(code), grouped(code).lower(), f" {' '.join(code)} ", grouped(code).replace("-", "–")):
        assert plain_code(typed) == code


@given(st.text())
def test_any_text_may_be_typed_for_a_code(typed):
    assert len(plain_code(typed)) <= 4000


def test_hashes_are_argon2id_with_a_salt_and_fit_only_their_own():
    one, two = hash_password("correct horse"), hash_password("correct horse")
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert one != two
    assert fits(one, "correct horse")
    assert not fits(one, "correct horsE")
    assert not fits(None, "nobody has this password")
    assert not fits("not a hash", "correct horse")
    assert not outdated(one)
    code = hash_code("CDFGHJKMNPQR")
    assert code.startswith("$argon2id$")
    assert outdated(code)  # weaker than a password's
    assert code_fits(code, "CDFGHJKMNPQR")
    assert not code_fits(code, "CDFGHJKMNPQT")
    assert not code_fits(None, "nobody has this code")


PASSWORDS = [
    # password           what is said           why
    ("short", "at least 10", "too short"),
    ("x" * 1001, "at most 1000", "hashing it would take long"),
    ("ada@example.org", "the login itself", "the first thing to guess"),
    ("aaaaaaaaaaaab", "repeats", "two characters"),
]


@pytest.mark.parametrize(("password", "says", "why"), PASSWORDS, ids=[row[2] for row in PASSWORDS])
def test_a_password_that_will_not_do_is_refused(password, says, why):
    with pytest.raises(BadInput, match=says):
        acceptable_password(password, "Ada@example.org")


def test_a_password_is_the_same_on_every_keyboard():
    composed, apart = "Straßenbahn é", "Straßenbahn e\u0301"
    assert acceptable_password(composed, "ada") == acceptable_password(apart, "ada")
    assert fits(hash_password(acceptable_password(composed, "ada")), apart)
    assert set(draw_password()) <= set(string.ascii_lowercase + string.digits + "-")


NAMES = [
    # typed                   stored
    ("  Ada   Lovelace ", "Ada Lovelace"),
    ("Ada\nLovelace\x00", "Ada Lovelace\ufffd"),
    ("Ada\u202e\u200b", "Ada"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # text, and shown as text
    ("Zoë 🦊", "Zoë 🦊"),
    ("a\ud800b", "a?b"),
]


@pytest.mark.parametrize(("typed", "stored"), NAMES)
def test_a_name_fits_on_one_line(typed, stored):
    assert name_of(typed) == stored


@given(st.text())
def test_what_is_stored_is_unchanged_when_it_is_stored_again(text):
    assert storable(storable(text)) == storable(text)
    assert one_line(one_line(text)) == one_line(text)
    assert key_of(key_of(text)) == key_of(text)


def test_names_that_people_take_for_one_are_one():
    assert key_of("ＡＤＡ  lovelace") == key_of("Ada Lovelace")
    assert key_of("STRASSE") == key_of("Straße")
    assert key_of("Ada") != key_of("Bo")


def test_pseudonyms_do_not_run_out():
    taken = set()
    for _ in range(60):
        taken.add(key_of(draw_pseudonym(taken)))
    assert len(taken) == 60
    everything = {key_of(f"{colour} {animal}") for colour in COLOURS for animal in ANIMALS}
    assert key_of(draw_pseudonym(everything)) not in everything


CASES = [
    # one            other           same?   why
    ("2x = 4", " 2x=4  ", True, "blanks around a sign"),
    ("x = 1 or x = 2", "x=1 or x=2", True, "the same in words"),
    ("é = 1", "e\u0301 = 1", True, "two ways to type one letter"),
    ("x^2", "x2", False, "a power is no index"),
    ("x²", "x2", False, "nor is one that is set so"),
    ("1 2", "12", False, "two numbers are not one"),
    ("X = 1", "x = 1", False, "two letters of a physicist"),
]


@pytest.mark.parametrize(("one", "other", "same", "why"), CASES, ids=[row[3] for row in CASES])
def test_when_two_lines_are_one_case(one, other, same, why):
    assert (case_key("p", one) == case_key("p", other)) is same
    assert case_key("p", one) != case_key("q", one)


@settings(max_examples=200)
@given(st.text(max_size=50))
def test_any_line_has_a_key(text):
    assert len(case_key("p", text)) == 64
