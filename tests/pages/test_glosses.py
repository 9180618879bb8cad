"""Glosses of foreign texts: in somebody's own words, and by a translation provider."""

from dataclasses import replace

import pytest
from builders import account, services
from flags_on_desk import ARABIC, FlagsOnDesk
from playwright.sync_api import expect
from translation_server import SECRET, translating

from app.admin_wiring import now
from app.domain.audit.erasures import ErasureKind
from app.services.glosses.write_glosses import WriteGlosses
from app.worker.translation import TranslationProvider

RUSSIAN = "Боевики готовят провокацию, чтобы обвинить правительство."


def said(page, text):
    expect(page.locator("#messages")).to_contain_text(text)


def region(page, name):
    return page.get_by_role("region", name=name)


@pytest.fixture
def flags(own_desk):
    return FlagsOnDesk(own_desk.services)


def test_the_words_of_an_analyst_are_kept_shown_everywhere_changed_and_removed(own_desk, flags, axe):
    precedent = flags.statement(ARABIC, "2021-03-02", language="ar")
    check = flags.flag(RUSSIAN, [precedent], language="ru")
    anna = account(own_desk.services, "analyst", "Desk", name="Anna")
    page = own_desk.signed_in(login=anna.login)
    page.goto(f"/flags/{check.id}")
    page.keyboard.press("y")
    page.keyboard.type("Militants plan a provocation.")
    page.keyboard.press("Control+Enter")
    said(page, "Your words for it were kept.")
    expect(region(page, "Statement").locator(".gloss")).to_contain_text("Militants plan a provocation.")
    expect(region(page, "Statement").locator(".gloss")).to_contain_text("In the words of Anna")
    page.locator("#precedent .gloss-form summary").click()
    page.locator("#precedent textarea").fill("Armed men prepare a staged attack.")
    page.locator("#precedent").get_by_role("button", name="Keep it").click()
    said(page, "Your words for it were kept.")
    axe(page)

    colleague, stranger = own_desk.signed_in("reader"), own_desk.signed_in(organisation="Others")
    for address in (f"/statements/{precedent.id}", f"/checks/{check.id}", f"/flags/{check.id}"):
        colleague.goto(address)
        expect(colleague.get_by_text("Armed men prepare a staged attack.")).to_be_attached()
    expect(colleague.locator(".gloss-form")).to_have_count(0)
    stranger.goto(f"/statements/{precedent.id}")
    expect(stranger.locator(".statement").first).to_be_visible()
    expect(stranger.get_by_text("Armed men prepare a staged attack.")).to_have_count(0)

    page.goto(f"/statements/{precedent.id}")
    page.get_by_text("Change your words for it").click()
    page.get_by_label("What it says, in your own words").fill("Fighters prepare a staged attack.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".gloss")).to_have_count(1)
    expect(page.locator(".gloss")).to_contain_text("Fighters prepare")
    axe(page)
    page.get_by_role("button", name="Remove").click()
    said(page, "It was removed.")
    expect(page.locator(".gloss")).to_have_count(0)


def test_what_was_said_of_a_flag_stays_with_the_statement_that_it_becomes(own_desk, flags):
    check = flags.flag(RUSSIAN, [flags.statement()], language="ru")
    page = own_desk.signed_in()
    page.goto(f"/flags/{check.id}")
    page.keyboard.press("y")
    page.keyboard.type("Militants plan a provocation.")
    page.keyboard.press("Control+Enter")
    said(page, "kept")
    page.keyboard.press("a")
    said(page, "Confirmed and archived")
    [review] = flags.services.browse_flags.get(flags.organisation, check.id).reviews
    page.goto(f"/statements/{review.archived}")
    expect(page.locator(".gloss")).to_contain_text("Militants plan a provocation.")


def test_an_erased_account_leaves_no_name_and_an_erased_statement_no_gloss(own_desk, flags):
    precedent = flags.statement(ARABIC, "2021-03-02", language="ar")
    anna = account(own_desk.services, "analyst", "Desk", name="Anna")
    page = own_desk.signed_in(login=anna.login)
    page.goto(f"/statements/{precedent.id}")
    page.keyboard.press("Y")
    page.get_by_label("What it says, in your own words").fill("Armed men prepare a staged attack.")
    page.keyboard.press("Control+Enter")
    said(page, "kept")
    own_desk.services.erase(ErasureKind.ACCOUNT, anna.login, "asked for")
    admin = own_desk.signed_in("admin")
    admin.goto(f"/statements/{precedent.id}")
    expect(admin.locator(".gloss")).to_contain_text("In the words of erased-")
    expect(admin.get_by_text("Anna")).to_have_count(0)
    own_desk.services.erase(ErasureKind.STATEMENT, precedent.id, "asked for")
    assert own_desk.services.write_glosses.find(flags.organisation, [precedent.id]) == {}


def test_a_provider_translates_once_and_what_it_says_is_marked_as_of_a_machine(
    chromium, tmp_path, serving_of_any_scope, axe
):
    with translating() as provider:
        plain = services(tmp_path / "desk", clock=now)
        asks = TranslationProvider(provider.url, SECRET, ["127.0.0.1"])
        built = replace(plain, write_glosses=WriteGlosses(plain.store, now, asks))
        with serving_of_any_scope(tmp_path / "desk", chromium, built=built) as desk:
            flags = FlagsOnDesk(built)
            check = flags.flag(RUSSIAN, [flags.statement()], language="ru")
            page = desk.signed_in()
            page.goto(f"/flags/{check.id}")
            provider.status = 503
            page.get_by_role("button", name="Translate").click()
            said(page, "It was not translated: the translation provider refused.")
            provider.status = 200
            page.get_by_role("button", name="Translate").click()
            said(page, "The machine translation is under the text.")
            gloss = region(page, "Statement").locator(".gloss")
            expect(gloss).to_contain_text(f"[en] {RUSSIAN[::-1]}")
            expect(gloss).to_contain_text("Machine translation · Turned Around")
            expect(page.get_by_role("button", name="Translate")).to_have_count(0)
            axe(page)
            assert [one["source"] for one in provider.asked] == ["ru", "ru"]
            desk.close_browsers()


def test_without_a_provider_nothing_is_offered(own_desk, flags):
    check = flags.flag(RUSSIAN, [flags.statement()], language="ru")
    page = own_desk.signed_in()
    page.goto(f"/flags/{check.id}")
    expect(page.locator(".gloss-form").first).to_be_visible()
    expect(page.get_by_role("button", name="Translate")).to_have_count(0)
