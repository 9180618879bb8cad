"""Accounts and their sessions: kept, ended and forgotten, by several processes over one database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from builders import PASSWORD, account
from fakes import HeldClock
from sqlalchemy import text

from app.domain.access.accounts import Role, SignInRefused, TooManyAttempts
from app.domain.core.errors import Conflict
from app.services.access.sign_in import FORGOTTEN_AFTER


def enter(built, user, password=PASSWORD, **more):
    return built.sign_in(user.login, password, **{"address": "192.0.2.1", **more})


def test_a_session_holds_in_every_process_and_ends_in_every_process(process):
    one, two = process("one"), process("two")
    opened = enter(one, account(one))
    assert two.sign_in.session(opened.token).account == one.sign_in.session(opened.token).account
    two.sign_in.sign_out(opened.session)
    assert one.sign_in.session(opened.token) is None


def test_neither_password_nor_token_is_stored(process, store):
    built = process()
    opened = enter(built, account(built))
    with store.engine.connect() as connection:
        tables = ("accounts", "sessions", "sign_in_attempts", "account_events")
        stored = "".join(str(connection.execute(text(f"SELECT * FROM {table}")).all()) for table in tables)
    assert "$argon2id$" in stored
    for secret in (PASSWORD, opened.token, opened.browser):
        assert secret not in stored


def test_a_hash_of_weaker_parameters_is_made_anew_at_the_next_sign_in(process, store):
    built = process()
    user = account(built)
    weak = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    with store.writing() as tx:
        tx.accounts.set_password(user.id, weak, must_change=False)
    enter(built, user)
    with store.reading() as tx:
        renewed = tx.accounts.get(user.id)[1]
    assert renewed != weak
    assert not PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1).check_needs_rehash(renewed)


def test_guesses_at_the_same_moment_count_all(process):
    processes = [process(name, clock=HeldClock()) for name in ("one", "two")]
    user = account(processes[0])

    def guess(number):
        try:
            enter(processes[number % 2], user, f"guess number {number}", address=f"192.0.2.{number}")
        except (SignInRefused, TooManyAttempts) as error:
            return type(error)

    with ThreadPoolExecutor(8) as pool:
        tried = list(pool.map(guess, range(16)))
    assert tried.count(SignInRefused) == 5
    assert tried.count(TooManyAttempts) == 11


def test_two_admins_who_make_each_other_readers_at_once_leave_one(process):
    built = process()
    admins = [account(built, "admin") for _ in range(2)]

    def demote(user):
        try:
            built.manage_accounts.change_role(user.id, Role.READER)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(demote, admins)) == [False, True]


def test_a_login_is_the_same_whatever_its_case_and_taken_once(process):
    built = process()
    account(built, login="Straße@Example.org")
    with pytest.raises(Conflict):
        account(built, organisation="Elsewhere", login="STRASSE@EXAMPLE.ORG")


def test_what_is_over_is_forgotten_in_time(process, store):
    clock = HeldClock()
    built = process(clock=clock)
    user = account(built)
    opened = enter(built, user)
    with pytest.raises(SignInRefused):
        enter(built, user, "wrong", address="192.0.2.9")
    built.sign_in.sign_out(opened.session)
    clock.advance(days=2)
    with store.writing() as tx:
        tx.accounts.purge(clock() - FORGOTTEN_AFTER, clock() - timedelta(days=1))
    assert counted(store) == {"sessions": 1, "sign_in_attempts": 0}
    clock.advance(days=90)
    with store.writing() as tx:
        tx.accounts.purge(clock() - FORGOTTEN_AFTER, clock() - timedelta(days=1))
    assert counted(store) == {"sessions": 0, "sign_in_attempts": 0}


def counted(store):
    with store.engine.connect() as connection:
        tables = ("sessions", "sign_in_attempts")
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in tables}
