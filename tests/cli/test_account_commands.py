"""Accounts from the command line."""

import pytest
from builders import Browser, services

from app.main import create_app


@pytest.fixture
def signs_in(tmp_path):
    """Whether somebody signs in with a login and a password, at the archive that the commands are about."""

    def tried(login, password):
        built = services(tmp_path / "data")
        answer = Browser(create_app(built)).post("/sign-in", {"login": login, "password": password})
        built.store.close()
        return answer.status_code == 303

    return tried


def test_the_first_admin_is_made_with_a_password_alone_on_the_last_line(refrain, signs_in):
    made = refrain("accounts", "create", "Ada@Example.org", "--role", "admin", "--organisation", "Paper")
    assert made.code == 0, made.err
    [password] = made.out.splitlines()
    assert "ada@example.org is admin of Paper." in made.err
    assert signs_in("ada@example.org", password)
    assert "already" in refrain("accounts", "create", "ADA@example.org").failed_in_a_line()


def test_a_password_is_read_from_standard_input(refrain, signs_in):
    made = refrain("accounts", "create", "bob", "--password-stdin", stdin=b"nine green lanterns\n")
    assert (made.code, made.out) == (0, "")
    assert signs_in("bob", "nine green lanterns")
    short = refrain("accounts", "create", "carol", "--password-stdin", stdin=b"short\n")
    assert "at least 12 characters" in short.failed_in_a_line()


def test_an_account_is_changed_reset_closed_and_opened(refrain, signs_in):
    old = refrain("accounts", "create", "bob", "--name", "Bob").out.strip()
    assert refrain("accounts", "change", "bob", "--role", "reader").code == 0
    new = refrain("accounts", "reset", "bob").out.strip()
    assert (signs_in("bob", old), signs_in("bob", new)) == (False, True)
    assert refrain("accounts", "disable", "bob").code == 0
    assert not signs_in("bob", new)
    listed = refrain("accounts", "list").out
    assert "reader" in listed
    assert "disabled" in listed
    assert refrain("accounts", "enable", "bob").code == 0
    assert signs_in("bob", new)
    assert "no such account" in refrain("accounts", "reset", "nobody").failed_in_a_line()


def test_the_last_admin_is_neither_closed_nor_made_less(refrain):
    refrain("accounts", "create", "ada", "--role", "admin")
    assert "last admin" in refrain("accounts", "disable", "ada").failed_in_a_line()
    assert "last admin" in refrain("accounts", "change", "ada", "--role", "analyst").failed_in_a_line()


def test_accounts_are_listed_by_organisation(refrain):
    for login, organisation in (("ada", "Paper"), ("bob", "Radio")):
        refrain("accounts", "create", login, "--organisation", organisation)
    listed = refrain("accounts", "list", "--organisation", "Paper").out
    assert "ada" in listed
    assert "bob" not in listed


def test_a_lost_second_factor_is_reset_by_command(refrain, tmp_path):
    password = refrain("accounts", "create", "bob").out.strip()
    built = services(tmp_path / "data")
    with built.store.writing() as tx:
        [bob] = tx.accounts.all()
        tx.second_factors.begin(bob, "plain:JBSWY3DPEHPK3PXP", built.sign_in.clock())
        tx.second_factors.confirm(bob, built.sign_in.clock(), ["0" * 64])
    built.store.close()

    def leads_to():
        archive = services(tmp_path / "data")
        answer = Browser(create_app(archive)).post("/sign-in", {"login": "bob", "password": password})
        archive.store.close()
        return answer.headers["location"]

    assert leads_to().startswith("/sign-in/code")
    assert refrain("accounts", "reset-second-factor", "bob").code == 0
    assert leads_to() == "/overview"
    assert "no such account" in refrain("accounts", "reset-second-factor", "nobody").failed_in_a_line()
