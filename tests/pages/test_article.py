"""An article's claims in a real browser: marked in the text, opened beside it."""

import re

import pytest
from builders import STAGED, STAGED_ELSEWHERE, draft
from playwright.sync_api import expect

ARTICLE = f"""A new warning

Alexander Karpov said on Sunday: “{STAGED_ELSEWHERE}”

The sun shone all day in Idlib.

The ministry claimed on Friday that tanks of gas had been brought to Jisr al-Shugur.

Karpov said in April that the militants had brought chlorine to Hama."""


@pytest.fixture(scope="module", autouse=True)
def archived(served):
    served.services.record_statements([draft(STAGED, "2021-04-24", narratives=["Staged attacks"])])


def read(page):
    """Checks the article, which the page's organisation has not checked before, and waits for its claims."""
    page.goto("/check/article")
    page.get_by_label("Article", exact=True).fill(ARTICLE)
    page.get_by_label("Published on").fill("2021-05-24")
    page.get_by_role("button", name="Find the claims").click()
    expect(page.get_by_role("heading", name="claims")).to_be_visible()


def mark(page, number):
    return page.locator(f"a.claim[data-claim='{number}']")


def test_a_claim_that_is_chosen_opens_beside_the_text(desk):
    page = desk.signed_in(organisation="Desk 1")
    read(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("A new warning")
    expect(mark(page, 1)).to_contain_text("staged chemical attack in Hama")
    mark(page, 2).click()
    expect(mark(page, 2)).to_have_attribute("aria-current", "true")
    expect(page.locator("#claim-2 > details")).to_have_attribute("open", "")
    expect(page.locator("#claim-1 > details")).not_to_have_attribute("open", "")
    expect(page.locator("#claim-2")).to_be_in_viewport()
    assert page.url.endswith("#claim-2")


def test_keys_go_from_claim_to_claim_and_the_address_remembers_which(desk):
    page = desk.signed_in(organisation="Desk 2")
    read(page)
    expect(mark(page, 1)).to_have_attribute("aria-current", "true")
    for _ in range(2):
        page.keyboard.press("j")
    expect(mark(page, 3)).to_be_focused()
    page.keyboard.press("k")
    expect(mark(page, 2)).to_have_attribute("aria-current", "true")
    page.keyboard.press("k")
    expect(page.locator("#claim-1").get_by_role("article")).to_contain_text(STAGED)
    page.keyboard.press("j")
    page.reload()
    expect(mark(page, 2)).to_have_attribute("aria-current", "true")


def test_on_a_phone_a_claim_leads_to_its_precedents_below(desk, axe):
    page = desk.signed_in(size=desk.NARROW, organisation="Desk 3")
    read(page)
    mark(page, 1).click()
    expect(page.locator("#claim-1").get_by_text(re.compile("Said at least once before"))).to_be_in_viewport()
    axe(page)


def test_without_scripts_a_claim_leads_to_its_precedents_as_well(desk):
    page = desk.signed_in(java_script_enabled=False, organisation="Desk 4")
    read(page)
    mark(page, 1).click()
    expect(page.locator("#claim-1")).to_be_in_viewport()
    page.locator("#claim-1 > details > summary").click()
    expect(page.locator("#claim-1").get_by_role("article")).to_contain_text(STAGED)
