"""Single sign-on against a provider over HTTP, well-behaved and not."""

import base64
import json

import pytest
from builders import Browser, account, services, signed_in
from oidc_server import CLIENT, KEY, OTHER_KEY, SECRET, providing

from app.domain.access.accounts import Role
from app.main import create_app
from app.services.audit.ports import AuditFilter


@pytest.fixture
def provider(clock):
    with providing(clock) as running:
        yield running


def served(tmp_path, clock, provider, **settings):
    defaults = {
        "oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET,
        "oidc_allowed_hosts": "127.0.0.1", "oidc_organisation": "Desk",
    }  # fmt: skip
    return services(tmp_path, clock=clock, **{**defaults, **settings})


@pytest.fixture
def archive(tmp_path, clock, provider):
    built = served(tmp_path, clock, provider)
    yield built
    built.store.close()


def leave(browser, to="/archive"):
    answer = browser.get(f"/sign-in/sso?next={to}")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def come_back(browser, code, state):
    return browser.get(f"/sign-in/sso/callback?code={code}&state={state}")


def sign_in(archive, provider, **claims):
    """A browser that signs in at the provider, and what it is answered when it comes back."""
    browser = Browser(create_app(archive))
    code, state = provider.authorize(leave(browser))
    provider.claims |= claims
    return browser, come_back(browser, code, state)


def is_in(browser):
    return browser.get("/account").status_code == 200


def people(archive):
    return archive.manage_accounts.all()


def test_the_first_sign_in_makes_a_reader_and_the_next_one_finds_them(archive, provider):
    claims = {"name": "<b>Ada</b>", "email": "ada@example.org"}
    browser, answer = sign_in(archive, provider, **claims)
    assert (answer.status_code, answer.headers["location"]) == (303, "/archive")
    assert is_in(browser)
    assert "&lt;b&gt;Ada" in browser.get("/account").text
    [person] = people(archive)
    assert (person.login, person.role, person.organisation.name) == ("ada@example.org", Role.READER, "Desk")
    browser.post("/sign-out")
    assert not is_in(browser)
    again, _ = sign_in(archive, provider, email="ada.moved@example.org")
    assert is_in(again)
    assert [one.id for one in people(archive)] == [person.id]
    with archive.store.reading() as tx:
        actions = [entry.action for entry in tx.audit.stream(AuditFilter(subject_id=person.id))]
    assert actions == ["account.created", "account.signed_in", "account.signed_out", "account.signed_in"]


def test_the_sign_in_page_has_a_link_only_where_a_provider_is_set_up(archive, tmp_path, clock):
    assert "/sign-in/sso" in Browser(create_app(archive)).get("/sign-in").text
    alone = services(tmp_path / "alone", clock=clock)
    browser = Browser(create_app(alone))
    assert "/sign-in/sso" not in browser.get("/sign-in").text
    assert browser.get("/sign-in/sso").status_code == 404
    alone.store.close()


def test_a_mail_address_links_nothing(archive, provider):
    boss = account(archive, "admin", login="boss@example.org")
    browser, _ = sign_in(archive, provider, email="boss@example.org", email_verified=True)
    assert is_in(browser)
    assert browser.get("/people").status_code == 403
    [other] = [one for one in people(archive) if one.id != boss.id]
    assert other.login != boss.login
    provider.subject = "0002"
    sign_in(archive, provider, email="boss@example.org")
    assert len(people(archive)) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": [CLIENT, "another client"]},
        {"aud": None},
        {"azp": "another client"},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"exp": 1_600_000_000},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
    ],
    ids=str,
)
def test_a_token_with_wrong_claims_signs_nobody_in(archive, provider, wrong):
    browser, answer = sign_in(archive, provider, **wrong)
    assert answer.status_code == 401
    assert "did not sign you in" in answer.text
    assert not is_in(browser)
    assert people(archive) == []


@pytest.mark.parametrize(("alg", "key"), [("none", None), ("HS256", None), ("RS256", OTHER_KEY)])
def test_a_token_that_the_provider_did_not_sign_signs_nobody_in(archive, provider, alg, key):
    provider.alg, provider.key = alg, key or KEY
    browser, answer = sign_in(archive, provider)
    assert answer.status_code == 401
    assert not is_in(browser)


def test_a_code_is_good_once_and_in_the_browser_that_began(archive, provider):
    browser = Browser(create_app(archive))
    code, state = provider.authorize(leave(browser))
    stranger = Browser(create_app(archive))
    assert come_back(stranger, code, state).status_code == 401
    leave(stranger)
    assert come_back(stranger, code, state).status_code == 401
    assert come_back(browser, code, "another state").status_code == 401, "and that ends the attempt"
    assert come_back(browser, code, state).status_code == 401
    code, state = provider.authorize(leave(browser))
    kept = dict(browser.cookies)
    assert come_back(browser, code, state).status_code == 303
    again = Browser(create_app(archive))
    again.cookies.set("refrain_sso", kept["refrain_sso"])
    assert come_back(again, code, state).status_code == 401, "the provider knows the code no more"


def test_a_stolen_code_is_of_no_use_without_the_verifier(archive, provider):
    victim, thief = Browser(create_app(archive)), Browser(create_app(archive))
    code, _ = provider.authorize(leave(victim))
    _, state = provider.authorize(leave(thief))
    assert come_back(thief, code, state).status_code == 401
    assert not is_in(thief)


_LONE = json.dumps({"state": "\udc80", "nonce": "", "verifier": "", "to": "/"}).encode()


@pytest.mark.parametrize("cookie", ["", "x", "W10", *(base64.b64encode(one).decode() for one in (b"[" * 2_000, _LONE))])
def test_a_forged_cookie_is_a_refusal(archive, cookie):
    browser = Browser(create_app(archive))
    browser.cookies.set("refrain_sso", cookie)
    assert come_back(browser, "code", "state").status_code == 401


def test_groups_give_the_role_anew_at_each_sign_in_and_the_last_admin_stays(tmp_path, clock, provider):
    built = served(tmp_path, clock, provider, oidc_admin_group="heads", oidc_analyst_group="desk")
    sign_in(built, provider, groups=["desk", "all"])
    [person] = people(built)
    assert person.role is Role.ANALYST
    for groups, role in ((["heads"], Role.ADMIN), (["desk"], Role.ADMIN), ("heads", Role.ADMIN)):
        sign_in(built, provider, groups=groups)
        assert people(built)[0].role is role
    account(built, "admin")
    sign_in(built, provider, groups={"heads": True})
    assert built.manage_accounts.get(person.id).role is Role.READER
    built.store.close()


def test_a_closed_account_stays_out(archive, provider):
    sign_in(archive, provider)
    [person] = people(archive)
    archive.manage_accounts.disable(person.id)
    browser, answer = sign_in(archive, provider)
    assert answer.status_code == 401
    assert "closed" in answer.text
    assert not is_in(browser)


def test_who_is_signed_in_links_their_account_and_nobody_elses(archive, provider):
    mine, other = signed_in(archive, "analyst"), signed_in(archive, "analyst")
    code, state = provider.authorize(mine.get("/account/link-sso").headers["location"])
    assert come_back(other, code, state).status_code == 401
    assert come_back(mine, code, state).status_code == 303
    browser, _ = sign_in(archive, provider)
    assert mine.user.name in browser.get("/account").text
    assert len(people(archive)) == 2
    code, state = provider.authorize(other.get("/account/link-sso").headers["location"])
    assert come_back(other, code, state).status_code == 303
    assert "Somebody else" in other.get("/account").text
    code, state = provider.authorize(other.get("/account/link-sso").headers["location"])
    other.post("/sign-out")
    assert come_back(other, code, state).status_code == 401


def test_such_an_account_has_no_password(archive, provider):
    sign_in(archive, provider, email="ada@example.org")
    browser = Browser(create_app(archive))
    for password in ("", "none", "a password that somebody guesses"):
        assert browser.post("/sign-in", {"login": "ada@example.org", "password": password}).status_code == 401


@pytest.mark.parametrize("way", ["gone", "refuses", "another name", "not its keys"])
def test_a_provider_in_trouble_is_said_so_and_passwords_go_on(archive, provider, way):
    browser = Browser(create_app(archive))
    if way == "refuses":
        provider.status = 503
    elif way == "another name":
        provider.metadata = {"issuer": "https://elsewhere.example"}
    elif way == "not its keys":
        provider.metadata = {"jwks_uri": f"{provider.issuer}/nowhere"}
    if way in ("refuses", "another name"):
        answer = browser.get("/sign-in/sso")
        assert answer.status_code == 503
        assert "cannot be reached" in answer.text
    elif way == "not its keys":
        assert sign_in(archive, provider)[1].status_code == 401
    else:
        code, state = provider.authorize(leave(browser))
        provider.status = 500
        assert come_back(browser, code, state).status_code == 401
    assert signed_in(archive).get("/account").status_code == 200


@pytest.mark.parametrize("endpoint", ["token_endpoint", "jwks_uri"])
def test_addresses_of_the_provider_may_not_be_internal_unless_they_are_named(archive, provider, endpoint):
    provider.metadata = {endpoint: "http://169.254.169.254/latest/meta-data"}
    _, answer = sign_in(archive, provider)
    assert answer.status_code == 401


def test_an_internal_issuer_needs_to_be_named(tmp_path, clock, provider):
    built = served(tmp_path, clock, provider, oidc_allowed_hosts="")
    assert Browser(create_app(built)).get("/sign-in/sso").status_code == 503
    assert provider.requests == []
    built.store.close()


def test_a_new_key_of_the_provider_is_fetched(archive, provider):
    sign_in(archive, provider)
    provider.key = OTHER_KEY
    provider.published = [OTHER_KEY]
    archive.single_sign_on.provider._keys = (-1e9, archive.single_sign_on.provider._keys[1])  # a minute later
    browser, _ = sign_in(archive, provider)
    assert is_in(browser)
