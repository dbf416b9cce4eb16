"""Who may log in: passwords, lock-out, sessions, keys for machines, and from whom a colleague is barred."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text

from cases import Register, accounts
from cases.accounts import MOST_FAILURES
from cases.engine import connect
from cases.roles import ABOUT_CONTENT, READING, RIGHTS, Right, Role, matrix, may
from config.errors import RequestError
from tests.cases.conftest import BSN, OTHER_BSN, RECEIVED

PASSWORD = "vier losse woorden samen"


@pytest.fixture
def anna(register: Register) -> str:
    """The login of a colleague who handles requests."""
    return register.accounts.add("Anna ", "Anna de Groot", [Role.HANDLER], PASSWORD, "beheer").login


def test_a_right_password_logs_in_and_a_wrong_one_does_not(register: Register, anna: str) -> None:
    """Nor does the name of nobody."""
    account = register.accounts.check(anna, PASSWORD)
    assert account is not None
    assert (account.login, account.roles) == ("anna", {Role.HANDLER})
    assert register.accounts.check(anna, PASSWORD + "!") is None
    assert register.accounts.check("niemand", PASSWORD) is None


def test_five_wrong_passwords_lock_an_account_also_for_the_right_one(register: Register, anna: str, url: str) -> None:
    """Until a quarter of an hour is over."""
    for _ in range(MOST_FAILURES):
        assert register.accounts.check(anna, "fout fout fout fout") is None
    assert register.accounts.get(anna).locked
    assert register.accounts.check(anna, PASSWORD) is None
    engine = connect(url)
    with engine.execution_options(inzage_writes=True).begin() as connection:
        connection.execute(text("update accounts set locked_until = locked_until - 901"))
    engine.dispose()
    assert register.accounts.check(anna, PASSWORD) is not None


def test_the_password_itself_is_nowhere_in_the_database(register: Register, anna: str, url: str) -> None:
    """Argon2id stands there."""
    engine = connect(url)
    with engine.connect() as connection:
        kept = connection.execute(text("select password from accounts")).scalar_one()
    engine.dispose()
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


@pytest.mark.parametrize("password", ["", "kort", "x" * 201])
def test_a_password_that_is_too_short_or_endless_is_refused_without_repeating_it(register: Register, password: str) -> None:
    """Nothing is made."""
    with pytest.raises(RequestError) as refused:
        register.accounts.add("bob", "Bob", [Role.HANDLER], password, "beheer")
    assert not password or password not in str(refused.value)
    assert register.accounts.all() == ()


@pytest.mark.parametrize("login", ["", "a", "met spatie", "../x", "999990019", "<b>", "é" * 3])
def test_a_login_is_a_short_plain_word(register: Register, login: str) -> None:
    """And never a BSN."""
    with pytest.raises(RequestError):
        register.accounts.add(login, "Bob", [], PASSWORD, "beheer")


def test_a_login_belongs_to_one_account(register: Register, anna: str) -> None:
    """Also where somebody comes from outside with the name of a local colleague."""
    with pytest.raises(RequestError, match="one of this name"):
        register.accounts.add("ANNA", "Andere Anna", [], PASSWORD, "beheer")
    with pytest.raises(RequestError, match="one of this name"):
        register.accounts.outsider("https://idp", "s-1", "anna", "Anna", [Role.ADMINISTRATOR])
    assert register.accounts.get(anna).roles == {Role.HANDLER}


def test_who_comes_from_outside_has_the_roles_of_today_and_no_password(register: Register) -> None:
    """The issuer and its subject say who it is; the name may change."""
    first = register.accounts.outsider("https://idp", "s-1", "bob", "Bob", [Role.HANDLER])
    again = register.accounts.outsider("https://idp", "s-1", "anders", "Bob B.", [Role.REVIEWER])
    assert (first.login, again.login, again.roles, again.outside) == ("bob", "bob", {Role.REVIEWER}, True)
    assert register.accounts.check("bob", "") is None


def test_a_session_ends_when_it_is_closed_or_the_account_is(register: Register, anna: str) -> None:
    """A token that was never given opens nothing."""
    one, two = register.sessions.open(anna), register.sessions.open(anna)
    assert register.sessions.login(one) == register.sessions.login(two) == anna
    assert register.sessions.login("verzonnen") is None
    register.sessions.close(one)
    assert (register.sessions.login(one), register.sessions.login(two)) == (None, anna)
    register.accounts.disable(anna, True, "beheer")
    assert register.sessions.login(two) is None
    assert register.accounts.check(anna, PASSWORD) is None


@pytest.mark.parametrize("change", ["update sessions set seen = seen - 1801", "update sessions set until = seen - 1"])
def test_a_session_ends_after_half_an_hour_of_nothing_or_a_working_day(register: Register, anna: str, url: str, change: str) -> None:
    """By the clock of the database."""
    token = register.sessions.open(anna)
    _tamper(url, change)
    assert register.sessions.login(token) is None


def _tamper(url: str, statement: str) -> None:
    engine = connect(url)
    connection: Connection
    with engine.execution_options(inzage_writes=True).begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_another_password_logs_everybody_out(register: Register, anna: str) -> None:
    """Whoever had the old one."""
    token = register.sessions.open(anna)
    register.accounts.set_password(anna, PASSWORD[::-1], "beheer")
    assert register.sessions.login(token) is None
    assert register.accounts.check(anna, PASSWORD) is None


def test_a_key_for_a_machine_opens_until_it_is_revoked(register: Register) -> None:
    """One of another kind never does."""
    key = register.sessions.make_key("eform", "website", "beheer")
    assert register.sessions.key_name("eform", key) == "website"
    assert register.sessions.key_name("calendar", key) is None
    register.sessions.revoke_key("eform", "website", "beheer")
    assert register.sessions.key_name("eform", key) is None
    assert [k.revoked for k in register.sessions.machine_keys()] == [True]


def test_nobody_handles_a_request_about_themselves_or_somebody_close(register: Register, anna: str) -> None:
    """Known by a keyed hash of the BSN, whether it was marked before the request came in or after."""
    own = register.new(BSN, RECEIVED, actor="balie").number
    register.accounts.mark_close(anna, BSN, "self", anna)
    register.accounts.mark_close(anna, OTHER_BSN, "close", anna)
    other = register.new(OTHER_BSN, RECEIVED, actor="balie").number
    free = register.new("999990032", RECEIVED, actor="balie").number
    assert [register.accounts.barred(n) for n in (own, other, free)] == [{anna}, {anna}, frozenset()]
    assert register.accounts.barred_numbers(anna) == {own, other}
    assert register.accounts.close_marks(anna) == {"self": 1, "close": 1}


def test_every_right_has_somebody_and_every_role_a_right() -> None:
    """Nothing is left that nobody may do."""
    assert set(RIGHTS) == set(Right)
    assert all(RIGHTS.values())
    assert set(Role) == {role for roles in RIGHTS.values() for role in roles}


def test_the_officer_reads_all_and_changes_nothing() -> None:
    """Every right that reads, and none that changes."""
    assert {right for right in Right if may([Role.OFFICER], right)} == READING


def test_the_administrator_never_sees_content() -> None:
    """Nor even who asked when."""
    assert not any(may([Role.ADMINISTRATOR], right) for right in {*ABOUT_CONTENT, Right.SEE_REQUESTS, Right.SEE_TRAIL})


def test_who_handles_does_not_judge() -> None:
    """No role has both, though a colleague may have both roles, for other requests."""
    assert not RIGHTS[Right.DECIDE] & RIGHTS[Right.GIVE_VERDICT]


def test_the_matrix_in_the_docs_is_the_table() -> None:
    """Generated, so that it cannot go stale."""
    assert matrix().count("\n") == len(Right) + 2


def test_the_password_of_nobody_takes_as_long_as_any_other() -> None:
    """Its strength is that of the passwords made today, so that the time of an answer does not tell which accounts exist."""
    assert not accounts._HASHER.check_needs_rehash(accounts._NOBODY)
