"""The extension's panel and settings against the real service."""

import re

import httpx
import pytest
from builders import STAGED, STAGED_ELSEWHERE, draft
from playwright.sync_api import expect
from serving import free_port
from waiting import until

from app.domain.access.keys import Scope
from app.domain.statements.statements import Finding, Source

ARABIC = "يخطط المسلحون لتمثيل هجوم كيميائي في إدلب واتهام الحكومة به."


@pytest.fixture(scope="module", autouse=True)
def archived(served):
    served.services.record_statements(
        [
            draft(
                STAGED, "2021-04-24", narratives=["Staged attacks"], speaker="Alexander Karpov",
                source=Source("TASS", "https://tass.example/1"),
                findings=(
                    Finding("unproven", "A publisher", "https://publisher.example/1", summary="No proof."),
                    Finding("false", "Another", "javascript:alert(1)"),
                ),
            ),
            draft(ARABIC, "2021-02", language="ar", speaker="متحدث"),
        ]
    )  # fmt: skip


def check(panel, text, said_at="2021-05-23"):
    panel.get_by_label("The sentence").fill(text)
    panel.get_by_label("Said or published on").fill(said_at)
    panel.get_by_role("button", name="Check", exact=True).click()


def test_a_selection_chosen_in_the_menu_is_checked_with_who_when_where_and_what_was_found(connected, desk, site, axe):
    page = connected.visit(site(f"<p>He said: {STAGED_ELSEWHERE}</p>"))
    panel = connected.open()
    connected.menu("check-selection", page, STAGED_ELSEWHERE)
    found = panel.get_by_role("article")
    expect(found.get_by_role("heading")).to_have_text("Alexander Karpov, April 24, 2021")
    expect(found.get_by_role("link", name="TASS")).to_have_attribute("href", "https://tass.example/1")
    expect(found).to_contain_text("unproven · A publisher")
    expect(found).to_contain_text("false · Another")
    assert panel.locator("a[href^='javascript']").count() == 0
    expect(found.locator("dd.changed")).to_contain_text("Idlib")
    expect(found.locator("dd.changed")).to_contain_text("Hama")
    expect(found.locator("blockquote mark").first).to_be_visible()
    expect(panel.locator("blockquote.sentence mark.changed")).to_have_text(re.compile("Hama"))
    expect(panel.get_by_role("status")).to_have_text("Precedents found: 1")
    address = panel.get_by_role("link", name="Open in Refrain").get_attribute("href")
    assert re.fullmatch(re.escape(desk.url) + r"/checks/[0-9a-f-]{36}", address)
    for link in (panel.get_by_role("link", name="The statement in Refrain"), panel.get_by_role("link", name="Staged")):
        page.goto(link.get_attribute("href"))
        assert page.title() != ""
        assert "/sign-in" in page.url
    axe(panel)


def test_in_the_side_panel_of_the_browser_it_does_the_same(connected, desk, key, site):
    text = f"{STAGED} That is what was said in the side panel."
    page = connected.open("settings.html")
    # The browser opens a side panel as an answer to a click alone.
    page.evaluate(
        """async () => {
        const { id } = await chrome.windows.getCurrent();
        document.body.addEventListener("click", () => chrome.sidePanel.open({ windowId: id }));
        }"""
    )
    page.get_by_role("heading", level=1).click()
    kinds = "chrome.runtime.getContexts({ contextTypes: ['SIDE_PANEL'] }).then((all) => all.length)"
    until(lambda: connected.worker.evaluate(kinds) == 1, 30)
    connected.menu("check-selection", connected.visit(site("<p>Any page</p>")), text)
    with httpx.Client(base_url=desk.url, headers={"Authorization": f"Bearer {key}"}) as service:
        until(lambda: [one for one in service.get("/v1/checks").json()["items"] if one["text"] == text], 30)


def test_a_shortcut_takes_the_selection_of_a_page_and_of_a_field_and_never_of_a_password(connected, site):
    page = connected.visit(
        site(
            f"<p id=said>{STAGED}</p><textarea id=draft>{STAGED_ELSEWHERE}</textarea><input type=password value=secret>"
        )
    )
    panel = connected.open()
    field = panel.get_by_label("The sentence")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#said'))")
    connected.shortcut("check-selection", page)
    expect(field).to_have_value(STAGED)
    page.locator("#draft").evaluate("(one) => { one.focus(); one.setSelectionRange(0, 17) }")
    connected.shortcut("check-selection", page)
    expect(field).to_have_value(STAGED_ELSEWHERE[:17])
    page.locator("[type=password]").evaluate("(one) => { one.focus(); one.select() }")
    connected.shortcut("check-selection", page)
    expect(panel.get_by_role("alert")).to_contain_text("Select a sentence in the page")
    expect(field).to_have_value(STAGED_ELSEWHERE[:17])


def test_by_keys_alone_and_only_what_is_earlier_counts(connected, axe):
    panel = connected.open()
    panel.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Settings")).to_be_focused()
    panel.keyboard.press("Tab")
    panel.keyboard.type(STAGED_ELSEWHERE)
    panel.keyboard.press("Tab")
    panel.keyboard.type("2021-04-25")
    panel.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_have_text("Precedents found: 1")
    panel.keyboard.press("ControlOrMeta+a")
    panel.keyboard.type("2021-04-23")
    for _ in range(1):
        panel.keyboard.press("Tab")
    panel.keyboard.press("Enter")
    expect(panel.get_by_role("heading", level=2)).to_have_text(re.compile("Nothing like it was said before"))
    axe(panel)


def test_another_script_runs_from_right_to_left(connected, axe):
    panel = connected.open()
    check(panel, ARABIC)
    quoted = panel.get_by_role("article").locator("blockquote")
    expect(quoted).to_have_css("direction", "rtl")
    expect(quoted).to_have_attribute("lang", "ar")
    expect(panel.get_by_role("heading", level=3)).to_have_text("متحدث, February 2021")
    axe(panel)


def test_a_wrong_key_is_refused_and_not_stored(extension, desk, axe):
    page = extension.connect(desk.url, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("The service refuses the key.")
    assert extension.stored() == {}
    axe(page)


def test_a_key_that_was_revoked_leads_to_the_settings(extension, desk, axe):
    secret, made = desk.services.manage_keys.create("lost", [Scope.CHECK], "Desk")
    extension.connect(desk.url, secret)
    desk.services.manage_keys.revoke(made.id)
    panel = extension.open()
    check(panel, STAGED)
    expect(panel.get_by_role("alert")).to_contain_text("The service refuses the key.")
    axe(panel)
    for page in extension.context.pages:
        if page.url.endswith("settings.html"):
            page.close()
    with extension.context.expect_page() as opened:
        panel.get_by_role("alert").get_by_role("button", name="Settings").click()
    assert opened.value.url.endswith("settings.html")


def test_a_key_without_the_scope_is_refused(extension, desk):
    secret, _ = desk.services.manage_keys.create("reads", [Scope.READ], "Desk")
    page = extension.connect(desk.url, secret)
    expect(page.get_by_role("alert")).to_contain_text("The key lacks the scope that this needs: check.")
    assert extension.stored() == {}


def test_at_a_limit_it_says_until_when(extension, desk, axe):
    secret, _ = desk.services.manage_keys.create("few", [Scope.CHECK], "Desk", limit_per_hour=1)
    extension.connect(desk.url, secret)
    panel = extension.open()
    check(panel, STAGED)
    expect(panel.get_by_role("article")).to_be_visible()
    check(panel, STAGED_ELSEWHERE)
    expect(panel.get_by_role("alert")).to_contain_text(re.compile(r"The limit is used up until \d{1,2}:\d{2}"))
    expect(panel.get_by_role("button", name="Try again")).to_be_visible()
    expect(panel.get_by_label("The sentence")).to_have_value(STAGED_ELSEWHERE)
    axe(panel)


def test_a_server_that_is_gone_is_said_to_be_and_what_was_typed_stays(extension, axe):
    page = extension.connect(f"http://127.0.0.1:{free_port()}", "key")
    expect(page.get_by_role("alert")).to_contain_text("The service does not answer.")
    assert extension.stored() == {}
    expect(page.get_by_label("Key", exact=True)).to_have_value("key")
    axe(page)


def test_a_server_that_went_and_a_computer_that_is_offline_are_named_and_tried_again(connected, desk, key, axe):
    gone = {"address": f"http://127.0.0.1:{free_port()}", "key": key}
    connected.worker.evaluate("(given) => chrome.storage.local.set(given)", gone)
    panel = connected.open()
    check(panel, STAGED)
    expect(panel.get_by_role("alert")).to_contain_text("The service does not answer.")
    axe(panel)
    connected.worker.evaluate("(given) => chrome.storage.local.set(given)", {"address": desk.url})
    connected.context.set_offline(True)
    panel.get_by_role("button", name="Try again").click()
    expect(panel.get_by_role("alert")).to_contain_text("This computer is offline.")
    connected.context.set_offline(False)
    panel.get_by_role("button", name="Try again").click()
    expect(panel.get_by_role("article")).to_be_visible()


def test_while_it_waits_it_says_so_and_can_be_cancelled(connected, axe):
    panel = connected.open()
    connected.context.route("**/v1/checks", lambda route: None)
    check(panel, STAGED)
    expect(panel.get_by_role("status")).to_have_text("Waiting for the answer …")
    axe(panel)
    panel.get_by_role("button", name="Cancel").click()
    expect(panel.get_by_role("status")).to_have_text("Cancelled.")
    expect(panel.locator("#failure")).to_be_empty()
    connected.context.unroute_all()
    panel.get_by_role("button", name="Check", exact=True).click()
    expect(panel.get_by_role("article")).to_be_visible()


def test_what_is_too_long_or_no_date_is_said_in_words(connected):
    panel = connected.open()
    check(panel, "long " * 1_200)
    expect(panel.get_by_role("alert")).to_contain_text("This has 5999 characters, and a sentence may have 5000.")
    check(panel, STAGED, "yesterday")
    expect(panel.get_by_role("alert")).to_contain_text("The service cannot take this.")
    check(panel, "word")
    expect(panel.locator(".notice")).to_contain_text("One word is no statement")


def test_an_address_of_another_machine_without_tls_is_refused_and_all_can_be_forgotten(connected, axe):
    page = connected.connect("http://refrain.example.org", "key")
    expect(page.get_by_role("alert")).to_contain_text("begins with https://")
    axe(page)
    assert set(connected.stored()) == {"address", "key"}
    page.get_by_role("button", name="Forget address and key").click()
    expect(page.get_by_role("status")).to_have_text("Address and key are forgotten.")
    assert connected.stored() == {}
    panel = connected.open()
    check(panel, STAGED)
    expect(panel.get_by_role("alert")).to_contain_text("Refrain is not connected yet")
    axe(panel)


def test_without_the_browsers_permission_nothing_is_asked(browser_with, folder_as_it_is, desk, key):
    extension = browser_with(folder_as_it_is)
    extension.worker.evaluate("(given) => chrome.storage.local.set(given)", {"address": desk.url, "key": key})
    panel = extension.open()
    asked = []
    panel.on("request", lambda one: asked.append(one.url))
    check(panel, STAGED)
    expect(panel.get_by_role("alert")).to_contain_text("The browser does not let the extension reach the service.")
    assert [one for one in asked if one.startswith("http")] == []


def test_in_ukrainian_it_speaks_ukrainian(browser_with, extension_folder, desk, key, axe):
    extension = browser_with(extension_folder, "uk")
    extension.worker.evaluate("(given) => chrome.storage.local.set(given)", {"address": desk.url, "key": key})
    panel = extension.open()
    expect(panel.get_by_role("heading", level=1)).to_have_text("Чи це вже казали?")
    assert panel.evaluate("document.documentElement.lang") == "uk"
    panel.get_by_label("Речення").fill(STAGED)
    panel.get_by_role("button", name="Перевірити", exact=True).click()
    expect(panel.get_by_role("heading", level=3)).to_have_text("Alexander Karpov, 24 квітня 2021 р.")
    expect(panel.get_by_role("article")).to_contain_text("до того · майже дослівно · імовірність")
    axe(panel)
