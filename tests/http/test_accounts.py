"""Accounts by HTTP: sessions, forged requests, guesses, roles; whatever a browser could be made to send."""

from datetime import timedelta

import pytest
from builders import PASSWORD, Browser, account, client, services, signed_in

from app.domain.access.accounts import Role
from app.domain.webhooks.webhooks import EventType
from app.main import create_app
from app.services.access.sign_in import IDLE, LASTS
from app.settings import Settings

PAGES = {
    "/account": Role.READER,
    **dict.fromkeys(("/people", "/keys", "/webhooks", "/watched-sources", "/audit"), Role.ADMIN),
}


def sign_in(browser, login, password=PASSWORD, **options):
    return browser.post("/sign-in", {"login": login, "password": password}, **options)


@pytest.fixture
def browser(archive):
    return Browser(create_app(archive))


@pytest.mark.parametrize("page", PAGES)
def test_without_a_session_every_page_leads_to_the_sign_in_and_back(browser, page):
    answer = browser.get(f"{page}?a=b")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next=%2F{page[1:]}%3Fa%3Db"
    assert browser.part(page).headers["HX-Redirect"].startswith("/sign-in?next=")


@pytest.mark.parametrize("role", list(Role))
def test_a_page_is_for_the_roles_that_reach_it(archive, role):
    browser = signed_in(archive, role)
    for page, needed in PAGES.items():
        answer = browser.get(page)
        assert answer.status_code == (200 if role.has_role(needed) else 403), page


def test_every_page_has_a_policy_that_lets_nothing_in_and_is_kept_nowhere(archive, browser):
    admin = signed_in(archive, "admin")
    for answer in (browser.get("/sign-in"), browser.get("/nowhere"), *(admin.get(page) for page in PAGES)):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        for forbidden in ("<script>", "<style", " style=", " onclick=", "javascript:", "hx-on"):
            assert forbidden not in answer.text


def test_assets_are_ours_and_kept_for_a_year_at_their_own_address(browser):
    page = browser.get("/sign-in").text
    assets = [part.split('"')[0] for part in page.replace('href="', 'src="').split('src="')[1:]]
    ours = [asset for asset in assets if asset.startswith("/static/")]
    assert len(ours) >= 4
    assert not [asset for asset in assets if asset.startswith(("http", "//"))]
    for asset in ours:
        assert "immutable" in browser.get(asset).headers["cache-control"]
        assert browser.get(f"{asset}0").headers["cache-control"] == "no-cache"


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_and_of_other_sites(archive, browser):
    answer = sign_in(browser, account(archive).login)
    [cookie] = [one for one in answer.headers.get_list("set-cookie") if "refrain_session" in one]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_over_tls_the_cookie_is_sent_over_tls_only(archive):
    browser = Browser(create_app(archive, Settings(public_url="https://refrain.example.org")))
    answer = sign_in(browser, account(archive).login, headers={"Origin": "https://refrain.example.org"})
    [cookie] = [one for one in answer.headers.get_list("set-cookie") if "refrain_session" in one]
    assert cookie.startswith("__Host-refrain_session=")
    assert "Secure" in cookie


def test_the_token_of_a_session_is_not_stored(archive):
    browser = signed_in(archive)
    token = browser.cookies["refrain_session"]
    with archive.store.reading() as tx:
        assert tx.accounts.session(token) is None
    assert archive.sign_in.session(token).account.id == browser.user.id


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.elsewhere.example"},
    ],
)
def test_a_change_that_another_site_asks_for_is_refused(archive, headers):
    admin = signed_in(archive, "admin")
    answer = admin.post("/people", {"login": "eve", "name": "Eve", "role": "admin"}, headers=headers)
    assert answer.status_code == 403
    assert "too old" in answer.text
    assert sign_in(Browser(create_app(archive)), "x", headers=headers).status_code == 403


@pytest.mark.parametrize("token", ["", "wrong", "\udc80", "é", None])
def test_a_change_without_the_token_of_its_session_is_refused(archive, token):
    admin = signed_in(archive, "admin")
    other = signed_in(archive, "admin")
    sent = {"csrf": other.csrf if token is None else token.encode("utf-8", "surrogatepass")}
    assert admin.post("/account/sign-out-elsewhere", sent).status_code == 403
    admin.headers.pop("Origin")
    admin.headers.pop("Sec-Fetch-Site")
    assert admin.post("/account/sign-out-elsewhere").status_code == 403


def test_htmx_sends_the_token_as_a_header(archive):
    reader = signed_in(archive, "reader")
    token = {"X-CSRF-Token": reader.csrf}
    assert reader.post("/account/sign-out-elsewhere", {"csrf": ""}, headers=token).status_code == 303


def test_guesses_at_an_account_slow_down_and_the_right_password_waits_too(archive, browser, clock):
    login = account(archive).login
    assert [sign_in(browser, login, "wrong").status_code for _ in range(6)] == [401] * 5 + [429]
    refused = sign_in(browser, login)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "2"
    clock.advance(seconds=2)
    assert sign_in(browser, login).status_code == 303
    assert sign_in(Browser(create_app(archive)), login, "wrong").status_code == 401, "the count has begun anew"


def test_strangers_can_slow_an_account_down_for_a_minute_at_most(archive, clock):
    login, app, waits = account(archive).login, create_app(archive), []
    for number in range(30):
        answer = sign_in(Browser(app, f"198.51.100.{number}"), login, "wrong")
        if answer.status_code == 429:
            waits.append(int(answer.headers["Retry-After"]))
            clock.advance(seconds=waits[-1])
    assert waits == [2, 4, 8, 16, 32, *[60] * (len(waits) - 5)]
    assert len(waits) > 7


def test_a_browser_that_was_signed_in_before_does_not_wait_for_what_strangers_guess(archive, browser):
    mine = signed_in(archive)
    mine.post("/sign-out")
    for _ in range(8):
        sign_in(browser, mine.user.login, "wrong")
    assert sign_in(browser, mine.user.login).status_code == 429
    assert sign_in(mine, mine.user.login).status_code == 303


def test_names_that_nobody_has_are_slowed_down_and_answered_as_others(archive, browser):
    known, unknown = account(archive).login, "nobody at all"
    bodies = []
    for login in (known, unknown):
        answers = [sign_in(browser, login, "wrong") for _ in range(6)]
        bodies.append([(one.status_code, one.text.replace(login, "")) for one in answers])
    assert bodies[0] == bodies[1]


def test_one_address_that_tries_many_names_is_slowed_down(archive, browser):
    tried = [sign_in(browser, f"name-{number}", "wrong").status_code for number in range(25)]
    assert tried == [401] * 20 + [429] * 5


def test_a_closed_account_is_refused_like_a_wrong_password(archive, browser):
    user = account(archive)
    wrong = sign_in(browser, user.login, "wrong").text
    archive.manage_accounts.disable(user.id)
    answer = sign_in(browser, user.login)
    assert (answer.status_code, answer.text) == (401, wrong)


def test_a_session_ends_when_it_is_not_used_and_in_any_case_in_the_end(archive, clock):
    idle, busy = signed_in(archive), signed_in(archive)
    began = clock()
    while clock() - began < LASTS - timedelta(minutes=1):
        assert busy.get("/account").status_code == 200
        clock.advance(hours=IDLE.total_seconds() / 3600 - 1)
        if clock() - began == timedelta(hours=22):
            assert idle.get("/account").status_code == 303
    clock.advance(hours=1)
    assert busy.get("/account").status_code == 303


def test_signing_out_ends_the_session_for_whoever_kept_its_token(archive):
    browser = signed_in(archive)
    token = browser.cookies["refrain_session"]
    assert browser.post("/sign-out").headers["location"] == "/sign-in"
    browser.cookies.set("refrain_session", token)
    assert browser.get("/account").status_code == 303


def test_another_password_ends_every_other_session_and_the_old_password(archive):
    here = signed_in(archive)
    login = here.user.login
    there = Browser(create_app(archive))
    sign_in(there, login)
    old = here.cookies["refrain_session"]
    changed = here.post("/account/password", {"current": PASSWORD, "password": "nine green lanterns"})
    assert changed.status_code == 303
    assert here.get("/account").status_code == 200
    assert here.cookies["refrain_session"] != old
    assert there.get("/account").status_code == 303
    assert sign_in(there, login).status_code == 401
    assert sign_in(there, login, "nine green lanterns").status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("wrong", "nine green lanterns", "That is not your password."),
        (PASSWORD, "short", "at least 12 characters"),
        (PASSWORD, "x" * 201, "200 at most"),
        (PASSWORD, "passwordpassword", "guessed first"),
        (PASSWORD, "Password1234!", "guessed first"),
        (PASSWORD, "aaaaaaaaaaaaaa", "guessed first"),
        (PASSWORD, PASSWORD, "guessed first, or the one you have"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(archive, current, new, said):
    browser = signed_in(archive)
    answer = browser.post("/account/password", {"current": current, "password": new})
    assert answer.status_code == 422
    assert said in answer.text
    assert new not in answer.text or new == "short"


@pytest.mark.parametrize(
    "to", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "x", "/a b"]
)
def test_signing_in_leads_to_places_of_this_service_only(archive, browser, to):
    answer = browser.post("/sign-in", {"login": account(archive).login, "password": PASSWORD, "next": to})
    assert (answer.status_code, answer.headers["location"]) == (303, "/overview")


def test_the_last_admin_stays_one(archive):
    admin = signed_in(archive, "admin")
    assert admin.post(f"/people/{admin.user.id}/role", {"role": "reader"}).status_code == 409
    assert admin.post(f"/people/{admin.user.id}/disable").status_code == 409
    assert "last admin" in admin.post(f"/people/{admin.user.id}/disable").text
    other = account(archive, "admin")
    assert admin.post(f"/people/{other.id}/role", {"role": "reader"}).status_code == 303
    assert admin.post(f"/people/{other.id}/role", {"role": "admin"}).status_code == 303
    assert admin.post(f"/people/{admin.user.id}/disable").status_code == 303
    assert admin.get("/people").status_code == 303, "the session ended with the account"


def test_people_and_keys_of_other_organisations_are_out_of_reach(archive):
    admin = signed_in(archive, "admin")
    stranger = account(archive, "reader", "Elsewhere")
    key = archive.manage_keys.create("key-of-elsewhere", ["check"], "Elsewhere")[1]
    for change in ("role", "disable", "enable", "reset"):
        assert admin.post(f"/people/{stranger.id}/{change}", {"role": "admin"}).status_code == 404
    assert admin.post(f"/keys/{key.id}/rotate").status_code == 404
    assert admin.post(f"/keys/{key.id}/revoke").status_code == 404
    assert stranger.login not in admin.get("/people").text
    assert "key-of-elsewhere" not in admin.get("/keys").text


def test_what_was_done_with_accounts_is_kept(archive):
    admin = signed_in(archive, "admin", login="ada")
    admin.post("/people", {"login": "bob", "name": "Bob", "role": "reader"})
    [bob] = [one for one in archive.manage_accounts.all() if one.login == "bob"]
    admin.post(f"/people/{bob.id}/role", {"role": "analyst"})
    admin.post(f"/people/{bob.id}/disable")
    events = [(one.action, one.by, one.account) for one in archive.manage_accounts.events(bob.organisation)]
    assert events[:3] == [("disabled", "Ada", "Bob"), ("role-changed", "Ada", "Bob"), ("created", "Ada", "Bob")]
    page = admin.get("/people").text
    assert "Ada closed the account of Bob." in page
    assert "Ada changed the role of Bob: Analyst." in page


HOSTILE = ["<script>alert(1)</script>", "\u202egpj.exe", "x" * 200, '"><img src=x onerror=1>', "{{ 7*7 }}"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_show_as_text(archive, name):
    admin = signed_in(archive, "admin")
    made = admin.post("/people", {"login": name, "name": name, "role": "reader"})
    assert made.status_code == 201
    page = admin.get("/people").text
    assert name in page or "<" in name
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 201])
def test_names_that_cannot_be_are_refused_beside_their_field(archive, name):
    admin = signed_in(archive, "admin")
    answer = admin.post("/people", {"login": "carol", "name": name, "role": "reader"})
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text
    assert admin.post("/keys", {"name": name * 3, "scopes": "check"}).status_code == 422


def test_what_no_database_can_hold_is_refused_on_every_page_whatever_the_field(archive, browser):
    admin = signed_in(archive, "admin")
    assert sign_in(browser, "a\x00b").status_code == 422
    assert browser.get("/sign-in?next=%00").status_code == 422
    assert admin.post("/people", {"login": "carol", "name": "a\x00b", "role": "reader"}).status_code == 422
    assert admin.post("/people/%00/disable").status_code == 404
    assert admin.get("/keys?%00=%00").status_code == 422


def test_a_role_or_a_scope_that_is_none_is_a_page_that_says_so(archive):
    admin = signed_in(archive, "admin")
    for address, sent in (("/people", {"login": "a", "name": "a", "role": "king"}), ("/keys", {"scopes": "all"})):
        answer = admin.post(address, sent)
        assert answer.status_code == 422
        assert answer.headers["content-type"].startswith("text/html")


def test_keys_are_listed_made_rotated_and_revoked_by_session(archive):
    admin = signed_in(archive, "admin")
    made = admin.post("/keys", {"name": "our plugin", "scopes": ["check", "read"]})
    secret = made.text.split('class="secret">')[1].split("<")[0]
    caller = client(archive, "admin")
    caller.headers["Authorization"] = f"Bearer {secret}"
    assert caller.get("/v1/me").json()["scopes"] == ["check", "read"]
    key_id = caller.get("/v1/me").json()["key"]["id"]
    assert secret not in admin.get("/keys").text
    assert 'class="secret">rfr_' in admin.post(f"/keys/{key_id}/rotate").text
    assert admin.post(f"/keys/{key_id}/revoke").status_code == 303
    assert caller.get("/v1/me").status_code == 401


def test_admins_see_how_the_deliveries_of_webhooks_go_and_send_them_again(tmp_path):
    archive = services(tmp_path / "own", webhook_allowed_hosts="127.0.0.1")
    admin = signed_in(archive, "admin")
    stranger = signed_in(archive, "admin", "Elsewhere")
    assert "There is no webhook yet." in admin.get("/webhooks").text
    webhook, _ = archive.edit_webhooks.add(
        admin.user.organisation, "http://127.0.0.1:9/<b>hook</b>", [EventType.FLAG_CREATED], "<i>ours</i>"
    )
    page = admin.get("/webhooks").text
    assert "&lt;b&gt;hook" in page
    assert "&lt;i&gt;ours" in page
    address = f"/webhooks/{webhook.id}"
    assert admin.post(f"{address}/test").headers["location"] == address
    assert "pending" in admin.get(address).text
    [delivery] = archive.edit_webhooks.deliveries(admin.user.organisation, webhook.id, None, None, 9)
    assert admin.post(f"{address}/deliveries/{delivery.id}/resend").status_code == 303
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/test").status_code == 404
    archive.store.close()


def test_programs_get_problems_as_json_and_browsers_as_pages(archive, desk):
    assert desk.get("/nowhere").headers["content-type"] == "application/problem+json"
    assert desk.get("/account").json()["type"] == "/problems/unauthenticated"
    browser = signed_in(archive)
    assert "There is nothing here" in browser.get("/nowhere").text
    assert "Narratives" in browser.get("/nowhere").text, "who is signed in finds the way on"
    refused = browser.part("/people")
    assert (refused.status_code, refused.headers["HX-Retarget"]) == (403, "#messages")
    assert "<html" not in refused.text
    assert browser.get("/v1/me").headers["content-type"] == "application/problem+json"
