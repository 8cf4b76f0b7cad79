"""Who comes in: teachers by password, students by codes, browsers by session, and all of them only so often."""

from datetime import timedelta

import pytest

from tests.store.conftest import PASSWORD
from tutor.store import BadInput, Change, Missing, Refused, TooManyTries
from tutor.store.passwords import hash_code
from tutor.store.tables import StudentRow, TeacherRow, TryRow

HOME = "192.0.2.7"


def test_a_teacher_signs_in_with_login_and_password(school):
    assert school.store.teachers.sign_in(" Ada.Lovelace@Example.ORG", PASSWORD, HOME) == school.teacher


REFUSED = [
    ("ada.lovelace@example.org", "correct horse"),
    ("ada.lovelace@example.org", ""),
    ("ada.lovelace@example.org", PASSWORD + "\x00"),
    ("nobody@example.org", PASSWORD),
    ("", ""),
    ("' OR 1=1 --", "' OR 1=1 --"),
    ("x" * 100_000, "y" * 100_000),
    ("\ud800", "\ud800"),
]


def test_what_does_not_fit_is_refused_in_the_same_words(school):
    for login, password in REFUSED:
        with pytest.raises(Refused, match=r"^The login or the password does not fit\.$"):
            school.store.teachers.sign_in(login, password, HOME)


def test_a_disabled_account_is_shut_out_only_for_who_knows_its_password(school):
    token = school.store.sessions.begin(school.teacher)
    school.store.teachers.set_disabled("ada.lovelace@example.org", disabled=True)
    with pytest.raises(Refused, match="disabled"):
        school.store.teachers.sign_in("ada.lovelace@example.org", PASSWORD, HOME)
    with pytest.raises(Refused, match="does not fit"):
        school.store.teachers.sign_in("ada.lovelace@example.org", "something else", HOME)
    assert school.store.sessions.who(token) is None
    with pytest.raises(Missing):
        school.book.room()
    assert school.store.of_teacher(school.teacher.id).classes() == []
    school.store.teachers.set_disabled("ada.lovelace@example.org", disabled=False)
    assert school.store.teachers.sign_in("ada.lovelace@example.org", PASSWORD, HOME).id == school.teacher.id
    assert school.store.sessions.who(token) is None  # the old session stays over


def test_a_password_that_is_reset_ends_every_session(school):
    token = school.store.sessions.begin(school.teacher)
    assert school.store.sessions.who(token) == school.teacher
    school.store.teachers.reset_password("ada.lovelace@example.org", "another good one")
    assert school.store.sessions.who(token) is None
    with pytest.raises(Refused):
        school.store.teachers.sign_in("ada.lovelace@example.org", PASSWORD, HOME)
    assert school.store.teachers.sign_in("ada.lovelace@example.org", "another good one", HOME)


def test_a_hash_made_with_weaker_parameters_is_made_anew(school):
    with school.store.writing() as session:
        session.get_one(TeacherRow, school.teacher.id).password = hash_code(PASSWORD)
    assert school.store.teachers.sign_in("ada.lovelace@example.org", PASSWORD, HOME)
    with school.store.reading() as session:
        assert session.get_one(TeacherRow, school.teacher.id).password.startswith("$argon2id$v=19$m=65536")


ACCOUNTS = [
    # login                        says                      why
    ("ADA.lovelace@example.org", "already", "taken, whatever its case"),
    ("", "empty", "nothing"),
    ("ada lovelace", "blank", "two words"),
    ("a" * 201, "at most 200", "too long"),
]


@pytest.mark.parametrize(("login", "says", "why"), ACCOUNTS, ids=[row[2] for row in ACCOUNTS])
def test_an_account_that_will_not_do(school, login, says, why):
    with pytest.raises(BadInput, match=says):
        school.store.teachers.add(login, PASSWORD)


def test_nobody_s_password_can_be_reset(school):
    with pytest.raises(Missing, match="nobody"):
        school.store.teachers.reset_password("nobody", PASSWORD)


# ---------------------------------------------------------------- throttling


def wrong(store, login="ada.lovelace@example.org", address=HOME):
    with pytest.raises(Refused) as refused:
        store.teachers.sign_in(login, "a wrong password", address)
    return refused.value


def test_after_five_wrong_tries_the_right_password_has_to_wait(school, clock):
    for _ in range(5):
        assert not isinstance(wrong(school.store), TooManyTries)
        clock.on(seconds=2)
    with pytest.raises(TooManyTries) as stopped:
        school.store.teachers.sign_in("ada.lovelace@example.org", PASSWORD, HOME)
    assert stopped.value.wait_s == 50  # the first of the five was ten seconds ago
    assert "wait 50 s" in str(stopped.value)
    clock.on(seconds=50)
    assert school.store.teachers.sign_in("ada.lovelace@example.org", PASSWORD, HOME)


def test_case_and_blanks_make_no_other_account(school):
    for login in ("ADA.lovelace@example.org", " ada.lovelace@example.org", "ada.lovelace@example.org ", "Ada.Lovelace@Example.org", "ａda.lovelace@example.org"):  # fmt: skip  # noqa: E501
        wrong(school.store, login)
    assert isinstance(wrong(school.store), TooManyTries)


def test_right_tries_do_not_count(school):
    for _ in range(4):
        wrong(school.store)
        assert school.store.teachers.sign_in("ada.lovelace@example.org", PASSWORD, HOME)
    for _ in range(8):
        school.store.teachers.sign_in("ada.lovelace@example.org", PASSWORD, HOME)


def test_one_person_at_the_door_does_not_shut_out_another(school):
    for _ in range(6):
        wrong(school.store)
    assert school.store.teachers.sign_in("ada.lovelace@example.org", PASSWORD, "192.0.2.8")
    assert school.store.teachers.sign_in("emmy", PASSWORD, HOME)


def test_many_addresses_do_not_guess_one_account_without_end(school):
    tries = [wrong(school.store, address=f"198.51.100.{n}") for n in range(25)]
    assert sum(not isinstance(one, TooManyTries) for one in tries) == 20


def test_one_address_does_not_guess_many_accounts_without_end(school):
    for n in range(60):
        with pytest.raises(Refused) as refused:
            school.store.door.find(f"{n}", HOME)
        assert not isinstance(refused.value, TooManyTries)
    assert isinstance(wrong(school.store), TooManyTries)


def test_an_ipv6_network_is_one_address(school):
    for n in range(5):
        wrong(school.store, address=f"2001:db8:1:2::{n}")
    assert isinstance(wrong(school.store, address="2001:DB8:1:2:ffff::1"), TooManyTries)
    assert not isinstance(wrong(school.store, address="2001:db8:1:3::1"), TooManyTries)
    assert not isinstance(wrong(school.store, address="not an address"), TooManyTries)


def test_a_teacher_whom_another_service_names_needs_an_account(school):
    assert school.store.teachers.known("Ada.Lovelace@example.org") == school.teacher
    assert school.store.teachers.known("eve@example.org") is None
    school.store.teachers.set_disabled("emmy", disabled=True)
    assert school.store.teachers.known("emmy") is None


def test_addresses_are_stored_as_digests_and_for_a_minute(school, clock):
    wrong(school.store)
    with school.store.reading() as session:
        (row,) = session.query(TryRow).all()
        assert HOME not in f"{row.both}{row.account}{row.address}"
    clock.on(minutes=2)
    school.store.upkeep.purge()
    with school.store.reading() as session:
        assert session.query(TryRow).count() == 0


# ---------------------------------------------------------------- students


def test_a_student_joins_and_comes_back_with_a_code_of_their_own(school):
    joined = school.store.door.join(school.room.code.lower(), "  Dee ", HOME)
    assert joined.student.name == "Dee"
    back = school.store.door.come_back(school.room.code, "DEE", joined.personal_code.lower().replace("-", " "), HOME)
    assert back.id == joined.student.id
    with school.store.reading() as session:
        stored = session.get_one(StudentRow, joined.student.id).personal_code
    assert stored.startswith("$argon2id$")
    assert joined.personal_code.replace("-", "") not in stored


def test_nobody_takes_another_s_place(school):
    code = school.ada_s_code
    for room, name, personal in (
        (school.room.code, "Ada", "CDFG-HJKM-NPQR"),
        (school.room.code, "Bo", code),
        (school.room.code, "Nobody", code),
        (school.other_room.code, "Ada", code),
        ("CDFGHJKM", "Ada", code),
        ("", "", ""),
    ):
        with pytest.raises(Refused, match="does not fit"):
            school.store.door.come_back(room, name, personal, HOME)
    with pytest.raises(Refused, match="called"):
        school.store.door.join(school.room.code, " aDa", HOME)
    for _ in range(5):
        with pytest.raises(Refused):
            school.store.door.come_back(school.room.code, "Ada", "wrong", "198.51.100.1")
    with pytest.raises(TooManyTries):
        school.store.door.come_back(school.room.code, "Ada", code, "198.51.100.1")


def test_a_teacher_resets_a_code(school):
    token = school.store.sessions.begin(school.ada)
    code = school.book.students.reset_code(school.ada.id)
    assert school.store.sessions.who(token) is None
    with pytest.raises(Refused):
        school.store.door.come_back(school.room.code, "Ada", school.ada_s_code, HOME)
    assert school.store.door.come_back(school.room.code, "Ada", code, HOME).id == school.ada.id


def test_without_a_name_a_pseudonym_is_given_where_the_class_has_them(school):
    names = {school.store.door.join(school.room.code, "", HOME).student.name for _ in range(3)}
    assert len(names) == 3
    school.book.change(Change(pseudonyms=False))
    with pytest.raises(Refused, match="empty"):
        school.store.door.join(school.room.code, " ", HOME)


def test_a_class_that_is_closed_takes_in_nobody_new(school):
    school.book.change(Change(joining=False))
    with pytest.raises(Refused, match="nobody new"):
        school.store.door.join(school.room.code, "Dee", HOME)
    assert school.store.door.come_back(school.room.code, "Ada", school.ada_s_code, HOME).id == school.ada.id


def test_a_new_class_code_opens_and_the_old_one_does_not(school):
    fresh = school.book.new_code()
    assert school.store.door.find(fresh.code, HOME).id == school.room.id
    with pytest.raises(Refused, match="No class has this code"):
        school.store.door.find(school.room.code, HOME)


def test_a_class_gets_its_first_thirty_within_a_minute_from_one_router(school):
    for n in range(30):
        school.store.door.find(school.room.code, HOME)
        school.store.door.join(school.room.code, f"Student {n}", HOME)
    assert len(school.book.students.all()) == 32


# ---------------------------------------------------------------- sessions


def test_a_session_is_somebody_s_until_it_ends(school, clock):
    sessions = school.store.sessions
    hers, his = sessions.begin(school.teacher), sessions.begin(school.bo)
    assert sessions.who(hers) == school.teacher
    assert sessions.who(his).id == school.bo.id
    for forged in ("", "x", hers[:-1], hers + "x", hers.swapcase(), "x" * 10_000, "\x00", "\ud800", f"{school.bo.id}"):
        assert sessions.who(forged) is None
    sessions.end(hers)
    assert sessions.who(hers) is None
    clock.on(days=29)
    assert sessions.who(his) is not None
    clock.on(days=1)
    assert sessions.who(his) is None


def test_a_teacher_is_signed_out_after_half_a_day(school, clock):
    token = school.store.sessions.begin(school.teacher)
    clock.now += timedelta(hours=12)
    assert school.store.sessions.who(token) is None


def test_a_deleted_student_s_session_never_becomes_another_s(school):
    token = school.store.sessions.begin(school.bo)
    school.place(school.bo).delete()
    fresh = school.store.door.join(school.room.code, "Bo", HOME).student
    assert fresh.id != school.bo.id
    assert school.store.sessions.who(token) is None
    with pytest.raises(Missing):
        school.place(school.bo).attempts()
