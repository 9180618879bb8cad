"""The second factor by HTTP: setting it up, signing in with it, replays, guesses, recovery codes, resets."""

import re

import pyotp
import pytest
from builders import PASSWORD, Browser, account, services, signed_in
from sqlalchemy import text

from app.domain.access.second_factor import SecondFactorPolicy
from app.main import create_app
from app.settings import Settings


def code_at(secret, clock):
    return pyotp.TOTP(secret).at(clock())


def begin(browser):
    """Sets up a second factor up to its confirmation; its secret."""
    assert browser.post("/account/second-factor", {"current": PASSWORD}).status_code == 303
    page = browser.get("/account").text
    assert 'src="data:image/svg+xml' in page
    return re.search(r'<code class="secret">([A-Z2-7]{32})</code>', page).group(1)


def set_up(browser, clock):
    """Sets up a second factor; its secret and the recovery codes."""
    secret = begin(browser)
    answer = browser.post("/account/second-factor/confirm", {"code": code_at(secret, clock)})
    assert answer.status_code == 200, answer.text
    codes = re.findall(r'<code class="secret">([a-z2-9-]{19})</code>', answer.text)
    assert len(set(codes)) == 10
    return secret, codes


def with_password(archive, login, password=PASSWORD):
    browser = Browser(create_app(archive))
    answer = browser.post("/sign-in", {"login": login, "password": password, "next": "/archive"})
    return browser, answer


def may_read(browser):
    return browser.get("/account").status_code == 200


def test_a_sign_in_needs_the_code_after_the_password(archive, clock):
    mine = signed_in(archive)
    secret, _ = set_up(mine, clock)
    clock.advance(seconds=60)
    browser, answer = with_password(archive, mine.user.login)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/code?next=%2Farchive")
    assert not may_read(browser)
    assert browser.get("/sign-in/code").status_code == 200
    wrong = browser.post("/sign-in/code", {"code": "000000"})
    assert wrong.status_code == 401
    assert not may_read(browser)
    done = browser.post("/sign-in/code", {"code": code_at(secret, clock), "next": "/archive"})
    assert (done.status_code, done.headers["location"]) == (303, "/archive")
    assert may_read(browser)
    assert with_password(archive, mine.user.login, "wrong password, surely")[1].status_code == 401


def test_a_code_is_good_once_and_only_around_its_time(archive, clock):
    mine = signed_in(archive)
    secret, _ = set_up(mine, clock)
    used = code_at(secret, clock)
    first, _ = with_password(archive, mine.user.login)
    assert first.post("/sign-in/code", {"code": used}).status_code == 401, "the code of the confirmation"
    clock.advance(seconds=30)
    code = code_at(secret, clock)
    assert first.post("/sign-in/code", {"code": f" {code[:3]} {code[3:]} "}).status_code == 303
    second, _ = with_password(archive, mine.user.login)
    assert second.post("/sign-in/code", {"code": code}).status_code == 401, "somebody looked over the shoulder"
    old = code_at(secret, clock)
    clock.advance(seconds=90)
    assert second.post("/sign-in/code", {"code": old}).status_code == 401


def test_the_step_between_is_good_for_the_code_alone_and_for_five_minutes(archive, clock):
    mine = signed_in(archive)
    secret, _ = set_up(mine, clock)
    browser, _ = with_password(archive, mine.user.login)
    pending = browser.cookies["refrain_code"]
    browser.cookies.set("refrain_session", pending)
    assert not may_read(browser)
    clock.advance(minutes=6)
    late = browser.post("/sign-in/code", {"code": code_at(secret, clock)})
    assert (late.status_code, late.headers["location"][:8]) == (303, "/sign-in")
    assert not may_read(browser)
    assert Browser(create_app(archive)).post("/sign-in/code", {"code": code_at(secret, clock)}).status_code == 303


def test_guesses_at_the_code_are_slowed_down_and_the_right_one_waits_too(archive, clock):
    mine = signed_in(archive)
    secret, _ = set_up(mine, clock)
    clock.advance(seconds=60)
    browser, _ = with_password(archive, mine.user.login)
    tried = [browser.post("/sign-in/code", {"code": f"{number:06}"}).status_code for number in range(6)]
    assert tried == [401] * 5 + [429]
    refused = browser.post("/sign-in/code", {"code": code_at(secret, clock)})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
    clock.advance(seconds=2)
    assert browser.post("/sign-in/code", {"code": code_at(secret, clock)}).status_code == 303


def test_a_recovery_code_is_good_once_however_it_is_typed(archive, clock):
    mine = signed_in(archive)
    _, codes = set_up(mine, clock)
    browser, _ = with_password(archive, mine.user.login)
    assert browser.post("/sign-in/code", {"code": codes[0].upper().replace("-", " ")}).status_code == 303
    assert "9 recovery codes are left" in browser.get("/account").text
    again, _ = with_password(archive, mine.user.login)
    assert again.post("/sign-in/code", {"code": codes[0]}).status_code == 401
    other = signed_in(archive)
    set_up(other, clock)
    theirs, _ = with_password(archive, other.user.login)
    assert theirs.post("/sign-in/code", {"code": codes[1]}).status_code == 401


def test_setting_it_up_and_removing_it_ask_for_the_password_and_the_secret_is_not_shown_again(archive, clock):
    mine = signed_in(archive)
    assert mine.post("/account/second-factor", {"current": "wrong password, surely"}).status_code == 422
    secret = begin(mine)
    assert mine.post("/account/second-factor/confirm", {"code": "000000"}).status_code == 422
    assert with_password(archive, mine.user.login)[1].headers["location"] == "/archive", "it is not confirmed yet"
    mine.post("/account/second-factor/confirm", {"code": code_at(secret, clock)})
    page = mine.get("/account").text
    assert secret not in page
    assert 'class="secret"' not in page
    assert mine.post("/account/second-factor", {"current": PASSWORD}).status_code == 409
    assert mine.post("/account/second-factor/remove", {"current": "wrong password, surely"}).status_code == 422
    assert mine.post("/account/second-factor/remove", {"current": PASSWORD}).status_code == 303
    assert with_password(archive, mine.user.login)[1].headers["location"] == "/archive"


def test_who_lost_it_is_helped_by_an_admin_of_their_organisation_alone(archive, clock):
    mine, admin, stranger = signed_in(archive), signed_in(archive, "admin"), signed_in(archive, "admin", "Elsewhere")
    set_up(mine, clock)
    path = f"/people/{mine.user.id}/reset-second-factor"
    assert stranger.post(path).status_code == 404
    assert signed_in(archive).post(path).status_code == 403
    assert path in admin.get("/people").text
    assert admin.post(path).status_code == 303
    assert not may_read(mine)
    assert with_password(archive, mine.user.login)[1].headers["location"] == "/archive"
    assert "reset the second factor of" in admin.get("/people").text


@pytest.mark.parametrize(
    ("policy", "role", "needed"), [("admins", "admin", True), ("admins", "analyst", False), ("all", "reader", True)]
)
def test_where_it_is_required_nothing_else_opens_before(archive, clock, policy, role, needed):
    app = create_app(archive, Settings(require_second_factor=SecondFactorPolicy(policy)))
    user = account(archive, role)
    browser = Browser(app)
    browser.post("/sign-in", {"login": user.login, "password": PASSWORD})
    asked = browser.get("/archive")
    assert (asked.status_code == 303 and asked.headers["location"] == "/account") is needed
    if needed:
        set_up(browser, clock)
        assert browser.get("/archive").status_code == 200


def test_with_a_key_the_secret_is_stored_encrypted_and_the_key_can_be_replaced(tmp_path, clock):
    old, new = "an old key of at least thirty-two signs", "a new key of at least thirty-two signs"
    built = services(tmp_path, clock=clock, secret_key=old)
    mine = signed_in(built)
    secret, _ = set_up(mine, clock)
    with built.store.engine.connect() as connection:
        [stored] = connection.execute(text("SELECT secret FROM second_factors")).scalars()
    assert secret not in stored
    built.store.close()
    for keys, accepted in ((f"{new},{old}", 303), (new, 409), ("", 409)):
        clock.advance(seconds=60)
        rebuilt = services(tmp_path, clock=clock, secret_key=keys)
        browser, _ = with_password(rebuilt, mine.user.login)
        answer = browser.post("/sign-in/code", {"code": code_at(secret, clock)})
        assert answer.status_code == accepted
        assert accepted == 303 or "REFRAIN_SECRET_KEY" in answer.text
        rebuilt.store.close()


def test_neither_secret_nor_codes_are_logged_or_stored_in_the_clear(archive, clock, caplog):
    caplog.set_level("DEBUG")
    mine = signed_in(archive)
    secret, codes = set_up(mine, clock)
    browser, _ = with_password(archive, mine.user.login)
    browser.post("/sign-in/code", {"code": codes[0]})
    assert secret not in caplog.text
    assert not [code for code in codes if code in caplog.text]
    with archive.store.engine.connect() as connection:
        hashes = list(connection.execute(text("SELECT hash FROM recovery_codes")).scalars())
    assert len(hashes) == 9
    assert not set(hashes) & set(codes)
